"""The distribution key as people paste it: one county and its weight per line. The split itself is money.split_by_shares."""

import re
from collections.abc import Iterable

LINE = re.compile(r"(\d{2})\s*(?:[;,\t ])\s*([\d\s]+)")
LARGEST_WEIGHT = 1_000_000_000


def parse_weights(text: str, counties: Iterable[str]) -> dict[str, int]:
    """County code → weight from lines such as "04;294000"; a first line of words is a heading.

    Raises ValueError with a sentence for a line that can't be read, an unknown county, a county named twice or too large
    a weight.
    """
    known, weights = set(counties), {}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and not re.search(r"\d", lines[0]):
        lines = lines[1:]
    for line in lines:
        found = LINE.fullmatch(line)
        if not found:
            raise ValueError(f"Raden ”{line[:60]}” går inte att läsa. Skriv länskod, semikolon och ett heltal, till exempel 04;294000.")
        code, weight = found[1], int(re.sub(r"\s", "", found[2]))
        if code not in known:
            raise ValueError(f"Det finns inget län med koden {code}.")
        if code in weights:
            raise ValueError(f"Län {code} står två gånger.")
        if weight > LARGEST_WEIGHT:
            raise ValueError(f"Vikten för län {code} är för stor.")
        weights[code] = weight
    return weights


def share_left(left_kr: int, got_kr: int) -> int | None:
    """How full a pot still is, 1 (nothing left) to 4 (more than half left), for the map; None without a pot."""
    if got_kr <= 0:
        return None
    if left_kr <= 0:
        return 1
    return 2 if left_kr * 10 <= got_kr else 3 if left_kr * 2 <= got_kr else 4


LEVELS = ((1, "inget kvar"), (2, "högst en tiondel kvar"), (3, "högst hälften kvar"), (4, "mer än hälften kvar"))
