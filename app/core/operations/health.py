"""How the site is: what an administrator, or support, should look at."""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import TypeVar

import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.figures import duration, moment, size
from app.core.base.program_log import noted
from app.core.base.words import _, plural
from app.core.content import AssetStore
from app.core.keys import (
    KeyKind,
    KeyLine,
    KeyNotTrusted,
    KeyState,
    SiteFileDamaged,
    SlotKind,
    SlotState,
)
from app.core.operations.backups import LOW_DISK, LastGood, proposed_to_go, size_set_aside
from app.core.operations.disk_care import (
    damage_in_words,
    fullness_in_words,
    is_disk_full,
    read_disk_notes,
)
from app.core.operations.folder_errors import NoDataKey
from app.core.operations.notices import new_logs_in_words
from app.core.operations.open_site import OpenSite
from app.core.operations.protection import Ways, ways_of
from app.core.storage.database import SQLITE_HEADER, SqliteFile
from app.core.storage.faults import DatabaseDamaged, told_of
from app.core.sync import claims_in_words, claims_of, twins_in_words, twins_of

_log = logging.getLogger(__name__)
_Told = TypeVar("_Told")
_LOOK_BACK = timedelta(days=7)
_PAGES_LATE = timedelta(days=7)
_UNSYNCED_TOLD = timedelta(days=30)


class Health(StrEnum):
    """How serious a finding is."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    key: str
    title: str
    health: Health
    says: str
    command: str = ""
    """What mends it on the command line, where a command does."""


def check_health(opened: OpenSite) -> tuple[Check, ...]:
    """Look at disk, encryption, database, clock and keys. Quick; the journal has its own proof."""
    checks: tuple[Callable[[OpenSite], Check | None], ...] = (
        _disk,
        _encryption,
        _integrity,
        _pages,
        _files,
        _syncing,
        _clock,
        _keys,
        _identity,
        _key_ages,
        _program,
    )
    several: tuple[Callable[[OpenSite], Iterable[Check]], ...] = (
        _copies,
        _claims,
        _set_aside,
        _protection,
    )
    found = looked(*(partial(_one, check, opened) for check in checks))
    return (*found, *looked(*(partial(check, opened) for check in several)))


def looked(*looks: Callable[[], Iterable[_Told]]) -> tuple[_Told, ...]:
    """Return what each look tells; of a damaged file those tell nothing that cannot read it."""
    found: list[_Told] = []
    for look in looks:
        try:
            found += look()
        except sa.exc.DBAPIError as error:
            if told_of(error) is not DatabaseDamaged:
                raise
            _log.warning("the records cannot be read: %s", error.orig)
    return tuple(found)


def _one(check: Callable[[OpenSite], Check | None], opened: OpenSite) -> tuple[Check, ...]:
    told = check(opened)
    return () if told is None else (told,)


def check_backups(opened: OpenSite, last: LastGood | None) -> tuple[Check, ...]:
    """Look how old the last backup is that is known to hold; nothing where a server looks after that."""
    if last is None:
        return ()
    if last.trouble or last.is_newest_bad:
        says, health = _("The newest does not hold, or could not be made."), Health.WATCH
    elif last.at is None:
        says, health = _("None has been made and proved yet."), Health.WATCH
    else:
        days = (opened.site.clock.now() - last.at).days
        says = plural(
            "The last one that is known to hold is {count} day old.",
            "The last one that is known to hold is {count} days old.",
            days,
        )
        health = Health.WATCH if last.is_old else Health.GOOD
    command = "" if health is Health.GOOD else "backup create"
    return (Check(key="backup", title=_("Backup"), health=health, says=says, command=command),)


def _key_ages(opened: OpenSite) -> Check:
    """Look how old the keys are with which this PC signs, and its site."""
    signs = [one for one in opened.keys.care.inventory(system_actor()) if _signs_here(one)]
    title, now = _("Age of the keys"), opened.site.clock.now()
    due = [one for one in signs if one.state is not KeyState.IN_USE]
    if due:
        says = plural(
            "{count} key is older than a year or has run out. Make new keys.",
            "{count} keys are older than a year or have run out. Make new keys.",
            len(due),
        )
        command = "sync rotate" if any(one.is_this_pc for one in due) else "sync rotate --site"
        return Check(key="key-ages", title=title, health=Health.WATCH, says=says, command=command)
    oldest = max((one.age(now) for one in signs), default=None)
    says = (
        _("This PC has none yet that others know.")
        if oldest is None
        else plural(
            "The oldest that signs here is {count} day old.",
            "The oldest that signs here is {count} days old.",
            oldest.days,
        )
    )
    return Check(key="key-ages", title=title, health=Health.GOOD, says=says)


def _signs_here(line: KeyLine) -> bool:
    is_ours = line.is_this_pc or (line.is_own_site and line.kind is KeyKind.SITE)
    return is_ours and line.state in (KeyState.IN_USE, KeyState.OLD, KeyState.EXPIRED)


def _disk(opened: OpenSite) -> Check:
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


def _pages(opened: OpenSite) -> Check | None:
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


def _files(opened: OpenSite) -> Check | None:
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


def _syncing(opened: OpenSite) -> Check | None:
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


def _program(opened: OpenSite) -> Check:
    since = opened.site.clock.now() - _LOOK_BACK
    mistakes = [one for one in noted(opened.folder) if one.is_mistake and one.at >= since]
    says = plural(
        "{count} mistake was noted in seven days; “Copy for support” takes along where.",
        "{count} mistakes were noted in seven days; “Copy for support” takes along where.",
        len(mistakes),
    )
    return Check(
        key="program",
        title=_("Program"),
        health=Health.WATCH if mistakes else Health.GOOD,
        says=says if mistakes else _("No mistake of the program was noted in seven days."),
    )


def _copies(opened: OpenSite) -> Iterator[Check]:
    """Look whether a PC of the site is there twice, or goes on in new logs that nobody has read of."""
    title, command = _("Copies of a PC"), "sync twins --seen"
    twins = twins_in_words(twins_of(opened.site, opened.keys))
    if twins:
        yield Check(key="twins", title=title, health=Health.BAD, says=twins, command=command)
    for one in opened.incarnations.unseen(system_actor()):
        health = Health.BAD if one.is_twin else Health.WATCH
        says = new_logs_in_words(one)
        yield Check(key="twins", title=title, health=health, says=says, command=command)


def _claims(opened: OpenSite) -> tuple[Check, ...]:
    """Look whether another site said who may sign in here; nothing where none did."""
    says = "\n".join(claims_in_words(claims_of(opened.site, opened.keys)))
    title, command = _("Who may sign in"), "sync claims --seen"
    check = Check(key="claims", title=title, health=Health.BAD, says=says, command=command)
    return (check,) if says else ()


def _set_aside(opened: OpenSite) -> tuple[Check, ...]:
    """Look whether records that were set aside may go; nothing where none do."""
    count = len(proposed_to_go(opened))
    if not count:
        return ()
    says = plural(
        "{count} copy of the records from before a restore may go. Clear it under Backups.",
        "{count} copies of the records from before a restore may go. Clear them under Backups.",
        count,
    )
    return (Check(key="set-aside", title=_("Set aside"), health=Health.WATCH, says=says),)


def _encryption(opened: OpenSite) -> Check:
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


def _integrity(opened: OpenSite) -> Check:
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


def _protection(opened: OpenSite) -> tuple[Check, ...]:
    """Look who can open the records; nothing where a server looks after that."""
    try:
        ways = ways_of(opened)
    except NoDataKey:
        return ()
    except SiteFileDamaged as damage:
        title = _("Ways to the records")
        return (Check(key="ways", title=title, health=Health.BAD, says=damage.sentence),)
    return _ways(ways), _start(ways), _kit(ways)


def _ways(ways: Ways) -> Check:
    """Look whether the slot file is as this program left it."""
    health = Health.GOOD if ways.state is SlotState.WHOLE else Health.BAD
    if ways.state is SlotState.ALTERED:
        says = _("Another hand has changed the list of passwords. Look at it: site key list.")
    elif ways.state is SlotState.OLDER:
        says = _("An older list of passwords was put back; one that had ended may open again.")
    else:
        count = sum(way.kind is SlotKind.PASSWORD for way in ways.ways)
        says = plural("{count} password opens them.", "{count} passwords open them.", count)
    return Check(key="ways", title=_("Ways to the records"), health=health, says=says)


def _start(ways: Ways) -> Check:
    """Tell whether this PC opens the records by itself: whoever has the PC then has the key."""
    asks = not ways.has(SlotKind.MACHINE)
    return Check(
        key="start",
        title=_("At the start"),
        health=Health.GOOD if asks else Health.WATCH,
        says=_("Somebody is asked before the records open.")
        if asks
        else _(
            "This PC opens the records by itself: who takes the PC takes the key. "
            "Encrypt its disk, or have it ask."
        ),
        command="" if asks else "site key ask",
    )


def _kit(ways: Ways) -> Check:
    kit = ways.kit
    return Check(
        key="kit",
        title=_("Recovery kit"),
        health=Health.WATCH if kit is None else Health.GOOD,
        says=_("None is printed: a lost password would lose the records.")
        if kit is None
        else _("Kit {number} is kept by {names}.").format(
            number=kit.number, names=", ".join(kit.keepers)
        ),
        command="site recovery-kit" if kit is None else "",
    )


def _clock(opened: OpenSite) -> Check:
    behind = opened.site.clock_backstep()
    if behind:
        says = _("The clock stands {time} behind the newest entry; set it right.").format(
            time=duration(behind)
        )
        return Check(key="clock", title=_("Clock"), health=Health.BAD, says=says)
    return Check(
        key="clock", title=_("Clock"), health=Health.GOOD, says=_("The clock has not gone back.")
    )


def _keys(opened: OpenSite) -> Check:
    can_sign = opened.authority.can_sign
    return Check(
        key="keys",
        title=_("Signing keys"),
        health=Health.GOOD if can_sign else Health.WATCH,
        says=_("This PC can sign certificates.")
        if can_sign
        else _("This PC cannot sign certificates; they are issued where the site was set up."),
    )


def is_enrolled(opened: OpenSite) -> bool:
    """Tell whether the site has certified this PC, or this is the PC that certifies."""
    if opened.authority.can_sign:
        return True
    try:
        opened.keys.ring().trusted(opened.station.fingerprint)
    except KeyNotTrusted:
        return False
    return True


def _identity(opened: OpenSite) -> Check:
    """Look whether other PCs believe this one: a copied data folder has no identity of its own."""
    title, key = _("This PC's key certificate"), "identity"
    if opened.authority.can_sign:
        says = _("This PC holds the site's key and certifies others.")
        return Check(key=key, title=title, health=Health.GOOD, says=says)
    if not is_enrolled(opened):
        says = _("Other PCs do not believe this one. Ask for a certificate under Peers and keys.")
        return Check(key=key, title=title, health=Health.WATCH, says=says)
    says = _("The site has certified this PC.")
    return Check(key=key, title=title, health=Health.GOOD, says=says)
