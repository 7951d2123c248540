"""The annual statistics as pages and files, open to everybody; the rows behind a figure to those who may see them."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from sqlalchemy.orm import joinedload

from ..domain import ledger, metrics
from ..domain.money import ratio
from ..domain.purposes import Purpose
from ..domain.texts import collapse
from ..extensions import db
from ..models.applications import Application
from ..models.people import County
from ..models.pots import Posting, Pot
from ..schemas.statistics import as_csv, as_json, numbers
from ..services import statistics
from ..services.visible import visible
from .gate import me, rule
from .pages import Paged

bp = Blueprint("statistics", __name__)
FILES = {"json": (as_json, "application/json"), "csv": (as_csv, "text/csv; charset=utf-8")}


@bp.route("/statistik")
@rule("statistics.view")
def index() -> Any:
    return render_template("statistics/index.html", years=statistics.series())


@bp.route("/statistik/<int:year>")
@rule("statistics.view")
def year(year: int) -> Any:
    _believable(year)
    figures = statistics.annual(year)
    return render_template(
        "statistics/year.html", year=year, f=figures, metrics=metrics, counties=_counties(figures), ratio=ratio,
        years=statistics.years_with_cases(), earlier=statistics.published_ratios(year), share_unknown=statistics.unknown_returned_shares(year),
        whole={key: value for key, part, value in numbers(figures) if not part}, crumbs=_crumbs((f"Årsstatistik {year}", None)),
    )  # fmt: skip


@bp.route("/statistik/<int:year>.<any(json, csv):fmt>")
@rule("statistics.view")
def download(year: int, fmt: str) -> Any:
    _believable(year)
    write, media_type = FILES[fmt]
    headers = {"Content-Disposition": f'attachment; filename="p37-statistik-{year}.{fmt}"'}
    return Response(write(statistics.annual(year)), content_type=media_type, headers=headers)


@bp.route("/statistik/<int:year>/underlag/<figure>")
@rule("statistics.view")
def rows(year: int, figure: str) -> Any:
    _believable(year)
    if figure not in statistics.FIGURES and figure not in statistics.POT_FIGURES:
        abort(404)
    part = _part(year)
    behind = _postings(year, figure, part) if figure in statistics.POT_FIGURES else _cases(year, figure, part)
    return render_template(
        "statistics/rows.html", year=year, metric=metrics.METRICS[figure], reading=metrics.reading(figure, year), part=part,
        behind=behind, posting_word=ledger.label, crumbs=_crumbs((f"Årsstatistik {year}", url_for(".year", year=year)), ("Underlag", None)),
    )  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Which part of a divided figure is asked for."""

    county: County | None
    purpose: str | None
    granted_in: str | None


@dataclass(frozen=True)
class Behind:
    """The rows that the visitor may see, and how many there are in all and what they add up to."""

    page: Paged
    count: int
    total: int
    of_pots: bool


def _cases(year: int, figure: str, part: Part) -> Behind:
    query = statistics.rows_behind(
        year, figure, county=part.county.code if part.county else None, purpose=part.purpose, granted_in=part.granted_in
    )
    mine = visible(query, Application, me()).order_by(Application.reference)
    return _behind(query, mine.options(joinedload(Application.applicant), joinedload(Application.board)), of_pots=False)


def _postings(year: int, figure: str, part: Part) -> Behind:
    query = statistics.postings_behind(year, figure, county=part.county.code if part.county else None)
    mine = visible(query, Pot, me()).order_by(Posting.pot_id, Posting.number)
    return _behind(query, mine.options(joinedload(Posting.pot)), of_pots=True)


def _behind(every: Any, mine: Any, *, of_pots: bool) -> Behind:
    count, total = statistics.amount_behind(every)
    return Behind(Paged(mine), count, total, of_pots)


def _part(year: int) -> Part:
    """What the address asks for; an unknown county, purpose or year is no page."""
    asked = request.args
    county = db.session.get(County, collapse(asked["lan"])) or abort(404) if "lan" in asked else None
    purpose, granted_in = asked.get("syfte"), asked.get("beviljat")
    if purpose not in (None, metrics.UNKNOWN, *Purpose):
        abort(404)
    if granted_in not in (None, metrics.UNKNOWN) and not (granted_in.isascii() and granted_in.isdigit() and len(granted_in) == 4):
        abort(404)
    return Part(county, purpose, granted_in)


def _counties(figures: dict[str, Any]) -> list[tuple[County, dict[str, Any], Any]]:
    """Each county with its figures and its ratio, applied over the pot; the highest ratio first, unknown ones last."""
    known = {county.code: county for county in db.session.query(County)}
    found = [(known[row["county_code"]], row, ratio(row["applied_kr"], row["pot_kr"])) for row in figures["by_county"]]
    return sorted(found, key=lambda each: (each[2] is None, -(each[2] or 0), each[0].code))


def _believable(year: int) -> None:
    if not 2000 <= year <= 2100:
        abort(404)


def _crumbs(*rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Start", url_for("start.show")), ("Statistik", url_for(".index")), *rest]
