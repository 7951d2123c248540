"""What a call asks and promises: criteria, questions, budget categories, conditions, report template.

A version's terms are one immutable document. Applications, scores and reports point into it by key, so that a
project closed years later still meets the terms of its own year.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from .words import QuestionKind


@dataclass(frozen=True)
class Level:
    points: int
    text: str


@dataclass(frozen=True)
class Criterion:
    key: str
    name: str
    weight: int
    help: str = ""
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True)
class Question:
    key: str
    kind: QuestionKind
    text: str
    help: str = ""
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Category:
    key: str
    name: str
    help: str = ""


@dataclass(frozen=True)
class ReportSection:
    key: str
    title: str
    help: str = ""
    required: bool = True


@dataclass(frozen=True)
class Contact:
    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Terms:
    eligible_applicants: tuple[str, ...] = ("municipality", "federation")
    target_groups: tuple[str, ...] = ("new_arrivals", "unaccompanied")
    national_priorities: tuple[str, ...] = ()
    regional_priorities: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    questions: tuple[Question, ...] = ()
    categories: tuple[Category, ...] = ()
    conditions: tuple[str, ...] = ()
    report_sections: tuple[ReportSection, ...] = ()
    contacts: tuple[Contact, ...] = field(default_factory=tuple)

    @property
    def weights(self) -> dict[str, int]:
        """Criterion key → weight (a whole number; only the proportions matter)."""
        return {criterion.key: criterion.weight for criterion in self.criteria}

    def criterion(self, key: str) -> Criterion:
        return next(criterion for criterion in self.criteria if criterion.key == key)

    def category_name(self, key: str) -> str:
        return next((category.name for category in self.categories if category.key == key), key)


def to_json(terms: Terms) -> dict[str, Any]:
    """Terms as plain lists and dictionaries, ready for a JSON column."""
    return asdict(terms)


def from_json(stored: dict[str, Any]) -> Terms:
    """The inverse of `to_json`."""
    return Terms(
        eligible_applicants=tuple(stored["eligible_applicants"]),
        target_groups=tuple(stored["target_groups"]),
        national_priorities=tuple(stored["national_priorities"]),
        regional_priorities=tuple(stored["regional_priorities"]),
        criteria=tuple(Criterion(**{**c, "levels": tuple(Level(**level) for level in c["levels"])}) for c in stored["criteria"]),
        questions=tuple(Question(**{**q, "kind": QuestionKind(q["kind"]), "options": tuple(q["options"])}) for q in stored["questions"]),
        categories=tuple(Category(**c) for c in stored["categories"]),
        conditions=tuple(stored["conditions"]),
        report_sections=tuple(ReportSection(**s) for s in stored["report_sections"]),
        contacts=tuple(Contact(**c) for c in stored["contacts"]),
    )


def levels(*texts: str) -> tuple[Level, ...]:
    """Five described levels, one to five points."""
    return tuple(Level(points, text) for points, text in enumerate(texts, start=1))


USUAL = Terms(
    criteria=(
        Criterion(
            "need",
            "Behov",
            25,
            "Är behovet belagt och hänger det ihop med utlysningens prioriteringar?",
            levels(
                "Behovet är inte beskrivet.",
                "Behovet är beskrivet men inte belagt.",
                "Behovet är belagt i delar.",
                "Behovet är väl belagt och knutet till en prioritering.",
                "Behovet är väl belagt, knutet till en prioritering och till kommunens egen lägesbild.",
            ),
        ),
        Criterion(
            "goals",
            "Mål och genomförande",
            30,
            "Går målen att följa upp och räcker aktiviteterna för att nå dem?",
            levels(
                "Mål saknas.",
                "Målen är allmänna.",
                "Målen är tydliga men aktiviteterna räcker inte.",
                "Målen går att mäta och aktiviteterna leder dit.",
                "Målen går att mäta, aktiviteterna leder dit och riskerna är hanterade.",
            ),
        ),
        Criterion(
            "cooperation",
            "Samverkan",
            20,
            "Finns parterna på plats och är rollerna klara?",
            levels(
                "Ingen samverkan.",
                "Samverkan nämns.",
                "Parter är namngivna men rollerna oklara.",
                "Parterna har åtagit sig tydliga roller.",
                "Parterna har åtagit sig tydliga roller och bidrar med egna medel.",
            ),
        ),
        Criterion(
            "lasting",
            "Efter projektet",
            15,
            "Lever resultatet vidare i ordinarie verksamhet?",
            levels(
                "Framgår inte.",
                "Avsikten nämns.",
                "Det finns en plan utan ansvarig.",
                "Det finns en plan med ansvarig.",
                "Ansvarig nämnd eller chef har åtagit sig att ta över.",
            ),
        ),
        Criterion(
            "cost",
            "Kostnad",
            10,
            "Är kostnaden skälig i förhållande till resultatet?",
            levels(
                "Kostnaden är inte skälig.",
                "Flera poster är för höga eller oklara.",
                "Kostnaden är i huvudsak skälig.",
                "Kostnaden är skälig och väl förklarad.",
                "Kostnaden är låg för det som ska uppnås.",
            ),
        ),
    ),
    categories=(
        Category("staff", "Löner", "Andel av heltid × månader × månadskostnad."),
        Category("services", "Köpta tjänster"),
        Category("premises", "Lokaler och resor"),
        Category("material", "Material"),
        Category("spreading", "Information och spridning"),
        Category("other", "Övrigt"),
    ),
    conditions=(
        "Bidraget får bara användas till den insats som beskrivs i ansökan och under den tid som anges i beslutet.",
        "Ändringar av innehåll, tid eller budget ska meddelas och godkännas innan de genomförs.",
        "Kostnaderna ska kunna följas i kommunens redovisning.",
    ),
    report_sections=(
        ReportSection("results", "Vad har insatsen lett till?", "Beskriv resultatet för målgruppen och för verksamheten."),
        ReportSection("activities", "Vad har ni gjort?", "De viktigaste aktiviteterna, och det som inte blev av."),
        ReportSection("equality", "Jämställdhet och barnets rättigheter", "Vad betydde insatsen för kvinnor, män, flickor och pojkar?"),
        ReportSection("lessons", "Vad har ni lärt er?", "Sådant som andra kommuner har nytta av."),
        ReportSection("lasting", "Hur lever resultatet vidare?", "Vad, var, vem ansvarar och från när."),
        ReportSection("deviations", "Avvikelser", "Det som blev annorlunda än i ansökan, och varför.", required=False),
    ),
)
