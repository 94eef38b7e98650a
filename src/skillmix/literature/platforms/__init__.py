"""A strategy written for each platform, by that platform's own rules."""
