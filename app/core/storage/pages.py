"""Whether every page of a SQLite file is as it was written, looked at bit by bit while people work.

`Database.faults` says the same at one go, and of 2 GB on a slow disk for minutes on end. Here the disk is
read a megabyte at a time, and what looks wrong is only believed when `Database.faults` says so as well.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.core.storage.database import Database, SqliteFile
from app.core.storage.faults import check_damage

Breathe = Callable[[], None]
"""Called after each bit of work: waits, or stops the check by raising."""

PAGE: Final = 4096
_SALT, _SEAL = 16, 64
"""SQLCipher 4 puts the salt first in the file, and HMAC-SHA512 at the end of each page."""
_SALT_OF_SEALS, _ROUNDS = 0x3A, 2
"""zetetic.net/sqlcipher/design: the key of the seals is made out of the data key with this salt."""
_PAGES_AT_ONCE = 256
_STEPS_AT_ONCE = 20_000
"""Of SQLite's machine, between two breaths: some milliseconds."""


class PagesChecked(NamedTuple):
    """What was found."""

    pages: int
    faults: tuple[str, ...]
    """As SQLCipher and SQLite word them; none where the file is sound."""


@dataclass(frozen=True, slots=True)
class _Seals:
    """What the seals of a file's pages are made with."""

    key: bytes

    def holds(self, number: int, page: bytes) -> bool:
        """Tell whether a page, counted from 1, is as it was written."""
        sealed = memoryview(page)[_SALT if number == 1 else 0 : -_SEAL]
        made = hmac.digest(self.key, bytes(sealed) + number.to_bytes(4, "little"), "sha512")
        return len(page) == PAGE and hmac.compare_digest(made, page[-_SEAL:])


def check_pages(database: Database, breathe: Breathe) -> PagesChecked:
    """Fold the log into the file of a database, and look at each of its pages and tables.

    Raises TypeError for a database on a server, what `breathe` raises, and OSError.
    """
    location = database.location
    if not isinstance(location, SqliteFile):
        raise TypeError("a database on a server is checked there")
    from sqlcipher3 import dbapi2  # the C library is loaded when a database is

    try:
        database.fold_log(waits=False)
        is_sound = _is_whole(location, breathe) and _are_tables_whole(location, breathe)
    except dbapi2.DatabaseError as damage:
        check_damage(damage)
        is_sound = False
    pages = -(-location.path.stat().st_size // PAGE)
    return PagesChecked(pages, () if is_sound else database.faults())


def _is_whole(location: SqliteFile, breathe: Breathe) -> bool:
    """Tell whether every page is as it was written. An open file has no seals."""
    if location.key is None:
        return True
    with location.path.open("rb", buffering=0) as file:
        seals = _seals_of(location.key, file.read(_SALT))
        place, number = 0, 1
        while True:
            block = _read(file.fileno(), place)
            if not block:
                return True
            for start in range(0, len(block), PAGE):
                page = block[start : start + PAGE]
                if not seals.holds(number, page) and not _holds_now(location.path, seals, number):
                    return False
                number += 1
            place += len(block)
            breathe()


def _holds_now(path: Path, seals: _Seals, number: int) -> bool:
    """Look at a page once more: somebody may have folded the log in just as it was read."""
    with path.open("rb") as again:
        again.seek((number - 1) * PAGE)
        return seals.holds(number, again.read(PAGE))


def _read(descriptor: int, place: int) -> bytes:
    """Return a stretch of a file as the disk has it, where the system lets one ask past its memory."""
    size = _PAGES_AT_ONCE * PAGE
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, place, size, os.POSIX_FADV_DONTNEED)
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, size)


def _seals_of(key: bytes, salt: bytes) -> _Seals:
    other = bytes(one ^ _SALT_OF_SEALS for one in salt)
    return _Seals(hashlib.pbkdf2_hmac("sha512", key, other, _ROUNDS, len(key)))


def _are_tables_whole(location: SqliteFile, breathe: Breathe) -> bool:
    """Tell whether SQLite finds no fault with any table, one after the other, so that none is held for long."""
    from app.core.storage.driver import open_driver  # as above

    driver = open_driver(location.path, location.key)
    stopped: list[BaseException] = []

    def go_on() -> int:
        try:
            breathe()
        except BaseException as stop:  # noqa: BLE001  it goes on once SQLite has let go
            stopped.append(stop)
        return bool(stopped)

    driver.set_progress_handler(go_on, _STEPS_AT_ONCE)
    try:
        names = _run(driver, "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
        return all(
            _run(driver, f"PRAGMA quick_check({_quoted(name)})") == [("ok",)] for (name,) in names
        )
    except driver.DatabaseError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        driver.close()


def _run(driver: Any, words: str) -> list[tuple[str, ...]]:  # Any: the driver has no types
    found: list[tuple[str, ...]] = driver.execute(words).fetchall()
    return found


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
