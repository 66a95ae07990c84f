"""Model protocols, one a file."""
