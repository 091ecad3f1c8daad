"""Taking in what somebody brought: sync files and receipts, one file or all of a stick's folder.

A crash at any point leaves a beginning of what was to be stored; taking the file in again goes on
from there. What cannot be taken in yet is kept, and tried again after the next file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import ChainBroken, Site, stand
from app.core.keys import KnownKeys
from app.core.sync.acknowledging import RECEIPT_ENDING, Acknowledging
from app.core.sync.envelope import BUNDLE, read_prologue
from app.core.sync.exporting import BUNDLE_ENDING
from app.core.sync.intake import Intake
from app.core.sync.models import FileState, IncomingFileRow, SentFileRow
from app.core.sync.refusals import BundleRefused, FileUnreachable
from app.core.sync.staging import Staged, Staging

Settle = Callable[[Mapping[str, set[UUID]]], None]
"""Is told which rows of which tables came or changed, to bring up to date what is derived from them."""

_MOST_RECEIPT = 64 << 20


class NothingToTakeIn(UserFacingError):
    """A folder holds no file of ours."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("There is no sync file in {folder}.").format(folder=folder),
            safe=_("Nothing was changed."),
            remedy=_("Choose the stick or folder that the other site wrote to."),
        )


@dataclass(slots=True)
class Imported:
    """What came of taking files in."""

    files: int = 0
    receipts: int = 0
    applied: int = 0
    """Entries that stand in the tables now and did not before."""
    repeated: int = 0
    """Entries that were here."""
    waiting: int = 0
    """Entries that are here and speak of what has not come yet, and files that begin beyond it."""
    refused: int = 0
    """Entries of PCs that nobody certified, or of one that was revoked before."""
    forks: int = 0
    clashes: int = 0
    """Rows that two entries made, and not alike."""
    troubles: list[str] = field(default_factory=list)
    """One sentence for each file that was refused or waits."""

    def add(self, later: "Imported") -> None:
        """Count what came of a later one in."""
        self.files += later.files
        self.receipts += later.receipts
        self.applied += later.applied
        self.repeated += later.repeated
        self.waiting = later.waiting
        self.refused += later.refused
        self.forks += later.forks
        self.clashes += later.clashes
        self.troubles += later.troubles


class Importing:
    """Takes files in."""

    def __init__(self, site: Site, keys: KnownKeys, staging: Staging, settle: Settle) -> None:
        self._site = site
        self._keys = keys
        self._staging = staging
        self._settle = settle
        self._acknowledging = Acknowledging(site, keys)
        self.twin_found: Callable[[], None] = lambda: None
        """Called when entries came in this PC's own name that it did not write."""

    def take(self, actor: Actor, path: Path, progress: Progress) -> Imported:
        """Take in a file, or every file of ours in a folder; write receipts beside them.

        Raises BundleRefused, ChainBroken, NothingToTakeIn and what copying raises, for one file; in a
        folder, what is refused is told in `troubles` and the others are taken.
        """
        actor.require(Capability.MANAGE_SITE)
        self._staging.tidy()
        outcome = Imported()
        if path.is_dir():
            for file in _files_in(path):
                if self._wrote(file):
                    continue
                try:
                    self._take_file(file, outcome, progress)
                except Cancelled:
                    raise
                except UserFacingError as refusal:
                    outcome.troubles.append(f"{file.name}: {refusal.sentence}")
        else:
            self._take_file(path, outcome, progress)
        self._try_waiting(outcome, progress)
        return outcome

    def catch_up(self) -> Imported:
        """Put into the tables what a crash left stored only."""
        outcome = Imported()
        self._stand(outcome)
        return outcome

    def _take_file(self, path: Path, outcome: Imported, progress: Progress) -> None:
        if path.suffix == RECEIPT_ENDING:
            self._acknowledging.take(_small_file(path))
            outcome.receipts += 1
            return
        staged = self._staging.copy(path, progress)
        self._take_staged(staged, outcome, progress, beside=path.parent)

    def _wrote(self, path: Path) -> bool:
        """Tell whether this PC wrote a file by its register: a stick that comes back still bears it."""
        if path.suffix == RECEIPT_ENDING:
            return False
        try:
            with path.open("rb") as file:
                bundle = UUID(bytes=read_prologue(file, BUNDLE).bundle_id)
        except (OSError, BundleRefused):
            return False  # the way it is taken says why
        with self._site.read() as session:
            row = session.get(SentFileRow, bundle)
            return row is not None and row.station == self._keys.station.fingerprint

    def _take_staged(
        self, staged: Staged, outcome: Imported, progress: Progress, beside: Path | None
    ) -> None:
        try:
            with staged.path.open("rb") as file:
                intake = Intake(self._site, self._keys, file)
                stored = intake.store(progress)
        except (BundleRefused, ChainBroken) as refusal:
            self._record(staged, FileState.REFUSED, said=refusal.sentence)
            self._staging.drop(staged)
            raise
        outcome.files += 1
        outcome.repeated += stored.repeated
        outcome.refused += stored.refused
        outcome.forks += len(stored.forks)
        if stored.in_our_name:
            self.twin_found()
        applied = self._stand(outcome)
        manifest = intake.manifest
        self._acknowledging.hear_sender(manifest)
        row = IncomingFileRow(
            bundle_id=UUID(bytes=manifest.bundle_id),
            sender=manifest.sender,
            number=manifest.number,
            applied=applied,
            repeated=stored.repeated,
        )
        if stored.gaps:
            said = _("Something before it has not come yet; it is kept until then.")
            outcome.troubles.append(f"{staged.name}: {said}")
            self._record(staged, FileState.WAITING, said=said, row=row)
        else:
            self._record(staged, FileState.TAKEN, row=row)
            self._staging.drop(staged)
        if beside is not None:
            sha256 = bytes.fromhex(staged.sha256)
            self._acknowledging.write(beside, manifest, sha256, stored.gaps)

    def _try_waiting(self, outcome: Imported, progress: Progress) -> None:
        """Try the files again that waited for something that may have come now."""
        with self._site.read() as session:
            waiting = session.scalars(
                sa.select(IncomingFileRow)
                .where(IncomingFileRow.state == FileState.WAITING)
                .order_by(IncomingFileRow.number)
            ).all()
        for row in waiting:
            staged = Staged(self._staging.kept(row.sha256), row.sha256, row.name)
            if not staged.path.exists():
                said = _("Its copy on this PC is gone: bring it again.")
                self._record(staged, FileState.REFUSED, said=said)
                continue
            again = Imported()
            self._take_staged(staged, again, progress, beside=None)
            outcome.applied += again.applied
            outcome.forks += again.forks
            outcome.waiting = again.waiting
        with self._site.read() as session:
            still = sa.select(sa.func.count()).where(IncomingFileRow.state == FileState.WAITING)
            outcome.waiting += session.scalar(still) or 0

    def _stand(self, outcome: Imported) -> int:
        """Put into the tables what is stored and proved; tell who keeps what is derived from them."""
        applied, is_more = 0, True
        while is_more:
            with self._site.database.write() as connection:
                stood = stand(connection)
            applied += stood.applied
            outcome.waiting = stood.waiting
            outcome.clashes += len(stood.clashes)
            if stood.touched:
                self._settle(stood.touched)
                self._site.announce(frozenset(stood.touched))
            is_more = stood.is_more
        outcome.applied += applied
        return applied

    def _record(
        self,
        staged: Staged,
        state: FileState,
        *,
        said: str = "",
        row: IncomingFileRow | None = None,
    ) -> None:
        row = row or IncomingFileRow()
        row.sha256, row.name, row.state, row.said = staged.sha256, staged.name, state, said
        row.came_at = self._site.clock.now()
        with self._site.database.write() as connection, Session(connection) as session:
            session.merge(row)
            session.flush()


def _files_in(folder: Path) -> list[Path]:
    """Return the files of ours in a folder: receipts first, then sync files by name."""
    endings = (RECEIPT_ENDING, BUNDLE_ENDING)
    files = [file for file in folder.iterdir() if file.suffix in endings and file.is_file()]
    if not files:
        raise NothingToTakeIn(folder)
    return sorted(files, key=lambda file: (endings.index(file.suffix), file.name))


def _small_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_RECEIPT)
    except OSError as refusal:
        raise FileUnreachable(refusal) from refusal
