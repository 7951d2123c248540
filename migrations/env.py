"""How migrations run. SQLite: foreign keys off before BEGIN (tables are rebuilt), then checked, in one transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from grants.extensions import writing

database = current_app.extensions["migrate"].db


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=database.metadata, **current_app.extensions["migrate"].configure_args)
    with context.begin_transaction():
        context.run_migrations()


def run_on_sqlite(connection: Connection) -> None:
    connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            run(connection)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise RuntimeError(f"foreign keys broken by the migration: {broken[:5]}")
    finally:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


def main() -> None:
    with writing(), database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            run_on_sqlite(connection)
        else:
            run(connection)
            connection.commit()


main()
