"""Points, weights, ranking, and how far the money goes.

The arithmetic is exact and rounded once, at the end. Not for who may score or when (guards.py, services/reviews.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from .money import rounded

Number = int | Decimal | Fraction
Key = TypeVar("Key")


@dataclass(frozen=True)
class Spread:
    """How far apart the assessors stand."""

    lowest: Decimal
    highest: Decimal
    difference: Decimal

    @property
    def is_wide(self) -> bool:
        """More than one level apart: worth talking about before the meeting decides."""
        return self.difference > 1


@dataclass(frozen=True)
class Ranked(Generic[Key]):
    """A place in the ranking, shared by equals; None for what has no mean yet."""

    place: int | None
    key: Key
    mean: Decimal | None


def _exact_mean(scores: Mapping[str, Number], weights: Mapping[str, Number]) -> Fraction:
    if scores.keys() != weights.keys():
        raise ValueError("Sätt poäng på varje kriterium i utlysningen och inga andra.")
    total = sum((Fraction(weight) for weight in weights.values()), Fraction())
    if total <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("Minst ett kriterium behöver en vikt över noll, och ingen vikt får vara under noll.")
    return sum((Fraction(scores[key]) * Fraction(weight) for key, weight in weights.items()), Fraction()) / total


def weighted_mean(scores: Mapping[str, Number], weights: Mapping[str, Number]) -> Decimal:
    """The weighted mean of one assessor's points, two decimals half up.

    ValueError when a criterion lacks points, when points have no criterion, or when no weight is above zero.
    """
    return rounded(_exact_mean(scores, weights))


def mean_of_reviews(reviews: Iterable[Mapping[str, Number]], weights: Mapping[str, Number]) -> Decimal | None:
    """The mean of the assessors' weighted means, rounded once; None without reviews, ValueError as in weighted_mean."""
    means = [_exact_mean(scores, weights) for scores in reviews]
    return rounded(sum(means, Fraction()) / len(means)) if means else None


def spread(values: Sequence[Decimal]) -> Spread | None:
    """The lowest and highest value and the distance between them; None without values."""
    if not values:
        return None
    return Spread(min(values), max(values), max(values) - min(values))


def rank(means: Iterable[tuple[Key, Decimal | None]]) -> list[Ranked[Key]]:
    """Highest mean first; equals share a place and the next place is skipped (1, 2, 2, 4).

    Equals keep the order in which they came. What has no mean comes last and has no place.
    """
    known: list[tuple[Key, Decimal]] = []
    unknown: list[Ranked[Key]] = []
    for key, mean in means:
        if mean is None:
            unknown.append(Ranked(None, key, None))
        else:
            known.append((key, mean))
    known.sort(key=lambda pair: pair[1], reverse=True)
    places: dict[Decimal, int] = {}
    for place, (_, mean) in enumerate(known, 1):
        places.setdefault(mean, place)
    return [Ranked(places[mean], key, mean) for key, mean in known] + unknown


def left_after(offers: Iterable[tuple[Key, int]], pot: int) -> dict[Key, int]:
    """What the pot holds, in kronor, after each offer in order of rank; below zero when it no longer suffices."""
    left: dict[Key, int] = {}
    for key, kr in offers:
        pot -= kr
        left[key] = pot
    return left


def fill(asked: Iterable[tuple[Key, int, int | None]], pot: int) -> dict[Key, int]:
    """A first proposal: (key, asked, smallest that works or None) in order of rank against the kronor of the pot.

    Each gets what it asks while that fits. The first that does not fit gets what is left if that is at least its
    smallest; after it nobody gets anything, since passing over a better one is for people to decide.
    """
    offers: dict[Key, int] = {}
    left, full = pot, False
    for key, kr, smallest in asked:
        offer = 0 if full else kr
        if offer > left:
            full = True
            offer = left if smallest and smallest <= left else 0
        offers[key] = offer
        left -= offer
    return offers
