"""Text as people paste it, made fit to keep."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.texts import clean, collapse, csv_safe, slug, sort_key

anything = st.text(st.characters())


@given(anything)
def test_a_cleaned_text_can_be_stored_anywhere_and_is_not_cleaned_further(text):
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert cleaned == unicodedata.normalize("NFC", cleaned).strip()
    assert not any(unicodedata.category(each) == "Cc" and each not in "\n\t" for each in cleaned)


@given(anything)
def test_a_collapsed_text_is_one_line_with_single_spaces(text):
    assert collapse(text) == " ".join(collapse(text).split())


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("a  \n b\t\n", "a\n b"),
        ("O\u0308kat mottagande", "Ökat mottagande"),
        ("nu\x00ll\x07\x9f", "null"),
        ("halv\ud83d", "halv\ufffd"),
        ("\ufeffrubrik \u202eevig", "rubrik evig"),
        ("rad ett\n\nrad tre", "rad ett\n\nrad tre"),
        ("e\x00\u0301", "é"),
    ],
)
def test_what_cannot_be_seen_goes_and_line_breaks_stay(pasted, kept):
    assert clean(pasted) == kept


def test_cleaning_a_long_run_of_spaces_is_quick():
    assert len(clean("a" + " " * 200_000 + "b")) == 200_002


def test_a_title_loses_its_line_breaks():
    assert collapse("  Nya hem,\n\u00a0trygga   barn ") == "Nya hem, trygga barn"


def test_swedish_letters_come_last_and_accents_and_case_do_not_matter():
    in_order = ["Arboga", "arvika", "Malmö", "Malung", "Zinkgruvan", "Åmål", "Åre", "Älmhult", "Öckerö", "Övik"]
    assert sorted(set(in_order), key=sort_key) == in_order
    assert sort_key("idé")[0] == sort_key("IDE\u0301")[0] == sort_key("ide")[0]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-5", "@SUM", "\tx", "\rx"])
def test_a_text_that_would_be_a_formula_is_quoted(text):
    assert csv_safe(text) == "'" + text


@pytest.mark.parametrize("value", ["Hälsa", "", "1=1", -5, Decimal("-1.36"), None])
def test_other_values_are_left_alone(value):
    assert csv_safe(value) is value


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Nya hem, trygga barn", "nya-hem-trygga-barn"),
        ("Åre – Ängelholm & Öckerö", "are-angelholm-ockero"),
        ("Ærø", "aero"),
        ("  2024/25 ", "2024-25"),
        ("日本", ""),
    ],
)
def test_an_address_has_plain_letters(text, address):
    assert slug(text) == address


@given(anything)
def test_an_address_is_never_more_than_letters_digits_and_single_hyphens(text):
    assert all(part.isascii() and part.isalnum() for part in slug(text).split("-")) or slug(text) == ""
