"""Care of the disk of a PC: room kept in reserve, and a look at every page of the records once a day.

What was found lies in a file beside the records: of those that are damaged nothing should be written into
them, and those that take their place know nothing of it.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from app.core.base.actor import Actor, Capability
from app.core.base.clock import Clock, from_microseconds, to_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.figures import moment
from app.core.base.figures import size as size_in_words
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content import AssetStore, prove_files, stored_files
from app.core.operations.notices import SiteNotice
from app.core.operations.open_site import OpenSite
from app.core.storage.database import SqliteFile
from app.core.storage.faults import told_plainly
from app.core.storage.pages import Breathe, PagesChecked, check_pages
from app.core.storage.reserve import RESERVE_BYTES
from app.core.storage.room import free_at

_log = logging.getLogger(__name__)
_FILE = "disk.json"
_DUE_AFTER = timedelta(hours=24)
_OVERDUE_AFTER = timedelta(hours=36)
"""From when on the check does not wait any longer for nobody to be there."""
_RESTS = 3
"""How many times as long as it works a check in the background rests, so that others have the disk."""
_SECONDS_AT_ONCE = 0.02
_MOST_FAULTS = 20
_MOST_FILE_BYTES = 8_000_000_000
"""Of stored files that are looked at on one day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskNotes:
    """What this PC knows of its disk."""

    checked_at: datetime | None = None
    """When every page of the records was looked at last."""
    pages: int = 0
    faults: tuple[str, ...] = ()
    """What was found wrong then."""
    reached: str = ""
    """Up to which stored file the last look came; "" where it came through all of them."""
    lost_files: tuple[str, ...] = ()
    """Hashes of stored files that were found damaged and set aside."""
    unsynced_at: datetime | None = None
    """When the disk last did not keep what was written to it."""

    @property
    def is_damaged(self) -> bool:
        """Tell whether the last look found the records' file damaged."""
        return bool(self.faults)


class CheckUnderWay(UserFacingError):
    """The file is being looked at already."""

    def __init__(self) -> None:
        super().__init__(
            _("The records' file is being checked already."),
            safe=_("Nothing was changed."),
            remedy=_("Wait until it is done; the result stands on the page System."),
        )


class DiskCare:
    """Keeps room in reserve, and has the pages of an open site's records looked at."""

    def __init__(self, opened: OpenSite, reserve_bytes: int = RESERVE_BYTES) -> None:
        """Take how much is to be kept in reserve; 0 for nothing."""
        self._reserve_bytes = reserve_bytes
        self._opened = opened
        self._folder = _beside(opened)
        self._database = opened.site.database
        self._clock = opened.site.clock
        self._assets = AssetStore(opened.assets, opened.site.clock)
        self._is_checking = False
        self._database.on_unsynced.append(self._note_unsynced)

    def keep_reserve(self) -> bool:
        """Keep room in reserve where the disk has it; tell whether it is kept. A server's disk is not ours."""
        reserve = self._database.reserve
        size = self._reserve_bytes
        return reserve is not None and bool(size) and reserve.keep(size)

    @property
    def is_full(self) -> bool:
        """Tell whether the room kept in reserve was given up and the disk has none for it yet."""
        return is_disk_full(self._opened)

    def notices(self, actor: Actor) -> tuple[SiteNotice, ...]:
        """Return what an administrator has to see to on this PC's disk."""
        actor.require(Capability.MANAGE_SITE)
        told = []
        notes = self.notes()
        if notes.is_damaged:
            told.append(SiteNotice(words=damage_in_words(notes)))
        if self.is_full:
            told.append(SiteNotice(words=fullness_in_words(self._opened), on_system_page=True))
        return tuple(told)

    def notes(self) -> DiskNotes:
        """Return what is known of the disk."""
        return read_disk_notes(self._opened)

    def is_due(self, *, is_idle: bool) -> bool:
        """Tell whether the pages are to be looked at now: each day, when nobody is there if that comes soon."""
        if not self._database.is_sqlite or self._is_checking:
            return False
        last = self.notes().checked_at
        now = self._clock.now()
        if last is None or last > now:  # never, or by a clock that was set back since
            return is_idle
        return now - last >= (_DUE_AFTER if is_idle else _OVERDUE_AFTER)

    def check(self, actor: Actor, progress: Progress | None = None) -> DiskNotes:
        """Look at every page as fast as it goes. Raises NotAllowed, CheckUnderWay, what the disk does."""
        actor.require(Capability.MANAGE_SITE)
        return self._checked(progress or NoProgress(), rests=0)

    def check_in_background(self, progress: Progress) -> DiskNotes:
        """Look at every page, resting most of the time. Raises as `check` does, and Cancelled."""
        return self._checked(progress, rests=_RESTS)

    def _checked(self, progress: Progress, *, rests: int) -> DiskNotes:
        if self._is_checking:
            raise CheckUnderWay
        self._is_checking = True
        try:
            breathe = _breathing(self._clock, progress, rests)
            with told_plainly():
                found = check_pages(self._database, breathe)
            return self._noted(found, breathe)
        finally:
            self._is_checking = False

    def _noted(self, found: PagesChecked, breathe: Breathe) -> DiskNotes:
        """Look at stored files, too, where the records are sound, and note all that was found."""
        if found.faults:
            _log.warning("the records' file is damaged: %s", found.faults[0])
        fresh = replace(
            self.notes(),
            checked_at=self._clock.now(),
            pages=found.pages,
            faults=found.faults[:_MOST_FAULTS],
            **({} if found.faults else self._files_proved(breathe)),
        )
        self._write(fresh)
        return fresh

    def _files_proved(self, breathe: Breathe) -> dict[str, Any]:
        """Look at some of the stored files, and go on from there the next time; return what to note."""
        before = self.notes()
        with self._opened.site.read() as session:
            files = tuple(stored_files(session))
        with told_plainly():
            found = prove_files(
                self._assets, files, breathe, after=before.reached, most_bytes=_MOST_FILE_BYTES
            )
        if found.damaged:
            _log.warning("stored files are damaged: %s", ", ".join(found.damaged))
        sizes = {file.sha256: file.size for file in files}
        lost = [one for one in (*before.lost_files, *found.damaged) if one in sizes]
        still = tuple(one for one in lost if not self._assets.holds(one, sizes[one]))
        return {"reached": found.reached, "lost_files": still}

    def _note_unsynced(self) -> None:
        with suppress(
            UserFacingError
        ):  # a disk that is failing: the program's own log has it, perhaps
            self._write(replace(self.notes(), unsynced_at=self._clock.now()))

    def _write(self, notes: DiskNotes) -> None:
        """Keep what is known. It is not brought down: a disk that cannot do that is told of here."""
        fields = asdict(notes)
        for name in ("checked_at", "unsynced_at"):
            fields[name] = None if fields[name] is None else to_microseconds(fields[name])
        fresh = self._folder / f"{_FILE}.new"
        with told_plainly():
            fresh.write_text(json.dumps(fields), "utf-8")
            fresh.replace(self._folder / _FILE)


def _beside(opened: OpenSite) -> Path:
    location = opened.site.database.location
    return location.path.parent if isinstance(location, SqliteFile) else opened.folder


def read_disk_notes(opened: OpenSite) -> DiskNotes:
    """Return what this PC knows of its disk; a file that cannot be read is as good as none."""
    try:
        untrusted = json.loads((_beside(opened) / _FILE).read_text("utf-8"))
        return DiskNotes(
            checked_at=_instant(untrusted["checked_at"]),
            pages=int(untrusted["pages"]),
            faults=tuple(map(str, untrusted["faults"])),
            unsynced_at=_instant(untrusted["unsynced_at"]),
            reached=str(untrusted["reached"]),
            lost_files=tuple(map(str, untrusted["lost_files"])),
        )
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return DiskNotes()


def is_disk_full(opened: OpenSite) -> bool:
    """Tell whether the room kept in reserve was given up and the disk has none for it yet."""
    reserve = opened.site.database.reserve
    return (
        reserve is not None and not reserve.is_kept and free_at(opened.folder) < 2 * RESERVE_BYTES
    )


def fullness_in_words(opened: OpenSite) -> str:
    """Return that the disk is full, what is safe, and what to do."""
    return _(
        "The disk of this PC is full: {free} are free, and the room kept in reserve was given up. What "
        "learners do is kept while that lasts. Free some space now."
    ).format(free=size_in_words(free_at(opened.folder)))


def damage_in_words(notes: DiskNotes) -> str:
    """Return that the records' file is damaged, and the way to recover."""
    when = "" if notes.checked_at is None else moment(notes.checked_at)
    return _(
        "On {moment} the records' file on this PC was found damaged. Stop working here and restore the "
        "last backup that is verified; what was recorded since comes back from the other PCs and sites "
        "with their next sync files."
    ).format(moment=when)


def _instant(untrusted: object) -> datetime | None:
    if untrusted is None:
        return None
    if not isinstance(untrusted, int):
        raise TypeError
    return from_microseconds(untrusted)


def _breathing(clock: Clock, progress: Progress, rests: int) -> Callable[[], None]:
    """Return what is called between two bits of work: rests in proportion to it, and stops when asked to."""
    began, never = clock.monotonic(), Event()

    def breathe() -> None:
        nonlocal began
        progress.step(0, 0, _("Checking the records' file"))
        worked = clock.monotonic() - began
        if rests and worked >= _SECONDS_AT_ONCE:
            never.wait(worked * rests)
        began = clock.monotonic() if rests and worked >= _SECONDS_AT_ONCE else began

    return breathe
