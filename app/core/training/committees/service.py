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
from app.core.people import person_numbered, spelt_once, still_here
from app.core.storage.columns import Day
from app.core.training.committees.kinds import SeatRole
from app.core.training.committees.models import (
    CommitteeNoticeRow,
    CommitteeRow,
    CommitteeSeatRow,
)
from app.core.training.committees.types import (
    Committee,
    CommitteeTerms,
    NewSeat,
    NoticePrinted,
    Seat,
)
from app.core.training.errors import TrainingRefused
from app.core.training.held import held_until
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import by_code

MOST_MEMBERS = 1000
_NO_TERMS = CommitteeTerms()
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

    def add(
        self,
        actor: Actor,
        title: str,
        asks: Collection[str],
        terms: CommitteeTerms = _NO_TERMS,
    ) -> UUID:
        """Add a committee; `asks` are codes of what its presiding officer has to hold.

        Raises NotAllowed, NotFound, TrainingRefused.
        """
        actor.require(Capability.ASSIGN)
        title = " ".join(title.split())
        if not title:
            raise TrainingRefused(_("It has no name."), _("Say what the committee is called."))
        _require_terms(terms)
        with self._site.transaction(actor, "committee.add") as unit:
            row = CommitteeRow(
                site_id=self._site.site_id,
                title=title,
                asks=[str(by_code(unit, code).id) for code in asks],
            )
            _take_terms(row, terms)
            unit.add(row)
            unit.flush()
            return row.id

    def set_terms(
        self, actor: Actor, committee_id: UUID, terms: CommitteeTerms, reason: str = ""
    ) -> None:
        """Say what a committee is for and how many members it has to have. Raises NotFound, TrainingRefused."""
        actor.require(Capability.ASSIGN)
        _require_terms(terms)
        with self._site.transaction(actor, "committee.set-terms", reason=reason) as unit:
            _take_terms(_required(unit, committee_id), terms)

    def seat(self, actor: Actor, committee_id: UUID, new: NewSeat) -> None:
        """Let somebody sit on it. Raises NotFound, TrainingRefused."""
        actor.require(Capability.ASSIGN)
        name, contact = " ".join(new.name.split()), " ".join(new.contact.split())
        if not (new.number.strip() or name):
            raise TrainingRefused(
                _("Nobody was named."), _("Give a number, or a name from outside.")
            )
        with self._site.transaction(actor, "committee.seat") as unit:
            _required(unit, committee_id)
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
        drawn = notice_document(found, today, now)
        with self._site.transaction(actor, "committee.notice") as unit:
            unit.add(
                CommitteeNoticeRow(
                    committee_id=committee_id,
                    sha256=seats_digest(sitting, found.terms),
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


def seats_digest(sitting: Iterable[Seat], terms: CommitteeTerms) -> str:
    """Return the SHA-256 of who sits on a committee, as its notice says it: with shifts where those matter."""
    said = "\n".join(
        f"{one.role.value}\t{one.name}\t{one.contact}"
        + (f"\t{one.shift}" if terms.least_per_shift else "")
        for one in sitting
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _committee(session: Session, row: CommitteeRow, day: date) -> Committee:
    asked = [session.get(RequirementRow, UUID(one)) for one in row.asks]
    requirements = [one for one in asked if one is not None]
    seats = _seats(session, row, requirements, day)
    sitting = [one for one in seats if one.sits_on(day)]
    newest = (
        sa.select(CommitteeNoticeRow)
        .where(CommitteeNoticeRow.committee_id == row.id)
        .order_by(CommitteeNoticeRow.at.desc(), CommitteeNoticeRow.id.desc())
    )
    terms = _terms_of(row)
    now = seats_digest(sitting, terms)
    return Committee(
        id=row.id,
        title=row.title,
        asks=tuple(one.title for one in requirements),
        terms=terms,
        shifts=_shifts(session, row, day) if terms.least_per_shift else (),
        seats=seats,
        notices=tuple(
            NoticePrinted(at=one.at, by=one.by_name, is_superseded=bool(place) or one.sha256 != now)
            for place, one in enumerate(session.scalars(newest))
        ),
    )


def _terms_of(row: CommitteeRow) -> CommitteeTerms:
    return CommitteeTerms(
        kind=row.kind,
        least=row.least,
        least_per_shift=row.least_per_shift,
        counts_trained=row.counts_trained,
    )


def _take_terms(row: CommitteeRow, terms: CommitteeTerms) -> None:
    row.kind, row.counts_trained = terms.kind, terms.counts_trained
    row.least, row.least_per_shift = terms.least, terms.least_per_shift


def _require_terms(terms: CommitteeTerms) -> None:
    for count in (terms.least, terms.least_per_shift):
        if not 0 <= count <= MOST_MEMBERS:
            raise TrainingRefused(
                _("{count} is no number of members.").format(count=count),
                _("Give 0 to {most}.").format(most=MOST_MEMBERS),
            )


def _shifts(session: Session, row: CommitteeRow, day: date) -> tuple[str, ...]:
    """Return the shifts that people of a committee's site work on a day."""
    person, today = neighbours().person, sa.literal(day, Day)
    found = (
        sa.select(person.shift)
        .where(person.shift != "", still_here(person.left_on, today))
        .distinct()
    )
    if row.site_id is not None:
        home = person.home_site_id
        found = found.where(sa.or_(home.is_(None), home == row.site_id))
    return spelt_once(session.scalars(found))


def _seats(
    session: Session, committee: CommitteeRow, asked: Sequence[RequirementRow], day: date
) -> tuple[Seat, ...]:
    listing, person = neighbours().listing, neighbours().person
    rows = session.execute(
        sa.select(CommitteeSeatRow, listing.number, listing.name, person.shift, person.left_on)
        .outerjoin(listing, listing.person_id == CommitteeSeatRow.person_id)
        .outerjoin(person, person.id == CommitteeSeatRow.person_id)
        .where(CommitteeSeatRow.committee_id == committee.id)
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
            lacks=_lacking(session, row, asked, day) if _is_asked(committee, row, day) else (),
            shift=shift or "",
            is_here=left_on is None or left_on > day,
        )
        for row, number, name, shift, left_on in rows
    ]
    return tuple(
        sorted(found, key=lambda one: (_ORDER[one.role], one.name.casefold(), one.from_on))
    )


def _is_asked(committee: CommitteeRow, row: CommitteeSeatRow, day: date) -> bool:
    """Tell whether somebody has to hold what a committee asks for: who presides, and whose number counts."""
    if row.role is SeatRole.PRESIDING:
        return True
    return committee.counts_trained and row.from_on <= day < (row.to_on or date.max)


def _lacking(
    session: Session, row: CommitteeSeatRow, asked: Sequence[RequirementRow], day: date
) -> tuple[str, ...]:
    held = (
        None if row.person_id is None else held_until(session, row.person_id, one) for one in asked
    )
    return tuple(
        one.title for one, until in zip(asked, held, strict=True) if until is None or until < day
    )


def _required(session: Session, committee_id: UUID) -> CommitteeRow:
    row = session.get(CommitteeRow, committee_id)
    if row is None:
        raise NotFound(_("This committee"))
    return row
