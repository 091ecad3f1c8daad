"""What lies in a sync file: what anybody may read of it, and the rest for whom it was sealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from app.core.base.clock import from_microseconds
from app.core.base.figures import size
from app.core.base.words import _, plural
from app.core.journal import Site
from app.core.keys import KnownKeys, fingerprint_words
from app.core.sync.contents import Counting, LogSeen, TableSeen, logs_of, seals_among
from app.core.sync.envelope import BUNDLE, VOLUME, Envelope, Kind
from app.core.sync.intake import Intake
from app.core.sync.loading import VOLUME_ENDING
from app.core.sync.refusals import BundleRefused, FileUnreachable
from app.core.sync.stamps import Stamped, Stamps, stamps_beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What only its readers see."""

    number: int
    made_at: datetime
    entries: int
    logs: tuple[LogSeen, ...]
    tables: tuple[TableSeen, ...]
    """What the entries tell of."""
    volumes: int
    """Files of courses lie in so many files beside it."""
    files: int
    """Files of courses that those hold."""
    files_size: int
    """How long they are together, in bytes."""
    keys: int
    """Key certificates, revocations and signed ends that it carries."""

    @property
    def seals(self) -> int:
        """Return how many seals of journals it carries."""
        return seals_among(self.tables)

    @property
    def is_newer(self) -> bool:
        """Tell whether something in it is known to a newer program alone."""
        return not all(one.is_known for one in self.tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A sync file, looked at and not taken in."""

    name: str
    bundle_id: UUID
    sender: str
    """As the sender calls itself."""
    sender_words: str
    """Of the key that signed it."""
    recipients: tuple[str, ...]
    size: int
    sha256: str
    bundle_part: int
    """0: the records; volumes of course files count from 1."""
    stamps: Stamps
    """What whoever looked at it before says of it."""
    content: Content | None
    refusal: str
    """Why its content cannot be read here, in one sentence; empty where it can, or nobody tried."""

    @property
    def stamped(self) -> Stamped:
        """Return what a stamp beside it is bound to."""
        return Stamped(
            name=self.name,
            bundle_id=self.bundle_id,
            part=self.bundle_part,
            size=self.size,
            sha256=self.sha256,
        )


def changes_in_words(one: TableSeen) -> str:
    """Return how much a file tells of one table."""
    new = plural("{count} new row", "{count} new rows", one.rows)
    edits = plural("{count} change", "{count} changes", one.edits)
    return " · ".join([new] * bool(one.rows) + [edits] * bool(one.edits))


def seals_in_words(content: Content) -> str:
    """Return how many seals of journals a file carries."""
    return plural("{count} seal", "{count} seals", content.seals)


def files_in_words(content: Content) -> str:
    """Return which files of courses lie beside the records, and in how many volumes."""
    return _("{files}, {size}, in {volumes}").format(
        files=plural("{count} file of courses", "{count} files of courses", content.files),
        size=size(content.files_size),
        volumes=plural("{count} volume", "{count} volumes", content.volumes),
    )


def inspect(site: Site, keys: KnownKeys, path: Path) -> Inspected:
    """Look at a file, and into it where a key here opens it. Raises BundleRefused for no sync file."""
    content, refusal = None, ""
    with _opened(path) as file:
        envelope = Envelope(file, _kind_of(path))
        try:
            if envelope.prologue.part == 0:
                content = _content(Intake(site, keys, file), keys)
        except BundleRefused as refused:
            refusal = refused.sentence
    return _inspected(path, envelope, content, refusal)


def inspect_outside(path: Path) -> Inspected:
    """Look at a file as anybody may, without a site or a key. Raises BundleRefused."""
    with _opened(path) as file:
        envelope = Envelope(file, _kind_of(path))
    return _inspected(path, envelope, content=None, refusal="")


def _kind_of(path: Path) -> Kind:
    return VOLUME if path.suffix == VOLUME_ENDING else BUNDLE


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as refused:
        raise FileUnreachable(refused) from refused


def _inspected(path: Path, envelope: Envelope, content: Content | None, refusal: str) -> Inspected:
    prologue, sha256 = envelope.prologue, envelope.written.sha256.hex()
    return Inspected(
        name=path.name,
        bundle_id=UUID(bytes=prologue.bundle_id),
        sender=prologue.sender_label,
        sender_words=fingerprint_words(prologue.sender),
        recipients=tuple(dict.fromkeys(prologue.recipient_labels)),
        size=envelope.written.size,
        sha256=sha256,
        bundle_part=prologue.part,
        stamps=stamps_beside(path, sha256),
        content=content,
        refusal=refusal,
    )


def _content(intake: Intake, keys: KnownKeys) -> Content:
    """Return what lies in a file; all of it is read, and found whole. Raises BundleRefused."""
    manifest, counting = intake.manifest, Counting()
    intake.look_through(counting.take)
    labels = dict(keys.ring().names)
    labels.setdefault(keys.station.fingerprint, keys.shown_pc)
    return Content(
        number=manifest.number,
        made_at=from_microseconds(manifest.made_at),
        entries=sum(note.rows for note in manifest.segments),
        logs=tuple(logs_of(manifest, labels)),
        tables=counting.tables(),
        volumes=len(manifest.volumes),
        files=len({piece.sha256 for one in manifest.volumes for piece in one.pieces}),
        files_size=sum(one.size for one in manifest.volumes),
        keys=len(manifest.papers),
    )
