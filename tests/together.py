"""Several people at the same moment: threads with transactions and connections of their own."""

from collections.abc import Callable
from threading import Barrier, Thread

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from grants.cli.working import work
from grants.domain.errors import Refusal


def at_once(shared, *deeds: Callable[[], None]) -> list[Exception | None]:
    """Run each deed in a thread and a transaction of its own, all begun together; what each was answered."""
    app, kind = shared
    start, middle = Barrier(len(deeds), timeout=30), Barrier(len(deeds), timeout=30)
    answers: list[Exception | None] = []

    def run(deed: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            try:
                with work():
                    if kind == "postgresql":  # SQLite's writers stand in line from the start.
                        middle.wait()
                    deed()
                answers.append(None)
            except (Refusal, StaleDataError, IntegrityError) as refusal:
                answers.append(refusal)

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == len(deeds)
    return answers
