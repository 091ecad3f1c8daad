"""Reads a bundle: the outside first, then the manifest, then segment by segment, each checked before it is unpacked."""

import hashlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from app.core.base.errors import UserFacingError
from app.core.journal import Entries
from app.core.keys import SIGNATURE_BYTES, is_signed
from app.core.sync.bundle.manifest import Manifest, SegmentNote, decode_manifest
from app.core.sync.bundle.segments import decode_segment, unpacked_size
from app.core.sync.bundle.writer import LENGTH_BYTES, MANIFEST_LABEL
from app.core.sync.envelope import BUNDLE, Envelope, Prologue, Written
from app.core.sync.limits import MOST_MANIFEST_BYTES
from app.core.sync.refusals import (
    BundleDamaged,
    BundleOverLimits,
    NotForUs,
    OtherOrganisation,
    SenderNotTrusted,
)
from app.core.sync.sealing import address_of
from app.core.sync.streams import Steered, Steps

TakeSegment = Callable[[SegmentNote, Entries], None]
"""Is given one segment after another; what it raises ends the reading and comes out of it."""


class Trust(Protocol):
    """Knows whose signature on a bundle counts."""

    def objection_to(
        self, sender: bytes, untrusted_papers: Sequence[bytes]
    ) -> UserFacingError | None:
        """Return why the holder of this Ed25519 key may not send, and what helps; None when it may.

        `untrusted_papers` are key certificates and revocations that came along; they prove
        themselves or are worth nothing.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who reads."""

    identities: Sequence[str] = field(repr=False)
    """age identities: AGE-SECRET-KEY-1…"""
    organisation: bytes
    trust: Trust


class BundleReader:
    """A bundle whose signatures hold and that was meant for the receiver."""

    def __init__(self, untrusted_file: BinaryIO, receiver: Receiver) -> None:
        """Check the outside and the manifest. Raises BundleRefused. The file stays open."""
        self._receiver = receiver
        self._envelope = Envelope(untrusted_file, BUNDLE)
        self.manifest = self._read_manifest()
        self._check_addressed()

    @property
    def prologue(self) -> Prologue:
        """Return what anybody may read of the bundle."""
        return self._envelope.prologue

    @property
    def written(self) -> Written:
        """Return the file's size and SHA-256."""
        return self._envelope.written

    def read_segments(
        self, take: TakeSegment, wanted: Callable[[SegmentNote], bool] = lambda _note: True
    ) -> None:
        """Hand over the segments that are `wanted`, in order, one in memory at a time.

        Raises BundleRefused for the first that is not what the manifest says; those before it
        have been handed over. Whether hashes chain to their head is for whoever takes them.
        """
        contents = Steered(self._contents(take, wanted))
        self._envelope.unseal(contents, self._receiver.identities)
        contents.check_finished()

    def _read_manifest(self) -> Manifest:
        read: list[Manifest] = []
        try:
            self._envelope.unseal(Steered(self._up_to_manifest(read)), self._receiver.identities)
        except _ManifestRead:
            return read[0]
        raise BundleDamaged

    def _up_to_manifest(self, read: list[Manifest]) -> Steps:
        encoded, signature = yield from _signed_manifest()
        self._manifest_hash = hashlib.sha256(encoded).digest()
        sender = self.prologue.sender
        if not is_signed(MANIFEST_LABEL, self._manifest_hash, signature, sender):
            raise BundleDamaged
        read.append(decode_manifest(encoded))
        raise _ManifestRead

    def _check_addressed(self) -> None:
        manifest, prologue = self.manifest, self.prologue
        outside = (prologue.bundle_id, prologue.sender, prologue.part, prologue.parts)
        if outside != (manifest.bundle_id, manifest.sender, 0, 1 + len(manifest.volumes)):
            raise BundleDamaged
        if not set(map(address_of, self._receiver.identities)) & set(manifest.recipients):
            raise NotForUs
        if manifest.organisation != self._receiver.organisation:
            raise OtherOrganisation
        objection = self._receiver.trust.objection_to(manifest.sender, manifest.papers)
        if objection is not None:
            raise SenderNotTrusted(objection)

    def _contents(self, take: TakeSegment, wanted: Callable[[SegmentNote], bool]) -> Steps:
        encoded, _signature = yield from _signed_manifest()
        if hashlib.sha256(encoded).digest() != self._manifest_hash:
            raise BundleDamaged  # the file was exchanged since it was opened
        for note in self.manifest.segments:
            packed = yield note.packed
            if hashlib.sha256(packed).digest() != note.sha256:
                raise BundleDamaged
            if wanted(note):
                take(note, _rows(note, packed))


def _signed_manifest() -> Generator[int, bytes, tuple[bytes, bytes]]:
    """Return the manifest's bytes and their signature."""
    length = int.from_bytes((yield LENGTH_BYTES), "big")
    if length > MOST_MANIFEST_BYTES:
        raise BundleOverLimits
    return (yield length), (yield SIGNATURE_BYTES)


def _rows(note: SegmentNote, packed: bytes) -> Entries:
    if unpacked_size(packed) != note.unpacked:
        raise BundleDamaged
    rows = decode_segment(packed, note.rows)
    if len(rows) != note.rows:
        raise BundleDamaged
    return rows


class _ManifestRead(Exception):
    """Ends the first pass: what comes after the manifest is not needed yet."""
