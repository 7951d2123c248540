"""The extensions, and how a connection begins. SQLite: foreign keys on, WAL, and BEGIN IMMEDIATE for those who write,
since a reader that turns writer halfway may be refused at once however long it was willing to wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from flask import current_app
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event

from .models.base import Base

db = SQLAlchemy(model_class=Base, session_options={"join_transaction_mode": "create_savepoint"})
migrate = Migrate(render_as_batch=True, compare_type=True)
login = LoginManager()
login.session_protection = None  # The cookie holds the token and nothing else; sessions are revoked in the database.
csrf = CSRFProtect()

_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside take the write lock from the start."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")
        # SQLite's own lower() knows a to z only; searches must also find Örebro under "örebro".
        connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def instance_folder() -> Path:
    """Where this installation keeps its files."""
    return Path(current_app.instance_path)
