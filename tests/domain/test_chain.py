"""The chain that seals the history."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.chain import GENESIS, row_hash, verify

facts = st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)), max_size=3)
rows_of_facts = st.lists(facts, min_size=1, max_size=6)


def sealed(all_facts):
    """Rows numbered from 1, each with its hash."""
    rows, previous = [], GENESIS
    for number, each in enumerate(all_facts, 1):
        previous = row_hash(number, each, previous)
        rows.append((number, each, previous))
    return rows


@given(rows_of_facts)
def test_an_untouched_chain_holds(all_facts):
    assert verify(sealed(all_facts)) is None


@given(rows_of_facts, st.data())
def test_a_changed_row_is_the_first_that_breaks(all_facts, data):
    rows = sealed(all_facts)
    place = data.draw(st.integers(0, len(rows) - 1))
    number, old, stored = rows[place]
    rows[place] = (number, {**old, "changed": True}, stored)
    assert verify(rows) == number


@given(st.lists(facts, min_size=2, max_size=6), st.data())
def test_a_removed_row_breaks_the_one_after_it(all_facts, data):
    rows = sealed(all_facts)
    place = data.draw(st.integers(0, len(rows) - 2))
    del rows[place]
    assert verify(rows) == place + 2


def test_two_rows_that_change_places_break_the_chain():
    first, second, third = sealed([{"verb": "submit"}, {"verb": "check"}, {"verb": "decide"}])
    assert verify([first, third, second]) == 3


def test_a_chain_may_be_verified_from_a_row_that_is_known():
    rows = sealed([{"a": 1}, {"a": 2}, {"a": 3}])
    assert verify(rows[1:], previous=rows[0][2]) is None
    assert verify(rows[1:]) == 2


def test_an_empty_history_holds():
    assert verify([]) is None


def test_the_order_of_facts_does_not_matter():
    assert row_hash(1, {"a": 1, "b": [2]}, GENESIS) == row_hash(1, {"b": (2,), "a": 1}, GENESIS)


def test_the_same_moment_and_number_give_the_same_hash_however_they_were_read():
    stockholm = timezone(timedelta(hours=2))
    written = {"at": datetime(2026, 5, 27, 15, tzinfo=stockholm), "mean": Decimal("3.50"), "on": date(2026, 5, 27)}
    read = {"at": datetime(2026, 5, 27, 13, tzinfo=UTC), "mean": Decimal("3.5"), "on": date(2026, 5, 27)}
    assert row_hash(1, written, GENESIS) == row_hash(1, read, GENESIS)


def test_the_hash_stays_the_same_from_one_release_to_the_next():
    sealed_once = row_hash(1, {"verb": "submit", "who": "Åsa", "kr": 125_000}, GENESIS)
    assert sealed_once == "71fbbe73eb1c93eba353e459f192a746a23681df1ff572fb2a782cd714c06e81"


@pytest.mark.parametrize("value", [1.5, datetime(2026, 5, 27), Decimal("NaN"), b"x", {1: 2}, object()])
def test_what_databases_may_read_differently_cannot_be_sealed(value):
    with pytest.raises(TypeError):
        row_hash(1, {"value": [value]}, GENESIS)
