"""The units: one question, one file, in chapters that are folders."""
