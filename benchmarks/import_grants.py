"""How long it takes to import 20 000 earlier cases, and to see that the same file is known: on SQLite and PostgreSQL."""

import csv
import time
from datetime import UTC, datetime
from io import StringIO

from flask import Flask
from sqlalchemy import select

from grants.cli.working import work
from grants.domain.importing import GRANTS
from grants.domain.permissions import SYSTEM, Moment
from grants.domain.purposes import PURPOSES
from grants.extensions import db
from grants.models.people import County, Organisation
from grants.services import importing
from tests.postgres import PostgreSQL

from . import bulk

ROWS = 20_000
OUTCOMES = ("beviljad", "delvis beviljad", "avslag", "beviljad", "under beredning")


def measure() -> list[dict[str, object]]:
    """One row per database: rows of the file, seconds to take it in, seconds to find that nothing is new."""
    rows = []
    with PostgreSQL() as server:
        for kind, url in (("sqlite", ""), ("postgresql", server.create_database())):
            app = bulk.database(0, url)
            with app.app_context():
                content = _file()
            first, second = _seconds(app, content, ROWS), _seconds(app, content, 0)
            rows.append({"database": kind, "rows": ROWS, "seconds": first, "again_seconds": second})
    return rows


def _seconds(app: Flask, content: bytes, new: int) -> float:
    began = time.perf_counter()
    with app.app_context(), work():
        assert importing.grants(content, Moment(SYSTEM, datetime.now(UTC))).new == new
    return round(time.perf_counter() - began, 1)


def _file() -> bytes:
    """A file with every kind of outcome, amounts, purposes and days, spread over boards, municipalities and years."""
    boards = db.session.scalars(select(County.code).order_by(County.code)).all()
    applicants = db.session.scalars(select(Organisation.code).where(Organisation.code.is_not(None)).order_by(Organisation.code)).all()
    labels = [label for _, label in PURPOSES.choices()]
    text = StringIO()
    writer = csv.DictWriter(text, [column.name for column in GRANTS], delimiter=";")
    writer.writeheader()
    for n in range(ROWS):
        year, outcome = 2010 + n % 14, OUTCOMES[n % 5]
        granted = 100_000 + n if "bevilj" in outcome else ""
        writer.writerow(
            {
                "reference": f"B-{n}",
                "year": year,
                "scope": "regionell",
                "call": f"Utlysning {year}",
                "board": boards[n % 21],
                "applicant": applicants[n % 290],
                "title": f"Insats {n}",
                "summary": "Vi prövar ett nytt arbetssätt. " * 10,
                "primary_purpose": labels[n % 8],
                "other_purposes": "Hälsa;Samverkan" if n % 3 else "",
                "target_groups": "Nyanlända;Ensamkommande barn",
                "applied_kr": 200_000 + n,
                "outcome": outcome,
                "granted_kr": granted,
                "of_which_returned_kr": granted and n % 4 * 1000,
                "decided_on": f"{year}-06-15" if outcome != "under beredning" else "",
                "starts_on": f"{year}-09-01",
                "ends_on": f"{year + 1}-12-31",
                "status": "avslutad" if granted else "",
                "closed_on": f"{year + 2}-03-01" if granted else "",
                "registration_number": f"851-{n}-{year}",
            }
        )
    return text.getvalue().encode()
