"""Ground floor: the rules as plain Python. Standard library only; no clock, no database, no request."""
