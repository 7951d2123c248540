"""The purposes and target groups of the grant: stable codes, and the Swedish labels of each year.

A project keeps the label of its own year. Labels and order follow tables 6 and 7 of the boards' joint report for 2024;
earlier tables have not been found, so words without known years are taken in, never shown. Not for rules about them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class Purpose(StrEnum):
    """What a project is for: one primary purpose and any number of others."""

    LABOUR_MARKET = "labour_market"
    CIVIC_ORIENTATION = "civic_orientation"
    COOPERATION = "cooperation"
    HEALTH = "health"
    HOUSING = "housing"
    ADULT_EDUCATION = "adult_education"
    OTHER = "other"
    INCREASED_RECEPTION = "increased_reception"


class TargetGroup(StrEnum):
    """For whom a project is: 37 § names newly arrived persons (5–5 b §§) and unaccompanied children."""

    NEW_ARRIVALS = "new_arrivals"
    UNACCOMPANIED = "unaccompanied"
    QUOTA_REFUGEES = "quota_refugees"
    RELATIVES = "relatives"
    TEMPORARY_PROTECTION = "temporary_protection"


Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Label:
    """A label and the first and last year of its use; None for an end that is not known or not reached."""

    text: str
    first_year: int | None = None
    last_year: int | None = None

    def used_in(self, year: int) -> bool:
        """Was the label in use that year, as far as is known?"""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True)
class Term(Generic[Word]):
    """A code, its labels with the one in use now first, and other words that people have written for it."""

    code: Word
    labels: tuple[Label, ...]
    synonyms: tuple[str, ...] = ()


def _plain(text: str) -> str:
    # "Bostäder, bosättning", "Bostäder/bosättning" and "bostäder och bosättning" are the same words.
    return " ".join(re.sub(r"[,/&_-]| och ", " ", text.casefold()).split())


@dataclass(frozen=True)
class Vocabulary(Generic[Word]):
    """Terms in the order in which they are shown."""

    terms: tuple[Term[Word], ...]

    def label(self, code: str, year: int | None = None) -> str:
        """The label of that year, or the one in use now when the year's is not known; KeyError for an unknown code."""
        labels = {term.code.value: term.labels for term in self.terms}[code]
        of_the_year = [label for label in labels if year is not None and label.used_in(year)]
        return (of_the_year or list(labels))[0].text

    def code_of(self, text: str) -> Word | None:
        """The code for a label of any year, a synonym or the code itself, or None.

        Case, spaces, commas, slashes and "och" make no difference; nor does the year, since an import is not refused
        for the year of a label.
        """
        wanted = _plain(text)
        for term in self.terms:
            words = (term.code.value, *(label.text for label in term.labels), *term.synonyms)
            if wanted in map(_plain, words):
                return term.code
        return None

    def choices(self, year: int | None = None) -> list[tuple[str, str]]:
        """Pairs of (code, label of that year), in order, for a form's choices."""
        return [(term.code.value, self.label(term.code, year)) for term in self.terms]


PURPOSES = Vocabulary(
    (
        Term(Purpose.LABOUR_MARKET, (Label("Arbetsmarknad, sysselsättning"),), ("Arbetsmarknad", "Sysselsättning", "Arbete")),
        Term(Purpose.CIVIC_ORIENTATION, (Label("Samhällsorientering"),)),
        Term(Purpose.COOPERATION, (Label("Samverkan"),)),
        Term(Purpose.HEALTH, (Label("Hälsa"),)),
        Term(
            Purpose.HOUSING,
            (Label("Bostäder, bosättning"), Label("Bostäder och bosättning", 2024, 2024)),
            ("Bostäder", "Bostad", "Bosättning", "Boende", "Boende och bosättning"),
        ),
        Term(Purpose.ADULT_EDUCATION, (Label("Sfi, vuxenutbildning"),), ("Sfi", "Vuxenutbildning", "Svenska för invandrare")),
        Term(Purpose.OTHER, (Label("Övrigt"),), ("Annat",)),
        Term(Purpose.INCREASED_RECEPTION, (Label("Ökat flyktingmottagande"),), ("Ökat mottagande", "Flyktingmottagande")),
    )
)

TARGET_GROUPS = Vocabulary(
    (
        Term(TargetGroup.NEW_ARRIVALS, (Label("Nyanlända"),), ("Nyanlända invandrare", "Nyanländ")),
        Term(TargetGroup.UNACCOMPANIED, (Label("Ensamkommande barn"),), ("Ensamkommande", "Ensamkommande barn och unga")),
        Term(TargetGroup.QUOTA_REFUGEES, (Label("Kvotflyktingar"),), ("Kvotflykting", "Vidarebosatta")),
        Term(TargetGroup.RELATIVES, (Label("Anhöriga till nyanlända"),), ("Anhöriga", "Anhörig", "Anhöriginvandrare")),
        Term(
            TargetGroup.TEMPORARY_PROTECTION,
            (Label("Folkbokförda skyddsbehövande enligt massflyktsdirektivet"),),
            (
                "Skyddsbehövande enligt massflyktsdirektivet",
                "Skyddsbehövande enligt massflyktsdirektivet (folkbokförda)",
                "Massflyktsdirektivet",
            ),
        ),
    )
)
