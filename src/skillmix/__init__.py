"""Workforce analysis for health care: files in, a publishable report out."""

__version__ = "0.1.0"
