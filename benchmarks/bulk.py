"""A database with many applications, loaded in bulk: for measuring, never for testing rules."""

import tempfile
from datetime import UTC, date, datetime, timedelta

import flask_migrate
from flask import Flask
from sqlalchemy import insert, select

from grants.app import create_app
from grants.cli.working import work
from grants.config import Settings
from grants.domain.purposes import Purpose
from grants.domain.words import ApplicationState, CallState, Channel, DecisionState, Outcome, PotSource, ProjectState, Role, Round, Scope
from grants.extensions import db
from grants.models.applications import Application
from grants.models.calls import Call
from grants.models.decisions import Decision, Financing
from grants.models.people import Mandate, Organisation, Person
from grants.models.projects import Project
from grants.services import people, reference

PURPOSES = tuple(Purpose)
STARTED = datetime(2015, 5, 1, 12, tzinfo=UTC)


def database(count: int, url: str = "") -> Flask:
    """An app on a new database with `count` decided applications, spread over boards and the years 2015–2024."""
    folder = tempfile.mkdtemp(prefix="p37-bench-")
    app = create_app(Settings(database_url=url, instance_path=folder, secret_key="only for measuring"))
    with app.app_context():
        flask_migrate.upgrade()
        with work():
            reference.load()
            boards = db.session.scalars(select(Organisation.id).where(Organisation.kind == "board").order_by(Organisation.id)).all()
            municipalities = db.session.scalars(
                select(Organisation.id).where(Organisation.kind == "municipality").order_by(Organisation.id)
            ).all()
            _calls(boards)
            for first in range(0, count, 5000):
                _some(range(first, min(first + 5000, count)), boards, municipalities)
        db.session.remove()
    return app


def _calls(boards) -> None:
    rows = [
        {
            "id": year * 100 + place,
            "board_id": board,
            "scope": Scope.REGIONAL,
            "year": year,
            "round": Round.ORDINARY,
            "name": f"Utlysning {year}",
            "state": CallState.PUBLISHED,
            "published_number": 0,
            "is_imported": True,
            "row_version": 1,
        }
        for year in range(2015, 2025)
        for place, board in enumerate(boards)
    ]
    db.session.execute(insert(Call), rows)


def _some(numbers: range, boards, municipalities) -> None:
    applications, decisions, financing, projects = [], [], [], []
    for n in numbers:
        year, place = 2015 + n % 10, n // 10 % len(boards)
        arrived = STARTED.replace(year=year) + timedelta(minutes=n % 5000)
        asked, granted = 200_000 + n % 700 * 1000, n % 5 > 0
        applications.append(
            {
                "id": n + 1,
                "reference": f"B-{n:07}",
                "call_id": year * 100 + place,
                "board_id": boards[place],
                "applicant_id": municipalities[n % len(municipalities)],
                "state": ApplicationState.DECIDED,
                "channel": Channel.IMPORT,
                "title": f"Insats nummer {n}",
                "summary": "En insats för nyanlända.",
                "primary_purpose": PURPOSES[n % 8],
                "applied_kr": asked,
                "changed_at": arrived,
                "arrived_at": arrived,
                "starts_on": date(year, 9, 1),
                "ends_on": date(year + 1, 12, 31),
                "is_imported": True,
                "registration_number": f"851-{n}-{year}",
                "row_version": 1,
            }
        )
        decisions.append(
            {
                "id": n + 1,
                "application_id": n + 1,
                "state": DecisionState.DECIDED,
                "outcome": Outcome.GRANTED if granted else Outcome.REJECTED,
                "granted_kr": asked if granted else None,
                "conditions": [],
                "decided_on": date(year, 6, 15),
                "is_imported": True,
                "row_version": 1,
            }
        )
        if granted:
            financing.append({"decision_id": n + 1, "source": PotSource.ALLOCATION, "amount_kr": asked})
            closed = date(year + 2, 3, 1) if year < 2023 else None
            projects.append(
                {
                    "application_id": n + 1,
                    "decision_id": n + 1,
                    "state": ProjectState.CLOSED if closed else ProjectState.RUNNING,
                    "closed_on": closed,
                    "is_imported": True,
                }
            )
    for table, rows in ((Application, applications), (Decision, decisions), (Financing, financing), (Project, projects)):
        db.session.execute(insert(table), rows)


def officer(app: Flask) -> str:
    """A session's token for an officer who is also an auditor and so reads every case."""
    with app.app_context(), work():
        board = db.session.scalars(select(Organisation).where(Organisation.kind == "board").order_by(Organisation.id)).first()
        person = Person(name="Mätare", email="matare@bench.example")
        person.mandates = [Mandate(organisation=board, role=role, from_on=date(2015, 1, 1)) for role in (Role.OFFICER, Role.AUDITOR)]
        db.session.add(person)
        db.session.flush()
        return people.open_session(person, datetime.now(UTC), board.id)
