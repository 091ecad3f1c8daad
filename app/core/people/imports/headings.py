"""Which column of an HR file is which: names in the order in which they are guessed.

Customers rename fields, so names are compared without regard to case and punctuation. What pay
and identity systems add to the same export is named and never read (DPDP, data minimisation).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.base.words import _, mark
from app.core.people.imports.errors import MissingColumns
from app.core.people.imports.table import TextRow
from app.core.people.rules import clean

_LINES_ABOVE = 10
"""How many lines of titles may stand above the headings."""


class Field(StrEnum):
    """What a column may hold."""

    NUMBER = "number"
    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    NAME_LOCAL = "name_local"
    ORG_UNIT = "org_unit"
    JOB_ROLE = "job_role"
    JOINED = "joined_on"
    LEFT = "left_on"
    LANGUAGE = "language"
    KIND = "kind"
    MANAGER = "manager"
    BADGE = "badge"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Preset:
    """How one HR system names its columns; names it does not list are guessed as by `auto`."""

    name: str
    title: str
    columns: Mapping[Field, tuple[str, ...]]


_COMMON: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "employee no", "employee number", "employee code", "employee id", "emp no", "emp number",
        "emp code", "emp id", "empl no", "staff no", "staff number", "staff id", "person number",
        "personnel no", "token no", "ticket no", "number", "username",
    ),
    Field.NAME: ("full name", "display name", "employee name", "emp name", "person name", "name"),
    Field.FIRST_NAME: ("first name", "given name"),
    Field.MIDDLE_NAME: ("middle name",),
    Field.LAST_NAME: ("last name", "surname", "family name"),
    Field.NAME_LOCAL: (
        "name local", "local name", "name in local language", "name in own script",
        "name in mother tongue", "vernacular name",
    ),
    Field.ORG_UNIT: ("department", "department name", "dept", "dept name", "org unit", "section"),
    Field.JOB_ROLE: (
        "job role", "job title", "designation", "designation name", "role", "position", "trade",
    ),
    Field.JOINED: (
        "joined", "joined on", "date of joining", "joining date", "date joined", "join date", "doj",
        "date of join", "hire date",
    ),
    Field.LEFT: (
        "left", "left on", "date of exit", "exit date", "leaving date", "date of leaving",
        "last working day", "relieving date",
    ),
    Field.LANGUAGE: ("language", "preferred language", "mother tongue", "lang"),
    Field.KIND: (
        "kind", "employee type", "employment type", "worker type", "emp type", "person type",
    ),
    Field.MANAGER: (
        "manager", "manager no", "manager number", "manager employee no", "manager code",
        "manager id", "reporting manager", "reporting to", "reports to", "supervisor",
    ),
    Field.BADGE: ("badge", "badge no", "badge number", "card no", "card number", "rfid"),
    Field.EMAIL: ("email", "email id", "e mail", "mail", "work email", "official email"),
}  # fmt: skip

AUTO = Preset("auto", mark("Find out"), {})
PRESETS = (
    AUTO,
    Preset(
        "keka",
        "Keka",
        {Field.NAME: ("display name",), Field.KIND: ("worker type",)},
    ),
    Preset(
        "darwinbox",
        "Darwinbox",
        {
            Field.MANAGER: ("direct manager employee id",),
            Field.EMAIL: ("company email id",),
        },
    ),
    Preset(
        "greythr",
        "greytHR",
        {Field.NUMBER: ("employee no",), Field.JOINED: ("date of join",)},
    ),
    Preset(
        "zoho",
        "Zoho People",
        {Field.NUMBER: ("employee id",), Field.MANAGER: ("reporting to",)},
    ),
)
"""What `people import --preset` and the import screen offer."""

_REQUIRED = ((Field.NUMBER,), (Field.NAME, Field.FIRST_NAME))
_PRIVATE = re.compile(
    r"aadha|\bpan\b|\buan\b|\bpf\b|\besic?\b|bank|ifsc|account|salary|\bctc\b|\bpay|wage|tax|marital"
    r"|spouse|father|mother|parent|blood|caste|religion|birth|\bdob\b|address|mobile|phone|password"
    r"|\bpin\b|passport|nationality|gender"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """Which column holds which field, and which columns are not read."""

    line: int
    columns: dict[Field, int]
    count: int
    ignored: tuple[str, ...]
    private: tuple[str, ...]


def find_headings(rows: Sequence[TextRow], preset: Preset) -> Headings:
    """Find the line of headings and what it names. Raises MissingColumns."""
    for row in rows[:_LINES_ABOVE]:
        columns = _columns(row.cells, preset)
        if not _missing(columns):
            return _headings(row, columns)
    first = rows[0].cells if rows else []
    raise MissingColumns(_missing(_columns(first, preset)), filter(None, map(_shown, first)))


def normal_heading(text: str) -> str:
    """Return a heading for comparing: words in small letters, without what stands in brackets."""
    return _words(re.sub(r"\(.*?\)", " ", unicodedata.normalize("NFKC", text)))


def _words(text: str) -> str:
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", text))
    return " ".join(re.findall(r"\w+", text.replace("_", " ").casefold()))


def _columns(cells: Sequence[str], preset: Preset) -> dict[Field, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):  # "Name (local)" is more than a second "Name"
        places.setdefault(_words(cell), place)
    for place, cell in enumerate(cells):
        places.setdefault(normal_heading(cell), place)
    joined = {name.replace(" ", ""): place for name, place in reversed(places.items())}
    columns: dict[Field, int] = {}
    for field, names in _COMMON.items():
        for name in (*preset.columns.get(field, ()), *names):
            found = places.get(name, joined.get(name.replace(" ", "")))
            if found is not None and found not in columns.values():
                columns[field] = found
                break
    return columns


def _missing(columns: Mapping[Field, int]) -> list[str]:
    words = {Field.NUMBER: _("employee number"), Field.NAME: _("name")}
    return [words[ways[0]] for ways in _REQUIRED if not any(way in columns for way in ways)]


def _headings(row: TextRow, columns: dict[Field, int]) -> Headings:
    unread = [
        cell
        for place, cell in enumerate(row.cells)
        if place not in columns.values() and cell.strip()
    ]
    private = [cell for cell in unread if _PRIVATE.search(normal_heading(cell))]
    return Headings(
        line=row.line,
        columns=columns,
        count=len(row.cells),
        ignored=tuple(_shown(cell) for cell in unread if cell not in private),
        private=tuple(_shown(cell) for cell in private),
    )


def _shown(untrusted_heading: str) -> str:
    return clean(untrusted_heading)[:40]
