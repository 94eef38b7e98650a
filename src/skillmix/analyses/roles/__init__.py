"""What support staff do, and at which band: one question a file."""
