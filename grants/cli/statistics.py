"""The annual statistics on standard output, for scripts. Nothing else is written there."""

import click
from flask.cli import with_appcontext

from ..schemas.statistics import as_csv, as_json
from ..services.statistics import annual as annual_figures


@click.group("statistics")
def statistics() -> None:
    """The figures of the annual report."""


@statistics.command("annual")
@click.option("--year", type=click.IntRange(2000, 2100), required=True)
@click.option("--format", "shape", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@with_appcontext
def annual(year: int, shape: str) -> None:
    """The statistics of a year."""
    write = {"json": as_json, "csv": as_csv}[shape]
    click.echo(write(annual_figures(year)), nl=False)
