"""Who has the ball, what happens now and by when: the same answer for the applicant and the board, in every state."""

from datetime import timedelta

import pytest

from grants.domain.ball import of_case, steps
from grants.domain.calendar import date_in_words, moment_in_words, six_weeks_after
from grants.domain.words import GoalResult, Outcome, ReportKind, Role
from grants.extensions import db
from grants.services import applications, payments, projects

from . import make

APPLICANT, BOARD, NOBODY = "Vingåkers kommun", "Länsstyrelsen i Södermanlands län", "Ingen"


def told(case) -> tuple[str, str]:
    db.session.flush()
    db.session.expire_all()
    ball = of_case(case)
    return ball.holder, ball.deed


@pytest.mark.parametrize(
    ("state", "holder", "deed"),
    [
        ("draft", APPLICANT, "Skriva klart ansökan"),
        ("ready", APPLICANT, "Skriva under och skicka in"),
        ("submitted", BOARD, "Diarieföra ansökan"),
        ("checked", BOARD, "Bedöma ansökan"),
        ("reviewed", BOARD, "Besluta"),
    ],
)
def test_until_the_decision_the_ball_lies_with_who_must_act(app, state, holder, deed):
    assert told(make.application(state)) == (holder, deed)


def test_what_is_being_written_is_due_when_the_call_closes(app):
    draft = make.application("draft")
    assert of_case(draft).by == moment_in_words(draft.call.version.closes_at)


def test_what_is_taken_back_waits_for_the_board_to_write_it_off(app):
    case = make.application()
    applications.withdraw(case, make.moment(make.person(Role.SIGNATORY)), "Vi saknar personal.")
    assert told(case) == (BOARD, "Skriva av ärendet")
    assert steps(case)[-2:] == [("Återkallad", "av sökanden", "been"), ("Skrivs av", "", "now")]


def test_after_a_rejection_nobody_has_the_ball(app):
    case = make.application("reviewed")
    make.decision(case, outcome=Outcome.REJECTED)
    assert told(case) == (NOBODY, "Ärendet är avslutat")
    assert [state for *_, state in steps(case)] == ["been"] * 4


def test_a_project_is_paid_within_six_weeks_and_then_reported(app):
    make.pots(make.now().year)
    project = make.project(400_000)
    case, decision = project.application, project.decision
    assert told(case) == (BOARD, "Betala ut 400\xa0000\xa0kr")
    assert of_case(case).by == date_in_words(six_weeks_after(decision.decided_on))
    payment = payments.prepare(project, decision.financing[0], 400_000, make.moment(make.person(Role.OFFICER)))
    payments.confirm(payment, make.moment(make.person(Role.TREASURER)), paid_on=make.now().date())
    assert told(case) == (APPLICANT, "Genomföra insatsen och lämna slutrapport")
    assert of_case(case).by == date_in_words(decision.report_due_on)


def test_a_report_that_is_sent_lies_with_the_board_and_one_sent_back_does_not(app):
    make.pots(make.now().year)
    project = make.project(400_000)
    officer, writer = make.moment(make.person(Role.OFFICER)), make.moment(make.person(Role.PREPARER))
    payment = payments.prepare(project, project.decision.financing[0], 400_000, officer)
    payments.confirm(payment, make.moment(make.person(Role.TREASURER)), paid_on=make.now().date())
    report = _written(project, writer)
    projects.submit_report(report, make.moment(make.person(Role.SIGNATORY)))
    assert told(project.application) == (BOARD, "Granska slutrapporten")
    projects.send_back(report, officer, "Beskriv resultaten.")
    assert told(project.application)[0] == APPLICANT


def _written(project, writer):
    report = projects.start_report(project, writer, ReportKind.FINAL)
    answers = {section.key: "Det gick bra." for section in report.sections}
    goals = {goal.goal_id: (GoalResult.MET, "42 personer.") for goal in report.goals}
    projects.save_report(report, writer, answers=answers, lines={"staff": (450_000, 400_000, "")}, goals=goals)
    return report


def test_the_steps_say_what_has_been_what_is_now_and_what_comes(app):
    case = make.application("checked")
    assert [(label, state) for label, _, state in steps(case)] == [
        ("Kom in i tid", "been"), ("Formell kontroll", "been"), ("Bedömning", "now"), ("Beslut", "next"),
    ]  # fmt: skip
    assert steps(case)[0][1] == moment_in_words(case.arrived_at)
    sent_late = make.application(call=make.call(at=make.now() - timedelta(days=25)))
    assert steps(sent_late)[0][0] == "Kom in för sent"
