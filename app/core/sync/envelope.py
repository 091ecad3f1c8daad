"""The envelope every file that travels has: magic, prologue, age, and the sender's signature over all of it.

    magic · 4 bytes length · prologue (msgpack) · age v1 · Ed25519 over the SHA-256 of all before

Anybody can read the prologue and check the signature: a stick is checked without being read. The
envelope is frozen; what grows is inside.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, BinaryIO

import msgspec

from app.core.journal import Signer
from app.core.keys import SIGNATURE_BYTES, is_signed, sign_digest
from app.core.sync.decoding import decode_versioned
from app.core.sync.limits import MOST_FILE_BYTES, MOST_PROLOGUE_BYTES, MOST_RECIPIENTS
from app.core.sync.refusals import (
    BundleDamaged,
    BundleOverLimits,
    FileUnreachable,
    NotABundle,
)
from app.core.sync.sealing import require_reader, seal, unseal
from app.core.sync.streams import BLOCK, Hashing, Pieces, Region, Writable

VERSION = 1
_LENGTH_BYTES = 4

Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
BundleId = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Label = Annotated[str, msgspec.Meta(max_length=200)]


@dataclass(frozen=True, slots=True)
class Kind:
    """What tells one kind of file from another: its first bytes, and the label of its signature."""

    magic: bytes
    label: str


BUNDLE = Kind(b"DKSB\r\n\x1a\n", "bundle-outer-v1")
VOLUME = Kind(b"DKSV\r\n\x1a\n", "volume-outer-v1")


class Prologue(msgspec.Struct, frozen=True, kw_only=True):
    """What anybody may read of a file that travels."""

    version: int
    bundle_id: BundleId
    part: Annotated[int, msgspec.Meta(ge=0)]
    """0 is the bundle with the records; its volumes count from 1."""
    parts: Annotated[int, msgspec.Meta(ge=1)]
    sender: Key
    """The Ed25519 key that signs."""
    sender_label: Label
    recipient_labels: Annotated[tuple[Label, ...], msgspec.Meta(max_length=MOST_RECIPIENTS)]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: what it is to be compared with wherever it goes."""

    size: int
    sha256: bytes


class Envelope:
    """A file whose outer signature holds."""

    def __init__(self, untrusted_file: BinaryIO, kind: Kind) -> None:
        """Read the prologue and check the signature. Raises BundleRefused."""
        try:
            self._file = untrusted_file
            self._read_outside(kind)
        except OSError as refusal:
            raise FileUnreachable(refusal) from refusal

    def unseal(self, target: Writable, identities: Sequence[str]) -> None:
        """Write to `target` what is sealed. Raises BundleRefused, and what `target` raises."""
        sealed = _Answering(self._file)
        sealed.seek(self._sealed_from)
        unseal(sealed, self._sealed_bytes, target, identities)

    def require_reader(self, identities: Sequence[str]) -> None:
        """Raise NotForUs where it is sealed for others."""
        sealed = _Answering(self._file)
        sealed.seek(self._sealed_from)
        require_reader(sealed, self._sealed_bytes, identities)

    def _read_outside(self, kind: Kind) -> None:
        self.prologue, self._sealed_from = _prologue(self._file, kind)
        size = self._file.seek(0, os.SEEK_END)
        self._sealed_bytes = size - self._sealed_from - SIGNATURE_BYTES
        if size > MOST_FILE_BYTES:
            raise BundleOverLimits
        if self._sealed_bytes <= 0:
            raise BundleDamaged
        self._file.seek(0)
        digest = hashlib.sha256()
        for block in _blocks(self._file, size - SIGNATURE_BYTES):
            digest.update(block)
        signature = self._file.read(SIGNATURE_BYTES)
        if not is_signed(kind.label, digest.digest(), signature, self.prologue.sender):
            raise BundleDamaged
        digest.update(signature)
        self.written = Written(size, digest.digest())


def read_prologue(untrusted_file: BinaryIO, kind: Kind) -> Prologue:
    """Return what a file claims to be, without reading the rest of it. Raises BundleRefused."""
    try:
        return _prologue(untrusted_file, kind)[0]
    except OSError as refusal:
        raise FileUnreachable(refusal) from refusal


def write_envelope(
    target: Writable,
    kind: Kind,
    prologue: Prologue,
    content: Iterator[bytes],
    recipients: Sequence[str],
    signer: Signer,
) -> Written:
    """Write a file that travels: `content`, sealed for age recipients, within a signed envelope.

    Raises ValueError.
    """
    outside = msgspec.msgpack.encode(prologue)
    if len(outside) > MOST_PROLOGUE_BYTES:
        raise ValueError("labels are short")
    file = Hashing(target)
    file.write(kind.magic + len(outside).to_bytes(_LENGTH_BYTES, "big") + outside)
    seal(Pieces(content), file, recipients)
    file.write(sign_digest(kind.label, file.digest, signer))
    return Written(file.size, file.digest)


class _Answering:
    """A file whose refusals are ours to tell of."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int, /) -> bytes:
        try:
            return self._file.read(size)
        except OSError as refusal:
            raise FileUnreachable(refusal) from refusal

    def seek(self, place: int) -> None:
        try:
            self._file.seek(place)
        except OSError as refusal:
            raise FileUnreachable(refusal) from refusal


def _prologue(file: BinaryIO, kind: Kind) -> tuple[Prologue, int]:
    """Return the prologue, and where it ends."""
    file.seek(0)
    if file.read(len(kind.magic)) != kind.magic:
        raise NotABundle
    length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
    if length > MOST_PROLOGUE_BYTES:
        raise BundleOverLimits
    prologue = decode_versioned(file.read(length), Prologue, VERSION)
    return prologue, len(kind.magic) + _LENGTH_BYTES + length


def _blocks(file: BinaryIO, length: int) -> Iterator[bytes]:
    region = Region(file, length)
    while block := region.read(BLOCK):
        yield block
