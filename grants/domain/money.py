"""Whole kronor: reading, writing, comparing and sharing them.

Not for where money is or may go (ledger.py). An unknown amount is None and is said to be unknown, never 0.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

LARGEST = 1_000_000_000_000
HARD_SPACE, MINUS = "\u00a0", "\u2212"
UNKNOWN = "okänt"

# Ordinary, hard, thin and narrow hard space: what people and spreadsheets put between thousands.
SPACES = re.compile("[ \u00a0\u2009\u202f]")
GROUPED = re.compile(r"[0-9]{1,3}( [0-9]{3})+|[0-9]+")


def digits(number: int) -> str:
    """A whole number with hard spaces between thousands and a real minus sign: "1 250 000"."""
    sign = MINUS if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", HARD_SPACE)


def in_words(kr: int | None) -> str:
    """An amount in whole kronor as "1 250 000 kr", or "okänt"."""
    return UNKNOWN if kr is None else f"{digits(kr)}{HARD_SPACE}kr"


def decimal_in_words(number: Decimal | None) -> str:
    """A decimal number with a Swedish comma: "1,36", or "okänt"."""
    if number is None:
        return UNKNOWN
    whole, _, decimals = f"{abs(number):f}".partition(".")
    text = digits(int(whole)) + ("," + decimals if decimals else "")
    return MINUS + text if number < 0 else text


def parse_kronor(text: str) -> int:
    """Whole kronor written as 125000, 125 000 or 125 000 kr; ValueError with a Swedish sentence on what to mend."""
    amount = SPACES.sub(" ", text).strip()
    amount = re.sub(r" ?(kr|kronor)$", "", amount, flags=re.IGNORECASE)
    if not amount:
        raise ValueError("Skriv ett belopp i kronor, till exempel 125 000.")
    if re.match(r"[-\u2212\u2013] ?[0-9]", amount):
        raise ValueError("Beloppet kan inte vara negativt. Skriv 0 eller mer.")
    if re.fullmatch(r"[0-9 ]+[.,:][0-9 -]*", amount):
        raise ValueError("Skriv beloppet i hela kronor utan decimaler eller punkter, till exempel 125 000.")
    if not GROUPED.fullmatch(amount):
        raise ValueError("Skriv beloppet med siffror i hela kronor, till exempel 125 000.")
    # Cut before converting, so that a page full of digits costs nothing.
    bare = amount.replace(" ", "").lstrip("0") or "0"
    if len(bare) > len(str(LARGEST)) or int(bare) > LARGEST:
        raise ValueError(f"Beloppet är för stort. Det får vara högst {in_words(LARGEST)}.")
    return int(bare)


def rounded(number: Fraction, decimals: int = 2) -> Decimal:
    """The number with that many decimals; a half goes away from zero, as in the published tables."""
    scaled = abs(number) * 10**decimals
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Decimal(-whole if number < 0 else whole).scaleb(-decimals)


def ratio(numerator: int | None, denominator: int | None) -> Decimal | None:
    """One amount over another with two decimals (sökkvot), or None when either is unknown or the other is 0."""
    if numerator is None or not denominator:
        return None
    return rounded(Fraction(numerator, denominator))


def percent(part: int | None, whole: int | None) -> Decimal | None:
    """A share in percent with one decimal, or None when either is unknown or the whole is 0."""
    if part is None or not whole:
        return None
    return rounded(Fraction(part * 100, whole), 1)


def percent_in_words(part: int | None, whole: int | None) -> str:
    """A share as "38,1 %", or "okänt"."""
    share = percent(part, whole)
    return UNKNOWN if share is None else f"{decimal_in_words(share)}{HARD_SPACE}%"


def split_by_shares(total: int, shares: Mapping[str, int | Decimal | Fraction]) -> dict[str, int]:
    """Split whole kronor by weight (largest remainder): parts sum to the total, each within 1 kr of its exact share.

    The kronor left over go to the largest remainders and, of equals, to the first key in order, so that the same key
    always gives the same split. ValueError when the total or a weight is negative or no weight is above zero.
    """
    weights = {key: Fraction(weight) for key, weight in shares.items()}
    sum_of_weights = sum(weights.values())
    if total < 0 or sum_of_weights <= 0 or min(weights.values()) < 0:
        raise ValueError("Fördelningen behöver ett belopp och minst en andel över noll, och ingen andel under noll.")
    exact = {key: total * weight / sum_of_weights for key, weight in weights.items()}
    parts = {key: int(share) for key, share in exact.items()}
    left_over = total - sum(parts.values())
    for key in sorted(exact, key=lambda key: (parts[key] - exact[key], key))[:left_over]:
        parts[key] += 1
    return parts
