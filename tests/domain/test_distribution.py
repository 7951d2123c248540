"""The distribution key as it is pasted, and the levels of the map."""

import pytest

from grants.domain.distribution import parse_weights, share_left

COUNTIES = ("04", "08")


@pytest.mark.parametrize("text", ["04;294000\n08;100", "Län;Vikt\n04\t294 000\n08, 100\n", "04 294000\n\n08;100"])
def test_weights_are_read_as_people_paste_them(text):
    assert parse_weights(text, COUNTIES) == {"04": 294_000, "08": 100}


def test_nothing_pasted_is_no_weights():
    assert parse_weights(" \n", COUNTIES) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("04;1,5", "går inte att läsa"),
        ("99;1", "koden 99"),
        ("04;1\n04;2", "två gånger"),
        ("04;-1", "går inte att läsa"),
        ("04;10000000000", "för stor"),
    ],
)
def test_a_line_that_does_not_fit_is_told(text, said):
    with pytest.raises(ValueError, match=said):
        parse_weights(text, COUNTIES)


@pytest.mark.parametrize(
    ("left", "got", "level"),
    [(0, 0, None), (0, 100, 1), (1, 100, 2), (10, 100, 2), (11, 100, 3), (50, 100, 3), (51, 100, 4), (100, 100, 4)],
)
def test_the_map_tells_how_much_is_left(left, got, level):
    assert share_left(left, got) == level
