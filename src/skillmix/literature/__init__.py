"""The literature review: strategies, exports, search, duplicates, screening."""
