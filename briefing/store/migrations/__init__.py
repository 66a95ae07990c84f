"""Alembic's folder: the schema's history from the first day on."""
