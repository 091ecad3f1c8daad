"""Backups as an administrator has them: made, listed, verified, planned, and told of when they are old."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import Site
from app.core.operations.backups.checking import Opener, Prepare, prove_backup
from app.core.operations.backups.errors import BackupDamaged, BackupUnderWay, ServerKeepsRecords
from app.core.operations.backups.format import read_backup
from app.core.operations.backups.losses import loss_from_open_records
from app.core.operations.backups.making import Maker, Records
from app.core.operations.backups.models import BackupEventRow
from app.core.operations.backups.place import Place
from app.core.operations.backups.plan import Plan, place_of, read_plan, write_plan
from app.core.operations.backups.rules import OLD_AFTER_DAYS, is_due
from app.core.operations.backups.types import (
    Backup,
    BackupEvent,
    Listed,
    Loss,
    Made,
    Occasion,
    Proof,
    Soundness,
)
from app.core.operations.backups.workshop import work_in


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """How old the last backup is that is known to hold."""

    at: datetime | None
    """None: there never was one."""
    is_old: bool
    trouble: str
    """What kept today's from being made; "" when nothing did."""


_IS_TROUBLE = sa.and_(BackupEventRow.event == BackupEvent.FAILED, BackupEventRow.digest == b"")


class Backups:
    """Makes, lists and proves backups of an open site. For those who manage the site."""

    def __init__(
        self,
        site: Site,
        records: Records,
        opener: Opener,
        prepare: Prepare,
        since: Callable[[], datetime],
    ) -> None:
        self._site = site
        self._records = records
        self._opener = opener
        self._prepare = prepare
        self._since = since
        """Since when there is something to back up: the site, or this PC in it."""
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
        self._note(actor, BackupEvent.PLANNED, place=plan.place, what="daily" if daily else "")
        return plan

    def listed(self, actor: Actor) -> tuple[Listed, ...]:
        """Return the backups of this site where they are made, the newest first."""
        actor.require(Capability.MANAGE_SITE)
        found = Place(read_plan(self._records.folder).place).backups()
        soundness = self._soundness()
        return tuple(
            Listed(backup=backup, soundness=soundness.get(backup.digest, Soundness.UNCHECKED))
            for backup in found
            if backup.site_id == self._records.site_id
        )

    def make(self, actor: Actor, progress: Progress | None = None) -> Made:
        """Make a backup where they are made, and prove it. Raises what `Maker.make` does."""
        actor.require(Capability.MANAGE_SITE)
        return self._make_planned(actor, Occasion.ASKED, progress)

    def make_at(
        self,
        actor: Actor,
        path: Path,
        *,
        with_assets: bool = True,
        progress: Progress | None = None,
    ) -> Made:
        """Make a backup under a name that somebody gave; no other is let go for it."""
        actor.require(Capability.MANAGE_SITE)
        made = self._maker(Place(path.parent)).make(
            Occasion.ASKED, path=path, with_assets=with_assets, progress=progress
        )
        self._note_of(actor, BackupEvent.MADE, made.backup)
        return made

    def make_if_due(self, progress: Progress | None = None) -> Made | None:
        """Make the day's backup at the first occasion: the program does it of itself.

        What keeps it from working is on record, once a day, and told by `last_good`.
        """
        if not self.are_made_here or not read_plan(self._records.folder).daily:
            return None
        if self._is_done_today(self._events(BackupEvent.MADE, self._site.clock.now())):
            return None
        made = None
        try:
            made = self._make_planned(system_actor(), Occasion.DAILY, progress)
        except (BackupUnderWay, Cancelled):
            return None  # another program makes it, or this one ends: later, then
        except UserFacingError as trouble:
            self._note_trouble(trouble.happened)
            return None
        if self._soundness().get(made.backup.digest) is not Soundness.SOUND:
            self._note_trouble(_("it was made, but does not hold"))
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
            self._note_of(actor, BackupEvent.FAILED, backup, damage.happened)
            raise
        event = BackupEvent.VERIFIED if proof.ok else BackupEvent.FAILED
        self._note_of(actor, event, backup, "; ".join(proof.troubles))
        return proof

    def loss(self, actor: Actor, path: Path) -> Loss:
        """Return what would be lost if a backup took the place of the records now."""
        actor.require(Capability.MANAGE_SITE)
        self._check_here()
        return loss_from_open_records(read_backup(path), self._site.database)

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
        now = self._site.clock.now()
        with self._site.read() as session:
            last: datetime | None = session.scalar(self._events(BackupEvent.VERIFIED, now))
            troubles = session.execute(
                sa.select(BackupEventRow.at, BackupEventRow.what).where(
                    BackupEventRow.at == self._troubles(now).scalar_subquery(), _IS_TROUBLE
                )
            )
            trouble = next((row.what for row in troubles if last is None or row.at > last), "")
        age = now - (last or self._since())
        return LastGood(at=last, is_old=age > timedelta(days=OLD_AFTER_DAYS), trouble=trouble)

    def _make_planned(self, actor: Actor, occasion: Occasion, progress: Progress | None) -> Made:
        plan = read_plan(self._records.folder)
        maker = self._maker(place_of(plan))
        sound = frozenset(
            digest for digest, known in self._soundness().items() if known is Soundness.SOUND
        )
        made = maker.make(occasion, with_assets=plan.with_assets, sound=sound, progress=progress)
        self._note_of(actor, BackupEvent.MADE, made.backup)
        proof = self.verify(actor, made.backup.path, progress=progress)
        maker.rotate(sound | {made.backup.digest} if proof.ok else sound)
        return made

    def _check_here(self) -> None:
        if not self.are_made_here:
            raise ServerKeepsRecords

    def _soundness(self) -> dict[bytes, Soundness]:
        """Return what was found last of each backup, by its digest."""
        told = {BackupEvent.VERIFIED: Soundness.SOUND, BackupEvent.FAILED: Soundness.BAD}
        with self._site.read() as session:
            rows = session.execute(
                sa.select(BackupEventRow.digest, BackupEventRow.event)
                .where(BackupEventRow.event.in_(list(told)))
                .order_by(BackupEventRow.at, BackupEventRow.id)
            )
            return {digest: told[event] for digest, event in rows if digest}

    def _is_done_today(self, last: sa.Select[datetime]) -> bool:
        """Tell whether something was done last on the day that the PC's clock shows."""
        with self._site.read() as session:
            return not is_due(session.scalar(last), self._site.clock.now())

    def _note_trouble(self, what: str) -> None:
        """Put on record, once a day, why the day's backup could not be made."""
        if not self._is_done_today(self._troubles(self._site.clock.now())):
            place = read_plan(self._records.folder).place
            self._note(system_actor(), BackupEvent.FAILED, place=place, what=what)

    def _troubles(self, until: datetime) -> sa.Select[datetime]:
        """Return when the day's backup last could not be made: such a failure has no file."""
        return self._events(BackupEvent.FAILED, until).where(_IS_TROUBLE)

    def _events(self, event: BackupEvent, until: datetime) -> sa.Select[datetime]:
        """Return when something was last done on this PC, not counting what a wrong clock put ahead."""
        return sa.select(sa.func.max(BackupEventRow.at)).where(
            BackupEventRow.event == event,
            BackupEventRow.station == self._records.station.fingerprint,
            BackupEventRow.at <= until,
        )

    def _maker(self, place: Place) -> Maker:
        records = replace(self._records, station=self._site.station)
        return Maker(records, place, self._site.clock.now())

    def _note_of(self, actor: Actor, event: BackupEvent, backup: Backup, what: str = "") -> None:
        self._note(actor, event, place=backup.path.parent, backup=backup, what=what)

    def _note(
        self,
        actor: Actor,
        event: BackupEvent,
        *,
        place: Path,
        what: str,
        backup: Backup | None = None,
    ) -> None:
        now = self._site.clock.now()
        with self._site.transaction(actor, f"backup.{event.value}") as unit:
            unit.add(
                BackupEventRow(
                    station=self._records.station.fingerprint,
                    event=event,
                    digest=backup.digest if backup else b"",
                    made_at=backup.made_at if backup else now,
                    place=str(place),
                    what=what,
                    at=now,
                )
            )
