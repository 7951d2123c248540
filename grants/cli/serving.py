"""Serve: migrate, load the demonstration into a new embedded database, and run the server and the worker together."""

import os
import signal
import subprocess
import sys
import time

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext

from ..config import Settings
from ..extensions import db
from ..services import reference
from .demo import load, who_can_log_in
from .working import work

SERVER = "--worker-class gthread --workers 2 --threads 4 --log-level warning".split()


@click.command("serve")
@click.option("--port", envvar="PORT", default=8000, show_default=True)
@with_appcontext
def serve(port: int) -> None:
    """Bring everything up to date and serve on 127.0.0.1 until interrupted."""
    settings = current_app.config["SETTINGS"]
    address = f"http://127.0.0.1:{port}"
    _prepare(settings)
    click.echo(who_can_log_in(address))
    db.session.remove()
    db.engine.dispose()
    _run_together(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"],
        [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", *SERVER],
        environment={"PUBLIC_URL": address, **os.environ},
    )


def _prepare(settings: Settings) -> None:
    """Bring schema and reference data up to date; an embedded database that is new gets the demonstration whole."""
    is_new = settings.uses_embedded_database and not (settings.instance / "p37.sqlite").exists()
    try:
        flask_migrate.upgrade()
        with work():
            reference.load()
        if is_new:
            click.echo("Läser in demonstrationen …")
            load()
    except BaseException:
        if is_new:  # Half a demonstration would be taken for a whole one the next time.
            db.session.remove()
            db.engine.dispose()
            for file in settings.instance.glob("p37.sqlite*"):
                file.unlink()
        raise


def _run_together(*commands: list[str], environment: dict[str, str]) -> None:
    """Run the processes until somebody interrupts, or one of them ends by itself; then stop them all."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    running = [subprocess.Popen(command, env=environment) for command in commands]
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        raise click.ClickException("Servern stannade; orsaken står här ovanför. Är porten upptagen? Prova: PORT=8001 make run")
    except KeyboardInterrupt:
        click.echo("Stannar …")
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
