"""A refused deed in a test, undone as the gate undoes it, so that the story can go on."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grants.domain.errors import Refusal, Unmet
from grants.extensions import db
from grants.services import records


@contextmanager
def refused(kind: type[Refusal] = Unmet, *, match: str | None = None) -> Iterator[None]:
    """What happens inside is refused, with a sentence that fits `match`, and leaves no trace."""
    with pytest.raises(kind, match=match), db.session.begin_nested():
        yield
    records.forget()
