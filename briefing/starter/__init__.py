"""The list of public sources that `briefing init` starts from, by topic."""
