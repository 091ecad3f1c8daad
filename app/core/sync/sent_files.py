"""The register of sync files that left: the newest of them, and which are on their way to whom.

However long it is, what is read of it is what is shown and what is on its way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import PurePath
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Position, Reaching, by_log
from app.core.signatures import SignatureLine
from app.core.sync.drafts import ALL_PCS, RECORDS, SEVERAL
from app.core.sync.materials import COURSES, hashes_in, have_said, still_lacked
from app.core.sync.models import SentFileRow
from app.core.sync.one_way import one_ways
from app.core.sync.peers import Peer, known_to_hold
from app.core.sync.positions import pack, unpack
from app.core.sync.relations import Relations
from app.core.sync.releasing import release_lines
from app.core.sync.sent_ends import SentEnds


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file that left."""

    id: UUID
    number: int
    station: str
    """The PC that wrote it."""
    recipients: tuple[str, ...]
    made_at: datetime
    account_id: UUID | None
    kind: str
    """What it holds: records, courses."""
    entries: int
    size: int
    sha256: str
    written_to: str
    confirmed: SignatureLine | None
    """What a second person signed before it was written."""
    is_acknowledged: bool
    """Everybody it was for is known to hold what it carries."""
    sheets: int | None
    """On how many sheets of codes it left; None for a file."""
    waits_for_paper: bool
    """Nothing comes back by file from whom it was for: their receipts come on paper."""

    @property
    def file_name(self) -> str:
        """Return what the file was called."""
        return PurePath(self.written_to).name


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """Files of which a peer has not said that it has what they carry."""

    files: int
    oldest: datetime | None


class SentRegister:
    """One look at the register, and at what each peer is known to hold."""

    def __init__(self, session: Session, relations: Relations) -> None:
        self._session = session
        self._relations = relations
        self.one_ways = one_ways(session)
        self.holds = {peer.key: known_to_hold(session, peer) for peer in relations.peers}
        self._by_log = {key: by_log(known) for key, known in self.holds.items()}
        self._reaching = Reaching(session.connection())
        self._ends = SentEnds(session, self._reaching)
        self._lacked = cache(lambda peer: still_lacked(session, [peer]))

    def newest(self, most: int) -> tuple[SentFile, ...]:
        """Return the newest files."""
        newest = sa.select(SentFileRow).order_by(SentFileRow.made_at.desc()).limit(most)
        rows = self._session.scalars(newest).all()
        confirmed = release_lines(self._session, [row.id for row in rows])
        return tuple(self._sent(row, confirmed.get(row.id)) for row in rows)

    def last_sent(self, peer: Peer) -> datetime | None:
        """Return when the last file for a peer was written."""
        newest = [
            self._session.scalar(
                sa.select(SentFileRow.made_at)
                .where(SentFileRow.kind == kind, for_it)
                .order_by(SentFileRow.made_at.desc())
                .limit(1)
            )
            for kind in (RECORDS, COURSES)
            for for_it in files_for(peer)
        ]
        return max((at for at in newest if at is not None), default=None)

    def has(self, peer: Peer, position: Position) -> bool:
        """Tell whether a peer is known to hold the entry at a position."""
        return self._reaching.holds(self._by_log[peer.key], position)

    def newest_with(self, peer: Peer, position: Position) -> tuple[datetime, UUID] | None:
        """Return when the newest file was made that brings a peer to a position, and its id."""
        found = (self._ends.newest_with(position, for_it) for for_it in files_for(peer))
        return max((one for one in found if one is not None), default=None)

    def on_the_way(self, peer: Peer) -> OnTheWay:
        """Return what has not reached a peer, by its own word."""
        found = [
            one
            for for_it in files_for(peer)
            for one in (self._records(peer, for_it), self._courses(peer, for_it))
        ]
        return OnTheWay(
            files=sum(one.files for one in found),
            oldest=min((one.oldest for one in found if one.oldest is not None), default=None),
        )

    def _records(self, peer: Peer, for_it: sa.ColumnElement[bool]) -> OnTheWay:
        files, known = (SentFileRow.kind == RECORDS, for_it), self._by_log[peer.key]
        if known:
            beyond = self._ends.beyond(known, sa.and_(*files))
            return OnTheWay(files=len(beyond), oldest=min(beyond.values(), default=None))
        # it has said nothing: whatever carries anything is on its way
        counted = sa.select(sa.func.count(), sa.func.min(SentFileRow.made_at)).where(
            *files, SentFileRow.carries != pack(())
        )
        count, oldest = self._session.execute(counted).one()
        return OnTheWay(files=count, oldest=oldest)

    def _courses(self, peer: Peer, for_it: sa.ColumnElement[bool]) -> OnTheWay:
        """Return the volumes: large, and so few that what each brings can be looked at."""
        rows = self._session.execute(
            sa.select(SentFileRow.made_at, SentFileRow.carries).where(
                SentFileRow.kind == COURSES, for_it
            )
        )
        found = [row.made_at for row in rows if not self._has_files(peer, *row)]
        return OnTheWay(files=len(found), oldest=min(found, default=None))

    def _sent(self, row: SentFileRow, confirmed: SignatureLine | None) -> SentFile:
        keys = {one["key"] for one in row.recipients}
        peers = [peer for peer in self._relations.peers if peer.key in keys]
        return SentFile(
            id=row.id,
            number=row.number,
            station=self._relations.labels.get(row.station, ""),
            recipients=tuple(one["label"] for one in row.recipients),
            made_at=row.made_at,
            account_id=row.account_id,
            entries=row.entries,
            size=row.size,
            sha256=row.sha256,
            written_to=row.written_to,
            kind=row.kind,
            confirmed=confirmed,
            is_acknowledged=self._is_acknowledged(row, peers),
            sheets=row.sheets,
            waits_for_paper=bool(peers) and all(peer.key in self.one_ways for peer in peers),
        )

    def _is_acknowledged(self, row: SentFileRow, peers: Sequence[Peer]) -> bool:
        """Tell whether everybody a file was for has what it carries, by their own word."""
        if row.kind == COURSES:
            return all(self._has_files(peer, row.made_at, row.carries) for peer in peers)
        ends = unpack(row.carries)
        if row.destination == SEVERAL:  # a parcel brings nobody further: who took it in has spoken
            return have_said(self._session, peers, row.made_at)
        return all(
            self._reaching.holds(self._by_log[peer.key], end) for peer in peers for end in ends
        )

    def _has_files(self, peer: Peer, made_at: datetime, carries: bytes) -> bool:
        heard = have_said(self._session, [peer], made_at)
        return heard and not hashes_in(carries) & self._lacked(peer)


def files_for(peer: Peer) -> Iterable[sa.ColumnElement[bool]]:
    """Return what picks a peer's files: those for it alone, and those for it among others."""
    yield SentFileRow.destination == peer.key
    named = sa.cast(SentFileRow.recipients, sa.Text).contains(peer.key)
    if peer.is_own_site:
        yield sa.and_(SentFileRow.destination == ALL_PCS, named)
    yield sa.and_(SentFileRow.destination == SEVERAL, named)
