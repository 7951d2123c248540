"""The pages for everybody, and the two probes."""

from itertools import pairwise

import pytest
from sqlalchemy import text

from grants.domain.deeds import DEEDS, NOUNS, REACHES
from grants.domain.permissions import TABLE, Reach
from grants.domain.workflow import WORKFLOWS
from grants.extensions import db
from grants.services import start

from . import make


@pytest.mark.parametrize("address", ["/", "/om", "/tillganglighet", "/personuppgifter", "/kontakt", "/delar", "/hjalp/behorigheter"])
def test_everybody_may_read_the_public_pages(client, address):
    page = client.page(address)
    levels = [int(head.name[1]) for head in page.select("main :is(h1, h2, h3, h4)")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels


def test_the_first_page_shows_open_calls_with_their_deadline_and_no_drafts(client):
    call, draft = make.call(), make.call("draft")
    page = client.page("/").get_text()
    assert call.name in page
    assert "20 dagar kvar" in page
    assert draft.name not in page


def test_the_first_page_says_so_when_no_call_is_open(client):
    assert "Ingen utlysning är öppen just nu" in client.page("/").get_text()


def test_there_are_no_figures_or_projects_before_there_are_decisions(client):
    page = client.page("/").get_text()
    assert "i siffror" not in page
    assert "Lär av andra" not in page
    assert start.year_to_show(make.now().date()) is None


def test_the_first_page_keeps_within_the_query_budget(client, queries):
    for _ in range(15):
        make.call()
    client.page("/om")
    with queries() as seen:
        client.page("/")
    assert len(seen) <= 12


def test_every_row_of_the_permission_table_is_printed_in_swedish(client):
    assert set(DEEDS) == set(TABLE)
    assert {key.split(".")[0] for key in TABLE} == set(NOUNS)
    assert {reach.value for reach in Reach} == set(REACHES)
    page = client.page("/hjalp/behorigheter").get_text()
    assert "Skriva under och skicka in ansökan" in page
    assert "firmatecknare: egna" in page


def test_every_step_of_every_workflow_has_a_sentence_for_the_history():
    for workflow in WORKFLOWS.values():
        for step in workflow.steps:
            assert DEEDS[f"{workflow.noun}.{step.verb}"][1], f"{workflow.noun}.{step.verb}"


def test_all_boards_can_be_contacted(client):
    board = make.board("04")
    board.contact_email = "sodermanland@lansstyrelsen.se"
    page = client.page("/kontakt")
    assert len(page.select("tbody tr")) == 21
    assert page.select_one("a[href='mailto:sodermanland@lansstyrelsen.se']")


def test_the_probes_tell_that_the_process_lives_and_the_database_is_migrated(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_database_of_another_version_is_not_ready(client):
    db.session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "not ready"}
