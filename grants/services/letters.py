"""The outbox: jobs are rows written with the change that asks for them, and done afterwards by a worker.

Nothing leaves the house before the commit; nothing that was committed is lost. A worker that dies gives its job
back when the lease runs out.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..config import Settings
from ..domain.errors import WrongState
from ..domain.permissions import Moment
from ..extensions import db
from ..models.records import Job
from .acting import act

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8


def mail(to: str, subject: str, text: str, moment: Moment, *, leads_to: str, dedupe: str | None = None) -> None:
    """Put a letter in the outbox. Its last line will be the whole address of the page it `leads_to`, such as "/beslut/7".

    `dedupe`: a key that lets the same letter be written once only.
    """
    if dedupe and db.session.scalar(select(Job.id).where(Job.dedupe == dedupe)):
        return
    payload = {"to": to, "subject": subject, "text": text, "leads_to": leads_to}
    db.session.add(Job(kind="mail", payload=payload, dedupe=dedupe, run_at=moment.now))


def claim(now: datetime) -> Job | None:
    """Lease the next job that is due, skipping those that other workers hold. The caller commits."""
    free = (Job.leased_until.is_(None)) | (Job.leased_until < now)
    ready = (Job.done_at.is_(None)) & (Job.run_at <= now) & free & (Job.attempts < MOST_ATTEMPTS)
    job = db.session.scalar(select(Job).where(ready).order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True))
    if job:
        job.attempts += 1
        job.leased_until = now + LEASE
    return job


def finish(job_id: int, now: datetime) -> None:
    """Mark a job done and forget its text and link, which may open something. The caller commits."""
    job = db.session.get_one(Job, job_id)
    job.done_at, job.leased_until, job.error = now, None, None
    job.payload = {name: value for name, value in job.payload.items() if name not in ("text", "leads_to")}


def postpone(job_id: int, now: datetime, why: str) -> None:
    """Give a job back to be tried later, with doubled patience each time. The caller commits."""
    job = db.session.get_one(Job, job_id)
    job.error, job.leased_until = why[:2000], None
    job.run_at = now + timedelta(minutes=2 ** min(job.attempts, 10))


def retry(job: Job, moment: Moment) -> None:
    """Let a job that was given up be tried anew, at once. Raises WrongState for one that is done or waits its turn."""
    if job.done_at or job.attempts < MOST_ATTEMPTS:
        raise WrongState("Jobbet är inte uppgivet. Det görs av sig självt.")
    act("retry", job, moment)
    job.attempts, job.run_at = 0, moment.now


def do(job: dict[str, Any], settings: Settings) -> None:
    """Carry out one claimed job, given as {"id", "kind", "payload"}."""
    WORK[job["kind"]](job, settings)


def _send(job: dict[str, Any], settings: Settings) -> None:
    message, letter = EmailMessage(), job["payload"]
    message["From"], message["To"] = settings.mail_from, letter["to"]
    message["Subject"], message["Message-ID"] = letter["subject"], f"<{job['id']}@p37>"
    message.set_content(f"{letter['text'].strip()}\n\n{settings.public_url.rstrip('/')}{letter['leads_to']}\n")
    if settings.smtp_host:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=30) as server:
            server.send_message(message)
        return
    folder = Path(settings.instance, "mail")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{job['id']:06}.eml").write_bytes(message.as_bytes())


WORK: dict[str, Callable[[dict[str, Any], Settings], None]] = {"mail": _send}


def waiting(limit: int = 50) -> list[Job]:
    """Jobs not done yet, oldest first."""
    return list(db.session.scalars(select(Job).where(Job.done_at.is_(None)).order_by(Job.id).limit(limit)))
