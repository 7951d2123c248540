"""Projects from the grant to the closed file: reports, review, unused money, closure."""

from datetime import date

import pytest

from grants.domain.errors import Forbidden, Stale, WrongState
from grants.domain.words import ClaimGround, GoalResult, PotSource, ProjectState, ReportKind, ReportState, Role
from grants.services import payments, pots, projects

from . import make
from .refusals import refused

TODAY = date.today()
YEAR = TODAY.year
ANSWERS = dict.fromkeys(("results", "activities", "equality", "lessons", "lasting"), "Det gick bra.")


def acts(role=Role.OFFICER):
    return make.moment(make.person(role))


@pytest.fixture
def project(app):
    make.pots(YEAR)
    made = make.project(400_000)
    payment = payments.prepare(made, made.decision.financing[0], 400_000, acts())
    payments.confirm(payment, acts(Role.TREASURER), paid_on=TODAY)
    return made


def final(project, spent=400_000):
    """A final report, written but not sent; `spent` is what is charged to the grant."""
    report = projects.start_report(project, acts(Role.PREPARER), ReportKind.FINAL)
    projects.save_report(
        report,
        acts(Role.PREPARER),
        answers=ANSWERS,
        lines={"staff": (spent + 50_000, spent, "")},
        goals={goal.goal_id: (GoalResult.MET, "42 personer.") for goal in report.goals},
        participants_women=20,
    )
    return report


def approved(project, spent=400_000):
    report = final(project, spent)
    projects.submit_report(report, acts(Role.SIGNATORY))
    projects.approve(report, acts())
    return report


def words(page) -> str:
    return page.get_text(" ", strip=True).replace("\xa0", " ")


def test_the_final_report_begins_with_the_goals_and_the_budget_of_the_application(project):
    report = projects.start_report(project, acts(Role.PREPARER), ReportKind.FINAL)
    assert [goal.goal.text for goal in report.goals] == ["Fler i arbete"]
    assert [(line.name, line.budget_kr, line.grant_budget_kr) for line in report.lines] == [("Löner", 450_000, 400_000)]
    assert report.due_on == project.decision.report_due_on


def test_there_is_one_final_report(project):
    projects.start_report(project, acts(Role.PREPARER), ReportKind.FINAL)
    with refused(match="redan en slutrapport"):
        projects.start_report(project, acts(Role.PREPARER), ReportKind.FINAL)


def test_a_board_does_not_write_the_municipalitys_report(project):
    with refused(Forbidden):
        projects.start_report(project, acts(), ReportKind.FINAL)


def test_an_unfinished_report_is_not_sent(project):
    report = projects.start_report(project, acts(Role.PREPARER), ReportKind.FINAL)
    with refused(match="Ange utfallet"):
        projects.submit_report(report, acts(Role.SIGNATORY))


def test_only_the_signatory_sends_the_report(project):
    report = final(project)
    with refused(Forbidden):
        projects.submit_report(report, acts(Role.PREPARER))
    projects.submit_report(report, acts(Role.SIGNATORY))
    assert report.state == ReportState.SUBMITTED


def test_no_more_is_charged_to_the_grant_than_was_spent(project):
    report = projects.start_report(project, acts(Role.PREPARER), ReportKind.FINAL)
    with refused(match="Löner"):
        projects.save_report(report, acts(Role.PREPARER), answers={}, lines={"staff": (100, 101, "")})


def test_two_who_write_at_once_do_not_lose_each_others_text(project):
    report = projects.start_report(project, acts(Role.PREPARER), ReportKind.FINAL)
    opened = report.row_version
    projects.save_report(report, acts(Role.PREPARER), answers={}, lines={"staff": (100, 0, "")}, row_version=opened)
    make.db.session.flush()
    with refused(Stale):
        projects.save_report(report, acts(Role.PREPARER), answers=ANSWERS, row_version=opened)


def test_unused_money_is_what_was_paid_and_not_charged_to_the_grant(project):
    report = approved(project, 300_000)
    assert report.unused_kr == 100_000
    assert project.unsettled_kr == 100_000


def test_a_report_that_is_sent_back_needs_a_reason_and_can_be_sent_again(project):
    report = final(project)
    projects.submit_report(report, acts(Role.SIGNATORY))
    with refused(match="skäl"):
        projects.send_back(report, acts(), "")
    projects.send_back(report, acts(), "Beskriv lärdomarna.")
    projects.save_report(report, acts(Role.PREPARER), answers={**ANSWERS, "lessons": "Börja tidigt."})
    projects.submit_report(report, acts(Role.SIGNATORY))
    projects.approve(report, acts(), "Tack.")
    assert (report.state, report.answers["lessons"]) == (ReportState.APPROVED, "Börja tidigt.")
    assert report.lines[0].grant_outcome_kr == 400_000


def test_closing_waits_for_the_report_the_payments_and_the_unused_money(project):
    with refused(match="Slutrapporten är inte godkänd"):
        projects.close(project, acts())
    approved(project, 300_000)
    with refused(match="100\xa0000\xa0kr som inte använts"):
        projects.close(project, acts())
    claim = payments.raise_claim(project, acts(), ground=ClaimGround.UNUSED, amount_kr=100_000, reason="Ej använt.", due_on=TODAY)
    with refused():
        projects.close(project, acts())
    payments.receive(claim, acts(Role.TREASURER), received_on=TODAY)
    projects.close(project, acts())
    assert (project.state, project.closed_on) == (ProjectState.CLOSED, TODAY)


def test_a_remitted_claim_also_settles_the_unused_money(project):
    approved(project, 300_000)
    claim = payments.raise_claim(project, acts(), ground=ClaimGround.UNUSED, amount_kr=100_000, reason="Ej använt.", due_on=TODAY)
    payments.remit(claim, acts(Role.DECIDER), reason="Särskilda skäl.")
    projects.close(project, acts())


def test_what_was_never_paid_is_freed_in_its_pot_when_the_project_closes(app):
    make.pots(YEAR)
    made = make.project(400_000)
    payment = payments.prepare(made, made.decision.financing[0], 300_000, acts())
    payments.confirm(payment, acts(Role.TREASURER), paid_on=TODAY)
    approved(made, 300_000)
    projects.close(made, acts())
    balance = pots.balance(pots.find(make.board().id, YEAR, PotSource.ALLOCATION))
    assert (balance.available, balance.bound, balance.paid) == (1_700_000, 0, 300_000)


def test_a_closed_project_gets_no_more_money_and_no_more_reports(project):
    approved(project)
    projects.close(project, acts())
    with refused():
        payments.prepare(project, project.decision.financing[0], 1, acts())
    with refused():
        projects.start_report(project, acts(Role.PREPARER), ReportKind.INTERIM)
    with refused(WrongState):
        projects.close(project, acts())


def test_a_project_does_not_close_tomorrow(project):
    approved(project)
    with refused(match="framtiden"):
        projects.close(project, acts(), closed_on=date(YEAR + 1, 12, 31))


def boxes(page) -> dict[str, str]:
    """What the form on a page would send as it stands."""
    form = page.find("form", {"data-unsaved": True})
    found = {box["name"]: box.get("value", "") for box in form.find_all("input") if box.get("type") != "radio"}
    found |= {box["name"]: box.text.strip() for box in form.find_all("textarea")}
    return found | {box["name"]: box["value"] for box in form.find_all("input", {"type": "radio", "checked": True})}


def test_the_report_walks_the_pages_from_both_sides_to_the_closed_file(project, as_):
    writer, signatory, officer = (as_(make.person(role)) for role in (Role.PREPARER, Role.SIGNATORY, Role.OFFICER))
    page = writer.send(f"/projekt/{project.id}/rapport/final")
    report = project.final_report
    facts = boxes(page) | {f"svar_{key}": text for key, text in ANSWERS.items()}
    facts |= {f"mal_{report.goals[0].goal_id}": "met", "utfall_staff": "440 000", "bidrag_staff": "390 000"}
    page = writer.send(f"/rapporter/{report.id}", {**facts, "next": "1"})
    assert "Er firmatecknare skickar in" in words(page)
    assert "400 000 kr utbetalt − 390 000 kr använt = 10 000 kr" in words(page)
    officer.page(f"/rapporter/{report.id}", status=404)
    assert "Skriv under och skicka" in words(signatory.page(f"/rapporter/{report.id}/skicka-in"))
    signatory.send(f"/rapporter/{report.id}/skicka-in")
    assert "Granska rapporten" in words(officer.page(f"/rapporter/{report.id}"))
    page = officer.send(f"/rapporter/{report.id}/granska", {"verdict": "send_back", "note": ""}, status=422)
    assert "Skriv ett skäl" in words(page)
    officer.send(f"/rapporter/{report.id}/granska", {"verdict": "send_back", "note": "Berätta mer om lärdomarna."})
    assert "Rapporten är hos kommunen" in words(officer.page(f"/rapporter/{report.id}"))
    assert "Berätta mer om lärdomarna." in words(writer.page(f"/rapporter/{report.id}"))
    signatory.send(f"/rapporter/{report.id}/skicka-in")
    page = officer.send(f"/rapporter/{report.id}/granska", {"verdict": "approve", "note": "Tack."})
    assert "10 000 kr som inte använts" in words(page)
    claim = payments.raise_claim(project, acts(), ground=ClaimGround.UNUSED, amount_kr=10_000, reason="Ej använt.", due_on=TODAY)
    payments.remit(claim, acts(Role.DECIDER), reason="Ringa belopp.")
    assert "Projektet är avslutat." in words(officer.send(f"/projekt/{project.id}/avsluta"))


def test_what_was_typed_in_a_report_stays_when_something_is_wrong(project, as_):
    writer = as_(make.person(Role.PREPARER))
    page = writer.send(f"/projekt/{project.id}/rapport/final")
    report = project.final_report
    facts = boxes(page) | {"svar_results": "Mycket hände.", "utfall_staff": "trehundra"}
    page = writer.send(f"/rapporter/{report.id}", facts, status=422)
    assert "Mycket hände." in words(page)
    assert page.find("input", {"name": "utfall_staff"})["value"] == "trehundra"


def test_a_report_saved_elsewhere_is_shown_beside_ones_own_text(project, as_):
    writer = as_(make.person(Role.PREPARER))
    facts = boxes(writer.send(f"/projekt/{project.id}/rapport/final"))
    report = project.final_report
    writer.send(f"/rapporter/{report.id}", facts | {"svar_results": "Den första texten."})
    page = writer.send(f"/rapporter/{report.id}", facts | {"svar_results": "Den andra texten."}, status=409)
    assert "Den första texten." in words(page)
    assert "Den andra texten." in words(page)


@pytest.mark.parametrize(
    "role", [Role.READER, Role.SIGNATORY, Role.OFFICER, Role.DECIDER, Role.TREASURER, Role.AUDITOR, Role.REPORT_COORDINATOR]
)
def test_everyone_who_may_sees_the_project_and_the_list(project, as_, role):
    client = as_(make.person(role))
    assert "Språk och jobb på landsbygden" in words(client.page("/projekt"))
    assert "Slutrapport" in words(client.page(f"/projekt/{project.id}"))


def test_the_project_list_asks_the_database_little(app, as_, queries):
    make.pots(YEAR)
    for _ in range(4):
        make.project(50_000)
    officer = as_(make.person(Role.OFFICER))
    officer.page("/projekt")
    with queries() as seen:
        officer.page("/projekt")
    assert len(seen) <= 14
