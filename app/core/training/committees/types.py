"""What committees take and give: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.training.committees.kinds import SeatRole


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeat:
    """Who is to sit on a committee: a person by number, or a name from outside."""

    role: SeatRole
    from_on: date
    number: str = ""
    name: str = ""
    contact: str = ""
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody on a committee."""

    id: UUID
    person_id: UUID | None
    number: str
    name: str
    contact: str
    role: SeatRole
    from_on: date
    to_on: date | None
    lacks: tuple[str, ...]
    """Titles of what the committee asks of its presiding officer and they do not hold; () for others."""

    def sits_on(self, day: date) -> bool:
        """Tell whether they sit on the committee on a day."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePrinted:
    """A notice that was printed."""

    at: datetime
    by: str
    is_superseded: bool
    """Whether the committee is no longer as it says, or a later one was printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A committee, all who ever sat on it, and its notices, the newest first."""

    id: UUID
    title: str
    asks: tuple[str, ...]
    """Titles of what its presiding officer has to hold."""
    seats: tuple[Seat, ...]
    notices: tuple[NoticePrinted, ...]

    def sitting(self, day: date) -> tuple[Seat, ...]:
        """Return who sits on it on a day, the presiding officer first."""
        return tuple(one for one in self.seats if one.sits_on(day))

    def trouble(self, day: date) -> str:
        """Return why it needs a look: "presiding", "untrained", "notice", or "" where nothing does."""
        presiding = [one for one in self.sitting(day) if one.role is SeatRole.PRESIDING]
        if not presiding:
            return "presiding"
        if any(one.lacks for one in presiding):
            return "untrained"
        return "notice" if not self.notices or self.notices[0].is_superseded else ""
