"""The vocabulary: each word has its own label, also where two vocabularies spell a value alike."""

from grants.domain.words import LABELS, SAID, ApplicationState, CallState, PotSource, ReportState, ReviewState, Scope, capitalised, label


def test_words_that_are_spelt_alike_keep_their_own_labels():
    assert (label(Scope.NATIONAL), label(PotSource.NATIONAL)) == ("nationell utlysning", "nationell pott")
    assert (label(CallState.DRAFT), label(ReportState.DRAFT)) == ("utkast", "påbörjad")
    assert (label(ApplicationState.SUBMITTED), label(ReviewState.SUBMITTED)) == ("formell kontroll", "klar")


def test_no_word_is_said_twice():
    assert len(SAID) == len(LABELS)


def test_a_heading_begins_with_a_capital():
    assert capitalised(CallState.PUBLISHED) == "Publicerad"
