"""Every file that ever left, and every page printed: who, what, how much, its hash, and whither.

Beside them what this PC laid in the folder of its room: it has not left the site, and is of this PC alone.
"""

import json
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _, mark
from app.core.egress import KINDS, SavedFileRow
from app.core.people.account_models import AccountRow
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import Row, chip, moment, number, text
from app.core.reports.filters import since, until
from app.core.reports.pairs import AnySelect, Condition, Scope
from app.core.signatures.models import SignatureRow
from app.core.storage.columns import Instant
from app.core.sync import RECORDS
from app.core.sync.models import ExportReleaseRow, LaidFileRow, SentFileRow

_LAID, _DAY = "laid", "laid-day"
_SYNC = {
    "records": mark("Sync file"),
    "courses": mark("Files of courses"),
    _LAID: mark("Laid in the shared folder"),
    _DAY: mark("Laid there in a day"),
}
_KINDS = {**_SYNC, **KINDS}
_FOLDER = "folder"
_WAYS = {
    "file": mark("File"),
    "paper": mark("Paper"),
    _FOLDER: mark("This PC's own list"),
}


def _left() -> sa.Subquery:
    """Return sync files, what people saved or printed, and what was laid in the folder, as one list."""
    nothing, one = sa.cast(sa.null(), Instant), sa.cast(sa.null(), sa.Integer)
    sent = sa.select(
        SentFileRow.id,
        SentFileRow.made_at.label("at"),
        SentFileRow.account_id,
        SentFileRow.kind,
        sa.case((SentFileRow.sheets.is_not(None), "paper"), else_="file").label("way"),
        sa.cast(SentFileRow.recipients, sa.String).label("what"),
        sa.case((SentFileRow.kind == RECORDS, SentFileRow.entries)).label("rows"),
        SentFileRow.size,
        SentFileRow.sha256,
        SentFileRow.written_to.label("place"),
        one.label("files"),
        nothing.label("gone"),
    )
    saved = sa.select(
        SavedFileRow.id,
        SavedFileRow.saved_at.label("at"),
        SavedFileRow.account_id,
        sa.type_coerce(SavedFileRow.kind, sa.String).label("kind"),
        sa.case((SavedFileRow.is_paper, "paper"), else_="file").label("way"),
        SavedFileRow.title.label("what"),
        SavedFileRow.records.label("rows"),
        SavedFileRow.size,
        SavedFileRow.sha256,
        SavedFileRow.saved_to.label("place"),
        one.label("files"),
        nothing.label("gone"),
    )
    laid = sa.select(
        LaidFileRow.id,
        LaidFileRow.laid_at.label("at"),
        LaidFileRow.account_id,
        sa.case((LaidFileRow.files.is_(None), _LAID), else_=_DAY).label("kind"),
        sa.literal(_FOLDER).label("way"),
        sa.cast(LaidFileRow.readers, sa.String).label("what"),
        LaidFileRow.entries.label("rows"),
        LaidFileRow.size,
        LaidFileRow.sha256,
        LaidFileRow.laid_in.label("place"),
        LaidFileRow.files,
        LaidFileRow.gone_at.label("gone"),
    )
    return sa.union_all(sent, saved, laid).subquery("left_files")


_LEFT = _left()


def _confirmed() -> sa.Subquery:
    """Return who signed, before a sync file was written, that it may go: its id, and their name."""
    return (
        sa.select(ExportReleaseRow.bundle_id, sa.func.min(SignatureRow.name).label("second"))
        .join(SignatureRow, SignatureRow.record_id == ExportReleaseRow.id)
        .group_by(ExportReleaseRow.bundle_id)
        .subquery("confirmed_files")
    )


_CONFIRMED = _confirmed()


def _is_kind(_session: Session, value: str, _today: date) -> Condition:
    return _LEFT.c.kind == value


def _went(_session: Session, value: str, _today: date) -> Condition:
    return _LEFT.c.way == value


def _select(asked: Asked) -> AnySelect:
    # what leaves is of the whole site: whoever may see a part of it sees none
    seen = [] if asked.scope is None else [sa.false()]
    return (
        sa.select(
            *(column for column in _LEFT.c if column.key != "account_id"),
            sa.func.coalesce(PersonListingRow.name, AccountRow.name, AccountRow.login, "").label(
                "who"
            ),
            sa.func.coalesce(_CONFIRMED.c.second, "").label("second"),
        )
        .select_from(_LEFT)
        .outerjoin(_CONFIRMED, _CONFIRMED.c.bundle_id == _LEFT.c.id)
        .outerjoin(AccountRow, AccountRow.id == _LEFT.c.account_id)
        .outerjoin(PersonListingRow, PersonListingRow.person_id == AccountRow.person_id)
        .where(*seen, *asked.conditions)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _FilesThatLeft(SelectReport):
    """The select gives the recipients of a sync file as they are kept; people read their names."""

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        page = SelectReport.rows(self, session, request, scope, today)
        keys = [column.key for column in self.columns]
        kind, what = keys.index("kind"), keys.index("what")
        rows = tuple(
            (*row[:what], _for_whom(str(row[what])), *row[what + 1 :])
            if row[kind] in _SYNC
            else row
            for row in page.rows
        )
        return Page(rows=rows, total=page.total)


def _for_whom(recipients: str) -> str:
    names = ", ".join(str(one["label"]) for one in json.loads(recipients))
    return _("for {names}").format(names=names)


FILES_THAT_LEFT = "files-that-left"

REPORT = _FilesThatLeft(
    key=FILES_THAT_LEFT,
    title=mark("Files that left"),
    question=mark("Which files and papers left, with whom, and whither?"),
    icon="send",
    columns=(
        moment("at", mark("When")),
        text("who", mark("Who")),
        chip("kind", mark("Kind"), _KINDS),
        text("what", mark("What")),
        number("rows", mark("Rows")),
        number("size", mark("Bytes")),
        chip("way", mark("As"), _WAYS),
        text("place", mark("Where to")),
        text("sha256", mark("SHA-256")),
        moment("gone", mark("Taken away")),
        number("files", mark("Files")),
        text("second", mark("Signed by")),
    ),
    filters=(
        ReportFilter(key="kind", title=mark("Kind"), condition=_is_kind, choices=_KINDS),
        ReportFilter(key="way", title=mark("As"), condition=_went, choices=_WAYS),
        since(_LEFT.c["at"]),
        until(_LEFT.c["at"]),
    ),
    default_sort=Sort("at", descending=True),
    searched=("who", "second", "what", "place", "sha256"),
    ties=("id",),
    select=_select,
    capability=Capability.VIEW_JOURNAL,
)
