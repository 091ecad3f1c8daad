"""Making a backup: a copy of the records of one moment, and the stored files that are not there yet."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from app.core.base.clock import to_microseconds
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.journal import Station, hash_at, stored_logs
from app.core.keys import SiteTold, read_register
from app.core.operations.backups.asset_copies import AssetCopies, sealed_size
from app.core.operations.backups.errors import NoRoomForBackup, ServerKeepsRecords
from app.core.operations.backups.format import (
    SUFFIX,
    VERSION,
    Header,
    blocks_of_backup,
    key_check,
    read_backup,
)
from app.core.operations.backups.place import Place
from app.core.operations.backups.rules import dispensable, kept
from app.core.operations.backups.types import Backup, LogEnd, Made, Occasion
from app.core.operations.backups.workshop import work_in
from app.core.operations.kept_register import paper_beside
from app.core.storage.database import Database, SqliteFile
from app.core.storage.faults import told_plainly
from app.core.storage.room import MARGIN, free_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What backups are made of: the records of one site, and where they lie."""

    folder: Path
    """The data folder."""
    slots: Path
    database: Database
    site_id: UUID
    station: Station

    @property
    def assets(self) -> Path:
        """Return where stored files lie."""
        return self.folder / "assets"

    @property
    def file(self) -> SqliteFile:
        """Return the database's file. Raises ServerKeepsRecords."""
        if not isinstance(self.database.location, SqliteFile):
            raise ServerKeepsRecords
        return self.database.location

    @property
    def data_key(self) -> bytes:
        """Return the key that the records are encrypted with. Raises ServerKeepsRecords."""
        return self.file.key or b""

    def is_ours(self, backup: Backup) -> bool:
        """Tell whether a backup was made on this PC, of this site."""
        return (backup.site_id, backup.station) == (self.site_id, self.station.fingerprint)


@dataclass(frozen=True, slots=True)
class _Asset:
    sha256: str
    size: int


class Maker:
    """Makes backups of some records in one place, and lets old ones go."""

    def __init__(self, records: Records, place: Place, now: datetime) -> None:
        self._records = records
        self._place = place
        self._now = now

    def make(
        self,
        occasion: Occasion,
        *,
        path: Path | None = None,
        with_assets: bool,
        sound: frozenset[bytes] = frozenset(),
        progress: Progress | None = None,
    ) -> Made:
        """Make a backup, under a name of its own where no `path` is given.

        Old ones go by the rules, and more of them when the disk is full, but only with a name of
        its own. Raises ServerKeepsRecords, BackupUnderWay, NoRoomForBackup, PlaceUntrue and what
        the disk does; whatever was there before is as it was then.
        """
        records, step = self._records, progress or NoProgress()
        with work_in(records.folder) as workshop:
            self._place.tidy()
            self._check_room_here()
            copy = SqliteFile(path=workshop / "site.db", key=records.data_key)
            step.step(0, 0, _("Copying the records"))
            with told_plainly():
                records.database.copy_to(copy.path, step)
            paper = paper_beside(records.slots.parent)
            told = read_register(paper) if paper else None
            facts, assets = _facts_of(
                copy, records.site_id, told, with_logs=occasion != Occasion.UPGRADE
            )
            copies = AssetCopies(self._place, records.data_key)
            missing = [a for a in assets if not copies.holds(a.sha256, a.size)]
            wanted = missing if with_assets else []
            needed = copy.path.stat().st_size + sum(sealed_size(a.size) for a in wanted)
            self._make_room(needed, sound if path is None else None)
            damaged = self._copy_assets(copies, wanted, step)
            slots = records.slots.read_bytes()
            header = self._header(
                facts, occasion, (slots, paper, copy.path), with_assets=with_assets
            )
            target = path or self._place.folder / _name(facts.code, header, self._now)
            blocks = blocks_of_backup(header, slots + paper, copy.path, records.data_key, step)
            self._place.write(target, blocks)
            return Made(backup=read_backup(target), damaged_assets=damaged)

    def rotate(self, sound: frozenset[bytes]) -> None:
        """Let those of this PC's backups go that the rules do not keep."""
        ours = self._ours()
        stays = kept(ours, sound)
        for backup in ours:
            if backup.path not in stays:
                self._place.remove(backup)

    def _ours(self) -> list[Backup]:
        return [each for each in self._place.backups() if self._records.is_ours(each)]

    def _check_room_here(self) -> None:
        needed = self._records.file.path.stat().st_size + MARGIN
        free = free_at(self._records.folder)
        if free < needed:
            raise NoRoomForBackup(self._records.folder, needed, free)

    def _make_room(self, needed: int, sound: frozenset[bytes] | None) -> None:
        """Ask for room before anything is written; let backups go for it where that is allowed."""
        if sound is not None and self._place.room() < needed + MARGIN:
            self.rotate(sound)
            for backup in dispensable(self._ours(), sound):
                if self._place.room() >= needed + MARGIN:
                    break
                self._place.remove(backup)
        free = self._place.room()
        if free < needed + MARGIN:
            raise NoRoomForBackup(self._place.folder, needed + MARGIN, free)

    def _copy_assets(self, copies: AssetCopies, assets: list[_Asset], progress: Progress) -> int:
        """Put stored files beside the backup; return how many are gone or damaged here."""
        damaged = 0
        for done, asset in enumerate(assets):
            progress.step(done, len(assets), _("Copying stored files"))
            source = self._records.assets / asset.sha256[:2] / asset.sha256
            damaged += not copies.add(asset.sha256, source)
        return damaged

    def _header(
        self,
        facts: "_Facts",
        occasion: Occasion,
        parts: tuple[bytes, bytes, Path],
        *,
        with_assets: bool,
    ) -> Header:
        records, (slots, paper, copy) = self._records, parts
        return Header(
            version=VERSION,
            site_id=records.site_id.bytes,
            site_name=facts.name,
            number=max([0, *(each.number for each in self._ours())]) + 1,
            made_at=to_microseconds(self._now),
            occasion=occasion.value,
            schema=facts.schema,
            station=records.station.fingerprint,
            incarnation=records.station.incarnation,
            logs=list(facts.logs),
            entries=facts.entries,
            has_assets=with_assets,
            key_check=key_check(records.data_key),
            slots=len(slots),
            register=len(paper),
            database=copy.stat().st_size,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What a copy of the records says of itself."""

    name: str
    code: str
    schema: str
    entries: int
    logs: tuple[LogEnd, ...]


def _facts_of(
    copy: SqliteFile, site_id: UUID, told: SiteTold | None, *, with_logs: bool
) -> tuple[_Facts, tuple[_Asset, ...]]:
    """Read a copy, whose schema may be an older one: then without its logs."""
    database = Database(copy)
    try:
        with database.read() as session:
            named = sa.text("SELECT name, code FROM site WHERE id = :id")
            row = session.execute(named, {"id": site_id.bytes}).one_or_none()
            schema = session.scalar(sa.text("SELECT version_num FROM alembic_version"))
            entries = session.scalar(sa.text("SELECT count(*) FROM journal_entry"))
            rows = session.execute(sa.text("SELECT sha256, size FROM asset ORDER BY sha256"))
            assets = tuple(_Asset(row.sha256, row.size) for row in rows)
            logs = _log_ends(session.connection()) if with_logs else ()
    finally:
        database.close()
    called = row or told  # the records of a PC that has joined and waits do not name the site yet
    facts = _Facts(
        name=called.name if called else "",
        code=called.code if called else "",
        schema=str(schema),
        entries=entries or 0,
        logs=logs,
    )
    return facts, assets


def _log_ends(connection: sa.Connection) -> tuple[LogEnd, ...]:
    return tuple(
        LogEnd(
            log.name.station,
            log.name.incarnation,
            log.name.scope.value,
            log.branch,
            log.last,
            hash_at(connection, log, log.last) or b"",
        )
        for log in stored_logs(connection)
    )


def _name(code: str, header: Header, now: datetime) -> str:
    """Return what a backup is called: any file system takes it, and it sorts by time."""
    plain = re.sub(r"[^A-Za-z0-9]", "", code)[:16] or "SITE"
    local = now.astimezone()
    return f"{plain}-{header.station[:2].hex()}-{local:%Y-%m-%d-%H%M}-{header.number:04}{SUFFIX}"
