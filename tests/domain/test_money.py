"""Whole kronor: read, written, compared and shared."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.money import (
    LARGEST,
    decimal_in_words,
    digits,
    in_words,
    parse_kronor,
    percent,
    percent_in_words,
    ratio,
    rounded,
    split_by_shares,
)

amounts = st.integers(0, LARGEST)


def test_an_amount_is_written_with_hard_spaces_and_a_real_minus_sign():
    assert in_words(1_250_000) == "1\u00a0250\u00a0000\u00a0kr"
    assert in_words(-5_000) == "\u22125\u00a0000\u00a0kr"
    assert in_words(0) == "0\u00a0kr"
    assert digits(999) == "999"


def test_an_unknown_amount_is_said_to_be_unknown():
    assert in_words(None) == decimal_in_words(None) == percent_in_words(None, 3) == "okänt"


@given(amounts)
def test_what_is_written_reads_back(kr):
    assert parse_kronor(in_words(kr)) == parse_kronor(digits(kr)) == parse_kronor(str(kr)) == kr


@pytest.mark.parametrize(
    "text", ["125000", "125 000", "125\u00a0000", "125\u202f000", "125\u2009000", " 125 000 kr ", "125000kr", "125 000 KR", "0125000"]
)
def test_an_amount_may_be_written_as_people_write_it(text):
    assert parse_kronor(text) == 125_000


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "Skriv ett belopp"),
        (" kr", "Skriv ett belopp"),
        ("12,50", "hela kronor utan decimaler"),
        ("12.50", "hela kronor utan decimaler"),
        ("125.000", "hela kronor utan decimaler"),
        ("125 000:-", "hela kronor utan decimaler"),
        ("-5", "negativt"),
        ("\u22125 000", "negativt"),
        ("hundra", "med siffror"),
        ("1e5", "med siffror"),
        ("12 50", "med siffror"),
        ("1 25 000", "med siffror"),
        ("١٢٣", "med siffror"),
        ("NaN", "med siffror"),
        ("1\n000", "med siffror"),
        (str(LARGEST + 1), "för stort"),
        ("9" * 10_000, "för stort"),
    ],
)
def test_an_amount_that_cannot_be_read_is_refused_with_advice(text, advice):
    with pytest.raises(ValueError, match=advice):
        parse_kronor(text)


def test_the_ratio_of_2024_is_1_36_of_the_appropriation_and_1_47_of_the_regional_money():
    assert ratio(54_273_805, 40_000_000) == Decimal("1.36")
    assert ratio(54_273_805, 37_000_000) == Decimal("1.47")
    assert decimal_in_words(ratio(54_273_805, 40_000_000)) == "1,36"


def test_a_ratio_of_something_unknown_or_of_nothing_is_unknown():
    assert ratio(None, 5) is ratio(5, None) is ratio(5, 0) is percent(5, 0) is percent(None, 5) is None


def test_a_half_is_rounded_up_and_two_decimals_are_kept():
    assert str(ratio(1, 8)) == "0.13"
    assert str(ratio(2, 1)) == "2.00"
    assert rounded(Fraction(-1, 8)) == Decimal("-0.13")


@given(st.fractions(-1000, 1000), st.integers(0, 4))
def test_rounding_agrees_with_decimal_half_up(number, decimals):
    exact = Decimal(number.numerator * 10**40 // number.denominator).scaleb(-40)
    if number.denominator in (1, 2, 4, 5, 8, 10):
        assert rounded(number, decimals) == exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert abs(Fraction(rounded(number, decimals)) - number) <= Fraction(1, 2 * 10**decimals)


def test_a_share_is_written_with_one_decimal():
    assert percent_in_words(24, 63) == "38,1\u00a0%"
    assert decimal_in_words(Decimal("-1234.5")) == "\u22121\u00a0234,5"


weights = st.dictionaries(st.text("0123456789", min_size=1, max_size=4), st.integers(0, 10**9), min_size=1, max_size=21)


@given(amounts, weights)
def test_a_split_gives_everything_away_and_each_part_is_within_a_krona_of_its_share(total, shares):
    if not sum(shares.values()):
        shares = dict.fromkeys(shares, 1)
    parts = split_by_shares(total, shares)
    assert sum(parts.values()) == total
    for key, weight in shares.items():
        assert abs(parts[key] - Fraction(total * weight, sum(shares.values()))) < 1
        assert weight or parts[key] == 0


@given(amounts, weights, st.randoms(use_true_random=False))
def test_a_split_does_not_depend_on_the_order_of_the_rows(total, shares, random):
    shares = {key: weight + 1 for key, weight in shares.items()}
    rows = list(shares.items())
    random.shuffle(rows)
    assert split_by_shares(total, dict(rows)) == split_by_shares(total, shares)


def test_kronor_left_over_go_to_the_first_of_equals():
    assert split_by_shares(10, {"14": 1, "01": 1, "06": 1}) == {"14": 3, "01": 4, "06": 3}


def test_weights_may_be_decimals():
    assert split_by_shares(100, {"a": Decimal("0.5"), "b": Decimal("1.5")}) == {"a": 25, "b": 75}


@pytest.mark.parametrize(("total", "shares"), [(-1, {"a": 1}), (1, {}), (1, {"a": 0}), (1, {"a": 2, "b": -1})])
def test_a_split_without_a_positive_share_is_refused(total, shares):
    with pytest.raises(ValueError, match="Fördelningen"):
        split_by_shares(total, shares)
