"""Which column of a list is which: by what is known of its heading, whatever its case and punctuation."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from app.core.spreadsheets.sheets import TextRow

F = TypeVar("F", bound=StrEnum)

LINES_ABOVE = 10
"""How many lines of titles may stand above the headings."""
_NEARLY = 0.88
"""How alike a renamed heading and a known one have to be, of 1."""
_SHORTEST = 6
"""Letters of a heading that may be taken for one that is nearly it."""


@lru_cache(maxsize=4096)
def normal_heading(text: str) -> str:
    """Return a heading for comparing: words in small letters, without what stands in brackets."""
    return _words(re.sub(r"\(.*?\)", " ", unicodedata.normalize("NFKC", text)))


def places_of(cells: Sequence[str]) -> dict[str, int]:
    """Return the place of each heading, by its normal words; of two alike the first."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):  # "Name (local)" is more than a second "Name"
        places.setdefault(_words(cell), place)
    for place, cell in enumerate(cells):
        places.setdefault(normal_heading(cell), place)
    places.pop("", None)
    return places


def take_chosen(places: MutableMapping[str, int], chosen: Mapping[str, F | None]) -> dict[F, int]:
    """Return the columns that somebody named, and take them out of `places`; None: nothing is read."""
    columns: dict[F, int] = {}
    for name, wanted in chosen.items():
        if name in places:
            place = places.pop(name)
            if wanted is not None:
                columns.setdefault(wanted, place)
    return columns


class KnownHeadings(Generic[F]):
    """The names that a field's column goes by, and what is nearly one of them."""

    def __init__(
        self,
        names: Mapping[F, tuple[str, ...]],
        is_left: Callable[[str], bool] = lambda _name: False,
    ) -> None:
        """Take the names by field; `is_left` tells headings that are never taken for nearly one."""
        self._names = names
        self._is_left = is_left
        self._field_of = {
            name: wanted
            for wanted, known in reversed(tuple(names.items()))
            for name in known
            if len(name) >= _SHORTEST
        }
        self._nearly = lru_cache(maxsize=4096)(self._find_nearly)

    def guess(
        self,
        places: Mapping[str, int],
        columns: dict[F, int],
        first: Mapping[F, tuple[str, ...]] | None = None,
    ) -> None:
        """Find what nobody named: by name, by name without blanks, then by what is nearly a name.

        Names of `first` come before the common ones.
        """
        joined = {name.replace(" ", ""): place for name, place in reversed(list(places.items()))}
        for wanted, names in self._names.items():
            known = (*(first or {}).get(wanted, ()), *names)
            at = (places.get(name, joined.get(name.replace(" ", ""))) for name in known)
            free = (one for one in at if one is not None and one not in columns.values())
            if wanted not in columns and (found := next(free, None)) is not None:
                columns[wanted] = found
        self._guess_nearly(places, columns)

    def _guess_nearly(self, places: Mapping[str, int], columns: dict[F, int]) -> None:
        """Find among the columns that are left what has nearly the name of a field."""
        taken = set(columns.values())
        for name, place in places.items():
            wanted_too = None if place in taken else self._nearly(name)
            if wanted_too is not None and wanted_too not in columns:
                columns[wanted_too] = place

    def _find_nearly(self, name: str) -> F | None:
        """Return the field whose name a heading nearly is, as one misspelt or with a word more or less."""
        if len(name) < _SHORTEST or self._is_left(name):
            return None
        near = difflib.get_close_matches(name, self._field_of, n=1, cutoff=_NEARLY)
        return self._field_of[near[0]] if near else None


def fullest_line(rows: Sequence[TextRow]) -> int:
    """Return which line near the top has most cells: it names the columns of an unknown list."""
    top = rows[:LINES_ABOVE]
    return max(range(len(top)), key=lambda line: (sum(map(bool, top[line].cells)), -line))


def nearest_line(rows: Sequence[TextRow], headings: frozenset[str]) -> frozenset[str]:
    """Return the headings of the line near the top that has most of some headings; none where it has none."""
    lines = [frozenset(map(normal_heading, row.cells)) - {""} for row in rows[:LINES_ABOVE]]
    best = max(lines, key=lambda line: len(line & headings), default=frozenset[str]())
    return best if best & headings else frozenset()


def _words(text: str) -> str:
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", text))
    return " ".join(re.findall(r"\w+", text.replace("_", " ").casefold()))
