"""Course volumes: the files of courses, in pieces that fit any stick and arrive in any order.

The bundle's manifest says what is in each volume, by hash. A volume is a file of its own in the same
envelope, and worth nothing without the manifest.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from app.core.base.errors import UserFacingError
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.journal import Signer
from app.core.sync.bundle.manifest import Manifest, Piece, VolumeNote
from app.core.sync.bundle.writer import Recipient
from app.core.sync.envelope import VERSION, VOLUME, Envelope, Prologue, Written, write_envelope
from app.core.sync.limits import CHUNK_BYTES, MOST_VOLUME_BYTES
from app.core.sync.refusals import BundleDamaged, OtherBundlesVolume
from app.core.sync.streams import BLOCK, Pieces, Region, Steered, Steps, Writable

OpenAsset = Callable[[bytes], BinaryIO]
"""Opens the file with this SHA-256."""
TakePiece = Callable[[Piece, int, bytes], None]
"""Is given bytes of a piece that are what they should be, and where in the whole asset they belong.

An empty file is handed over too, as no bytes at its beginning.
"""


class MaterialDamaged(UserFacingError):
    """A file of a course on this PC is not what it was when it was added."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            " ".join(
                filter(None, [_("A file of a course on this PC is damaged or missing."), reason])
            ),
            safe=_("Records are not affected; this file of course material was not finished."),
            remedy=_("Import the course again, and write the files again."),
        )


@dataclass(frozen=True, slots=True)
class TravellingAsset:
    """An asset that is to go along."""

    sha256: bytes
    size: int


def plan_volumes(
    assets: Iterable[TravellingAsset], most_bytes: int = MOST_VOLUME_BYTES
) -> list[tuple[Piece, ...]]:
    """Return which pieces go into which volume, in the order given; each volume but the last is full."""
    volumes: list[tuple[Piece, ...]] = []
    pieces: list[Piece] = []
    room = most_bytes
    for asset in assets:
        start = 0
        while True:
            length = min(room, asset.size - start)
            pieces.append(Piece(asset.sha256, start, length))
            start += length
            room -= length
            if not room:
                volumes.append(tuple(pieces))
                pieces, room = [], most_bytes
            if start == asset.size:
                break
    return [*volumes, tuple(pieces)] if pieces else volumes


def note_volume(pieces: Sequence[Piece], open_asset: OpenAsset) -> VolumeNote:
    """Read the pieces once and return what the manifest says of them. Raises MaterialDamaged."""
    hashes = [hashlib.sha256(chunk).digest() for chunk in _chunks(pieces, open_asset)]
    return VolumeNote(tuple(pieces), b"".join(hashes))


def missing_volumes(manifest: Manifest, here: Collection[Prologue]) -> list[int]:
    """Return the numbers of the volumes of a bundle that are not among those `here`."""
    numbers = {each.part for each in here if each.bundle_id == manifest.bundle_id}
    return [number for number in range(1, len(manifest.volumes) + 1) if number not in numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeWriter:
    """Writes the volumes of one bundle."""

    manifest: Manifest
    """As the bundle was written with it."""
    recipients: Sequence[Recipient]
    sender_label: str
    signer: Signer
    open_asset: OpenAsset

    def write(self, target: Writable, number: int) -> Written:
        """Write a volume, counted from 1. Raises MaterialDamaged, and what `target` raises."""
        prologue = Prologue(
            version=VERSION,
            bundle_id=self.manifest.bundle_id,
            part=number,
            parts=1 + len(self.manifest.volumes),
            sender=self.manifest.sender,
            sender_label=self.sender_label,
            recipient_labels=tuple(recipient.label for recipient in self.recipients),
        )
        note = self.manifest.volumes[number - 1]
        addresses = [recipient.address for recipient in self.recipients]
        return write_envelope(target, VOLUME, prologue, self._content(note), addresses, self.signer)

    def _content(self, note: VolumeNote) -> Iterator[bytes]:
        for number, chunk in enumerate(_chunks(note.pieces, self.open_asset)):
            if hashlib.sha256(chunk).digest() != note.chunk_hash(number):
                raise MaterialDamaged
            yield chunk


class VolumeReader:
    """A volume of a bundle whose manifest has been checked."""

    def __init__(self, untrusted_file: BinaryIO, manifest: Manifest) -> None:
        """Check the outside. Raises BundleRefused. The file stays open."""
        self._envelope = Envelope(untrusted_file, VOLUME)
        prologue = self._envelope.prologue
        if (prologue.bundle_id, prologue.sender) != (manifest.bundle_id, manifest.sender):
            raise OtherBundlesVolume
        if not 1 <= prologue.part <= len(manifest.volumes):
            raise BundleDamaged
        self.number = prologue.part
        self.note = manifest.volumes[self.number - 1]
        self.written = self._envelope.written

    def read_pieces(self, take: TakePiece, identities: Sequence[str]) -> None:
        """Hand over what the volume holds, 4 MiB at a time, each checked. Raises BundleRefused.

        What was handed over before damage was found is good and may be kept.
        """
        contents = Steered(_checked(self.note, take))
        self._envelope.unseal(contents, identities)
        contents.check_finished()


def _checked(note: VolumeNote, take: TakePiece) -> Steps:
    handing = _Handing(note.pieces, take)
    left, number = note.size, 0
    while left:
        chunk = yield min(CHUNK_BYTES, left)
        if hashlib.sha256(chunk).digest() != note.chunk_hash(number):
            raise BundleDamaged
        handing.on(chunk)
        left -= len(chunk)
        number += 1
    handing.on(b"")


class _Handing:
    """Cuts what a volume holds into its pieces again."""

    def __init__(self, pieces: Iterable[Piece], take: TakePiece) -> None:
        self._pieces = deque(pieces)
        self._take = take
        self._given = 0

    def on(self, chunk: bytes) -> None:
        """Hand over a chunk, and the empty pieces that stand where it ends."""
        while self._pieces:
            piece = self._pieces[0]
            part = chunk[: piece.length - self._given]
            if piece.length and not part:
                return
            self._take(piece, piece.start + self._given, part)
            chunk = chunk[len(part) :]
            self._given += len(part)
            if self._given < piece.length:
                return
            self._pieces.popleft()
            self._given = 0


def _chunks(pieces: Sequence[Piece], open_asset: OpenAsset) -> Iterator[bytes]:
    """Yield what the pieces hold, joined, in chunks. Raises MaterialDamaged."""
    stream = Pieces(_blocks(pieces, open_asset))
    held = bytearray()
    while block := stream.read(CHUNK_BYTES - len(held)):
        held += block
        if len(held) == CHUNK_BYTES:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _blocks(pieces: Sequence[Piece], open_asset: OpenAsset) -> Iterator[bytes]:
    for piece in pieces:
        try:
            with open_asset(piece.sha256) as file:
                file.seek(piece.start)
                yield from _whole(file, piece.length)
        except OSError as refusal:
            raise MaterialDamaged(why_refused(refusal)) from refusal


def _whole(file: BinaryIO, length: int) -> Iterator[bytes]:
    region = Region(file, length)
    while block := region.read(BLOCK):
        length -= len(block)
        yield block
    if length:
        raise MaterialDamaged
