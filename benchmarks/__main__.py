"""Run every benchmark and write its rows to benchmarks/results/<name>.csv."""

import csv
import importlib
import pkgutil
import platform
from pathlib import Path

import benchmarks

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    RESULTS.mkdir(exist_ok=True)
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name.startswith("_") or found.name == "bulk":
            continue
        rows = importlib.import_module(f"benchmarks.{found.name}").measure()
        with (RESULTS / f"{found.name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        for row in rows:
            print(found.name, *(f"{key}={value}" for key, value in row.items()))


main()
