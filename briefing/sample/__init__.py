"""The bundled sample days: bytes as web servers would send them, and who sends them."""
