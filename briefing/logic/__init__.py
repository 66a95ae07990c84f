"""What to decide: pure functions on domain values; no I/O, clock or sleep."""
