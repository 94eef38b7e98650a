"""Live searches of the services that have a free interface; only when asked for."""
