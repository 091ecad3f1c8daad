"""Managers as HR files name them: by number, e-mail, "Name Number" or name; and circles of them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from uuid import UUID

from app.core.base.words import _
from app.core.people.imports.known import Known, KnownPerson
from app.core.people.imports.rows import PersonInFile, RowError

_BETWEEN = re.compile(r"[\s()\[\],;:]+| - ")
_SHOWN = 8


class _Unclear(Exception):
    """Nobody, or more than one, is meant."""

    def __init__(self, reason: str, choices: tuple[str, ...] = ()) -> None:
        self.reason = reason
        self.choices = choices


def with_managers(
    people: Sequence[PersonInFile], known: Known
) -> tuple[list[PersonInFile], list[RowError]]:
    """Find every manager, and return the rows of whom none was found, or who stand in a circle.

    Who is refused can be nobody's manager either, unless the site knows them.
    """
    errors: list[RowError] = []
    sound = list(people)
    while True:
        sound, refused = _found(sound, known, {error.number for error in errors})
        refused = refused or list(_in_circles(sound, known))
        if not refused:
            return sound, errors
        errors += refused
        lines = {(error.part, error.line) for error in refused}
        sound = [person for person in sound if (person.part, person.line) not in lines]


def _found(
    people: Sequence[PersonInFile], known: Known, refused_before: Collection[str]
) -> tuple[list[PersonInFile], list[RowError]]:
    managers = _Managers(people, known, refused_before)
    sound: list[PersonInFile] = []
    refused: list[RowError] = []
    for person in people:
        if person.manager is None and person.manager_email is None:
            sound.append(person)
            continue
        try:
            number = managers.named(person)
        except _Unclear as unclear:
            field, text = (
                ("manager", person.manager)
                if person.manager is not None
                else ("manager_email", person.manager_email or "")
            )
            refused.append(
                RowError(
                    person.line,
                    person.number,
                    unclear.reason,
                    person.part,
                    field,
                    text,
                    unclear.choices,
                )
            )
            continue
        sound.append(person if number == person.manager else person._replace(manager=number))
    return sound, refused


class _Managers:
    """Who may be somebody's manager: everybody of the site and of the file."""

    def __init__(
        self, people: Sequence[PersonInFile], known: Known, refused: Collection[str]
    ) -> None:
        self._refused = refused
        self._people, self._known = people, known
        self._told = {person.number for person in people}
        self._numbers = known.people.keys() | self._told
        self._meant: dict[str, list[str]] = {}
        """Whom a text of the file may mean, once it was looked up: a manager has many people."""

    def named(self, person: PersonInFile) -> str:
        """Return the number of a row's manager. Raises _Unclear."""
        text, email = person.manager, person.manager_email or ""
        if text is not None and text in self._numbers:
            return text
        found = [] if text is None else self._called(text)
        return self._only(text or email, found or self._by_email.get(email, []), person.number)

    def _called(self, text: str) -> list[str]:
        """Return the numbers of whoever may be meant: by a number in the text, an address, or a name."""
        meant = self._meant.get(text)
        if meant is None:
            meant = self._by_parts(text) or self._by_email.get(text.casefold())
            meant = self._meant[text] = meant or self._by_name.get(text, [])
        return meant

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _grouped((one.name.upper(), one.number) for one in self._everybody())

    @cached_property
    def _by_email(self) -> dict[str, list[str]]:
        return _grouped(((one.email or "").casefold(), one.number) for one in self._everybody())

    def _everybody(self) -> Iterator[PersonInFile | KnownPerson]:
        """Yield the people of the file, and of the site those whom it does not name."""
        yield from self._people
        told = self._told
        yield from (one for one in self._known.people.values() if one.number not in told)

    def _by_parts(self, text: str) -> list[str]:
        """Find "Name Number", "Name (Number)", "Number - Name"."""
        parts = [part.strip("-") or part for part in _BETWEEN.split(text) if part]
        for part in (*reversed(parts),) if len(parts) > 1 else ():
            if part in self._numbers:
                return [part]
        return []

    def _only(self, text: str, found: Sequence[str], own: str) -> str:
        others = [number for number in dict.fromkeys(found) if number != own]
        if len(others) == 1:
            return others[0]
        if not others and own in found:
            raise _Unclear(_("Nobody is their own manager."))
        if text in self._refused:
            raise _Unclear(
                _("The row of their manager, {manager}, is not taken: mend that one.").format(
                    manager=text
                )
            )
        if not others:
            raise _Unclear(_("The manager {manager} is not known.").format(manager=text))
        choices = tuple(sorted(others)[:_SHOWN])
        raise _Unclear(
            _("Several people are called {manager}: {numbers}. Give the number.").format(
                manager=text, numbers=", ".join(choices)
            ),
            choices,
        )


def _grouped(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return numbers by what is not empty."""
    found: dict[str, list[str]] = {}
    for word, number in named:
        if word:
            found.setdefault(word, []).append(number)
    return found


def _in_circles(people: Sequence[PersonInFile], known: Known) -> Iterator[RowError]:
    """Yield the rows that would let people manage each other in a circle."""
    before = _managers_before(known)
    told = {person.number: person for person in people if person.manager is not None}
    after = before | {number: person.manager or "" for number, person in told.items()}
    for circle in _circles(after):
        way = " → ".join((*circle, circle[0]))
        for number in circle:
            if number in told and before.get(number) != after[number]:
                yield _in_circle(told[number], way)


def _managers_before(known: Known) -> dict[str, str]:
    """Return the number of each one's manager, of those who have one."""
    managed = ((one, _number(known.numbers, one.manager_id)) for one in known.people.values())
    return {one.number: manager for one, manager in managed if manager}


def _in_circle(person: PersonInFile, way: str) -> RowError:
    return RowError(
        person.line,
        person.number,
        _("They would manage each other in a circle: {way}.").format(way=way),
        person.part,
        "manager",
        person.manager or "",
    )


def _circles(manager_of: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the circles, each once: everybody has one manager, so each walk ends in one or above all."""
    walked: dict[str, int] = {}
    for walk, start in enumerate(manager_of):
        way: list[str] = []
        at = start
        while at in manager_of and at not in walked:
            walked[at] = walk
            way.append(at)
            at = manager_of[at]
        if walked.get(at) == walk and at in way:
            yield way[way.index(at) :]


def _number(numbers: Mapping[UUID, str], person_id: UUID | None) -> str:
    return "" if person_id is None else numbers.get(person_id, "")
