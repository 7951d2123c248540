"""Pages about applications: the municipality's drafts and cases, and the board's."""

from . import cases
from .blueprint import bp

__all__ = ["bp", "cases"]
