"""The operator's desk: the `flask` commands. Thin wrappers over services; each commits in `with work()`."""

from flask import Flask

from . import importing, jobs, people, serving, statistics, upkeep
from .demo import demo

COMMANDS = (
    upkeep.upgrade, upkeep.check, people.invite_keeper, jobs.jobs, serving.serve, demo, importing.import_grants, importing.import_pots, importing.import_published, statistics.statistics,
)  # fmt: skip


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
