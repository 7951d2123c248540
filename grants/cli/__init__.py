"""The operator's desk: the `flask` commands. Thin wrappers over services; each commits in `with work()`."""

from flask import Flask

from . import upkeep

COMMANDS = (upkeep.upgrade, upkeep.check)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
