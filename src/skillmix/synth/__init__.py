"""A whole synthetic NHS with known truth."""
