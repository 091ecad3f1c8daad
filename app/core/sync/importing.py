"""Taking in what somebody brought: sync files and receipts, one file or all of a stick's folder.

A crash at any point leaves a beginning of what was to be stored; taking the file in again goes on
from there. What cannot be taken in yet is kept, and tried again after the next file.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import AssetStore, absent_files
from app.core.journal import ChainBroken, Site
from app.core.keys import KnownKeys, fingerprint, revoked_keys
from app.core.storage.faults import told_plainly
from app.core.storage.room import NoRoom
from app.core.sync.acknowledging import RECEIPT_ENDING, Acknowledging, AnswerIn
from app.core.sync.applying import Applying, Settle
from app.core.sync.arriving import Arriving, hash_of
from app.core.sync.bundle.manifest import Manifest, SegmentNote
from app.core.sync.envelope import BUNDLE, VOLUME, Prologue, read_prologue
from app.core.sync.finding import ending_of, files_in
from app.core.sync.imported import Errand, Imported, Refused, Seen
from app.core.sync.incoming import Incoming, volume_row
from app.core.sync.inspections import Stated, keep_inspections
from app.core.sync.intake import Intake, Stored
from app.core.sync.loading import VOLUME_ENDING
from app.core.sync.models import FileState, IncomingFileRow, SentFileRow
from app.core.sync.refusals import (
    BundleRefused,
    FileUnreachable,
    NotForUs,
    SenderNotTrusted,
)
from app.core.sync.relations import Relations
from app.core.sync.revoked_senders import kept_aside
from app.core.sync.staging import Staged, Staging
from app.core.sync.stamps import stamp_beside, stamps_beside
from app.core.sync.sticks import StickTrouble
from app.core.sync.unsettled import Unsettled

TwinFound = Callable[[], None]
"""Is told when entries came in this PC's own name that it did not write: it goes on in new logs."""

_MOST_RECEIPT = 64 << 20


class Importing:
    """Takes files in."""

    def __init__(
        self,
        site: Site,
        keys: KnownKeys,
        staging: Staging,
        assets: AssetStore,
        *,
        settle: Settle,
        twin_found: TwinFound,
    ) -> None:
        self._site = site
        self._keys = keys
        self._staging = staging
        self._assets = assets
        self._twin_found = twin_found
        self._applying = Applying(site, keys, settle)
        self._incoming = Incoming(site, staging)
        self._unsettled = Unsettled(site, staging.folder)
        self._acknowledging = Acknowledging(site, keys, assets)
        self._arriving = Arriving(site, keys, staging, assets)

    @told_plainly()
    def take(self, actor: Actor, path: Path, progress: Progress) -> Imported:
        """Take in a file, or every file of ours in a folder; write receipts beside them, and note those.

        Raises BundleRefused, ChainBroken, NothingToTakeIn and what copying raises, for one file; in a
        folder, what is refused is told in `troubles` and the others are taken. Raises DiskFull and
        what else is told plainly of this PC's disk.
        """
        with self._taking(actor, progress) as outcome:
            if path.is_dir():
                self._take_folder(path, outcome, progress, AnswerIn(path, actor))
            else:
                self._take_file(path, outcome, progress, AnswerIn(path.parent, actor))
        return outcome

    @told_plainly()
    def take_each(
        self, actor: Actor, errands: Sequence[Errand], progress: Progress, refused: Refused
    ) -> Imported:
        """Take in one file after another; `refused` is told of each that is not taken.

        Receipts that are asked for stay in the house: they are in no register.

        Raises Cancelled, DiskFull and what else is told plainly of this PC's disk.
        """
        if not errands:  # as in most rounds through a shared folder
            return Imported()
        with self._taking(actor, progress) as outcome:
            for errand in errands:
                try:
                    self._take_file(errand.file, outcome, progress, _in_the_house(errand.answer_in))
                except Cancelled:
                    raise
                except NotForUs as refusal:  # in a room most files are for others, too
                    outcome.for_others += 1
                    refused(errand.file, refusal)
                except UserFacingError as refusal:
                    outcome.troubles.append(f"{errand.file.name}: {refusal.sentence}")
                    refused(errand.file, refusal)
        return outcome

    @contextmanager
    def _taking(self, actor: Actor, progress: Progress) -> Iterator[Imported]:
        """Do what is done once, before and after however many files."""
        actor.require(Capability.MANAGE_SITE)
        outcome = Imported()
        with self._staging.at_work(), self._unsettled.noted():
            self._arriving.tidy()
            try:
                yield outcome
                self._try_waiting(outcome, progress)
                keep_inspections(self._site, actor, outcome.stated)
            finally:
                self._finish(outcome)

    def receipt_again(self, row: IncomingFileRow) -> bytes:
        """Return this PC's receipt for a file that was taken in, by what is here now."""
        return self._acknowledging.again(row)

    def catch_up(self) -> int:
        """Do what a program that was cut short left undone; return how many entries stood aside still.

        What it left stored only is put into the tables, or an older program left out of them, and
        what follows from what it put there is brought up to date.
        """
        Relations.now(self._keys).note_writers(self._site)
        stood = self._applying.stand(Imported()) if self._applying.is_behind else 0
        for touched in self._unsettled.left():
            self._applying.settle(touched)
        return stood

    def _take_folder(
        self, folder: Path, outcome: Imported, progress: Progress, answer_in: AnswerIn
    ) -> None:
        for file in files_in(folder):
            if self._wrote(file):
                continue
            try:
                self._take_file(file, outcome, progress, answer_in)
            except Cancelled:
                raise
            except NotForUs:
                outcome.for_others += 1
            except UserFacingError as refusal:
                outcome.troubles.append(f"{file.name}: {refusal.sentence}")

    def _take_file(
        self, path: Path, outcome: Imported, progress: Progress, answer_in: AnswerIn | None
    ) -> None:
        if ending_of(path) == RECEIPT_ENDING:
            self._acknowledging.take(_small_file(path))
            outcome.receipts += 1
            return
        if ending_of(path) == VOLUME_ENDING:
            self._take_volume(path, outcome, progress, answer_in)
            return
        staged = self._staging.copy(path, progress)
        try:
            self._take_staged(staged, outcome, progress, answer_in)
        finally:
            self._staging.drop(staged)
        bundle_id = UUID(bytes=outcome.seen[-1].manifest.bundle_id)
        _read_stamps(path, staged.sha256, bundle_id, outcome)

    def _wrote(self, path: Path) -> bool:
        """Tell whether this PC wrote a file by its register: a stick that comes back still bears it."""
        if ending_of(path) == RECEIPT_ENDING:
            return False
        try:
            with path.open("rb") as file:
                kind = VOLUME if ending_of(path) == VOLUME_ENDING else BUNDLE
                bundle = UUID(bytes=read_prologue(file, kind).bundle_id)
        except (OSError, BundleRefused):
            return False  # the way it is taken says why
        with self._site.read() as session:
            row = session.get(SentFileRow, bundle)
            return row is not None and row.station == self._keys.station.fingerprint

    def _take_staged(
        self, staged: Staged, outcome: Imported, progress: Progress, answer_in: AnswerIn | None
    ) -> None:
        before = outcome.applied
        intake, stored = self._stored(staged, outcome, progress)
        outcome.files += 1
        outcome.aside += stored.aside
        outcome.repeated += stored.repeated
        outcome.refused += stored.refused
        outcome.forks += len(stored.forks)
        self._applying.stand(outcome)
        manifest = intake.manifest
        self._arriving.announce(manifest, bytes.fromhex(staged.sha256))
        self._acknowledging.hear_sender(manifest)
        self._compare_revocations(manifest, outcome)
        row = IncomingFileRow(
            bundle_id=UUID(bytes=manifest.bundle_id),
            sender=manifest.sender,
            number=manifest.number,
            applied=outcome.applied - before,
            repeated=stored.repeated,
        )
        if stored.gaps:
            said = _(
                "Something before it has not come yet ({entry}); it is kept until then."
            ).format(entry=intake.missing_in_words())
            outcome.troubles.append(f"{staged.name}: {said}")
            self._incoming.record(self._staging.keep(staged), FileState.WAITING, said=said, row=row)
        else:
            self._incoming.close(staged, FileState.TAKEN, row=row)
        outcome.seen.append(Seen(staged.name, manifest))
        if answer_in is not None:
            sha256 = bytes.fromhex(staged.sha256)
            self._answer(answer_in, staged.name, manifest, sha256, stored.gaps, outcome)

    def _compare_revocations(self, manifest: Manifest, outcome: Imported) -> None:
        """Note a sender that did not know of every revoked key when it wrote: it believes some still."""
        relations = Relations.now(self._keys)
        sender = fingerprint(manifest.sender)
        count = relations.revoked_unknown_to(sender, revoked_keys(manifest.papers))
        if count and sender in relations.labels:
            outcome.unaware[relations.labels[sender]] = count

    def _stored(
        self, staged: Staged, outcome: Imported, progress: Progress
    ) -> tuple[Intake, Stored]:
        """Store what a file holds; one that is refused is noted as such, and its refusal raised."""
        try:
            with staged.path.open("rb") as file:
                intake = Intake(self._site, self._keys, file)
                return intake, self._store(intake, outcome, progress)
        except (NotForUs, NoRoom):
            raise
        except SenderNotTrusted as refusal:
            stood = partial(self._applying.tell, outcome)
            aside = kept_aside(self._site, self._keys, staged.path, stood)
            said = refusal.sentence if aside is None else aside.sentence
            self._incoming.close(staged, FileState.REFUSED, said=said)
            if aside is None:
                raise
            outcome.aside += aside.entries
            raise aside from refusal
        except (BundleRefused, ChainBroken) as refusal:
            self._incoming.close(staged, FileState.REFUSED, said=refusal.sentence)
            raise

    def _store(self, intake: Intake, outcome: Imported, progress: Progress) -> Stored:
        """Store a file's entries; a twin is seen to also where only the first of them came in."""
        try:
            return intake.store(progress, partial(self._applying.tell, outcome))
        finally:
            if intake.stored.in_our_name:
                self._twin_found()

    def _try_waiting(self, outcome: Imported, progress: Progress) -> None:
        """Try the files again that waited for something that may have come now."""
        for staged in self._incoming.waiting_records():
            if not staged.path.exists():
                self._incoming.note_gone(staged)
                continue
            again = Imported()
            try:
                self._take_staged(staged, again, progress, None)
            except Cancelled:
                raise
            except UserFacingError as refusal:  # which is not one of the file that was brought
                waited = _("{name} (it waited on this PC)").format(name=staged.name)
                outcome.troubles.append(f"{waited}: {refusal.sentence}")
            outcome.add_of_waiting(again)
        self._try_waiting_volumes(outcome, progress)
        outcome.waiting += self._incoming.count_waiting()

    def _take_volume(
        self, path: Path, outcome: Imported, progress: Progress, answer_in: AnswerIn | None
    ) -> None:
        try:
            arrived = self._arriving.take(path, outcome.came, progress)
        except (NotForUs, FileUnreachable):  # of which nothing can be said, or not even its hash
            raise
        except BundleRefused as refusal:
            staged = Staged(path, hash_of(path), path.name)
            self._incoming.record(staged, FileState.REFUSED, said=refusal.sentence)
            raise
        outcome.files += 1
        if stamp_beside(path).is_file():
            bundle_id = UUID(bytes=arrived.prologue.bundle_id)
            _read_stamps(path, arrived.sha256 or hash_of(path), bundle_id, outcome)
        if arrived.announced is None:
            if not self._arriving.is_over(arrived.prologue.bundle_id):
                self._let_wait(path, arrived.prologue, outcome, progress)
            return
        if arrived.was_read:
            outcome.volumes_read += 1
            self._incoming.record(Staged(path, arrived.sha256, path.name), FileState.TAKEN)
        manifest = arrived.announced.manifest
        outcome.seen.append(Seen(path.name, manifest, arrived.prologue.part))
        if answer_in is not None:
            sha256 = arrived.announced.sha256
            self._answer(answer_in, path.name, manifest, sha256, [], outcome)

    def _answer(
        self,
        place: AnswerIn,
        name: str,
        manifest: Manifest,
        sha256: bytes,
        gaps: list[SegmentNote],
        outcome: Imported,
    ) -> None:
        try:
            outcome.answers.add(self._acknowledging.write(place, manifest, sha256, gaps))
        except StickTrouble as refusal:  # what the file brought is here all the same
            outcome.unanswered[name] = refusal.reason

    def _let_wait(
        self, path: Path, prologue: Prologue, outcome: Imported, progress: Progress
    ) -> None:
        """Keep a volume whose bundle has not come; its row has no sender, for nobody vouches for it."""
        staged = self._staging.keep(self._staging.copy(path, progress))
        said = _("The records that it belongs to have not come yet; it is kept until then.")
        outcome.troubles.append(f"{path.name}: {said}")
        row = volume_row(prologue.bundle_id, prologue.part)
        self._incoming.record(staged, FileState.WAITING, said=said, row=row)

    def _try_waiting_volumes(self, outcome: Imported, progress: Progress) -> None:
        for staged in self._incoming.waiting_volumes():
            try:
                arrived = self._arriving.take(staged.path, outcome.came, progress)
            except BundleRefused as refusal:
                self._incoming.close(staged, FileState.REFUSED, said=refusal.sentence)
                continue
            if arrived.announced is not None or self._arriving.is_over(arrived.prologue.bundle_id):
                self._incoming.close(staged, FileState.TAKEN)

    def _finish(self, outcome: Imported) -> None:
        """Tell of files that came, and count what is missing still."""
        with self._site.read() as session:
            known = self._assets.stored(session, outcome.came)
            outcome.assets_missing = len(absent_files(session, self._assets))
        outcome.assets = len(set(outcome.came))
        if known:
            self._applying.settle({"asset": {asset.id for asset in known.values()}})
            self._site.announce(frozenset({"asset"}))


def _in_the_house(folder: Path | None) -> AnswerIn | None:
    return None if folder is None else AnswerIn(folder, None)


def _read_stamps(path: Path, sha256: str, bundle_id: UUID, outcome: Imported) -> None:
    """Read what whoever looked at a file on its way says, in the stamp beside it."""
    stamps = stamps_beside(path, sha256)
    outcome.stated += [Stated(path.name, sha256, bundle_id, one) for one in stamps.inspections]
    if stamps.trouble:
        outcome.bad_stamps.append(stamps.trouble)


def _small_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_RECEIPT)
    except OSError as refusal:
        raise FileUnreachable(refusal) from refusal
