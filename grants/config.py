"""Every setting, its default and what it is for. Read once, in create_app; the environment uses the upper-case name."""

import os
import secrets
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

VERSION = "1.0.0"


@dataclass(frozen=True)
class Settings:
    database_url: str = ""  # Empty: SQLite in the instance folder.
    instance_path: str = ""  # Empty: instance/ beside the package.
    secret_key: str = ""  # Empty: made once and kept in the instance folder.
    public_url: str = "http://127.0.0.1:8000"  # Where links in letters lead.
    behind_proxy: bool = False  # Trust one proxy's X-Forwarded headers.
    secure_cookies: bool = False  # Send cookies over HTTPS only.
    smtp_host: str = ""  # Empty: letters are written to instance/mail/.
    smtp_port: int = 25
    mail_from: str = "p37@localhost"
    argon2_memory_kib: int = 19456  # Cost of hashing a password.
    session_idle_hours: int = 8
    session_days: int = 14
    largest_upload_mib: int = 20

    @classmethod
    def from_environment(cls) -> Self:
        """Settings with what the environment says in place of the defaults."""
        given = {field.name: os.environ[field.name.upper()] for field in fields(cls) if field.name.upper() in os.environ}
        return cls(**{name: _typed(getattr(cls, name), text) for name, text in given.items()})

    @property
    def instance(self) -> Path:
        default = Path(__file__).resolve().parent.parent / "instance"
        return Path(self.instance_path).resolve() if self.instance_path else default

    @property
    def uses_embedded_database(self) -> bool:
        return not self.database_url

    @property
    def database_uri(self) -> str:
        """The address that SQLAlchemy wants; the short PostgreSQL forms are accepted."""
        if self.uses_embedded_database:
            return f"sqlite:///{self.instance / 'p37.sqlite'}"
        for short in ("postgres://", "postgresql://"):
            if self.database_url.startswith(short):
                return "postgresql+psycopg://" + self.database_url.removeprefix(short)
        return self.database_url

    def key(self) -> str:
        """The secret key: given, or made once and kept beside the database, readable by its owner alone."""
        if self.secret_key:
            return self.secret_key
        self.instance.mkdir(parents=True, exist_ok=True)
        path = self.instance / "secret_key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32))
        return path.read_text()


def _typed(default: object, text: str) -> object:
    if isinstance(default, bool):
        return text.lower() in ("1", "true", "yes", "ja")
    return int(text) if isinstance(default, int) else text
