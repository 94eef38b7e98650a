"""How many staff there are, and where: one question a file."""
