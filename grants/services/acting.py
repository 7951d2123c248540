"""The one door: the only writer of `.state` and of the history. Permission → step → guards → event row."""

from typing import Any

from ..domain.errors import Forbidden, Stale
from ..domain.permissions import Moment, allowed
from ..domain.workflow import WORKFLOWS
from ..extensions import db
from . import records


def act(verb: str, thing: Any, moment: Moment, *, note: str = "") -> None:
    """Carry out one verb on one thing. Nouns without a workflow are only permitted and remembered.

    Raises Forbidden, WrongState or Unmet; then nothing has changed.
    """
    noun = thing.noun
    with db.session.no_autoflush:
        if not allowed(moment.actor, f"{noun}.{verb}", thing.standing):
            raise Forbidden("Du har inte behörighet att göra det här.")
        was = getattr(thing, "state", None)
        if noun in WORKFLOWS:
            thing.state = WORKFLOWS[noun].advance(thing, verb, moment)
    db.session.add(thing)
    records.note(verb, thing, moment, was=was, text=note)


def verbs_for(thing: Any, moment: Moment) -> list[str]:
    """The verbs this person may use on the thing now, in the table's order: what becomes buttons."""
    workflow, standing = WORKFLOWS[thing.noun], thing.standing
    return [v for v in workflow.verbs(thing.state) if allowed(moment.actor, f"{thing.noun}.{v}", standing)]


def obstacles(verb: str, thing: Any, moment: Moment) -> list[str]:
    """Why a verb would be refused by its guards, to show beside a button that waits; empty when it would go through."""
    step = WORKFLOWS[thing.noun].step(verb, thing.state)
    return [reason for guard in step.guards if (reason := guard(thing, moment))]


def expect_version(thing: Any, row_version: int | None) -> None:
    """Raises Stale when somebody else has saved the record since the form was opened."""
    if row_version is not None and row_version != thing.row_version:
        raise Stale("Någon annan har sparat under tiden. Jämför texterna och spara igen.")
