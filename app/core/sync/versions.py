"""The board of versions: of every course who has the newest version, and what is on its way to whoever has not.

Known is what a PC said itself, signed: its vector reaches the entry of the version and that of its
approval, and it does not say that it lacks a file of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.figures import moment, number, size
from app.core.base.words import _, plural
from app.core.content import AssetStore, StoredAsset
from app.core.journal import Position, newest_entry_about
from app.core.sync.materials import COURSES, hashes_in, still_lacked
from app.core.sync.models import PeerRow, SentFileRow
from app.core.sync.peers import Peer
from app.core.sync.relations import Relations
from app.core.sync.sent_files import SentRegister, files_for

if TYPE_CHECKING:
    from app.core.courses import GivenCourse, GivenVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class OnItsWay:
    """The newest file that brings somebody what they lack of a version; they have not acknowledged it."""

    id: UUID
    number: int
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVersion:
    """How a course stands at another site or PC."""

    peer: Peer
    number: int | None
    """The newest version that it is known to have; None: none."""
    is_newest: bool
    """The newest version has come, with its approval."""
    files: int = 0
    size: int = 0
    """Files of the newest version that it says it has not got, though its records have come."""
    on_its_way: OnItsWay | None = None

    @property
    def has_newest(self) -> bool:
        """Tell whether people there can learn the newest version."""
        return self.is_newest and not self.files


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseVersions:
    """Who has which version of a course."""

    course_id: UUID
    code: str
    title: str
    newest: int
    published_at: datetime
    sites: tuple[SiteVersion, ...]
    """Own PCs first, by name."""

    @property
    def have(self) -> int:
        """Return how many have the newest version."""
        return sum(site.has_newest for site in self.sites)

    @property
    def behind(self) -> tuple[SiteVersion, ...]:
        """Return those that have not."""
        return tuple(site for site in self.sites if not site.has_newest)


def versions_elsewhere(
    session: Session, relations: Relations, assets: AssetStore, today: date
) -> tuple[CourseVersions, ...]:
    """Return the board, courses by title. The index of mentions must be up to date."""
    from app.core.courses import files_of_versions, given_courses  # much is behind it

    courses = given_courses(session, today)
    look = _Look(session, relations)
    files = files_of_versions(session, assets, [one.versions[0].id for one in courses])
    return tuple(
        CourseVersions(
            course_id=course.id,
            code=course.code,
            title=course.title,
            newest=course.versions[0].number,
            published_at=course.versions[0].published_at,
            sites=tuple(look.sites(course, files.get(course.versions[0].id, ()))),
        )
        for course in courses
    )


class _Look:
    """One look at what peers hold and lack, and at what was written for them."""

    def __init__(self, session: Session, relations: Relations) -> None:
        self._session = session
        self._register = SentRegister(session, relations)
        may_send = relations.policy.may_send_to
        self._peers = tuple(one for one in relations.peers if may_send(one.site_id))
        self._lacked = {peer.key: still_lacked(session, [peer]) for peer in self._peers}

    def sites(self, course: "GivenCourse", files: Iterable[StoredAsset]) -> Iterator[SiteVersion]:
        """Yield how a course stands everywhere; `files` are those of its newest version."""
        sizes = {file.sha256: file.size for file in files}
        positions = {one.id: self._positions(one) for one in course.versions}
        newest = course.versions[0]
        for peer in self._peers:
            held = next(
                (one for one in course.versions if self._holds(peer, positions[one.id])), None
            )
            is_newest = held is newest
            missing = self._lacked[peer.key] & sizes.keys() if is_newest else set[str]()
            yield SiteVersion(
                peer=peer,
                number=held.number if held is not None else None,
                is_newest=is_newest,
                files=len(missing),
                size=sum(sizes[sha256] for sha256 in missing),
                on_its_way=(
                    self._volume(peer, missing)
                    if is_newest
                    else self._records(peer, positions[newest.id])
                ),
            )

    def _positions(self, version: "GivenVersion") -> tuple[Position, ...]:
        """Return where the version stands in the journal, and its approval."""
        rows = (version.id, version.approval_step)
        found = (newest_entry_about(self._session, one) for one in rows if one is not None)
        return tuple(one for one in found if one is not None)

    def _holds(self, peer: Peer, positions: Iterable[Position]) -> bool:
        return all(self._register.has(peer, one) for one in positions)

    def _records(self, peer: Peer, positions: Iterable[Position]) -> OnItsWay | None:
        """Return the newest file with all entries that a peer lacks of a version."""
        lacked = [one for one in positions if not self._register.has(peer, one)]
        found = [self._register.newest_with(peer, one) for one in lacked]
        whole = [one for one in found if one is not None]
        return self._on_its_way(min(whole)[1]) if whole and len(whole) == len(found) else None

    def _volume(self, peer: Peer, missing: set[str]) -> OnItsWay | None:
        """Return the newest volume with any of the files, written since the peer was last heard of."""
        if not missing:
            return None
        heard = self._session.scalar(
            sa.select(sa.func.max(PeerRow.heard_at)).where(PeerRow.station.in_(peer.stations))
        )
        rows = [
            row
            for for_it in files_for(peer)
            for row in self._session.scalars(
                sa.select(SentFileRow).where(SentFileRow.kind == COURSES, for_it)
            )
            if (heard is None or row.made_at > heard) and hashes_in(row.carries) & missing
        ]
        newest = max(rows, key=lambda row: row.made_at, default=None)
        return self._on_its_way(newest.id) if newest is not None else None

    def _on_its_way(self, file_id: UUID) -> OnItsWay | None:
        row = self._session.get(SentFileRow, file_id)
        if row is None:
            return None
        return OnItsWay(id=row.id, number=row.number, made_at=row.made_at)


def have_in_words(course: CourseVersions) -> str:
    """Return how many have the newest version of a course."""
    return _("{have} of {count} have version {number}").format(
        have=number(course.have), count=number(len(course.sites)), number=number(course.newest)
    )


def stands_in_words(site: SiteVersion) -> str:
    """Return how a course stands at a site: which version, what is missing, what is on its way."""
    parts = [
        _("version {number}").format(number=number(site.number))
        if site.number is not None
        else _("no version of it yet")
    ]
    if site.files:
        files = plural("{count} file is missing", "{count} files are missing", site.files)
        parts.append(f"{files}, {size(site.size)}")
    if site.on_its_way is not None:
        words = _("file {number} of {when} is not acknowledged")
        when = moment(site.on_its_way.made_at)
        parts.append(words.format(number=number(site.on_its_way.number), when=when))
    elif not site.has_newest:
        parts.append(_("nothing is on its way"))
    return "; ".join(parts)
