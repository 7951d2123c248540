"""The command that loads the demonstration."""

import click
from flask.cli import with_appcontext

from .loading import holds_real_cases, load


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Load the demonstration into an empty database; refuses on one that holds real cases."""
    if holds_real_cases():
        raise click.ClickException("Databasen har redan ärenden eller personer. Demonstrationen läses bara in i en tom databas.")
    load()
    click.echo("Demonstrationsåret är inläst.")
