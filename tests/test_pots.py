"""The money ledger through its services: what is given, bound, paid, moved, returned and lost can always be found."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from grants.domain.errors import Forbidden, WrongState
from grants.domain.ledger import Entry, PostingKind
from grants.domain.words import Outcome, PotSource, Role
from grants.extensions import db
from grants.models.pots import Posting, Pot
from grants.services import decisions, payments, pots, statistics

from . import make
from .refusals import refused

A, N, S, R = PotSource.ALLOCATION, PotSource.NATIONAL, PotSource.APPROPRIATION, PotSource.RETURNED
YEAR = 2031


def coordinator(at=None):
    return make.moment(make.person(Role.MONEY_COORDINATOR), at)


def left(county="04", source=A, year=YEAR) -> int:
    return pots.balance(pots.find(make.board(county).id, year, source)).available


def treasurer(county="04"):
    return make.moment(make.person(Role.TREASURER, make.board(county)))


@pytest.fixture
def money(app):
    make.pots(YEAR, {"04": 2_000_000, "08": 1_000_000})


def test_the_appropriation_is_split_by_the_key_to_the_last_krona(app):
    acts = coordinator()
    pots.appropriate(YEAR, 100, acts, letter="Regleringsbrev")
    key = pots.draft_key(YEAR, {"04": 1, "06": 1, "08": 1}, acts)
    assert pots.preview(key)["04"] == 34
    pots.allocate(key, acts)
    assert [left(county) for county in ("04", "06", "08")] == [34, 33, 33]
    assert left("06", S) == 0


def test_the_national_pot_is_taken_from_the_appropriation(money):
    assert left("06", N) == 3_000_000
    assert left("06", S) == 0


def test_no_more_can_be_reserved_than_the_state_gave(app):
    acts = coordinator()
    with refused(match="Det finns inget anslag"):
        pots.reserve_national(YEAR, 5, acts)
    pots.appropriate(YEAR, 100, acts, letter="Regleringsbrev")
    with refused(match=r"100\skr finns kvar och 50\skr saknas"):
        pots.reserve_national(YEAR, 150, acts)


def test_an_appropriation_booked_too_high_is_corrected_by_a_new_posting(app):
    acts = coordinator()
    pots.appropriate(YEAR, 100, acts, letter="Regleringsbrev")
    pots.correct(YEAR, 40, acts, reason="En nolla för mycket")
    kinds = db.session.scalars(select(Posting.kind).order_by(Posting.id)).all()
    assert (left("06", S), kinds) == (60, [PostingKind.APPROPRIATE, PostingKind.CORRECT])
    assert statistics.annual(YEAR)["to_distribute_kr"] == 60


def test_no_more_can_be_corrected_than_is_left_of_the_appropriation(app):
    acts = coordinator()
    pots.appropriate(YEAR, 100, acts, letter="Regleringsbrev")
    pots.reserve_national(YEAR, 80, acts)
    with refused(match=r"20\skr finns kvar och 10\skr saknas"):
        pots.correct(YEAR, 30, acts, reason="Fel")
    with refused(Forbidden):
        pots.correct(YEAR, 10, treasurer(), reason="Fel")


def test_only_the_money_coordinator_gives_out_the_years_money(app):
    with refused(Forbidden):
        pots.appropriate(YEAR, 100, make.moment(make.person(Role.OFFICER)), letter="Regleringsbrev")
    with refused(Forbidden):
        pots.draft_key(YEAR, {"04": 1}, treasurer())


def test_a_key_needs_known_counties_and_some_weight(app):
    for weights in ({}, {"04": 0}, {"04": -1, "08": 2}, {"99": 1}):
        with refused():
            pots.draft_key(YEAR, weights, coordinator())


def test_an_old_version_of_the_key_is_not_used(app):
    acts = coordinator()
    pots.appropriate(YEAR, 100, acts, letter="Regleringsbrev")
    first = pots.draft_key(YEAR, {"04": 1}, acts)
    second = pots.draft_key(YEAR, {"08": 1}, acts)
    with refused(WrongState):
        pots.allocate(first, acts)
    pots.allocate(second, acts)
    with refused(WrongState):
        pots.allocate(second, acts)


def test_a_decision_binds_money_and_a_payment_moves_it_on(money):
    project = make.project(400_000, year=YEAR)
    there = pots.find(make.board().id, YEAR, A)
    assert pots.balance(there).bound == 400_000
    payment = payments.prepare(project, project.decision.financing[0], 400_000, make.moment(make.person(Role.OFFICER)))
    payments.confirm(payment, treasurer(), paid_on=date.today())
    after = pots.balance(there)
    assert (after.available, after.bound, after.paid) == (1_600_000, 0, 400_000)


def test_a_decision_above_what_is_left_is_refused_with_the_pot_and_what_is_missing(money):
    case = make.reviewed_case(2_500_000, year=YEAR)
    facts = {
        "granted_kr": 2_500_000,
        "financing": {A: 2_500_000},
        "reasons": "Skäl.",
        "conditions": ["Villkor."],
        "starts_on": date(YEAR, 1, 1),
        "ends_on": date(YEAR, 12, 1),
        "report_due_on": date(YEAR + 1, 1, 1),
    }
    decision = decisions.propose(case, make.moment(make.person(Role.OFFICER)), outcome=Outcome.GRANTED, **facts)
    with refused(match=r"Årets tilldelning 2031 hos .* räcker inte: 2\s000\s000\skr finns kvar och 500\s000\skr saknas"):
        decisions.decide(decision, make.moment(make.person(Role.DECIDER)))


def test_a_grant_can_be_paid_from_the_years_money_and_from_returned_money(money):
    pots.record(make.board(), YEAR, R, 100_000, make.system())
    make.project(400_000, year=YEAR, financing={A: 300_000, R: 100_000})
    assert (left(), left(source=R)) == (1_700_000, 0)


def test_a_transfer_is_proposed_by_one_board_and_accepted_by_the_other(money):
    giver, receiver = (pots.find(make.board(county).id, YEAR, A) for county in ("04", "08"))
    transfer = pots.propose_transfer(giver, receiver, 300_000, treasurer(), reason="Vi har inga fler ansökningar.")
    assert left() == 2_000_000
    with refused(Forbidden):
        pots.accept_transfer(transfer, treasurer("04"))
    pots.accept_transfer(transfer, treasurer("08"))
    assert (left("04"), left("08")) == (1_700_000, 1_300_000)
    with refused(WrongState):
        pots.accept_transfer(transfer, treasurer("08"))


def test_a_declined_transfer_moves_nothing(money):
    giver, receiver = (pots.find(make.board(county).id, YEAR, A) for county in ("04", "08"))
    transfer = pots.propose_transfer(giver, receiver, 300_000, treasurer(), reason="Vi har inga fler ansökningar.")
    pots.decline_transfer(transfer, treasurer("08"))
    assert (left("04"), left("08")) == (2_000_000, 1_000_000)


def test_a_transfer_needs_money_a_reason_and_matching_pots(money):
    giver, receiver = (pots.find(make.board(county).id, YEAR, A) for county in ("04", "08"))
    national = pots.find(make.board("06").id, YEAR, N)
    acts = treasurer()
    for target, kr, reason in ((receiver, 2_000_001, "Skäl."), (receiver, 5, ""), (national, 5, "Skäl."), (giver, 5, "Skäl.")):
        with refused():
            pots.propose_transfer(giver, target, kr, acts, reason=reason)


def test_a_transfer_is_refused_when_the_money_has_been_used_in_between(money):
    giver, receiver = (pots.find(make.board(county).id, YEAR, A) for county in ("04", "08"))
    transfer = pots.propose_transfer(giver, receiver, 1_800_000, treasurer(), reason="Överskott.")
    make.project(400_000, year=YEAR)
    with refused(match="räcker inte"):
        pots.accept_transfer(transfer, treasurer("08"))


def test_what_nobody_was_promised_lapses_at_year_end_and_returned_money_stays(money):
    pots.record(make.board(), YEAR, R, 70_000, make.system())
    make.project(400_000, year=YEAR)
    eve = datetime(YEAR, 12, 31, 12, tzinfo=UTC)
    with refused(match="tidigast den 31 december"):
        pots.lapse(YEAR, coordinator(eve - timedelta(days=1)))
    assert pots.lapse(YEAR, coordinator(eve)) == 1_600_000 + 1_000_000 + 3_000_000
    assert (left(), left("08"), left("06", N), left(source=R)) == (0, 0, 0, 70_000)
    with refused(match="inget kvar"):
        pots.lapse(YEAR, coordinator(eve))


def test_the_country_table_equals_the_postings(money):
    pots.record(make.board(), YEAR, R, 70_000, make.system())
    make.project(400_000, year=YEAR)
    rows = {row.board.county_code: row for row in pots.balances(YEAR)}
    county = rows["04"].county
    assert (county.got, county.left, county.bound, county.paid) == (2_070_000, 1_670_000, 400_000, 0)
    everything = sum((row.of(*PotSource) for row in rows.values()), pots.Sums())
    assert everything.left == db.session.scalar(select(func.sum(Posting.amount_kr)).join(Pot).where(Pot.year == YEAR))
    assert everything.got + everything.moved - everything.given - everything.lapsed == everything.left + everything.bound + everything.paid


def test_a_board_sees_its_own_row_and_the_coordinator_all(money):
    own = pots.balances(YEAR, treasurer().actor)
    assert [row.board.county_code for row in own] == ["04"]
    assert len(pots.balances(YEAR, coordinator().actor)) >= 3


def test_the_database_itself_refuses_an_overdrawn_pot_and_a_number_used_twice(money):
    there = pots.find(make.board().id, YEAR, A)
    facts = {"pot_id": there.id, "kind": PostingKind.BIND, "bound_kr": 1, "bound_after": 0, "paid_after": 0, "note": "", "at": make.now()}
    for more in ({"number": 2, "amount_kr": -1, "available_after": -1}, {"number": 1, "amount_kr": 1, "available_after": 1}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.add(Posting(**facts, **more))


def test_postings_are_never_changed_or_removed(money):
    posting = db.session.scalars(select(Posting)).first()
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(Posting.__table__.update().where(Posting.id == posting.id).values(note="ändrad"))
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(Posting.__table__.delete().where(Posting.id == posting.id))


def test_an_amount_of_nothing_is_not_booked(money):
    with refused(match="minst 1 kr"):
        pots.appropriate(YEAR, 0, coordinator(), letter="Regleringsbrev")
    with pytest.raises(ValueError, match="minst 1 kr"):
        pots.post(pots.find(make.board().id, YEAR, A), Entry(PostingKind.BIND, 0), coordinator())
