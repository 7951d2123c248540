"""Files of earlier years become cases, pots and published figures: all of a file or nothing.

What a file may say is in domain/importing.py. Every function takes the file's bytes and a moment, and answers how much was
new and how much was known already; faults are raised together as Unmet, each with its line and column.
"""

from .grants import grants
from .pots import pots
from .published import published
from .taking import Taken

__all__ = ["Taken", "grants", "pots", "published"]
