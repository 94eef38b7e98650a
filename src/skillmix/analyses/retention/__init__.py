"""Who leaves, who joins and why: one question a file."""
