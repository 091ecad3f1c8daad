"""Who is let in: systems by key and secret, lessons by the token of their launch."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field
from threading import Lock

from app.core.base.actor import Actor
from app.core.learning import OneLaunch, Reach, Statements, WholeStore

BASE_PATH = ("xapi",)
"""Where the endpoint lies on its host."""

_FORGOTTEN_FETCHES = 1000
"""How many used fetch addresses are remembered, so that a second use is told from a wrong one."""


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody who was let in, and how far."""

    actor: Actor
    reach: Reach
    statements: Statements | None = None
    """The store it leads to; None: the endpoint's own."""


@dataclass(slots=True)
class Doors:
    """Every way in that is open now. Secrets are kept as hashes and compared as such."""

    _open: dict[bytes, Access] = field(default_factory=dict)
    _answered: dict[bytes, int] = field(default_factory=dict)
    """By the token of a launch: how many of its requests have been answered."""
    _fetches: dict[bytes, str | None] = field(default_factory=dict)
    """By one-time address: the token it gives once; None when it was given."""
    _lock: Lock = field(default_factory=Lock)

    def open_for_system(self, actor: Actor, key: str, secret: str) -> None:
        """Let in who knows `key` and `secret`, with the actor's rights."""
        with self._lock:
            self._open[_digest(token_of(key, secret))] = Access(actor, WholeStore())

    def open_for_launch(
        self, actor: Actor, launch: OneLaunch, statements: Statements | None
    ) -> tuple[str, str]:
        """Let in one launch; return its token and the name of its one-time fetch address."""
        token = token_of(secrets.token_urlsafe(12), secrets.token_urlsafe(24))
        name = secrets.token_urlsafe(24)
        with self._lock:
            self._open[_digest(token)] = Access(actor, launch, statements)
            self._answered[_digest(token)] = 0
            self._fetches[_digest(name)] = token
        return token, name

    def close(self, token: str) -> None:
        """Let a token in no more; its fetch address gives nothing any more either."""
        with self._lock:
            self._open.pop(_digest(token), None)
            self._answered.pop(_digest(token), None)
            for name, kept in self._fetches.items():
                if kept == token:
                    self._fetches[name] = None
            while len(self._fetches) > _FORGOTTEN_FETCHES:
                self._fetches.pop(next(iter(self._fetches)))

    def fetch(self, untrusted_name: str) -> str | None:
        """Return the token of a one-time address, the first time only. Raises KeyError for no such."""
        with self._lock:
            name = _digest(untrusted_name)
            token = self._fetches[name]
            self._fetches[name] = None
            return token

    def enter(self, untrusted_header: str) -> Access | None:
        """Return the access of an Authorization header, or None when it opens nothing."""
        digest = _digest_of(untrusted_header)
        with self._lock:
            return None if digest is None else self._open.get(digest)

    def count(self, untrusted_header: str) -> None:
        """Note that a request with an Authorization header has been answered."""
        self._count(_digest_of(untrusted_header))

    def count_fetch(self, token: str) -> None:
        """Note that a launch has been given its token."""
        self._count(_digest(token))

    def answered(self, token: str) -> int:
        """Return how many requests of a launch have been answered; none once it is closed."""
        with self._lock:
            return self._answered.get(_digest(token), 0)

    def _count(self, digest: bytes | None) -> None:
        with self._lock:
            if digest in self._answered:
                self._answered[digest] += 1


def token_of(key: str, secret: str) -> str:
    """Return what stands after `Basic` in the Authorization header (RFC 7617)."""
    return base64.b64encode(f"{key}:{secret}".encode()).decode("ascii")


def _digest_of(untrusted_header: str) -> bytes | None:
    scheme, _space, token = untrusted_header.strip().partition(" ")
    return _digest(_canonical(token.strip())) if scheme.lower() == "basic" else None


def _canonical(token: str) -> str:
    """Return a token in the one spelling, however its padding was written."""
    try:
        return base64.b64encode(base64.b64decode(token + "=" * (-len(token) % 4))).decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
