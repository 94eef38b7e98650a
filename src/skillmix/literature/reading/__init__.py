"""Exports of bibliographic databases, read by content into records."""
