"""Course volumes onto a stick: what fits is chosen and noted in the manifest, then written one by one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from app.core.base import figures
from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.content import AssetMissing, AssetStore, StoredAsset
from app.core.journal import Site
from app.core.keys import KnownKeys
from app.core.sync.bundle.manifest import Manifest, VolumeNote
from app.core.sync.bundle.writer import Recipient
from app.core.sync.envelope import Written
from app.core.sync.limits import MIB, MOST_TRAVELLING, MOST_VOLUME_BYTES
from app.core.sync.materials import COURSES, Material
from app.core.sync.models import SentFileRow
from app.core.sync.proving import Proving
from app.core.sync.sticks import Stick, StickTrouble, write_to_stick
from app.core.sync.streams import Writable
from app.core.sync.volumes import (
    MaterialDamaged,
    TravellingAsset,
    VolumeWriter,
    note_volume,
    plan_volumes,
)

Drive = Callable[[Path], Stick]
"""Makes of a folder what is written to."""

VOLUME_ENDING = ".dksv"
_OUTSIDE = 128 << 10
"""Of each volume beside its files: prologue, seal, signature, what the file system takes."""
_MARGIN = 2 * MIB
"""Left free on a stick."""
_SEALED = 4096
"""age adds less than a byte to so many."""
_LEAST_VOLUME = 64 * MIB


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """The volumes of one bundle that was written."""

    manifest: Manifest
    destination: str
    recipients: tuple[tuple[str, str], ...]
    """Label and address of each."""
    readers: tuple[dict[str, str], ...]
    """As the register names them."""
    stem: str
    """What the names of the volumes begin with."""
    written: int = 0
    """How many of the volumes are where they were to be."""

    @property
    def is_done(self) -> bool:
        """Tell whether all are."""
        return self.written >= len(self.manifest.volumes)

    def name(self, number: int) -> str:
        """Return what a volume is called, counted from 1."""
        return f"{self.stem}-v{number:03d}{VOLUME_ENDING}"

    def completed_by(self, number: int) -> list[bytes]:
        """Return the files whose last piece lies in a volume, counted from 1."""
        return completed_by(self.manifest, number)


def completed_by(manifest: Manifest, number: int) -> list[bytes]:
    """Return the files whose last piece lies in a volume of a bundle, counted from 1."""
    later = {piece.sha256 for note in manifest.volumes[number:] for piece in note.pieces}
    pieces = manifest.volumes[number - 1].pieces
    return [one for one in dict.fromkeys(p.sha256 for p in pieces) if one not in later]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What was chosen to go along."""

    notes: tuple[VolumeNote, ...] = ()
    files: tuple[StoredAsset, ...] = ()
    left: tuple[StoredAsset, ...] = ()
    """What found no room: it goes with the next export."""
    damaged: tuple[StoredAsset, ...] = ()
    """What is not what it was when it was added: it cannot go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What of the files of courses was written."""

    volumes: tuple[Path, ...] = ()
    files: int = 0
    size: int = 0
    files_left: int = 0
    size_left: int = 0
    """What did not fit, or was not written; it goes with the next export."""
    damaged: tuple[str, ...] = ()
    """Names of files that are damaged on this PC and did not go."""
    trouble: str = ""
    """Why writing ended early, in one sentence."""


class Loading:
    """Chooses and writes the files of courses."""

    def __init__(
        self,
        site: Site,
        keys: KnownKeys,
        assets: AssetStore,
        drive: Drive = Stick,
        most_volume: int = MOST_VOLUME_BYTES,
    ) -> None:
        """Write to what `drive` makes of a folder, in volumes of at most so many bytes."""
        self._site = site
        self._drive = drive
        self._most_volume = most_volume
        self._keys = keys
        self._assets = assets

    def choose(self, materials: Iterable[Material], room: int, progress: Progress) -> Load:
        """Choose what fits into `room`, in order, and read it once for the manifest."""
        fitting, left = self._fitting([file for one in materials for file in one.files], room)
        damaged: dict[str, StoredAsset] = {}
        while True:
            notes, found = self._noted(fitting, room, progress)
            if not found:
                break
            damaged |= found
            fitting = [file for file in fitting if file.sha256 not in found]
        return Load(
            notes=notes,
            files=tuple(fitting),
            left=tuple(left),
            damaged=tuple(damaged.values()),
        )

    def write_all(
        self, actor: Actor, outgoing: Outgoing, load: Load, folder: Path, progress: Progress
    ) -> Loaded:
        """Write every volume to a stick, as long as it takes them. Raises what `progress` raises."""
        trouble, paths = "", []
        while not outgoing.is_done:
            try:
                paths.append(self.write_next(actor, outgoing, folder, progress))
            except (StickTrouble, MaterialDamaged) as refusal:
                trouble = refusal.sentence
                break
            outgoing = msgspec.structs.replace(outgoing, written=outgoing.written + 1)
        return _loaded(outgoing, load, paths, trouble)

    def write_next(
        self, actor: Actor, outgoing: Outgoing, folder: Path, progress: Progress
    ) -> Path:
        """Write the next volume and note that it left. Raises StickTrouble, MaterialDamaged."""
        number = outgoing.written + 1
        note = outgoing.manifest.volumes[number - 1]
        writer = VolumeWriter(
            manifest=outgoing.manifest,
            recipients=[Recipient(label=label, address=it) for label, it in outgoing.recipients],
            sender_label=self._keys.shown_pc,
            signer=self._keys.station,
            open_asset=self._open,
        )
        fill = partial(_fill, writer, number, note.size, progress)
        name = outgoing.name(number)
        leaves = partial(self._note, actor, outgoing, number, folder / name)
        needed = _sealed(note.size) + _OUTSIDE
        write_to_stick(self._drive(folder), name, needed, fill, progress, leaves)
        return folder / name

    def _open(self, sha256: bytes) -> BinaryIO:
        try:
            return self._assets.path(sha256.hex()).open("rb")
        except AssetMissing as missing:
            raise MaterialDamaged from missing

    def _noted(
        self, files: Sequence[StoredAsset], room: int, progress: Progress
    ) -> tuple[tuple[VolumeNote, ...], dict[str, StoredAsset]]:
        """Return what the manifest says of the volumes, and the files that are not what they were."""
        total = sum(file.size for file in files)
        proving = Proving(self._open, partial(_told, progress, total))
        travelling = [TravellingAsset(bytes.fromhex(file.sha256), file.size) for file in files]
        plan = plan_volumes(travelling, self._volume_for(room))
        try:
            notes = tuple(note_volume(pieces, proving.open) for pieces in plan)
        except MaterialDamaged:
            notes = ()
        return notes, {file.sha256: file for file in files if proving.is_wrong(file.sha256)}

    def _fitting(
        self, files: Sequence[StoredAsset], room: int
    ) -> tuple[list[StoredAsset], list[StoredAsset]]:
        """Return what fits, in order, and what does not."""
        volume = self._volume_for(room)
        fitting: list[StoredAsset] = []
        left: list[StoredAsset] = []
        total = 0
        for file in files:
            volumes = 1 + (total + file.size) // volume
            needed = _sealed(total + file.size) + volumes * _OUTSIDE + _MARGIN
            if len(fitting) < MOST_TRAVELLING and needed <= room:
                total += file.size
                fitting.append(file)
            else:
                left.append(file)
        return fitting, left

    def _volume_for(self, room: int) -> int:
        """Return how long volumes are: small ones where room is scarce, so that a last one finds some."""
        return min(self._most_volume, max(_LEAST_VOLUME, room // 8))

    def _note(
        self, actor: Actor, outgoing: Outgoing, number: int, path: Path, written: Written
    ) -> None:
        with self._site.transaction(actor, "sync.export") as unit:
            unit.add(
                SentFileRow(
                    id=new_id(),
                    kind=COURSES,
                    destination=outgoing.destination,
                    number=outgoing.manifest.number,
                    station=self._keys.station.fingerprint,
                    account_id=actor.account_id,
                    made_at=self._site.clock.now(),
                    recipients=list(outgoing.readers),
                    entries=0,
                    size=written.size,
                    sha256=written.sha256.hex(),
                    written_to=str(path),
                    carries=b"".join(outgoing.completed_by(number)),
                )
            )


def sticks_needed(size: int, stick: int) -> int:
    """Return how many sticks with so much room take files of this size together."""
    usable = max(stick - _MARGIN - 8 * _OUTSIDE, 1) * (_SEALED - 1) // _SEALED
    return -(-size // usable) if size else 0


def went_in_words(loaded: Loaded) -> str:
    """Return which files of courses went along; "" where none did."""
    if not loaded.files:
        return ""
    went = plural("{count} file of courses", "{count} files of courses", loaded.files)
    return f"{went}, {figures.size(loaded.size)}"


def stayed_in_words(loaded: Loaded) -> tuple[str, ...]:
    """Return the sentences about files of courses that were to go along and did not."""
    lines = []
    if loaded.files_left:
        left = plural("{count} file of courses", "{count} files of courses", loaded.files_left)
        lines.append(
            _("{files}, {size}: did not fit, and can go with the next export.").format(
                files=left, size=figures.size(loaded.size_left)
            )
        )
    lines += [
        _("{name} is damaged on this PC and did not go.").format(name=name)
        for name in loaded.damaged
    ]
    return tuple(filter(None, [*lines, loaded.trouble]))


def _sealed(size: int) -> int:
    return size + size // _SEALED


def _loaded(outgoing: Outgoing, load: Load, paths: Sequence[Path], trouble: str) -> Loaded:
    done = {
        sha256.hex()
        for number in range(1, outgoing.written + 1)
        for sha256 in outgoing.completed_by(number)
    }
    gone = [file for file in load.files if file.sha256 in done]
    left = [*load.left, *(file for file in load.files if file.sha256 not in done)]
    return Loaded(
        volumes=tuple(paths),
        files=len(gone),
        size=sum(file.size for file in gone),
        files_left=len(left),
        size_left=sum(file.size for file in left),
        damaged=tuple(file.name for file in load.damaged),
        trouble=trouble,
    )


def _fill(
    writer: VolumeWriter, number: int, size: int, progress: Progress, file: Writable
) -> Written:
    return writer.write(_Watched(file, size, progress), number)


def _told(progress: Progress, total: int, done: int) -> None:
    progress.step(done, total, _("Reading files of courses"))


class _Watched:
    """Tells how much was written, and learns that it should stop."""

    def __init__(self, target: Writable, total: int, progress: Progress) -> None:
        self._target = target
        self._total = total
        self._progress = progress
        self._done = 0

    def write(self, data: bytes, /) -> int:
        self._done += len(data)
        self._progress.step(
            min(self._done, self._total), self._total, _("Writing files of courses")
        )
        return self._target.write(data)
