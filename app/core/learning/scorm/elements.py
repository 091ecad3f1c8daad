"""Tables of data model elements, and addresses such as cmi.objectives.2.score.raw taken apart."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from app.core.learning.scorm.datatypes import Check
from app.core.learning.scorm.faults import Fault

LONGEST_ADDRESS = 1_000
_INDEX = re.compile(r"0|[1-9]\d{0,5}", re.ASCII)
_NO_PLACE = 1_000_000


class Values(Protocol):
    """What rules may look at: the other values of the launch."""

    def value(self, written: str) -> str | None:
        """Return what an element holds; None for nothing."""
        ...

    def count(self, collection: str) -> int:
        """Return how many entries a collection has."""
        ...


Rule = Callable[[Values, "Address", str], Fault | None]
Reading = Callable[[Values], str | None]


class Access(Enum):
    """What content may do with an element."""

    READ = "read"
    WRITE = "write"
    BOTH = "both"
    NEITHER = "neither"

    @property
    def may_read(self) -> bool:
        """Tell whether content may read it."""
        return self in {Access.READ, Access.BOTH}

    @property
    def may_write(self) -> bool:
        """Tell whether content may set it."""
        return self in {Access.WRITE, Access.BOTH}

    @classmethod
    def of(cls, *, may_read: bool, may_write: bool) -> "Access":
        """Return what two answers come to."""
        if may_read:
            return cls.BOTH if may_write else cls.READ
        return cls.WRITE if may_write else cls.NEITHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: who may touch it, what it may hold, what else must be so before it is set."""

    access: Access = Access.BOTH
    check: Check | None = None
    rule: Rule | None = None
    reading: Reading | None = None
    """What it reads as, where that is worked out; None from it means what was set."""
    otherwise: str | None = None
    """What it holds before anybody sets it; None for nothing."""
    is_nothing_when_empty: bool = False
    """Whether the empty text counts as never set."""
    creates: bool = False
    """Whether setting it in the place after the last makes a new entry of its collection."""
    is_kept: bool = True
    """Whether it is still there when a suspended attempt goes on."""


@dataclass(frozen=True, slots=True)
class Address:
    """An element's address: as written, with `n` for each number, and the collections on its way."""

    written: str
    pattern: str
    places: tuple[tuple[str, int], ...]
    """For each number: the collection before it as written, and the number."""


@dataclass(frozen=True, slots=True)
class Table:
    """Everything a data model knows."""

    elements: Mapping[str, Element]
    children: Mapping[str, str]
    """What `_children` answers, by the pattern before it."""
    collections: Mapping[str, int]
    """The most entries of each collection, by its pattern."""
    root_words: Mapping[str, str]
    """Whole addresses with a fixed answer: cmi._version."""

    def knows(self, pattern: str) -> bool:
        """Tell whether a pattern is an element or something with elements in it."""
        return pattern in self.elements or pattern in self.children or pattern in self.collections


def address_of(untrusted: str) -> Address | None:
    """Return an address taken apart; None for what is no address. A place such as 01 is no place."""
    if not untrusted or len(untrusted) > LONGEST_ADDRESS:
        return None
    pattern: list[str] = []
    places: list[tuple[str, int]] = []
    parts = untrusted.split(".")
    for number, part in enumerate(parts):
        if part.isdigit():
            place = int(part) if _INDEX.fullmatch(part) else _NO_PLACE
            places.append((".".join(parts[:number]), place))
            pattern.append("n")
        else:
            pattern.append(part if part != "n" else "?")
    return Address(untrusted, ".".join(pattern), tuple(places))
