"""Days and clocks in Stockholm, and their Swedish words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.calendar import (
    at_clock,
    civil_date,
    clock_in_words,
    date_in_words,
    days_left,
    days_left_in_words,
    has_passed,
    moment_in_words,
    months_after,
    parse_clock,
    parse_date,
    period_in_words,
    short_date,
    six_weeks_after,
)

DEADLINE = at_clock(date(2026, 5, 27), "15.00")


def test_a_clock_in_summer_is_two_hours_before_utc_and_in_winter_one():
    assert at_clock(date(2026, 5, 27), "15:00") == datetime(2026, 5, 27, 13, tzinfo=UTC)
    assert at_clock(date(2026, 11, 27), "15.00") == datetime(2026, 11, 27, 14, tzinfo=UTC)


def test_late_in_the_evening_in_utc_it_is_already_tomorrow_in_stockholm():
    assert civil_date(datetime(2026, 5, 27, 22, 30, tzinfo=UTC)) == date(2026, 5, 28)
    assert civil_date(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)) == date(2026, 12, 31)


def test_a_moment_without_a_zone_is_a_bug():
    with pytest.raises(TypeError):
        civil_date(datetime(2026, 5, 27, 15))


@given(st.dates(date(1950, 1, 1), date(2199, 12, 30)), st.integers(4, 23), st.integers(0, 59))
def test_a_clock_outside_the_night_of_the_change_reads_back_as_itself(day, hour, minute):
    moment = at_clock(day, f"{hour}:{minute:02}")
    assert civil_date(moment) == day
    assert clock_in_words(moment) == f"kl. {hour:02}.{minute:02}"


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    assert at_clock(date(2026, 10, 25), "02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["15:00", "15.00", " 15.00 "])
def test_a_clock_may_be_written_with_colon_or_full_stop(text):
    assert parse_clock(text) == time(15)


@pytest.mark.parametrize("text", ["", "15", "24:00", "12.60", "kl 15", "15:00:00", "１５:00", "-1:00"])
def test_another_clock_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"till exempel 15\.00"):
        parse_clock(text)


def test_a_date_is_written_year_month_day():
    assert parse_date(" 2026-05-27 ") == date(2026, 5, 27)


@pytest.mark.parametrize("text", ["", "20260527", "2026-5-27", "27/5 2026", "2026-W22-3", "２０２６-05-27", "2026-05-27T10:00"])
def test_another_form_of_date_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="till exempel 2026-05-27"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "2026-00-10", "2026-06-31"])
def test_a_date_that_does_not_exist_is_named(text):
    with pytest.raises(ValueError, match=f"Datumet {text} finns inte"):
        parse_date(text)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_year_out_of_reach_is_taken_for_a_slip(text):
    with pytest.raises(ValueError, match="Kontrollera årtalet"):
        parse_date(text)


def test_what_comes_on_the_stroke_is_in_time_and_a_microsecond_later_is_not():
    assert not has_passed(DEADLINE, DEADLINE)
    assert has_passed(DEADLINE, DEADLINE + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("now", "days", "words"),
    [
        (at_clock(date(2026, 5, 4), "23:59"), 23, "23 dagar kvar"),
        (at_clock(date(2026, 5, 26), "23:59"), 1, "1 dag kvar"),
        (at_clock(date(2026, 5, 27), "00:00"), 0, "sista dagen, stänger kl. 15.00"),
        (DEADLINE, 0, "sista dagen, stänger kl. 15.00"),
        (at_clock(date(2026, 5, 27), "15:01"), None, "stängd"),
    ],
)
def test_days_left_are_counted_by_the_calendar_in_stockholm(now, days, words):
    assert days_left(DEADLINE, now) == days
    assert days_left_in_words(DEADLINE, now) == words


def test_six_weeks_after_a_decision_is_the_same_weekday():
    assert six_weeks_after(date(2026, 6, 15)) == date(2026, 7, 27)


def test_dates_and_moments_are_written_as_swedes_write_them():
    day = date(2026, 5, 27)
    assert short_date(day) == "27 maj 2026"
    assert date_in_words(day) == "onsdag 27 maj 2026"
    assert moment_in_words(DEADLINE) == "onsdag 27 maj 2026 kl. 15.00"
    assert period_in_words(date(2026, 9, 1), date(2027, 12, 31)) == "1 september 2026–31 december 2027"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_each_day_has_the_name_of_its_weekday_and_reads_back(day):
    assert parse_date(day.isoformat()) == day
    assert date_in_words(day).startswith(("månd", "tisd", "onsd", "torsd", "fred", "lörd", "sönd")[day.weekday()])


def test_months_later_is_the_same_day_or_the_last_there_is():
    assert months_after(date(2026, 9, 15), 8) == date(2027, 5, 15)
    assert months_after(date(2027, 12, 31), 3) == date(2028, 3, 31)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2027, 1, 30), 1) == date(2027, 2, 28)
