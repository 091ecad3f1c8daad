"""What is on record of the backups of one PC."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.operations.backups.models import BackupEventRow
from app.core.operations.backups.rules import is_due
from app.core.operations.backups.types import Backup, BackupEvent, Soundness

_IS_TROUBLE = sa.and_(BackupEventRow.event == BackupEvent.FAILED, BackupEventRow.digest == b"")
"""A failure without a file: the day's backup could not be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupDeed:
    """Something that was done with backups, on whichever PC."""

    at: datetime
    event: BackupEvent
    place: str
    what: str
    """What did not work; "" where it did."""


def backup_deeds(session: Session) -> tuple[BackupDeed, ...]:
    """Return what was ever done with backups, on this PC and on those it has heard of, in the order of time."""
    row = BackupEventRow
    found = session.scalars(sa.select(row).order_by(row.at, row.id))
    return tuple(
        BackupDeed(
            at=one.at,
            event=one.event,
            place=one.place,
            what="" if one.event is BackupEvent.PLANNED else one.what,
        )
        for one in found
    )


class BackupRecord:
    """Reads and adds the facts."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def note_of(self, actor: Actor, event: BackupEvent, backup: Backup, what: str = "") -> None:
        """Put on record what was done with a backup."""
        self._note(actor, event, place=backup.path.parent, backup=backup, what=what)

    def note_plan(self, actor: Actor, place: Path, *, daily: bool) -> None:
        """Put on record where and when backups are made."""
        self._note(actor, BackupEvent.PLANNED, place=place, what="daily" if daily else "")

    def note_trouble(self, actor: Actor, place: Path, what: str) -> None:
        """Put on record, once a day, why the day's backup could not be made."""
        if not self._is_of_today(self._last(BackupEvent.FAILED).where(_IS_TROUBLE)):
            self._note(actor, BackupEvent.FAILED, place=place, what=what)

    def was_made_today(self) -> bool:
        """Tell whether a backup was made on the day that the PC's clock shows."""
        return self._is_of_today(self._last(BackupEvent.MADE))

    def last_verified(self) -> datetime | None:
        """Return when a backup last held that was not found damaged since."""
        bad = [digest for digest, known in self.soundness().items() if known is Soundness.BAD]
        held = self._last(BackupEvent.VERIFIED).where(BackupEventRow.digest.not_in(bad))
        with self._site.read() as session:
            found: datetime | None = session.scalar(held)
        return found

    def is_newest_bad(self) -> bool:
        """Tell whether the newest backup of this PC does not hold, as far as it was looked at."""
        made = self._last(BackupEvent.MADE).scalar_subquery()
        newest = sa.select(BackupEventRow.digest).where(
            BackupEventRow.event == BackupEvent.MADE, BackupEventRow.at == made
        )
        with self._site.read() as session:
            digests = session.scalars(newest).all()
        known = self.soundness()
        return any(known.get(digest) is Soundness.BAD for digest in digests)

    def held_since(self, moment: datetime) -> bool:
        """Tell whether a backup that was made on this PC after a moment has held."""
        with self._site.read() as session:
            found = session.scalar(
                sa.select(BackupEventRow.id)
                .where(
                    BackupEventRow.event == BackupEvent.VERIFIED,
                    BackupEventRow.station == self._site.station.fingerprint,
                    BackupEventRow.made_at > moment,
                )
                .limit(1)
            )
        return found is not None

    def trouble_since(self, moment: datetime | None) -> str:
        """Return what last kept a backup from being made, if that was after a moment; else ""."""
        last = self._last(BackupEvent.FAILED).where(_IS_TROUBLE).scalar_subquery()
        with self._site.read() as session:
            rows = session.execute(
                sa.select(BackupEventRow.at, BackupEventRow.what).where(
                    _IS_TROUBLE, BackupEventRow.at == last
                )
            )
            return next((row.what for row in rows if moment is None or row.at > moment), "")

    def soundness(self) -> dict[bytes, Soundness]:
        """Return what was found last of each backup, by its digest."""
        told = {BackupEvent.VERIFIED: Soundness.SOUND, BackupEvent.FAILED: Soundness.BAD}
        with self._site.read() as session:
            rows = session.execute(
                sa.select(BackupEventRow.digest, BackupEventRow.event)
                .where(BackupEventRow.event.in_(list(told)))
                .order_by(BackupEventRow.at, BackupEventRow.id)
            )
            return {digest: told[event] for digest, event in rows if digest}

    def looked_at(self) -> dict[bytes, datetime]:
        """Return when each backup was proved last, by its digest."""
        row = BackupEventRow
        proved = sa.select(row.digest, sa.func.max(row.at).label("at")).where(
            row.event.in_((BackupEvent.VERIFIED, BackupEvent.FAILED)), row.digest != b""
        )
        with self._site.read() as session:
            found = session.execute(proved.group_by(row.digest))
            return {one.digest: one.at for one in found}

    def is_bad_found_since_newest(self) -> bool:
        """Tell whether a backup was found damaged since the newest was made."""
        found = self._last(BackupEvent.FAILED).where(BackupEventRow.digest != b"")
        with self._site.read() as session:
            bad, made = session.scalar(found), session.scalar(self._last(BackupEvent.MADE))
        return bad is not None and made is not None and bad >= made

    def _is_of_today(self, last: sa.Select[datetime]) -> bool:
        with self._site.read() as session:
            return not is_due(session.scalar(last), self._site.clock.now())

    def _last(self, event: BackupEvent) -> sa.Select[datetime]:
        """Return when something was last done on this PC, not counting what a wrong clock put ahead."""
        return sa.select(sa.func.max(BackupEventRow.at)).where(
            BackupEventRow.event == event,
            BackupEventRow.station == self._site.station.fingerprint,
            BackupEventRow.at <= self._site.clock.now(),
        )

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
                    station=self._site.station.fingerprint,
                    event=event,
                    digest=backup.digest if backup else b"",
                    made_at=backup.made_at if backup else now,
                    place=str(place),
                    what=what,
                    at=now,
                )
            )
