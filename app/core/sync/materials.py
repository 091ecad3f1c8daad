"""Files of courses: which of them this PC lacks, which its peers lack, and what is chosen to go along."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.content import AssetStore, StoredAsset, absent_files, stored_files
from app.core.journal import Stretch, rows_in
from app.core.storage.tables import Scope, model_of, table_of
from app.core.sync.limits import HASH_BYTES, MOST_LACKED
from app.core.sync.models import PeerRow, SentFileRow
from app.core.sync.peers import Peer
from app.core.sync.relations import Relations

if TYPE_CHECKING:
    from app.core.training import RoleOfCourse

COURSES = "courses"
"""Kind of a file of course material in the register of what left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Files that could go along: those of a course, or those of none (pictures of questions)."""

    course_id: UUID | None
    code: str
    title: str
    files: tuple[StoredAsset, ...]
    languages: tuple[str, ...] = ()
    """That the course can be learned in."""
    roles: "tuple[RoleOfCourse, ...]" = ()
    """Job roles of those who have it assigned; known where it is asked for."""
    whole: int = 0
    """How long all files of the course are together, lacked or not."""

    @property
    def size(self) -> int:
        """Return how long they are together."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What readers lack of the files that lie here."""

    fresh: tuple[Material, ...]
    """What was not written for them since they were last heard of."""
    on_the_way: tuple[Material, ...]

    def with_roles(self, session: Session) -> "Lacking":
        """Return the same with the job roles that each course is for."""
        from app.core.training import job_roles_of_courses  # most exchanges need no such list

        roles = job_roles_of_courses(session)

        def told(materials: tuple[Material, ...]) -> tuple[Material, ...]:
            return tuple(
                replace(one, roles=roles.get(one.course_id, ())) if one.course_id else one
                for one in materials
            )

        return Lacking(fresh=told(self.fresh), on_the_way=told(self.on_the_way))

    def narrowed(self, languages: Collection[str], roles: Collection[str]) -> "Lacking":
        """Return the courses in any of these languages, for any of these job roles by code or title.

        None given means that it does not matter.
        """
        spoken, wanted = set(languages), {role.casefold() for role in roles}

        def fits(one: Material) -> bool:
            names = {word.casefold() for role in one.roles for word in (role.code, role.title)}
            return (not spoken or bool(spoken & set(one.languages))) and (
                not wanted or bool(wanted & names)
            )

        return Lacking(
            fresh=tuple(filter(fits, self.fresh)), on_the_way=tuple(filter(fits, self.on_the_way))
        )

    def chosen(self, courses: Collection[UUID] | None) -> tuple[Material, ...]:
        """Return what goes along when these courses are asked for; None: all that is not on its way.

        A course that is named goes again; files of no course go with any.
        """
        if courses is None:
            return self.fresh
        both = (*self.fresh, *self.on_the_way) if courses else ()
        return tuple(one for one in both if one.course_id is None or one.course_id in courses)


def without(materials: Sequence[Material], ready: Collection[str]) -> tuple[Material, ...]:
    """Return the materials without the files that are ready."""
    wanted = {file.sha256 for one in materials for file in one.files} - set(ready)
    return only(materials, wanted)


def hashes_in(joined: bytes) -> set[str]:
    """Return the hashes that stand one after another."""
    whole = len(joined) - len(joined) % HASH_BYTES
    return {joined[at : at + HASH_BYTES].hex() for at in range(0, whole, HASH_BYTES)}


def joined_hashes(hashes: Iterable[str]) -> bytes:
    """Return hashes one after another."""
    return b"".join(map(bytes.fromhex, hashes))


def told_to_lack(session: Session, assets: AssetStore) -> bytes:
    """Return what this PC tells others that it has not got; past the limit the next word tells more."""
    return joined_hashes(list(absent_files(session, assets))[:MOST_LACKED])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hashes of the files that readers lack, whether or not they lie here."""

    fresh: frozenset[str] = frozenset()
    on_the_way: frozenset[str] = frozenset()

    def among(self, materials: Iterable[Material]) -> Lacking:
        """Return which of some materials they are."""
        materials = tuple(materials)
        return Lacking(
            fresh=only(materials, self.fresh), on_the_way=only(materials, self.on_the_way)
        )


def lacked_by(
    session: Session,
    relations: Relations,
    peers: Sequence[Peer],
    stretches: Sequence[Stretch],
    assets: AssetStore,
) -> Lacking:
    """Return what any of `peers` lacks of the files that lie here; as `wanted_by` finds it."""
    wanted = wanted_by(session, relations, peers, stretches)
    return wanted.among(files_here(session, assets, wanted.fresh | wanted.on_the_way))


def wanted_by(
    session: Session, relations: Relations, peers: Sequence[Peer], stretches: Sequence[Stretch]
) -> Wanted:
    """Return what any of `peers`, one reader, lacks of the files of courses.

    They lack what they said, and the files of which they do not know yet: those that `stretches`,
    the entries that they lack, bring on record. So one that was never heard of lacks all.
    """
    wanted = {sha256 for peer in peers for sha256 in _said_to_lack(session, peer)}
    connection = session.connection()
    for stretch in stretches:
        if stretch.log.name.scope is Scope.CATALOGUE:
            wanted |= {str(row["sha256"]) for row in rows_in(connection, stretch, "asset")}
    if wanted and not _shares_papers(relations, peers[0]):
        wanted -= _papers(session)
    if not wanted:
        return Wanted()
    ready = wanted & _on_the_way(session, relations, peers)
    return Wanted(fresh=frozenset(wanted - ready), on_the_way=frozenset(ready))


def still_lacked(session: Session, peers: Iterable[Peer]) -> set[str]:
    """Return what any of `peers` says that it lacks."""
    return {sha256 for peer in peers for sha256 in _said_to_lack(session, peer)}


def have_said(session: Session, peers: Sequence[Peer], since: datetime) -> bool:
    """Tell whether every peer was heard of since a moment."""
    return all((heard := _heard_at(session, peer)) is not None and heard >= since for peer in peers)


def _said_to_lack(session: Session, peer: Peer) -> set[str]:
    """Return what none of a peer's PCs that spoke has: one of them gives it to the others."""
    told = [
        hashes_in(joined)
        for joined in session.scalars(
            sa.select(PeerRow.lacks_assets).where(PeerRow.station.in_(peer.stations))
        )
    ]
    return set.intersection(*told) if told else set()


def _heard_at(session: Session, peer: Peer) -> datetime | None:
    newest = sa.select(sa.func.max(PeerRow.heard_at)).where(PeerRow.station.in_(peer.stations))
    return session.scalar(newest)


def _papers(session: Session) -> set[str]:
    """Return which files are people's certificates."""
    documents = table_of(model_of("certificate_document"))
    return set(session.scalars(sa.select(documents.c.sha256)))


def _shares_papers(relations: Relations, peer: Peer) -> bool:
    """Tell whether a peer gets the papers of people's certificates: the own site's PCs, and HQ."""
    return peer.is_own_site or peer.site_id == relations.policy.headquarters


def _on_the_way(session: Session, relations: Relations, peers: Sequence[Peer]) -> set[str]:
    """Return what was written for all of `peers`, each of whom has said nothing since."""
    on_the_way: list[set[str]] = []
    for peer in peers:
        heard = _heard_at(session, peer)
        rows = session.execute(
            sa.select(SentFileRow.recipients, SentFileRow.carries, SentFileRow.made_at).where(
                SentFileRow.kind == COURSES, SentFileRow.station == relations.this_station
            )
        )
        on_the_way.append(
            {
                sha256
                for row in rows
                if any(one["key"] == peer.key for one in row.recipients)
                and (heard is None or row.made_at > heard)
                for sha256 in hashes_in(row.carries)
            }
        )
    return set.intersection(*on_the_way)


def files_here(
    session: Session, assets: AssetStore, wanted: Collection[str]
) -> tuple[Material, ...]:
    """Return the wanted files that lie here, each once: with the first course that needs it."""
    if not wanted:
        return ()
    found = tuple(_with_first_course(session, assets, set(wanted)))
    files = (file for material in found for file in material.files)
    return only(found, {one.sha256 for one in files if assets.holds(one.sha256, one.size)})


def _with_first_course(session: Session, assets: AssetStore, left: set[str]) -> Iterator[Material]:
    """Yield courses with those of their files that no course before them needs, then files of none."""
    from app.core.courses import files_of_courses  # much is behind it; most exchanges carry records

    for course in files_of_courses(session, assets):
        yield Material(
            course_id=course.id,
            code=course.code,
            title=course.title,
            files=_taken_from(left, course.files),
            languages=course.languages,
            whole=sum(file.size for file in course.files),
        )
    others = _taken_from(left, stored_files(session))
    yield Material(course_id=None, code="", title="", files=others)


def _taken_from(left: set[str], files: Iterable[StoredAsset]) -> tuple[StoredAsset, ...]:
    """Return the files that are still to be found, which are found with that."""
    taken = tuple(file for file in files if file.sha256 in left)
    left -= {file.sha256 for file in taken}
    return taken


def only(materials: Iterable[Material], wanted: Collection[str]) -> tuple[Material, ...]:
    """Return the materials with none but the wanted files; those without any are left out."""
    cut = (
        replace(one, files=tuple(file for file in one.files if file.sha256 in wanted))
        for one in materials
    )
    return tuple(one for one in cut if one.files)


def cut_to(materials: Iterable[Material], most: int | None) -> tuple[Material, ...]:
    """Return the first of the materials, as many files as are together no longer than `most`."""
    if most is None:
        return tuple(materials)
    kept: list[Material] = []
    left = most
    for material in materials:
        files: list[StoredAsset] = []
        for file in material.files:
            if file.size > left and (kept or files):
                return (*kept, replace(material, files=tuple(files)))
            files.append(file)
            left -= file.size
        kept.append(material)
    return tuple(kept)
