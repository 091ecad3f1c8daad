"""Whether somebody may assess on a day, out of their appointments: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.training.practicals.kinds import Qualified

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An appointment: from a day to a day, the whole of both; None: without end."""

    from_on: date
    until_on: date | None = None
    ended_on: date | None = None
    """First day on which it holds no more, where somebody ended it."""

    @property
    def last(self) -> date:
        """Return its last day; `date.max` without end."""
        ends = [date.max if self.until_on is None else self.until_on]
        if self.ended_on is not None:
            ends.append(self.ended_on - _DAY)
        return min(ends)

    @property
    def ever_held(self) -> bool:
        """Tell whether there was any day on which it held."""
        return self.from_on <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """Whether somebody may assess on a day."""

    state: Qualified
    until: date | None = None
    """Last day; None: without end, or not qualified."""
    since: date | None = None
    """First day of being qualified no more, or to come."""

    @property
    def may_sign(self) -> bool:
        """Tell whether they may conclude and sign."""
        return self.state is Qualified.QUALIFIED

    @property
    def may_watch(self) -> bool:
        """Tell whether they may watch and mark: who was qualified once may."""
        return self.state in {Qualified.QUALIFIED, Qualified.LAPSED}


def qualification_on(
    day: date, spans: Iterable[Span], holds_until: date | None = date.max
) -> Qualification:
    """Return whether somebody may assess on a day.

    `holds_until` is the last day on which they hold what an assessor has to; None: they never did.
    """
    known = list(spans)
    held = [one for one in known if one.ever_held]
    begun = _begun(held, day) or _begun(known, day)  # these ended on the day they began
    if not begun:
        return _to_come(held)
    last = _last_in_a_row(held, max(one.last for one in begun))
    if holds_until is None:
        return Qualification(state=Qualified.LAPSED, since=min(one.from_on for one in begun))
    ends = min(last, holds_until)
    if ends < day:
        return Qualification(state=Qualified.LAPSED, since=ends + _DAY)
    return Qualification(state=Qualified.QUALIFIED, until=None if ends == date.max else ends)


def _begun(spans: list[Span], day: date) -> list[Span]:
    return [one for one in spans if one.from_on <= day]


def _to_come(held: list[Span]) -> Qualification:
    first = min((one.from_on for one in held), default=None)
    state = Qualified.NEVER if first is None else Qualified.TO_COME
    return Qualification(state=state, since=first)


def _last_in_a_row(spans: list[Span], last: date) -> date:
    """Return the last day of appointments that follow one another without a gap."""
    for one in sorted(spans, key=lambda span: span.from_on):
        if last < one.last and one.from_on <= last + _DAY:
            last = one.last
    return last
