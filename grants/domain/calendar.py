"""Days, clocks and deadlines in Stockholm, and how they are written in Swedish.

Not for what must have happened by when (guards.py), and never for what time it is now: callers bring the moment.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2199


def _local(moment: datetime) -> datetime:
    # A naive moment would be read in the machine's own zone, so it is a bug and not a refusal.
    if moment.tzinfo is None:
        raise TypeError("a moment must know its time zone")
    return moment.astimezone(STOCKHOLM)


def civil_date(moment: datetime) -> date:
    """The date in Stockholm at an aware moment; a naive one is a TypeError."""
    return _local(moment).date()


def at_clock(day: date, clock: str) -> datetime:
    """The moment in UTC when clocks in Stockholm show `clock` on that day; ValueError as in parse_clock.

    Of an hour that comes twice in the autumn, the first is meant.
    """
    return datetime.combine(day, parse_clock(clock), STOCKHOLM).astimezone(UTC)


def parse_date(text: str) -> date:
    """The civil date written as 2026-05-27; ValueError with a Swedish sentence for anything else."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip())
    if not found:
        raise ValueError("Skriv datumet som år-månad-dag, till exempel 2026-05-27.")
    year, month, day = map(int, found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Kontrollera årtalet: det ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Datumet {text.strip()} finns inte. Kontrollera månad och dag.") from None


def parse_clock(text: str) -> time:
    """The time of day written as 15:00 or 15.00; ValueError with a Swedish sentence for anything else."""
    found = re.fullmatch(r"([0-9]{1,2})[:.]([0-9]{2})", text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError("Skriv klockslaget som timmar och minuter, till exempel 15.00.")
    return time(int(found[1]), int(found[2]))


def has_passed(deadline: datetime, now: datetime) -> bool:
    """Is it too late? What arrives exactly on the deadline is in time."""
    return now > deadline


def days_left(deadline: datetime, now: datetime) -> int | None:
    """Civil days until the day of the deadline: 0 on the last day, None once it has passed."""
    if has_passed(deadline, now):
        return None
    return (civil_date(deadline) - civil_date(now)).days


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month when it has no such day; a last day stays a last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


def six_weeks_after(day: date) -> date:
    """The last day for paying a decision of `day` (the boards' own promise in their calls, not the regulation)."""
    return day + timedelta(weeks=6)


def short_date(day: date) -> str:
    """A date as "27 maj 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_in_words(day: date) -> str:
    """A date as "onsdag 27 maj 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {short_date(day)}"


def clock_in_words(moment: datetime) -> str:
    """The time of day in Stockholm as "kl. 15.00"."""
    return f"kl. {_local(moment):%H.%M}"


def moment_in_words(moment: datetime) -> str:
    """A moment in Stockholm as "onsdag 27 maj 2026 kl. 15.00"."""
    return f"{date_in_words(civil_date(moment))} {clock_in_words(moment)}"


def exact_in_words(moment: datetime) -> str:
    """A moment in Stockholm to the second, as "onsdag 27 maj 2026 kl. 15.00.07"."""
    return f"{moment_in_words(moment)}.{moment.second:02}"


def period_in_words(start: date, end: date) -> str:
    """A period, both days included, as "1 september 2026–31 december 2027"."""
    return f"{short_date(start)}–{short_date(end)}"


def days_left_in_words(deadline: datetime, now: datetime) -> str:
    """What days_left says, as people say it: "23 dagar kvar", "sista dagen, stänger kl. 15.00" or "stängd"."""
    days = days_left(deadline, now)
    if days is None:
        return "stängd"
    if days == 0:
        return f"sista dagen, stänger {clock_in_words(deadline)}"
    return "1 dag kvar" if days == 1 else f"{days} dagar kvar"
