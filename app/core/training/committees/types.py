"""What committees take and give: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.people import is_spelt_alike
from app.core.training.committees.kinds import HEADED, CommitteeKind, SeatRole, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeTerms:
    """What a committee is for, and how many members it has to have; 0 where nobody said."""

    kind: CommitteeKind = CommitteeKind.INTERNAL
    least: int = 0
    least_per_shift: int = 0
    """In every shift that people of its site work."""
    counts_trained: bool = False
    """Whether only members count who hold what the committee asks for."""


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
    """Titles of what the committee asks of them and they do not hold; () for whom it asks nothing."""
    shift: str = ""
    is_here: bool = True
    """Whether they have not left; somebody from outside is always here."""

    @property
    def counts(self) -> bool:
        """Tell whether they make up the number of members while they sit on it."""
        return self.is_here and not self.lacks

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
class Strength:
    """How many members a committee has and has to have, in all or in a shift."""

    shift: str
    """"" for in all."""
    have: int
    need: int

    @property
    def is_short(self) -> bool:
        """Tell whether some are missing."""
        return self.have < self.need


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A committee, all who ever sat on it, and its notices, the newest first."""

    id: UUID
    title: str
    asks: tuple[str, ...]
    """Titles of what its presiding officer has to hold, and its members where only the trained count."""
    terms: CommitteeTerms
    shifts: tuple[str, ...]
    """Those that people of its site work."""
    seats: tuple[Seat, ...]
    notices: tuple[NoticePrinted, ...]

    def sitting(self, day: date) -> tuple[Seat, ...]:
        """Return who sits on it on a day, the presiding officer first."""
        return tuple(one for one in self.seats if one.sits_on(day))

    def strength(self, day: date) -> tuple[Strength, ...]:
        """Return how many there are of how many, in all and then by shift; nothing where no number was said."""
        counted = {one.person_id or one.id: one for one in self.sitting(day) if one.counts}
        here, terms = counted.values(), self.terms
        found = [Strength(shift="", have=len(here), need=terms.least)] if terms.least else []
        if terms.least_per_shift:
            found += [
                Strength(
                    shift=shift,
                    have=sum(is_spelt_alike(one.shift, shift) for one in here),
                    need=terms.least_per_shift,
                )
                for shift in self.shifts
            ]
        return tuple(found)

    def shortages(self, day: date) -> tuple[Strength, ...]:
        """Return where members are missing."""
        return tuple(one for one in self.strength(day) if one.is_short)

    def presiding(self, day: date) -> tuple[Seat, ...]:
        """Return who presides on a day."""
        return tuple(one for one in self.sitting(day) if one.role is SeatRole.PRESIDING)

    def trouble(self, day: date) -> Trouble | None:
        """Return why it needs a look, the weightiest reason; None where nothing does."""
        presiding = self.presiding(day)
        if not presiding and self.terms.kind in HEADED:
            return Trouble.PRESIDING
        if any(one.lacks for one in presiding):
            return Trouble.UNTRAINED
        if self.shortages(day):
            return Trouble.SHORT
        return Trouble.NOTICE if not self.notices or self.notices[0].is_superseded else None
