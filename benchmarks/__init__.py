"""How fast P37 is, as data: `make bench`. Nothing here decides whether a test passes."""
