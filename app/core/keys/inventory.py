"""The keys a site knows, as people look through them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.keys.certificates import KeyCertificate, KeyKind
from app.core.keys.ring import KeyRing
from app.core.keys.words import fingerprint_words, shown

ROTATE_AFTER = timedelta(days=365)


class KeyState(StrEnum):
    """How a key stands."""

    IN_USE = "in use"
    OLD = "old"
    """In use, and older than a year: time to rotate it."""
    REPLACED = "replaced"
    """Another key has taken its place."""
    EXPIRED = "expired"
    REVOKED = "revoked"
    TOO_MANY = "too many"
    """A station beyond the number that its site file allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """One key of the inventory."""

    kind: KeyKind
    label: str
    """Whose it is, told apart from others of that name."""
    name: str
    """What its owner is called, and nothing else."""
    key: bytes
    """Fingerprint."""
    words: str
    site_id: UUID
    is_own_site: bool
    is_this_pc: bool
    issued_at: datetime
    valid_until: datetime
    state: KeyState
    reason: str = ""
    """Why it was revoked."""
    stations: int = 0
    """How many stations an enrolment key may certify."""

    def age(self, now: datetime) -> timedelta:
        """Return how long the key has been certified."""
        return now - self.issued_at


def inventory(ring: KeyRing, site_id: UUID, station: bytes, now: datetime) -> tuple[KeyLine, ...]:
    """Return every key that was ever believed here: own ones first, then by kind and label."""
    since = ring.first_certified()
    pairs = [(_as_first(paper, since), lists) for paper, lists in ring.certificates()]
    replaced = {paper.succeeds for paper, _lists in pairs if paper.succeeds}
    lines = []
    for paper, revocations in pairs:
        state = _state(paper, replaced, now, is_revoked=bool(revocations))
        reason = shown(revocations[0].reason) if revocations else ""
        line = _line(paper, state, reason, site_id, station)
        lines.append(replace(line, label=ring.names[paper.fingerprint]))
    lines += [
        _line(paper, KeyState.TOO_MANY, "", site_id, station) for paper in ring.refused_by_number()
    ]
    kinds = list(KeyKind)
    return tuple(
        sorted(
            lines,
            key=lambda one: (not one.is_own_site, kinds.index(one.kind), one.label, one.issued_at),
        )
    )


def _as_first(paper: KeyCertificate, since: Mapping[bytes, int]) -> KeyCertificate:
    """Return a paper as of the day of its key's first: a key is no younger for a newer paper."""
    first = since.get(paper.fingerprint, paper.issued_at)
    return msgspec.structs.replace(paper, issued_at=min(first, paper.issued_at))


def _state(
    paper: KeyCertificate, replaced: set[bytes], now: datetime, *, is_revoked: bool
) -> KeyState:
    if is_revoked:
        return KeyState.REVOKED
    if paper.fingerprint in replaced:
        return KeyState.REPLACED
    if paper.valid_until < to_microseconds(now):
        return KeyState.EXPIRED
    is_old = from_microseconds(paper.issued_at) + ROTATE_AFTER < now
    rotates = paper.kind in {KeyKind.SITE, KeyKind.STATION}
    return KeyState.OLD if is_old and rotates else KeyState.IN_USE


def _line(
    paper: KeyCertificate, state: KeyState, reason: str, site_id: UUID, station: bytes
) -> KeyLine:
    return KeyLine(
        kind=paper.kind,
        label=shown(paper.label),
        name=shown(paper.label),
        key=paper.fingerprint,
        words=fingerprint_words(paper.subject),
        site_id=paper.site,
        is_own_site=paper.site == site_id,
        is_this_pc=paper.fingerprint == station,
        issued_at=from_microseconds(paper.issued_at),
        valid_until=from_microseconds(paper.valid_until),
        state=state,
        reason=reason,
        stations=paper.stations,
    )
