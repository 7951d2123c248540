"""Upkeep: bring schema and reference data up to date, and check that nothing has been tampered with."""

import click
import flask_migrate
from flask.cli import with_appcontext

from ..services import records, reference
from .working import work


@click.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Bring schema and reference data up to date, in an empty or older database."""
    flask_migrate.upgrade()
    with work():
        reference.load()


@click.command("check")
@with_appcontext
def check() -> None:
    """Walk the history's chain of hashes."""
    broken = records.first_broken_row()
    if broken:
        raise click.ClickException(f"Historiken är bruten vid rad {broken}.")
    click.echo(f"Historiken är hel: {records.count()} rader.")
