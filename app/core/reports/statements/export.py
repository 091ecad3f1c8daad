"""Statements to a file for another system: those received, and the site's own facts worded as such."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.egress import Egress, FileKind, Leaving
from app.core.journal import Site
from app.core.keys.models import SiteRow
from app.core.learning import SiteAgents
from app.core.learning.statements.models import StatementRow
from app.core.people import person_numbered
from app.core.reports.statements.events import EVENTS, Stretch
from app.core.reports.statements.wording import Wording

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsWritten:
    """What an export holds, and from when the next one goes on."""

    received: int
    """As other systems and lessons sent them."""
    own: int
    """Worded from the site's own facts."""
    through: datetime
    """Everything up to this is in the file: the next export's `since`."""


class StatementExport:
    """Writes one statement a line (JSON Lines, UTF-8): what a corporate LRS reads in."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._egress = Egress(site)

    def write(
        self,
        actor: Actor,
        path: Path,
        *,
        since: datetime | None = None,
        person: str | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> StatementsWritten:
        """Write a file, whole or not at all; voided statements and what voids them are in it too.

        `person` is an employee number. Raises NotAllowed, NotFound, FileTaken.
        """
        actor.require(Capability.VIEW_RECORDS)
        told, through = progress or NoProgress(), self._site.clock.now()
        with self._site.read() as session:
            about = _person_id(session, person)
        title = person or _("Everybody")
        leaving = Leaving(kind=FileKind.STATEMENTS, title=title, about=about)
        leave = self._egress.writing(actor, path, leaving, overwrite=overwrite)
        with self._site.read() as session, leave as outgoing:
            stretch = Stretch(since=since, person_id=about)
            counts = []
            for lines in (_received(session, stretch), _own(session, stretch)):
                count = 0
                for line in lines:
                    outgoing.file.write(line.encode() + b"\n")
                    count += 1
                    if count % _AT_ONCE == 0:
                        told.step(count, 0, _("Writing statements"))
                counts.append(count)
            outgoing.records = sum(counts)
        return StatementsWritten(received=counts[0], own=counts[1], through=through)


def _received(session: Session, stretch: Stretch) -> Iterator[str]:
    statement = (
        sa.select(StatementRow.document)
        .where(*stretch.narrows(StatementRow.stored, StatementRow.person_id))
        .order_by(StatementRow.stored, StatementRow.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    yield from session.scalars(statement)


def _own(session: Session, stretch: Stretch) -> Iterator[str]:
    site_id = session.scalars(sa.select(SiteRow.id).limit(1)).one()
    wording = Wording(SiteAgents(site_id))
    for events in EVENTS:
        for event in events(session, stretch):
            yield wording.statement(event)


def _person_id(session: Session, number: str | None) -> UUID | None:
    return None if number is None else person_numbered(session, number)
