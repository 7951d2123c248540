"""The applicant's first page and its list of applications."""

from typing import Any

from flask import redirect, render_template, url_for

from ...domain.ball import of_case, steps
from ...domain.words import APPLICANT_ROLES, ApplicationState, ReportState, Role
from ...services import calls
from ...services.applications import own
from ..gate import me, moment, now, rule
from ..pages import Paged
from .blueprint import bp

MOST_CALLS = 5


@bp.route("/oversikt")
@rule("application.view")
def overview() -> Any:
    if not me().has(*APPLICANT_ROLES):
        return redirect(url_for(".cases"))
    drafts, cases = own.drafts(me()), own.live_cases(me())
    open_calls = [call for call in calls.phases(me(), now()).open if not calls.refusal_to_apply(call, me())]
    return render_template(
        "applications/overview.html", today=moment().today, drafts=drafts, cases=cases, dates=own.dates(moment(), drafts, cases),
        calls=open_calls[:MOST_CALLS], of_case=of_case, steps_of=steps, to_sign=_to_sign(drafts), sent_back=_sent_back(cases),
    )  # fmt: skip


def _to_sign(drafts: list[own.Draft]) -> list[Any]:
    """What waits for this person's signature."""
    waiting = [draft.application for draft in drafts if draft.application.state == ApplicationState.READY]
    return waiting if me().has(Role.SIGNATORY) else []


def _sent_back(cases: list[Any]) -> list[Any]:
    """Reports that the board has asked to have completed."""
    return [report for case in cases if case.project for report in case.project.reports if report.state == ReportState.SENT_BACK]


@bp.route("/ansokningar")
@rule("application.view")
def index() -> Any:
    if not me().has(*APPLICANT_ROLES):
        return redirect(url_for(".cases"))
    return render_template("applications/index.html", page=Paged(own.listed(me()).options(*own.for_the_list())))
