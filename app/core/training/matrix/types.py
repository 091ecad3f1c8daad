"""What the matrix takes and gives: frozen values, and the guard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from app.core.base.figures import number
from app.core.base.words import _
from app.core.training.enrolment import Condition
from app.core.training.enrolment.types import is_many
from app.core.training.errors import TrainingRefused
from app.core.training.matrix.kinds import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place in the grid: whom it asks, and for what. Ids tell by themselves what they are of."""

    owner_id: UUID
    """Of the row: a job role or an audience."""
    thing_id: UUID
    """Of the column: a requirement or a curriculum."""

    @property
    def key(self) -> str:
        """Return both ids as one word."""
        return f"{self.owner_id.hex}.{self.thing_id.hex}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """What a cell is to ask for from the effective day of a change on."""

    cell: Cell
    need: Need
    to_on: date | None = None
    """First day on which it asks no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a curriculum, by the id of a requirement or of another curriculum."""

    thing_id: UUID
    code: str = ""
    title: str = ""
    is_curriculum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Curriculum:
    """A curriculum, with what it holds today in its order."""

    id: UUID
    code: str
    title: str
    retired_on: date | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAudience:
    """People who are meant by a saved condition."""

    id: UUID
    code: str
    title: str
    condition: Condition
    retired_on: date | None
    people: int
    """Whom it matches today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is to be changed: cells, what curricula hold, whom audiences mean."""

    edits: tuple[CellEdit, ...] = ()
    parts: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    """By curriculum all that it holds from then on, in order."""
    conditions: Mapping[UUID, Condition] = field(default_factory=dict)
    """By audience."""

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing."""
        return not (self.edits or self.parts or self.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Somebody for whom a change does something, and with which requirement."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    job_role: str
    requirement_id: UUID
    code: str
    title: str
    due_on: date | None = None
    """Of the new assignment; None also where there is no due date."""
    is_held: bool = False
    """Whether they hold it already: there is nothing to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellImpact:
    """What a change does in one cell, in people."""

    cell: Cell
    people: int
    """Of the row, in all."""
    gain: int
    hold: int
    """Of those who gain: who hold all of it already."""
    lose: int

    @property
    def keep(self) -> int:
        """Return for how many nothing changes."""
        return self.people - self.gain - self.lose


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixImpact:
    """What applying a change would do."""

    effective_on: date
    here: int
    """People who are here, in all."""
    people: int
    """Different people for whom something changes."""
    gain: int
    """New assignments."""
    hold: int
    """Of these: what is held already, so that there is nothing to do."""
    lose: int
    """Assignments that end."""
    seconds: int
    """Of work in courses whose length is known, for what is gained and not held."""
    of_unknown_length: int
    """New assignments, not held, of which nobody knows how long they take."""
    cells: tuple[CellImpact, ...]
    gaining: tuple[Touched, ...]
    """Some of those who gain, by number."""
    losing: tuple[Touched, ...]

    @property
    def reaches_many(self) -> bool:
        """Tell whether it changes something for so many that somebody has to say the number."""
        return is_many(self.people, self.here)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOfMatrix:
    """What the matrix did."""

    assigned: int = 0
    cancelled: int = 0
    held_back: tuple[str, ...] = ()
    """Titles of requirements that would suddenly have reached many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCells:
    """What the matrix asks for and nobody carried out: it reaches many, and the number was not said."""

    people: int
    here: int
    assigned: int
    cancelled: int

    @property
    def is_anything(self) -> bool:
        """Tell whether anything waits."""
        return bool(self.assigned or self.cancelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChange:
    """A change that was applied."""

    id: UUID
    at: datetime
    effective_on: date
    reason: str
    by_name: str
    people: int
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapItem:
    """A requirement, and what a change of job role makes of it."""

    requirement_id: UUID
    code: str
    title: str
    is_held: bool
    due_on: date | None = None
    grace_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What somebody would have to learn in another job role."""

    person_id: UUID
    name: str
    number: str
    roles: tuple[str, ...]
    """Titles of the job roles that were asked about."""
    gains: tuple[GapItem, ...]
    keeps: tuple[GapItem, ...]
    loses: tuple[GapItem, ...]

    @property
    def to_do(self) -> tuple[GapItem, ...]:
        """Return what is new and not held."""
        return tuple(one for one in self.gains if not one.is_held)


class GapCount(NamedTuple):
    """Of how many requirements another job role makes what."""

    gains: int
    keeps: int
    loses: int

    @property
    def in_words(self) -> str:
        """Return it as one line tells it."""
        return _("gains {gains}, keeps {keeps}, loses {loses}").format(
            gains=number(self.gains), keeps=number(self.keeps), loses=number(self.loses)
        )


def gap_counts_together(counts: Iterable[GapCount]) -> GapCount:
    """Return the sum of what becomes of several people."""
    found = list(counts)
    return GapCount(
        sum(one.gains for one in found),
        sum(one.keeps for one in found),
        sum(one.loses for one in found),
    )


class MatrixReachesMany(TrainingRefused):
    """A change would do something for more people than goes unasked; the count has to be said."""

    def __init__(self, count: int, here: int) -> None:
        super().__init__(
            _("The change would do something for {count} of {here} people.").format(
                count=number(count), here=number(here)
            ),
            _("Look at who they are, and say the number if it is meant."),
        )
        self.count = count
