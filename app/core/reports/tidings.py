"""Whose figures changes touch, and which: how their pairs stand, when they learned, where they belong."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.batches import batches
from app.core.journal.changes import Change, Edited, Inserted
from app.core.journal.projection.models import AsideRow
from app.core.learning.models import CourseStartRow
from app.core.people import is_last_open
from app.core.people.models import PersonRow, PlacementRow
from app.core.reports.models import PersonFiguresRow
from app.core.storage.tables import table_of
from app.core.training.correction_models import CorrectionRow
from app.core.training.models import AbsenceRow, AssignmentRow

_PERSON = table_of(PersonRow).name
_OWNERS: dict[str, tuple[Any, Any]] = {
    "assignment": (AssignmentRow.person_id, AssignmentRow.id),
    "requirement": (AssignmentRow.person_id, AssignmentRow.requirement_id),
    "placement": (PlacementRow.person_id, PlacementRow.id),
    "course_start": (CourseStartRow.person_id, CourseStartRow.id),
    "absence": (AbsenceRow.person_id, AbsenceRow.id),
    "correction": (CorrectionRow.person_id, CorrectionRow.id),
}
"""Whose rows depend on a row of a table, and the column that names it."""


@dataclass(slots=True)
class Touched:
    """People whose figures no longer hold, by what of them does not."""

    standing: set[UUID] = field(default_factory=set)
    learning: set[UUID] = field(default_factory=set)
    place: set[UUID] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.standing or self.learning or self.place)

    def anew(self, people: Iterable[UUID]) -> None:
        """Let everything about some people be worked out anew."""
        everything = set(people)
        for part in (self.standing, self.learning, self.place):
            part.update(everything)

    def everybody(self) -> set[UUID]:
        """Return all of them."""
        return self.standing | self.learning | self.place


def touched_by(session: Session, changes: Iterable[Change]) -> Touched:
    """Return whose figures some changes touch. What they name may stand aside by now (ADR 16)."""
    heard = _Heard()
    for change in changes:
        hear = _HEARERS.get(change.table)
        if hear is not None:
            hear(heard, change)
    found = Touched(
        standing={
            *heard.standing,
            *_owners(session, heard, "assignment", "requirement", "absence", "correction"),
        },
        learning=set(_owners(session, heard, "course_start")),
        place={*heard.place, *_owners(session, heard, "placement")},
    )
    if heard.units_changed:
        found.place.update(session.scalars(_elsewhere()))
    found.anew(heard.merged)
    for part in (found.standing, found.learning, found.place):
        part.update(_shown(session, _PERSON, list(part)))
    return found


@dataclass(slots=True)
class _Heard:
    """What changes name: people, and rows of which they must be asked."""

    standing: set[UUID] = field(default_factory=set)
    place: set[UUID] = field(default_factory=set)
    merged: set[UUID] = field(default_factory=set)
    rows: defaultdict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    units_changed: bool = False


def _of_pair(heard: _Heard, change: Change) -> None:
    if isinstance(change, Inserted):
        heard.standing.add(_id(change.values["person_id"]))
    else:
        heard.rows[change.table].add(change.key)


def _of_placement(heard: _Heard, change: Change) -> None:
    if isinstance(change, Inserted):
        heard.place.add(_id(change.values["person_id"]))
    else:
        heard.rows[change.table].add(change.key)


def _of_person(heard: _Heard, change: Change) -> None:
    if isinstance(change, Inserted):
        if change.values.get("merged_as_id") is not None:
            heard.merged.update((change.key, _id(change.values["merged_as_id"])))
        return  # nothing is required yet of whoever is new
    if "left_on" in change.edits:
        heard.standing.add(change.key)
    merge = change.edits.get("merged_as_id")
    if merge is not None:
        heard.merged.add(change.key)
        heard.merged.update(_id(one) for one in (merge.old, merge.new) if one is not None)


def _of_requirement(heard: _Heard, change: Change) -> None:
    if isinstance(change, Edited) and "course_id" in change.edits:
        heard.rows[change.table].add(change.key)


def _of_sitting(heard: _Heard, change: Change) -> None:
    if isinstance(change, Inserted):
        heard.rows["course_start"].add(_id(change.values["start_id"]))


def _of_correction(heard: _Heard, change: Change) -> None:
    if isinstance(change, Inserted):
        heard.rows["correction"].add(_id(change.values["correction_id"]))


def _of_unit(heard: _Heard, change: Change) -> None:
    if isinstance(change, Inserted) or not change.edits.keys().isdisjoint({"code", "site_id"}):
        heard.units_changed = True  # two that are one thing now, or no longer, take people along


_HEARERS: dict[str, Callable[[_Heard, Change], None]] = {
    "absence": _of_pair,
    "assignment": _of_pair,
    "correction_verdict": _of_correction,
    "completion_withdrawal": _of_pair,
    "course_completion": _of_pair,
    "learning_session": _of_sitting,
    "org_unit": _of_unit,
    "person": _of_person,
    "placement": _of_placement,
    "requirement": _of_requirement,
    "requirement_credit": _of_pair,
}


def _owners(session: Session, heard: _Heard, *tables: str) -> Iterator[UUID]:
    for table in tables:
        person, key = _OWNERS[table]
        keys = heard.rows[table]
        for some in batches({*keys, *_shown(session, table, keys)}):
            yield from session.scalars(sa.select(person).where(key.in_(some)))


def _shown(session: Session, table: str, keys: Iterable[UUID]) -> Iterator[UUID]:
    """Yield which rows are shown for those of some that stand aside."""
    for some in batches(keys):
        aside = sa.and_(AsideRow.table_name == table, AsideRow.row_id.in_(some))
        yield from session.scalars(sa.select(AsideRow.shown_id).where(aside))


def _elsewhere() -> sa.Select[UUID]:
    """Select who belongs to another org unit than that to whose figures they were added."""
    added_to, belongs_to = PersonFiguresRow.org_unit_id, PlacementRow.org_unit_id
    return (
        sa.select(PersonFiguresRow.person_id)
        .join(PlacementRow, PlacementRow.person_id == PersonFiguresRow.person_id)
        .where(is_last_open(PlacementRow), belongs_to.is_distinct_from(added_to))
    )


def _id(wire: Any) -> UUID:  # bytes, as Id keeps it
    return UUID(bytes=wire)
