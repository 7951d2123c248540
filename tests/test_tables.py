"""The two tables: laws that no cell may break, and lives that no step may leave."""

import pytest

from grants.domain.permissions import TABLE, Actor, Reach, Standing, allowed
from grants.domain.words import APPLICANT_ROLES, BOARD_ROLES, Role
from grants.domain.workflow import WORKFLOWS

STEPS = [(w, step) for w in WORKFLOWS.values() for step in w.steps]
NATIONWIDE = {Reach.EVERY, Reach.EVERY_OFFICIAL}


def roles_that_may(key: str) -> set[Role]:
    return set(TABLE[key])


@pytest.mark.parametrize(("workflow", "step"), STEPS, ids=lambda x: getattr(x, "verb", getattr(x, "noun", "")))
def test_every_step_says_who_may_take_it(workflow, step):
    assert TABLE.get(f"{workflow.noun}.{step.verb}"), f"{workflow.noun}.{step.verb} has no permission row"


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=lambda w: w.noun)
def test_every_state_can_be_reached_and_no_step_is_ambiguous(workflow):
    reached, seen = {None}, set()
    for _ in workflow.states:
        for step in workflow.steps:
            if reached & set(step.sources) and step.target is not None:
                reached.add(step.target)
    assert reached - {None} == set(workflow.states)
    for step in workflow.steps:
        for source in step.sources:
            assert (step.verb, source) not in seen, f"{step.verb} from {source} leads two ways"
            seen.add((step.verb, source))


def test_an_auditor_only_reads():
    for key in TABLE:
        if Role.AUDITOR in TABLE[key]:
            assert key.split(".")[1] in ("view", "history", "follow"), key


def test_an_auditor_never_reaches_drafts():
    for key, cells in TABLE.items():
        if key.split(".")[0] in ("application", "decision", "review", "report"):
            assert cells.get(Role.AUDITOR) in (None, Reach.EVERY_OFFICIAL), key


def test_boards_never_reach_drafts_of_applications_or_reports():
    for key, cells in TABLE.items():
        if key.split(".")[0] in ("application", "report") and key != "application.register":
            for role in (*BOARD_ROLES, Role.MONEY_COORDINATOR, Role.REPORT_COORDINATOR, Role.KEEPER):
                assert cells.get(role) in (None, Reach.BOARD_OFFICIAL, Reach.EVERY_OFFICIAL, Reach.ASSIGNED), f"{key} {role}"


def test_who_prepares_never_decides():
    assert roles_that_may("decision.propose").isdisjoint(roles_that_may("decision.decide"))
    assert roles_that_may("application.settle") == roles_that_may("decision.decide") == {Role.DECIDER}


def test_only_a_signatory_binds_the_organisation():
    for key in ("application.submit", "application.withdraw", "report.submit"):
        assert roles_that_may(key) == {Role.SIGNATORY}, key


def test_applicants_never_touch_the_boards_side():
    for key, cells in TABLE.items():
        for role in APPLICANT_ROLES:
            assert cells.get(role) in (None, Reach.OWN, Reach.OWN_OFFICIAL), f"{key} {role}"


def test_nobody_acts_on_what_they_cannot_see():
    for key, cells in TABLE.items():
        noun, verb = key.split(".")
        view = TABLE.get(f"{noun}.view")
        if view is None or verb in ("view", "record", "start"):
            continue
        for role in cells:
            assert role in view or Role.ANYONE in view or role is Role.SYSTEM or cells[role] in NATIONWIDE, f"{key}: {role} acts unseen"


def test_the_keeper_has_no_cases():
    for key in TABLE:
        if key.split(".")[0] in ("application", "review", "decision", "project", "report", "payment", "claim"):
            assert Role.KEEPER not in TABLE[key], key


def test_only_the_system_records_what_was_before_it():
    for key in TABLE:
        if key.endswith(".record"):
            assert set(TABLE[key]) == {Role.SYSTEM}, key


def test_who_is_conflicted_loses_the_case_whatever_the_role():
    for role in Role:
        actor = Actor(7, "Jävig", 1, frozenset({role}))
        standing = Standing(1, 1, 7, official=True, public=True, assessors=frozenset({7}), recused=frozenset({7}))
        for key in TABLE:
            assert not allowed(actor, key, standing), f"{key} {role}"
