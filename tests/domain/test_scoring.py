"""Points, weights, places, and how far the money goes."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.scoring import Spread, fill, left_after, mean_of_reviews, rank, spread, weighted_mean

WEIGHTS = {"need": 3, "method": 2, "lasting": 1}


def test_a_weighted_mean_has_two_decimals():
    assert weighted_mean({"need": 4, "method": 3, "lasting": 2}, WEIGHTS) == Decimal("3.33")


def test_a_half_is_rounded_up():
    assert weighted_mean({"a": 1, "b": 0}, {"a": 1, "b": 7}) == Decimal("0.13")


def test_the_mean_of_reviews_is_rounded_once():
    reviews, weights = [{"a": 1, "b": 0}, {"a": 0, "b": 0}], {"a": 1, "b": 7}
    assert mean_of_reviews(reviews, weights) == Decimal("0.06")
    assert sum(weighted_mean(scores, weights) for scores in reviews) / 2 == Decimal("0.065")


def test_without_reviews_there_is_no_mean_and_no_spread():
    assert mean_of_reviews([], WEIGHTS) is None
    assert spread([]) is None


@pytest.mark.parametrize("scores", [{}, {"need": 1, "method": 1}, {"need": 1, "method": 1, "lasting": 1, "other": 1}])
def test_each_criterion_needs_points_and_no_other(scores):
    with pytest.raises(ValueError, match="varje kriterium"):
        weighted_mean(scores, WEIGHTS)


@pytest.mark.parametrize("weights", [{"a": 0}, {"a": -1}])
def test_some_weight_must_be_above_zero(weights):
    with pytest.raises(ValueError, match="vikt"):
        weighted_mean({"a": 1}, weights)


points = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 5), st.integers(1, 100)), min_size=1)


@given(points)
def test_a_mean_lies_between_the_lowest_and_the_highest_points(pairs):
    scores, weights = ({key: pair[place] for key, pair in pairs.items()} for place in (0, 1))
    mean = weighted_mean(scores, weights)
    assert min(scores.values()) <= mean <= max(scores.values())
    doubled = {key: weight * 2 for key, weight in weights.items()}
    assert weighted_mean(scores, doubled) == mean


def test_the_spread_is_the_distance_between_the_assessors():
    values = [Decimal("2.50"), Decimal("4.00"), Decimal("3.10")]
    assert spread(values) == Spread(Decimal("2.50"), Decimal("4.00"), Decimal("1.50"))


def test_equals_share_a_place_and_the_next_is_skipped():
    means = [("d", Decimal(1)), ("b", Decimal(3)), ("a", Decimal(4)), ("x", None), ("c", Decimal("3.00"))]
    assert [(row.place, row.key) for row in rank(means)] == [(1, "a"), (2, "b"), (2, "c"), (4, "d"), (None, "x")]


@given(st.lists(st.decimals(0, 5, places=1)))
def test_a_place_is_one_more_than_the_number_of_better_ones(means):
    for row in rank(list(enumerate(means))):
        assert row.place == 1 + sum(mean > row.mean for mean in means)


def test_what_is_left_after_each_offer_goes_below_zero_when_the_pot_does_not_suffice():
    assert left_after([("a", 50), ("b", 30), ("c", 40), ("d", 10)], 100) == {"a": 50, "b": 20, "c": -20, "d": -30}
    assert left_after([], 100) == {}


def test_weights_may_be_fractions_and_decimals():
    assert weighted_mean({"a": 2, "b": 5}, {"a": Fraction(1, 3), "b": Fraction(2, 3)}) == Decimal("4.00")


def test_each_is_offered_what_it_asks_while_it_fits():
    assert fill([("a", 300, None), ("b", 200, None)], 600) == {"a": 300, "b": 200}


def test_the_first_that_does_not_fit_gets_what_is_left_if_that_is_enough():
    assert fill([("a", 300, None), ("b", 900, 400), ("c", 100, None)], 700) == {"a": 300, "b": 400, "c": 0}


def test_nothing_is_offered_past_one_that_cannot_do_with_what_is_left():
    assert fill([("a", 300, None), ("b", 900, 500), ("c", 100, None)], 700) == {"a": 300, "b": 0, "c": 0}


@given(st.lists(st.tuples(st.integers(0, 1000), st.none() | st.integers(0, 1000))), st.integers(0, 3000))
def test_a_first_proposal_never_holds_more_than_the_pot(asked, pot):
    offers = fill([(key, kr, smallest) for key, (kr, smallest) in enumerate(asked)], pot)
    assert sum(offers.values()) <= pot
    assert all(0 <= offers[key] <= kr for key, (kr, _) in enumerate(asked))


def test_assessors_stand_far_apart_when_more_than_one_level_differs():
    near, far = spread([Decimal("3.00"), Decimal("4.00")]), spread([Decimal("3.00"), Decimal("4.10")])
    assert (near.is_wide, far.is_wide) == (False, True)
