"""Working out what an import would do: a file compared with the site, which stays as it is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.core.people.errors import DetailRefused
from app.core.people.imports.absence import Absent, Terms, absent_from, as_leaver, is_here
from app.core.people.imports.checks import Seen, check, owner_of
from app.core.people.imports.comparing import compare
from app.core.people.imports.known import Known, Places
from app.core.people.imports.likely import Likely
from app.core.people.imports.managers import with_managers
from app.core.people.imports.plan import ChangedPerson, Guard, PeoplePlan
from app.core.people.imports.rows import PersonInFile, RowError
from app.core.people.imports.values import Standing

_MAY_BE_LEFT_OUT = frozenset(PersonInFile._field_defaults)


def work_out(
    known: Known,
    people: Sequence[PersonInFile],
    unreadable: Sequence[RowError],
    terms: Terms,
) -> PeoplePlan:
    """Compare a file with the site."""
    likely = Likely(known)
    people = [likely.numbered_now(one) for one in people] if known.former else people
    told, passed_over = _told([_opened(one, known) for one in people], known, terms)
    sound, refused = _checked(told, people, likely, terms)
    sound, unmanaged = with_managers(sound, known)
    compared = compare(sound, known, terms)
    named = frozenset(one.number for one in people)
    twins = tuple(likely.twins(compared.new, named, terms.today))
    gone = _gone(people, unreadable, known, terms)
    leaving = [one for one in gone if one.leaves_on is not None]
    here = sum(is_here(person, terms.today) for person in known.people.values())
    return PeoplePlan(
        new=tuple(compared.new),
        changed=tuple(compared.changed),
        unchanged=compared.unchanged,
        errors=_by_line([*unreadable, *refused, *unmanaged, *compared.refused]),
        new_org_units=_unknown((person.org_unit for person in sound), known.org_units),
        new_job_roles=_unknown(_role_words(sound), known.job_roles),
        gone=gone,
        returning=tuple(compared.away),
        moving_later=tuple(compared.later),
        closing=tuple(_closing(compared.changed, leaving, known, terms)),
        passed_over=passed_over,
        here=here,
        twins=twins,
        guard=_guard(len(compared.changed) + len(twins), len(leaving), here, terms),
        terms=terms,
        people=tuple(people),
        unreadable=tuple(unreadable),
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


def _checked(
    told: Sequence[PersonInFile], people: Sequence[PersonInFile], likely: Likely, terms: Terms
) -> tuple[list[PersonInFile], list[RowError]]:
    """Return the rows that can be taken, and why the others cannot."""
    known = likely.known
    sound: list[PersonInFile] = []
    refused: list[RowError] = []
    seen = Seen(known.names.with_words((one.number, owner_of(one, known)) for one in people))
    for person in told:
        try:
            check(person, likely, seen, terms)
            sound.append(person)
        except DetailRefused as why:
            refused.append(
                RowError(
                    person.line,
                    person.number,
                    why.happened,
                    person.part,
                    *seen.trouble,
                    seen.choices,
                )
            )
    return sound, refused


def _gone(
    people: Sequence[PersonInFile], unreadable: Sequence[RowError], known: Known, terms: Terms
) -> tuple[Absent, ...]:
    """Return who is missing; a row that cannot be read names its person all the same."""
    if "left_on" in known.closed:
        return ()
    numbers = (*(one.number for one in people), *(one.number.upper() for one in unreadable))
    return absent_from(people, frozenset(numbers), known, terms)


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


def _guard(asked: int, leaving: int, here: int, terms: Terms) -> Guard | None:
    threshold, count = terms.threshold, asked + leaving
    rings = threshold.is_passed(count, here) or threshold.is_passed_by_missing(leaving, here)
    return Guard(count=count, people=here) if rings else None


def _by_line(errors: Iterable[RowError]) -> tuple[RowError, ...]:
    return tuple(sorted(errors, key=lambda error: (error.part, error.line)))


def _role_words(people: Iterable[PersonInFile]) -> Iterator[str | None]:
    for one in people:
        yield one.job_role
        yield from one.further_roles or ()


def _unknown(words: Iterable[str | None], places: Places) -> tuple[str, ...]:
    unknown: dict[str, str] = {}
    for word in words:
        if word is not None and word.casefold() not in places.by_word:
            unknown.setdefault(word.casefold(), word)
    return tuple(sorted(unknown.values(), key=str.casefold))
