"""Testing badge readers: a badge whose owner is known is held to one, and what came of it is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assurance.errors import SaidTooLittle
from app.core.assurance.oversight.rules import rule_on
from app.core.assurance.readers.models import ReaderTestRow
from app.core.base.actor import Actor, Capability
from app.core.base.computer import this_pc
from app.core.base.words import _
from app.core.journal import Site
from app.core.people import AtReader, MeantBy, NobodyMeant, person_at_reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderTest:
    """The newest test of a reader."""

    pc: str
    reader: str
    is_right: bool
    remark: str
    at: datetime
    by: str
    due_on: date | None
    """When it is to be tested again; None where the site asks for no tests."""

    def is_late(self, today: date) -> bool:
        """Tell whether it should have been tested again, or was found not to read right."""
        return not self.is_right or (self.due_on is not None and today > self.due_on)


class ReaderTests:
    """The tests of a site. Who may test: whoever gives badges, or manages the site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def reads_as(self, actor: Actor, untrusted_code: str) -> AtReader:
        """Return whose badge a reader has read, so that somebody says whether it is. Raises NobodyMeant, NotOne."""
        actor.require(Capability.MANAGE_ACCOUNTS)
        with self._site.read() as session:
            found = person_at_reader(session, untrusted_code)
        if found.how is not MeantBy.BADGE:
            raise NobodyMeant
        return found

    def keep(self, actor: Actor, reader: str, *, is_right: bool, remark: str = "") -> ReaderTest:
        """Keep that a badge was held to a reader of this PC, and whether it was read as its owner's.

        Raises NotAllowed, SaidTooLittle.
        """
        actor.require(Capability.MANAGE_ACCOUNTS)
        reader, remark = " ".join(reader.split()), " ".join(remark.split())
        if not reader:
            raise SaidTooLittle(_("Which reader it is"))
        if not (is_right or remark):
            raise SaidTooLittle(_("What was wrong"))
        row = ReaderTestRow(
            station=self._site.station.fingerprint,
            pc=this_pc(),
            reader=reader,
            is_right=is_right,
            remark=remark,
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )
        with self._site.transaction(actor, "reader.test") as unit:
            unit.add(row)
            unit.flush()
            return _test(unit, self._site.site_id, row)

    def readers(self, actor: Actor) -> tuple[ReaderTest, ...]:
        """Return the newest test of every reader, by PC and name."""
        actor.require_anywhere(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            return reader_tests(session, self._site.site_id)


def reader_tests(session: Session, site_id: UUID | None) -> tuple[ReaderTest, ...]:
    """Return the newest test of every reader, by PC and name."""
    newest: dict[tuple[bytes, str], ReaderTestRow] = {}
    for row in session.scalars(sa.select(ReaderTestRow).order_by(ReaderTestRow.at)):
        newest[row.station, row.reader.casefold()] = row
    found = (_test(session, site_id, row) for row in newest.values())
    return tuple(sorted(found, key=lambda one: (one.pc.casefold(), one.reader.casefold())))


def _test(session: Session, site_id: UUID | None, row: ReaderTestRow) -> ReaderTest:
    tested_on = row.at.astimezone().date()
    days = rule_on(session, site_id, tested_on).reader_days
    return ReaderTest(
        pc=row.pc,
        reader=row.reader,
        is_right=row.is_right,
        remark=row.remark,
        at=row.at,
        by=row.by_name,
        due_on=tested_on + timedelta(days=days) if days else None,
    )
