"""The worker: takes jobs from the outbox one at a time, each in a transaction of its own."""

import logging
import signal
import threading
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from ..extensions import db
from ..services import letters
from .working import work

log = logging.getLogger(__name__)


@click.group("jobs")
def jobs() -> None:
    """The outbox: letters and other things to do after the commit."""


@jobs.command("run")
@click.option("--once", is_flag=True, help="Stop when nothing is due.")
@with_appcontext
def run(once: bool) -> None:
    """Do what is due, and go on until told to stop."""
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    while not stop.is_set():
        if not do_next():
            if once:
                return
            stop.wait(2)


def do_next() -> bool:
    """Do one job that is due; whether there was one. The job is claimed and finished in two short transactions."""
    now = datetime.now(UTC)
    with work():
        job = letters.claim(now)
        claimed = {"id": job.id, "kind": job.kind, "payload": job.payload} if job else None
    db.session.remove()
    if claimed is None:
        return False
    try:
        letters.do(claimed, current_app.config["SETTINGS"])
    except Exception as error:
        log.exception("job %s failed", claimed["id"])
        with work():
            letters.postpone(claimed["id"], datetime.now(UTC), repr(error))
        return True
    with work():
        letters.finish(claimed["id"], datetime.now(UTC))
    return True
