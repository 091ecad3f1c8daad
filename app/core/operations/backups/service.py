"""Backups as an administrator has them: made, listed, verified, planned, and told of when they are old."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Egress, FileKind, FileTaken, Leaving
from app.core.journal import Site, Vector
from app.core.operations.backups.checking import Opener, prove_backup
from app.core.operations.backups.errors import (
    BackupDamaged,
    BackupUnderWay,
    OtherSiteThere,
    ServerKeepsRecords,
)
from app.core.operations.backups.format import read_backup
from app.core.operations.backups.losses import loss_from_open_records, positions_in
from app.core.operations.backups.lost import lost_people, what_comes_back
from app.core.operations.backups.making import Maker, Records
from app.core.operations.backups.place import Place
from app.core.operations.backups.plan import Plan, place_of, read_plan, write_plan
from app.core.operations.backups.record import BackupRecord
from app.core.operations.backups.rules import OLD_AFTER_DAYS, is_due
from app.core.operations.backups.types import (
    Backup,
    BackupEvent,
    BackupOfBefore,
    Listed,
    Loss,
    Made,
    Occasion,
    Proof,
    Soundness,
)
from app.core.operations.backups.workshop import work_in
from app.core.operations.opening import Prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """How old the last backup is that is known to hold."""

    at: datetime | None
    """None: there never was one."""
    is_old: bool
    trouble: str
    """What kept today's from being made; "" when nothing did."""
    is_newest_bad: bool = False
    """Whether the newest was found damaged since it was made."""
    is_older_bad: bool = False
    """Whether any was found damaged since the newest was made."""


class Backups:
    """Makes, lists and proves backups of an open site. For those who manage the site."""

    def __init__(
        self,
        site: Site,
        records: Records,
        opener: Opener,
        prepare: Prepare,
        since: Callable[[], datetime],
        elsewhere: Callable[[], Mapping[str, Vector]],
    ) -> None:
        self._site = site
        self._record = BackupRecord(site)
        self._records = records
        self._opener = opener
        self._prepare = prepare
        self._since = since
        """Since when there is something to back up: the site, or this PC in it."""
        self._elsewhere = elsewhere
        """What others hold of the records, by what they are called."""
        self.on_restore_asked: list[Callable[[Path], None]] = []

    @property
    def are_made_here(self) -> bool:
        """Tell whether the records lie in a file; those on a server are backed up there."""
        return self._site.database.is_sqlite

    def plan(self, actor: Actor) -> Plan:
        """Return where and when backups are made."""
        actor.require(Capability.MANAGE_SITE)
        return read_plan(self._records.folder)

    def change_plan(self, actor: Actor, place: Path | None, *, daily: bool) -> Plan:
        """Make backups elsewhere, or not of themselves. Raises ServerKeepsRecords, PlaceGone and such."""
        actor.require(Capability.MANAGE_SITE)
        self._check_here()
        if place is not None:
            Place(place).room()
        plan = write_plan(self._records.folder, place, daily=daily)
        self._record.note_plan(actor, plan.place, daily=daily)
        return plan

    def listed(self, actor: Actor) -> tuple[Listed, ...]:
        """Return the backups of this site where they are made, the newest first."""
        actor.require(Capability.MANAGE_SITE)
        found = Place(read_plan(self._records.folder).place).backups()
        soundness = self._record.soundness()
        return tuple(
            Listed(backup=backup, soundness=soundness.get(backup.digest, Soundness.UNCHECKED))
            for backup in found
            if backup.site_id == self._records.site_id
        )

    def of_before(self, actor: Actor, moment: datetime) -> tuple[BackupOfBefore, ...]:
        """Return the backups that were made before a moment, the newest first: what went then is in them.

        They are let go as newer ones are made; a place that cannot be read has none to tell of.
        """
        actor.require(Capability.MANAGE_SITE)
        if not self.are_made_here:
            return ()
        try:
            found = self.listed(actor)
        except UserFacingError:
            return ()
        return tuple(
            BackupOfBefore(path=one.backup.path, made_at=one.backup.made_at)
            for one in found
            if one.backup.made_at < moment
        )

    def make(self, actor: Actor, progress: Progress | None = None) -> Made:
        """Make a backup where they are made, and prove it. Raises what `Maker.make` does."""
        actor.require(Capability.MANAGE_SITE)
        return self._make_planned(actor, Occasion.ASKED, progress)

    def make_before_upgrade(self, actor: Actor, progress: Progress | None = None) -> Made:
        """Make the backup that an upgrade stands on, and prove it. Raises as `make` does, BackupDamaged."""
        actor.require(Capability.MANAGE_SITE)
        made = self._make_planned(actor, Occasion.UPGRADE, progress)
        if self._record.soundness().get(made.backup.digest) is not Soundness.SOUND:
            raise BackupDamaged(made.backup.path)
        return made

    def make_at(
        self,
        actor: Actor,
        path: Path,
        *,
        with_assets: bool = True,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Made:
        """Make a backup under a name that somebody gave; no other is let go for it. Raises FileTaken."""
        actor.require(Capability.MANAGE_SITE)
        if path.exists() and not overwrite:
            raise FileTaken(path)
        made = self._maker(Place(path.parent)).make(
            Occasion.ASKED, path=path, with_assets=with_assets, progress=progress
        )
        self._note_made(actor, made.backup)
        return made

    def make_if_due(self, progress: Progress | None = None) -> Made | None:
        """Make the day's backup at the first occasion: the program does it of itself.

        One that an upgrade left is proved first, and afterwards the one that was proved longest ago. What keeps
        it from working is on record, once a day, and told by `last_good`.
        """
        if not self.are_made_here:
            return None
        self._prove_those_of_upgrades(progress)
        if not read_plan(self._records.folder).daily or self._record.was_made_today():
            return None
        try:
            made = self._make_planned(system_actor(), Occasion.DAILY, progress)
        except (BackupUnderWay, Cancelled):
            return None  # another program makes it, or this one ends: later, then
        except UserFacingError as trouble:
            self._note_trouble(trouble.happened)
            return None
        if self._record.soundness().get(made.backup.digest) is not Soundness.SOUND:
            self._note_trouble(_("it was made, but does not hold"))
        self._prove_longest_unproved(progress)
        return made

    def verify(
        self,
        actor: Actor,
        path: Path,
        password: str | None = None,
        progress: Progress | None = None,
    ) -> Proof:
        """Restore a backup on trial, and put on record whether it holds. Raises what `unpack` does."""
        actor.require(Capability.MANAGE_SITE)
        backup = read_backup(path)
        opener = replace(self._opener, password=password)
        try:
            with work_in(self._records.folder) as workshop:
                proof = prove_backup(path, opener, self._prepare, workshop, progress)
        except BackupDamaged as damage:
            self._record.note_of(actor, BackupEvent.FAILED, backup, damage.happened)
            raise
        event = BackupEvent.VERIFIED if proof.ok else BackupEvent.FAILED
        self._record.note_of(actor, event, backup, "; ".join(proof.troubles))
        return proof

    def loss(self, actor: Actor, path: Path) -> Loss:
        """Return what would be lost if a backup took the place of the records now.

        Raises NoBackup, BackupDamaged, OtherSiteThere, ServerKeepsRecords.
        """
        actor.require(Capability.MANAGE_SITE)
        self._check_here()
        backup = read_backup(path)
        if backup.site_id != self._records.site_id:
            raise OtherSiteThere(self._records.folder)
        loss = loss_from_open_records(backup, self._site.database)
        return self._told_apart(actor, backup, loss) if loss.deeds else loss

    def _told_apart(self, actor: Actor, backup: Backup, loss: Loss) -> Loss:
        """Return a loss with whose it is, for who may look at people, and what comes back."""
        elsewhere = self._elsewhere()
        with self._site.read() as session:
            connection, held = session.connection(), positions_in(backup)
            people = lost_people(session, held) if actor.may(Capability.VIEW_PEOPLE) else None
            back = what_comes_back(connection, held, elsewhere, loss.entries)
        return replace(loss, people=people, elsewhere=back)

    def ask_restore(self, actor: Actor, path: Path) -> None:
        """Ask whoever has the site open to close it and restore a backup."""
        actor.require(Capability.MANAGE_SITE)
        for ask in self.on_restore_asked:
            ask(path)

    def last_good(self, actor: Actor) -> LastGood | None:
        """Return how old the last good backup is; None where the records are on a server."""
        actor.require(Capability.MANAGE_SITE)
        if not self.are_made_here:
            return None
        last = self._record.last_verified()
        age = self._site.clock.now() - (last or self._since())
        return LastGood(
            at=last,
            is_old=age > timedelta(days=OLD_AFTER_DAYS),
            trouble=self._record.trouble_since(last),
            is_newest_bad=self._record.is_newest_bad(),
            is_older_bad=self._record.is_bad_found_since_newest(),
        )

    def _make_planned(self, actor: Actor, occasion: Occasion, progress: Progress | None) -> Made:
        plan = read_plan(self._records.folder)
        maker = self._maker(place_of(plan))
        sound = frozenset(
            digest for digest, known in self._record.soundness().items() if known is Soundness.SOUND
        )
        made = maker.make(occasion, with_assets=plan.with_assets, sound=sound, progress=progress)
        self._note_made(actor, made.backup)
        proof = self.verify(actor, made.backup.path, progress=progress)
        maker.rotate(sound | {made.backup.digest} if proof.ok else sound)
        return made

    def _prove_those_of_upgrades(self, progress: Progress | None) -> None:
        """Prove the backups that were made before the records could be opened."""
        actor = system_actor()
        with suppress(UserFacingError):  # damage is on record; else the day's backup tells
            for one in self.listed(actor):
                is_new = one.soundness is Soundness.UNCHECKED
                if is_new and one.backup.occasion is Occasion.UPGRADE:
                    self.verify(actor, one.backup.path, progress=progress)

    def _prove_longest_unproved(self, progress: Progress | None) -> None:
        """Prove again the backup that was proved longest ago: what lies on a disk may rot there."""
        looked, now = self._record.looked_at(), self._site.clock.now()
        with suppress(UserFacingError):  # damage is on record; another is tried tomorrow
            held = [one for one in self.listed(system_actor()) if one.soundness is Soundness.SOUND]
            oldest = min(held, key=lambda one: looked[one.backup.digest], default=None)
            if oldest is not None and is_due(looked[oldest.backup.digest], now):
                self.verify(system_actor(), oldest.backup.path, progress=progress)

    def _note_made(self, actor: Actor, backup: Backup) -> None:
        """Put on record that a backup was made; outside the data folder it has left, and the register says so."""
        self._record.note_of(actor, BackupEvent.MADE, backup)
        if backup.path.resolve().is_relative_to(self._records.folder.resolve()):
            return
        title = _("Backup {number}").format(number=backup.number)
        leaving = Leaving(kind=FileKind.BACKUP, title=title, records=backup.entries)
        Egress(self._site).note_written(actor, leaving, backup.path)

    def _note_trouble(self, what: str) -> None:
        place = read_plan(self._records.folder).place
        self._record.note_trouble(system_actor(), place, what)

    def _check_here(self) -> None:
        if not self.are_made_here:
            raise ServerKeepsRecords

    def _maker(self, place: Place) -> Maker:
        records = replace(self._records, station=self._site.station)
        return Maker(records, place, self._site.clock.now())
