"""The board's side of applications: who sees what, registration from paper, numbers, the formal check, late ones, lists."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from grants.domain.calendar import STOCKHOLM
from grants.domain.errors import Forbidden, Unmet, WrongState
from grants.domain.words import ApplicationState, Channel, OrganisationKind, Outcome, Role, Scope
from grants.extensions import db
from grants.models.applications import CHECKS, Application
from grants.models.people import Organisation
from grants.services import applications
from grants.services.applications import listing

from . import make
from .refusals import refused

ALL_PASSED = dict.fromkeys(CHECKS, (True, ""))
PDF = b"%PDF-1.7\n%%EOF\n"


def officer(place="04"):
    return make.moment(make.person(Role.OFFICER, make.board(place)))


def words(page) -> str:
    return page.get_text(" ", strip=True).replace("\xa0", " ")


def late() -> Application:
    """An application that was sent five days after closing."""
    return make.application(call=make.call(at=make.now() - timedelta(days=25)))


def on_paper(opened, *, arrived_at=None, **facts) -> Application:
    arrived_at = arrived_at or make.now() - timedelta(days=1)
    return applications.register(
        opened, make.municipality(), officer(), arrived_at=arrived_at, channel=Channel.PAPER, title="På papper", **facts
    )


# Who sees what


@pytest.mark.parametrize("state", ["draft", "ready"])
def test_a_draft_is_seen_by_its_organisation_alone(app, as_, state):
    draft = make.application(state)
    address = f"/ansokningar/{draft.id}"
    for role in (Role.OFFICER, Role.ASSESSOR, Role.DECIDER, Role.TREASURER, Role.AUDITOR, Role.REPORT_COORDINATOR):
        assert as_(make.person(role)).get(address).status_code == 404
    neighbour = make.person(Role.PREPARER, make.municipality("0480"))
    assert as_(neighbour).get(address).status_code == 404
    for role in (Role.PREPARER, Role.SIGNATORY, Role.READER, Role.APPLICANT_ADMIN):
        assert as_(make.person(role)).get(address).status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.REPORT_COORDINATOR])
def test_a_draft_leaves_no_trace_in_the_lists_of_others(app, as_, role):
    draft = make.application("draft", title="Hemligt utkast")
    page = as_(make.person(role)).page("/arenden")
    assert draft.title not in words(page)
    assert draft.call.name not in words(page)
    actor = make.moment(make.person(role)).actor
    assert listing.sums(listing.cases(actor)).count == 0


def test_what_is_sent_is_read_by_the_board_and_by_those_who_look_at_everything(app, as_):
    case = make.application()
    for role in (Role.OFFICER, Role.DECIDER, Role.TREASURER, Role.AUDITOR, Role.REPORT_COORDINATOR):
        page = as_(make.person(role)).page(f"/ansokningar/{case.id}")
        assert case.summary in words(page)
    elsewhere = make.person(Role.OFFICER, make.board("05"))
    assert as_(elsewhere).get(f"/ansokningar/{case.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REPORT_COORDINATOR, Role.DECIDER, Role.TREASURER])
def test_who_only_reads_a_case_cannot_change_it(app, as_, role):
    case = make.application()
    client = as_(make.person(role))
    assert "Gör den formella kontrollen" not in words(client.page(f"/ansokningar/{case.id}"))
    for path in ("diarienummer", "nasta-diarienummer", "formell-kontroll", "ta-upp", "ateruppta", "avsluta-bedomning"):
        assert client.post(f"/ansokningar/{case.id}/{path}").status_code == 403


def test_who_is_conflicted_loses_the_case_in_the_list_too(app, as_):
    case, conflicted = make.application("checked"), make.person(Role.OFFICER)
    assert case.title in words(as_(conflicted).page("/arenden"))
    as_(conflicted).send(f"/ansokningar/{case.id}/jav", {"reason": "Min bror är projektledare."})
    assert case.title not in words(as_(conflicted).page("/arenden"))
    assert as_(conflicted).get(f"/ansokningar/{case.id}").status_code == 404


def test_the_list_has_exactly_the_cases_whose_door_opens(app):
    mine, other = make.application(), make.application(call=make.call(organisation=make.board("05")), applicant=_in_county("05"))
    make.application("draft")
    for person in (make.person(Role.OFFICER), make.person(Role.OFFICER, make.board("05")), make.person(Role.AUDITOR)):
        actor = make.moment(person).actor
        listed = set(db.session.scalars(listing.cases(actor)))
        assert listed == {case for case in (mine, other) if actor.has(Role.AUDITOR) or case.board_id == actor.organisation_id}


def _in_county(code: str) -> Organisation:
    kind = Organisation.kind == OrganisationKind.MUNICIPALITY
    return db.session.scalars(select(Organisation).where(kind, Organisation.county_code == code).order_by(Organisation.sort_key)).first()


# Registration from paper and e-mail


def test_a_paper_application_keeps_its_true_time_of_arrival(app, as_):
    opened, who = make.call(), make.person(Role.OFFICER)
    arrived = (make.now() - timedelta(days=2)).astimezone(STOCKHOLM).replace(hour=14, minute=5, second=0)
    typed = {
        "applicant": str(make.municipality().id),
        "channel": "paper",
        "arrived-day": arrived.date().isoformat(),
        "arrived-clock": "14.05",
        "title": "På papper",
        "primary_purpose": "health",
        "target_groups": ["new_arrivals"],
        "applied_kr": "300 000",
        "registration_number": "Dnr 851-7-2026",
        "files": (BytesIO(PDF), "ansökan skannad.pdf"),
    }
    as_(who).send(f"/utlysningar/{opened.id}/registrera", typed, content_type="multipart/form-data")
    case = db.session.scalars(select(Application).where(Application.title == "På papper")).one()
    assert (case.state, case.channel, case.arrived_at) == (ApplicationState.SUBMITTED, Channel.PAPER, arrived)
    assert (case.registration_number, case.applied_kr, case.target_groups) == ("851-7-2026", 300_000, ["new_arrivals"])
    assert [(file.name, file.media_type) for file in case.attachments] == [("ansökan skannad.pdf", "application/pdf")]


def test_a_paper_application_cannot_have_come_in_the_future(app):
    opened = make.call()
    with refused(Unmet, match="kan inte ligga i framtiden"):
        on_paper(opened, arrived_at=make.now() + timedelta(hours=1))


def test_a_paper_application_that_came_after_closing_is_late(app):
    opened = make.call(at=make.now() - timedelta(days=25))
    assert on_paper(opened).is_late
    assert not on_paper(opened, arrived_at=opened.version.closes_at).is_late


def test_an_application_cannot_be_registered_in_a_call_that_is_not_published(app):
    with refused(Unmet, match="inte publicerad"):
        on_paper(make.call("complete"))


def test_another_boards_officer_cannot_register_in_the_call(app):
    opened = make.call()
    with refused(Forbidden):
        applications.register(
            opened, make.municipality(), officer("05"), arrived_at=make.now() - timedelta(days=1), channel=Channel.EMAIL, title="Fel län"
        )


def test_what_is_missing_on_the_registration_form_is_told_beside_the_box(app, as_):
    opened = make.call()
    page = as_(make.person(Role.OFFICER)).send(f"/utlysningar/{opened.id}/registrera", {"applied_kr": "en miljon"}, status=422)
    assert "Välj sökande." in words(page)
    assert page.find("input", {"name": "applied_kr"})["value"] == "en miljon"
    assert page.find("input", {"name": "applied_kr"})["aria-invalid"] == "true"


# Registration numbers


def test_a_typed_number_is_kept_in_one_way_of_writing(app, as_):
    case = make.application()
    as_(make.person(Role.OFFICER)).send(f"/ansokningar/{case.id}/diarienummer", {"number": " Dnr 851 – 2147 – 2026 "})
    assert case.registration_number == "851-2147-2026"


def test_a_number_that_is_not_one_is_told_how_to_write_it(app, as_):
    case = make.application()
    page = as_(make.person(Role.OFFICER)).send(f"/ansokningar/{case.id}/diarienummer", {"number": "nummer sju"}, status=422)
    assert "till exempel 851-165-2022" in words(page)
    assert case.registration_number is None


def test_a_number_is_given_once_in_a_board_but_may_stand_in_two_boards(app):
    applications.number(make.application(), officer(), "851-1-2026")
    with refused(Unmet, match="används redan"):
        applications.number(make.application(), officer(), "851-1-2026")
    other = make.application(call=make.call(organisation=make.board("05")), applicant=_in_county("05"))
    applications.number(other, officer("05"), "851-1-2026")
    assert other.registration_number == "851-1-2026"


def test_the_boards_own_series_goes_on_from_the_highest_number_of_the_year(app):
    board = make.board()
    board.own_series, board.series_prefix = True, "851"
    first, second, third = make.application(), make.application(), make.application()
    year = make.now().year
    applications.number(first, officer(), f"851-41-{year - 1}")
    applications.number(second, officer())
    applications.number(third, officer())
    assert [second.registration_number, third.registration_number] == [f"851-1-{year}", f"851-2-{year}"]


def test_a_board_without_an_own_series_types_its_numbers(app, as_):
    case = make.application()
    client = as_(make.person(Role.OFFICER))
    assert "Ge nästa diarienummer" not in words(client.page(f"/ansokningar/{case.id}"))
    page = client.send(f"/ansokningar/{case.id}/nasta-diarienummer", status=422)
    assert "Skriv diarienumret." in words(page)


# The formal check and the assessment


def test_the_check_is_passed_when_every_point_is_and_the_case_has_a_number(app):
    case, acts = make.application(), officer()
    with refused(Unmet, match="Ange diarienumret först"):
        applications.check(case, acts)
    applications.number(case, acts, "851-5-2026")
    applications.confirm(case, acts, {**ALL_PASSED, "signed": (False, "Fullmakt saknas.")})
    with refused(Unmet, match="Kvar: Underskriven av behörig företrädare"):
        applications.check(case, acts)
    applications.confirm(case, acts, {"signed": (True, "Fullmakten kom i dag.")})
    applications.check(case, acts)
    assert case.state == ApplicationState.CHECKED
    assert not case.checks_left


def test_a_half_made_check_is_saved_and_shown_again(app, as_):
    case, client = make.application(), as_(make.person(Role.OFFICER))
    client.send(f"/ansokningar/{case.id}/formell-kontroll", {"signed-passed": "nej", "signed-note": "Fullmakt saknas.", "do": "save"})
    page = client.page(f"/ansokningar/{case.id}/formell-kontroll")
    assert page.find("input", {"name": "signed-note"})["value"] == "Fullmakt saknas."
    assert page.find("input", {"name": "signed-passed", "value": "nej"}).has_attr("checked")
    assert not page.find("input", {"name": "recipient-passed", "value": "ja"}).has_attr("checked")


def test_the_check_refused_keeps_what_was_answered(app, as_):
    case, client = make.application(), as_(make.person(Role.OFFICER))
    page = client.send(f"/ansokningar/{case.id}/formell-kontroll", {"recipient-passed": "ja", "do": "check"}, status=422)
    assert "Ange diarienumret först." in words(page)
    assert page.find("input", {"name": "recipient-passed", "value": "ja"}).has_attr("checked")
    assert case.state == ApplicationState.SUBMITTED


def test_the_check_shows_what_the_system_sees_by_itself(app):
    found = {what: is_so for what, is_so, _ in listing.findings(make.application())}
    assert found == dict.fromkeys(found, True)
    paper = {what: is_so for what, is_so, _ in listing.findings(on_paper(make.call()))}
    assert not paper["Alla frågor besvarade"]
    assert not paper["Underskriven i systemet"]


def test_the_assessment_ends_when_every_review_is_in(app):
    case, acts = make.application("checked"), officer()
    with refused(Unmet, match="Ingen bedömare är utsedd"):
        applications.conclude(case, acts)
    make.review(case, "open", who=make.person(Role.ASSESSOR, name="Bo Bedömare"))
    db.session.expire(case, ["reviews"])
    with refused(Unmet, match="saknas från Bo Bedömare"):
        applications.conclude(case, acts)


def test_a_case_goes_back_to_the_check_with_a_reason_until_something_is_proposed(app, as_):
    case, client = make.application("reviewed"), as_(make.person(Role.OFFICER))
    client.send(f"/ansokningar/{case.id}/ateruppta", {"reason": ""}, status=422)
    client.send(f"/ansokningar/{case.id}/ateruppta", {"reason": "Fullmakten var en annan persons."})
    assert case.state == ApplicationState.SUBMITTED
    proposed = make.application("reviewed")
    make.decision(proposed, "proposed", outcome=Outcome.REJECTED)
    db.session.expire(proposed, ["decisions"])
    with refused(Unmet, match="Ta tillbaka förslaget"):
        applications.resume(proposed, officer(), "För sent.")


# Late applications


def test_a_late_application_is_checked_only_after_a_reasoned_admission(app, as_):
    case, acts = late(), officer()
    applications.number(case, acts, "851-9-2026")
    applications.confirm(case, acts, ALL_PASSED)
    with refused(Unmet, match="kom in för sent"):
        applications.check(case, acts)
    client = as_(make.person(Role.OFFICER))
    client.send(f"/ansokningar/{case.id}/ta-upp", {"reason": " "}, status=422)
    client.send(f"/ansokningar/{case.id}/ta-upp", {"reason": "Strömavbrott i hela kommunen."})
    assert case.admitted_at
    assert case.is_late
    applications.check(case, acts)


def test_an_application_in_time_needs_no_admission(app):
    with refused(Unmet, match="kom in i tid"):
        applications.admit(make.application(), officer(), "För säkerhets skull.")


def test_the_page_says_who_has_the_ball_from_arrival_to_assessment(app, as_):
    case, client = late(), as_(make.person(Role.OFFICER))
    address = f"/ansokningar/{case.id}"
    assert "Avgöra om den sena ansökan tas upp" in words(client.page(address))
    applications.admit(case, officer(), "Strömavbrott.")
    assert "Diarieföra ansökan" in words(client.page(address))
    applications.number(case, officer(), "851-12-2026")
    assert "Formell kontroll" in words(client.page(address).find(class_="ball"))


# The list


def test_the_list_is_narrowed_by_text_state_purpose_call_and_lateness(app, as_):
    early, after = make.application("checked", title="Öppna förskolan"), late()
    client = as_(make.person(Role.OFFICER))
    narrowed = {
        "text=öppna": early, "text=ÖPPNA": early, f"text={early.registration_number}": early, "lage=checked": early,
        "lage=submitted": after, f"utlysning={after.call_id}": after, "sena=sena": after,
    }  # fmt: skip
    for query, case in narrowed.items():
        rows = [link["href"] for link in client.page(f"/arenden?{query}").select("tbody th a")]
        assert rows == [f"/ansokningar/{case.id}"], query
    assert len(client.page("/arenden?syfte=labour_market&text=vingåker").select("tbody tr")) == 2
    assert "Inga ärenden svarar mot urvalet." in words(client.page("/arenden?syfte=housing"))


def test_an_odd_filter_narrows_nothing_and_breaks_nothing(app, as_):
    make.application()
    client = as_(make.person(Role.OFFICER))
    for query in (
        "lage=nonsens",
        "utlysning=abc",
        "utlysning=99999999999999999999",
        "sida=0",
        "sida=-3",
        "sida=99",
        "text=%25_",
        "text=%00",
    ):
        assert client.get(f"/arenden?{query}").status_code == 200, query


def test_counts_and_sums_are_those_of_the_whole_selection(app, as_):
    for kr in (100_000, 250_000):
        make.application(applied_kr=kr)
    on_paper(make.call())
    actor = make.moment(make.person(Role.OFFICER)).actor
    sums = listing.sums(listing.cases(actor))
    assert (sums.count, sums.applied_kr, sums.unknown, sums.mean_kr) == (3, 350_000, 1, 175_000)
    assert "350 000 kr" in words(as_(make.person(Role.OFFICER)).page("/arenden"))


def test_the_list_costs_the_same_whatever_its_length(app, as_, queries):
    opened = make.call()
    for number in range(60):
        on_paper(opened, applied_kr=1_000 * number)
    client = as_(make.person(Role.OFFICER))
    client.get("/arenden")
    with queries() as seen:
        page = client.page("/arenden")
    assert len(page.select("tbody tr")) == 50
    assert len(seen) <= 12, "\n".join(seen)


def test_what_came_to_a_call_before_it_was_cancelled_can_still_be_registered(app):
    case = on_paper(make.call("cancelled"))
    assert case.state == ApplicationState.SUBMITTED


def test_the_counties_of_a_national_application_are_counted_for_the_check(app):
    opened = make.call(scope=Scope.NATIONAL)
    case = make.application("draft", call=opened)
    acts = make.moment(make.person(Role.PREPARER))
    applications.save(case, acts, "syfte", national_ground="cooperation")
    applications.save(case, acts, "partner", partners=[{"name": "Katrineholms kommun", "contribution": ""}])
    db.session.flush()
    assert case.county_count == 1
    with refused(Unmet, match="minst två län"):
        applications.prepare(case, acts)
    applications.save(case, acts, "partner", partners=[{"name": "linköping", "contribution": "Lokaler."}])
    db.session.flush()
    assert [partner.name for partner in case.partners] == ["Linköpings kommun"]
    assert case.county_count == 2
    applications.prepare(case, acts)
    with refused(WrongState):
        applications.save(case, acts, "partner", partners=[])
