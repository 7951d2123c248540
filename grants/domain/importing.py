"""Files of earlier years, read row by row: which columns there are, what each may say, and every fault with its place.

Pure reading: whether a reference or a registration number is known already is asked in services/importing.py.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from io import StringIO
from typing import Any

from .calendar import parse_date
from .identity import find_personal_numbers
from .money import parse_kronor
from .purposes import PURPOSES, TARGET_GROUPS
from .texts import clean, collapse
from .words import Outcome, PotSource, ProjectState, Scope

Facts = dict[str, Any]
SCOPES = {"regionell": Scope.REGIONAL, "nationell": Scope.NATIONAL}
OUTCOMES = {
    "beviljad": Outcome.GRANTED, "delvis beviljad": Outcome.PARTLY_GRANTED, "avslag": Outcome.REJECTED,
    "avvisad": Outcome.DISMISSED, "avskriven": Outcome.WRITTEN_OFF, "under beredning": None,
}  # fmt: skip
STATUSES = {"pågår": ProjectState.RUNNING, "avslutad": ProjectState.CLOSED}
SOURCES = {"tilldelning": PotSource.ALLOCATION, "återbetalt": PotSource.RETURNED, "nationell": PotSource.NATIONAL}
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DECIMALS, LARGEST_FIGURE = 4, 10**12


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, where: the line on which the row begins, and the column's name in the header."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"Rad {self.line}, kolumn {self.column}: {self.sentence}"


@dataclass(frozen=True)
class Column:
    """A column: how its text is read (ValueError with a sentence), and whether it may be left empty."""

    name: str
    read: Callable[[str], Any]
    required: bool = False


@dataclass(frozen=True)
class Row:
    """A row that could be read: where it begins, and its facts; None is unknown."""

    line: int
    facts: Facts


def line_of_text(most: int) -> Callable[[str], str]:
    """A reader of text on one line, at most so many characters."""
    return lambda text: _within(collapse(text), most)


def prose(most: int) -> Callable[[str], str]:
    """A reader of running text that may not hold a personal identity number."""
    return lambda text: _within(_without_persons(clean(text)), most)


def title(text: str) -> str:
    """A title: one line, without personal identity numbers."""
    return _within(_without_persons(collapse(text)), 300)


def year(text: str) -> int:
    """The year of a call or a pot."""
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR and len(text) == 4):
        raise ValueError(f"Skriv ett årtal mellan {FIRST_YEAR} och {LAST_YEAR}, till exempel 2019.")
    return int(text)


def one_of(words: dict[str, Any]) -> Callable[[str], Any]:
    """A reader that takes one of a few words, whatever their case, and gives its value."""

    def read(text: str) -> Any:
        wanted = collapse(text).casefold()
        if wanted not in words:
            raise ValueError(f"”{_short(text)}” finns inte. Skriv {_either(words)}.")
        return words[wanted]

    return read


def kronor(text: str) -> int:
    """Whole kronor, 0 to 1 000 000 000 000."""
    return parse_kronor(text)


@cache
def purpose(text: str) -> str:
    """The code of a purpose, by its label of any year."""
    code = PURPOSES.code_of(text)
    if code is None:
        raise ValueError(f"Syftet ”{_short(text)}” finns inte. Skriv {_either([label for _, label in PURPOSES.choices()])}.")
    return code.value


@cache
def purposes(text: str) -> list[str]:
    """The codes of several purposes with semicolons between, each once."""
    return sorted({purpose(part.strip()) for part in text.split(";") if part.strip()})


@cache
def target_groups(text: str) -> list[str]:
    """The codes of several target groups with semicolons between, each once."""
    codes = set()
    for part in filter(None, map(str.strip, text.split(";"))):
        code = TARGET_GROUPS.code_of(part)
        if code is None:
            labels = [label for _, label in TARGET_GROUPS.choices()]
            raise ValueError(f"Målgruppen ”{_short(part)}” finns inte. Skriv {_either(labels)}.")
        codes.add(code.value)
    return sorted(codes)


def decimal(text: str) -> Decimal:
    """A number of 0 or more with at most four decimals, with comma or point."""
    number = text.replace(" ", "").replace("\u00a0", "").replace(",", ".")
    whole, _, decimals = number.partition(".")
    if not (number.isascii() and whole.isdigit() and (decimals.isdigit() or number == whole)):
        raise ValueError("Skriv ett tal som är noll eller mer, till exempel 1,36 eller 40000000.")
    if len(decimals) > MOST_DECIMALS or len(whole) > 15 or int(whole) > LARGEST_FIGURE:
        raise ValueError("Talet är för stort eller har fler än fyra decimaler.")
    return Decimal(number)


GRANTS = (
    Column("reference", line_of_text(40), required=True),
    Column("year", year, required=True),
    Column("scope", one_of(SCOPES), required=True),
    Column("call", line_of_text(300), required=True),
    Column("board", line_of_text(40), required=True),
    Column("applicant", line_of_text(40), required=True),
    Column("title", title),
    Column("summary", prose(10_000)),
    Column("primary_purpose", purpose),
    Column("other_purposes", purposes),
    Column("target_groups", target_groups),
    Column("applied_kr", kronor),
    Column("outcome", one_of(OUTCOMES)),
    Column("granted_kr", kronor),
    Column("of_which_returned_kr", kronor),
    Column("decided_on", parse_date),
    Column("starts_on", parse_date),
    Column("ends_on", parse_date),
    Column("status", one_of(STATUSES)),
    Column("closed_on", parse_date),
    Column("registration_number", line_of_text(40)),
)
POTS = (
    Column("year", year, required=True),
    Column("board", line_of_text(40), required=True),
    Column("source", one_of(SOURCES), required=True),
    Column("amount_kr", kronor, required=True),
)
PUBLISHED = (
    Column("year", year, required=True),
    Column("metric", line_of_text(60), required=True),
    Column("scope", line_of_text(60), required=True),
    Column("value", decimal, required=True),
    Column("source", line_of_text(300), required=True),
)


Rules = Callable[[Facts], Iterator[tuple[tuple[str, ...], str]]]


def no_rules(facts: Facts) -> Iterator[tuple[tuple[str, ...], str]]:
    """Nothing in a row can contradict anything else in it."""
    yield from ()


def read(content: bytes, columns: tuple[Column, ...], rules: Rules = no_rules) -> tuple[list[Row], list[Fault]]:
    """The rows of a file that can be read, and every fault of the others. Empty rows are passed over.

    `rules` tells what contradicts what within a row: the columns concerned, the one to mend first, and a sentence.
    """
    text, faults = _decoded(content)
    records = _records(text, faults)
    line, header = next(records, (1, []))
    names = [collapse(name).casefold() for name in header]
    faults += [] if faults else _faults_of_header(line, names, columns)
    if faults:
        return [], faults
    rows = []
    for line, cells in records:
        facts, wrong = _read_row(dict(zip(names, cells, strict=False)), columns, rules)
        if len(cells) != len(names):
            wrong = [
                (names[min(len(cells), len(names) - 1)], f"Raden har {len(cells)} fält men rubriken {len(names)}. Se över skiljetecknen.")
            ]
        faults += [Fault(line, column, sentence) for column, sentence in wrong]
        if not wrong:
            rows.append(Row(line, facts))
    return rows, faults


def contradictions(facts: Facts) -> Iterator[tuple[tuple[str, ...], str]]:
    """What cannot be true of a grant: amounts against outcome, and the order of days."""
    granted, returned = facts["granted_kr"], facts["of_which_returned_kr"]
    gives_money = facts["outcome"] is not None and facts["outcome"].gives_money
    if gives_money and granted is None:
        yield ("granted_kr", "outcome"), "Ärendet är beviljat. Skriv det beviljade beloppet."
    if not gives_money and granted:
        yield ("granted_kr", "outcome"), "Ärendet är inte beviljat. Lämna beloppet tomt eller rätta utfallet."
    if returned and returned > (granted or 0):
        yield ("of_which_returned_kr", "granted_kr"), "Återbetalda medel är mer än det beviljade. Rätta ett av beloppen."
    if facts["outcome"] is None and facts["decided_on"]:
        yield ("decided_on", "outcome"), "Ärendet är under beredning. Lämna beslutsdagen tom eller rätta utfallet."
    if _before(facts["ends_on"], facts["starts_on"]):
        yield ("ends_on", "starts_on"), "Insatsen slutar innan den börjar. Rätta ett av datumen."
    if _before(facts["closed_on"], facts["decided_on"]):
        yield ("closed_on", "decided_on"), "Insatsen är avslutad före beslutet. Rätta ett av datumen."
    if facts["closed_on"] and facts["status"] is ProjectState.RUNNING:
        yield ("closed_on", "status"), "Insatsen pågår. Lämna datumet tomt eller skriv avslutad som status."


def as_json(facts: Facts) -> dict[str, Any]:
    """The known facts as JSON values, so that the same file can be recognised again."""
    return {name: str(value) if isinstance(value, date | Decimal) else value for name, value in facts.items() if value is not None}


def _before(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first < second


def _decoded(content: bytes) -> tuple[str, list[Fault]]:
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", [Fault(line, "(hela raden)", "Filen är inte i UTF-8. Spara den som CSV UTF-8.")]


def _records(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, each with the line on which it begins. What can't be divided into fields is a fault."""
    header = StringIO(text.lstrip("\r\n"), newline=None).readline()
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",", strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.append(Fault(begins, "(hela raden)", "Raden går inte att läsa. Kontrollera citattecknen."))
            continue
        if any(cell.strip() for cell in cells):
            yield begins, cells


def _faults_of_header(line: int, names: list[str], columns: tuple[Column, ...]) -> list[Fault]:
    known = [column.name for column in columns]
    faults = [Fault(line, column.name, "Kolumnen saknas.") for column in columns if column.required and column.name not in names]
    faults += [
        Fault(line, _short(name) or "(tom)", f"Kolumnen är okänd. Kolumnerna är {', '.join(known)}.") for name in names if name not in known
    ]
    faults += [Fault(line, name, "Kolumnen finns två gånger.") for name in known if names.count(name) > 1]
    return faults


def _read_row(cells: dict[str, str], columns: tuple[Column, ...], rules: Rules) -> tuple[Facts, list[tuple[str, str]]]:
    """The facts of a row, and what is wrong as (column, sentence). A rule about a column that can't be read is left out."""
    facts: Facts = {}
    wrong: dict[str, str] = {}
    for column in columns:
        text = cells.get(column.name, "").strip()
        facts[column.name] = None
        try:
            if text:
                facts[column.name] = column.read(text)
            elif column.required:
                wrong[column.name] = "Fältet är tomt men behövs."
        except ValueError as error:
            wrong[column.name] = str(error)
    contradicting = [(concerned[0], sentence) for concerned, sentence in rules(facts) if wrong.keys().isdisjoint(concerned)]
    return facts, [*wrong.items(), *contradicting]


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(f"Texten är {len(text)} tecken. Korta den till högst {most}.")
    return text


def _without_persons(text: str) -> str:
    if find_personal_numbers(text):
        raise ValueError("Texten innehåller ett personnummer. Ta bort det.")
    return text


def _either(words: Any) -> str:
    *first, last = words
    return f"{', '.join(first)} eller {last}" if first else last


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
