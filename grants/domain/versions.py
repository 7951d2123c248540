"""What a version of a call says, part by part in words, and how two versions differ.

Not for what a version lacks (completeness.py) or how its terms are kept (terms.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .calendar import moment_in_words
from .completeness import SECTION_NAMES, CallPart, Section
from .money import HARD_SPACE, in_words, percent_in_words
from .purposes import TARGET_GROUPS
from .terms import Criterion, Question, ReportSection, Terms
from .words import NationalGround, OrganisationKind, capitalised, label

NOTHING = ""
NATIONAL_GROUNDS = tuple(NationalGround)
IN_LAW = (
    "Bidrag som har lämnats på fel grund ska ni betala tillbaka, och det som inte används kan krävas tillbaka (39–41 §§).",
    "Beslutet kan inte överklagas (42 §).",
)
ASKED = (
    (SECTION_NAMES[Section.CONTACT], "Vem hos er svarar på frågor: namn, titel, e-post och telefon till arbetet."),
    (SECTION_NAMES[Section.SUMMARY], "Vad heter insatsen, och vad går den ut på i korthet?"),
    (SECTION_NAMES[Section.PURPOSE], "Ett primärt syfte, eventuella andra syften och vilka målgrupper insatsen gäller."),
    (SECTION_NAMES[Section.NEED], "Varför behövs insatsen, och vilken prioritering svarar den mot?"),
    (SECTION_NAMES[Section.PLAN], "När insatsen börjar och slutar, vad den ska uppnå, hur det mäts, vad ni ska göra och vem som ansvarar."),
    (SECTION_NAMES[Section.PARTNERS], "Vilka som är med och vad de bidrar med."),
    (
        SECTION_NAMES[Section.BUDGET],
        "Kostnad per år och budgetpost: sökt bidrag, egna medel och annan finansiering. Hur mycket ni söker och det minsta ni behöver.",
    ),
)


@dataclass(frozen=True)
class Told:
    """One thing that a version says. `key` is the same in every version, whatever the label becomes."""

    part: CallPart
    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What one thing said before and says after; empty when it was not there."""

    label: str
    before: str
    after: str


def told(version: Any) -> list[Told]:
    """Everything a version says, in the order of its parts. Amounts in kronor, moments in Stockholm."""
    return [*_facts(version), *_terms(version.terms)]


def of_part(version: Any, part: CallPart) -> str:
    """What one part of a version says, as one text."""
    return "\n\n".join(f"{row.label}\n{row.text}" for row in told(version) if row.part == part and row.text)


def differences(old: Any, new: Any) -> list[Difference]:
    """What the new version says otherwise than the old; what was taken away comes last."""
    before = {(row.part, row.key): row for row in told(old)}
    after = {(row.part, row.key): row for row in told(new)}
    changed = [
        Difference(row.label, before[place].text if place in before else NOTHING, row.text)
        for place, row in after.items()
        if place not in before or before[place] != row
    ]
    gone = [Difference(row.label, row.text, NOTHING) for place, row in before.items() if place not in after]
    return [each for each in (*changed, *gone) if each.before != each.after]


def weight_in_words(criterion: Criterion, terms: Terms) -> str:
    """A criterion's share of all weights, as "30 %"; with a decimal when the shares are not whole."""
    whole = sum(terms.weights.values())
    if whole and criterion.weight * 100 % whole == 0:
        return f"{criterion.weight * 100 // whole}{HARD_SPACE}%"
    return percent_in_words(criterion.weight, whole)


def limits_in_words(version: Any) -> str:
    """The least and most that can be applied for, in kronor."""
    least, most = version.min_kr, version.max_kr
    if least and most:
        return f"{in_words(least)}–{in_words(most)}"
    if least:
        return f"minst {in_words(least)}"
    return f"högst {in_words(most)}" if most else "ingen gräns"


def length_in_words(version: Any) -> str:
    """How long an effort may last."""
    return f"högst {version.longest_months} månader" if version.longest_months else "ingen gräns för tiden"


def _facts(version: Any) -> list[Told]:
    rows = (
        (CallPart.GROUNDS, "summary", "Sammanfattning", version.summary),
        (CallPart.GROUNDS, "text", "Beskrivning", version.text),
        (CallPart.TIMES, "opens_at", "Öppnar", _moment(version.opens_at)),
        (CallPart.TIMES, "closes_at", "Stänger", _moment(version.closes_at)),
        (CallPart.TIMES, "decision_planned", "Beslut väntas", version.decision_planned),
        (CallPart.MONEY, "available_kr", "Att fördela", in_words(version.available_kr)),
        (CallPart.MONEY, "limits", "Belopp per insats", limits_in_words(version)),
        (CallPart.MONEY, "longest_months", "Insatsens längd", length_in_words(version)),
    )
    return [Told(part, key, words, text or NOTHING) for part, key, words, text in rows]


def _terms(terms: Terms) -> list[Told]:
    kinds = [capitalised(OrganisationKind(kind)) for kind in terms.eligible_applicants]
    groups = [TARGET_GROUPS.label(group) for group in terms.target_groups]
    return [
        Told(CallPart.WHO, "eligible_applicants", "Vem som kan söka", "\n".join(kinds)),
        Told(CallPart.WHO, "target_groups", "Målgrupper", "\n".join(groups)),
        Told(CallPart.PRIORITIES, "national", "Nationella prioriteringar", "\n".join(terms.national_priorities)),
        Told(CallPart.PRIORITIES, "regional", "Regionala prioriteringar", "\n".join(terms.regional_priorities)),
        *(Told(CallPart.CRITERIA, c.key, f"Kriteriet {c.name}", _criterion(c, terms)) for c in terms.criteria),
        *(Told(CallPart.QUESTIONS, q.key, f"Frågan {q.text}", _question(q)) for q in terms.questions),
        *(Told(CallPart.CATEGORIES, c.key, f"Budgetposten {c.name}", f"{c.name}\n{c.help}".strip()) for c in terms.categories),
        Told(CallPart.CONDITIONS, "conditions", "Villkor", "\n".join(terms.conditions)),
        *(Told(CallPart.REPORT, s.key, f"Rapportens fråga {s.title}", _section(s)) for s in terms.report_sections),
        Told(
            CallPart.CONTACTS,
            "contacts",
            "Kontaktpersoner",
            "\n".join(", ".join(filter(None, (c.name, c.email, c.phone))) for c in terms.contacts),
        ),
    ]


def _moment(at: datetime | None) -> str:
    return moment_in_words(at) if at else NOTHING


def _criterion(criterion: Criterion, terms: Terms) -> str:
    levels = [f"{level.points} poäng: {level.text}" for level in criterion.levels]
    return "\n".join(filter(None, (f"{criterion.name}, vikt {weight_in_words(criterion, terms)}", criterion.help, *levels)))


def _question(question: Question) -> str:
    must = "måste besvaras" if question.required else "frivillig"
    options = [f"– {option}" for option in question.options]
    return "\n".join(filter(None, (question.text, f"{capitalised(question.kind)}, {must}", question.help, *options)))


def _section(section: ReportSection) -> str:
    must = "måste besvaras" if section.required else "frivillig"
    return "\n".join(filter(None, (f"{section.title} ({must})", section.help)))


def kinds_in_words(terms: Terms) -> str:
    """Who may apply, as "kommuner och kommunalförbund"."""
    many = {OrganisationKind.MUNICIPALITY: "kommuner", OrganisationKind.FEDERATION: "kommunalförbund"}
    return " och ".join(many.get(OrganisationKind(kind), label(OrganisationKind(kind))) for kind in terms.eligible_applicants)
