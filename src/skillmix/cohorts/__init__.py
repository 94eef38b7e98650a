"""Who is counted: the definitions of workforces and services."""
