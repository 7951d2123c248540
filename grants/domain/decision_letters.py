"""The words of a decision letter: complete in law for each outcome, composed once and then frozen.

A letter is plain data: facts, and sections with paragraphs, points and tables. Web page and PDF only lay it out, so
that it reads the same forever. Reads attributes; not for who may decide (guards.py) or how it looks (templates).
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .calendar import civil_date, date_in_words, period_in_words, six_weeks_after
from .money import HARD_SPACE, digits, in_words
from .purposes import PURPOSES, TARGET_GROUPS
from .words import Financier, Outcome, PotSource

Section = dict[str, Any]
REGULATION = "förordningen (2010:1122) om statlig ersättning för insatser för vissa utlänningar"
RETURNED = "återbetalda medel"
TITLES = {
    Outcome.GRANTED: "Beslut: statsbidrag beviljas",
    Outcome.PARTLY_GRANTED: "Beslut: statsbidrag beviljas delvis",
    Outcome.REJECTED: "Beslut: ansökan om statsbidrag avslås",
    Outcome.DISMISSED: "Beslut: ansökan om statsbidrag avvisas",
    Outcome.WRITTEN_OFF: "Beslut: ärendet om statsbidrag skrivs av",
}
REPAYMENT = (
    "Har bidraget lämnats felaktigt eller med för högt belopp ska ni betala tillbaka det som är fel. Om ni inte har "
    "orsakat felet gäller det bara om ni insåg eller borde ha insett det (39 § förordningen).",
    "Ni ska också betala tillbaka medel som inte har använts för det ändamål de beviljades för (40 § förordningen).",
    "Länsstyrelsen ska besluta om återkrav i de fall som avses i 39 § och får göra det i de fall som avses i 40 §. "
    "Finns det särskilda skäl får kravet efterges helt eller delvis (41 § förordningen).",
)
REVOCATION = (
    "Länsstyrelsen förbehåller sig rätten att ändra eller återkalla det här beslutet om villkoren inte följs eller om "
    "förutsättningarna för bidraget ändras (37 § förvaltningslagen (2017:900)).",
)
NO_APPEAL = ("Det här beslutet får inte överklagas (42 § förordningen).",)
REPORTING = (
    "Ni ska lämna en ekonomisk redovisning av de medel som har betalats ut och redovisa vad de har använts till (37 § förordningen)."
)


def compose(decision: Any, *, decided_at: datetime, decider: str) -> dict[str, Any]:
    """The whole letter as JSON data. `decided_at` is aware; `decider` is name and title.

    What it must hold: förvaltningslagen 31–33 §§, and for grants 37 and 39–41 §§ förordningen with the right to revoke.
    """
    application, board = decision.application, decision.application.board
    decided_on = civil_date(decided_at)
    return {
        "version": 1,
        "language": "sv",
        "title": TITLES[decision.outcome],
        "subject": f"{application.title}, {application.applicant.name}",
        "decided_at": decided_at.isoformat(),
        "sender": _lines(board.name, board.address, board.contact_email, board.contact_phone),
        "recipient": _lines(application.applicant.name, _numbered(application.applicant.orgnr), application.applicant.address),
        "facts": [
            ["Datum", date_in_words(decided_on)],
            ["Diarienummer", application.registration_number or "saknas"],
            ["Vår referens i P37", application.reference],
            ["Utlysning", application.call.full_name],
        ],
        "sections": _sections(decision, decided_on, decider),
    }


def _lines(*parts: str | None) -> list[str]:
    return [line.strip() for part in parts if part for line in part.split("\n") if line.strip()]


def _numbered(orgnr: str | None) -> str | None:
    return f"Organisationsnummer {orgnr}" if orgnr else None


def _section(heading: str, *paragraphs: str, points: Iterable[str] = (), table: dict[str, Any] | None = None) -> Section:
    return {"heading": heading, "paragraphs": [_kept(p) for p in paragraphs if p], "points": list(points), "table": table}


def _kept(text: str) -> str:
    """Numbers of paragraphs in law stay on the line with their sign."""
    return re.sub(r"(?<=\w) (?=§)", HARD_SPACE, text)


def _sections(decision: Any, decided_on: Any, decider: str) -> list[Section]:
    if not decision.outcome.gives_money:
        return [_refusal(decision), _section("Skäl för beslutet", *_prose(decision.reasons)), *_closing(decision, decider)]
    sections = [
        _grant(decision),
        _purpose(decision),
        _budget(decision),
        _section("Villkor", points=decision.conditions),
        _reports(decision),
        _payment(decided_on),
        _section("Skäl för beslutet", *_prose(decision.reasons)),
        _section("Återbetalning och återkrav", *REPAYMENT),
        _section("Beslutet kan ändras eller återkallas", *REVOCATION),
        *_closing(decision, decider),
    ]
    return [section for section in sections if section]


def _prose(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r", "").split("\n\n") if part.strip()]


def _asked(application: Any) -> str:
    return f"Ni sökte {in_words(application.applied_kr)}." if application.applied_kr is not None else ""


def _refusal(decision: Any) -> Section:
    """A decision without money: rejected, dismissed or written off."""
    application = decision.application
    board, applicant = application.board.name, application.applicant.name
    words = {
        Outcome.REJECTED: f"{board} avslår ansökan från {applicant} om statsbidrag till insatsen {application.title}.",
        Outcome.DISMISSED: f"{board} avvisar ansökan från {applicant} om statsbidrag till insatsen {application.title}. "
        "Det betyder att ansökan inte prövas i sak.",
        Outcome.WRITTEN_OFF: f"{applicant} har återkallat ansökan om statsbidrag till insatsen {application.title}. "
        f"{board} skriver därför av ärendet.",
    }
    ground = f"Ansökan gäller bidrag enligt 37 § {REGULATION}."
    if decision.outcome == Outcome.REJECTED:
        ground = f"Bidrag lämnas i mån av tillgång på medel (7 och 37 §§ {REGULATION})."
    return _section("Beslut", words[decision.outcome], _asked(application), ground)


def _grant(decision: Any) -> Section:
    application = decision.application
    partly = decision.outcome == Outcome.PARTLY_GRANTED
    return _section(
        "Beslut",
        f"{application.board.name} beviljar {application.applicant.name} {in_words(decision.granted_kr)} i statsbidrag till "
        f"insatsen {application.title}.",
        f"{_asked(application)} Ansökan avslås i övrigt." if partly else "Det är hela det belopp som ni har sökt.",
        f"Beslutet är fattat med stöd av 37 § {REGULATION}.",
        table=_financing(decision),
    )


def _source(financing: Any, year: int) -> str:
    """The pot's name: source and the year whose money it is."""
    year = financing.pot.year if financing.pot else year
    names = {
        PotSource.ALLOCATION: f"Länets tilldelning {year}",
        PotSource.RETURNED: f"Länets {RETURNED} {year}",
        PotSource.NATIONAL: f"Den nationella potten {year}",
    }
    return names.get(financing.source, f"Anslaget {year}")


def _financing(decision: Any) -> dict[str, Any]:
    year = decision.application.call.year
    return {
        "caption": "Varifrån pengarna kommer",
        "columns": ["Källa", "Kronor"],
        "rows": [[_source(row, year), digits(row.amount_kr)] for row in decision.financing],
        "sum": ["Summa", digits(sum(row.amount_kr for row in decision.financing))],
    }


def _purpose(decision: Any) -> Section:
    application = decision.application
    year = application.call.year
    purpose = f"Primärt syfte: {PURPOSES.label(application.primary_purpose, year)}." if application.primary_purpose else ""
    groups = ", ".join(TARGET_GROUPS.label(group) for group in application.target_groups)
    return _section(
        "Ändamål och tid",
        "Bidraget får bara användas till den insats som beskrivs i ansökan.",
        purpose,
        f"Målgrupp: {groups}." if groups else "",
        f"Insatsen pågår {period_in_words(decision.starts_on, decision.ends_on)}." if decision.starts_on and decision.ends_on else "",
    )


def _budget(decision: Any) -> Section | None:
    """The application's budget per category, in kronor: what is asked of the grant, and the rest."""
    application = decision.application
    sums: dict[str, dict[str, int]] = {}
    for line in application.budget:
        part = "grant" if line.financier == Financier.GRANT else "rest"
        row = sums.setdefault(line.category_key, {"grant": 0, "rest": 0})
        row[part] += line.amount_kr
    if not sums:
        return None
    terms = (application.version or application.call.version).terms
    totals = [sum(row[part] for row in sums.values()) for part in ("grant", "rest")]
    note = "Budgeten är den som står i ansökan."
    if decision.outcome == Outcome.PARTLY_GRANTED:
        note += f" Bidraget är lägre än det sökta. I redovisningen räknar ni från {in_words(decision.granted_kr)}."
    return _section(
        "Budget",
        note,
        table={
            "caption": "Budget i ansökan",
            "columns": ["Kostnad", "Sökt bidrag, kr", "Övrig finansiering, kr", "Summa, kr"],
            "rows": [
                [terms.category_name(key), digits(row["grant"]), digits(row["rest"]), digits(row["grant"] + row["rest"])]
                for key, row in sums.items()
            ],
            "sum": ["Summa", *map(digits, (*totals, sum(totals)))],
        },
    )


def _reports(decision: Any) -> Section:
    dates = [("Delrapport", decision.interim_due_on), ("Slutrapport", decision.report_due_on)]
    points = [f"{name}: senast {date_in_words(day)}." for name, day in dates if day]
    return _section("Redovisning", REPORTING, points=points)


def _payment(decided_on: Any) -> Section:
    return _section("Utbetalning", f"Bidraget betalas ut senast {date_in_words(six_weeks_after(decided_on))}.")


def _closing(decision: Any, decider: str) -> list[Section]:
    """No appeal, and who decided, presented and took part (förvaltningslagen 30–31 §§)."""
    rapporteur = signature(decision.rapporteur) if decision.rapporteur else ""
    made = _section(
        "De som medverkat i beslutet",
        f"Beslutet har fattats av {decider}.",
        f"Föredragande har varit {rapporteur}." if rapporteur else "",
        f"I den slutliga handläggningen har också {decision.participants} deltagit." if decision.participants else "",
        f"Avvikande mening: {decision.dissent}" if decision.dissent else "",
    )
    return [_section("Beslutet får inte överklagas", *NO_APPEAL), made]


def signature(person: Any) -> str:
    """A person's name and title, as in "Maria Hallgren, enhetschef"."""
    return f"{person.name}, {person.title}" if person.title else str(person.name)


def notice(letter: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of the message that tells the applicant (förvaltningslagen 33 §); the address comes after it."""
    facts = dict(letter["facts"])
    text = (
        f"{letter['sender'][0]} har fattat beslut i ert ärende {facts['Diarienummer']}, {letter['subject']}.\n\n"
        f"{letter['sections'][0]['paragraphs'][0]}\n\nLäs hela beslutet med skäl och villkor:"
    )
    return f"{letter['title']} ({facts['Diarienummer']})", text
