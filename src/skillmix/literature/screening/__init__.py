"""Screening: suggestions, decisions, agreement and what to read next."""
