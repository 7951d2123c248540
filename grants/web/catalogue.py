"""The public catalogue: what the grant has paid for, and what others can learn from it."""

from typing import Any

from flask import Blueprint, render_template, request

from ..forms.catalogue import CatalogueFilter
from ..models.projects import Project
from ..services import catalogue, organisations
from .gate import rule
from .pages import Paged

bp = Blueprint("catalogue", __name__)


@bp.route("/projektbank")
@rule("catalogue.view")
def index() -> Any:
    form = CatalogueFilter(request.args)
    form.lan.choices = [("", "Alla län"), *organisations.county_choices()]
    form.ar.choices = [("", "Alla år"), *((str(year), str(year)) for year in catalogue.years())]
    return render_template("catalogue/index.html", form=form, page=Paged(_chosen(form)))


def _chosen(form: CatalogueFilter) -> Any:
    said = form.said
    return catalogue.listed(
        text=said["text"], county=said["lan"], purpose=said["syfte"], year=int(said["ar"] or 0) or None, state=said["lage"]
    )


@bp.route("/projektbank/<int:id>")
@rule("catalogue.view", Project)
def show(project: Project) -> Any:
    return render_template("catalogue/show.html", project=project, application=project.application, learned=catalogue.learned(project))
