"""The room of people: logging in (doors.py), one's own account (accounts.py), administration (administration.py)."""

from . import accounts, administration, doors
from .blueprint import bp

__all__ = ["accounts", "administration", "bp", "doors"]
