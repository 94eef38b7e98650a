"""Readers: official files and staff-record extracts to editions."""
