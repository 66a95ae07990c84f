"""The site over ASGI. (`tests/web.py` is the small real web, hence not tests/web/.)"""
