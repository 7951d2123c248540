"""The year 2024 as constructed single applications whose sums are exactly the published ones.

The published report gives the country's totals (its tables 5 and 6 and the text around them). How they spread over
counties and applications is made up here, and every page says so. Nothing in this file touches the database.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle

from ...domain.money import split_by_shares
from ...domain.purposes import Purpose, TargetGroup
from ...domain.words import Outcome
from .titles import TITLES


@dataclass(frozen=True)
class County:
    pot_kr: int
    applied_kr: int
    received: int
    granted: int
    granted_kr: int

    @property
    def returned_kr(self) -> int:
        """What was granted above the year's allocation came from returned money."""
        return max(0, self.granted_kr - self.pot_kr)


@dataclass(frozen=True)
class Case:
    county_code: str
    municipality: str
    title: str
    summary: str
    purpose: Purpose
    targets: tuple[TargetGroup, ...]
    applied_kr: int
    granted_kr: int = 0
    returned_kr: int = 0
    outcome: Outcome = Outcome.REJECTED
    extra_call: bool = False

    @property
    def allocation_kr(self) -> int:
        return self.granted_kr - self.returned_kr


APPROPRIATION_KR, NATIONAL_KR = 40_000_000, 3_000_000
COUNTIES = {
    "01": County(5_059_000, 7_181_805, 8, 7, 5_323_149),
    "03": County(1_761_000, 3_095_000, 4, 3, 1_981_000),
    "04": County(1_671_000, 3_297_500, 4, 3, 1_630_000),
    "05": County(1_806_000, 2_302_000, 4, 4, 1_806_000),
    "06": County(1_716_000, 1_869_500, 4, 4, 1_716_000),
    "07": County(1_310_000, 2_127_500, 3, 2, 1_310_000),
    "08": County(1_380_000, 1_886_500, 3, 3, 1_380_000),
    "09": County(406_000, 342_000, 1, 1, 325_000),
    "10": County(993_000, 1_500_000, 2, 2, 993_000),
    "12": County(3_975_000, 7_600_000, 7, 6, 4_285_000),
    "13": County(1_445_000, 1_737_500, 3, 3, 1_445_000),
    "14": County(4_164_000, 4_451_500, 7, 7, 4_164_000),
    "17": County(1_310_000, 2_181_000, 3, 2, 1_258_000),
    "18": County(1_355_000, 2_005_500, 3, 3, 1_355_000),
    "19": County(1_310_000, 2_410_000, 3, 2, 1_515_000),
    "20": County(1_310_000, 2_087_000, 3, 2, 1_310_000),
    "21": County(1_219_000, 1_603_500, 2, 2, 1_219_000),
    "22": County(1_129_000, 1_926_000, 2, 2, 1_087_000),
    "23": County(903_000, 1_039_500, 2, 2, 903_000),
    "24": County(1_694_000, 2_594_500, 2, 2, 1_869_000),
    "25": County(1_084_000, 1_036_000, 2, 1, 985_731),
}
# In these four one project has returned money only; in Skåne returned money is a part of one project's.
RETURNED_ONLY = ("01", "03", "19", "24")
# Västra Götaland and Jönköping made an extra call in the autumn; two boards made a second call.
SECOND_CALL = {"14": 2, "06": 1, "13": 1, "18": 1}
EXTRA_AUTUMN = ("14", "06")
GRANTED_BY_PURPOSE = {
    Purpose.LABOUR_MARKET: 24,
    Purpose.CIVIC_ORIENTATION: 9,
    Purpose.COOPERATION: 8,
    Purpose.HEALTH: 6,
    Purpose.HOUSING: 5,
    Purpose.ADULT_EDUCATION: 5,
    Purpose.OTHER: 5,
    Purpose.INCREASED_RECEPTION: 1,
}
WITH_UNACCOMPANIED = 3
WEIGHTS = (10, 8, 12, 9, 11, 7, 13)
BOTH = (TargetGroup.NEW_ARRIVALS, TargetGroup.UNACCOMPANIED)
NEW = (TargetGroup.NEW_ARRIVALS,)

NATIONAL = (
    Case(
        "23",
        "2313",
        "Förebygg och förbered – om ensamkommande barn som försvinner",
        "Kompetensutveckling som motverkar att ensamkommande barn försvinner, byggd på den nationella vägledningen.",
        Purpose.COOPERATION,
        (TargetGroup.UNACCOMPANIED,),
        1_537_000,
        1_537_000,
        outcome=Outcome.GRANTED,
    ),
    Case(
        "12",
        "1290",
        "Nya hem, trygga barn",
        "Ett verktyg för att utgå från barnets bästa när kommunen tar emot nyanlända barnfamiljer, prövat tillsammans med andra kommuner.",
        Purpose.COOPERATION,
        NEW,
        1_240_000,
        1_036_000,
        outcome=Outcome.PARTLY_GRANTED,
    ),
    Case(
        "12",
        "1280",
        "Gemensam beredskapsplan vid lågt mottagande",
        "En plan för att snabbt kunna växla upp mottagandet.",
        Purpose.COOPERATION,
        NEW,
        1_100_000,
    ),
    Case(
        "01",
        "0127",
        "Digitala kurser i samhällsorientering för flera län",
        "Kurser på fler språk med gemensamt intag.",
        Purpose.CIVIC_ORIENTATION,
        NEW,
        850_000,
    ),
    Case(
        "14",
        "1480",
        "Metodstöd för mottagande i storstad och landsbygd",
        "Ett metodstöd som prövas i tre kommuner.",
        Purpose.COOPERATION,
        NEW,
        990_000,
    ),
    Case(
        "20",
        "2081",
        "Rekrytera över länsgränsen",
        "Samarbete mellan kommuner och arbetsgivare i två län.",
        Purpose.LABOUR_MARKET,
        NEW,
        720_000,
    ),
    Case("25", "2580", "Tolk på distans i norr", "En gemensam tolkpool för glesa kommuner.", Purpose.OTHER, NEW, 1_250_000),
    Case(
        "05", "0580", "Lära av avvecklingen", "Kunskap från boenden som stängts, samlad för nästa gång.", Purpose.COOPERATION, NEW, 781_000
    ),
)


def regional_cases(municipalities: dict[str, list[str]]) -> list[Case]:
    """The 72 regional applications. `municipalities`: county code → municipality codes to take applicants from."""
    cases = [case for code, county in COUNTIES.items() for case in _county(code, county, municipalities[code])]
    return list(_with_purposes(cases))


def _county(code: str, county: County, codes: list[str]) -> Iterator[Case]:
    granted = _granted(code, county)
    refused_kr, cuts = _gap(county, granted)
    applicants = cycle(codes)
    second = SECOND_CALL.get(code, 0)
    for place, ((kr, returned), cut) in enumerate(zip(granted, cuts, strict=True)):
        yield Case(
            code,
            next(applicants),
            "",
            "",
            Purpose.OTHER,
            NEW,
            kr + cut,
            kr,
            returned,
            Outcome.PARTLY_GRANTED if cut else Outcome.GRANTED,
            extra_call=place >= len(granted) - second,
        )
    for kr in refused_kr:
        yield Case(code, next(applicants), "", "", Purpose.OTHER, NEW, kr)


def _granted(code: str, county: County) -> list[tuple[int, int]]:
    """(granted, of which returned) per granted project of a county, in kronor."""
    alone = code in RETURNED_ONLY
    shared = county.granted - (1 if alone else 0)
    rest = county.granted_kr - (county.returned_kr if alone else 0)
    thousands = split_by_shares(rest // 1000, dict(enumerate(WEIGHTS[:shared])))
    amounts = [kr * 1000 for kr in thousands.values()]
    amounts[0] += rest % 1000
    parts = [(kr, 0) for kr in amounts]
    if alone:
        return [*parts, (county.returned_kr, county.returned_kr)]
    parts[0] = (parts[0][0], county.returned_kr)
    return parts


def _gap(county: County, granted: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """What was asked for and not granted: whole refusals, and cuts in some of the granted."""
    gap, refusals = county.applied_kr - county.granted_kr, county.received - county.granted
    refused = gap if gap < 100_000 else gap * 6 // 10 // 1000 * 1000
    refused_kr = list(split_by_shares(refused, dict(enumerate(WEIGHTS[:refusals]))).values()) if refusals else []
    cut_in = (len(granted) + 1) // 2
    cuts = list(split_by_shares(gap - sum(refused_kr), dict(enumerate(WEIGHTS[:cut_in]))).values())
    return refused_kr, cuts + [0] * (len(granted) - cut_in)


def _with_purposes(cases: list[Case]) -> Iterator[Case]:
    """Purposes as published for the granted; titles in order; two of the refused were late and withdrawn."""
    dealt = [purpose for purpose, count in GRANTED_BY_PURPOSE.items() for _ in range(count)]
    random.Random(37).shuffle(dealt)
    titles = {purpose: cycle(TITLES[purpose]) for purpose in Purpose}
    left_over = cycle(Purpose)
    unaccompanied = iter(range(WITH_UNACCOMPANIED))
    refusals = iter((Outcome.DISMISSED, Outcome.WRITTEN_OFF))
    for case in cases:
        purpose = dealt.pop() if case.granted_kr else next(left_over)
        title, summary = next(titles[purpose])
        fits_both = case.granted_kr and purpose in (Purpose.COOPERATION, Purpose.HEALTH)
        targets = BOTH if fits_both and next(unaccompanied, None) is not None else case.targets
        outcome = case.outcome if case.granted_kr else next(refusals, Outcome.REJECTED)
        yield replace(case, purpose=purpose, title=title, summary=summary, targets=targets, outcome=outcome)
