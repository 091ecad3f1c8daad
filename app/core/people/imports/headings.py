"""Which column of an HR file is which: by a saved mapping, else by the names that HR systems use."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.core.base.words import _
from app.core.people.imports.errors import MissingColumns
from app.core.people.imports.fields import AUTO, COMMON, PRESETS, Field, Preset
from app.core.people.imports.private import is_identity, is_private_content, is_private_heading
from app.core.people.imports.sheets import TextRow
from app.core.people.rules import clean

__all__ = ["AUTO", "PRESETS", "Field", "Headings", "Preset", "find_headings", "normal_heading"]

_LINES_ABOVE = 10
"""How many lines of titles may stand above the headings."""
_NEARLY = 0.88
"""How alike a renamed heading and a known one have to be, of 1."""
_SHORTEST = 6
"""Letters of a heading that may be taken for one that is nearly it."""
_LOOKED_AT = 200
"""Cells of a column that tell what it holds."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file: what is taken from it, and what somebody sees who decides that."""

    heading: str
    normal: str
    place: int
    field: Field | None
    is_private: bool
    samples: tuple[str, ...] = ()
    """Some of its different values; none of a private one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """Which column holds which field, and which columns are not read."""

    line: int
    columns: dict[Field, int]
    count: int
    ignored: tuple[str, ...]
    private: tuple[str, ...]
    all: tuple[FileColumn, ...] = field(default=(), repr=False)


Chosen = Mapping[str, Field | None]
"""Of a saved mapping: what is taken from a heading; None: nothing."""


def find_headings(
    rows: Sequence[TextRow], preset: Preset = AUTO, chosen: Chosen | None = None
) -> Headings:
    """Find the line of headings and what it names. Raises MissingColumns."""
    for at, row in enumerate(rows[:_LINES_ABOVE]):
        columns = _columns(row.cells, preset, chosen or {})
        if not missing(columns):
            return _headings(row, columns, rows[at + 1 : at + 1 + _LOOKED_AT])
    first = rows[0].cells if rows else []
    raise MissingColumns(missing(_columns(first, preset, {})), filter(None, map(_shown, first)))


@lru_cache(maxsize=4096)
def normal_heading(text: str) -> str:
    """Return a heading for comparing: words in small letters, without what stands in brackets."""
    return _words(re.sub(r"\(.*?\)", " ", unicodedata.normalize("NFKC", text)))


def _words(text: str) -> str:
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", text))
    return " ".join(re.findall(r"\w+", text.replace("_", " ").casefold()))


def likely_headings(rows: Sequence[TextRow]) -> tuple[FileColumn, ...]:
    """Return the columns of a list nobody told how to read: its fullest line near the top names them."""
    top = rows[:_LINES_ABOVE]
    if not top:
        return ()
    at = max(range(len(top)), key=lambda line: (sum(map(bool, top[line].cells)), -line))
    return tuple(
        _column(cell, place, None, rows[at + 1 : at + 1 + _LOOKED_AT])
        for place, cell in enumerate(top[at].cells)
        if cell.strip()
    )


def nearest_line(rows: Sequence[TextRow], headings: frozenset[str]) -> frozenset[str]:
    """Return the headings of the line near the top that has most of some headings; none where it has none."""
    lines = [frozenset(map(normal_heading, row.cells)) - {""} for row in rows[:_LINES_ABOVE]]
    best = max(lines, key=lambda line: len(line & headings), default=frozenset[str]())
    return best if best & headings else frozenset()


def missing(columns: Mapping[Field, int]) -> list[str]:
    """Return what a list of people needs and columns do not have, worded.

    A list that only adds to another (who left, what categories) needs no names.
    """
    lacked = [] if Field.NUMBER in columns else [_("employee number")]
    adds = Field.LEFT in columns or {Field.CATEGORY, Field.CATEGORY_VALUE} <= columns.keys()
    if not adds and Field.NAME not in columns and Field.FIRST_NAME not in columns:
        lacked.append(_("name"))
    return lacked


def _columns(cells: Sequence[str], preset: Preset, chosen: Chosen) -> dict[Field, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):  # "Name (local)" is more than a second "Name"
        places.setdefault(_words(cell), place)
    for place, cell in enumerate(cells):
        places.setdefault(normal_heading(cell), place)
    places.pop("", None)
    columns: dict[Field, int] = {}
    for name, wanted in chosen.items():
        if name in places:
            place = places.pop(name)
            if wanted is not None:
                columns.setdefault(wanted, place)
    _guess(places, preset, columns)
    return columns


def _guess(places: dict[str, int], preset: Preset, columns: dict[Field, int]) -> None:
    """Find what no mapping names: by name, by name without blanks, then by what is nearly a name."""
    joined = {name.replace(" ", ""): place for name, place in reversed(places.items())}
    for wanted, names in COMMON.items():
        for name in (*preset.columns.get(wanted, ()), *names):
            found = places.get(name, joined.get(name.replace(" ", "")))
            if wanted not in columns and found is not None and found not in columns.values():
                columns[wanted] = found
                break
    taken = set(columns.values())
    for name, place in places.items():
        wanted_too = None if place in taken else _nearly(name)
        if wanted_too is not None and wanted_too not in columns:
            columns[wanted_too] = place
    if not columns.keys() >= {Field.CATEGORY, Field.CATEGORY_VALUE}:
        for alone in _CATEGORIES:
            columns.pop(alone, None)


@lru_cache(maxsize=4096)
def _nearly(name: str) -> Field | None:
    """Return the field whose name a heading nearly is, as one misspelt or with a word more or less."""
    if len(name) < _SHORTEST or is_private_heading(name):
        return None
    near = difflib.get_close_matches(name, _FIELD_OF, n=1, cutoff=_NEARLY)
    return _FIELD_OF[near[0]] if near else None


_CATEGORIES = (Field.CATEGORY, Field.CATEGORY_VALUE, Field.CATEGORY_FROM, Field.CATEGORY_TO)
"""They mean something together only."""
_FIELD_OF = {
    name: wanted
    for wanted, names in reversed(tuple(COMMON.items()))
    for name in names
    if len(name) >= _SHORTEST
}


def _headings(row: TextRow, columns: dict[Field, int], below: Sequence[TextRow]) -> Headings:
    field_at = {place: wanted for wanted, place in columns.items()}
    found = [
        _column(cell, place, field_at.get(place), below)
        for place, cell in enumerate(row.cells)
        if cell.strip()
    ]
    taken = {one.field: one.place for one in found if one.field is not None}
    lacked = missing(taken)
    if lacked:
        raise MissingColumns(lacked, (one.heading for one in found))
    return Headings(
        line=row.line,
        columns={wanted: place for wanted, place in columns.items() if wanted in taken},
        count=len(row.cells),
        ignored=_unread(found, private=False),
        private=_unread(found, private=True),
        all=tuple(found),
    )


def _unread(found: Sequence[FileColumn], *, private: bool) -> tuple[str, ...]:
    return tuple(one.heading for one in found if one.field is None and one.is_private is private)


def _column(cell: str, place: int, wanted: Field | None, below: Sequence[TextRow]) -> FileColumn:
    normal = normal_heading(cell)
    texts = [row.cells[place] for row in below if place < len(row.cells) and row.cells[place]]
    is_private = is_identity(texts)
    if wanted not in _NUMBERS:
        is_private = is_private or is_private_content(texts)
    if wanted is None:
        is_private = is_private or is_private_heading(normal)
    return FileColumn(
        heading=_shown(cell),
        normal=normal,
        place=place,
        field=None if is_private else wanted,
        is_private=is_private,
        samples=()
        if is_private
        else tuple(clean(text)[:40] for text in list(dict.fromkeys(texts))[:_SHOWN]),
    )


_NUMBERS = frozenset({Field.NUMBER, Field.BADGE, Field.MANAGER})
"""What may look like a phone number and is none."""


def _shown(untrusted_heading: str) -> str:
    return clean(untrusted_heading)[:40]
