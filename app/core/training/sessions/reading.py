"""Reading sessions: one with all that it is made of, and the list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.people import Reads, who_is
from app.core.training.by_form import form_days
from app.core.training.kinds import EvidenceRule
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.practicals import qualified_on
from app.core.training.requirements.queries import terms_of
from app.core.training.sessions.kinds import Method, Place, RollMark, SessionEvent, SessionState
from app.core.training.sessions.models import (
    AttendanceRow,
    ClassSessionRow,
    SessionEventRow,
    SessionInvitationRow,
    SessionRequirementRow,
    SessionSigningRow,
    SessionTrainerRow,
)
from app.core.training.sessions.presence import (
    Asked,
    Happened,
    Line,
    is_there,
    places,
    presence,
    seconds_of,
    standing_lines,
    state_of,
    was_long_enough,
)
from app.core.training.sessions.types import (
    OnRoll,
    Outcome,
    Proves,
    RollLine,
    SessionSummary,
    SignedAttendee,
    Trainer,
)
from app.core.training.sessions.words import MARKS
from app.core.training.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """When a session really was: from its beginning to its end, or to now while it goes on."""

    began: datetime
    ended: datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody, as lists call them."""

    id: UUID
    number: str
    name: str
    left_on: date | None
    reads_along: bool
    """Whether they need somebody to read along."""


def session_row(session: Session, session_id: UUID) -> ClassSessionRow:
    """Return a session's row. Raises NotFound."""
    row = session.get(ClassSessionRow, session_id)
    if row is None:
        raise NotFound(_("The session"))
    return row


def events_of(session: Session, session_id: UUID) -> Sequence[SessionEventRow]:
    """Return what happened to a session as a whole, in order."""
    return session.scalars(
        sa.select(SessionEventRow)
        .where(SessionEventRow.session_id == session_id)
        .order_by(SessionEventRow.at, SessionEventRow.id)
    ).all()


def signings_of(session: Session, session_id: UUID) -> Sequence[SessionSigningRow]:
    """Return what was signed of a session: once, or again for who came to be known later."""
    return session.scalars(
        sa.select(SessionSigningRow)
        .where(SessionSigningRow.session_id == session_id)
        .order_by(SessionSigningRow.at, SessionSigningRow.id)
    ).all()


def state_in(session: Session, session_id: UUID) -> SessionState:
    """Return where a session stands."""
    events = map(_happened, events_of(session, session_id))
    return state_of(events, is_signed=bool(signings_of(session, session_id)))


def _happened(row: SessionEventRow) -> Happened:
    return Happened(event=row.event, began_at=row.began_at, ended_at=row.ended_at)


def held_when(row: ClassSessionRow, events: Iterable[SessionEventRow], now: datetime) -> Held:
    """Return when a session was. Before its roll is opened it is what was planned."""
    known = list(events)
    ends = [one for one in known if one.event is SessionEvent.HELD]
    if ends and ends[-1].began_at is not None and ends[-1].ended_at is not None:
        return Held(began=ends[-1].began_at, ended=ends[-1].ended_at, is_over=True)
    opened = [one.at for one in known if one.event is SessionEvent.OPENED]
    began = max(row.starts_at, min(opened)) if opened else row.starts_at
    off = [one.at for one in known if _happened(one).calls_off is not None]
    if off:
        return Held(began=began, ended=max(off[0], began), is_over=True)
    return Held(began=began, ended=max(now, began), is_over=False)


def lines_of(session: Session, session_id: UUID) -> dict[UUID, list[AttendanceRow]]:
    """Return the lines of the roll by person, as they were noted."""
    found: dict[UUID, list[AttendanceRow]] = defaultdict(list)
    rows = session.scalars(
        sa.select(AttendanceRow)
        .where(AttendanceRow.session_id == session_id)
        .order_by(AttendanceRow.noted_at, AttendanceRow.id)
    )
    for row in rows:
        found[row.person_id].append(row)
    return found


def as_lines(rows: Iterable[AttendanceRow]) -> list[Line]:
    """Return rows as the pure rules take them."""
    return [
        Line(
            id=row.id,
            mark=row.mark,
            at=row.at,
            method=row.method,
            noted_at=row.noted_at,
            corrects_id=row.corrects_id,
            by=row.by,
        )
        for row in rows
    ]


def list_of(session: Session, row: ClassSessionRow) -> dict[UUID, Place]:
    """Return who is on a session's list, in its order, and who of them waits for a seat or has left."""
    person, day = neighbours().person, row.starts_at.astimezone().date()
    rows = session.execute(
        sa.select(SessionInvitationRow, person.left_on)
        .outerjoin(person, person.id == SessionInvitationRow.person_id)
        .where(SessionInvitationRow.session_id == row.id)
    ).all()
    asked = [
        Asked(id=one.id, person_id=one.person_id, is_on=one.is_on, at=one.at) for one, _left in rows
    ]
    gone = {one.person_id for one, left in rows if left is not None and left <= day}
    return places(asked, row.seats, gone)


def trainers_of(session: Session, session_id: UUID) -> tuple[Trainer, ...]:
    """Return who leads a session, in the order in which they were named."""
    rows = session.scalars(
        sa.select(SessionTrainerRow)
        .where(SessionTrainerRow.session_id == session_id)
        .order_by(SessionTrainerRow.at, SessionTrainerRow.id)
    )
    newest = {(row.person_id, row.name): row for row in rows}
    people = named(session, [one for one, _name in newest if one is not None])
    return tuple(
        _trainer(row, people.get(person_id) if person_id else None)
        for (person_id, _name), row in newest.items()
        if row.leads
    )


def _trainer(row: SessionTrainerRow, person: NamedPerson | None) -> Trainer:
    return Trainer(
        name=person.name if person else row.name or "–",
        person_id=row.person_id,
        account_id=row.account_id,
        typed=person.number if person else row.name,
    )


def proves(session: Session, row: ClassSessionRow) -> tuple[Proves, ...]:
    """Return what a session proves, by code; until it is signed not what its form alone proves by then."""
    rows = session.scalars(
        sa.select(RequirementRow)
        .join(SessionRequirementRow, SessionRequirementRow.requirement_id == RequirementRow.id)
        .where(SessionRequirementRow.session_id == row.id, SessionRequirementRow.ended_at.is_(None))
        .order_by(RequirementRow.code)
    ).all()
    day = row.starts_at.astimezone().date()
    is_signed = sa.exists().where(SessionSigningRow.session_id == row.id)
    by_form = {} if session.scalar(sa.select(is_signed)) else form_days(session)
    return tuple(
        _proves(session, row, one, terms_of(session, one.id, day))
        for one in rows
        if day < by_form.get(one.id, date.max)
    )


def _proves(
    session: Session, row: ClassSessionRow, requirement: RequirementRow, terms: Terms
) -> Proves:
    return Proves(
        id=requirement.id,
        code=requirement.code,
        title=requirement.title,
        needs_second=terms.evidence is EvidenceRule.CONFIRMED,
        lacks_trainer=terms.trainer_registered and _lacks_trainer(session, row, requirement.id),
    )


def _lacks_trainer(session: Session, row: ClassSessionRow, requirement_id: UUID) -> bool:
    """Tell whether nobody who leads a session is on the register of trainers on the day it really was."""
    held = held_when(row, events_of(session, row.id), row.starts_at)
    registered = qualified_on(session, requirement_id, held.began.astimezone().date())
    return not any(one.person_id in registered for one in trainers_of(session, row.id))


def roll_of(session: Session, row: ClassSessionRow, held: Held) -> tuple[OnRoll, ...]:
    """Return everybody who is on the list or came: the list in its order, then who walked in."""
    lines = lines_of(session, row.id)
    listed = list_of(session, row)
    came = {one for one, rows in lines.items() if standing_lines(as_lines(rows))}
    people = [*listed, *(one for one in lines if one not in listed)]
    names = named(session, people)
    return tuple(
        _on_roll(row, held, listed.get(one, Place.WALK_IN), names[one], lines.get(one, []))
        for one in people
        if one in names and (one in listed or one in came or lines[one])
    )


def signed_of(
    session: Session, signings: Iterable[SessionSigningRow]
) -> tuple[SignedAttendee, ...]:
    """Return what became of each in a session's signatures, as who they are now; the last one tells."""
    found: dict[UUID, SignedAttendee] = {}
    for signing in signings:
        for one in signing.people:
            person_id = who_is(session, UUID(one["person"]))
            found[person_id] = SignedAttendee(
                person_id=person_id, seconds=one["seconds"], outcome=Outcome(one["outcome"])
            )
    return tuple(found.values())


def summary(session: Session, row: ClassSessionRow) -> SessionSummary:
    """Return one session as the list shows it."""
    listed = list_of(session, row)
    seated, waiting = (
        sum(one is place for one in listed.values()) for place in (Place.SEATED, Place.WAITING)
    )
    came = sum(bool(standing_lines(as_lines(rows))) for rows in lines_of(session, row.id).values())
    return SessionSummary(
        id=row.id,
        kind=row.kind,
        title=row.title,
        venue=row.venue,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=state_in(session, row.id),
        seats=row.seats,
        seated=seated,
        waiting=waiting,
        came=came,
    )


def _on_roll(
    row: ClassSessionRow,
    held: Held,
    place: Place,
    person: NamedPerson,
    rows: Sequence[AttendanceRow],
) -> OnRoll:
    lines = as_lines(rows)
    standing = standing_lines(lines)
    stand = {one.id for one in standing}
    there = presence(lines, held.began, held.ended)
    coming = [one.method for one in standing if one.mark is RollMark.IN]
    return OnRoll(
        person_id=person.id,
        number=person.number,
        name=person.name,
        place=place,
        is_there=is_there(lines),
        intervals=there,
        seconds=seconds_of(there),
        is_enough=was_long_enough(there, held.began, held.ended, row.threshold),
        methods=tuple(dict.fromkeys(coming)),
        confirmed=any(one.method is Method.PIN for one in standing),
        left_on=person.left_on,
        reads_along=person.reads_along,
        lines=tuple(
            RollLine(
                id=one.id,
                words=_(MARKS[one.mark]),
                at=one.at,
                method=one.method,
                by_name=one.by_name,
                reason=one.reason,
                stands=one.id in stand,
            )
            for one in rows
        ),
    )


def named(session: Session, people: Iterable[UUID]) -> dict[UUID, NamedPerson]:
    """Return how people are called, by id."""
    person = neighbours().person
    wanted = list(dict.fromkeys(people))
    found: dict[UUID, NamedPerson] = {}
    for start in range(0, len(wanted), 500):
        rows = session.execute(
            sa.select(person.id, person.number, person.name, person.left_on, person.reads).where(
                person.id.in_(wanted[start : start + 500])
            )
        )
        found |= {
            one: NamedPerson(one, number, name, left, reads == Reads.ALONG)
            for one, number, name, left, reads in rows
        }
    return found
