"""Spreading work over keys and resuming it; knows nothing of news."""
