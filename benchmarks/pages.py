"""Latency and queries of the pages that read most, by number of applications, on SQLite and PostgreSQL."""

import os
import time
from contextlib import contextmanager
from statistics import median, quantiles

from flask import Flask
from sqlalchemy import Engine, event

from tests.postgres import PostgreSQL

from . import bulk

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "2000,20000,200000").split(",")]
PAGES = ("/utlysningar", "/arenden", "/projektbank", "/statistik/2024", "/statistik/2024.json")
TIMES = 10


def measure() -> list[dict[str, object]]:
    """One row per database, size and page: milliseconds (median and 95th percentile) and number of queries."""
    rows = []
    with PostgreSQL() as server:
        for size in SIZES:
            for kind, url in (("sqlite", ""), ("postgresql", server.create_database())):
                app = bulk.database(size, url)
                token = bulk.officer(app)
                rows += [{"database": kind, "applications": size, "page": page, **_measure(app, token, page)} for page in PAGES]
    return rows


def _measure(app: Flask, token: str, page: str) -> dict[str, object]:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    with _counted() as seen:
        assert client.get(page).status_code == 200, page
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(page)
        times.append((time.perf_counter() - began) * 1000)
    return {"median_ms": round(median(times), 1), "p95_ms": round(quantiles(times, n=20)[-1], 1), "queries": len(seen)}


@contextmanager
def _counted():
    seen: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany):
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
