"""Who is not in a file that would name them, and who is in it though they left: proposed, never assumed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.core.base.words import _
from app.core.people.alike import name_key
from app.core.people.imports.known import Known, KnownPerson
from app.core.people.imports.mapping import Coverage, Threshold
from app.core.people.imports.rows import PersonInFile
from app.core.people.imports.values import Standing
from app.core.people.models import PersonKind
from app.core.people.types import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What somebody decided of a dry run, and the day it is."""

    today: date
    coverage: Coverage = Coverage.ADDITIONS
    threshold: Threshold = field(default_factory=Threshold)
    leavers: Mapping[str, date] | None = None
    """Who of those that are missing is to leave, by number, and on which day; None: all, if they are few."""
    returning: frozenset[str] | None = None
    """Which leavers are taken back, by number; None: those of the same name who joined anew by the file."""
    new_places: bool = True
    """Whether departments and job roles are created; else rows that name new ones are errors."""
    accounts: bool = False
    """Whether everybody new gets an account."""
    owns: bool = True
    """Whether the file has the last word: only then an empty cell takes back when somebody leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Somebody whom the file would name if they were here. `leaves_on` is None for who stays."""

    id: PersonId
    number: str
    name: str
    org_unit: str
    leaves_on: date | None
    hindrance: str = ""
    """Why they cannot leave by way of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """Somebody who left and is in the file. `back_on` is None for who stays away."""

    id: PersonId
    person: PersonInFile
    left_on: date
    back_on: date | None
    known_as: str = ""
    """Their name here, where the file has another: HR may have given the number to somebody else."""

    @property
    def doubt(self) -> str:
        """Return what speaks against their being the one of the file; "" for nothing."""
        if not self.known_as:
            return ""
        return _(
            "{name} here: where the number was given to somebody else, give {name} another number first"
        ).format(name=self.known_as)


def absent_from(
    people: Sequence[PersonInFile], named: frozenset[str], known: Known, terms: Terms
) -> tuple[Absent, ...]:
    """Return who would leave, or could.

    `named` are all numbers that the file has, those of rows with errors too.
    """
    missing = [
        person
        for person in _covered(people, known, terms.coverage)
        if person.number not in named and is_here(person, terms.today)
    ]
    if not missing:
        return ()
    here = sum(is_here(person, terms.today) for person in known.people.values())
    all_leave = terms.leavers is None and not terms.threshold.is_passed_by_missing(
        len(missing), here
    )
    return tuple(
        _absent(person, known, terms, all_leave=all_leave)
        for person in sorted(missing, key=lambda one: one.number)
    )


def _covered(
    people: Sequence[PersonInFile], known: Known, coverage: Coverage
) -> Iterator[KnownPerson]:
    if coverage is Coverage.ADDITIONS:
        return iter(())
    ours = (one for one in known.people.values() if one.home_site_id in {None, known.site_id})
    if coverage is Coverage.DEPARTMENTS:
        units = set(_units(people, known))
        return (one for one in ours if one.org_unit_id in units)
    contractors = {PersonKind.CONTRACTOR}
    kinds = contractors if coverage is Coverage.CONTRACTORS else set(_kinds(people, known))
    return (one for one in ours if one.kind in kinds)


def _units(people: Iterable[PersonInFile], known: Known) -> Iterator[UUID]:
    for one in people:
        found = known.org_units.by_word.get((one.org_unit or "").casefold())
        if found is not None:
            yield found


def _kinds(people: Iterable[PersonInFile], known: Known) -> Iterator[PersonKind]:
    """Yield the kinds of people a file has: one without contractors does not mean that all have left."""
    for one in people:
        before = known.people.get(one.number)
        yield one.kind or (before.kind if before is not None else PersonKind.EMPLOYEE)


def _absent(person: KnownPerson, known: Known, terms: Terms, *, all_leave: bool) -> Absent:
    hindrance = _hindrance(person, known)
    if hindrance:
        leaves_on = None
    elif terms.leavers is not None:
        leaves_on = terms.leavers.get(person.number)
    else:
        leaves_on = terms.today if all_leave else None
    if leaves_on is not None and person.joined_on is not None:
        leaves_on = max(leaves_on, person.joined_on)
    unit = known.org_units.names.get(person.org_unit_id, "") if person.org_unit_id else ""
    return Absent(
        id=PersonId(person.id),
        number=person.number,
        name=person.name,
        org_unit=unit,
        leaves_on=leaves_on,
        hindrance=hindrance,
    )


def _hindrance(person: KnownPerson, known: Known) -> str:
    is_administrator = person.id in known.administrators
    return _("is an administrator") if is_administrator else ""


def is_here(person: KnownPerson, today: date) -> bool:
    """Tell whether somebody has not left on a day."""
    return person.left_on is None or person.left_on > today


def is_back(before: KnownPerson, person: PersonInFile, today: date) -> bool:
    """Tell whether a file names somebody as being here who has left."""
    return (
        before.left_on is not None
        and before.left_on <= today
        and not before.never_came
        and person.left_on is None
        and person.standing is not Standing.LEFT
    )


def stays_after_all(before: KnownPerson, person: PersonInFile, terms: Terms) -> bool:
    """Tell whether a file takes back that somebody is to leave: it has no day for them any more."""
    return (
        person.is_not_leaving is True
        and terms.owns
        and before.left_on is not None
        and before.left_on > terms.today
        and person.standing not in {Standing.LEFT, Standing.NOTICE}
    )


def returning(before: KnownPerson, person: PersonInFile, terms: Terms) -> Returning:
    """Return what is proposed of somebody who is in the file though they left."""
    left_on = before.left_on or terms.today
    joined_anew = person.joined_on is not None and left_on <= person.joined_on <= terms.today
    is_another = bool(person.name) and name_key(person.name) != name_key(before.name)
    by_itself = joined_anew and not is_another
    taken = by_itself if terms.returning is None else person.number in terms.returning
    on = person.joined_on if joined_anew and person.joined_on is not None else terms.today
    return Returning(
        id=PersonId(before.id),
        person=person,
        left_on=left_on,
        back_on=on if taken else None,
        known_as=before.name if is_another else "",
    )


def as_leaver(absent: Absent) -> PersonInFile:
    """Return somebody who is missing as a row that says when they left."""
    return PersonInFile(0, absent.number, "", left_on=absent.leaves_on)
