"""Who the staff are: one question a file."""
