"""What one person adds to the figures that are kept, as the days on which it changes. No database.

A day is its ordinal (`date.toordinal`). People are counted where they belong now, and days gone by
as is known now: who moves takes their past along.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from app.core.reports.moments import MONTH
from app.core.training.rules import EXPIRING as EXPIRING_FOR

MEASURES = ("required", "held", "expiring", "overdue", "learners", "open", "late")
REQUIRED, HELD, EXPIRING, OVERDUE, LEARNERS, OPEN, LATE = range(len(MEASURES))
NEVER = date.max.toordinal() + 1
"""A day that does not come."""
FIRST = date.min.toordinal()

_NEAR, _MONTH = EXPIRING_FOR.days, MONTH.days
_CLOSE = date(2000, 1, 1).toordinal()
"""Days are packed as their distance from this one, which is short."""
_PACKER = msgspec.msgpack.Encoder()
_UNPACKER = msgspec.msgpack.Decoder(list[list[int]])


class Assigned(NamedTuple):
    """One cycle of a pair: from which day it is required, to which, and when it is late."""

    begin: int
    cancelled: int
    late: int
    """The last day before it is overdue, grace included."""
    counts_from: int = 0
    """The instant, in microseconds, from which on evidence counts for it."""
    waived: int = NEVER
    """The day on which somebody was let off."""
    waived_until: int = NEVER
    """The last day of that."""
    is_open: bool = False
    """Nothing has closed it."""
    is_renewal: bool = False
    """Whether what is still held from before leaves it open."""
    is_chosen: bool = False
    """The person chose it themselves: it is required of nobody."""
    closed: int = NEVER
    """The day on which it was closed."""

    def pieces(self, end: int) -> tuple[tuple[int, int], ...]:
        """Return the stretches in which it counts, up to, not on, a day: without those it is waived in."""
        over = min(self.cancelled, end)
        if self.waived >= NEVER:
            return ((self.begin, over),)
        return (
            (self.begin, min(over, self.waived)),
            (max(self.begin, self.waived, min(self.waived_until, NEVER - 1) + 1), over),
        )


class Done(NamedTuple):
    """One piece of evidence: the day of it, the last day it is valid on, and its instant."""

    day: int
    until: int
    at: int = 0


class Steps:
    """Changes of measures by day, added up."""

    def __init__(self) -> None:
        self.changes: tuple[defaultdict[int, int], ...] = tuple(
            defaultdict(int) for _measure in MEASURES
        )
        """By how much each measure changes, by day."""

    def add(self, measure: int, begin: int, end: int) -> None:
        """Count one from a day up to, not on, another; nothing for an empty stretch."""
        if begin < end:
            changes = self.changes[measure]
            changes[begin] += 1
            if end < NEVER:
                changes[end] -= 1

    def packed(self) -> bytes:
        """Return the changes as bytes, the same for the same changes; b"" for none."""
        lists = [
            [
                number
                for day in sorted(changes)
                if (by := changes[day])
                for number in (day - _CLOSE, by)
            ]
            for changes in self.changes
        ]
        return _PACKER.encode(lists) if any(lists) else b""

    def add_packed(self, packed: bytes, times: int) -> None:
        """Add what `packed` of another gave, so many times; -1 takes it away."""
        if not packed:
            return
        for changes, flat in zip(self.changes, _UNPACKER.decode(packed), strict=True):
            numbers = iter(flat)
            for day, by in zip(numbers, numbers, strict=True):
                changes[day + _CLOSE] += by * times

    def add_all(self, others: "Steps") -> None:
        """Add every change of others."""
        for changes, more in zip(self.changes, others.changes, strict=True):
            for day, by in more.items():
                changes[day] += by

    def days(self) -> set[int]:
        """Return the days on which something changes, or did before it was taken away."""
        return set().union(*self.changes)

    def by_day(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield each day on which something changes, in order, with the change of every measure."""
        each = [changes.get for changes in self.changes]
        for day in sorted(self.days()):
            found = tuple([of_day(day, 0) for of_day in each])
            if any(found):
                yield day, found


def add_pair(
    steps: Steps,
    cycles: Sequence[Assigned],
    done: Sequence[Done],
    left: int,
    away: int = NEVER,
) -> None:
    """Add how a pair stands from day to day: its cycles and evidence in order, `left` first day gone.

    A cycle is required until the next begins, unless it was chosen, and but for while it is waived; evidence is held until it
    expires, or one that lasts longer takes over; a cycle is overdue from the day after its grace until it was
    closed, but for while it is held, unless it renews that, and not from `away` on, the day from which its due
    date stands still.
    """
    end = left
    for cycle in reversed(cycles):
        since = cycle.counts_from
        counts = lasting([one for one in done if one.at >= since] if since else done)
        for begin, over in () if cycle.is_chosen else cycle.pieces(end):
            if begin < over:
                steps.add(REQUIRED, begin, over)
                _add_overdue(steps, begin, min(over, away), cycle, counts)
                if counts:
                    _add_held(steps, begin, over, counts)
        end = min(end, cycle.begin)


def _add_overdue(steps: Steps, begin: int, end: int, cycle: Assigned, done: Sequence[Done]) -> None:
    since = begin if begin > cycle.late else cycle.late + 1
    # closed by what counts no more, or is not known yet, it is overdue until something meets it
    over = min(end, max(cycle.closed, done[0].day)) if done else end
    if since >= over:
        return
    for one in () if cycle.is_renewal else reversed(done):
        steps.add(OVERDUE, max(since, min(one.until, NEVER - 1) + 1), over)
        over = min(over, one.day)
    steps.add(OVERDUE, since, over)


def lasting(done: Sequence[Done]) -> Sequence[Done]:
    """Return what of some evidence, in order, lasted longer than all before it: the rest changed nothing."""
    if len(done) <= 1:
        return done
    last, found = 0, []
    for one in done:
        if one.until >= last:
            found.append(one)
            last = one.until
    return found


def _add_held(steps: Steps, begin: int, end: int, done: Sequence[Done]) -> None:
    held = steps.changes[HELD]
    later = end
    for day, until, _at in reversed(done):  # told at length, since there are millions
        over = later if later <= until else until + 1
        since = max(begin, day)
        if since < over:
            held[since] += 1
            if over < NEVER:
                held[over] -= 1
            if until < NEVER:
                steps.add(EXPIRING, max(since, until - _NEAR), over)
        later = min(later, day)


def add_work(
    steps: Steps, cycles: Sequence[Assigned], done: Sequence[Done], left: int, away: int = NEVER
) -> None:
    """Add what is open of a pair, and from which day on the list of assignments calls it overdue.

    Both hold from today on only: what was open once is told by other figures.
    """
    for cycle in cycles:
        if cycle.is_open:
            steps.add(OPEN, FIRST, left)
    newest = cycles[-1]
    if newest.is_open and newest.cancelled >= NEVER:
        steps.add(LATE, _last_day(newest, done) + 1, min(left, away))


def _last_day(cycle: Assigned, done: Sequence[Done]) -> int:
    """Return the last day on which an open cycle is not overdue: of its grace, a waiver, what is held."""
    last = cycle.late
    if cycle.waived_until < NEVER:
        last = max(last, cycle.waived_until)
    counts = [one for one in done if one.at >= cycle.counts_from]
    if cycle.is_renewal:
        return last
    return max(last, *(one.until for one in counts)) if counts else last


def add_learning(steps: Steps, days: Iterable[int]) -> None:
    """Count somebody as learning on each day on which, or in the thirty days before, they learned."""
    begin = over = FIRST
    for day in sorted(set(days)):
        if day > over:
            steps.add(LEARNERS, begin, over)
            begin = day
        over = day + _MONTH
    steps.add(LEARNERS, begin, over)
