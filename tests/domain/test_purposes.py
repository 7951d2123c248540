"""Purposes and target groups: stable codes, labels of their years."""

import pytest

from grants.domain.purposes import PURPOSES, TARGET_GROUPS, Label, Purpose, TargetGroup, Term, Vocabulary


def test_the_purposes_stand_in_the_order_of_table_6():
    assert [label for _, label in PURPOSES.choices()] == [
        "Arbetsmarknad, sysselsättning",
        "Samhällsorientering",
        "Samverkan",
        "Hälsa",
        "Bostäder, bosättning",
        "Sfi, vuxenutbildning",
        "Övrigt",
        "Ökat flyktingmottagande",
    ]


@pytest.mark.parametrize("vocabulary", [PURPOSES, TARGET_GROUPS])
def test_each_code_has_one_term_and_each_word_leads_to_one_code(vocabulary):
    words = [word.casefold() for term in vocabulary.terms for word in (term.code, *(label.text for label in term.labels), *term.synonyms)]
    assert len(words) == len(set(words))
    for term in vocabulary.terms:
        for word in (term.code, *(label.text for label in term.labels), *term.synonyms):
            assert vocabulary.code_of(word) is term.code


def test_all_words_of_the_vocabulary_have_a_term():
    assert [term.code for term in PURPOSES.terms] == list(Purpose)
    assert [term.code for term in TARGET_GROUPS.terms] == list(TargetGroup)


@pytest.mark.parametrize(
    "text", ["Bostäder, bosättning", "Bostäder och bosättning", "bostäder/bosättning", " BOSTÄDER   bosättning ", "housing", "Boende"]
)
def test_a_purpose_is_known_by_the_label_of_any_table(text):
    assert PURPOSES.code_of(text) is Purpose.HOUSING


@pytest.mark.parametrize("text", ["", "och", "Trafik", "bosättning arbetsmarknad"])
def test_a_word_that_is_no_label_is_no_purpose(text):
    assert PURPOSES.code_of(text) is None


def test_an_unknown_code_has_no_label():
    with pytest.raises(KeyError):
        PURPOSES.label("traffic")


def test_a_project_keeps_the_label_of_its_year():
    renamed = Vocabulary((Term(Purpose.HOUSING, (Label("Boende", 2026), Label("Bostäder", 2020, 2025), Label("Bo", None, 2019))),))
    assert renamed.label("housing") == renamed.label("housing", 2026) == renamed.label("housing", 2030) == "Boende"
    assert renamed.label("housing", 2025) == renamed.label("housing", 2020) == "Bostäder"
    assert renamed.label("housing", 2015) == "Bo"


def test_a_year_without_a_known_label_gets_the_one_in_use_now():
    known = Vocabulary((Term(Purpose.HOUSING, (Label("Boende", 2026), Label("Bostäder", 2024, 2024))),))
    assert known.label("housing", 2019) == "Boende"
    assert PURPOSES.label(Purpose.HOUSING, 2024) == "Bostäder, bosättning"


def test_a_target_group_is_known_by_other_words_too():
    assert TARGET_GROUPS.code_of("Anhöriga") is TargetGroup.RELATIVES
    assert TARGET_GROUPS.code_of("ensamkommande barn") is TargetGroup.UNACCOMPANIED
