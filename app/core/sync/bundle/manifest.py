"""The manifest: what a bundle holds, from whom, for whom, and how far everybody's logs go."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from app.core.sync.decoding import decode_versioned
from app.core.sync.envelope import BundleId, Digest, Key
from app.core.sync.limits import (
    CHUNK_BYTES,
    HASH_BYTES,
    MOST_LACKED,
    MOST_MANIFEST_BYTES,
    MOST_PACKED_BYTES,
    MOST_PEOPLE,
    MOST_PEOPLE_WANTED,
    MOST_RECIPIENTS,
    MOST_ROWS,
    MOST_UNPACKED_BYTES,
    MOST_VOLUME_BYTES,
    PERSON_BYTES,
    PERSON_KEY_BYTES,
)
from app.core.sync.refusals import BundleDamaged, BundleOverLimits

VERSION = 1
NO_BUNDLE = bytes(32)
"""The hash before a sender's first bundle for somebody."""

_SEQ_BITS = 40

Seq = Annotated[int, msgspec.Meta(ge=0, lt=1 << _SEQ_BITS)]
Instant = Annotated[int, msgspec.Meta(ge=0, lt=1 << 58)]
"""Microseconds since 1970."""


class LogRef(msgspec.Struct, array_like=True, frozen=True):
    """A log of anybody's. The scope is a word, so that one that came later can be carried."""

    station: Digest
    incarnation: Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]
    scope: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    branch: Annotated[bytes, msgspec.Meta(max_length=32)] = b""
    """Empty, or the hash of the entry with which this branch left the log it forked from."""


class Position(msgspec.Struct, array_like=True, frozen=True):
    """How far a log goes somewhere: its last entry's number and hash. Many of them are a vector."""

    log: LogRef
    seq: Seq
    head: Digest


class Acknowledged(msgspec.Struct, array_like=True, frozen=True):
    """What somebody else is known to have, so that nobody sends it again."""

    peer: Digest
    vector: tuple[Position, ...]


class SegmentNote(msgspec.Struct, array_like=True, frozen=True):
    """A segment: which entries, between which hashes, and what its bytes must be."""

    log: LogRef
    first: Seq
    last: Seq
    previous: Digest
    """The hash of the entry before the first."""
    head: Digest
    packed: Annotated[int, msgspec.Meta(ge=1)]
    unpacked: Annotated[int, msgspec.Meta(ge=1)]
    sha256: Digest

    @property
    def rows(self) -> int:
        """Return how many entries it holds."""
        return self.last - self.first + 1


class Piece(msgspec.Struct, array_like=True, frozen=True):
    """A stretch of an asset in a volume; large assets go over several volumes."""

    sha256: Digest
    """Of the whole asset."""
    start: Annotated[int, msgspec.Meta(ge=0, lt=1 << 50)]
    length: Annotated[int, msgspec.Meta(ge=0, le=MOST_VOLUME_BYTES)]


class VolumeNote(msgspec.Struct, array_like=True, frozen=True):
    """A volume: pieces of assets one after another, and the SHA-256 of every 4 MiB of them."""

    pieces: tuple[Piece, ...]
    chunks: bytes
    """The hashes, joined."""

    @property
    def size(self) -> int:
        """Return how long the pieces are together."""
        return sum(piece.length for piece in self.pieces)

    def chunk_hash(self, number: int) -> bytes:
        """Return the hash of a chunk, counted from 0."""
        return self.chunks[number * HASH_BYTES : (number + 1) * HASH_BYTES]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a bundle says of itself, under the sender's signature."""

    version: int = VERSION
    bundle_id: BundleId
    organisation: Digest
    """SHA-256 of its root key."""
    sender: Key
    recipients: Annotated[tuple[str, ...], msgspec.Meta(max_length=MOST_RECIPIENTS)]
    """The age recipients it is sealed for: nobody can pass it on as meant for somebody else."""
    number: Annotated[int, msgspec.Meta(ge=1, lt=1 << 62)]
    """Counts the sender's bundles for these recipients."""
    previous_bundle: Digest
    """SHA-256 of the file that had the number before; NO_BUNDLE for the first."""
    revocation_version: Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
    papers: tuple[bytes, ...] = ()
    """Key certificates and revocations that the recipient may lack."""
    vector: tuple[Position, ...] = ()
    """What the sender has, and with that, what it acknowledges."""
    acknowledged: tuple[Acknowledged, ...] = ()
    segments: tuple[SegmentNote, ...] = ()
    volumes: tuple[VolumeNote, ...] = ()
    lacks_assets: Annotated[bytes, msgspec.Meta(max_length=MOST_LACKED * HASH_BYTES)] = b""
    """SHA-256 of files of courses that the sender has not got, one after another."""
    people_keys: Annotated[bytes, msgspec.Meta(max_length=MOST_PEOPLE * PERSON_KEY_BYTES)] = b""
    """Of the people of whom entries in it speak: id and key, one after another (ADR 25)."""
    lacks_keys: Annotated[bytes, msgspec.Meta(max_length=MOST_PEOPLE_WANTED * PERSON_BYTES)] = b""
    """Ids of people of whom the sender has entries that it cannot read, one after another."""
    critical: tuple[str, ...] = ()
    """Kinds of change that whoever does not know them must not pass over (`journal.critical`)."""
    made_at: Instant


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the bytes that are signed. Raises ValueError for a manifest that no reader would take."""
    content = msgspec.msgpack.encode(manifest)
    try:
        decode_manifest(content)
    except (BundleDamaged, BundleOverLimits) as error:
        raise ValueError("the manifest breaks its own rules") from error
    return content


def decode_manifest(untrusted: bytes) -> Manifest:
    """Return a manifest that holds together and within limits. Raises BundleRefused."""
    if len(untrusted) > MOST_MANIFEST_BYTES:
        raise BundleOverLimits
    manifest = decode_versioned(untrusted, Manifest, VERSION)
    _check_segments(manifest.segments)
    for volume in manifest.volumes:
        _check_volume(volume)
    return manifest


def _check_segments(segments: Sequence[SegmentNote]) -> None:
    """Logs are never filtered: what a bundle holds of one is a single stretch, in order."""
    reached: dict[LogRef, SegmentNote] = {}
    for note in segments:
        if note.packed > MOST_PACKED_BYTES or note.unpacked > MOST_UNPACKED_BYTES:
            raise BundleOverLimits
        if note.rows > MOST_ROWS:
            raise BundleOverLimits
        if note.first < 1 or note.rows < 1:
            raise BundleDamaged
        before = reached.get(note.log)
        if before and (note.first, note.previous) != (before.last + 1, before.head):
            raise BundleDamaged
        reached[note.log] = note


def _check_volume(volume: VolumeNote) -> None:
    size = volume.size
    if size > MOST_VOLUME_BYTES:
        raise BundleOverLimits
    if len(volume.chunks) != -(-size // CHUNK_BYTES) * HASH_BYTES:
        raise BundleDamaged
