"""Writes a bundle: segments are packed one by one, then everything streams out in one go."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from app.core.journal import Signer
from app.core.keys import sign_digest
from app.core.sync.bundle.manifest import (
    LogRef,
    Manifest,
    SegmentNote,
    VolumeNote,
    encode_manifest,
)
from app.core.sync.bundle.segments import Row, encode_segment, unpacked_size
from app.core.sync.envelope import BUNDLE, Prologue, Written, write_envelope
from app.core.sync.envelope import VERSION as ENVELOPE_VERSION
from app.core.sync.limits import MIB, MOST_FILE_BYTES, MOST_MANIFEST_BYTES, MOST_PROLOGUE_BYTES
from app.core.sync.spool import Spool
from app.core.sync.streams import Writable

MANIFEST_LABEL = "bundle-manifest-v1"
LENGTH_BYTES = 4
_MOST_SEGMENT_BYTES = MOST_FILE_BYTES - MOST_MANIFEST_BYTES - 16 * MIB
"""What is left for segments; age adds 16 bytes to every 64 KiB."""
_SEALED, _STANZA, _ENVELOPE = 4096, 256, MOST_PROLOGUE_BYTES + 4096
"""age adds a byte to so many, and for each reader so many; prologue, lengths and signatures at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody a file is sealed for."""

    label: str
    """Readable by anybody who finds the stick."""
    address: str
    """The age recipient: age1…"""


class BundleFull(ValueError):
    """A bundle of this size fits no FAT32 stick; what is left goes into the next one."""


class BundleWriter:
    """Collects the segments of one bundle and writes it."""

    def __init__(
        self, outline: Manifest, recipients: Sequence[Recipient], signer: Signer, folder: Path
    ) -> None:
        """Keep what the bundle says of itself; sender, recipients and segments are filled in here.

        Packed segments wait on the disk of `folder`.
        """
        self._outline = msgspec.structs.replace(
            outline,
            sender=signer.public_key,
            recipients=tuple(recipient.address for recipient in recipients),
        )
        self._recipients = recipients
        self._signer = signer
        self._notes: list[SegmentNote] = []
        self._spool = Spool(folder)
        self.size = 0

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Throw away the packed segments."""
        self._spool.close()

    def add_segment(
        self, log: LogRef, first: int, hashes: tuple[bytes, bytes], rows: Sequence[Row]
    ) -> SegmentNote:
        """Pack a stretch of a log that begins with the entry `first`; return its note.

        `hashes` are that of the entry before the first and that of the last. Segments of one log
        follow each other. Raises BundleFull, SegmentTooLarge, and DiskFull.
        """
        packed = encode_segment(rows)
        if self.size + len(packed) > _MOST_SEGMENT_BYTES:
            raise BundleFull
        note = SegmentNote(
            log=log,
            first=first,
            last=first + len(rows) - 1,
            previous=hashes[0],
            head=hashes[1],
            packed=len(packed),
            unpacked=unpacked_size(packed),
            sha256=hashlib.sha256(packed).digest(),
        )
        self._spool.append(packed)
        self.size += len(packed)
        self._notes.append(note)
        return note

    def announce(self, volumes: Sequence[VolumeNote]) -> None:
        """Say which volumes of course material go beside the bundle."""
        self._outline = msgspec.structs.replace(self._outline, volumes=tuple(volumes))

    def give_keys(self, people_keys: bytes) -> None:
        """Let keys of people go along, as the manifest has them."""
        self._outline = msgspec.structs.replace(self._outline, people_keys=people_keys)

    def manifest(self) -> Manifest:
        """Return what the bundle says of itself as it stands."""
        return msgspec.structs.replace(self._outline, segments=tuple(self._notes))

    @property
    def whole_size(self) -> int:
        """Return about how long the file will be: a little more than it is."""
        content = len(encode_manifest(self.manifest())) + self.size
        return content + content // _SEALED + len(self._recipients) * _STANZA + _ENVELOPE

    def write(self, target: Writable, sender_label: str) -> Written:
        """Write the whole file, first byte to last. Raises what `target` raises."""
        manifest = self.manifest()
        prologue = Prologue(
            version=ENVELOPE_VERSION,
            bundle_id=manifest.bundle_id,
            part=0,
            parts=1 + len(manifest.volumes),
            sender=manifest.sender,
            sender_label=sender_label,
            recipient_labels=tuple(recipient.label for recipient in self._recipients),
        )
        return write_envelope(
            target, BUNDLE, prologue, self._content(manifest), manifest.recipients, self._signer
        )

    def _content(self, manifest: Manifest) -> Iterator[bytes]:
        encoded = encode_manifest(manifest)
        yield len(encoded).to_bytes(LENGTH_BYTES, "big") + encoded
        yield sign_digest(MANIFEST_LABEL, hashlib.sha256(encoded).digest(), self._signer)
        yield from self._spool.pieces()
