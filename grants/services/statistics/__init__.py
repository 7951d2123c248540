"""The annual statistics: figures counted in SQL, the rows behind each of them, and the series of years.

What a figure means is written in domain/metrics.py. Not for pages or files (web, schemas).
"""

from .figures import annual, unknown_returned_shares
from .rows import FIGURES, POT_FIGURES, amount_behind, postings_behind, rows_behind
from .series import YearOfGrants, published_ratios, series, years_with_cases

__all__ = [
    "FIGURES", "POT_FIGURES", "YearOfGrants", "amount_behind", "annual", "postings_behind", "published_ratios",
    "rows_behind", "series", "unknown_returned_shares", "years_with_cases",
]  # fmt: skip
