"""One or several files of one set become people: each sheet is read by its headings, then joined by number."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core.base.words import _
from app.core.people.errors import DetailRefused
from app.core.people.imports.fields import COMMON, DAYS, WORDED, Field, Preset
from app.core.people.imports.headings import (
    FileColumn,
    Headings,
    find_headings,
    likely_headings,
)  # fmt: skip
from app.core.people.imports.mapping import HrMapping
from app.core.people.imports.rows import (
    Fixes,
    PersonInFile,
    Reading,
    ReadRow,
    RowError,
    parser_of,
    person_of,
    read_rows,
)  # fmt: skip
from app.core.spreadsheets import (
    DayOrder,
    Evidence,
    FileUnreadable,
    GivenFile,
    MissingColumns,
    Sheet,
    evidence_of,
    nearest_line,
    normal_heading,
    read_sheets,
    refuse_old_fonts,
)

MOST_FILES = 20
_LIKE = 0.8
"""How many headings of a file and of a mapping have to be the same, of 1: one or two may come or go."""
_MOST_WORDS = 100


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is kept of a file: never what is in it."""

    name: str
    sha256: str
    size: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet of one of the files. Its label is what errors name it by; "" where there is only one."""

    label: str
    sheet: Sheet = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HrSet:
    """Files that were read, and not looked into yet."""

    files: tuple[FileFacts, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of a file that is not understood: a mapping may say what it means."""

    field: Field
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSet:
    """What the files of a set say."""

    people: tuple[PersonInFile, ...]
    errors: tuple[RowError, ...]
    headings: tuple[tuple[int, Headings], ...]
    """By part; without those of which nothing is taken."""
    unread: tuple[str, ...]
    """Sheets that are no list of people."""
    order: DayOrder | None
    """None where every day could be read in two ways."""
    open_day: str
    """One that can be read in two ways; "" for none."""
    unknown: tuple[UnknownWord, ...]
    fields: frozenset[Field]
    """What the files tell of people."""


def read_files(files: Sequence[GivenFile]) -> HrSet:
    """Read files whole. Raises FileUnreadable."""
    if not files:
        raise FileUnreadable(_("There is no file."))
    if len(files) > MOST_FILES:
        raise FileUnreadable(_("At most {count} files are taken at once.").format(count=MOST_FILES))
    facts: list[FileFacts] = []
    sheets: list[tuple[str, Sheet]] = []
    for file in files:
        table = read_sheets(file.content)
        digest = hashlib.sha256(file.content).hexdigest()
        facts.append(FileFacts(file.name, digest, len(file.content), table.encoding))
        sheets += [(file.name, sheet) for sheet in table.sheets]
    several = len(files) > 1
    parts = tuple(
        Part(_label(name if several else "", sheet.name if len(sheets) > 1 else ""), sheet)
        for name, sheet in sheets
    )
    return HrSet(files=tuple(facts), parts=parts)


def _label(file: str, sheet: str) -> str:
    return " · ".join(filter(None, (file, sheet)))


def headings_of(hr_set: HrSet, preset: Preset, mapping: HrMapping) -> list[tuple[int, Headings]]:
    """Return what the columns of each part hold that is a list of people. Raises MissingColumns."""
    found: list[tuple[int, Headings]] = []
    first: MissingColumns | None = None
    for at, part in enumerate(hr_set.parts):
        try:
            found.append((at, find_headings(part.sheet.rows, preset, mapping.chosen)))
        except MissingColumns as missing:
            first = first or missing
    if not found:
        raise first or MissingColumns((_("employee number"), _("name")), ())
    return found


def found_again(mappings: Iterable[HrMapping], hr_set: HrSet) -> HrMapping | None:
    """Return the mapping that was made with the most similar set; None where none is like it."""
    likely = sorted(((_likeness(one, hr_set), one) for one in mappings), key=lambda pair: -pair[0])
    return likely[0][1] if likely and likely[0][0] >= _LIKE else None


def _likeness(mapping: HrMapping, hr_set: HrSet) -> float:
    """Return how many of the headings of both are the same, of 1."""
    mine = frozenset(mapping.headings)
    lines = (nearest_line(part.sheet.rows, mine) for part in hr_set.parts)
    theirs = frozenset(name for line in lines for name in line)
    return len(mine & theirs) / len(mine | theirs) if theirs else 0.0


def likely_columns(hr_set: HrSet) -> tuple[FileColumn, ...]:
    """Return what seem to be the columns of all parts, each heading once."""
    found: dict[str, FileColumn] = {}
    for part in hr_set.parts:
        for column in likely_headings(part.sheet.rows):
            found.setdefault(column.normal, column)
    return tuple(found.values())


def read_set(
    hr_set: HrSet,
    headings: Sequence[tuple[int, Headings]],
    mapping: HrMapping,
    fixes: Fixes,
    today: date,
) -> ReadSet:
    """Read the people of a set. Raises FileUnreadable for letters from before Unicode."""
    order, open_day = _order(hr_set, headings, mapping)
    used = order or DayOrder.DAY_FIRST
    joined = _Joined(hr_set.parts)
    for at, found in headings:
        rows = hr_set.parts[at].sheet.rows
        refuse_old_fonts(_texts(hr_set, at, found, Field.NAME_LOCAL))
        words = {**_words_of(found), **mapping.meanings}
        reading = Reading(part=at, order=used, words=words, fixes=fixes)
        read = read_rows(rows, found, reading)
        if Field.CATEGORY in found.columns and Field.CATEGORY_VALUE in found.columns:
            joined.add_categories(read, reading, today)
        else:
            joined.add(read)
    taken = {at for at, _found in headings}
    return ReadSet(
        people=tuple(map(person_of, joined.rows)),
        errors=tuple(joined.errors),
        headings=tuple(headings),
        unread=tuple(
            part.label or part.sheet.name for at, part in enumerate(hr_set.parts) if at not in taken
        ),
        order=order,
        open_day=open_day,
        unknown=tuple(_unknown(hr_set, headings, mapping)),
        fields=frozenset(one for _at, found in headings for one in found.columns),
    )


def columns_of(headings: Iterable[tuple[int, Headings]]) -> tuple[FileColumn, ...]:
    """Return the columns of all parts, each heading once."""
    found: dict[str, FileColumn] = {}
    for _at, one in headings:
        for column in one.all:
            found.setdefault(column.normal, column)
    return tuple(found.values())


def _order(
    hr_set: HrSet, headings: Sequence[tuple[int, Headings]], mapping: HrMapping
) -> tuple[DayOrder | None, str]:
    """Return what stands first in the days of a set, and one that does not tell."""
    texts = {
        text
        for at, found in headings
        for wanted in DAYS & found.columns.keys()
        for text in _texts(hr_set, at, found, wanted)
    }
    evidence, open_one = evidence_of(texts)
    if evidence is Evidence.EITHER:
        return mapping.order, open_one
    if evidence is Evidence.NONE:
        return mapping.order or DayOrder.DAY_FIRST, ""
    return DayOrder(evidence.value), ""


def _texts(hr_set: HrSet, at: int, found: Headings, wanted: Field) -> set[str]:
    place = found.columns.get(wanted)
    if place is None:
        return set()
    return {
        row.cells[place]
        for row in hr_set.parts[at].sheet.rows
        if row.line > found.line and place < len(row.cells)
    }


def _words_of(found: Headings) -> dict[tuple[Field, str], str]:
    """Return what plain words mean under one heading alone: leftorg says true of who has left."""
    column = next((one for one in found.all if one.field is Field.STATUS), None)
    if column is None or column.normal.replace(" ", "") != "leftorg":
        return {(Field.STATUS, word): "" for word in ("true", "false", "yes", "no")}
    return {(Field.STATUS, "1"): "left", (Field.STATUS, "0"): "here"}


def _unknown(
    hr_set: HrSet, headings: Sequence[tuple[int, Headings]], mapping: HrMapping
) -> Iterator[UnknownWord]:
    told: set[tuple[Field, str]] = set(mapping.meanings)
    for at, found in headings:
        reading = Reading(part=at, words={**_words_of(found), **mapping.meanings})
        for wanted in sorted(WORDED & found.columns.keys()):
            parse = parser_of(wanted, reading)
            for text in sorted(_texts(hr_set, at, found, wanted))[:_MOST_WORDS]:
                word = " ".join(text.casefold().split())
                if word and (wanted, word) not in told and not _is_understood(parse, word):
                    told.add((wanted, word))
                    yield UnknownWord(wanted, word)


def _is_understood(parse: Any, word: str) -> bool:  # any field's parser
    try:
        return parse(word) is not None
    except DetailRefused:
        return False


class _Joined:
    """Rows of all parts, one for each number; what one part leaves out another may say."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self.rows: list[ReadRow] = []
        self.errors: list[RowError] = []
        self._known: dict[str, ReadRow] = {}

    def add(self, read: Iterable[ReadRow | RowError]) -> None:
        """Take the rows of a part in."""
        before, here = self._known, dict[str, ReadRow]()
        for row in read:
            if isinstance(row, RowError):
                self.errors.append(row)
                continue
            other = before.get(row.number)
            if other is None or row.number in here:
                self.rows.append(row)
            else:
                self._merge(other, row)
            here.setdefault(row.number, row)
        self._known = {**here, **before}

    def add_categories(
        self, read: Iterable[ReadRow | RowError], reading: Reading, today: date
    ) -> None:
        """Take lines in that each say one thing of somebody, as far as they hold today."""
        said: dict[str, ReadRow] = {}
        for about, row in self._in_force(read, today):
            of = said.setdefault(row.number, ReadRow(row.part, row.line, row.number, {"name": ""}))
            try:
                text = row.values.get("category_value", "")
                of.values[about.value] = parser_of(about, reading)(text) if text else None
            except DetailRefused as refused:
                self.errors.append(RowError(row.line, row.number, refused.happened, row.part))
        self.add(said.values())

    def _in_force(
        self, read: Iterable[ReadRow | RowError], today: date
    ) -> Iterator[tuple[Field, ReadRow]]:
        """Yield of each number and category the line that began last: older ones are often not ended."""
        newest: dict[tuple[str, Field], ReadRow] = {}
        for row in read:
            if isinstance(row, RowError):
                self.errors.append(row)
                continue
            about = _CATEGORIES.get(normal_heading(row.values.get("category", "")))
            ends = row.values.get("category_to")
            if about is None or _began(row) > today or (ends or today) < today:
                continue
            other = newest.setdefault((row.number, about), row)
            if _began(other) < _began(row):
                newest[row.number, about] = row
            elif _began(other) == _began(row) and _says_else(other, row):
                self._refuse(other, row, "category_value")
        for (_number, about), row in newest.items():
            yield about, row

    def _merge(self, first: ReadRow, then: ReadRow) -> None:
        """Let a later part say what an earlier one leaves out; what they say differently is an error."""
        told = {name: value for name, value in then.values.items() if value not in {None, ""}}
        said = first.values
        for name, value in told.items():
            if _differs(said.get(name), value):
                self._refuse(first, then, name)
                return
        for name, value in told.items():
            if said.get(name) in {None, ""}:
                said[name] = value
        if said.get("left_on") is not None:  # an empty cell of one part takes nothing back
            said.pop("is_not_leaving", None)

    def _refuse(self, first: ReadRow, then: ReadRow, name: str) -> None:
        reason = _("{file}, line {line}, says something else of this number.").format(
            file=self._parts[first.part].label, line=first.line
        )
        text = str(then.values[name])
        self.errors.append(RowError(then.line, then.number, reason, then.part, name, text))


def _began(row: ReadRow) -> date:
    begins: date | None = row.values.get("category_from")
    return begins or date.min


def _says_else(one: ReadRow, other: ReadRow) -> bool:
    return _differs(one.values.get("category_value"), other.values.get("category_value"))


def _differs(said: object, value: object) -> bool:
    if said in {None, ""}:
        return False
    return str(said).casefold() != str(value).casefold()


_CATEGORIES = {
    name: wanted
    for wanted in (Field.ORG_UNIT, Field.JOB_ROLE, Field.LOCATION, Field.SHIFT, Field.KIND)
    for name in COMMON[wanted]
}
