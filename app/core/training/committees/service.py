"""Committees as a coordinator keeps them: seats from day to day, and the notice of them."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.egress import Document
from app.core.journal import Site, Unit
from app.core.people import person_numbered
from app.core.training.committees.kinds import SeatRole
from app.core.training.committees.models import (
    CommitteeNoticeRow,
    CommitteeRow,
    CommitteeSeatRow,
)
from app.core.training.committees.types import Committee, NewSeat, NoticePrinted, Seat
from app.core.training.errors import TrainingRefused
from app.core.training.held import held_until
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import by_code

_ORDER = {role: place for place, role in enumerate(SeatRole)}


class Committees:
    """Who may keep and read them: holders of ASSIGN for the whole site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_seated: list[Callable[[Unit, Collection[UUID]], object]] = []
        """Called, in the unit of work, with whom sits on a committee or does so no more: rules may ask for that."""

    def all(self, actor: Actor) -> tuple[Committee, ...]:
        """Return the committees by title."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            return committees_of(session, self._today())

    def committee(self, actor: Actor, committee_id: UUID) -> Committee:
        """Return one. Raises NotFound."""
        found = next((one for one in self.all(actor) if one.id == committee_id), None)
        if found is None:
            raise NotFound(_("This committee"))
        return found

    def add(self, actor: Actor, title: str, asks: Collection[str]) -> UUID:
        """Add a committee; `asks` are codes of what its presiding officer has to hold.

        Raises NotAllowed, NotFound, TrainingRefused.
        """
        actor.require(Capability.ASSIGN)
        title = " ".join(title.split())
        if not title:
            raise TrainingRefused(_("It has no name."), _("Say what the committee is called."))
        with self._site.transaction(actor, "committee.add") as unit:
            row = CommitteeRow(
                site_id=self._site.site_id,
                title=title,
                asks=[str(by_code(unit, code).id) for code in asks],
            )
            unit.add(row)
            unit.flush()
            return row.id

    def seat(self, actor: Actor, committee_id: UUID, new: NewSeat) -> None:
        """Let somebody sit on it. Raises NotFound, TrainingRefused."""
        actor.require(Capability.ASSIGN)
        name, contact = " ".join(new.name.split()), " ".join(new.contact.split())
        if not (new.number.strip() or name):
            raise TrainingRefused(
                _("Nobody was named."), _("Give a number, or a name from outside.")
            )
        with self._site.transaction(actor, "committee.seat") as unit:
            _require_committee(unit, committee_id)
            person_id = person_numbered(unit, new.number) if new.number.strip() else None
            unit.add(
                CommitteeSeatRow(
                    committee_id=committee_id,
                    person_id=person_id,
                    name="" if person_id else name,
                    contact=contact,
                    role=new.role,
                    from_on=new.from_on,
                    to_on=new.to_on,
                )
            )
            self._tell_seated(unit, person_id)

    def end_seat(self, actor: Actor, seat_id: UUID, on: date, reason: str) -> None:
        """Let somebody no longer sit on it from a day on. Raises NotFound, TrainingRefused."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "committee.end-seat", reason=reason) as unit:
            row = unit.get(CommitteeSeatRow, seat_id)
            if row is None:
                raise NotFound(_("This member"))
            if on < row.from_on:
                raise TrainingRefused(
                    _("They were not on it yet."), _("Give a day after the one they began.")
                )
            row.to_on = on
            self._tell_seated(unit, row.person_id)

    def notice(self, actor: Actor, committee_id: UUID) -> Document:
        """Return the notice to hang up, and keep that it was printed: the one before is superseded.

        Raises NotFound, TrainingRefused for a committee that nobody sits on.
        """
        from app.core.training.committees.notice_paper import (  # fonts and ReportLab, only here
            notice_document,
        )

        found, today = self.committee(actor, committee_id), self._today()
        sitting = found.sitting(today)
        if not sitting:
            raise TrainingRefused(_("Nobody sits on it."), _("Name its members first."))
        now = self._site.clock.now()
        drawn = notice_document(found.title, sitting, now)
        with self._site.transaction(actor, "committee.notice") as unit:
            unit.add(
                CommitteeNoticeRow(
                    committee_id=committee_id,
                    sha256=seats_digest(sitting),
                    at=now,
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )
        return drawn

    def _tell_seated(self, unit: Unit, person_id: UUID | None) -> None:
        unit.flush()
        if person_id is None:
            return
        for act in self.on_seated:
            act(unit, {person_id})

    def _today(self) -> date:
        return local_day(self._site.clock)


def committees_of(session: Session, day: date) -> tuple[Committee, ...]:
    """Return the committees by title, as of a day."""
    rows = session.scalars(sa.select(CommitteeRow).order_by(CommitteeRow.title, CommitteeRow.id))
    return tuple(_committee(session, row, day) for row in rows)


def seats_digest(sitting: Iterable[Seat]) -> str:
    """Return the SHA-256 of who sits on a committee, as its notice says it."""
    said = "\n".join(f"{one.role.value}\t{one.name}\t{one.contact}" for one in sitting)
    return hashlib.sha256(said.encode()).hexdigest()


def _committee(session: Session, row: CommitteeRow, day: date) -> Committee:
    asked = [session.get(RequirementRow, UUID(one)) for one in row.asks]
    requirements = [one for one in asked if one is not None]
    seats = _seats(session, row.id, requirements, day)
    sitting = [one for one in seats if one.sits_on(day)]
    newest = (
        sa.select(CommitteeNoticeRow)
        .where(CommitteeNoticeRow.committee_id == row.id)
        .order_by(CommitteeNoticeRow.at.desc(), CommitteeNoticeRow.id.desc())
    )
    now = seats_digest(sitting)
    return Committee(
        id=row.id,
        title=row.title,
        asks=tuple(one.title for one in requirements),
        seats=seats,
        notices=tuple(
            NoticePrinted(at=one.at, by=one.by_name, is_superseded=bool(place) or one.sha256 != now)
            for place, one in enumerate(session.scalars(newest))
        ),
    )


def _seats(
    session: Session, committee_id: UUID, asked: Sequence[RequirementRow], day: date
) -> tuple[Seat, ...]:
    listing = neighbours().listing
    rows = session.execute(
        sa.select(CommitteeSeatRow, listing.number, listing.name)
        .outerjoin(listing, listing.person_id == CommitteeSeatRow.person_id)
        .where(CommitteeSeatRow.committee_id == committee_id)
    )
    found = [
        Seat(
            id=row.id,
            person_id=row.person_id,
            number=number or "",
            name=name or row.name,
            contact=row.contact,
            role=row.role,
            from_on=row.from_on,
            to_on=row.to_on,
            lacks=_lacking(session, row, asked, day),
        )
        for row, number, name in rows
    ]
    return tuple(
        sorted(found, key=lambda one: (_ORDER[one.role], one.name.casefold(), one.from_on))
    )


def _lacking(
    session: Session, row: CommitteeSeatRow, asked: Sequence[RequirementRow], day: date
) -> tuple[str, ...]:
    if row.role is not SeatRole.PRESIDING:
        return ()
    held = (
        None if row.person_id is None else held_until(session, row.person_id, one) for one in asked
    )
    return tuple(
        one.title for one, until in zip(asked, held, strict=True) if until is None or until < day
    )


def _require_committee(session: Session, committee_id: UUID) -> None:
    if session.get(CommitteeRow, committee_id) is None:
        raise NotFound(_("This committee"))
