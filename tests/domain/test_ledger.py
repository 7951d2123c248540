"""The arithmetic of pots: nothing is overdrawn and every krona is somewhere."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain import ledger
from grants.domain.ledger import Balance, Entry, Overdrawn, PostingKind
from grants.domain.money import LARGEST

IN = {"appropriate", "reserve_in", "allocate_in", "transfer_in", "repay", "record"}
OUT = {"correct", "reserve_out", "allocate_out", "transfer_out", "lapse"}

entries = st.lists(st.builds(Entry, st.sampled_from(PostingKind), st.integers(1, 60)), max_size=60)


def balance_of(postings):
    return reduce(Balance.apply, postings, Balance())


def post_what_is_possible(wanted):
    """Apply what the pot can bear; return the balance and the postings that were taken."""
    balance, taken = Balance(), []
    for entry in wanted:
        try:
            balance = balance.apply(entry)
        except Overdrawn:
            continue
        taken.append(entry)
    return balance, taken


@given(entries)
def test_no_order_of_postings_overdraws_a_pot(wanted):
    for length in range(len(wanted) + 1):
        balance, _ = post_what_is_possible(wanted[:length])
        assert min(balance.available, balance.bound, balance.paid) >= 0


@given(st.builds(Balance, *[st.integers(0, 100)] * 3), st.builds(Entry, st.sampled_from(PostingKind), st.integers(1, 200)))
def test_a_posting_is_refused_exactly_when_there_is_too_little_of_what_it_takes(pot, entry):
    missing = max(-(pot.available + entry.amount), -(pot.bound + entry.bound))
    if missing > 0:
        with pytest.raises(Overdrawn) as refusal:
            pot.apply(entry)
        assert refusal.value.missing == missing
    else:
        assert pot.apply(entry).available == pot.available + entry.amount


@given(entries)
def test_all_money_that_came_in_is_available_bound_paid_or_gone_out(wanted):
    balance, taken = post_what_is_possible(wanted)
    came_in = sum(entry.kr for entry in taken if entry.kind in IN)
    gone_out = sum(entry.kr for entry in taken if entry.kind in OUT)
    assert came_in == balance.available + balance.bound + balance.paid + gone_out


@given(entries)
def test_a_balance_equals_the_sum_of_its_postings(wanted):
    balance, taken = post_what_is_possible(wanted)
    assert balance_of(taken) == balance
    assert balance.available == sum(entry.amount for entry in taken)
    assert balance.bound == sum(entry.bound for entry in taken)
    assert balance.paid == sum(entry.paid for entry in taken)


@given(st.sampled_from([ledger.reserve, ledger.allocate, ledger.transfer]), st.integers(1, LARGEST))
def test_what_one_pot_gives_another_gets(move, kr):
    out, into = move(kr)
    assert (out.amount, into.amount) == (-kr, kr)
    assert out.kind.endswith("_out")
    assert into.kind.endswith("_in")


def test_a_grant_is_bound_then_paid_and_what_is_not_paid_is_freed():
    balance = balance_of([ledger.appropriate(1000), ledger.bind(600)])
    assert balance == Balance(available=400, bound=600, paid=0)
    balance = balance.apply(ledger.pay(500)).apply(ledger.release(100))
    assert balance == Balance(available=500, bound=0, paid=500)
    assert balance.apply(ledger.lapse(500)) == Balance(paid=500)


def test_returned_and_recorded_money_can_be_given_again():
    assert balance_of([ledger.repay(5), ledger.record(7)]) == Balance(available=12)


def test_a_refusal_says_what_is_missing():
    pot = Balance(available=100, bound=30)
    with pytest.raises(Overdrawn, match="räcker inte. Det saknas 20\u00a0kr") as refusal:
        pot.apply(ledger.bind(120))
    assert refusal.value.missing == 20
    with pytest.raises(Overdrawn, match="inte bundet") as refusal:
        pot.apply(ledger.pay(31))
    assert refusal.value.missing == 1


@pytest.mark.parametrize("kr", [0, -1, LARGEST + 1])
def test_a_posting_is_of_at_least_one_krona_and_no_more_than_the_largest_amount(kr):
    with pytest.raises(ValueError, match="minst 1 kr"):
        ledger.bind(kr)


def test_each_kind_has_an_effect_and_a_label():
    assert set(ledger.EFFECTS) == set(ledger.LABELS) == set(PostingKind)
    assert len({ledger.label(kind) for kind in PostingKind}) == len(PostingKind)
