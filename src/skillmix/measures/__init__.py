"""How much: counts and full-time equivalents as expressions."""
