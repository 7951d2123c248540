"""Pages for everybody: the first page, about, accessibility, privacy, contact, the parts, permissions, and two probes."""

from functools import cache
from typing import Any

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, render_template
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ..domain.deeds import NOUNS, REACHES, may_do
from ..domain.permissions import TABLE, Reach
from ..domain.words import Role, label
from ..extensions import db
from ..forms import gallery
from ..services import calls, organisations, start, statistics
from .gate import me, moment, now, public

bp = Blueprint("start", __name__)


@bp.route("/")
@public("the first page")
def show() -> Any:
    year = start.year_to_show(moment().today)
    return render_template(
        "start/show.html",
        found=calls.phases(me(), now()),
        figures=statistics.annual(year) if year else None,
        projects=start.projects_to_learn_from(),
    )


@bp.route("/om")
@public("what the grant is")
def about() -> Any:
    return render_template("start/about.html")


@bp.route("/tillganglighet")
@public("lagen (2018:1937) 13 § demands it")
def accessibility() -> Any:
    return render_template("start/accessibility.html")


@bp.route("/personuppgifter")
@public("dataskyddsförordningen, articles 13 and 26, demands it")
def privacy() -> Any:
    return render_template("start/privacy.html", days=current_app.config["SETTINGS"].session_days)


@bp.route("/kontakt")
@public("whom to ask")
def contact() -> Any:
    return render_template("start/contact.html", boards=organisations.boards())


@bp.route("/delar")
@public("the parts of the pages, for those who build")
def parts() -> Any:
    return render_template(
        "pages/components.html", form=gallery.example(), filters=gallery.GalleryFilter(), counties=organisations.counties(), dense=False
    )


@bp.route("/hjalp/behorigheter")
@public("who may do what is no secret")
def permissions() -> Any:
    return render_template("start/permissions.html", groups=_printed())


@cache
def _printed() -> list[tuple[str, list[dict[str, str]]]]:
    """The permission table by noun, each cell in words. Deeds of the system alone are left out."""
    groups: dict[str, list[dict[str, str]]] = {}
    for key, cells in TABLE.items():
        if people := {role: reach for role, reach in cells.items() if role is not Role.SYSTEM}:
            groups.setdefault(NOUNS[key.split(".")[0]], []).append({"deed": may_do(key).capitalize(), "who": _who(people)})
    return list(groups.items())


def _who(cells: dict[Role, Reach]) -> str:
    """The roles of a row, gathered by how close they must stand: "handläggare, ekonom: den egna länsstyrelsens"."""
    by_reach: dict[Reach, list[str]] = {}
    for role, reach in cells.items():
        by_reach.setdefault(reach, []).append(label(role))
    return " · ".join(f"{', '.join(roles)}: {REACHES[reach]}" for reach, roles in by_reach.items())


@bp.route("/healthz")
@public("whether the process lives")
def healthz() -> Any:
    return {"status": "ok"}


@bp.route("/readyz")
@public("whether the database is there and migrated")
def readyz() -> Any:
    try:
        is_ready = set(db.session.scalars(text("SELECT version_num FROM alembic_version"))) == _heads()
    except SQLAlchemyError:
        is_ready = False
    return ({"status": "ready"}, 200) if is_ready else ({"status": "not ready"}, 503)


@cache
def _heads() -> set[str]:
    """The newest migrations of the code that runs."""
    return set(ScriptDirectory(current_app.extensions["migrate"].directory).get_heads())
