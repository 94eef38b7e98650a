"""How sure: intervals and tests, as pure functions of numbers."""
