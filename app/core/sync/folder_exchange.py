"""Folder exchange: the PCs of a room keep together through one shared folder, with no server.

    <folder>/<station>/…dksb    what a PC wrote for all the others
    <folder>/<station>/…dksr    their receipts for it

Files are those of a stick. A PC takes in what the others wrote, and writes what they lack; a file
that all have acknowledged is taken away. One that was away for a month finds what it missed.
"""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import NoProgress, Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.journal import Site, Vector, has_reached, tells_only_of
from app.core.keys import KnownKeys
from app.core.sync.acknowledging import RECEIPT_ENDING
from app.core.sync.drafts import RECORDS, what_lacks
from app.core.sync.exporting import BUNDLE_ENDING, Exported, Exporting, Wish
from app.core.sync.importing import Imported, Importing
from app.core.sync.limits import MOST_VOLUME_BYTES
from app.core.sync.loading import VOLUME_ENDING
from app.core.sync.materials import COURSES, hashes_in, have_said, still_lacked, without
from app.core.sync.models import FileState, IncomingFileRow, SentFileRow
from app.core.sync.outbox import Outbox
from app.core.sync.peers import Peer, known_to_hold
from app.core.sync.positions import unpack
from app.core.sync.refusals import BundleRefused
from app.core.sync.relations import Relations
from app.core.sync.sticks import StickTrouble

OF_SYNC_ITSELF = ("sync.export",)
"""Actions that only tell of sync: they go along with the next file, and are no reason for one."""
_NAME_LETTERS = 16
_ENDINGS = (BUNDLE_ENDING, VOLUME_ENDING)


class FolderUnreachable(UserFacingError):
    """The shared folder does not answer."""

    def __init__(self, folder: Path, refusal: OSError) -> None:
        super().__init__(
            _("The shared folder {folder} cannot be reached. {reason}").format(
                folder=folder, reason=why_refused(refusal)
            ),
            safe=_("Everything on this PC is safe; work goes on, and it is tried again."),
            remedy=_("See to the network, or choose another folder."),
        )


class FolderRefuses(UserFacingError):
    """Nothing can be laid into the shared folder: it is full, or may not be written to."""

    def __init__(self, folder: Path, refusal: StickTrouble) -> None:
        super().__init__(
            _("The shared folder {folder} takes no file. {reason}").format(
                folder=folder, reason=refusal.reason
            ),
            safe=_("Everything on this PC is safe; work goes on, and it is tried again."),
            remedy=_("Make room there, or let this PC write to it."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did."""

    imported: Imported
    exported: Exported | None
    volume: Path | None
    """Files of courses that were written: one volume in a round, so that records stay quick."""
    taken_away: int
    """Files of ours that all have acknowledged."""
    useless: tuple[str, ...] = ()
    """What is wrong with files that lie there, as long as they do: one sentence each."""


class FolderExchange:
    """Exchanges through one folder."""

    def __init__(
        self,
        site: Site,
        keys: KnownKeys,
        exporting: Exporting,
        importing: Importing,
        outbox: Outbox,
    ) -> None:
        self._site = site
        self._keys = keys
        self._exporting = exporting
        self._importing = importing
        self._outbox = outbox
        self._tried: dict[str, tuple[int, int]] = {}
        """How files looked that were refused: size and time of the last change."""

    def go_round(self, actor: Actor, folder: Path, progress: Progress | None = None) -> Round:
        """Take in what the others wrote, write what they lack, tidy up. Raises FolderUnreachable, FolderRefuses."""
        progress = progress or NoProgress()
        actor.require(Capability.MANAGE_SITE)
        try:
            own = folder / self._keys.station.fingerprint.hex()[:_NAME_LETTERS]
            own.mkdir(parents=True, exist_ok=True)
            imported = self._take_in(actor, folder, own, progress)
            taken_away = self._tidy(own)
            exported = self._write(actor, own, progress)
            volume = self._write_volume(actor, own, imported)
            return Round(
                imported=imported,
                exported=exported,
                volume=volume,
                taken_away=taken_away,
                useless=self._standing(folder, own),
            )
        except OSError as refusal:
            raise FolderUnreachable(folder, refusal) from refusal

    def _take_in(self, actor: Actor, folder: Path, own: Path, progress: Progress) -> Imported:
        total = Imported()
        for receipt in sorted(own.glob(f"*{RECEIPT_ENDING}")):
            self._take_one(actor, receipt, total, progress)
            receipt.unlink(missing_ok=True)
        known, _refused = self._known()
        for file in sorted(folder.glob(f"*/*{BUNDLE_ENDING}")):
            if file.parent != own and self._is_new(file, known):
                self._take_one(actor, file, total, progress)
        for file in sorted(folder.glob(f"*/*{VOLUME_ENDING}")):
            if total.volumes_read:
                break
            if file.parent != own and self._is_new(file, known):
                self._take_one(actor, file, total, progress)
        return total

    def _known(self) -> tuple[set[str], dict[str, str]]:
        """Return the files that need not be read again by their names, and why others were refused."""
        with self._site.read() as session:
            rows = session.execute(
                sa.select(IncomingFileRow.name, IncomingFileRow.state, IncomingFileRow.said)
            ).all()
        refused = {row.name: row.said for row in rows if row.state is FileState.REFUSED}
        taken = {row.name for row in rows if row.state is not FileState.REFUSED}
        return taken, {name: said for name, said in refused.items() if name not in taken}

    def _is_new(self, file: Path, known: set[str]) -> bool:
        """Tell whether a file is to be read: one that was refused is, as soon as it is another one.

        Somebody's copying may have been under way when it was looked at first.
        """
        return file.name not in known and self._tried.get(file.name) != _look_of(file)

    def _take_one(self, actor: Actor, file: Path, total: Imported, progress: Progress) -> None:
        look = _look_of(file)
        try:
            total.add(self._importing.take(actor, file, progress))
        except Cancelled:
            raise
        except UserFacingError as refusal:
            total.troubles.append(f"{file.name}: {refusal.sentence}")
            if isinstance(refusal, BundleRefused):  # and not, say, a full disk of this PC
                self._tried[file.name] = look

    def _standing(self, folder: Path, own: Path) -> tuple[str, ...]:
        """Return what is wrong with files that lie in the folder and are of no use: one sentence each."""
        _taken, refused = self._known()
        files = [file for ending in _ENDINGS for file in sorted(folder.glob(f"*/*{ending}"))]
        return tuple(
            f"{file.name}: {refused[file.name]}"
            for file in files
            if file.parent != own and file.name in refused
        )

    def _write(self, actor: Actor, own: Path, progress: Progress) -> Exported | None:
        relations = Relations.now(self._keys)
        peers = [peer for peer in relations.peers if peer.is_own_site]
        if not peers:
            return None
        with self._site.read() as session:
            ready = _ready(session, self._keys.station.fingerprint, own)
            stretches = what_lacks(session, relations, peers, ready)
            connection = session.connection()
            is_quiet = all(tells_only_of(connection, one, OF_SYNC_ITSELF) for one in stretches)
            files_ready = _files_ready(session, self._keys.station.fingerprint, own)
            lacked = self._exporting.lacked(session, relations, peers).fresh
        wants_files = self._outbox.is_empty and bool(without(lacked, files_ready))
        if is_quiet and not wants_files:
            return None
        courses = None if wants_files else ()
        wish = Wish(
            on_the_way=ready,
            courses=courses,
            files_ready=files_ready,
            most_files=MOST_VOLUME_BYTES,
            later=self._outbox.keep,
        )
        try:
            return self._exporting.write(actor, peers, own, progress, wish)
        except StickTrouble as refusal:
            raise FolderRefuses(own.parent, refusal) from refusal

    def _write_volume(self, actor: Actor, own: Path, imported: Imported) -> Path | None:
        """Write the next volume of what waits to be written; what goes wrong is told and let go of."""
        outgoing = self._outbox.next()
        if outgoing is None:
            return None
        try:
            path = self._exporting.loading.write_next(actor, outgoing, own, NoProgress())
        except UserFacingError as refusal:
            self._outbox.clear()
            imported.troubles.append(refusal.sentence)
            return None
        self._outbox.written(outgoing)
        return path

    def _tidy(self, own: Path) -> int:
        """Take away files of ours that every PC has acknowledged."""
        peers = [peer for peer in Relations.now(self._keys).peers if peer.is_own_site]
        gone = 0
        with self._site.read() as session:
            rows = _rows_in(session, self._keys.station.fingerprint, own)
            held = [known_to_hold(session, peer) for peer in peers] if rows else []
            for row in rows:
                if self._is_done(session, peers, held, row):
                    Path(row.written_to).unlink(missing_ok=True)
                    gone += 1
        return gone

    def _is_done(
        self, session: Session, peers: list[Peer], held: list[Vector], row: SentFileRow
    ) -> bool:
        """Tell whether every PC has what a file of ours brings; `held` is what each is known to hold."""
        if row.kind == RECORDS:
            return _all_hold(session, held, unpack(row.carries))
        lacked = still_lacked(session, peers)
        return have_said(session, peers, row.made_at) and not hashes_in(row.carries) & lacked


def _look_of(file: Path) -> tuple[int, int]:
    """Return what tells a file from the one that had its name before; one that went is as good as empty."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _rows_in(session: Session, station: bytes, own: Path) -> list[SentFileRow]:
    """Return the register's lines of the files that lie in our part of the folder."""
    here = {str(file) for ending in _ENDINGS for file in own.glob(f"*{ending}")}
    rows = session.scalars(
        sa.select(SentFileRow).where(
            SentFileRow.station == station, SentFileRow.written_to.in_(sorted(here))
        )
    )
    return list(rows)


def _ready(session: Session, station: bytes, own: Path) -> Vector:
    """Return what lies ready in our part of the folder."""
    rows = _rows_in(session, station, own)
    return tuple(end for row in rows if row.kind == RECORDS for end in unpack(row.carries))


def _files_ready(session: Session, station: bytes, own: Path) -> frozenset[str]:
    """Return which files of courses lie in our part of the folder."""
    rows = _rows_in(session, station, own)
    return frozenset(
        sha256 for row in rows if row.kind == COURSES for sha256 in hashes_in(row.carries)
    )


def _all_hold(session: Session, held: list[Vector], ends: Vector) -> bool:
    return bool(ends) and all(
        has_reached(session.connection(), known, end) for known in held for end in ends
    )
