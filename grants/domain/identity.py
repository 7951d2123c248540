"""Numbers that identify: organisations, cases in a board's register, and persons, whose numbers must not be stored.

Not for whether an organisation exists or a number is taken: that is the database's to say.
"""

import re
from datetime import date

FORMS_OF_DASH = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
FIRST_YEAR, LAST_YEAR = 1990, 2199

# Six digits and four, with or without a century before and a sign between, and no more digits around them.
PERSONAL = re.compile(r"(?<![0-9])(18|19|20)?([0-9]{2})([0-9]{2})([0-9]{2})[-+\u2010-\u2014\u2212 \u00a0]?([0-9]{4})(?![0-9])")


def passes_luhn(digits: str) -> bool:
    """Does the last digit check the others (Luhn, as in personal and organisation numbers)?"""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def normalise_organisation_number(text: str) -> str:
    """The number as 212000-0019, also when written without dash or with the leading 16 of the tax register.

    ValueError with a Swedish sentence when it is not one (third digit below 2, or a wrong check digit).
    """
    bare = re.sub(r"[\s-]", "", text.translate(FORMS_OF_DASH))
    if not re.fullmatch(r"(16)?[0-9]{10}", bare):
        raise ValueError("Skriv organisationsnumret med tio siffror, till exempel 212000-0142.")
    number = bare[-10:]
    if number[2] < "2" or not passes_luhn(number):
        raise ValueError("Organisationsnumret stämmer inte. Kontrollera siffrorna.")
    return f"{number[:6]}-{number[6:]}"


def normalise_registration_number(text: str) -> str:
    """A board's registration number (diarienummer) as 851-165-2022: case group, serial number, year.

    ValueError with a Swedish sentence for anything else; older series that differ are not this function's business.
    """
    bare = re.sub(r"^(dnr|diarienr|diarienummer)\b[:. ]*", "", text.strip().translate(FORMS_OF_DASH), flags=re.IGNORECASE)
    found = re.fullmatch(r"([0-9]{2,4})\s?-\s?([0-9]{1,7})\s?-\s?([0-9]{4})", bare)
    if not found or not FIRST_YEAR <= int(found[3]) <= LAST_YEAR:
        raise ValueError("Skriv diarienumret som ärendegrupp-löpnummer-år, till exempel 851-165-2022.")
    return "-".join(found.groups())


def find_personal_numbers(text: str) -> list[str]:
    """Personal and coordination numbers in a text, as they are written there, in order.

    They must have a day that exists and a right check digit. Organisation numbers never match, since their third and
    fourth digits are no month. A few mobile numbers that begin with 070 look the same when their ten digits are written
    in a row: 070-123 45 67 never does.
    """
    return [found[0] for found in PERSONAL.finditer(text) if _is_personal(*found.groups())]


def _is_personal(century: str | None, year: str, month: str, day: str, ending: str) -> bool:
    # A coordination number (samordningsnummer) has 60 added to the day. Without a century any that fits will do.
    born = int(day) - 60 if int(day) > 60 else int(day)
    centuries = [century] if century else ["18", "19", "20"]
    exists = any(_is_day(int(each + year), int(month), born) for each in centuries)
    return exists and passes_luhn(year + month + day + ending)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
