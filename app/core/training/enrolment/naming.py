"""What a rule names that is not here, or no longer: it reaches nobody by that, and would not say so."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import plural
from app.core.people import Audience, meaning_nothing, still_here
from app.core.people.shifts import word_of
from app.core.storage.columns import Day
from app.core.training.enrolment.conditions import All, Condition, Either, Not, OneOf, in_words
from app.core.training.enrolment.matching import At, is_of_here
from app.core.training.neighbours import neighbours

_SHOWN = 10
"""So many values of a condition are told; the rest is counted."""
Absent = Callable[[Session, At, Sequence[str]], Iterable[str]]
"""Tells which of some values mean nothing on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedInVain:
    """What of a condition means nothing on a day."""

    named: tuple[OneOf, ...] = ()
    """The conditions concerned, each with those of its values alone."""
    reaches_nobody: bool = False
    """Whether the rule can match nobody, whoever comes: it asks for a place or committee that there is not."""

    def in_words(self) -> str:
        """Return them as they are shown."""
        return "; ".join(map(_some_in_words, self.named))


def _some_in_words(leaf: OneOf) -> str:
    words = in_words(OneOf(leaf.attribute, leaf.values[:_SHOWN]))
    more = len(leaf.values) - _SHOWN
    return words if more <= 0 else f"{words} {plural('and {count} more', 'and {count} more', more)}"


def named_in_vain(session: Session, condition: Condition, at: At) -> NamedInVain:
    """Return what a condition names that is not here, or no longer."""
    found = {leaf: rest for leaf in _leaves(condition) if (rest := _absent(session, at, leaf))}
    gone = {
        leaf for leaf, rest in found.items() if _is_firm(leaf) and len(rest) == len(leaf.values)
    }
    named = tuple(OneOf(leaf.attribute, rest) for leaf, rest in found.items())
    return NamedInVain(named=named, reaches_nobody=not _can_hold(condition, gone))


def _leaves(condition: Condition) -> Iterator[OneOf]:
    match condition:
        case All(parts) | Either(parts):
            for one in parts:
                yield from _leaves(one)
        case Not(part):
            yield from _leaves(part)
        case OneOf():
            yield condition
        case _:
            return


def _can_hold(condition: Condition, gone: set[OneOf]) -> bool:
    """Tell whether a condition can hold for anybody, as far as what is gone says."""
    match condition:
        case All(parts):
            return all(_can_hold(one, gone) for one in parts)
        case Either(parts):
            return any(_can_hold(one, gone) for one in parts)
        case OneOf():
            return condition not in gone
        case _:
            return True


def _is_firm(leaf: OneOf) -> bool:
    """Tell whether values are of what the site has entered; the others people may bring any day."""
    return leaf.attribute in _ENTERED


def _absent(session: Session, at: At, leaf: OneOf) -> tuple[str, ...]:
    asked = _ABSENT.get(leaf.attribute)
    return () if asked is None else tuple(asked(session, at, leaf.values))


def _no_unit(session: Session, _at: At, codes: Sequence[str]) -> Iterable[str]:
    return meaning_nothing(session, Audience(unit_codes=tuple(codes)))


def _no_role(session: Session, _at: At, codes: Sequence[str]) -> Iterable[str]:
    return meaning_nothing(session, Audience(role_codes=tuple(codes)))


def _no_committee(session: Session, _at: At, titles: Sequence[str]) -> Iterable[str]:
    known = set(session.scalars(sa.select(neighbours().committee.title)))
    return (one for one in titles if one not in known)


def _nobodys_word(session: Session, at: At, values: Sequence[str], *, column: str) -> Iterable[str]:
    """Return what is written of nobody who is here, however it is spelt."""
    words = getattr(neighbours().listing, column)
    known = set(session.scalars(_here(at, words).where(words.in_(list(map(word_of, values))))))
    return (one for one in values if word_of(one) not in known)


def _nobodys_number(session: Session, at: At, numbers: Sequence[str]) -> Iterable[str]:
    column = neighbours().person.number
    return _not_among(numbers, session.scalars(_here(at, column).where(_is_one(column, numbers))))


def _no_manager(session: Session, at: At, numbers: Sequence[str]) -> Iterable[str]:
    person = neighbours().person
    here = still_here(person.left_on, sa.literal(at.today, Day))
    known = session.scalars(sa.select(person.number).where(_is_one(person.number, numbers), here))
    return _not_among(numbers, known)


def _here(at: At, column: Any) -> sa.Select[str]:
    person, listing = neighbours().person, neighbours().listing
    everybody = replace(at, people=None)
    found = sa.select(column).join_from(person, listing, listing.person_id == person.id)
    return found.where(*is_of_here(everybody)).distinct()


def _is_one(column: Any, numbers: Sequence[str]) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = column.in_([one.strip().upper() for one in numbers])
    return condition


def _not_among(numbers: Sequence[str], known: Iterable[str]) -> Iterable[str]:
    here = set(known)
    return (one for one in numbers if one.strip().upper() not in here)


_ENTERED = {"unit", "unit_only", "role", "committee"}
_ABSENT: dict[str, Absent] = {
    "unit": _no_unit,
    "unit_only": _no_unit,
    "role": _no_role,
    "committee": _no_committee,
    "location": partial(_nobodys_word, column="location_word"),
    "shift": partial(_nobodys_word, column="shift_word"),
    "agency": partial(_nobodys_word, column="agency_word"),
    "number": _nobodys_number,
    "manager": _no_manager,
}
