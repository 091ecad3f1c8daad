"""Volumes of courses that somebody brought: in any order, again, and through crashes.

A volume is read where it lies: each 4 MiB of it are checked against the manifest, which was kept when
its bundle was taken in. One that comes before its bundle is copied, and waits.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import Arrivals, AssetStore
from app.core.journal import Site
from app.core.keys import KnownKeys
from app.core.storage.faults import told_plainly
from app.core.sync.bundle.manifest import Manifest, Piece
from app.core.sync.envelope import VOLUME, Envelope, Prologue, read_prologue
from app.core.sync.intake import Trusting
from app.core.sync.models import IncomingFileRow
from app.core.sync.refusals import BundleRefused, FileUnreachable, SenderNotTrusted
from app.core.sync.staging import Staging, require_room_to_take
from app.core.sync.streams import BLOCK
from app.core.sync.volumes import VolumeReader

_ANNOUNCED, _PIECES = ".announced", "pieces"


class MaterialNotItself(BundleRefused):
    """A file of a course came whole and is not what its hash says."""

    def __init__(self) -> None:
        super().__init__(
            _("A file of a course in it is not the one that the records name; it was not kept."),
            remedy=_("Let the files of the course be written again, on a PC where it plays."),
        )


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a bundle until the files that it announced are here."""

    manifest: Manifest
    sha256: bytes
    """Of the bundle's file."""

    @property
    def sizes(self) -> dict[bytes, int]:
        """Return the files that its volumes carry, and how long each is."""
        sizes: dict[bytes, int] = {}
        for note in self.manifest.volumes:
            for piece in note.pieces:
                end = piece.start + piece.length
                sizes[piece.sha256] = max(end, sizes.get(piece.sha256, 0))
        return sizes


@dataclass(slots=True)
class Arrived:
    """What came of one volume."""

    prologue: Prologue
    announced: Announced | None
    """None where its bundle has not come: then it waits."""
    was_read: bool = False
    """Not where all that it carries was here."""
    sha256: str = ""
    """Of a volume that was read."""


class Arriving:
    """Takes volumes in."""

    def __init__(self, site: Site, keys: KnownKeys, staging: Staging, assets: AssetStore) -> None:
        self._site = site
        self._keys = keys
        self._staging = staging
        self._assets = assets
        self._pieces = staging.folder / _PIECES

    def tidy(self) -> None:
        """Let go of pieces that nobody needs any more."""
        Arrivals(self._assets, self._pieces).tidy()

    def announce(self, manifest: Manifest, sha256: bytes) -> None:
        """Keep what a bundle said of its volumes."""
        if not manifest.volumes:
            return
        kept = Announced(
            manifest=msgspec.structs.replace(manifest, segments=(), papers=(), people_keys=b""),
            sha256=sha256,
        )
        path = self._announced_at(manifest.bundle_id)
        if self._are_here(kept, kept.sizes):
            path.unlink(missing_ok=True)
            return
        partial_path = path.with_suffix(f".{os.urandom(4).hex()}")
        with told_plainly():
            partial_path.write_bytes(msgspec.msgpack.encode(kept))
            partial_path.replace(path)

    def take(self, path: Path, came: list[str], progress: Progress) -> Arrived:
        """Take in a volume where it lies. Raises BundleRefused, NoRoom, DiskFull.

        What was read of it before it turned out damaged is kept; to `came` is added which files are
        whole now.
        """
        with _opened(path) as file:
            prologue = read_prologue(file, VOLUME)
            announced = self._announced(prologue.bundle_id)
            if announced is None:
                return self._without_bundle(file, prologue)
            arrived = Arrived(prologue, announced)
            if self._is_here(announced, prologue.part):
                return arrived
            arrived.was_read = True
            arrived.sha256 = self._read(file, announced, came, progress)
        if self._are_here(announced, announced.sizes):
            self._announced_at(prologue.bundle_id).unlink(missing_ok=True)
        return arrived

    def _read(
        self, file: BinaryIO, announced: Announced, came: list[str], progress: Progress
    ) -> str:
        reader = VolumeReader(file, announced.manifest)
        require_room_to_take(self._staging.folder, reader.note.size)
        arrivals = Arrivals(self._assets, self._pieces)
        taking = _Taking(arrivals, announced.sizes, reader.note.size, progress)
        try:
            reader.read_pieces(taking.take, [str(one) for one in self._keys.identities()])
        finally:
            arrivals.settle()
            came += arrivals.came
        if arrivals.wrong:
            raise MaterialNotItself
        return reader.written.sha256.hex()

    def _without_bundle(self, file: BinaryIO, prologue: Prologue) -> Arrived:
        """Return that it waits, or that all of its bundle came before. Raises BundleRefused."""
        Envelope(file, VOLUME).require_reader([str(one) for one in self._keys.identities()])
        objection = Trusting(self._keys).objection_to(prologue.sender, ())
        if objection is not None:
            raise SenderNotTrusted(objection)
        return Arrived(prologue, None)

    def is_over(self, bundle_id: bytes) -> bool:
        """Tell whether a bundle was taken in, and all that it announced."""
        came = sa.select(IncomingFileRow.sha256).where(
            IncomingFileRow.bundle_id == UUID(bytes=bundle_id), IncomingFileRow.sender.is_not(None)
        )
        with self._site.read() as session:
            return session.scalars(came.limit(1)).first() is not None

    def _is_here(self, announced: Announced, part: int) -> bool:
        volumes = announced.manifest.volumes
        if not 1 <= part <= len(volumes):
            return False
        return self._are_here(announced, {piece.sha256: 0 for piece in volumes[part - 1].pieces})

    def _are_here(self, announced: Announced, hashes: dict[bytes, int]) -> bool:
        sizes = announced.sizes
        return all(self._assets.holds(one.hex(), sizes[one]) for one in hashes)

    def _announced(self, bundle_id: bytes) -> Announced | None:
        try:
            kept = self._announced_at(bundle_id).read_bytes()
            return msgspec.msgpack.decode(kept, type=Announced)
        except (FileNotFoundError, msgspec.DecodeError):
            # One that a crash left half is as good as none: the bundle is taken in again.
            return None

    def _announced_at(self, bundle_id: bytes) -> Path:
        return self._staging.folder / f"{bundle_id.hex()}{_ANNOUNCED}"


@dataclass(slots=True)
class _Taking:
    """Hands pieces on, and tells how far it is."""

    arrivals: Arrivals
    sizes: dict[bytes, int]
    total: int
    progress: Progress
    done: int = 0

    def take(self, piece: Piece, place: int, data: bytes) -> None:
        self.done += len(data)
        self.progress.step(self.done, self.total, _("Taking in files of courses"))
        self.arrivals.take(piece.sha256.hex(), self.sizes[piece.sha256], place, data)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises FileUnreachable."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for block in iter(partial(file.read, BLOCK), b""):
                digest.update(block)
    except OSError as refusal:
        raise FileUnreachable(refusal) from refusal
    return digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as refusal:
        raise FileUnreachable(refusal) from refusal
    with file:
        yield file
