"""The chain that seals the history: each row carries a hash of itself and of the row before it.

Whoever changes, removes or inserts a row breaks the chain from there on. Not for writing rows (services/acting.py).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

GENESIS = "0" * 64


def row_hash(number: int, facts: Mapping[str, object], previous: str) -> str:
    """SHA-256, in hex, of a row's number and facts as canonical JSON and of the hash before it.

    Facts may be text, whole numbers, truth values, None, dates, aware moments, decimals, lists and mappings with text
    keys. TypeError for anything else: a float or a naive moment would not read the same from every database.
    """
    sealed = {"number": number, "facts": _plain(facts), "previous": previous}
    text = json.dumps(sealed, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(rows: Iterable[tuple[int, Mapping[str, object], str]], previous: str = GENESIS) -> int | None:
    """The number of the first row (number, facts, hash) that does not fit the chain, or None when all do."""
    for number, facts, stored in rows:
        if row_hash(number, facts, previous) != stored:
            return number
        previous = stored
    return None


def _plain(value: object) -> object:
    # The same moment and the same number must give the same text, whichever database they were read from.
    match value:
        case None | bool() | int() | str():
            return value
        case datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() if not isinstance(value, datetime):
            return value.isoformat()
        case Decimal() if value.is_finite():
            return f"{value.normalize():f}"
        case Mapping() if all(isinstance(key, str) for key in value):
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    raise TypeError(f"{value!r} cannot be sealed")
