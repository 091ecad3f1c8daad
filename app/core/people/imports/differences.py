"""What a row says of somebody otherwise than the site, field by field."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from app.core.base.words import _
from app.core.people.imports.absence import Terms, is_back, stays_after_all
from app.core.people.imports.known import Known, KnownPerson
from app.core.people.imports.plan import FieldChange
from app.core.people.imports.rows import PersonInFile
from app.core.people.spelling import is_spelt_alike

_DETAILS = (
    "name_local", "kind", "language", "email", "joined_on", "left_on", "location", "shift", "agency",
    "gate_pass", "gate_pass_until", "reads",
)  # fmt: skip
_WORDS = frozenset({"location", "shift", "agency"})


def differences(
    before: KnownPerson, person: PersonInFile, known: Known, terms: Terms
) -> Iterator[FieldChange]:
    """Yield what a row makes other than it is here."""
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


def _changed_details(before: KnownPerson, person: PersonInFile) -> Iterator[FieldChange]:
    if person.name and person.name != before.name:
        yield FieldChange("name", before.name, person.name)
    for name in _DETAILS:
        new = getattr(person, name)
        if new is not None and not _is_same(name, getattr(before, name), new):
            yield FieldChange(name, _worded(getattr(before, name)), _worded(new))


def _is_same(name: str, before: date | str | None, new: date | str) -> bool:
    """Tell whether a row says what is written; spelt otherwise a place is the same (ADR 88)."""
    if name in _WORDS and isinstance(before, str) and isinstance(new, str):
        return is_spelt_alike(before, new)
    return new == before


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


def roles_to_come(
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
