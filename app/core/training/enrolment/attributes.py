"""What a rule can ask of a person. A new attribute is one line in `ATTRIBUTES`, and a column to look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.words import LANGUAGES, mark
from app.core.people import PersonKind, Reads, has_role, is_placed, job_roles_meant, org_units_meant
from app.core.storage.columns import Day
from app.core.storage.folding import as_word
from app.core.training.neighbours import neighbours


class ValueKind(StrEnum):
    """What an attribute's values are."""

    WORD = "word"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Something that is known of people."""

    key: str
    title: str
    kind: ValueKind = ValueKind.WORD
    choices: tuple[str, ...] = ()
    """The values that there are; () where people's records say."""
    has_one: Callable[[Sequence[str]], sa.ColumnElement[bool]] | None = None
    """The condition that a person has one of some values."""
    has_one_on: Callable[[Sequence[str], date], sa.ColumnElement[bool]] | None = None
    """The same, where it depends on the day."""
    is_place: bool = False
    """Whether the values are codes of places, which `PlacesOfOne` tells of one person alone."""
    day: Callable[[], Any] | None = None
    """The column of a day."""


def _of_unit(codes: Sequence[str]) -> sa.ColumnElement[bool]:
    return _is_in(neighbours().listing.org_unit_id, org_units_meant(codes, with_below=True))


def _of_this_unit(codes: Sequence[str]) -> sa.ColumnElement[bool]:
    return _is_in(neighbours().listing.org_unit_id, org_units_meant(codes, with_below=False))


def _of_role(codes: Sequence[str], day: date) -> sa.ColumnElement[bool]:
    return has_role(neighbours().listing, job_roles_meant(codes), day)


def _is_in(column: Any, found: Any) -> sa.ColumnElement[bool]:
    """Return a condition that is false, never null, where nothing is known: `not` can rely on it."""
    return sa.and_(column.is_not(None), column.in_(found))


def _of(name: str) -> Callable[[Sequence[str]], sa.ColumnElement[bool]]:
    return lambda values: _is_in(getattr(neighbours().person, name), list(values))


def _of_word(name: str) -> Callable[[Sequence[str]], sa.ColumnElement[bool]]:
    """Return what asks for something that is written of people, however it is spelt (ADR 88)."""
    return lambda values: getattr(neighbours().listing, name).in_(
        sorted({as_word(one) for one in values})
    )


def _of_number(numbers: Sequence[str]) -> sa.ColumnElement[bool]:
    return _of("number")([one.strip().upper() for one in numbers])


def _reports_to(numbers: Sequence[str], day: date) -> sa.ColumnElement[bool]:
    placement, manager = neighbours().placement, aliased(neighbours().person)
    named = sa.select(manager.id).where(manager.number.in_([one.upper() for one in numbers]))
    found = sa.exists().where(
        placement.person_id == neighbours().person.id,
        placement.manager_id.in_(named),
        is_placed(placement, sa.literal(day, Day)),
    )
    return found.correlate(neighbours().person)


def _sits_on(titles: Sequence[str], day: date) -> sa.ColumnElement[bool]:
    seat, committee = neighbours().committee_seat, neighbours().committee
    today = sa.literal(day, Day)
    found = sa.exists().where(
        seat.person_id == neighbours().person.id,
        seat.committee_id == committee.id,
        committee.title.in_(list(titles)),
        seat.from_on <= today,
        sa.or_(seat.to_on.is_(None), seat.to_on > today),
    )
    return found.correlate(neighbours().person)


ATTRIBUTES: dict[str, Attribute] = {
    one.key: one
    for one in (
        Attribute(
            key="unit",
            title=mark("Department, with all below it"),
            has_one=_of_unit,
            is_place=True,
        ),
        Attribute(
            key="unit_only",
            title=mark("Department alone"),
            has_one=_of_this_unit,
            is_place=True,
        ),
        Attribute(key="role", title=mark("Job role"), has_one_on=_of_role, is_place=True),
        Attribute(
            key="kind",
            title=mark("Kind of person"),
            choices=tuple(one.value for one in PersonKind),
            has_one=_of("kind"),
        ),
        Attribute(
            key="language",
            title=mark("Language"),
            choices=tuple(LANGUAGES),
            has_one=_of("language"),
        ),
        Attribute(
            key="reads",
            title=mark("Reading"),
            choices=tuple(one.value for one in Reads),
            has_one=_of("reads"),
        ),
        Attribute(key="location", title=mark("Location"), has_one=_of_word("location_word")),
        Attribute(key="shift", title=mark("Shift"), has_one=_of_word("shift_word")),
        Attribute(key="agency", title=mark("Contractor's agency"), has_one=_of_word("agency_word")),
        Attribute(key="number", title=mark("Number"), has_one=_of_number),
        Attribute(key="manager", title=mark("Supervisor's number"), has_one_on=_reports_to),
        Attribute(key="committee", title=mark("Sits on the committee"), has_one_on=_sits_on),
        Attribute(
            key="joined_on",
            title=mark("Joined"),
            kind=ValueKind.DAY,
            day=lambda: neighbours().person.joined_on,
        ),
        Attribute(
            key="gate_pass_until",
            title=mark("Gate pass valid till"),
            kind=ValueKind.DAY,
            day=lambda: neighbours().person.gate_pass_until,
        ),
    )
}
