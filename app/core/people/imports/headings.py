"""Which column of an HR file is which: by a saved mapping, else by the names that HR systems use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.base.words import _
from app.core.people.imports.fields import AUTO, COMMON, LEAVING, Field, Preset
from app.core.people.imports.private import is_identity, is_private_content, is_private_heading
from app.core.spreadsheets import (
    LINES_ABOVE,
    KnownHeadings,
    MissingColumns,
    TextRow,
    clean,
    fullest_line,
    normal_heading,
    places_of,
    take_chosen,
)

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
    for at, row in enumerate(rows[:LINES_ABOVE]):
        columns = _columns(row.cells, preset, chosen or {})
        if not missing(columns):
            return _headings(row, columns, rows[at + 1 : at + 1 + _LOOKED_AT])
    first = rows[0].cells if rows else []
    raise MissingColumns(missing(_columns(first, preset, {})), filter(None, map(_shown, first)))


def names_columns_again(cells: Sequence[str], place: int) -> bool:
    """Tell whether a row names columns as headings do: lists were laid one below the other.

    `place` is that of the number, which has figures in nearly every row: the others are looked at no further.
    """
    if place >= len(cells) or any(sign.isdigit() for sign in cells[place]):
        return False
    places = places_of(cells)
    columns: dict[Field, int] = {}
    _KNOWN.guess(places, columns, {})
    return Field.NUMBER in columns and len(columns) > 1


def likely_headings(rows: Sequence[TextRow]) -> tuple[FileColumn, ...]:
    """Return the columns of a list nobody told how to read: its fullest line near the top names them."""
    top = rows[:LINES_ABOVE]
    if not top:
        return ()
    at = fullest_line(top)
    return tuple(
        _column(cell, place, None, rows[at + 1 : at + 1 + _LOOKED_AT])
        for place, cell in enumerate(top[at].cells)
        if cell.strip()
    )


def missing(columns: Mapping[Field, int]) -> list[str]:
    """Return what a list of people needs and columns do not have, worded.

    A list that only adds to another (who left, what categories) needs no names.
    """
    lacked = [] if Field.NUMBER in columns else [_("employee number")]
    adds = (
        bool(LEAVING & columns.keys()) or {Field.CATEGORY, Field.CATEGORY_VALUE} <= columns.keys()
    )
    if not adds and Field.NAME not in columns and Field.FIRST_NAME not in columns:
        lacked.append(_("name"))
    return lacked


def _columns(cells: Sequence[str], preset: Preset, chosen: Chosen) -> dict[Field, int]:
    places = places_of(cells)
    columns = take_chosen(places, chosen)
    _KNOWN.guess(places, columns, preset.columns)
    if not columns.keys() >= {Field.CATEGORY, Field.CATEGORY_VALUE}:
        since = columns.get(Field.CATEGORY_FROM)
        for alone in _CATEGORIES:
            columns.pop(alone, None)
        if since is not None and since not in columns.values():
            columns.setdefault(Field.MOVED, since)
    return columns


_CATEGORIES = (Field.CATEGORY, Field.CATEGORY_VALUE, Field.CATEGORY_FROM, Field.CATEGORY_TO)
"""They mean something together only; the day alone is that of a move."""
_KNOWN = KnownHeadings(COMMON, is_private_heading)


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


_NUMBERS = frozenset({Field.NUMBER, Field.BADGE, Field.MANAGER, Field.GATE_PASS})
"""What may look like a phone number and is none."""


def _shown(untrusted_heading: str) -> str:
    return clean(untrusted_heading)[:40]
