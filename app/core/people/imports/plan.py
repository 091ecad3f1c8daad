"""What a plan is: what an import would do to the people of the site."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.core.base.words import _
from app.core.people.imports.absence import Absent, Returning, Terms
from app.core.people.imports.fields import COMMON, Field
from app.core.people.imports.headings import FileColumn
from app.core.people.imports.likely import Twin
from app.core.people.imports.mapping import HrMapping
from app.core.people.imports.reading import FileFacts, UnknownWord
from app.core.people.imports.rows import PersonInFile, RowError
from app.core.people.imports.wish import Fix
from app.core.people.types import PersonId
from app.core.spreadsheets import DayOrder

PLACED = frozenset({"org_unit", "job_role", "manager", "further_roles"})
"""Fields that say where somebody belongs and what they do there."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, worded as text."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody of whom the file says something else than the site."""

    id: PersonId
    person: PersonInFile
    changes: tuple[FieldChange, ...]
    back_on: date | None = None
    """Of somebody who left and is taken back: from when on."""

    job_roles: tuple[UUID, ...] | None = None
    """All that they come to have, as far as they are known here; None where these stay as they are."""
    stays: bool = False
    """Whether they were to leave and stay after all."""

    @property
    def is_moved(self) -> bool:
        """Tell whether they come to belong elsewhere, do something else or get another manager."""
        return any(change.field in PLACED for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """So many people would change, leave or be here twice that their number has to be typed."""

    count: int
    people: int
    """Who is here now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePlan:
    """What an import will do when it is applied."""

    new: tuple[PersonInFile, ...]
    changed: tuple[ChangedPerson, ...]
    unchanged: int
    errors: tuple[RowError, ...]
    new_org_units: tuple[str, ...]
    new_job_roles: tuple[str, ...]
    gone: tuple[Absent, ...] = ()
    """Who is missing, as far as the file would name them."""
    returning: tuple[Returning, ...] = ()
    moving_later: tuple[PersonInFile, ...] = ()
    """Who belongs elsewhere from a day to come: the file of that day moves them."""
    closing: tuple[PersonInFile, ...] = ()
    """Leavers whose account is disabled with the import."""
    twins: tuple[Twin, ...] = ()
    """Newcomers who seem to be here under another number; each is among `new` all the same."""
    passed_over: int = 0
    """Rows of people who left and were never known here."""
    here: int = 0
    """How many people are here now."""
    guard: Guard | None = None
    encoding: str = ""
    ignored_columns: tuple[str, ...] = ()
    private_columns: tuple[str, ...] = ()
    """Columns that hold what training records must not, by their name; they were not read."""
    files: tuple[FileFacts, ...] = ()
    parts: tuple[str, ...] = ()
    """Labels of the sheets and files; rows name them by their place here."""
    unread_parts: tuple[str, ...] = ()
    mapping: HrMapping = field(default_factory=HrMapping)
    """The saved one that was used; without a name where the columns were guessed."""
    columns: tuple[FileColumn, ...] = field(default=(), repr=False)
    order: DayOrder | None = DayOrder.DAY_FIRST
    open_day: str = ""
    """A day that can be read in two ways, in a file that does not tell which: somebody has to say."""
    unknown_words: tuple[UnknownWord, ...] = ()
    fields: frozenset[Field] = frozenset()
    closed: tuple[Field, ...] = ()
    """Those of them that belong to others: of people who are known the file does not change them."""
    fixes: tuple[Fix, ...] = ()
    """Cells that were mended in it."""
    terms: Terms = field(default_factory=lambda: Terms(today=date.min), repr=False)
    people: tuple[PersonInFile, ...] = field(default=(), repr=False)
    """Every readable row, for working the plan out again when it is applied."""
    unreadable: tuple[RowError, ...] = field(default=(), repr=False)

    @property
    def leaving(self) -> tuple[Absent, ...]:
        """Return who is missing and will be noted as having left."""
        return tuple(one for one in self.gone if one.leaves_on is not None)

    @property
    def moved(self) -> tuple[ChangedPerson, ...]:
        """Return who comes to belong elsewhere."""
        return tuple(one for one in self.changed if one.is_moved)

    @property
    def role_moves(self) -> dict[UUID, tuple[UUID, ...]]:
        """Return by person the job roles that they come to have, of those for whom these change."""
        return {one.id: one.job_roles for one in self.changed if one.job_roles is not None}

    @property
    def back(self) -> tuple[ChangedPerson, ...]:
        """Return who is taken back."""
        return tuple(one for one in self.changed if one.back_on is not None)

    @property
    def staying(self) -> tuple[ChangedPerson, ...]:
        """Return who was to leave and stays after all."""
        return tuple(one for one in self.changed if one.stays)

    @property
    def going(self) -> tuple[ChangedPerson, ...]:
        """Return of whom the file says when they leave, as far as that is new."""
        return tuple(
            one for one in self.changed if any(c.field == "left_on" and c.new for c in one.changes)
        )

    @property
    def doubtful_columns(self) -> tuple[str, ...]:
        """Return headings of a last day of work that a mapping from before takes for the day after it."""
        if not self.mapping.is_from_before:
            return ()
        return tuple(
            one.heading
            for one in self.columns
            if one.field is Field.LEFT and one.normal in COMMON[Field.LAST_DAY]
        )

    @property
    def count(self) -> int:
        """Return how many people it touches."""
        return len(self.new) + len(self.changed) + len(self.leaving)

    @property
    def does_nothing(self) -> bool:
        """Tell whether everything is as the file says."""
        return self.count == 0

    def says_the_same_as(self, other: "PeoplePlan") -> bool:
        """Tell whether both plans would do the same."""
        return _done(self) == _done(other)


def _done(plan: PeoplePlan) -> tuple[object, ...]:
    return plan.new, plan.changed, plan.errors, plan.gone, plan.returning, plan.closing


def doubtful_words(plan: PeoplePlan) -> str:
    """Return how the doubtful columns of a plan are taken, and how to say otherwise."""
    return _(
        "{columns}: taken as the first day without them, as the mapping was saved. If it is their last day of"
        " work, say so of the column: then they are gone from the day after it."
    ).format(columns=", ".join(plan.doubtful_columns))
