"""How much of a full-time week staff give: one question a file."""
