"""Rows of text become people as the file has them, or errors with their line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from app.core.base.words import _
from app.core.people.errors import DetailRefused
from app.core.people.imports.headings import Field, Headings
from app.core.people.imports.table import TextRow
from app.core.people.imports.values import parse_day, parse_kind, parse_language
from app.core.people.models import PersonKind
from app.core.people.rules import clean, clean_email, clean_number, clean_text
from app.core.people.secrets import badge_hash

MAX_FIELD = 300


class PersonInFile(NamedTuple):
    """A person as a file has them; what the file does not say is None and stays as it is."""

    line: int
    number: str
    name: str
    name_local: str | None = None
    org_unit: str | None = None
    job_role: str | None = None
    joined_on: date | None = None
    left_on: date | None = None
    language: str | None = None
    kind: PersonKind | None = None
    manager: str | None = None
    """Employee number."""
    badge: str | None = None
    """Hash of its code."""
    email: str | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that cannot be taken, and why."""

    line: int
    number: str
    reason: str


_parse_day = lru_cache(maxsize=4096)(parse_day)
_PARSERS: dict[Field, Callable[[str], Any]] = {
    Field.NUMBER: clean_number,
    Field.NAME: clean_text,
    Field.FIRST_NAME: clean_text,
    Field.MIDDLE_NAME: clean_text,
    Field.LAST_NAME: clean_text,
    Field.NAME_LOCAL: clean_text,
    Field.ORG_UNIT: clean_text,
    Field.JOB_ROLE: clean_text,
    Field.JOINED: _parse_day,
    Field.LEFT: _parse_day,
    Field.LANGUAGE: parse_language,
    Field.KIND: parse_kind,
    Field.MANAGER: clean_number,
    Field.BADGE: badge_hash,
    Field.EMAIL: clean_email,
}
_NAMES = (Field.FIRST_NAME, Field.MIDDLE_NAME, Field.LAST_NAME)


def read_people(rows: Sequence[TextRow], headings: Headings) -> Iterator[PersonInFile | RowError]:
    """Yield what each row below the headings holds, in the order of the file."""
    columns = [(field.value, place, _PARSERS[field]) for field, place in headings.columns.items()]
    number_place = headings.columns[Field.NUMBER]
    for row in rows:
        if row.line <= headings.line:
            continue
        cells = row.cells
        number = clean(cells[number_place])[:40] if number_place < len(cells) else ""
        try:
            _refuse_surplus(cells[headings.count :])
            yield _person(row.line, _values(cells, columns))
        except DetailRefused as refused:
            yield RowError(row.line, number, refused.happened)


def _refuse_surplus(cells: Sequence[str]) -> None:
    if any(cell.strip() for cell in cells):
        raise DetailRefused(_("The row has more columns than there are headings."))


def _values(
    cells: Sequence[str], columns: Sequence[tuple[str, int, Callable[[str], Any]]]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, place, parse in columns:
        text = cells[place] if place < len(cells) else ""
        if len(text) > MAX_FIELD:
            raise DetailRefused(
                _("A field has more than {count} characters.").format(count=MAX_FIELD)
            )
        text = clean(text)
        if text:
            values[name] = parse(text)
    return values


def _person(line: int, values: dict[str, Any]) -> PersonInFile:
    parts = [values.pop(part.value, "") for part in _NAMES]
    name = values.pop("name", "") or " ".join(part for part in parts if part)
    number = values.pop("number", "")
    if not number:
        raise DetailRefused(_("The employee number is missing."))
    if not name:
        raise DetailRefused(_("The name is missing."))
    if number == values.get("manager"):
        raise DetailRefused(_("Nobody is their own manager."))
    return PersonInFile(line, number, name, **values)
