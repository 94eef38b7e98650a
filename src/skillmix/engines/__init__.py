"""Where questions run: DuckDB in process, Spark when asked for."""
