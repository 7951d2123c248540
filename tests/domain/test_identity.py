"""Organisation numbers, registration numbers, and personal numbers that must not be stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.identity import find_personal_numbers, normalise_organisation_number, normalise_registration_number, passes_luhn


@pytest.mark.parametrize("text", ["212000-0142", "2120000142", "162120000142", "16212000-0142", " 212000 0142 ", "212000–0142"])
def test_an_organisation_number_is_written_in_one_way(text):
    assert normalise_organisation_number(text) == "212000-0142"


@pytest.mark.parametrize("text", ["", "212000-014", "212000-01422", "172120000142", "SE212000014201", "２１２０００-0142"])
def test_an_organisation_number_has_ten_digits(text):
    with pytest.raises(ValueError, match="tio siffror"):
        normalise_organisation_number(text)


@pytest.mark.parametrize("text", ["212000-0143", "000000-0000", "811218-9876"])
def test_a_wrong_check_digit_or_a_person_is_no_organisation(text):
    with pytest.raises(ValueError, match="stämmer inte"):
        normalise_organisation_number(text)


@given(st.text("0123456789", min_size=1, max_size=12))
def test_exactly_one_check_digit_fits(digits):
    assert sum(passes_luhn(digits + check) for check in "0123456789") == 1


@given(st.text("0123456789", min_size=2, max_size=10), st.data())
def test_a_single_slip_of_a_digit_is_seen(digits, data):
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    slipped = digits[:place] + other + digits[place + 1 :]
    assert not (passes_luhn(digits) and passes_luhn(slipped))


@pytest.mark.parametrize(
    "number", ["811218-9876", "8112189876", "198112189876", "19811218-9876", "811218+9876", "811218 9876", "701063-2391", "19701063-2391"]
)
def test_personal_and_coordination_numbers_are_found_as_they_are_written(number):
    assert find_personal_numbers(f"Kontakta {number}, eller ring.") == [number]


def test_each_one_is_found_in_order():
    assert find_personal_numbers("811218-9876 och 701063-2391") == ["811218-9876", "701063-2391"]


@pytest.mark.parametrize(
    "text",
    [
        "811218-9875",  # the check digit is wrong
        "811318-9874",  # there is no thirteenth month
        "810229-9878",  # 1981 was no leap year
        "212000-0142",  # an organisation number
        "162120000142",
        "1811218-98761",
        "851-165-2022",
        "070-123 45 67",
        "54 273 805 kr",
        "2026-05-27 kl. 15.00",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert find_personal_numbers(text) == []


def test_the_leap_day_is_a_birthday_in_leap_years_only():
    assert find_personal_numbers("000229-1235") == ["000229-1235"]
    assert find_personal_numbers("19000229-1235") == []
    assert find_personal_numbers("20000229-1235") == ["20000229-1235"]


@pytest.mark.parametrize(
    "text", ["851-165-2022", " 851-165-2022", "851–165–2022", "851 - 165 - 2022", "Dnr 851-165-2022", "dnr: 851-165-2022"]
)
def test_a_registration_number_is_written_in_one_way(text):
    assert normalise_registration_number(text) == "851-165-2022"


@pytest.mark.parametrize("text", ["", "851-165", "851-165-22", "851-165-1822", "A51-165-2022", "851/165/2022", "851-165-2022-1"])
def test_another_form_of_registration_number_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="till exempel 851-165-2022"):
        normalise_registration_number(text)
