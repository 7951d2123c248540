"""Passwords and tokens: argon2 for what people choose, SHA-256 for what is random already."""

import hashlib
import hmac
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


def hasher(memory_kib: int) -> PasswordHasher:
    """The hasher of this installation; `memory_kib` is its cost per attempt."""
    return PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)


def matches(stored: str | None, password: str, with_hasher: PasswordHasher) -> bool:
    """Whether a password is right. An unknown account costs as much time as a known one."""
    try:
        return with_hasher.verify(stored or _nobodys(with_hasher), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys(with_hasher: PasswordHasher) -> str:
    """A hash that nobody's password has, made once, so that comparing with it takes the usual time."""
    return with_hasher.hash(secrets.token_hex())


def new_token() -> str:
    """A random token for a link or a session (256 bits)."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def mark(kind: str, value: str, key: str) -> str:
    """What is stored of an account or an address that tries to log in: it can't be turned back without the key."""
    return hmac.new(key.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
