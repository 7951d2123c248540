"""The demonstration: people, a year in every phase, and 2024 with the published sums. Never in a real database."""

from .command import demo
from .loading import PASSWORD, load, who_can_log_in

__all__ = ["PASSWORD", "demo", "load", "who_can_log_in"]
