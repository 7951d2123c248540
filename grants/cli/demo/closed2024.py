"""The 59 projects closed during 2024, granted 2018–2023, as a file for the import: 58 regional and one national.

Counts by purpose, by year of grant and by target group are the published ones; which municipality did what is made up.
"""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

from ...domain.purposes import PURPOSES, Purpose
from .titles import TITLES

CLOSED_BY_PURPOSE = {
    Purpose.LABOUR_MARKET: 20,
    Purpose.COOPERATION: 13,
    Purpose.CIVIC_ORIENTATION: 11,
    Purpose.ADULT_EDUCATION: 5,
    Purpose.OTHER: 4,
    Purpose.HEALTH: 3,
    Purpose.HOUSING: 1,
    Purpose.INCREASED_RECEPTION: 1,
}
GRANTED_IN = {2022: 37, 2023: 13, 2021: 6, 2020: 1, 2018: 1}
FOR_BOTH = 3
SKARABORG, SKARABORG_ORGNR = "Ensamkommande i Skaraborg", "222000-2188"
COLUMNS = (
    "reference,year,scope,call,board,applicant,title,summary,primary_purpose,other_purposes,target_groups,applied_kr,outcome,"
    "granted_kr,of_which_returned_kr,decided_on,starts_on,ends_on,status,closed_on,registration_number"
).split(",")


def file(municipalities: dict[str, list[str]]) -> str:
    """The file's text. `municipalities`: county code → municipality codes to take applicants from."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(municipalities))
    return text.getvalue()


def _rows(municipalities: dict[str, list[str]]) -> Iterator[dict[str, object]]:
    years = [year for year, count in GRANTED_IN.items() for _ in range(count)]
    purposes = [purpose for purpose, count in CLOSED_BY_PURPOSE.items() for _ in range(count)]
    random.Random(40).shuffle(purposes)
    counties = list(municipalities)
    both = 0
    skaraborg_is_told = False
    for number, (year, purpose) in enumerate(zip(years, purposes, strict=True)):
        county = counties[number % len(counties)]
        title, summary = TITLES[purpose][number % len(TITLES[purpose])]
        row = _row(number, year, county, municipalities[county][(number // len(counties)) % len(municipalities[county])], purpose)
        row |= {"title": title, "summary": summary, "target_groups": "Nyanlända"}
        if year == 2023 and purpose == Purpose.COOPERATION and not skaraborg_is_told:
            skaraborg_is_told = True
            row |= {
                "title": SKARABORG,
                "summary": "Samverkan i mottagandet av ensamkommande barn i Skaraborg.",
                "board": "14",
                "applicant": SKARABORG_ORGNR,
                "target_groups": "Ensamkommande barn",
                "registration_number": f"851-{9000 + number}-{year}",
            }
        elif purpose == Purpose.HEALTH and both < FOR_BOTH:
            both += 1
            row["target_groups"] = "Nyanlända;Ensamkommande barn"
        yield row
    yield _national()


def _row(number: int, year: int, county: str, applicant: str, purpose: Purpose) -> dict[str, object]:
    granted = 280_000 + 37_000 * (number * 5 % 17)
    closed = date(2024, 1, 15) + timedelta(days=number * 5)
    return {
        "reference": f"ARKIV-{year}-{number + 1:03}",
        "year": year,
        "scope": "regionell",
        "call": f"Beredskap och mottagningskapacitet {year}",
        "board": county,
        "applicant": applicant,
        "primary_purpose": PURPOSES.label(purpose),
        "other_purposes": "",
        "applied_kr": "" if year < 2021 else granted + 40_000 * (number % 4),
        "outcome": "beviljad" if number % 4 == 0 else "delvis beviljad",
        "granted_kr": granted,
        "of_which_returned_kr": 0,
        "decided_on": date(year, 6, 3 + number % 25),
        "starts_on": date(year, 9, 1),
        "ends_on": min(date(year + 1 + number % 2, 12, 31), date(2023, 12, 31)) if year < 2023 else date(2024, 1, 10),
        "status": "avslutad",
        "closed_on": closed,
        "registration_number": f"851-{1200 + number * 13}-{year}",
    }


def _national() -> dict[str, object]:
    return _row(60, 2022, "06", "0180", Purpose.CIVIC_ORIENTATION) | {
        "scope": "nationell",
        "call": "Nationell utlysning 2022",
        "title": "Utveckling av samverkan för digitala nationella kurser i samhällsorientering",
        "summary": "En samverkansmodell för digitala kurser med nationellt intag, prövad i liten skala.",
        "target_groups": "Nyanlända",
        "closed_on": date(2024, 11, 29),
    }
