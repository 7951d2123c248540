"""The history and the ledger are append-only: the database itself refuses to change or remove a row."""

from sqlalchemy import DDL, Table, event

from .pots import Posting
from .records import Event

SQLITE = "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
POSTGRESQL = (
    "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
)


def statements(table: str, dialect: str) -> list[str]:
    """What guards a table on one of the two databases."""
    if dialect == "sqlite":
        return [SQLITE.format(table=table, verb=verb) for verb in ("update", "delete")]
    return [statement.format(table=table) for statement in POSTGRESQL]


def _guard(table: Table) -> None:
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(table.name, dialect):
            guard = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", guard)


for guarded in (Event.__table__, Posting.__table__):
    _guard(guarded)  # type: ignore[arg-type]
