"""The first person of an installation: somebody has to invite the others."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from ..domain.errors import Refusal
from ..domain.permissions import Actor, Moment
from ..domain.words import Role
from ..services import mandates, organisations
from .working import work

OPERATOR = Actor(None, "P37", None, frozenset({Role.KEEPER}))


@click.command("invite-keeper")
@click.argument("email")
@click.argument("name")
@with_appcontext
def invite_keeper(email: str, name: str) -> None:
    """Make somebody the system's keeper and print the link by which they choose a password."""
    address = current_app.config["SETTINGS"].public_url
    try:
        with work():
            place = next(board for board in organisations.boards() if board.is_coordinating)
            moment = Moment(OPERATOR, datetime.now(UTC))
            _, token = mandates.invite(moment, email=email, name=name, organisation=place, role=Role.KEEPER)
    except Refusal as refusal:
        raise click.ClickException(" ".join(refusal.reasons)) from refusal
    click.echo(f"{address}/inbjudan/{token}" if token else f"{address}/logga-in")
