"""Two people at the same moment, with real threads and connections: the last money goes to one, the other is told why."""

from collections.abc import Callable
from datetime import date

from grants.cli.working import work
from grants.domain.errors import Unmet, WrongState
from grants.domain.words import Outcome, PotSource, Role
from grants.extensions import db
from grants.models.decisions import Decision
from grants.models.payments import Payment
from grants.models.people import Person
from grants.services import decisions, payments, pots

from . import make
from .together import at_once

TODAY = date.today()
YEAR = TODAY.year


def proposed(kr: int) -> tuple[int, int]:
    """A proposal of `kr` kronor and a person who may decide it, by their ids."""
    case, decider = make.reviewed_case(kr), make.person(Role.DECIDER)
    decision = decisions.propose(
        case,
        make.moment(make.person(Role.OFFICER)),
        outcome=Outcome.GRANTED,
        granted_kr=kr,
        financing={PotSource.ALLOCATION: kr},
        reasons="Behovet är belagt.",
        conditions=["Villkor."],
        starts_on=TODAY,
        ends_on=TODAY,
        report_due_on=TODAY,
    )
    db.session.flush()
    return decision.id, decider.id


def test_two_decisions_at_once_never_share_the_last_money(shared):
    with shared[0].app_context(), work():
        make.pots(YEAR, {"04": 1_000_000})
        pairs = [proposed(700_000), proposed(700_000)]

    def deed(decision_id: int, decider_id: int) -> Callable[[], None]:
        return lambda: decisions.decide(db.session.get_one(Decision, decision_id), make.moment(db.session.get_one(Person, decider_id)))

    answers = at_once(shared, *(deed(*pair) for pair in pairs))
    lost = next(answer for answer in answers if answer)
    assert answers.count(None) == 1
    assert isinstance(lost, Unmet)
    assert "räcker inte" in lost.reasons[0]
    assert "400\xa0000\xa0kr saknas" in lost.reasons[0]
    with shared[0].app_context():
        balance = pots.balance(pots.find(make.board().id, YEAR, PotSource.ALLOCATION))
        assert (balance.available, balance.bound) == (300_000, 700_000)


def test_a_payment_confirmed_twice_at_once_is_booked_once(shared):
    with shared[0].app_context(), work():
        make.pots(YEAR + 1, {"04": 1_000_000})
        project = make.project(200_000, year=YEAR + 1)
        payment = payments.prepare(project, project.decision.financing[0], 200_000, make.moment(make.person(Role.OFFICER)))
        treasurers = [make.person(Role.TREASURER).id for _ in range(2)]
        payment_id = payment.id

    def deed(treasurer_id: int) -> Callable[[], None]:
        def confirm() -> None:
            treasurer = make.moment(db.session.get_one(Person, treasurer_id))
            payments.confirm(db.session.get_one(Payment, payment_id), treasurer, paid_on=TODAY)

        return confirm

    answers = at_once(shared, *(deed(treasurer) for treasurer in treasurers))
    assert answers.count(None) == 1
    assert isinstance(next(answer for answer in answers if answer), WrongState)
    with shared[0].app_context():
        assert pots.balance(pots.find(make.board().id, YEAR + 1, PotSource.ALLOCATION)).paid == 200_000


def test_a_pot_that_two_need_at_once_is_made_once(shared):
    with shared[0].app_context():
        system = make.system()

    def deed() -> None:
        pots.record(make.board(), YEAR + 2, PotSource.RETURNED, 1_000, system)

    assert at_once(shared, deed, deed) == [None, None]
    with shared[0].app_context():
        assert pots.balance(pots.find(make.board().id, YEAR + 2, PotSource.RETURNED)).available == 2_000
