"""Third floor: what goes out as JSON and CSV. Marshmallow; no queries."""
