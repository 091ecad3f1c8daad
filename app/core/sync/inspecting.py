"""What lies in a sync file: what anybody may read of it, and the rest for whom it was sealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from app.core.base.clock import from_microseconds
from app.core.journal import Site
from app.core.keys import KnownKeys, fingerprint_words
from app.core.sync.bundle.manifest import Manifest
from app.core.sync.envelope import BUNDLE, Envelope, Prologue
from app.core.sync.intake import Intake
from app.core.sync.refusals import BundleRefused, FileUnreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSeen:
    """A run of entries in the file."""

    station: str
    scope: str
    first: int
    last: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What only its readers see."""

    number: int
    made_at: datetime
    entries: int
    segments: tuple[SegmentSeen, ...]
    volumes: int
    keys: int
    """Key certificates, revocations and signed ends that it carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A sync file, looked at and not taken in."""

    bundle_id: UUID
    sender: str
    """As the sender calls itself."""
    sender_words: str
    """Of the key that signed it."""
    recipients: tuple[str, ...]
    size: int
    sha256: str
    content: Content | None
    refusal: str
    """Why its content cannot be read here, in one sentence; empty where it can, or nobody tried."""


def inspect(site: Site, keys: KnownKeys, path: Path) -> Inspected:
    """Look at a file, and into it where a key here opens it. Raises BundleRefused for no sync file."""
    content, refusal = None, ""
    with _opened(path) as file:
        envelope = Envelope(file, BUNDLE)
        try:
            content = _content(Intake(site, keys, file).manifest, keys)
        except BundleRefused as refused:
            refusal = refused.sentence
    return _inspected(envelope.prologue, envelope, content, refusal)


def inspect_outside(path: Path) -> Inspected:
    """Look at a file as anybody may, without a site or a key. Raises BundleRefused."""
    with _opened(path) as file:
        envelope = Envelope(file, BUNDLE)
    return _inspected(envelope.prologue, envelope, content=None, refusal="")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as refused:
        raise FileUnreachable(refused) from refused


def _inspected(
    prologue: Prologue, envelope: Envelope, content: Content | None, refusal: str
) -> Inspected:
    return Inspected(
        bundle_id=UUID(bytes=prologue.bundle_id),
        sender=prologue.sender_label,
        sender_words=fingerprint_words(prologue.sender),
        recipients=tuple(dict.fromkeys(prologue.recipient_labels)),
        size=envelope.written.size,
        sha256=envelope.written.sha256.hex(),
        content=content,
        refusal=refusal,
    )


def _content(manifest: Manifest, keys: KnownKeys) -> Content:
    labels = {paper.fingerprint: paper.label for paper, _lists in keys.ring().certificates()}
    labels.setdefault(keys.station.fingerprint, keys.pc)
    return Content(
        number=manifest.number,
        made_at=from_microseconds(manifest.made_at),
        entries=sum(note.rows for note in manifest.segments),
        segments=tuple(
            SegmentSeen(
                station=labels.get(note.log.station, note.log.station[:4].hex()),
                scope=note.log.scope,
                first=note.first,
                last=note.last,
                size=note.packed,
            )
            for note in manifest.segments
        ),
        volumes=len(manifest.volumes),
        keys=len(manifest.papers),
    )
