"""The public catalogue: everybody may look, nobody's name is shown."""

from datetime import date

import pytest

from grants.domain.words import GoalResult, ReportKind, Role
from grants.services import payments, projects

from . import make

TODAY = date.today()
YEAR = TODAY.year


@pytest.fixture
def project(app):
    make.pots(YEAR)
    return make.project(400_000)


def words(page) -> str:
    return page.get_text(" ", strip=True).replace("\xa0", " ")


def close(project):
    payment = payments.prepare(project, project.decision.financing[0], 400_000, make.moment(make.person(Role.OFFICER)))
    payments.confirm(payment, make.moment(make.person(Role.TREASURER)), paid_on=TODAY)
    writer, officer = make.moment(make.person(Role.PREPARER)), make.moment(make.person(Role.OFFICER))
    report = projects.start_report(project, writer, ReportKind.FINAL)
    answers = dict.fromkeys(("activities", "equality", "lasting"), "Det gick bra.") | {
        "results": "Fler fick jobb.",
        "lessons": "Börja tidigt.",
    }
    projects.save_report(
        report,
        writer,
        answers=answers,
        lines={line.category_key: (line.grant_budget_kr, line.grant_budget_kr, "") for line in report.lines},
        goals={goal.goal_id: (GoalResult.MET, "") for goal in report.goals},
    )
    projects.submit_report(report, make.moment(make.person(Role.SIGNATORY)))
    projects.approve(report, officer)
    projects.close(project, officer)


def test_anyone_can_read_what_has_been_granted(project, client):
    assert "Språk och jobb på landsbygden" in words(client.page("/projektbank"))
    page = words(client.page(f"/projektbank/{project.id}"))
    assert "Vingåkers kommun" in page
    assert "400 000 kr" in page


def test_results_and_lessons_are_shown_once_the_project_is_closed(project, client):
    assert "Börja tidigt." not in words(client.page(f"/projektbank/{project.id}"))
    close(project)
    page = words(client.page(f"/projektbank/{project.id}"))
    assert "Börja tidigt." in page
    assert "Fler fick jobb." in page


def test_no_persons_are_named(project, client):
    page = words(client.page(f"/projektbank/{project.id}"))
    application = project.application
    for person in (application.signed_by, project.decision.rapporteur, project.decision.decider):
        assert person.name not in page
        assert person.email not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=språkstöd", True),
        ("text=SPRÅK", True),
        ("text=vingåker", True),
        ("text=JOBB+på", True),
        ("text=cykel", False),
        ("lan=04", True),
        ("lan=08", False),
        ("syfte=labour_market", True),
        ("syfte=health", False),
        ("lage=running", True),
        ("lage=closed", False),
        (f"ar={YEAR}", True),
        ("text=100%25", False),
        ("lan=xx&lage=zz", True),
    ],
)
def test_the_list_is_narrowed_by_words_county_purpose_year_and_state(project, client, query, found):
    assert ("Språk och jobb på landsbygden" in words(client.page(f"/projektbank?{query}"))) is found


def test_a_page_that_is_not_there_is_not_found(app, client):
    client.page("/projektbank/999999", status=404)


def test_the_list_asks_the_database_little(app, client, queries):
    make.pots(YEAR)
    for _ in range(4):
        make.project(50_000)
    client.page("/projektbank")
    with queries() as seen:
        client.page("/projektbank")
    assert len(seen) <= 12
