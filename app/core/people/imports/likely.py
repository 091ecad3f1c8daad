"""Whom a row may mean beside the number it has: somebody of before, of a number much like it, or of another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.core.people.alike import name_key, number_key
from app.core.people.imports.absence import is_here
from app.core.people.imports.known import Known, KnownPerson
from app.core.people.imports.rows import PersonInFile

_Name = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A newcomer of a file who seems to be here under another number."""

    person: PersonInFile
    number: str
    """The one they seem to have here."""


class Likely:
    """Looks the rows of one file up among those whom the site knows; what it needs is made when it is asked."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def numbered_now(self, person: PersonInFile) -> PersonInFile:
        """Return a row with the numbers that people have now, where it has those of before.

        A number of before under another name is left: HR may have given it to somebody else.
        """
        former, number, manager = self.known.former, person.number, person.manager
        now = former.get(number, number)
        owner = self.known.people.get(now)
        if now != number and owner is not None and not _may_be(owner, person.name):
            now = number
        return person._replace(number=now, manager=manager and former.get(manager, manager))

    def near(self, person: PersonInFile) -> str | None:
        """Return the number of somebody of the same name whose number differs by zeros or signs alone."""
        found = self._by_number.get(number_key(person.number), ())
        return next((one.number for one in found if _may_be(one, person.name)), None)

    def twins(
        self, new: Iterable[PersonInFile], named: frozenset[str], today: date
    ) -> Iterator[Twin]:
        """Yield the newcomers with the name and the day of joining of somebody here whom the file leaves out."""
        for person in new:
            joined = person.joined_on
            if joined is None or joined not in self._by_joining:
                continue
            found = self._by_joining[joined].get(name_key(person.name))
            if found is not None and found.number not in named and is_here(found, today):
                yield Twin(person=person, number=found.number)

    @cached_property
    def _by_number(self) -> dict[str, list[KnownPerson]]:
        found: dict[str, list[KnownPerson]] = {}
        for one in self.known.people.values():
            found.setdefault(number_key(one.number), []).append(one)
        return found

    @cached_property
    def _by_joining(self) -> dict[date, dict[_Name, KnownPerson]]:
        found: dict[date, dict[_Name, KnownPerson]] = {}
        for one in self.known.people.values():
            if one.joined_on is not None:
                found.setdefault(one.joined_on, {})[name_key(one.name)] = one
        return found


def _may_be(owner: KnownPerson, name: str) -> bool:
    """Tell whether a row without a name, or with theirs, may mean somebody."""
    return not name or name_key(name) in {name_key(owner.name), name_key(owner.name_local)}
