"""One transaction of a command or a job."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..extensions import db, writing
from ..services import records


@contextmanager
def work() -> Iterator[None]:
    """Everything inside is sealed and committed together, or not at all."""
    with writing():
        try:
            yield
            records.seal()
            db.session.commit()
        except BaseException:
            records.forget()
            db.session.rollback()
            raise
