"""Pure decisions about a roll: which lines count, when somebody was there, who has a seat.

Nothing depends on the order in which lines came, so that two PCs that took one roll agree.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from app.core.training.sessions.kinds import Method, Place, RollMark, SessionEvent, SessionState

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the roll about one person."""

    id: UUID
    mark: RollMark
    at: datetime
    method: Method
    noted_at: datetime
    corrects_id: UUID | None = None
    by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something happened to a session as a whole; the times are those that the event says."""

    event: SessionEvent
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def calls_off(self) -> SessionEvent | None:
        """Return how far a session had come when somebody called it off; None where it had not begun."""
        if self.event is not SessionEvent.CANCELLED or self.began_at is None:
            return None
        return SessionEvent.OPENED if self.ended_at is None else SessionEvent.HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody was put on the list, or taken off it."""

    id: UUID
    person_id: UUID
    is_on: bool
    at: datetime


def standing_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that no correction took the place of, by time; of two corrections the newer."""
    all_lines = sorted(lines, key=lambda one: (one.noted_at, one.id))
    newest = {one.corrects_id: one.id for one in all_lines if one.corrects_id is not None}
    found = (
        one
        for one in all_lines
        if one.id not in newest
        and (one.corrects_id is None or newest[one.corrects_id] == one.id)
        and one.mark is not RollMark.STRUCK
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.mark is RollMark.OUT, one.id)))


def presence(lines: Iterable[Line], began: datetime, ended: datetime) -> tuple[Interval, ...]:
    """Return when somebody was there between two instants, in order, apart from each other.

    Who came and is not known to have gone was there to the end; who went without having come, not.
    """
    found: list[Interval] = []
    since: datetime | None = None
    for line in standing_lines(lines):
        if line.mark is RollMark.IN:
            since = since or line.at
        elif since is not None:
            found.append((since, line.at))
            since = None
    if since is not None:
        found.append((since, max(ended, since)))
    cut = ((max(one, began), min(other, ended)) for one, other in found)
    return tuple(_joined([one for one in cut if one[0] < one[1]]))


def seconds_of(intervals: Iterable[Interval]) -> int:
    """Return how long intervals are together, in whole seconds."""
    return int(sum((end - begin).total_seconds() for begin, end in intervals))


def was_long_enough(
    intervals: Iterable[Interval], began: datetime, ended: datetime, per_cent: int
) -> bool:
    """Tell whether somebody was there for so much of the time. Exact: no rounding in between.

    Who was there for none of it was not there, also where any time is enough.
    """
    whole = _microseconds(began, ended)
    there = sum(_microseconds(*one) for one in intervals)
    return whole > 0 and there > 0 and Fraction(there, whole) >= Fraction(per_cent, 100)


def both(some: Iterable[Interval], others: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return when both were: of what was shown, what somebody saw."""
    against = _joined(list(others))
    found = (
        (max(one[0], other[0]), min(one[1], other[1]))
        for one in _joined(list(some))
        for other in against
    )
    return tuple(one for one in found if one[0] < one[1])


def is_there(lines: Iterable[Line]) -> bool:
    """Tell whether somebody came and has not gone."""
    standing = standing_lines(lines)
    return bool(standing) and standing[-1].mark is RollMark.IN


def goings_astray(lines: Iterable[Line]) -> int:
    """Return how many lines say that somebody went who was not there then."""
    astray, is_in = 0, False
    for line in standing_lines(lines):
        is_going = line.mark is RollMark.OUT
        astray += is_going and not is_in
        is_in = not is_going
    return astray


def places(
    asked: Iterable[Asked], seats: int | None, gone: Collection[UUID] = ()
) -> dict[UUID, Place]:
    """Return who is on the list, in its order: first come, first seated; the rest wait.

    Somebody who was taken off and put on again comes last; a freed seat goes to who waits first.
    No seat is kept for who is `gone` by then: they stand last.
    """
    since: dict[UUID, Asked] = {}
    for one in sorted(asked, key=lambda one: (one.at, one.id)):
        if not one.is_on:
            since.pop(one.person_id, None)
        else:
            since.setdefault(one.person_id, one)
    ordered = [one.person_id for one in sorted(since.values(), key=lambda one: (one.at, one.id))]
    here = [one for one in ordered if one not in gone]
    return {
        one: Place.SEATED if seats is None or number < seats else Place.WAITING
        for number, one in enumerate(here)
    } | {one: Place.LEFT for one in ordered if one in gone}


def state_of(events: Iterable[Happened], *, is_signed: bool) -> SessionState:
    """Return where a session stands. What people did weighs more than that somebody cancelled it.

    Unless whoever called it off knew how far it had come: PCs apart agree on that.
    """
    all_events = list(events)
    happened = {one.event for one in all_events}
    called_off = {one.calls_off for one in all_events}
    if is_signed:
        return SessionState.CLOSED if SessionEvent.CLOSED in happened else SessionState.SIGNED
    for came_to, state in (
        (SessionEvent.HELD, SessionState.HELD),
        (SessionEvent.OPENED, SessionState.OPEN),
    ):
        if came_to in called_off:
            return SessionState.CANCELLED
        if came_to in happened:
            return state
    return SessionState.CANCELLED if SessionEvent.CANCELLED in happened else SessionState.PLANNED


def entered_by_hand(
    lines: Iterable[Line], began: datetime, ended: datetime, per_cent: int
) -> frozenset[UUID | None]:
    """Return who entered somebody's attendance, where neither badge nor PIN of theirs says it.

    A badge says from when on they were there; a PIN, that what stands on the roll is right. What was
    put right afterwards is the word of whoever did it, who is returned then, too.
    """
    all_lines = list(lines)
    standing = standing_lines(all_lines)
    confirmed = any(one.method is Method.PIN for one in standing)
    as_it_came = [
        one
        for one in all_lines
        if one.corrects_id is None
        and (one.mark is RollMark.OUT or confirmed or one.method is Method.BADGE)
    ]
    if was_long_enough(presence(as_it_came, began, ended), began, ended, per_cent):
        return frozenset()
    by_hand = [one.by for one in standing if one.mark is RollMark.IN]
    return frozenset((*by_hand, *(one.by for one in all_lines if one.corrects_id is not None)))


def _joined(intervals: Sequence[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for begin, end in sorted(intervals):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _microseconds(begin: datetime, end: datetime) -> int:
    span = end - begin
    return (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
