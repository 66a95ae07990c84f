"""Editions as files; changes no word."""
