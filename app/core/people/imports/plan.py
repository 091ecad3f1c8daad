"""What an import would do: worked out against the site, changing nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.core.base.figures import day
from app.core.base.words import _
from app.core.people.errors import DetailRefused
from app.core.people.imports.known import Known, KnownPerson, Places
from app.core.people.imports.rows import PersonInFile, RowError
from app.core.people.sign_in_names import Owner, SignInNames
from app.core.people.types import PersonId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePlan:
    """What an import will do when it is applied."""

    new: tuple[PersonInFile, ...]
    changed: tuple[ChangedPerson, ...]
    unchanged: int
    errors: tuple[RowError, ...]
    new_org_units: tuple[str, ...]
    new_job_roles: tuple[str, ...]
    encoding: str = ""
    ignored_columns: tuple[str, ...] = ()
    private_columns: tuple[str, ...] = ()
    """Columns that hold what training records must not, by their name; they were not read."""
    people: tuple[PersonInFile, ...] = field(default=(), repr=False)
    """Every readable row, for working the plan out again when it is applied."""
    unreadable: tuple[RowError, ...] = field(default=(), repr=False)

    @property
    def does_nothing(self) -> bool:
        """Tell whether everything is as the file says."""
        return not (self.new or self.changed)

    def says_the_same_as(self, other: "PeoplePlan") -> bool:
        """Tell whether both plans would do the same."""
        return (self.new, self.changed, self.errors) == (other.new, other.changed, other.errors)


def work_out(
    known: Known, people: Sequence[PersonInFile], unreadable: Sequence[RowError]
) -> PeoplePlan:
    """Compare a file with the site."""
    errors = list(unreadable)
    sound: list[PersonInFile] = []
    seen = _Seen(known.names.with_words((one.number, _owner(one, known)) for one in people))
    for person in people:
        try:
            _check(person, known, seen)
            sound.append(person)
        except DetailRefused as refused:
            errors.append(RowError(person.line, person.number, refused.happened))
    sound, unmanaged = _with_known_managers(sound, known)
    errors += unmanaged
    new = tuple(person for person in sound if person.number not in known.people)
    compared = [
        ChangedPerson(PersonId(before.id), person, tuple(_changes(before, person, known)))
        for person in sound
        if (before := known.people.get(person.number)) is not None
    ]
    changed = tuple(person for person in compared if person.changes)
    return PeoplePlan(
        new=new,
        changed=changed,
        unchanged=len(compared) - len(changed),
        errors=tuple(sorted(errors, key=lambda error: error.line)),
        new_org_units=_unknown((person.org_unit for person in sound), known.org_units),
        new_job_roles=_unknown((person.job_role for person in sound), known.job_roles),
        people=tuple(people),
        unreadable=tuple(unreadable),
    )


class _Seen:
    """Numbers and badges of the rows above, with their lines; all names, the file's with the site's."""

    def __init__(self, names: SignInNames) -> None:
        self.numbers: dict[str, int] = {}
        self.badges: dict[str, int] = {}
        self.names = names


def _check(person: PersonInFile, known: Known, seen: _Seen) -> None:
    line = seen.numbers.setdefault(person.number, person.line)
    if line != person.line:
        raise DetailRefused(_("The number is on line {line} already.").format(line=line))
    if person.number in known.doubles:
        raise DetailRefused(_("More than one person here has this number: give one another first."))
    before = known.people.get(person.number)
    _check_identity(person, _owner(person, known), seen)
    _check_days(person, before)
    _check_place(person, before, known)


def _owner(person: PersonInFile, known: Known) -> Owner:
    before = known.people.get(person.number)
    return person.number if before is None else before.id


def _check_identity(person: PersonInFile, owner: Owner, seen: _Seen) -> None:
    if seen.names.has_word_of_another(person.number, owner):
        raise DetailRefused(_("Somebody else signs in with this number."))
    if person.badge is None:
        return
    line = seen.badges.setdefault(person.badge, person.line)
    if line != person.line:
        raise DetailRefused(_("The badge is on line {line} already.").format(line=line))
    if seen.names.is_badge_of_another(person.badge, owner):
        raise DetailRefused(_("The badge belongs to somebody else."))
    if seen.names.reads_as_another(person.badge, owner):
        raise DetailRefused(_("The badge's code is the number or login of somebody else."))


def _check_days(person: PersonInFile, before: KnownPerson | None) -> None:
    joined = person.joined_on or (before.joined_on if before is not None else None)
    if person.left_on is not None and joined is not None and person.left_on < joined:
        raise DetailRefused(_("The day of leaving lies before the day of joining."))
    if before is None or before.left_on is None or before.never_came:
        return
    if person.left_on is None:
        raise DetailRefused(
            _("Left on {day}: take them back first.").format(day=day(before.left_on))
        )


def _check_place(person: PersonInFile, before: KnownPerson | None, known: Known) -> None:
    has_place = person.org_unit is not None or (before is not None and before.org_unit_id)
    if not has_place and (person.job_role or person.manager):
        raise DetailRefused(_("A job role or a manager needs a department."))
    for word, places in ((person.org_unit, known.org_units), (person.job_role, known.job_roles)):
        try:
            if word is not None:
                places.find(word)
        except KeyError:
            raise DetailRefused(
                _("{name} means more than one: give its code.").format(name=word)
            ) from None


def _with_known_managers(
    people: Sequence[PersonInFile], known: Known
) -> tuple[list[PersonInFile], list[RowError]]:
    """Find every manager; who is refused for want of one can be nobody's manager either."""
    errors: list[RowError] = []
    sound = list(people)
    while True:
        managers = _Managers(sound, known)
        found = [managers.named(person) for person in sound]
        refused = [person for person, number in zip(sound, found, strict=True) if number is _NOBODY]
        if not refused:
            return [
                person if number == person.manager else person._replace(manager=number)
                for person, number in zip(sound, found, strict=True)
            ], errors
        errors += [
            RowError(
                person.line,
                person.number,
                _("The manager {manager} is not known.").format(manager=person.manager),
            )
            for person in refused
        ]
        gone = {person.number for person in refused}
        sound = [person for person in sound if person.number not in gone]


_NOBODY = ""


class _Managers:
    """Finds managers named by number, as some systems do by "Name Number", or by a name that one has."""

    def __init__(self, people: Sequence[PersonInFile], known: Known) -> None:
        self._numbers = known.people.keys() | {person.number for person in people}
        self._by_name: dict[str, str] = {}
        for number, name in (
            *((person.number, person.name) for person in known.people.values()),
            *((person.number, person.name) for person in people),
        ):
            before = self._by_name.setdefault(name.upper(), number)
            if before != number:
                self._by_name[name.upper()] = _NOBODY

    def named(self, person: PersonInFile) -> str | None:
        """Return the number of a row's manager, None for none said, "" for one who is not known."""
        if person.manager is None or person.manager in self._numbers:
            return person.manager
        last = person.manager.rpartition(" ")[2]
        number = last if last in self._numbers else self._by_name.get(person.manager, _NOBODY)
        return _NOBODY if number == person.number else number


def _changes(before: KnownPerson, person: PersonInFile, known: Known) -> Iterator[FieldChange]:
    yield from _changed_details(before, person)
    yield from _came_back(before, person)
    yield from _changed_place(before, person, known)
    if person.badge is not None and known.names.badge_owner(person.badge) != before.id:
        yield FieldChange("badge", "", _("another badge"))


def _changed_details(before: KnownPerson, person: PersonInFile) -> Iterator[FieldChange]:
    for name, old, new in (
        ("name", before.name, person.name),
        ("name_local", before.name_local, person.name_local),
        ("kind", before.kind, person.kind),
        ("language", before.language, person.language),
        ("email", before.email, person.email),
        ("joined_on", before.joined_on, person.joined_on),
        ("left_on", before.left_on, person.left_on),
    ):
        if new is not None and new != old:
            yield FieldChange(name, _worded(old), _worded(new))


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


def _came_back(before: KnownPerson, person: PersonInFile) -> Iterator[FieldChange]:
    if before.left_on is not None and person.left_on is None:
        yield FieldChange("left_on", _worded(before.left_on), "")


def _worded(value: date | str | None) -> str:
    return "" if value is None else str(value)


def _unknown(words: Iterable[str | None], places: Places) -> tuple[str, ...]:
    unknown: dict[str, str] = {}
    for word in words:
        if word is not None and word.casefold() not in places.by_word:
            unknown.setdefault(word.casefold(), word)
    return tuple(sorted(unknown.values(), key=str.casefold))
