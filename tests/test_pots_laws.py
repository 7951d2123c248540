"""Whatever is done to the pots in whatever order: none is overdrawn, numbers have no gaps, and all money is somewhere."""

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from grants.domain.errors import Refusal
from grants.domain.ledger import Balance, Entry, PostingKind
from grants.domain.permissions import Moment
from grants.domain.words import PotSource, Role
from grants.extensions import db
from grants.models.pots import Posting, Pot
from grants.services import pots

from . import make

YEAR = 2033
COUNTIES = ("04", "06", "08")
EVE = datetime(YEAR, 12, 31, 12, tzinfo=UTC)
kronor = st.integers(1, 1_000)
county = st.sampled_from(COUNTIES)
source = st.sampled_from([PotSource.ALLOCATION, PotSource.RETURNED, PotSource.NATIONAL])


class Money(RuleBasedStateMachine):
    """Each step either goes through or is refused and leaves no trace."""

    @initialize()
    def begin(self):
        self.undone = db.session.begin_nested()
        self.acts = make.moment(make.person(Role.MONEY_COORDINATOR), EVE)
        self.boards = {code: make.board(code) for code in COUNTIES}
        self.outside = 0

    def teardown(self):
        if hasattr(self, "undone"):
            self.undone.rollback()

    def attempt(self, deed) -> bool:
        try:
            with db.session.begin_nested():
                deed()
        except Refusal:
            return False
        return True

    def pot_of(self, code, kind) -> Pot | None:
        return pots.find(self.boards[code].id, YEAR, kind)

    @rule(kr=kronor)
    def the_state_gives(self, kr):
        self.outside += kr * self.attempt(lambda: pots.appropriate(YEAR, kr, self.acts, letter="Brev"))

    @rule(kr=kronor)
    def the_state_gave_less(self, kr):
        self.outside -= kr * self.attempt(lambda: pots.correct(YEAR, kr, self.acts, reason="Fel belopp"))

    @rule(kr=kronor)
    def some_is_set_aside(self, kr):
        self.attempt(lambda: pots.reserve_national(YEAR, kr, self.acts))

    @rule(weights=st.dictionaries(county, st.integers(0, 9)))
    def the_rest_is_split(self, weights):
        self.attempt(lambda: pots.allocate(pots.draft_key(YEAR, weights, self.acts), self.acts))

    @rule(code=county, kr=kronor)
    def money_comes_back(self, code, kr):
        system = Moment(make.system().actor, EVE)
        self.outside += kr * self.attempt(lambda: pots.record(self.boards[code], YEAR, PotSource.RETURNED, kr, system))

    @rule(code=county, kind=source, kr=kronor, what=st.sampled_from([PostingKind.BIND, PostingKind.RELEASE, PostingKind.PAY]))
    def a_decision_or_a_payment_is_booked(self, code, kind, kr, what):
        if there := self.pot_of(code, kind):
            before = pots.balance(there)
            enough = kr <= (before.available if what is PostingKind.BIND else before.bound)
            assert self.attempt(lambda: pots.post(there, Entry(what, kr), self.acts)) is enough

    @rule(giver=county, receiver=county, kr=kronor)
    def money_is_moved(self, giver, receiver, kr):
        if there := self.pot_of(giver, PotSource.ALLOCATION):
            target = pots.pot(self.boards[receiver], YEAR, PotSource.ALLOCATION)
            self.attempt(lambda: pots.accept_transfer(pots.propose_transfer(there, target, kr, self.acts, reason="Skäl."), self.acts))

    @rule()
    def the_year_ends(self):
        lapsed: list[int] = []
        if self.attempt(lambda: lapsed.append(pots.lapse(YEAR, self.acts))):
            self.outside -= lapsed[0]

    @invariant()
    def every_pot_adds_up_and_all_money_is_somewhere(self):
        if not hasattr(self, "boards"):
            return
        held = 0
        for pot in db.session.scalars(select(Pot).where(Pot.year == YEAR)):
            rows = db.session.scalars(select(Posting).where(Posting.pot_id == pot.id).order_by(Posting.number)).all()
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))
            paid = -sum(row.bound_kr for row in rows if row.kind is PostingKind.PAY)
            balance = Balance(sum(row.amount_kr for row in rows), sum(row.bound_kr for row in rows), paid)
            assert balance == pots.balance(pot)
            assert min(balance.available, balance.bound, balance.paid) >= 0
            held += balance.available + balance.bound + balance.paid
        assert held == self.outside
        table = pots.total(row.of(*PotSource) for row in pots.balances(YEAR))
        assert table.left + table.bound + table.paid == held == table.got + table.moved - table.given - table.lapsed


def test_whatever_happens_no_pot_is_overdrawn_and_all_money_is_somewhere(app):
    run_state_machine_as_test(Money, settings=settings(max_examples=15, stateful_step_count=12, deadline=None, database=None))
