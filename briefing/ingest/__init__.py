"""Readers, one kind a file; a file's name is what users write as kind."""
