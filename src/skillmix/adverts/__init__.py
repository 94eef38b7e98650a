"""Job adverts: read from any file, coded by stated rules, each value with its words."""
