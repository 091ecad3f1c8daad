"""Every file that ever left, and every page printed: who, what, how much, its hash, and whither.

Beside them what this PC laid in the folder of its room: it has not left the site, and is of this PC alone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.figures import moment as moment_in_words
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _, mark
from app.core.egress import KINDS, FileKind, RegisterGapRow, SavedFileRow
from app.core.keys import KnownStation, known_stations
from app.core.people.account_models import AccountRow
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import Row, chip, moment, number, text
from app.core.reports.errors import FilterRefused
from app.core.reports.filters import since, until
from app.core.reports.pairs import AnySelect, Condition, Scope
from app.core.signatures.models import SignatureRow
from app.core.storage.columns import Id, Instant
from app.core.sync import RECORDS
from app.core.sync.models import ExportReleaseRow, LaidFileRow, SentFileRow

_LAID, _DAY = "laid", "laid-day"
_GAP = "gap"
_SYNC = {
    "records": mark("Sync file"),
    "courses": mark("Files of courses"),
    _LAID: mark("Laid in the shared folder"),
    _DAY: mark("Laid there in a day"),
}
_KINDS = {**_SYNC, **KINDS, _GAP: mark("Gap")}
_FOLDER = "folder"
_WAYS = {
    "file": mark("File"),
    "paper": mark("Paper"),
    _FOLDER: mark("This PC's own list"),
    _GAP: mark("Unknown"),
}


_NEVER = sa.cast(sa.null(), Instant)
_NO_COUNT = sa.cast(sa.null(), sa.Integer)


def _sent() -> AnySelect:
    """Select sync files and files of courses."""
    return sa.select(
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
        _NO_COUNT.label("files"),
        _NEVER.label("gone"),
        SentFileRow.station,
    )


def _saved() -> AnySelect:
    """Select what people saved or printed."""
    return sa.select(
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
        _NO_COUNT.label("files"),
        _NEVER.label("gone"),
        SavedFileRow.station,
    ).where(_is_shown())


def _laid() -> AnySelect:
    """Select what was laid in the shared folder, by this PC's own list."""
    return sa.select(
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
        LaidFileRow.station,
    )


def _gaps() -> AnySelect:
    """Select the stretches of time of which the register lost its lines."""
    words = sa.literal("")
    return sa.select(
        RegisterGapRow.id,
        RegisterGapRow.until.label("at"),
        sa.cast(sa.null(), Id).label("account_id"),
        sa.literal(_GAP).label("kind"),
        sa.literal(_GAP).label("way"),
        words.label("what"),
        _NO_COUNT.label("rows"),
        sa.cast(sa.null(), sa.BigInteger).label("size"),
        words.label("sha256"),
        words.label("place"),
        _NO_COUNT.label("files"),
        _NEVER.label("gone"),
        RegisterGapRow.station,
    )


def _is_shown() -> Condition:
    """Tell whether a line is not one that was brought over, and has come back itself since."""
    itself = sa.orm.aliased(SavedFileRow)
    came = sa.or_(
        sa.exists().where(itself.id == SavedFileRow.line_id),
        sa.exists().where(SentFileRow.id == SavedFileRow.line_id),
    )
    return sa.or_(SavedFileRow.line_id.is_(None), sa.not_(came))


_LEFT = sa.union_all(_sent(), _saved(), _laid(), _gaps()).subquery("left_files")
"""What left, and what was laid in the folder, as one list."""


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


def _at_site(session: Session, value: str, _today: date) -> Condition:
    wanted = value.strip().casefold()
    stations = [
        one.fingerprint
        for one in known_stations(session)
        if wanted in {one.site_code.casefold(), one.site_name.casefold(), str(one.site_id)}
    ]
    return _of(stations, f"site={value}", sorted({s.site_code for s in known_stations(session)}))


def _at_pc(session: Session, value: str, _today: date) -> Condition:
    known = known_stations(session)
    stations = [s.fingerprint for s in known if s.label.casefold() == value.strip().casefold()]
    return _of(stations, f"pc={value}", sorted({s.label for s in known}))


def _of(stations: list[bytes], said: str, offered: list[str]) -> Condition:
    if not stations:
        raise FilterRefused(said, offered)
    return _LEFT.c.station.in_(stations)


def _called(stations: Sequence[KnownStation]) -> tuple[Any, Any]:
    """Return SQL for the site and the PC of a line, by the stations on record."""
    if not stations:
        return sa.literal(""), sa.literal("")
    station = _LEFT.c.station
    return (
        sa.case({one.fingerprint: one.site_name for one in stations}, value=station, else_=""),
        sa.case({one.fingerprint: one.label for one in stations}, value=station, else_=""),
    )


def _select(asked: Asked, stations: Sequence[KnownStation] = ()) -> AnySelect:
    # what leaves is of the whole site: whoever may see a part of it sees none
    seen = [] if asked.scope is None else [sa.false()]
    site, pc = _called(stations)
    return (
        sa.select(
            *(column for column in _LEFT.c if column.key not in {"account_id", "station"}),
            site.label("site"),
            pc.label("pc"),
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
    """The select gives the recipients of a sync file as they are kept; people read their names.

    Which PC of which site a line is of, the stations on record say, whose fingerprints SQL cannot make.
    """

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        named = replace(self, select=partial(_select, stations=known_stations(session)))
        page = SelectReport.rows(named, session, request, scope, today)
        keys = [column.key for column in self.columns]
        at, kind, what = keys.index("at"), keys.index("kind"), keys.index("what")
        gaps = {gap.until: gap.since for gap in session.scalars(sa.select(RegisterGapRow))}
        rows = []
        for row in page.rows:
            words = row[what]
            if row[kind] in _SYNC:
                words = _for_whom(_labels(str(words)))
            elif row[kind] == FileKind.SYNC_FILE.value:
                words = _for_whom(str(words))
            elif row[kind] == _GAP and isinstance(until_at := row[at], datetime):
                words = _of_gap(gaps[until_at], until_at)
            rows.append((*row[:what], words, *row[what + 1 :]))
        return Page(rows=tuple(rows), total=page.total)


def _of_gap(since: datetime, until: datetime) -> str:
    return _(
        "Between {since} and {until} files may have left that stand here no more: a backup or an older "
        "copy took the place of the records."
    ).format(since=moment_in_words(since), until=moment_in_words(until))


def _labels(recipients: str) -> str:
    return ", ".join(str(one["label"]) for one in json.loads(recipients))


def _for_whom(names: str) -> str:
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
        text("what", mark("What"), width=260),
        number("rows", mark("Rows")),
        number("size", mark("Bytes")),
        chip("way", mark("As"), _WAYS),
        text("place", mark("Where to")),
        text("sha256", mark("SHA-256")),
        moment("gone", mark("Taken away")),
        number("files", mark("Files")),
        text("second", mark("Signed by")),
        text("site", mark("Site")),
        text("pc", mark("PC")),
    ),
    filters=(
        ReportFilter(key="kind", title=mark("Kind"), condition=_is_kind, choices=_KINDS),
        ReportFilter(key="way", title=mark("As"), condition=_went, choices=_WAYS),
        ReportFilter(key="site", title=mark("Site"), condition=_at_site),
        ReportFilter(key="pc", title=mark("PC"), condition=_at_pc),
        since(_LEFT.c["at"]),
        until(_LEFT.c["at"]),
    ),
    default_sort=Sort("at", descending=True),
    searched=("who", "second", "what", "place", "sha256", "site", "pc"),
    ties=("id",),
    select=_select,
    capability=Capability.VIEW_JOURNAL,
)
