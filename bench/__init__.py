"""What the machine at hand does, beside what a plain loop does in the same run."""
