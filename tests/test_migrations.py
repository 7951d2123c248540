"""The migrations and the models say the same, on both databases, triggers and checks included."""

import re

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from grants.extensions import db
from grants.models.base import Base

from .conftest import prepared, settings_for

SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version' AND sql IS NOT NULL",
    "postgresql": """
        SELECT 'check', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'
        AND connamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    """,
}


def schema() -> set[tuple[str, str, tuple[str, ...]]]:
    rows = db.session.execute(text(SCHEMA[db.engine.dialect.name])).all()
    return {(kind, name, _settled(sql)) for kind, name, sql in rows}


def _settled(sql: str) -> tuple[str, ...]:
    """The parts of a definition in a settled order: a table's constraints may be written in any."""
    words = " ".join(sql.replace('"', "").split()).replace(" )", ")").removesuffix(")")
    return tuple(sorted(part.strip() for part in re.split(r", (?=CONSTRAINT)", words)))


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request, tmp_path):
    app = prepared(settings_for(request.param, tmp_path, request))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_models_and_the_migrations_agree(fresh):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_checks_triggers_and_indexes_agree_to_the_letter(fresh):
    migrated = schema()
    db.session.rollback()
    db.drop_all()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION event_append_only, posting_append_only"))
    db.create_all()
    assert schema() == migrated


def test_bringing_up_to_date_twice_changes_nothing(fresh):
    before = schema()
    db.session.rollback()
    flask_migrate.upgrade()
    assert schema() == before
