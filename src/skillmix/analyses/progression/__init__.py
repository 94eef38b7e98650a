"""Who moves up, and to what: one question a file."""
