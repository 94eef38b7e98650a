"""What staff earn: one question a file."""
