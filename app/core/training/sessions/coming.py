"""Who comes onto a roll: whether they may, whether there is a seat, when they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.figures import moment
from app.core.base.words import _
from app.core.training.errors import TrainingRefused
from app.core.training.neighbours import neighbours
from app.core.training.sessions.errors import HasLeft, LeadsIt, NotYetHere, SeatsTaken
from app.core.training.sessions.kinds import Method, Place, RollMark
from app.core.training.sessions.models import ClassSessionRow
from app.core.training.sessions.presence import (
    Line,
    goings_astray,
    is_there,
    presence,
    standing_lines,
)
from app.core.training.sessions.reading import Held, as_lines, lines_of, trainers_of
from app.core.training.sessions.two_rooms import OtherRoom
from app.core.training.sessions.types import Tapped, TapResult

_EARLY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comer:
    """Who comes onto the roll."""

    id: UUID
    number: str
    name: str
    left_on: date | None
    joined_on: date | None


def check_may(session: Session, row: ClassSessionRow, person: Comer, today: date) -> None:
    """Raise HasLeft and NotYetHere for who does not belong here then, LeadsIt for who gives the session."""
    day = min(row.starts_at.astimezone().date(), today)
    if person.joined_on is not None and person.joined_on > day:
        raise NotYetHere(person.name, person.joined_on)
    if person.left_on is not None and person.left_on <= day:
        raise HasLeft(person.name, person.left_on)
    if person.id in {one.person_id for one in trainers_of(session, row.id)}:
        raise LeadsIt(person.name)


def came(lines: Sequence[Line], held: Held) -> bool:
    """Tell whether somebody was there for any of the time of a session that is over."""
    return bool(presence(lines, held.began, held.ended))


def adds(method: Method, known: set[Method]) -> bool:
    """Tell whether a line more says something: somebody's own badge or PIN beside a tick."""
    return (method is Method.PIN and Method.PIN not in known) or (
        method is Method.BADGE and not known & {Method.BADGE, Method.PIN}
    )


def check_seat(
    session: Session, row: ClassSessionRow, person: Comer, listed: dict[UUID, Place]
) -> None:
    """Raise SeatsTaken where those who are there and those whose seats are kept fill the room."""
    if row.seats is None or listed.get(person.id) is Place.SEATED:
        return
    there = {
        one for one, lines in lines_of(session, row.id).items() if standing_lines(as_lines(lines))
    }
    kept = {one for one, place in listed.items() if place is Place.SEATED}
    if person.id not in there and len(there | kept) >= row.seats:
        raise SeatsTaken((person.name,), row.seats)


def comer(session: Session, person_id: UUID) -> Comer:
    """Return somebody as the roll names them. Raises NotFound."""
    person = neighbours().person
    row: Sequence[object] | None = session.execute(
        sa.select(person.number, person.name, person.left_on, person.joined_on).where(
            person.id == person_id
        )
    ).first()
    if row is None:
        raise NotFound(_("The person"))
    number, name, left_on, joined_on = row
    return Comer(
        id=person_id,
        number=str(number),
        name=str(name),
        left_on=left_on if isinstance(left_on, date) else None,
        joined_on=joined_on if isinstance(joined_on, date) else None,
    )


def when_come(said: datetime | None, method: Method, held: Held, now: datetime) -> datetime:
    """Return when somebody came: as it was said, else at the beginning for what is entered afterwards.

    Raises TrainingRefused for a time to come.
    """
    by_hand_afterwards = held.is_over and method in {Method.TICK, Method.SHEET}
    at = said or (held.began if by_hand_afterwards else now)
    if at > now:
        raise TrainingRefused(
            _("Nobody has come at a time that is still to be."), _("Give when they came.")
        )
    return at


def check_time(known: Sequence[Line], new: Line, name: str, now: datetime) -> None:
    """Raise TrainingRefused for a line that says that somebody went before they came, or will come or go."""
    if new.at > now:
        raise TrainingRefused(
            _("Nobody has come or gone at a time that is still to be."),
            _("Give when it really was."),
        )
    lines = [*known, new]
    if goings_astray(lines) > goings_astray(known):
        raise TrainingRefused(
            _("{name} would have gone before they came.").format(name=name),
            _("Look at when they came, and give a time after it."),
        )
    if new.mark is RollMark.IN and new.corrects_id is None and not is_there(lines):
        raise TrainingRefused(
            _("{name} went after that, and would not be there.").format(name=name),
            _("Give when they came back."),
        )


def check_when_held(row: ClassSessionRow, began: datetime) -> None:
    """Raise TrainingRefused for a session that would have begun long before it was planned to."""
    if began < row.starts_at - _EARLY:
        raise TrainingRefused(
            _("It would have begun more than a day before its plan: {begin}.").format(
                begin=moment(row.starts_at)
            ),
            _("Give when it really began, or change its plan first."),
        )


def tapped(
    person: Comer,
    result: TapResult,
    elsewhere: Sequence[OtherRoom] = (),
    over_since: datetime | None = None,
) -> Tapped:
    """Return what a tap came to, in words for the screen and the reader.

    `elsewhere`: on the rolls of which other sessions they are at the same time. `over_since`: when the
    session ended, of who came after that.
    """
    words = {
        TapResult.CAME: _("{name} is there."),
        TapResult.WALK_IN: _("{name} is there, and was not invited."),
        TapResult.ALREADY: _("{name} was on the roll already."),
        TapResult.WENT: _("{name} has gone."),
    }[result].format(name=person.name)
    if over_since is not None:
        words = _(
            "{name} is noted, but it ended at {at}: coming now counts for nothing. If they were there, enter them"
            " by name."
        ).format(name=person.name, at=moment(over_since))
    if elsewhere:
        others = ", ".join(one.called for one in elsewhere)
        also = _("They are on the roll of {other}, too.").format(other=others)
        words = f"{words} {also}"
    return Tapped(
        person_id=person.id,
        number=person.number,
        name=person.name,
        result=result,
        words=words,
    )
