"""Pages of the history: the system's health for the keeper, and what happened in a case."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ..config import VERSION
from ..domain.deeds import was_done
from ..domain.words import capitalised
from ..domain.workflow import WORKFLOWS
from ..models.applications import Application
from ..models.records import Event, Job
from ..services import letters, records
from .gate import me, moment, now, rule

bp = Blueprint("records", __name__)


@bp.app_template_global("sentence_of")
def sentence_of(event: Event) -> str:
    """An event as a sentence, such as "Lars Nyberg skickade in ansökan"."""
    return f"{event.person.name if event.person else 'P37'} {was_done(f'{event.noun}.{event.verb}')}"


@bp.route("/system")
@rule("job.view")
def system() -> Any:
    jobs = letters.waiting()
    check = None
    if request.args.get("kontrollera"):
        check = records.first_broken_row() or 0
    return render_template(
        "records/system.html",
        jobs=[_row(job) for job in jobs],
        failed=sum(job.attempts >= letters.MOST_ATTEMPTS for job in jobs),
        count=records.count(),
        latest_at=records.latest_at(),
        check=check,
        version=VERSION,
    )


@bp.post("/system/jobb/<int:id>/forsok-igen")
@rule("job.retry", Job)
def retry(job: Job) -> Any:
    letters.retry(job, moment())
    flash("Jobbet görs igen.", "good")
    return redirect(url_for(".system"))


def _row(job: Any) -> dict[str, Any]:
    gave_up = job.attempts >= letters.MOST_ATTEMPTS
    state = "Gavs upp" if gave_up else "Görs nu" if job.leased_until and job.leased_until > now() else "Väntar"
    return {
        "number": job.id,
        "gave_up": gave_up,
        "kind": "brev" if job.kind == "mail" else job.kind,
        "state": state,
        "run_at": job.run_at,
        "attempts": job.attempts,
        "error": job.error or "",
    }


@bp.route("/ansokningar/<int:id>/historik")
@rule("application.history", Application)
def history(application: Application) -> Any:
    rows = [(event, _change(event)) for event in records.told(application, me())]
    return render_template("records/history.html", application=application, rows=rows)


def _change(event: Event) -> str:
    """The states before and after in words, when the deed moved the thing."""
    if event.noun not in WORKFLOWS or event.was == event.became or not event.became:
        return ""
    states = WORKFLOWS[event.noun].states
    after = capitalised(states(event.became))
    return f"{capitalised(states(event.was))} → {after}" if event.was else after
