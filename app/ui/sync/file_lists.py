"""Two lists of the board: the files that left, which is the egress register, and those that came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from app.core.base.figures import day, size
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.sync import IncomingFile, SentFile
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import EmptyState
from app.ui.kit.tables.columns import (
    Cell,
    Column,
    chip_column,
    number_column,
    paint_text,
    text_column,
)
from app.ui.kit.tables.table import DataTable
from app.ui.sync.register import Register
from app.ui.sync.standing import brought, came_in_words, sent_in_words

T = TypeVar("T")
SHA_LETTERS = 12


@dataclass(slots=True)
class Files:
    """What both lists show; replaced as a whole when the board was read anew."""

    now: datetime
    sent: Sequence[SentFile] = ()
    came: Sequence[IncomingFile] = ()
    authors: dict[UUID, str] = field(default_factory=dict)

    def author(self, file: SentFile) -> str:
        """Return who wrote a file."""
        if file.account_id is None:
            return _("the program")
        return self.authors.get(file.account_id, _("somebody unknown here"))


def sent_table(files: Callable[[], Files], jobs: JobRunner) -> DataTable[SentFile]:
    """Return the list of files that left."""

    def fetch(request: PageRequest) -> Page[SentFile]:
        seen = files()
        orders: dict[str, Callable[[SentFile], Any]] = {
            "when": lambda file: file.made_at,
            "entries": lambda file: file.entries,
            "to": _readers,
        }
        return Register(seen.sent, partial(_sent_words, seen), orders).page(request)

    fixed = partial(text_column, sortable=False)
    columns = [
        _time_column(lambda file: file.made_at),
        text_column("to", _("For"), _readers, under=lambda file: _number(file.number), width=150),
        fixed("who", _("Written by"), lambda file: files().author(file),
              under=lambda file: file.station, width=150),
        number_column("entries", _("Entries"), lambda file: file.entries, width=80),
        fixed("file", _("File"), lambda file: size(file.size),
              under=lambda file: file.sha256[:SHA_LETTERS], width=120, stretch=0, fold_below=820),
        fixed("place", _("Where to"), lambda file: file.file_name,
              under=lambda file: file.written_to, width=170, fold_below=900),
        chip_column("state", _("State"), lambda file: sent_in_words(file, files().now),
                    width=160, sortable=False),
    ]  # fmt: skip
    return DataTable(
        _("Files that left"),
        columns,
        fetch,
        key=lambda file: file.id,
        jobs=jobs,
        search=_("Search files that left"),
        empty=EmptyState(_("No sync file has left this site yet."), icon="send"),
    )


def came_table(files: Callable[[], Files], jobs: JobRunner) -> DataTable[IncomingFile]:
    """Return the list of files that came."""

    def fetch(request: PageRequest) -> Page[IncomingFile]:
        orders: dict[str, Callable[[IncomingFile], Any]] = {
            "when": lambda file: file.came_at,
            "from": lambda file: file.sender.casefold(),
            "new": lambda file: file.applied,
        }
        return Register(files().came, _came_words, orders).page(request)

    columns = [
        _time_column(lambda file: file.came_at),
        text_column("from", _("From whom"), _sender,
                    under=lambda file: _number(file.number), width=150),
        chip_column("state", _("State"), came_in_words, width=120, sortable=False),
        number_column("new", _("New entries"), lambda file: file.applied, width=100),
        text_column("said", _("What it brought"), brought, width=240, stretch=2, sortable=False),
        text_column("name", _("File"), lambda file: file.name, width=170, sortable=False,
                    fold_below=760),
    ]  # fmt: skip
    return DataTable(
        _("Files that came"),
        columns,
        fetch,
        key=lambda file: (file.name, file.came_at),
        jobs=jobs,
        search=_("Search files that came"),
        empty=EmptyState(_("No sync file was taken in on this PC yet."), icon="inbox"),
    )


def _time_column(value: Callable[[T], datetime]) -> Column[T]:
    def cell(row: T) -> Cell:
        local = value(row).astimezone()
        return Cell(day(local.date()), under=f"{local:%H:%M}", value=value(row))

    return Column(key="when", title=_("When"), cell=cell, paint=paint_text, width=122)


def _readers(file: SentFile) -> str:
    return ", ".join(file.recipients)


def _sender(file: IncomingFile) -> str:
    return file.sender or _("unknown")


def _number(count: int | None) -> str:
    return _("file {number}").format(number=count) if count is not None else ""


def _sent_words(files: Files, file: SentFile) -> str:
    parts = (_readers(file), files.author(file), file.station, file.written_to, file.sha256)
    return " ".join(parts)


def _came_words(file: IncomingFile) -> str:
    return f"{file.sender} {file.name} {file.said}"
