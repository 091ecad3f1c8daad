"""Sign-in sheets: made, and taken back as scans. A scan is kept as it is; what was read is proposed."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.figures import moment
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import Site
from app.core.people import who_is
from app.core.training.errors import TrainingRefused
from app.core.training.sessions.errors import WrongState
from app.core.training.sessions.kinds import Method, Place, SessionState
from app.core.training.sessions.models import SessionPaperRow, SessionSheetRow
from app.core.training.sessions.reading import (
    events_of,
    held_when,
    named,
    roll_of,
    session_row,
    state_in,
    trainers_of,
)
from app.core.training.sessions.rolling import Rolling
from app.core.training.sessions.sheet_layout import ROWS
from app.core.training.sessions.sheet_paper import Sheet, SheetLine, sheet_document
from app.core.training.sessions.sheet_reading import BoxMark, ReadPage, read_scan

_MOST_BYTES = 60 * 1024 * 1024
_KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"%PDF-": "application/pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A line of a scanned sheet: whose it is, and what is in the box."""

    person_id: UUID
    number: str
    name: str
    page: int
    mark: BoxMark
    look: bytes = b""
    """Box and signature as they are on the paper, as PNG, where the box is not clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """What was read of a scan."""

    pages: tuple[int, ...]
    rows: tuple[ReadRow, ...]
    walk_ins: int
    """Boxes that are marked on the empty lines at the end: those are read by people."""

    @property
    def unclear(self) -> tuple[ReadRow, ...]:
        """Return the lines that somebody has to look at."""
        return tuple(one for one in self.rows if one.mark is BoxMark.UNCLEAR)


class SessionPapers:
    """Makes sheets and reads them back. Who may: holders of ASSIGN."""

    def __init__(self, site: Site, assets: AssetStore, rolling: Rolling) -> None:
        self._site = site
        self._assets = assets
        self._rolling = rolling

    def sheet(self, actor: Actor, session_id: UUID, site_name: str) -> Document:
        """Return a session's sign-in sheet; who stands on which line is kept. Raises WrongState."""
        actor.require_anywhere(Capability.ASSIGN)
        now = self._site.clock.now()
        with self._site.transaction(actor, "session.sheet") as unit:
            row = session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state not in {SessionState.PLANNED, SessionState.OPEN, SessionState.HELD}:
                raise WrongState(state)
            held = held_when(row, events_of(unit, session_id), now)
            here = (
                one for one in roll_of(unit, row, held) if one.came or one.place is not Place.LEFT
            )
            roll = sorted(here, key=lambda one: (one.name, one.number))
            kept = SessionSheetRow(
                session_id=session_id,
                people=[str(one.person_id) for one in roll],
                at=now,
                by=actor.account_id,
                by_name=actor.name,
            )
            unit.add(kept)
            unit.flush()
            content = sheet_document(
                Sheet(
                    id=kept.id,
                    title=row.title,
                    when=moment(row.starts_at),
                    venue=row.venue,
                    led_by=", ".join(one.name for one in trainers_of(unit, session_id)) or "–",
                    site=site_name,
                    made_at=now,
                    lines=tuple(
                        SheetLine(number=one.number, name=one.name, reads_along=one.reads_along)
                        for one in roll
                    ),
                )
            )
            title = row.title
        leaving = Leaving(kind=FileKind.SIGN_IN_SHEET, title=title, records=len(roll))
        return Document(content=content, leaving=leaving)

    def read(self, actor: Actor, session_id: UUID, scan: Path) -> ReadSheet:
        """Return what a scan of this session's sheet says; nothing is kept by it.

        Takes a second a page. Raises TrainingRefused for what is no scan, or of another session.
        """
        actor.require_anywhere(Capability.ASSIGN)
        pages = read_scan(_content(scan)[0])
        with self._site.read() as session:
            session_row(session, session_id)
            mine = [
                (page, people)
                for page in pages
                if (people := _people_of(session, session_id, page)) is not None
            ]
            if pages and not mine:
                raise TrainingRefused(
                    _("This sheet is of another session."), _("Open the session it belongs to.")
                )
            rows, walk_ins = _rows(session, mine)
        return ReadSheet(
            pages=tuple(sorted({page.page for page, _people in mine})),
            rows=rows,
            walk_ins=walk_ins,
        )

    def keep(self, actor: Actor, session_id: UUID, scan: Path, read: ReadSheet) -> None:
        """Keep a scan as evidence, whether it could be read or not; the same one is kept once.

        Raises TrainingRefused, DiskFull.
        """
        actor.require_anywhere(Capability.ASSIGN)
        content, media_type = _content(scan)
        with self._site.transaction(actor, "session.paper") as unit:
            session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state in {SessionState.PLANNED, SessionState.CANCELLED}:
                raise WrongState(state)
            kept = self._assets.add_bytes(unit, content, media_type, scan.name)
            if _is_kept(unit, session_id, kept.sha256):
                return
            unit.add(
                SessionPaperRow(
                    session_id=session_id,
                    page=read.pages[0] if len(read.pages) == 1 else None,
                    sha256=kept.sha256,
                    name=scan.name,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )

    def tick(
        self,
        actor: Actor,
        session_id: UUID,
        read: ReadSheet,
        also: frozenset[UUID] = frozenset(),
        *,
        anyway: bool = False,
    ) -> int:
        """Note everybody as there whose box is clearly marked, and `also`; return how many are new.

        `anyway`: beyond the seats. Raises as `Rolling.tick_all` does.
        """
        marked = [
            one.person_id
            for one in read.rows
            if one.mark is BoxMark.MARKED or one.person_id in also
        ]
        return self._rolling.tick_all(actor, session_id, marked, Method.SHEET, anyway=anyway)


def _content(scan: Path) -> tuple[bytes, str]:
    try:
        size = scan.stat().st_size
        content = scan.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as error:
        raise TrainingRefused(
            _("The scan {name} cannot be read.").format(name=scan.name),
            _("Choose it again where it lies now."),
        ) from error
    kind = next((one for head, one in _KINDS.items() if content.startswith(head)), None)
    if kind is None:
        raise TrainingRefused(
            _("{name} is no scan that can be kept.").format(name=scan.name),
            _("Scan the sheet as PDF, PNG or JPEG, at most 60 MB."),
        )
    return content, kind


def _is_kept(session: Session, session_id: UUID, sha256: str) -> bool:
    of_scan = SessionPaperRow.session_id == session_id, SessionPaperRow.sha256 == sha256
    return session.scalar(sa.select(SessionPaperRow.id).where(*of_scan).limit(1)) is not None


def _people_of(session: Session, session_id: UUID, page: ReadPage) -> list[UUID] | None:
    """Return who stands on a page's lines; None where the sheet is not of this session."""
    statement = sa.select(SessionSheetRow).where(
        SessionSheetRow.id == page.sheet_id, SessionSheetRow.session_id == session_id
    )
    sheet = session.scalars(statement).one_or_none()
    if sheet is None:
        return None
    ids = sheet.people[(page.page - 1) * ROWS : page.page * ROWS]
    return [who_is(session, UUID(one)) for one in ids]


def _rows(
    session: Session, pages: list[tuple[ReadPage, list[UUID]]]
) -> tuple[tuple[ReadRow, ...], int]:
    names = named(session, [one for _page, people in pages for one in people])
    rows: dict[UUID, ReadRow] = {}
    walk_ins = 0
    for page, people in pages:
        looks = page.looks or (b"",) * len(page.marks)
        for person_id, mark, look in zip(people, page.marks, looks, strict=False):
            known = names.get(person_id)
            rows[person_id] = ReadRow(
                person_id=person_id,
                number=known.number if known else "",
                name=known.name if known else "–",
                page=page.page,
                mark=_agreed(rows[person_id].mark, mark) if person_id in rows else mark,
                look=look,
            )
        walk_ins += sum(one is not BoxMark.EMPTY for one in page.marks[len(people) :])
    return tuple(rows.values()), walk_ins


def _agreed(one: BoxMark, other: BoxMark) -> BoxMark:
    """Return what two scans of one line say together."""
    return one if one is other else BoxMark.UNCLEAR
