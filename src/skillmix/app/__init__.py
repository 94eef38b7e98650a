"""The web app: the report's pages, live, with the scope in the address."""
