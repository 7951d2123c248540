"""Serve: migrate, load the demonstration into a new embedded database, and run the server and the worker together."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext

from ..services import reference
from .demo import load, who_can_log_in
from .working import work


@click.command("serve")
@click.option("--port", envvar="PORT", default=8000, show_default=True)
@with_appcontext
def serve(port: int) -> None:
    """Bring everything up to date and serve on 127.0.0.1 until interrupted."""
    settings = current_app.config["SETTINGS"]
    is_new = settings.uses_embedded_database and not (settings.instance / "p37.sqlite").exists()
    flask_migrate.upgrade()
    with work():
        reference.load()
    if is_new:
        click.echo("Läser in demonstrationsåret …")
        load()
    click.echo(who_can_log_in(f"http://127.0.0.1:{port}"))
    _run_together(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"],
        [
            sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
            "--workers", "2", "--threads", "4", "--log-level", "warning",
        ],
    )


def _run_together(*commands: list[str]) -> None:
    """Run the processes until one of them ends or somebody interrupts; then stop them all."""
    running = [subprocess.Popen(command, env=os.environ) for command in commands]

    def stop(sign: int, frame: FrameType | None) -> None:
        for process in running:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
    except KeyboardInterrupt:
        pass
    finally:
        stop(signal.SIGTERM, None)
        for process in running:
            process.wait(timeout=30)
