"""The figures of a year, counted in four queries. Every total is the sum of the parts that are shown."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, func, select

from ...domain.metrics import UNKNOWN
from ...domain.money import ratio
from ...domain.purposes import Purpose
from ...domain.words import Scope
from ...extensions import db
from ...models.applications import Application
from ...models.calls import Call
from ...models.people import County
from ...models.pots import Posting, Pot
from . import rows

Group = Row[*tuple[Any, ...]]
PARTS = {
    "received": "received", "applied_kr": "applied_kr", "applied_unknown": "applied_unknown", "granted": "granted_projects",
    "granted_kr": "granted_regional_kr", "from_allocation": "granted_applications_from_allocation",
    "from_allocation_kr": "granted_from_allocation_kr", "from_returned_kr": "granted_from_returned_kr", "paid_kr": "paid_kr",
}  # fmt: skip


def annual(year: int) -> dict[str, Any]:
    """The statistics of a year with the keys of the JSON. Kronor are whole, ratios Decimals; what is unknown is None.

    The layout is the boards' joint report's, section 4.6 (tables 5–7); definitions in domain/metrics.py.
    """
    cases, closed, pots = _cases(year), _closed(year), _Pots(year)
    regional = [group for group in cases if group.scope == Scope.REGIONAL]
    closed_regional = [group for group in closed if group.scope == Scope.REGIONAL]
    applied = _sum(regional, "applied_kr")
    to_distribute, reserve = pots.sum("to_distribute_kr"), pots.sum("national_reserve_kr")
    regional_kr = None if to_distribute is None or reserve is None else to_distribute - reserve
    return {
        "year": year,
        "to_distribute_kr": to_distribute,
        "national_reserve_kr": reserve,
        "applied_kr": applied,
        "applied_unknown": _sum(regional, "applied_unknown"),
        "application_ratio": ratio(applied, to_distribute),
        "application_ratio_regional": ratio(applied, regional_kr),
        "received": _sum(regional, "received"),
        "granted_applications_from_allocation": _sum(regional, "from_allocation"),
        "granted_projects": _sum(regional, "granted"),
        "granted_regional_kr": _sum(regional, "granted_kr"),
        "granted_from_allocation_kr": _sum(cases, "from_allocation_kr"),
        "granted_from_returned_kr": _sum(cases, "from_returned_kr"),
        "paid_kr": _sum(cases, "paid_kr"),
        "granted_by_primary_purpose": _by_purpose(regional, {"count": "granted", "granted_kr": "granted_kr"}),
        "closed": _sum(closed, "closed"),
        "closed_regional": _sum(closed_regional, "closed"),
        "closed_by_primary_purpose": _by_purpose(closed_regional, {"count": "closed"}),
        "closed_by_grant_year": _by_grant_year(closed),
        "national": _national(cases, closed),
        "by_county": _by_county(regional, closed_regional, pots),
    }


def unknown_returned_shares(year: int) -> int:
    """How many imported grants of the year do not tell how much came from returned money; it counts as 0."""
    query = rows.cases_of(select(func.count(Application.id)), year).where(rows.RETURNED_SHARE_IS_UNKNOWN)
    return db.session.scalar(query) or 0


def _cases(year: int) -> list[Group]:
    """The cases of the year's calls, summed by scope, deciding county, purpose and the applicant's county."""
    kinds = (
        Call.scope,
        rows.board.county_code.label("county"),
        Application.primary_purpose.label("purpose"),
        rows.applicant.county_code.label("home"),
    )
    sums = [func.sum(rows.FIGURES[key].adds).label(name) for name, key in PARTS.items()]
    return list(db.session.execute(rows.cases_of(select(*kinds, *sums), year).group_by(*kinds)))


def _closed(year: int) -> list[Group]:
    """The projects closed in the year, counted by scope, deciding county, purpose and year of the grant."""
    kinds = (
        Call.scope,
        rows.board.county_code.label("county"),
        Application.primary_purpose.label("purpose"),
        rows.grant_year.label("granted_in"),
    )
    query = select(*kinds, func.count().label("closed"))
    return list(db.session.execute(rows.cases_of(query, year, by_closure=True).group_by(*kinds)))


class _Pots:
    """The year's postings, summed by source, kind and county. Without an appropriation every figure is unknown."""

    def __init__(self, year: int):
        kinds = (Pot.source, Posting.kind, rows.board.county_code.label("county"))
        query = select(*kinds, func.sum(Posting.amount_kr).label("kr")).join(Pot, Pot.id == Posting.pot_id)
        query = query.join(rows.board, rows.board.id == Pot.board_id).where(Pot.year == year).group_by(*kinds)
        self.groups: list[Group] = list(db.session.execute(query))
        self.is_known = bool(self._taken("to_distribute_kr"))

    def sum(self, figure: str, county: str | None = None) -> int | None:
        if not self.is_known:
            return None
        return sum(int(group.kr) for group in self._taken(figure) if county in (None, group.county))

    def _taken(self, figure: str) -> list[Group]:
        taken = rows.POT_FIGURES[figure].taken
        return [g for g in self.groups if any(g.source in sources and g.kind in kinds for sources, kinds in taken)]


def _sum(groups: Iterable[Group], name: str) -> int:
    return sum(int(getattr(group, name)) for group in groups)


def _by_purpose(groups: list[Group], counted: dict[str, str]) -> list[dict[str, Any]]:
    """All eight purposes in the order of table 6; cases without a known purpose are told apart when there are any."""
    result = []
    for purpose in (*Purpose, None):
        own = [group for group in groups if group.purpose == purpose]
        row = {name: _sum(own, part) for name, part in counted.items()}
        if purpose or row["count"]:
            result.append({"purpose": purpose.value if purpose else UNKNOWN, **row})
    return result


def _by_grant_year(closed: list[Group]) -> dict[str, int]:
    def year_of(group: Group) -> str:
        return UNKNOWN if group.granted_in is None else str(int(group.granted_in))

    return {year: _sum((g for g in closed if year_of(g) == year), "closed") for year in sorted(set(map(year_of, closed)))}


def _national(cases: list[Group], closed: list[Group]) -> dict[str, int]:
    own = [group for group in cases if group.scope == Scope.NATIONAL]
    return {
        "received": _sum(own, "received"),
        "counties": len({group.home for group in own}),
        "applied_kr": _sum(own, "applied_kr"),
        "granted": _sum(own, "granted"),
        "granted_kr": _sum(own, "granted_kr"),
        "closed": _sum((group for group in closed if group.scope == Scope.NATIONAL), "closed"),
    }


def _by_county(regional: list[Group], closed: list[Group], pots: _Pots) -> list[dict[str, Any]]:
    """All counties in the order of their codes. A county is the deciding board's."""
    result = []
    for code in db.session.scalars(select(County.code).order_by(County.code)):
        own = [group for group in regional if group.county == code]
        result.append({
            "county_code": code,
            "pot_kr": pots.sum("by_county.pot_kr", code),
            "returned_pot_kr": pots.sum("by_county.returned_pot_kr", code),
            "received": _sum(own, "received"),
            "applied_kr": _sum(own, "applied_kr"),
            "granted": _sum(own, "granted"),
            "granted_kr": _sum(own, "granted_kr"),
            "of_which_returned_kr": _sum(own, "from_returned_kr"),
            "closed": _sum((group for group in closed if group.county == code), "closed"),
        })  # fmt: skip
    return result
