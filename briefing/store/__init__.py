"""Everything that must survive a crash; the only SQL of the house."""
