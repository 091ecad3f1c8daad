"""What an import would do: worked out against the site, changing nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.core.base.figures import day
from app.core.base.words import _
from app.core.people.errors import DetailRefused
from app.core.people.imports.absence import (
    Absent,
    Returning,
    Terms,
    absent_from,
    is_back,
    is_here,
    returning,
    stays_after_all,
)
from app.core.people.imports.checks import Seen, check, owner_of
from app.core.people.imports.fields import COMMON, Field
from app.core.people.imports.headings import FileColumn
from app.core.people.imports.known import Known, KnownPerson, Places
from app.core.people.imports.managers import with_managers
from app.core.people.imports.mapping import HrMapping
from app.core.people.imports.reading import FileFacts, UnknownWord
from app.core.people.imports.rows import PersonInFile, RowError
from app.core.people.imports.values import Standing
from app.core.people.imports.wish import Fix
from app.core.people.types import PersonId
from app.core.spreadsheets import DayOrder

_PLACED = frozenset({"org_unit", "job_role", "manager", "further_roles"})


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
        return any(change.field in _PLACED for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """So many people would change or leave that their number has to be typed."""

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


def work_out(
    known: Known,
    people: Sequence[PersonInFile],
    unreadable: Sequence[RowError],
    terms: Terms,
) -> PeoplePlan:
    """Compare a file with the site."""
    people = [_numbered_now(one, known) for one in people] if known.former else people
    told, passed_over = _told([_opened(one, known) for one in people], known, terms)
    sound, refused = _checked(told, people, known, terms)
    sound, unmanaged = with_managers(sound, known)
    compared = _compared(sound, known, terms)
    errors = [*unreadable, *refused, *unmanaged, *compared.refused]
    named = frozenset(
        (*(one.number for one in people), *(one.number.upper() for one in unreadable))
    )
    gone = () if "left_on" in known.closed else absent_from(people, named, known, terms)
    leaving = [one for one in gone if one.leaves_on is not None]
    here = sum(is_here(person, terms.today) for person in known.people.values())
    asked = len(compared.changed) + len(leaving)
    return PeoplePlan(
        new=tuple(compared.new),
        changed=tuple(compared.changed),
        unchanged=compared.unchanged,
        errors=tuple(sorted(errors, key=lambda error: (error.part, error.line))),
        new_org_units=_unknown((person.org_unit for person in sound), known.org_units),
        new_job_roles=_unknown(
            (word for one in sound for word in (one.job_role, *(one.further_roles or ()))),
            known.job_roles,
        ),
        gone=gone,
        returning=tuple(compared.away),
        moving_later=tuple(compared.later),
        closing=tuple(_closing(compared.changed, leaving, known, terms)),
        passed_over=passed_over,
        here=here,
        guard=Guard(count=asked, people=here) if terms.threshold.is_passed(asked, here) else None,
        terms=terms,
        people=tuple(people),
        unreadable=tuple(unreadable),
    )


def _numbered_now(person: PersonInFile, known: Known) -> PersonInFile:
    """Return a row with the numbers that people have now, where it has those of before."""
    number, manager = person.number, person.manager
    return person._replace(
        number=known.former.get(number, number),
        manager=manager and known.former.get(manager, manager),
    )


def _opened(person: PersonInFile, known: Known) -> PersonInFile:
    """Return a row without what belongs to others, of somebody who is known."""
    if not known.closed or person.number not in known.people:
        return person
    left_out: dict[str, Any] = {name: None for name in known.closed if name in _MAY_BE_LEFT_OUT}
    if "name" in known.closed:
        left_out["name"] = known.people[person.number].name
    if "left_on" in known.closed:
        left_out |= {"standing": None, "last_day": None}
    if "job_role" in known.closed:
        left_out["further_roles"] = None
    if "manager" in known.closed:
        left_out["manager_email"] = None
    return person._replace(**left_out)


def _checked(
    told: Sequence[PersonInFile], people: Sequence[PersonInFile], known: Known, terms: Terms
) -> tuple[list[PersonInFile], list[RowError]]:
    """Return the rows that can be taken, and why the others cannot."""
    sound: list[PersonInFile] = []
    refused: list[RowError] = []
    seen = Seen(known.names.with_words((one.number, owner_of(one, known)) for one in people))
    for person in told:
        try:
            check(person, known, seen, terms)
            sound.append(person)
        except DetailRefused as why:
            refused.append(
                RowError(person.line, person.number, why.happened, person.part, *seen.trouble)
            )
    return sound, refused


@dataclass(slots=True)
class _Compared:
    """Rows that can be taken, beside whom the site knows."""

    new: list[PersonInFile] = field(default_factory=list)
    changed: list[ChangedPerson] = field(default_factory=list)
    away: list[Returning] = field(default_factory=list)
    refused: list[RowError] = field(default_factory=list)
    later: list[PersonInFile] = field(default_factory=list)
    unchanged: int = 0


def _compared(sound: Iterable[PersonInFile], known: Known, terms: Terms) -> _Compared:
    found = _Compared()
    for person in sound:
        before = known.people.get(person.number)
        if before is None:
            found.new.append(person)
            continue
        back_on = None
        if "left_on" not in known.closed and is_back(before, person, terms.today):
            found.away.append(returning(before, person, terms))
            back_on = found.away[-1].back_on
            if back_on is None:
                continue
        changes = tuple(_changes(before, person, known, terms))
        if back_on is None and _is_dated(person, changes):
            if _is_before_the_last(before, person):
                found.refused.append(_too_early(before, person))
                continue
            if person.moved_on is not None and person.moved_on > terms.today:
                found.later.append(person)
                changes = tuple(one for one in changes if one.field not in _PLACED)
        if changes:
            stays = "left_on" not in known.closed and stays_after_all(before, person, terms)
            found.changed.append(
                ChangedPerson(
                    PersonId(before.id),
                    person,
                    changes,
                    back_on,
                    job_roles=_roles_to_come(before, person, changes, known),
                    stays=stays,
                )
            )
        else:
            found.unchanged += 1
    return found


def doubtful_words(plan: PeoplePlan) -> str:
    """Return how the doubtful columns of a plan are taken, and how to say otherwise."""
    return _(
        "{columns}: taken as the first day without them, as the mapping was saved. If it is their last day of"
        " work, say so of the column: then they are gone from the day after it."
    ).format(columns=", ".join(plan.doubtful_columns))


def _is_dated(person: PersonInFile, changes: Iterable[FieldChange]) -> bool:
    return person.moved_on is not None and any(one.field in _PLACED for one in changes)


def _is_before_the_last(before: KnownPerson, person: PersonInFile) -> bool:
    since = before.placed_on
    return since is not None and person.moved_on is not None and person.moved_on < since


def _too_early(before: KnownPerson, person: PersonInFile) -> RowError:
    since, moved_on = before.placed_on or date.min, person.moved_on or date.min
    reason = _(
        "They belong where they are since {since}: a move on {day} lies before it. Give a later day, or take"
        " the column for nothing."
    ).format(since=day(since), day=day(moved_on))
    return RowError(
        person.line, person.number, reason, person.part, "moved_on", moved_on.isoformat()
    )


def as_leaver(absent: Absent) -> PersonInFile:
    """Return somebody who is missing as a row that says when they left."""
    return PersonInFile(0, absent.number, "", left_on=absent.leaves_on)


def _told(
    people: Sequence[PersonInFile], known: Known, terms: Terms
) -> tuple[list[PersonInFile], int]:
    """Return the rows with a day for who only is said to have left; and how many were never known here."""
    told: list[PersonInFile] = []
    passed_over = 0
    for person in people:
        before = known.people.get(person.number)
        is_undated = person.standing is Standing.LEFT and person.left_on is None
        if before is None and (is_undated or (person.left_on is not None and not person.name)):
            passed_over += 1
            continue
        if is_undated and before is not None and before.left_on is None:
            person = person._replace(left_on=terms.today)  # noqa: PLW2901  the same person, dated
        told.append(person)
    return told, passed_over


def _closing(
    changed: Iterable[ChangedPerson], leaving: Iterable[Absent], known: Known, terms: Terms
) -> Iterator[PersonInFile]:
    for person_id, person in (
        *((one.id, one.person) for one in changed),
        *((one.id, as_leaver(one)) for one in leaving),
    ):
        has_left = person.left_on is not None and person.left_on <= terms.today
        if has_left and known.accounts.get(person_id) in known.open_accounts:
            yield person


def _changes(
    before: KnownPerson, person: PersonInFile, known: Known, terms: Terms
) -> Iterator[FieldChange]:
    yield from _changed_details(before, person)
    if "left_on" not in known.closed and _is_here_again(before, person, terms):
        yield FieldChange("left_on", _worded(before.left_on), "")
    yield from _changed_place(before, person, known)
    yield from _changed_roles(before, person, known, terms.today)
    if person.badge is not None and known.names.badge_owner(person.badge) != before.id:
        yield FieldChange("badge", "", _("another badge"))


def _is_here_again(before: KnownPerson, person: PersonInFile, terms: Terms) -> bool:
    is_again = before.never_came and person.left_on is None
    return (
        is_again or is_back(before, person, terms.today) or stays_after_all(before, person, terms)
    )


_MAY_BE_LEFT_OUT = frozenset(PersonInFile._field_defaults)
_DETAILS = (
    "name_local", "kind", "language", "email", "joined_on", "left_on", "location", "shift", "agency",
    "gate_pass", "gate_pass_until", "reads",
)  # fmt: skip


def _changed_details(before: KnownPerson, person: PersonInFile) -> Iterator[FieldChange]:
    if person.name and person.name != before.name:
        yield FieldChange("name", before.name, person.name)
    for name in _DETAILS:
        new = getattr(person, name)
        if new is not None and new != getattr(before, name):
            yield FieldChange(name, _worded(getattr(before, name)), _worded(new))


def _changed_place(
    before: KnownPerson, person: PersonInFile, known: Known
) -> Iterator[FieldChange]:
    for name, key, word, places in (
        ("org_unit", before.org_unit_id, person.org_unit, known.org_units),
        ("job_role", before.job_role_id, person.job_role, known.job_roles),
    ):
        if word is not None and (key is None or places.find(word) != key):
            yield FieldChange(name, places.names[key] if key is not None else "", word)
    manager = known.numbers.get(before.manager_id, "") if before.manager_id is not None else ""
    if person.manager is not None and person.manager != manager:
        yield FieldChange("manager", manager, person.manager)


def _changed_roles(
    before: KnownPerson, person: PersonInFile, known: Known, today: date
) -> Iterator[FieldChange]:
    """Yield what somebody does beside their job role, before and after; a leaver's stays as it was."""
    has_left = person.left_on is not None and person.left_on <= today
    if person.further_roles is None or has_left:
        return
    had, wanted = known.further_roles.get(before.id, {}), besides(person, known)
    meant = {_meant(word, known) for word in wanted}
    if meant != had.keys() - {_main_role(person, known)}:
        yield FieldChange(
            "further_roles", ", ".join(sorted(had.values())), ", ".join(sorted(wanted))
        )


def besides(person: PersonInFile, known: Known) -> tuple[str, ...]:
    """Return the job roles that a row names beside the one that somebody comes to have."""
    main = _main_role(person, known)
    return tuple(word for word in person.further_roles or () if _meant(word, known) != main)


def _roles_to_come(
    before: KnownPerson, person: PersonInFile, changes: Iterable[FieldChange], known: Known
) -> tuple[UUID, ...] | None:
    """Return which job roles of here somebody has after a change of them; None where none changes."""
    if not any(change.field in {"job_role", "further_roles"} for change in changes):
        return None
    beside: Iterable[UUID | str] = known.further_roles.get(before.id, {})
    if person.further_roles is not None:
        beside = [_meant(word, known) for word in person.further_roles]
    found = {_main_role(person, known), *beside}
    return tuple(sorted(one for one in found if isinstance(one, UUID)))


def _main_role(person: PersonInFile, known: Known) -> UUID | str | None:
    if person.job_role is not None:
        return _meant(person.job_role, known)
    before = known.people.get(person.number)
    return None if before is None else before.job_role_id


def _meant(word: str, known: Known) -> UUID | str:
    """Return the job role that a word means; itself, where it is to be made."""
    return known.job_roles.find(word) or word.casefold()


def _worded(value: date | str | None) -> str:
    return "" if value is None else str(value)


def _unknown(words: Iterable[str | None], places: Places) -> tuple[str, ...]:
    unknown: dict[str, str] = {}
    for word in words:
        if word is not None and word.casefold() not in places.by_word:
            unknown.setdefault(word.casefold(), word)
    return tuple(sorted(unknown.values(), key=str.casefold))
