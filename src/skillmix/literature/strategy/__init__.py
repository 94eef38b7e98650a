"""A search strategy as an object: parsed, checked, saved and explained."""
