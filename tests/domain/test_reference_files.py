"""The reference files say what data/README.md says they say."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from grants.domain.identity import normalise_organisation_number
from grants.domain.money import ratio
from grants.domain.purposes import PURPOSES, Purpose

FOLDER = Path(__file__).parents[2] / "grants" / "data"
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


COUNTIES, MUNICIPALITIES = rows_of("counties.csv"), rows_of("municipalities.csv")
FEDERATIONS, GROUPS = rows_of("federations.csv"), rows_of("skr_groups.csv")
PUBLISHED, RECEPTION = rows_of("published.csv"), rows_of("reception_2024.csv")
REPORT = json.loads((FOLDER / "published_2024.json").read_text(encoding="utf-8"))
CODES = {row["code"] for row in MUNICIPALITIES}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_a_file_is_plain_utf_8_with_whole_rows_as_many_as_the_readme_says(path):
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = rows_of(path.name)
    assert all(None not in row and None not in row.values() for row in rows)
    assert all(value == value.strip() for row in rows for value in row.values())
    assert f"| `{path.name}` | {len(rows)} |" in README


def test_there_are_21_counties_and_290_municipalities():
    assert len({row["code"] for row in COUNTIES}) == 21
    assert len(CODES) == len(MUNICIPALITIES) == 290
    per_county = Counter(row["county_code"] for row in MUNICIPALITIES)
    assert set(per_county) == {row["code"] for row in COUNTIES}
    assert (per_county["14"], per_county["12"], per_county["01"], per_county["09"]) == (49, 33, 26, 1)
    assert all(row["code"].startswith(row["county_code"]) for row in MUNICIPALITIES)


def test_each_organisation_number_is_whole_right_and_used_once():
    numbers = [row["board_orgnr"] for row in COUNTIES] + [row["orgnr"] for row in MUNICIPALITIES]
    numbers += [row["orgnr"] for row in FEDERATIONS if row["orgnr"]]
    assert len(numbers) == len(set(numbers)) == 21 + 290 + 3
    assert [normalise_organisation_number(number) for number in numbers] == numbers


def test_each_county_has_its_own_tile_and_gotland_stands_alone():
    tiles = {(int(row["tile_row"]), int(row["tile_col"])): row["letter"] for row in COUNTIES}
    assert len(tiles) == 21
    assert (min(row for row, _ in tiles), min(col for _, col in tiles)) == (0, 0)
    (row, col) = next(place for place, letter in tiles.items() if letter == "I")
    assert tiles.keys().isdisjoint({(row + 1, col), (row - 1, col), (row, col + 1), (row, col - 1)})


def test_names_codes_and_letters_are_used_once():
    for rows, column in [
        (COUNTIES, "name"), (COUNTIES, "letter"), (COUNTIES, "iso"), (COUNTIES, "seat"),
        (MUNICIPALITIES, "name"), (MUNICIPALITIES, "short_name"), (FEDERATIONS, "name"), (GROUPS, "name"),
    ]:  # fmt: skip
        assert len({row[column] for row in rows}) == len(rows), column


def test_the_inhabitants_sum_to_the_total_of_the_country():
    assert sum(int(row["population"]) for row in MUNICIPALITIES) == 10_605_520
    assert {row["population_year"] for row in MUNICIPALITIES} == {"2025"}


def test_each_group_has_as_many_municipalities_as_it_says():
    found = Counter(row["skr_group"] for row in MUNICIPALITIES)
    assert {row["code"]: int(row["municipality_count"]) for row in GROUPS} == found


def test_members_of_a_federation_are_municipalities_and_one_lies_in_its_county():
    for row in FEDERATIONS:
        members = row["member_codes"].split(";")
        assert CODES.issuperset(members)
        assert len(members) == len(set(members)) >= 2
        assert any(member.startswith(row["county_code"]) for member in members)
        assert row["recheck"] == ("ja" if row["verified_as_of"] < "2023" else "nej")


def test_twelve_federations_may_apply_and_three_may_not():
    assert Counter(row["type"] for row in FEDERATIONS) == {"kommunalförbund": 12, "samordningsförbund": 3}


def test_the_assigned_of_2024_are_the_sum_of_their_parts():
    names = {row["code"]: row["short_name"] for row in MUNICIPALITIES}
    assert all(names[row["municipality_code"]] == row["municipality"] for row in RECEPTION)
    for row in RECEPTION:
        if row["table"] == "2":
            assert int(row["assigned_protection"]) + int(row["assigned_quota"]) == int(row["assigned_total"])


def test_each_published_figure_has_a_known_metric_scope_and_source():
    documented = set(re.findall(r"`([a-z_]+(?::…)?)`", README))
    scopes = {row["code"] for row in COUNTIES} | {"riket"}
    for row in PUBLISHED:
        assert re.sub(":.*", ":…", row["metric"]) in documented
        assert row["scope"] in scopes
        assert re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", row["value"])
        assert row["source"]
    keys = [(row["year"], row["metric"], row["scope"]) for row in PUBLISHED]
    assert len(keys) == len(set(keys))


def test_the_published_figures_of_2024_are_those_of_the_report():
    published = {row["metric"]: row["value"] for row in PUBLISHED if (row["year"], row["scope"]) == ("2024", "riket")}
    expected = {"appropriation_kr": REPORT["figures"]["to_distribute_kr"]}
    for key, value in REPORT["figures"].items():
        joint = "_" if key == "national" else ":"
        expected |= {f"{key}{joint}{part}": count for part, count in value.items()} if isinstance(value, dict) else {key: value}
    of_our_own = {"to_distribute_kr", "application_ratio_regional", "closed_regional", "national_closed"}
    assert published.keys() >= expected.keys() - of_our_own
    assert all(published[metric] == str(expected[metric]) for metric in published.keys() & expected.keys())


def test_the_report_of_2024_adds_up_as_it_is_read():
    figures = REPORT["figures"]
    assert sum(figures["granted_by_primary_purpose"].values()) == figures["granted_projects"] == 63
    assert sum(figures["closed_by_primary_purpose"].values()) == figures["closed_regional"] == 58
    assert sum(figures["closed_by_grant_year"].values()) == figures["closed"] == 59
    assert figures["closed_regional"] + figures["national"]["closed"] == figures["closed"]
    assert figures["granted_from_allocation_kr"] + figures["granted_from_returned_kr"] == figures["paid_kr"]
    regional = figures["to_distribute_kr"] - figures["national_reserve_kr"]
    assert float(ratio(figures["applied_kr"], figures["to_distribute_kr"])) == figures["application_ratio"]
    assert float(ratio(figures["applied_kr"], regional)) == figures["application_ratio_regional"]


@pytest.mark.parametrize(("table", "key"), [("table_6", "granted_by_primary_purpose"), ("table_7", "closed_by_primary_purpose")])
def test_labels_as_printed_lead_to_the_codes_of_the_figures(table, key):
    printed = {PURPOSES.code_of(row["label"]): row["value"] for row in REPORT["tables"][table]["rows"]}
    assert printed == REPORT["figures"][key]
    assert list(REPORT["figures"][key]) == list(Purpose)
