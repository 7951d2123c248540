"""The public catalogue: what the grant has paid for, and what others can learn from it."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from ..extensions import db
from ..forms.catalogue import CatalogueFilter
from ..models.projects import Project
from ..services import catalogue, organisations
from .gate import rule

bp = Blueprint("catalogue", __name__)
PER_PAGE = 50


@bp.route("/projektbank")
@rule("catalogue.view")
def index() -> Any:
    form = CatalogueFilter(request.args)
    form.lan.choices = [("", "Alla län"), *((county.code, county.name) for county in organisations.counties())]
    form.ar.choices = [("", "Alla år"), *((str(year), str(year)) for year in catalogue.years())]
    form.validate()
    page = db.paginate(_chosen(form), per_page=PER_PAGE, max_per_page=PER_PAGE, error_out=False)
    kept = {key: value for key, value in request.args.items() if key != "page"}
    pages = {"number": page.page, "pages": page.pages, "url": lambda n: url_for(".index", **kept, page=n)}
    return render_template("catalogue/index.html", form=form, page=page, pages=pages)


def _chosen(form: CatalogueFilter) -> Any:
    """Only what the form understood narrows the list."""
    said = {name: field.data for name, field in form._fields.items() if field.data and not field.errors}
    return catalogue.listed(
        text=said.get("text", ""),
        county=said.get("lan", ""),
        purpose=said.get("syfte", ""),
        year=int(said.get("ar", 0)) or None,
        state=said.get("lage", ""),
    )


@bp.route("/projektbank/<int:id>")
@rule("catalogue.view", Project)
def show(project: Project) -> Any:
    return render_template("catalogue/show.html", project=project, application=project.application, learned=catalogue.learned(project))
