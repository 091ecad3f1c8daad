"""What is on record of the versions of one PC."""

from datetime import datetime

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.operations.program.models import ProgramEventRow
from app.core.operations.program.types import ProgramEvent


class ProgramRecord:
    """Reads and adds the facts."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def note(
        self,
        actor: Actor,
        event: ProgramEvent,
        version: str,
        *,
        former: str = "",
        digest: bytes = b"",
        what: str = "",
        reason: str = "",
        is_by_hand: bool = True,
    ) -> None:
        """Put on record what became of a version."""
        with self._site.transaction(actor, f"program.{event.value}", reason=reason) as unit:
            unit.add(
                ProgramEventRow(
                    station=self._site.station.fingerprint,
                    event=event,
                    version=version,
                    former=former,
                    digest=digest,
                    what=what,
                    is_by_hand=is_by_hand,
                    at=self._site.clock.now(),
                )
            )

    def since(self, version: str) -> datetime | None:
        """Return when a version was last taken into use on this PC; None where that is not on record."""
        row = ProgramEventRow
        asked = sa.select(sa.func.max(row.at)).where(
            row.station == self._site.station.fingerprint,
            row.event == ProgramEvent.IN_USE,
            row.version == version,
        )
        with self._site.read() as session:
            found: datetime | None = session.scalar(asked)
        return found

    def last(self) -> ProgramEventRow | None:
        """Return what became last of a version on this PC, releasing left aside."""
        row = ProgramEventRow
        asked = (
            sa.select(row)
            .where(
                row.station == self._site.station.fingerprint,
                row.event != ProgramEvent.RELEASED,
            )
            .order_by(row.at.desc(), row.id.desc())
            .limit(1)
        )
        with self._site.read() as session:
            return session.scalar(asked)

    def is_last(self, event: ProgramEvent, version: str) -> bool:
        """Tell whether this is what became last of a version on this PC."""
        last = self.last()
        return last is not None and (last.event, last.version) == (event, version)
