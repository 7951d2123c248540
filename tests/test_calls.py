"""Calls: versions that never change, what is missing, who sees what and when, and the pressure on the pot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from grants.domain import money, versions
from grants.domain.calendar import at_clock
from grants.domain.errors import Forbidden, Stale, Unmet, WrongState
from grants.domain.ledger import PostingKind
from grants.domain.permissions import ANONYMOUS
from grants.domain.terms import USUAL, Question
from grants.domain.words import ApplicationState, CallState, PotSource, QuestionKind, Role, Round, Scope
from grants.extensions import db
from grants.models.applications import Application
from grants.models.pots import Posting, Pot
from grants.models.records import Event, Job
from grants.services import calls, pressures

from . import make


def officer_of(call):
    return make.person(Role.OFFICER, call.board)


def application_in(call, *, state="draft", kr=None, arrived=False, email="anna@vingaker.example.se"):
    """A bare row: how applications walk is the applications' own test."""
    now = make.now()
    made = Application(
        reference=f"P37-{next(make._numbers)}",
        call_id=call.id,
        board_id=call.board_id,
        applicant_id=make.municipality().id,
        state=ApplicationState(state),
        contact_email=email,
        applied_kr=kr,
        changed_at=now,
        arrived_at=now if arrived else None,
    )
    db.session.add(made)
    db.session.flush()
    return made


def letters():
    return [job.payload for job in db.session.scalars(select(Job).order_by(Job.id))]


def test_a_new_call_starts_with_the_usual_terms_as_a_draft(app):
    call = make.call(state="draft")
    assert (call.state, call.published_number, call.draft_version.terms) == (CallState.DRAFT, 0, USUAL)


def test_only_the_coordinating_board_starts_the_national_call(app):
    with pytest.raises(Unmet, match="Jönköping"):
        make.call(organisation=make.board("04"), scope=Scope.NATIONAL)
    assert make.call(scope=Scope.NATIONAL).board.is_coordinating


def test_an_officer_starts_calls_for_the_own_board_alone(app):
    stranger = make.person(Role.OFFICER, make.board("05"))
    with pytest.raises(Forbidden):
        calls.start(make.board("04"), make.moment(stranger), scope=Scope.REGIONAL, year=2026, round=Round.EXTRA, name="Fel län")


def test_two_calls_of_a_board_and_year_cannot_share_a_name(app):
    call = make.call()
    with pytest.raises(Unmet, match="Välj ett annat namn"):
        make.call(name=call.name, year=call.year)


def test_a_call_is_not_published_before_it_is_complete_and_all_that_is_missing_is_told(app):
    call = make.call(state="draft")
    with pytest.raises(Unmet) as refusal:
        calls.publish(call, make.moment(officer_of(call)))
    for noun in ("sammanfattning", "stängningstid", "belopp att fördela", "kontaktperson"):
        assert noun in refusal.value.reasons[0]
    assert call.published_number == 0


def test_a_call_cannot_close_before_it_opens_or_ask_for_less_than_its_least_amount(app):
    call = make.call(state="draft")
    acts = make.moment(officer_of(call))
    with pytest.raises(Unmet) as refusal:
        calls.edit(call, acts, opens_at=acts.now, closes_at=acts.now, min_kr=2, max_kr=1)
    assert len(refusal.value.reasons) == 2


def test_publishing_makes_a_version_that_is_never_written_again(app):
    call = make.call()
    acts = make.moment(officer_of(call))
    with pytest.raises(Unmet, match="Börja en ändring först"):
        calls.edit(call, acts, available_kr=1)
    first = call.version
    with pytest.raises(RuntimeError, match="never written again"), db.session.begin_nested():
        first.available_kr = 1
    calls.amend(call, acts)
    calls.edit(call, acts, available_kr=4_000_000)
    assert (call.version, first.available_kr) == (first, 3_000_000)
    calls.publish(call, acts, changes="Beloppet höjdes.")
    assert (call.version.number, call.version.available_kr, first.available_kr) == (2, 4_000_000, 3_000_000)


def test_an_amendment_must_say_what_changed(app):
    call = make.call()
    acts = make.moment(officer_of(call))
    calls.amend(call, acts)
    with pytest.raises(Unmet, match="Skriv vad som har ändrats"):
        calls.publish(call, acts)


def test_a_published_call_keeps_its_name(app):
    call = make.call(name="Beredskap")
    acts = make.moment(officer_of(call))
    calls.amend(call, acts)
    calls.edit(call, acts, name="Något annat", round=Round.EXTRA, summary="Ny text.")
    assert (call.name, call.round) == ("Beredskap", Round.ORDINARY)


def test_only_one_amendment_is_written_at_a_time(app):
    call = make.call()
    acts = make.moment(officer_of(call))
    calls.amend(call, acts)
    with pytest.raises(Unmet, match="redan en påbörjad"):
        calls.amend(call, acts)


def test_differences_between_versions_are_told_with_old_and_new_words(app):
    call = make.call()
    acts = make.moment(officer_of(call))
    calls.amend(call, acts)
    terms = call.draft_version.terms
    added = Question("barn", QuestionKind.LONG, "Hur påverkas barnen?")
    criteria = (replace(terms.criteria[0], name="Behov i kommunen"), *terms.criteria[2:])
    calls.edit(call, acts, available_kr=4_000_000, terms=replace(terms, criteria=criteria, questions=(added,)))
    told = {each.label: each for each in versions.differences(call.version, call.draft_version)}
    assert (told["Att fördela"].before, told["Att fördela"].after) == (money.in_words(3_000_000), money.in_words(4_000_000))
    assert told["Kriteriet Behov i kommunen"].before.startswith("Behov, vikt 25")
    assert told["Frågan Hur påverkas barnen?"].before == ""
    assert told["Kriteriet Mål och genomförande"].after == ""
    assert "Villkor" not in told


def test_those_who_have_begun_an_application_are_told_of_an_amendment_once_each(app):
    call = make.call()
    application_in(call)
    application_in(call)
    application_in(call, state="submitted", arrived=True, email="redan@example.se")
    acts = make.moment(officer_of(call))
    calls.amend(call, acts)
    calls.publish(call, acts, changes="Stängningstiden flyttades.")
    assert [letter["to"] for letter in letters()] == ["anna@vingaker.example.se"]
    assert "Stängningstiden flyttades." in letters()[0]["text"]


def test_a_copy_carries_everything_but_times_and_amount(app):
    call = make.call(max_kr=500_000, name="Beredskap 2026", year=2026)
    new = calls.copy(call, make.moment(officer_of(call)), year=2027, name="Beredskap 2027")
    version = new.draft_version
    assert (new.year, new.name, new.state, version.max_kr) == (2027, "Beredskap 2027", CallState.DRAFT, 500_000)
    assert version.terms == call.version.terms
    assert (version.opens_at, version.closes_at, version.available_kr) == (None, None, None)


def test_a_call_where_something_has_arrived_cannot_be_cancelled(app):
    call = make.call()
    application_in(call, state="submitted", arrived=True)
    with pytest.raises(Unmet, match="har kommit in"):
        calls.cancel(call, make.moment(officer_of(call)), "Inga pengar.")


def test_cancelling_needs_a_reason_that_everybody_can_read(app):
    call = make.call()
    application_in(call)
    with pytest.raises(Unmet, match="Skriv varför"):
        calls.cancel(call, make.moment(officer_of(call)), " ")
    calls.cancel(call, make.moment(officer_of(call)), "Riksdagen har ändrat anslaget.")
    assert "Riksdagen" in app.test_client().page(f"/utlysningar/{call.id}").get_text()
    assert calls.cancellation(call) == "Riksdagen har ändrat anslaget."
    assert "Riksdagen" in letters()[0]["text"]


def test_a_cancelled_call_is_neither_edited_nor_published(app):
    call = make.call(state="cancelled")
    with pytest.raises(WrongState):
        calls.amend(call, make.moment(officer_of(call)))


def test_keys_are_stable_and_never_used_again(app):
    assert calls.new_key("Behov och nytta", {"behov-och-nytta"}) == "behov-och-nytta-2"
    assert calls.new_key("???", set()) == "rad"
    call = make.call()
    acts = make.moment(officer_of(call))
    calls.amend(call, acts)
    calls.edit_terms(call, acts, replace(call.draft_version.terms, criteria=call.draft_version.terms.criteria[:1]))
    assert "cost" in calls.used_keys(call)


def test_a_call_opens_and_closes_by_the_clock_in_stockholm(app):
    opens, closes = at_clock(datetime(2026, 3, 1).date(), "09.00"), at_clock(datetime(2026, 5, 27).date(), "15.00")
    version = make.call(opens_at=opens, closes_at=closes).version
    assert closes == datetime(2026, 5, 27, 13, 0, tzinfo=UTC)
    assert version.is_coming(opens - timedelta(seconds=1))
    assert version.is_open(opens)
    assert version.is_open(closes)
    assert version.is_closed(closes + timedelta(seconds=1))


def test_calls_are_listed_by_where_they_are_in_time(app):
    now = make.now()
    last = make.call(closes_at=now + timedelta(days=9))
    first = make.call(closes_at=now + timedelta(days=1))
    coming = make.call(opens_at=now + timedelta(days=1))
    closed = make.call(closes_at=now - timedelta(days=1))
    make.call(state="complete")
    found = calls.phases(ANONYMOUS, now)
    assert (found.open, found.coming, found.closed) == ([first, last], [coming], [closed])


def test_the_list_is_filtered_by_county_kind_and_target_group(app):
    now = make.now()
    wide = replace(USUAL, target_groups=("temporary_protection",))
    here, national = make.call(), make.call(scope=Scope.NATIONAL, terms=replace(wide, contacts=make.call().version.terms.contacts))
    assert here in calls.phases(ANONYMOUS, now, county="04").open
    assert calls.phases(ANONYMOUS, now, scope="national").open == [national]
    assert calls.phases(ANONYMOUS, now, group="temporary_protection").open == [national]
    assert calls.phases(ANONYMOUS, now, county="25").open == []


def test_pressure_counts_what_has_arrived_and_never_drafts(app):
    call = make.call(available_kr=1_000_000)
    application_in(call, kr=900_000)
    application_in(call, state="submitted", kr=1_200_000, arrived=True)
    application_in(call, state="withdrawn", kr=700_000, arrived=True)
    found = pressures.of([call])[0]
    assert (found.applied_kr, found.received, found.available_kr, str(found.ratio)) == (1_200_000, 1, 1_000_000, "1.20")


def test_pressure_is_measured_against_the_pots_of_the_boards_year(app):
    call = make.call(available_kr=1)
    for source, available, bound in ((PotSource.ALLOCATION, 1_500_000, 300_000), (PotSource.RETURNED, 200_000, 0)):
        whole = available + bound
        pot = Pot(board_id=call.board_id, year=call.year, source=source)
        pot.postings = [
            Posting(
                number=1,
                kind=PostingKind.RECORD,
                amount_kr=whole,
                bound_kr=bound,
                available_after=available,
                bound_after=bound,
                paid_after=0,
                at=make.now(),
            )
        ]
        db.session.add(pot)
    application_in(call, state="submitted", kr=3_000_000, arrived=True)
    found = pressures.of([call])[0]
    assert (found.available_kr, found.bound_kr, found.returned_kr, str(found.ratio)) == (2_000_000, 300_000, 200_000, "1.50")


def test_an_earlier_call_is_recorded_once_and_is_not_public(app):
    board = make.board("04")
    call = calls.record(board, make.system(), year=2019, scope=Scope.REGIONAL, name="Beredskap 2019")
    again = calls.record(board, make.system(), year=2019, scope=Scope.REGIONAL, name="Beredskap 2019")
    assert again is call
    assert call.is_imported
    assert not call.standing.public
    with pytest.raises(WrongState, match="före systemet"):
        calls.amend(call, make.moment(officer_of(call)))


def test_a_save_on_an_older_version_of_the_page_is_refused(app):
    call = make.call(state="draft")
    acts = make.moment(officer_of(call))
    seen = call.row_version
    calls.edit(call, acts, summary="Den första.", row_version=seen)
    with pytest.raises(Stale):
        calls.edit(call, acts, summary="Den andra.", row_version=seen)


def test_each_step_is_in_the_history(app):
    call = make.call()
    acts = make.moment(officer_of(call))
    calls.amend(call, acts)
    calls.publish(call, acts, changes="Ny text.")
    app.test_client().get("/utlysningar")
    verbs = db.session.scalars(select(Event.verb).where(Event.noun == "call", Event.thing_id == call.id).order_by(Event.number)).all()
    assert verbs == ["start", "edit", "publish", "amend", "publish"]
