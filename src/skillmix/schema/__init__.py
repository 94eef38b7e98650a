"""What the data is: tables, columns, values and code lists."""
