"""Pages about applications: the municipality's drafts and cases, and the board's."""

from . import cases, drafts, overview, sending
from .blueprint import bp

__all__ = ["bp", "cases", "drafts", "overview", "sending"]
