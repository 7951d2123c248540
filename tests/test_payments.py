"""Payments with four eyes, and money that comes back under 39–41 §§."""

from datetime import UTC, date, datetime, timedelta

import pytest

from grants.domain.errors import Forbidden, WrongState
from grants.domain.words import ClaimGround, PotSource, Role
from grants.services import payments, pots

from . import make
from .refusals import refused

TODAY = date.today()
YEAR = TODAY.year
A, R = PotSource.ALLOCATION, PotSource.RETURNED


def acts(role=Role.OFFICER, at=None):
    return make.moment(make.person(role), at)


@pytest.fixture
def project(app):
    make.pots(YEAR)
    return make.project(400_000)


def pay(project, kr=400_000, on=TODAY):
    payment = payments.prepare(project, project.decision.financing[0], kr, acts())
    payments.confirm(payment, acts(Role.TREASURER), paid_on=on)
    return payment


def ask_back(project, kr=100_000, ground=ClaimGround.UNUSED):
    return payments.raise_claim(project, acts(), ground=ground, amount_kr=kr, reason="Två resor blev inte av.", due_on=TODAY)


def words(page) -> str:
    return page.get_text(" ", strip=True).replace("\xa0", " ")


def test_a_payment_is_due_six_weeks_after_the_decision(project):
    payment = payments.prepare(project, project.decision.financing[0], 400_000, acts())
    assert payment.due_on == project.decision.decided_on + timedelta(weeks=6)


def test_the_person_who_prepared_cannot_confirm(project):
    both = make.moment(make.person(Role.TREASURER))
    payment = payments.prepare(project, project.decision.financing[0], 400_000, both)
    with refused(match="En annan person"):
        payments.confirm(payment, both, paid_on=TODAY)


def test_only_a_treasurer_confirms(project):
    payment = payments.prepare(project, project.decision.financing[0], 400_000, acts())
    with refused(Forbidden):
        payments.confirm(payment, acts(), paid_on=TODAY)


def test_never_more_is_paid_than_was_granted(project):
    pay(project, 300_000)
    with refused(match="högst 100\xa0000\xa0kr"):
        payments.prepare(project, project.decision.financing[0], 100_001, acts())
    payments.prepare(project, project.decision.financing[0], 100_000, acts())
    with refused(match="högst 0\xa0kr"):
        payments.prepare(project, project.decision.financing[0], 1, acts())


def test_a_cancelled_payment_can_be_prepared_again(project):
    payment = payments.prepare(project, project.decision.financing[0], 400_000, acts())
    payments.cancel(payment, acts())
    pay(project)
    assert project.paid_kr == 400_000


def test_a_payment_is_booked_once(project):
    payment = pay(project)
    with refused(WrongState):
        payments.confirm(payment, acts(Role.TREASURER), paid_on=TODAY)


@pytest.mark.parametrize("day", [None, TODAY + timedelta(days=1), TODAY - timedelta(days=400)])
def test_the_day_of_payment_is_between_the_decision_and_today(project, day):
    payment = payments.prepare(project, project.decision.financing[0], 400_000, acts())
    with refused():
        payments.confirm(payment, acts(Role.TREASURER), paid_on=day)


def test_returned_money_enters_the_returned_pot_of_the_year_it_arrives(project):
    pay(project)
    claim = ask_back(project)
    later = acts(Role.TREASURER, datetime(YEAR + 1, 2, 3, 12, tzinfo=UTC))
    payments.receive(claim, later, received_on=date(YEAR + 1, 2, 2))
    assert (claim.pot.year, claim.pot.source) == (YEAR + 1, R)
    assert pots.balance(claim.pot).available == 100_000
    assert pots.find(make.board().id, YEAR, R) is None


def test_no_more_is_claimed_than_was_paid(project):
    with refused(match="högst 0\xa0kr"):
        ask_back(project)
    pay(project)
    ask_back(project, 300_000)
    with refused(match="högst 100\xa0000\xa0kr"):
        ask_back(project, 100_001)


def test_money_does_not_come_back_before_it_was_paid_nor_in_the_future(project):
    pay(project)
    claim = ask_back(project)
    for day in (None, TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with refused():
            payments.receive(claim, acts(Role.TREASURER), received_on=day)


def test_a_claim_is_remitted_by_the_decision_maker_for_particular_reasons(project):
    pay(project)
    claim = ask_back(project)
    with refused(Forbidden):
        payments.remit(claim, acts(), reason="Kommunen drabbades av en brand.")
    with refused(match="särskilda skäl"):
        payments.remit(claim, acts(Role.DECIDER), reason="")
    payments.remit(claim, acts(Role.DECIDER), reason="Kommunen drabbades av en brand.")
    with refused(WrongState):
        payments.receive(claim, acts(Role.TREASURER), received_on=TODAY)


def test_a_payment_goes_from_the_list_to_the_ledger_by_two_persons(project, as_):
    officer, treasurer = as_(make.person(Role.OFFICER)), as_(make.person(Role.TREASURER))
    assert "Språk och jobb på landsbygden" in words(officer.page("/utbetalningar"))
    officer.send(f"/projekt/{project.id}/utbetalning", {"financing": project.decision.financing[0].id})
    payment = project.payments[0]
    page = treasurer.page("/utbetalningar")
    assert page.find("a", href=f"/utbetalningar/{payment.id}/attestera")
    assert "Attestera" in words(treasurer.page(f"/utbetalningar/{payment.id}/attestera"))
    page = treasurer.send(f"/utbetalningar/{payment.id}/attestera", {"paid_on": TODAY.isoformat()})
    assert "400 000 kr är bokfört som utbetalt" in words(page)


def test_a_wrong_amount_is_told_on_the_page(project, as_):
    officer = as_(make.person(Role.OFFICER))
    facts = {"financing": project.decision.financing[0].id, "kr": "500 000"}
    assert "högst 400 000 kr" in words(officer.send(f"/projekt/{project.id}/utbetalning", facts, status=422))


def test_a_claim_is_raised_received_and_seen_on_the_pages(project, as_):
    pay(project)
    officer, treasurer = as_(make.person(Role.OFFICER)), as_(make.person(Role.TREASURER))
    address = f"/projekt/{project.id}/aterkrav"
    assert "Utbetalt" in words(officer.page(address))
    assert "Skriv skälen" in words(officer.send(address, {"ground": "unused", "amount_kr": "50 000"}, status=422))
    facts = {"ground": "unused", "amount_kr": "50 000", "reason": "Resor blev inte av.", "due_on": TODAY.isoformat()}
    assert "Återkravet är bokfört." in words(officer.send(address, facts))
    claim = project.claims[0]
    assert "Återkrav som inte är betalda" in words(treasurer.page("/utbetalningar"))
    treasurer.page(f"/aterkrav/{claim.id}/betalt")
    page = treasurer.send(f"/aterkrav/{claim.id}/betalt", {"received_on": TODAY.isoformat()})
    assert f"återbetalda medel {YEAR}" in words(page)


def test_the_decision_maker_remits_on_the_page(project, as_):
    pay(project)
    claim = ask_back(project)
    decider = as_(make.person(Role.DECIDER))
    decider.page(f"/aterkrav/{claim.id}/efterge")
    assert "Eftergivet" in words(decider.send(f"/aterkrav/{claim.id}/efterge", {"reason": "Branden i skolan."}))


def test_another_board_sees_nothing_of_it(project, as_):
    payment = payments.prepare(project, project.decision.financing[0], 400_000, acts())
    other = as_(make.person(Role.TREASURER, make.board("08")))
    assert "Språk och jobb" not in words(other.page("/utbetalningar"))
    other.page(f"/utbetalningar/{payment.id}/attestera", status=404)
    other.page(f"/projekt/{project.id}", status=404)


def test_the_payment_list_asks_the_database_little(app, as_, queries):
    make.pots(YEAR)
    for _ in range(4):
        payments.prepare(made := make.project(50_000), made.decision.financing[0], 20_000, acts())
    treasurer = as_(make.person(Role.TREASURER))
    treasurer.page("/utbetalningar")
    with queries() as seen:
        treasurer.page("/utbetalningar")
    assert len(seen) <= 22
