"""First floor: the tables. SQLAlchemy and the domain's words; no Flask, no services."""

from . import append_only, applications, calls, decisions, payments, people, pots, projects, records, reviews

__all__ = ["append_only", "applications", "calls", "decisions", "payments", "people", "pots", "projects", "records", "reviews"]
