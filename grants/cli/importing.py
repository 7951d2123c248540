"""Commands that take in earlier years from files: all of a file or nothing, every fault with its line and column."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, BinaryIO

import click
from flask.cli import with_appcontext

from ..domain.errors import Unmet
from ..domain.permissions import SYSTEM, Moment
from ..services import importing
from .working import work

FILE = click.argument("file", type=click.File("rb"))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Tell what is wrong and what is new, and store nothing.")


@click.command("import-grants")
@FILE
@DRY_RUN
@with_appcontext
def import_grants(file: BinaryIO, dry_run: bool) -> None:
    """Take in the cases of earlier years."""
    _take(importing.grants, file, dry_run, "ärenden")


@click.command("import-pots")
@FILE
@DRY_RUN
@with_appcontext
def import_pots(file: BinaryIO, dry_run: bool) -> None:
    """Take in what the pots held in earlier years."""
    _take(importing.pots, file, dry_run, "potter")


@click.command("import-published")
@FILE
@DRY_RUN
@with_appcontext
def import_published(file: BinaryIO, dry_run: bool) -> None:
    """Take in figures that were published in earlier years."""
    _take(importing.published, file, dry_run, "publicerade siffror")


def _take(deed: Callable[..., Any], file: BinaryIO, dry_run: bool, what: str) -> None:
    try:
        with work():
            taken = deed(file.read(), Moment(SYSTEM, datetime.now(UTC)), only_check=dry_run)
    except Unmet as refusal:
        for reason in refusal.reasons:
            click.echo(reason, err=True)
        raise click.ClickException(f"Ingenting är inläst. Antal fel: {len(refusal.reasons)}.") from None
    done = "Provkörning, ingenting är inläst. Nya" if dry_run else "Inlästa"
    click.echo(f"{done} {what}: {taken.new}. Kända sedan tidigare: {taken.known}.")
