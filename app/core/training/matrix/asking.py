"""Who is asked for what by the matrix: one statement, for a day, as it is or as it is proposed.

It is put together of three: the entries in force, what each column stands for, and who each row
stands for. What a change would do is the same statement with the change laid over these three, so
that what was shown is what is done.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.people import roles_held
from app.core.storage.columns import Day, Id, Word
from app.core.storage.said import said_row, said_rows
from app.core.training.enrolment.conditions import Condition
from app.core.training.enrolment.matching import At, is_of_here, people_meant
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.models import (
    AudienceRow,
    CurriculumItemRow,
    CurriculumRow,
    MatrixEntryRow,
)
from app.core.training.matrix.types import Cell, CellEdit, Proposal
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours

AnySelect = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """When, of whom, and what of the matrix is other than it is written."""

    at: At
    audiences: Mapping[UUID, Condition]
    """Every audience that is not retired, with whom it means."""
    proposal: Proposal = field(default_factory=Proposal)
    as_if_in: Collection[UUID] | None = None
    """The job roles that everybody looked at is taken to have; None: those that they have."""
    only: Collection[UUID] | None = None
    """The requirements to look at; None: all."""

    @property
    def today(self) -> sa.ColumnElement[date]:
        """Return the day as SQL."""
        return sa.literal(self.at.today, Day)

    def as_it_is(self) -> "Asking":
        """Return the same without what is proposed."""
        return replace(self, proposal=Proposal(), as_if_in=None)


def wanted(asking: Asking, *, with_retired: bool, need: Need = Need.MANDATORY) -> sa.CTE:
    """Return who is asked for what: person_id, requirement_id, label (of one row that asks).

    What is retired is given to nobody who does not have it, and taken from nobody who does:
    `with_retired` is for the latter question.
    """
    entry = entries(asking).subquery()
    thing = things(asking, with_retired=with_retired).subquery()
    holder = holders(asking).subquery()
    owner = owners().subquery()
    return (
        sa.select(
            holder.c.person_id, thing.c.requirement_id, sa.func.min(owner.c.title).label("label")
        )
        .select_from(entry)
        .join(thing, thing.c.thing_id == entry.c.thing_id)
        .join(holder, holder.c.owner_id == entry.c.owner_id)
        .join(owner, owner.c.owner_id == entry.c.owner_id)
        .where(entry.c.need == sa.literal(need, Word(Need)))
        .group_by(holder.c.person_id, thing.c.requirement_id)
        .cte()
    )


def touched(asking: Asking, cells: Collection[Cell]) -> sa.CTE:
    """Return the pairs of cells, before a change and after it: owner_id, thing_id, person_id, requirement_id."""
    asked, holder = _touched_by_both(asking, cells)
    return (
        sa.select(asked.c.owner_id, asked.c.thing_id, holder.c.person_id, asked.c.requirement_id)
        .select_from(asked)
        .join(holder, holder.c.owner_id == asked.c.owner_id)
        .cte()
    )


def is_touched(
    asking: Asking, cells: Collection[Cell], person_id: Any, requirement_id: Any
) -> sa.ColumnElement[bool]:
    """Return the condition that a pair is one of `touched`, which need not be put together for it."""
    asked, holder = _touched_by_both(asking, cells)
    found = sa.exists().where(
        holder.c.person_id == person_id,
        asked.c.owner_id == holder.c.owner_id,
        asked.c.requirement_id == requirement_id,
    )
    return found.correlate_except(asked, holder)


def _touched_by_both(asking: Asking, cells: Collection[Cell]) -> tuple[sa.CTE, sa.CTE]:
    """Return what cells ask for (owner_id, thing_id, requirement_id), and whom their rows stand for.

    Put together once: SQLite would do it anew for each pair that is looked for.
    """
    cell = _said_cells(cells)
    both = asking.as_it_is(), asking
    thing = _either(things(one, with_retired=True) for one in both)
    holder = _either(holders(one) for one in both)
    asked = sa.select(cell.c.owner_id, cell.c.thing_id, thing.c.requirement_id).join(
        thing, thing.c.thing_id == cell.c.thing_id
    )
    parts = asked.cte(), sa.select(holder).cte()
    return parts[0].prefix_with("MATERIALIZED"), parts[1].prefix_with("MATERIALIZED")


def entries(asking: Asking) -> AnySelect | sa.CompoundSelect[Any]:
    """Return what each cell asks for on the day: owner_id, thing_id, need."""
    edits = asking.proposal.edits
    row = MatrixEntryRow
    stored = sa.select(owner_of(row), thing_of(row), row.need).where(
        *in_force(asking.at.today), *is_own(asking.at.site_id)
    )
    if not edits:
        return stored
    stored = stored.where(row.cell.not_in([one.cell.key for one in edits]))
    said = [one for one in edits if one.need is not Need.NOTHING]
    return sa.union_all(stored, sa.select(_said_edits(said))) if said else stored


def in_force(day: date) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an entry says what its cell asks for on a day.

    The newest that has begun does, whatever another PC wrote beside it.
    """
    row, later, today = MatrixEntryRow, aliased(MatrixEntryRow), sa.literal(day, Day)
    overtaken = sa.exists().where(
        later.cell == row.cell,
        later.from_on > row.from_on,
        later.from_on <= today,
        ~is_taken_back(later),
    )
    return [
        row.need != Need.NOTHING,
        row.from_on <= today,
        sa.or_(row.to_on.is_(None), row.to_on > today),
        ~overtaken,
    ]


def is_taken_back(row: Any) -> sa.ColumnElement[bool]:  # a mapped class, or an alias
    """Return the condition that an entry lasts for no day: it was planned, and somebody took it back."""
    lasts_for_none: sa.ColumnElement[bool] = row.to_on.is_not(None) & (row.to_on <= row.from_on)
    return lasts_for_none


def is_own(site_id: UUID | None) -> list[sa.ColumnElement[bool]]:
    """Return the condition that an entry is this site's."""
    site = MatrixEntryRow.site_id
    return [sa.or_(site.is_(None), site == site_id)]


def owner_of(row: Any) -> sa.ColumnElement[UUID]:
    """Return the id of an entry's row in the grid."""
    return sa.func.coalesce(row.job_role_id, row.audience_id, type_=Id()).label("owner_id")


def thing_of(row: Any) -> sa.ColumnElement[UUID]:
    """Return the id of an entry's column in the grid."""
    return sa.func.coalesce(row.requirement_id, row.curriculum_id, type_=Id()).label("thing_id")


def owners() -> sa.CompoundSelect[Any]:
    """Return every row that there can be: owner_id, title."""
    role = neighbours().job_role
    return sa.union_all(
        sa.select(role.id.label("owner_id"), role.title.label("title")),
        sa.select(AudienceRow.id, AudienceRow.title),
    )


def things(asking: Asking, *, with_retired: bool) -> sa.CompoundSelect[Any]:
    """Return which requirements each column stands for: thing_id, requirement_id."""
    below = _below(asking, with_retired=with_retired)
    of_itself = sa.select(
        RequirementRow.id.label("thing_id"), RequirementRow.id.label("requirement_id")
    )
    of_curricula = sa.select(below.c.thing_id, RequirementRow.id).join(
        RequirementRow, RequirementRow.id == below.c.child_id
    )
    found = [of_itself, of_curricula]
    if asking.only is not None:
        found = [one.where(RequirementRow.id.in_(list(asking.only))) for one in found]
    if not with_retired:
        lasts = sa.or_(
            RequirementRow.retired_on.is_(None), RequirementRow.retired_on > asking.today
        )
        found = [one.where(lasts) for one in found]
    return sa.union(*found)


def _below(asking: Asking, *, with_retired: bool) -> sa.CTE:
    """Return every curriculum with all that lies below it; a loop that two PCs made ends by itself."""
    item = _items(asking, with_retired=with_retired).subquery()
    below = sa.select(item.c.curriculum_id.label("thing_id"), item.c.child_id).cte(recursive=True)
    again = item.alias()
    return below.union(
        sa.select(below.c.thing_id, again.c.child_id).join(
            again, again.c.curriculum_id == below.c.child_id
        )
    )


def _items(asking: Asking, *, with_retired: bool) -> Any:  # a select, or several together
    row, parts = CurriculumItemRow, asking.proposal.parts
    child = sa.func.coalesce(row.requirement_id, row.part_id, type_=Id()).label("child_id")
    stored = sa.select(row.curriculum_id, child).where(*lasts(asking.at.today))
    if not with_retired:
        gone = sa.select(CurriculumRow.id).where(CurriculumRow.retired_on <= asking.today)
        stored = stored.where(row.curriculum_id.not_in(gone))
    if not parts:
        return stored
    stored = stored.where(row.curriculum_id.not_in(list(parts)))
    said = [(whole, part) for whole, several in parts.items() for part in several]
    return sa.union_all(stored, sa.select(_said_items(said))) if said else stored


def lasts(day: date) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an item is of its curriculum on a day."""
    row, today = CurriculumItemRow, sa.literal(day, Day)
    return [row.from_on <= today, sa.or_(row.to_on.is_(None), row.to_on > today)]


def holders(asking: Asking) -> Any:  # a select, or several together
    """Return whom each row stands for: owner_id, person_id."""
    found = list(_of_roles(asking))
    conditions = {**asking.audiences, **asking.proposal.conditions}
    for audience_id, condition in conditions.items():
        people = people_meant(condition, replace(asking.at, as_if_in=asking.as_if_in))
        found.append(people.with_only_columns(_id(audience_id), neighbours().person.id))
    return sa.union(*found)


def _of_roles(asking: Asking) -> Iterator[AnySelect]:
    person, role = neighbours().person, neighbours().job_role
    here = [
        *is_of_here(asking.at),
        sa.or_(person.joined_on.is_(None), person.joined_on <= asking.today),
    ]
    if asking.as_if_in is not None:
        yield (
            sa.select(role.id.label("owner_id"), person.id.label("person_id"))
            .select_from(role)
            .join(person, sa.true())
            .where(role.id.in_(list(asking.as_if_in)), *here)
        )
        return
    for held in roles_held(asking.today):
        role_id, person_id = held.selected_columns
        yield (
            held.with_only_columns(role_id.label("owner_id"), person_id.label("person_id"))
            .join(person, person.id == person_id)
            .where(*here)
        )


def _id(value: UUID) -> sa.ColumnElement[UUID]:
    return sa.literal(value, Id())


def _either(several: Iterable[Any]) -> Any:  # selects, or several together
    """Return what is in any of several statements."""
    return sa.union(*(sa.select(one.subquery()) for one in several)).subquery()


def _said_cells(cells: Collection[Cell]) -> sa.CTE:
    columns = (sa.column("owner_id", Id()), sa.column("thing_id", Id()))
    if not cells:  # no engine knows a list of no values
        nobody = (UUID(int=0), UUID(int=0))
        return said_row(columns, nobody).where(sa.false()).cte()
    return said_rows(columns, [(one.owner_id, one.thing_id) for one in cells])


def _said_edits(edits: Collection[CellEdit]) -> sa.CTE:
    columns = (
        sa.column("owner_id", Id()), sa.column("thing_id", Id()), sa.column("need", Word(Need))
    )  # fmt: skip
    return said_rows(columns, [(one.cell.owner_id, one.cell.thing_id, one.need) for one in edits])


def _said_items(items: Collection[tuple[UUID, UUID]]) -> sa.CTE:
    columns = (sa.column("curriculum_id", Id()), sa.column("child_id", Id()))
    return said_rows(columns, list(items))
