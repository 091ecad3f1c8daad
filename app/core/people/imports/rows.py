"""Rows of text become people as the file has them, or errors with their line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from app.core.base.figures import day
from app.core.base.words import _
from app.core.people.errors import DetailRefused
from app.core.people.imports.fields import DAYS, LEAVING, Field
from app.core.people.imports.headings import Headings, names_columns_again
from app.core.people.imports.values import (
    Standing,
    as_typed,
    parse_day,
    parse_job_roles,
    parse_kind,
    parse_language,
    parse_reads,
    parse_standing,
    unshortened,
)
from app.core.people.models import PersonKind
from app.core.people.rules import clean_email, clean_number, clean_text
from app.core.people.secrets import badge_hash
from app.core.spreadsheets import (
    DayOrder,
    FileUnreadable,
    TextRow,
    clean,
    normal_heading,
)

MAX_FIELD = 300


class PersonInFile(NamedTuple):
    """A person as a file has them; what the file does not say is None and stays as it is."""

    line: int
    number: str
    name: str
    """"" where the file tells only numbers, as lists of leavers do."""
    name_local: str | None = None
    org_unit: str | None = None
    job_role: str | None = None
    joined_on: date | None = None
    moved_on: date | None = None
    """From when on they belong where the row says."""
    left_on: date | None = None
    language: str | None = None
    kind: PersonKind | None = None
    manager: str | None = None
    """Employee number."""
    badge: str | None = None
    """Hash of its code."""
    email: str | None = None
    location: str | None = None
    shift: str | None = None
    agency: str | None = None
    gate_pass: str | None = None
    gate_pass_until: date | None = None
    reads: str | None = None
    manager_email: str | None = None
    standing: Standing | None = None
    further_roles: tuple[str, ...] | None = None
    """All that they do beside their job role; an empty cell says that there is nothing."""
    last_day: date | None = None
    """Their last day of work, where that is what the file tells; `left_on` is the day after it."""
    is_not_leaving: bool | None = None
    """True where the file could say when they leave, and says nothing."""
    part: int = 0
    """Which sheet or file of the set the line is in."""


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that cannot be taken, and why; `field` and `text` are the cell that is to be mended."""

    line: int
    number: str
    reason: str
    part: int = 0
    field: str = ""
    text: str = ""
    choices: tuple[str, ...] = ()
    """What may stand there instead, where that is known."""


class ReadRow(NamedTuple):
    """What one row says, by field."""

    part: int
    line: int
    number: str
    values: dict[str, Any]


Words = Mapping[tuple[Field, str], str]
"""What a word of a file means, by field and the word in small letters; "": nothing."""

Fixes = Mapping[tuple[int, int], Mapping[Field, str]]
"""Cells that somebody mended, by part and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the rows of one sheet are read."""

    part: int = 0
    order: DayOrder = DayOrder.DAY_FIRST
    words: Words = field(default_factory=dict)
    fixes: Fixes = field(default_factory=dict)


_parse_day = lru_cache(maxsize=8192)(parse_day)
_PARSERS: dict[Field, Callable[[str], Any]] = {
    Field.NUMBER: lambda text: clean_number(as_typed(unshortened(text))),
    Field.NAME: clean_text,
    Field.FIRST_NAME: clean_text,
    Field.MIDDLE_NAME: clean_text,
    Field.LAST_NAME: clean_text,
    Field.NAME_LOCAL: clean_text,
    Field.ORG_UNIT: clean_text,
    Field.JOB_ROLE: clean_text,
    Field.FURTHER_ROLES: parse_job_roles,
    Field.STATUS: parse_standing,
    Field.LANGUAGE: parse_language,
    Field.READS: parse_reads,
    Field.KIND: parse_kind,
    Field.MANAGER: lambda text: clean_text(as_typed(unshortened(text))).upper(),
    Field.MANAGER_EMAIL: lambda text: clean_email(text).casefold(),
    Field.BADGE: lambda text: badge_hash(unshortened(text)),
    Field.EMAIL: clean_email,
    Field.LOCATION: clean_text,
    Field.SHIFT: clean_text,
    Field.AGENCY: clean_text,
    Field.GATE_PASS: lambda text: clean_text(unshortened(text)),
    Field.CATEGORY: clean_text,
    Field.CATEGORY_VALUE: clean_text,
}
_NAMES = (Field.FIRST_NAME.value, Field.MIDDLE_NAME.value, Field.LAST_NAME.value)
_NAMED_BY = (Field.NAME, Field.FIRST_NAME)
"""One of these columns names people; without either it is a list of leavers or moves."""
_PLAIN = Reading()
_TOTALS = frozenset({"total", "total:", "grand total", "sub total", "subtotal", "sum", "कुल", "योग"})
_ERRORS_OF_EXCEL = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)


def read_people(
    rows: Sequence[TextRow], headings: Headings, reading: Reading = _PLAIN
) -> Iterator[PersonInFile | RowError]:
    """Yield what each row below the headings holds, in the order of the file."""
    for row in read_rows(rows, headings, reading):
        yield row if isinstance(row, RowError) else person_of(row)


def read_rows(
    rows: Sequence[TextRow], headings: Headings, reading: Reading
) -> Iterator[ReadRow | RowError]:
    """Yield what each row below the headings says, or why it cannot be taken."""
    columns = [
        (wanted.value, place, parser_of(wanted, reading))
        for wanted, place in headings.columns.items()
    ]
    number_place = headings.columns[Field.NUMBER]
    names = next((one for one in _NAMED_BY if one in headings.columns), None)
    for row in rows:
        if row.line <= headings.line:
            continue
        cells = row.cells
        fixed = reading.fixes.get((reading.part, row.line))
        if fixed:
            cells = _mended(cells, fixed, headings)
        if names_columns_again(cells, number_place):
            _go_on_below(row, headings)
            continue
        number = clean(cells[number_place])[:40] if number_place < len(cells) else ""
        trouble = ["", ""]
        try:
            _refuse_surplus(cells[headings.count :])
            values = _values(row, cells, columns, trouble)
            yield _read(reading.part, row.line, values, names, trouble)
        except DetailRefused as refused:
            yield RowError(row.line, number, refused.happened, reading.part, trouble[0], trouble[1])


def _go_on_below(row: TextRow, headings: Headings) -> None:
    """Raise FileUnreadable where a list below the first has its columns in another order."""
    above = {one.place: one.normal for one in headings.all}
    if any(normal_heading(cell) != above.get(place, "") for place, cell in enumerate(row.cells)):
        raise FileUnreadable(
            _(
                "Line {line} begins another list, with other columns: put each list on a sheet of its own."
            ).format(line=row.line)
        )


def parser_of(wanted: Field, reading: Reading) -> Callable[[str], Any]:
    """Return what makes a value of a field's text."""
    parse = _PARSERS[wanted] if wanted not in DAYS else lambda text: _parse_day(text, reading.order)
    words = {word: means for (of, word), means in reading.words.items() if of is wanted}
    if not words:
        return parse

    def translated(text: str) -> Any:
        means = words.get(text.casefold(), text)
        return parse(means) if means else None

    return translated


def person_of(row: ReadRow) -> PersonInFile:
    """Return a row as a person."""
    return PersonInFile(row.line, row.number, **row.values, part=row.part)


def _mended(cells: list[str], fixed: Mapping[Field, str], headings: Headings) -> list[str]:
    mended = cells + [""] * (headings.count - len(cells))
    for wanted, text in fixed.items():
        if wanted in headings.columns:
            mended[headings.columns[wanted]] = text
    return mended


def _refuse_surplus(cells: Sequence[str]) -> None:
    if any(cell.strip() for cell in cells):
        raise DetailRefused(_("The row has more columns than there are headings."))


def _values(
    row: TextRow,
    cells: Sequence[str],
    columns: Sequence[tuple[str, int, Callable[[str], Any]]],
    trouble: list[str],
) -> dict[str, Any]:
    """Return what the cells say, by field; `trouble` is left with the field and text that were refused."""
    values: dict[str, Any] = {}
    word = cell = ""
    try:
        for word, place, parse in columns:
            cell = cells[place] if place < len(cells) else ""
            if len(cell) > MAX_FIELD:
                _refuse_long()
            text = clean(cell)
            if text and text[0] == "#" and text in _ERRORS_OF_EXCEL:
                _refuse_unworked()
            elif text:
                values[word] = parse(text)
            elif place in row.unworked:
                _refuse_unworked()
            elif word == Field.FURTHER_ROLES:
                values[word] = ()
            elif word in LEAVING:
                values["is_not_leaving"] = True
    except DetailRefused:
        trouble[:] = word, cell[:MAX_FIELD]
        raise
    return values


def _refuse_long() -> NoReturn:
    raise DetailRefused(_("A field has more than {count} characters.").format(count=MAX_FIELD))


def _refuse_unworked() -> NoReturn:
    raise DetailRefused(
        _(
            "The formula in this cell has no value, or ends in an error: look at it in Excel, and save the file."
        )
    )


def _read(
    part: int, line: int, values: dict[str, Any], names: Field | None, trouble: list[str]
) -> ReadRow:
    """Return a row; `names` is the column that must name somebody, `trouble` is left with the cell to mend."""
    parts = [values.pop(name, "") for name in _NAMES]
    name = values.get("name") or " ".join(part for part in parts if part)
    number = values.pop("number", "")
    if not number:
        trouble[:] = Field.NUMBER.value, ""
        raise DetailRefused(_("The employee number is missing."))
    if number.casefold() in _TOTALS:
        raise DetailRefused(_("This line adds up the others: it is nobody."))
    if names is not None and not name:
        trouble[:] = names.value, ""
        raise DetailRefused(_("The name is missing."))
    if number == values.get("manager"):
        trouble[:] = Field.MANAGER.value, number
        raise DetailRefused(_("Nobody is their own manager."))
    values["name"] = name
    _tell_leaving(values, in_list=names is not None)
    if "status" in values:
        values["standing"] = values.pop("status")
    return ReadRow(part, line, number, values)


def _tell_leaving(values: dict[str, Any], *, in_list: bool) -> None:
    """Make one day of what a row says of leaving: the first without them.

    Only a list of people says by an empty cell that somebody stays; one that only adds when people
    leave does not. Raises DetailRefused for two days that do not fit.
    """
    last, left = values.get("last_day"), values.get("left_on")
    if last is not None:
        values["left_on"] = last + timedelta(days=1)
        if left is not None and left != values["left_on"]:
            raise DetailRefused(
                _(
                    "The last day of work, {last}, is the day before the first without them: {left} does not fit."
                ).format(last=day(last), left=day(left))
            )
    if not in_list or "left_on" in values:
        values.pop("is_not_leaving", None)
