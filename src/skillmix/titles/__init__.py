"""Job titles made clear: what role a title names, and which titles could be one."""
