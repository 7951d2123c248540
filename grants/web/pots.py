"""Pages of the money ledger: the country, a pot with its postings, and the coordinator's work with a year's money."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..domain import ledger
from ..domain.distribution import LEVELS, share_left
from ..domain.money import in_words, percent
from ..domain.permissions import Reach, reaches
from ..domain.words import KeyState, PotSource
from ..extensions import db
from ..forms import pots as forms
from ..models.pots import DistributionKey, Posting, Pot
from ..services import organisations, pots
from .gate import attempt, me, moment, rule
from .pages import Paged

bp = Blueprint("pots", __name__)


@bp.route("/potter")
@rule("pot.view")
def index() -> Any:
    years = pots.years()
    year = _year(years[0] if years else moment().today.year)
    rows = pots.balances(year, me())
    whole = Reach.EVERY in reaches(me(), "pot.view")
    sums = pots.total(row.county for row in rows)
    return render_template(
        "pots/index.html",
        year=year,
        years=years,
        rows=rows,
        sums=sums,
        whole=whole,
        source=PotSource,
        may_lapse=_may_lapse(year),
        tiles=_tiles(rows) if whole else [],
        levels=LEVELS,
        waiting=pots.transfers(me(), year) if whole or rows else [],
    )


def _year(usual: int) -> int:
    """The year in the address, if it is one that money can have."""
    year = request.args.get("ar", usual, type=int)
    return year if 2000 <= year <= 2100 else usual


def _may_lapse(year: int) -> bool:
    today = moment().today
    return today.year > year or (today.year, today.month, today.day) == (year, 12, 31)


def _tiles(rows: list[pots.Balances]) -> list[dict[str, Any]]:
    """Every county on the map, coloured by how much of its money is left."""
    known = {row.board.county_code: row.county for row in rows}
    tiles = []
    for board in organisations.boards():
        sums = known.get(board.county_code, pots.Sums())
        got = sums.got + sums.moved
        text = "" if got <= 0 else f"{round(percent(sums.left, got) or 0)} %"
        county = board.county
        tiles.append(
            {"letter": county.letter, "row": county.tile_row, "col": county.tile_col, "text": text, "level": share_left(sums.left, got)}
        )
    return tiles


@bp.route("/potter/<int:id>")
@rule("pot.view", Pot)
def show(pot: Pot) -> Any:
    query = select(Posting).where(Posting.pot_id == pot.id).options(joinedload(Posting.by)).order_by(Posting.number.desc())
    page = Paged(query, size=100)
    return render_template(
        "pots/show.html", pot=pot, page=page, balance=pots.balance(pot), causes=pots.causes(page.rows), kind=ledger.label
    )


@bp.route("/potter/anslag", methods=["GET", "POST"])
@rule("pot.appropriate")
def appropriate() -> Any:
    form = forms.AppropriationForm(data={"year": _year(moment().today.year)})
    if form.validate_on_submit() and attempt(form, _appropriate, form):
        flash("Pengarna är bokförda.", "good")
        return redirect(url_for(".index", ar=form.year.data))
    return render_template("pots/appropriate.html", form=form), 422 if form.is_submitted() else 200


def _appropriate(form: forms.AppropriationForm) -> None:
    if form.kr.data:
        pots.appropriate(form.year.data, form.kr.data, moment(), letter=form.letter.data)
    if form.national_kr.data:
        pots.reserve_national(form.year.data, form.national_kr.data, moment())


@bp.route("/potter/anslag/ratta", methods=["GET", "POST"])
@rule("pot.correct")
def correct() -> Any:
    form = forms.CorrectionForm(data={"year": _year(moment().today.year)})
    if form.validate_on_submit() and attempt(form, pots.correct, form.year.data, form.kr.data, moment(), reason=form.reason.data):
        flash("Anslaget är rättat.", "good")
        return redirect(url_for(".index", ar=form.year.data))
    return render_template("pots/correct.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/potter/nyckel", methods=["GET", "POST"])
@rule("key.draft")
def key() -> Any:
    year = _year(moment().today.year)
    latest = next(iter(pots.keys_of(year)), None)
    counties = organisations.county_choices()
    form = forms.key_form(counties, year=year, weights={share.county_code: share.weight for share in latest.shares} if latest else {})
    if form.validate_on_submit() and attempt(form, pots.draft_key, form.year.data, form.weights, moment(), form.note.data):
        return redirect(url_for(".key", ar=form.year.data))
    return render_template(
        "pots/key.html", form=form, year=year, **_draft(latest), names=dict(counties)
    ), 422 if form.is_submitted() else 200


def _draft(latest: DistributionKey | None) -> dict[str, Any]:
    """The latest version of the key, and what it would give, if it waits to be decided."""
    if latest is None or latest.state != KeyState.DRAFT:
        return {"latest": latest, "shares": {}}
    return {"latest": latest, "shares": pots.preview(latest)}


@bp.route("/potter/nyckel/<int:id>/fordela", methods=["POST"])
@rule("key.decide")
def allocate(id: int) -> Any:
    key = db.session.get(DistributionKey, id) or abort(404)
    pots.allocate(key, moment())
    flash("Pengarna är fördelade till länen.", "good")
    return redirect(url_for(".index", ar=key.year))


@bp.route("/potter/overforing", methods=["GET", "POST"])
@rule("transfer.propose")
def transfer() -> Any:
    form = forms.TransferForm()
    givers = pots.givable(me())
    form.giver.choices = [("", "Välj pott"), *((str(pot.id), f"{pot.name}: {in_words(left)} kvar") for pot, left in givers)]
    form.receiver.choices = [("", "Välj länsstyrelse"), *((str(board.id), board.name) for board in organisations.boards())]
    if form.validate_on_submit() and attempt(form, _propose, form, {str(pot.id): pot for pot, _ in givers}):
        flash("Förslaget är skickat. Pengarna förs över när mottagaren godkänner.", "good")
        return redirect(url_for(".index"))
    return render_template("pots/transfer.html", form=form, givers=givers), 422 if form.is_submitted() else 200


def _propose(form: forms.TransferForm, givers: dict[str, Pot]) -> None:
    giver = givers[form.giver.data]
    board = next(board for board in organisations.boards() if str(board.id) == form.receiver.data)
    receiver = pots.pot(board, giver.year, giver.source)
    pots.propose_transfer(giver, receiver, form.kr.data, moment(), reason=form.reason.data)


@bp.route("/potter/overforing/<int:id>/godkann", methods=["POST"])
@rule("transfer.accept")
def accept(id: int) -> Any:
    transfer = pots.transfer_by_id(id, me()) or abort(404)
    pots.accept_transfer(transfer, moment())
    flash("Pengarna är överförda.", "good")
    return redirect(url_for(".index", ar=transfer.from_pot.year))


@bp.route("/potter/overforing/<int:id>/avboj", methods=["POST"])
@rule("transfer.decline")
def decline(id: int) -> Any:
    transfer = pots.transfer_by_id(id, me()) or abort(404)
    pots.decline_transfer(transfer, moment())
    flash("Förslaget är avböjt. Inga pengar har förts över.", "good")
    return redirect(url_for(".index", ar=transfer.from_pot.year))


@bp.route("/potter/aterfor", methods=["POST"])
@rule("pot.lapse")
def lapse() -> Any:
    form = forms.YearForm()
    if not form.validate_on_submit():
        abort(400)
    lapsed = pots.lapse(form.year.data, moment())
    flash(f"{in_words(lapsed)} är återfört till staten.", "good")
    return redirect(url_for(".index", ar=form.year.data))
