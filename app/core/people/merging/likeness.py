"""In what two people are alike, and whether that is enough to ask: decided without a database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from uuid import UUID

from app.core.people.alike import name_key, number_key
from app.core.people.merging.types import Likeness
from app.core.storage.folding import fold

_CROWD = 20
"""So many who share a day of joining and a name, or an e-mail, share it for another reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of somebody is compared."""

    id: UUID
    number: str
    name: str
    name_local: str
    email: str
    joined_on: date | None
    login: str = ""
    badges: frozenset[str] = field(default=frozenset())
    """Hashes of the codes of badges."""


def likenesses(one: Traits, other: Traits) -> frozenset[Likeness]:
    """Return in what two people are alike."""
    found = {
        Likeness.NUMBER: one.number == other.number,
        Likeness.NEAR_NUMBER: one.number != other.number
        and number_key(one.number) == number_key(other.number),
        Likeness.NAME: bool(name_keys(one) & name_keys(other)),
        Likeness.JOINED: one.joined_on is not None and one.joined_on == other.joined_on,
        Likeness.EMAIL: bool(one.email) and fold(one.email) == fold(other.email),
        Likeness.LOGIN: bool(one.login) and one.login == other.login,
        Likeness.BADGE: bool(one.badges & other.badges),
    }
    return frozenset(likeness for likeness, holds in found.items() if holds)


def is_worth_asking(one: Traits, other: Traits, alike: frozenset[Likeness]) -> bool:
    """Tell whether two may be one person: what names them is the same, or their name and more."""
    if one.number == other.number or alike & {Likeness.LOGIN, Likeness.BADGE}:
        return True
    return Likeness.NAME in alike and len(alike) > 1


def alike_pairs(people: Iterable[Traits]) -> Iterator[tuple[Traits, Traits, frozenset[Likeness]]]:
    """Yield those among many who may be one person, each pair once; never all with all."""
    crowds: dict[tuple[object, ...], list[Traits]] = defaultdict(list)
    for person in people:
        for key in _keys(person):
            crowds[key].append(person)
    seen: set[tuple[UUID, UUID]] = set()
    for crowd in crowds.values():
        if 1 < len(crowd) <= _CROWD:
            for one, other in combinations(sorted(crowd, key=lambda who: who.id), 2):
                if (one.id, other.id) in seen:
                    continue
                seen.add((one.id, other.id))
                alike = likenesses(one, other)
                if is_worth_asking(one, other, alike):
                    yield one, other, alike


def name_keys(person: Traits) -> frozenset[tuple[str, ...]]:
    """Return a person's names as they are compared: folded, without dots, words in any order."""
    keys = (name_key(person.name), name_key(person.name_local))
    return frozenset(key for key in keys if key)


def _keys(person: Traits) -> Iterator[tuple[object, ...]]:
    yield Likeness.NUMBER, person.number
    for name in name_keys(person):
        yield Likeness.NEAR_NUMBER, name, number_key(person.number)
        if person.joined_on is not None:
            yield Likeness.JOINED, name, person.joined_on
        if person.email:
            yield Likeness.EMAIL, name, fold(person.email)
    if person.login:
        yield Likeness.LOGIN, person.login
    for badge in person.badges:
        yield Likeness.BADGE, badge
