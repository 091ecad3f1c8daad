"""Noting which stations may speak for whom, and judging anew what they said (ADR 74).

Who proves the papers of keys says so: what they say of stations is known here before any entry of
theirs is put into the tables. Where it changes all the same (records of a program that asked nobody,
or a site that became headquarters), the rows that this may change are made anew, as after an update.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import from_microseconds
from app.core.journal.models import LogRow
from app.core.journal.projection.left_out import note_to_make_up
from app.core.journal.projection.models import RefusedClaimRow, WriterRow
from app.core.journal.projection.registers import split_versions, unpack_versions
from app.core.journal.projection.writers import (
    NOBODYS,
    Writer,
    Writers,
    home_of_births,
    writer_of,
    writers_of,
)
from app.core.journal.site import Site
from app.core.journal.stamps import stamp_milliseconds
from app.core.storage.tables import Record, Spoken, journalled_models, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a station said, and does not count: it may not speak of that."""

    station: bytes | None
    """Fingerprint; None for one that is not known any more."""
    table: str
    row_id: UUID
    version: bytes
    about_table: str
    about_id: UUID
    at: datetime
    """By the clock of that station."""


def note_writers(site: Site, writers: Iterable[Writer]) -> None:
    """Note for whom stations may speak, and what is to be made anew because of it.

    Stations under whose keys these records were written belong to this site, certified or not.
    """
    by_station = {one.station: one for one in writers}
    with site.read() as session:
        ours = session.scalars(sa.select(LogRow.station).where(LogRow.applied.is_(None))).all()
        if site.site_id is not None:
            own = site.site_id.bytes
            by_station = {**{one: Writer(one, own, False) for one in ours}, **by_station}
        known = {one.station: one for one in writers_of(session.connection()).values()}
    changed = [one for one in by_station.values() if known.get(one.station) != one]
    if not changed:
        return
    with site.database.write() as connection:
        _keep(connection, changed)
        if _have_written(connection, [one.station for one in changed]):
            note_to_make_up(connection, dict.fromkeys(_to_judge_anew(connection)))


def site_of_beginning(session: Session, row: Record) -> UUID | None:
    """Return the site whose station began a row; None where that is not known.

    Where stations of several sites did, it is nobody's: an id that no site has.
    """
    return _site_of(writers_of(session.connection()), row.row_versions)


def sites_of_beginnings(
    session: Session, rows: Iterable[tuple[UUID, bytes]]
) -> Iterator[tuple[UUID, UUID | None]]:
    """Yield what `site_of_beginning` says, of many rows, each given by its id and its `row_versions`."""
    writers = writers_of(session.connection())
    return ((key, _site_of(writers, versions)) for key, versions in rows)


def _site_of(writers: Writers, row_versions: bytes) -> UUID | None:
    births = split_versions(unpack_versions(row_versions).get("", _UNKNOWN))
    home = home_of_births(writers, None, births)
    return None if home is None else UUID(bytes=home)


def refused_claims(session: Session) -> list[Claim]:
    """Return the newest of what stations said of whom they may not speak, the newest first."""
    writers, row = writers_of(session.connection()), RefusedClaimRow
    newest = sa.select(row).order_by(row.version.desc(), row.table_name, row.row_id).limit(_MOST)
    return [_claim(one, writer_of(writers, one.version)) for one in session.scalars(newest)]


def _claim(row: RefusedClaimRow, writer: Writer | None) -> Claim:
    milliseconds = stamp_milliseconds(int.from_bytes(row.version[:8], "big"))
    return Claim(
        station=None if writer is None else writer.station,
        table=row.table_name,
        row_id=row.row_id,
        version=row.version,
        about_table=row.about_table,
        about_id=row.about_id,
        at=from_microseconds(min(milliseconds, _LATEST) * 1000),
    )


def _keep(connection: sa.Connection, writers: Iterable[Writer]) -> None:
    table = table_of(WriterRow)
    for one in writers:
        connection.execute(sa.delete(table).where(WriterRow.station == one.station))
        connection.execute(
            sa.insert(table).values(
                station=one.station, site_id=UUID(bytes=one.site), for_all=one.for_all
            )
        )


def _have_written(connection: sa.Connection, stations: list[bytes]) -> bool:
    wrote = sa.select(LogRow.id).where(
        LogRow.station.in_(stations), sa.or_(LogRow.applied.is_(None), LogRow.applied > 0)
    )
    return connection.execute(wrote.limit(1)).first() is not None


def _to_judge_anew(connection: sa.Connection) -> Iterator[tuple[str, bytes]]:
    """Yield the rows that hold what does not count, and those of which something was refused."""
    writers, homes = writers_of(connection), _Homes()
    for model in journalled_models():
        spoken = model.spoken
        if spoken is not None and issubclass(model, Record):
            for row in connection.execute(_columns(model, spoken)):
                if homes.holds_strange(model.__tablename__, spoken, row, writers):
                    yield model.__tablename__, row.id.bytes
    claims = sa.select(RefusedClaimRow.table_name, RefusedClaimRow.row_id)
    for table, key in connection.execute(claims):
        yield table, key.bytes


def _columns(model: type[Record], spoken: Spoken) -> sa.Select[Any]:
    names = ["id", "row_versions", *spoken.of, *filter(None, [spoken.home])]
    return sa.select(*(table_of(model).c[name] for name in names))


class _Homes:
    """Of which site each row is, as far as tables were gone through: parents come before children."""

    def __init__(self) -> None:
        self._homes: dict[str, dict[UUID, bytes | None]] = {}

    def holds_strange(self, table: str, spoken: Spoken, row: Any, writers: Writers) -> bool:
        """Tell whether a station wrote in a row that may not speak of it."""
        versions = unpack_versions(row.row_versions)
        sites = _sites_that_wrote(versions, writers)
        values = row._mapping  # noqa: SLF001  SQLAlchemy's public name for it
        homes = [self._homes.get(of, {}).get(values[name]) for name, of in spoken.of.items()]
        if spoken.home:
            claimed = values[spoken.home]
            births = split_versions(versions.get("", _UNKNOWN))
            own = home_of_births(writers, None if claimed is None else claimed.bytes, births)
            self._homes.setdefault(table, {})[row.id] = own
            homes.append(own)
        return any(home is not None and sites - {home} for home in homes)


def _sites_that_wrote(versions: Mapping[str, bytes], writers: Writers) -> set[bytes]:
    """Return the sites, other than headquarters, whose stations wrote in a row."""
    found = (writer_of(writers, v) for joined in versions.values() for v in split_versions(joined))
    return {one.site for one in found if one is not None and not one.for_all}


_MOST = 10_000
"""More is nothing that anybody reads."""
_UNKNOWN = bytes(16)
"""In the place of a version: what no program of ours wrote."""
_LATEST = 253_402_300_799_999
"""The last moment that can be shown, in milliseconds since 1970."""

__all__ = [
    "NOBODYS",
    "Claim",
    "Writer",
    "note_writers",
    "refused_claims",
    "site_of_beginning",
    "sites_of_beginnings",
]
