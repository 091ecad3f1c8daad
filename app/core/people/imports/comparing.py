"""Rows that can be taken, beside whom the site knows: new, changed, as before, back, or moved later."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.core.base.figures import day
from app.core.base.words import _
from app.core.people.imports.absence import (
    Returning,
    Terms,
    is_back,
    returning,
    stays_after_all,
)
from app.core.people.imports.differences import differences, roles_to_come
from app.core.people.imports.known import Known, KnownPerson
from app.core.people.imports.plan import PLACED, ChangedPerson, FieldChange
from app.core.people.imports.rows import PersonInFile, RowError
from app.core.people.types import PersonId


@dataclass(slots=True)
class Compared:
    """What became of the rows."""

    new: list[PersonInFile] = field(default_factory=list)
    changed: list[ChangedPerson] = field(default_factory=list)
    away: list[Returning] = field(default_factory=list)
    refused: list[RowError] = field(default_factory=list)
    later: list[PersonInFile] = field(default_factory=list)
    unchanged: int = 0


def compare(sound: Iterable[PersonInFile], known: Known, terms: Terms) -> Compared:
    """Compare rows that can be taken with whom the site knows."""
    comparison = _Comparison(known, terms)
    for person in sound:
        comparison.look_at(person)
    return comparison.found


class _Comparison:
    def __init__(self, known: Known, terms: Terms) -> None:
        self.found = Compared()
        self._known = known
        self._terms = terms
        self._tells_leavers = "left_on" not in known.closed

    def look_at(self, person: PersonInFile) -> None:
        """Put a row where it belongs."""
        before = self._known.people.get(person.number)
        if before is None:
            self.found.new.append(person)
        elif self._tells_leavers and is_back(before, person, self._terms.today):
            self._see_back(before, person)
        else:
            self._see(before, person)

    def _see_back(self, before: KnownPerson, person: PersonInFile) -> None:
        away = returning(before, person, self._terms)
        self.found.away.append(away)
        if away.back_on is not None:
            self._note(before, person, self._changes(before, person), away.back_on)

    def _see(self, before: KnownPerson, person: PersonInFile) -> None:
        changes = self._changes(before, person)
        if _is_dated(person, changes):
            if _is_before_the_last(before, person):
                self.found.refused.append(_too_early(before, person))
                return
            if person.moved_on is not None and person.moved_on > self._terms.today:
                self.found.later.append(person)
                changes = tuple(one for one in changes if one.field not in PLACED)
        self._note(before, person, changes)

    def _changes(self, before: KnownPerson, person: PersonInFile) -> tuple[FieldChange, ...]:
        return tuple(differences(before, person, self._known, self._terms))

    def _note(
        self,
        before: KnownPerson,
        person: PersonInFile,
        changes: tuple[FieldChange, ...],
        back_on: date | None = None,
    ) -> None:
        if not changes:
            self.found.unchanged += 1
            return
        self.found.changed.append(
            ChangedPerson(
                PersonId(before.id),
                person,
                changes,
                back_on,
                job_roles=roles_to_come(before, person, changes, self._known),
                stays=self._tells_leavers and stays_after_all(before, person, self._terms),
            )
        )


def _is_dated(person: PersonInFile, changes: Iterable[FieldChange]) -> bool:
    return person.moved_on is not None and any(one.field in PLACED for one in changes)


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
