"""Looks at the records' file, the stored files beside it and the disk they lie on."""

import logging
import shutil
from datetime import timedelta

import sqlalchemy as sa

from app.core.base.figures import moment, size
from app.core.base.words import _, plural
from app.core.content import AssetStore
from app.core.operations.backups import LOW_DISK, size_set_aside
from app.core.operations.disk_care import (
    damage_in_words,
    fullness_in_words,
    is_disk_full,
    read_disk_notes,
)
from app.core.operations.health.types import Check, Health
from app.core.operations.open_site import OpenSite
from app.core.storage.database import SQLITE_HEADER, SqliteFile

_log = logging.getLogger(__name__)
_PAGES_LATE = timedelta(days=7)
_UNSYNCED_TOLD = timedelta(days=30)


def check_disk(opened: OpenSite) -> Check:
    """Look whether there is room for the work to go on."""
    title = _("Free disk space")
    if is_disk_full(opened):
        return Check(key="disk", title=title, health=Health.BAD, says=fullness_in_words(opened))
    free, aside = shutil.disk_usage(opened.folder).free, size_set_aside(opened)
    says = [_("{free} free").format(free=size(free))]
    if aside:
        words = _("{aside} are records that a restore has set aside")
        says.append(words.format(aside=size(aside)))
    reserve = opened.site.database.reserve
    if reserve is not None and reserve.is_kept:
        words = _("{size} are kept in reserve for the day it is full")
        says.append(words.format(size=size(reserve.size)))
    health = Health.GOOD if free > LOW_DISK else Health.WATCH
    return Check(key="disk", title=title, health=health, says="; ".join(says) + ".")


def check_encryption(opened: OpenSite) -> Check:
    """Look whether the records lie in the open."""
    location = opened.site.database.location
    title = _("Encryption")
    if not isinstance(location, SqliteFile):
        says = _("The records are on a database server; its administrator answers for encryption.")
        return Check(key="encryption", title=title, health=Health.WATCH, says=says)
    with location.path.open("rb") as file:
        is_plain = file.read(len(SQLITE_HEADER)) == SQLITE_HEADER
    return Check(
        key="encryption",
        title=title,
        health=Health.BAD if is_plain else Health.GOOD,
        says=_("The records lie in the open.") if is_plain else _("The records are encrypted."),
    )


def check_integrity(opened: OpenSite) -> Check:
    """Look whether the database file is sound, as far as a quick look tells."""
    title = _("Database file")
    if not opened.site.database.is_sqlite:
        return Check(key="database", title=title, health=Health.GOOD, says=_("On a server."))
    is_sound = not read_disk_notes(opened).is_damaged and _is_sound(opened)
    return Check(
        key="database",
        title=title,
        health=Health.GOOD if is_sound else Health.BAD,
        says=_("The file is sound.")
        if is_sound
        else _("The file is damaged. Stop working on this PC and restore the last backup."),
    )


def _is_sound(opened: OpenSite) -> bool:
    try:
        with opened.site.read() as session:
            found = session.execute(sa.text("PRAGMA quick_check(1)")).scalar()
    except sa.exc.DatabaseError as damage:
        _log.warning("the database file cannot be checked: %s", damage.orig)
        return False
    if found != "ok":
        _log.warning("the database file is damaged: %s", found)
    return found == "ok"


def check_pages(opened: OpenSite) -> Check | None:
    """Tell what the last look at every page found; nothing where a server keeps the records."""
    if not opened.site.database.is_sqlite:
        return None
    key, title, notes = "pages", _("Every page of the file"), read_disk_notes(opened)
    if notes.is_damaged:
        says, command = damage_in_words(notes), "backup restore"
        return Check(key=key, title=title, health=Health.BAD, says=says, command=command)
    if notes.checked_at is None:
        says = _("They were not looked at yet; that is done when nobody is at the PC.")
        return Check(key=key, title=title, health=Health.GOOD, says=says, command="doctor --pages")
    words = plural("{count} page, and it is sound", "{count} pages, and all are sound", notes.pages)
    is_late = opened.site.clock.now() - notes.checked_at > _PAGES_LATE
    says = (
        _(
            "Last looked at on {moment}: {pages}. Leave Daksha open for an hour to have it done again."
        )
        if is_late
        else _("Looked at on {moment}: {pages}.")
    ).format(moment=moment(notes.checked_at), pages=words)
    health = Health.WATCH if is_late else Health.GOOD
    command = "doctor --pages" if is_late else ""
    return Check(key=key, title=title, health=health, says=says, command=command)


def check_files(opened: OpenSite) -> Check | None:
    """Tell of stored files that were found damaged; nothing where there are none."""
    found = read_disk_notes(opened).lost_files
    store = AssetStore(opened.assets, opened.site.clock)
    lost = [one for one in found if not store.place_for(one).exists()]  # it may have come since
    if not lost:
        return None
    says = plural(
        "{count} file of courses or records was found damaged and set aside; it is asked of other PCs "
        "with the next sync file. Where there are none, restore a backup or import the course again.",
        "{count} files of courses or records were found damaged and set aside; they are asked of other "
        "PCs with the next sync file. Where there are none, restore a backup or import the course again.",
        len(lost),
    )
    title = _("Stored files")
    return Check(key="files", title=title, health=Health.BAD, says=says, command="sync import")


def check_syncing(opened: OpenSite) -> Check | None:
    """Tell that the disk did not keep what was written to it; nothing where that is long ago."""
    at = read_disk_notes(opened).unsynced_at
    if at is None or opened.site.clock.now() - at > _UNSYNCED_TOLD:
        return None
    says = _(
        "On {moment} it did not keep what was written; the records were closed and opened anew. Have "
        "the disk looked at, and make backups on another one."
    ).format(moment=moment(at))
    title = _("Disk of this PC")
    return Check(
        key="syncing", title=title, health=Health.WATCH, says=says, command="doctor --pages"
    )
