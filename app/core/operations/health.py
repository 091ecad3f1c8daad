"""How the site is: what an administrator, or support, should look at."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from app.core.base.figures import duration, size
from app.core.base.words import _
from app.core.keys import KeyNotTrusted
from app.core.operations.site_folder import OpenSite
from app.core.storage.database import SQLITE_HEADER, SqliteFile

_log = logging.getLogger(__name__)

_LOW_DISK = 2_000_000_000


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


def check_health(opened: OpenSite) -> tuple[Check, ...]:
    """Look at disk, encryption, database, clock and keys. Quick; the journal has its own proof."""
    checks: tuple[Callable[[OpenSite], Check], ...] = (
        _disk,
        _encryption,
        _integrity,
        _clock,
        _keys,
        _identity,
    )
    return tuple(check(opened) for check in checks)


def _disk(opened: OpenSite) -> Check:
    free = shutil.disk_usage(opened.folder).free
    return Check(
        key="disk",
        title=_("Free disk space"),
        health=Health.GOOD if free > _LOW_DISK else Health.WATCH,
        says=_("{free} free").format(free=size(free)),
    )


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
    is_sound = _is_sound(opened)
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


def _identity(opened: OpenSite) -> Check:
    """Look whether other PCs believe this one: a copied data folder has no identity of its own."""
    title, key = _("This PC's key certificate"), "identity"
    if opened.authority.can_sign:
        says = _("This PC holds the site's key and certifies others.")
        return Check(key=key, title=title, health=Health.GOOD, says=says)
    try:
        opened.keys.ring().trusted(opened.station.fingerprint)
    except KeyNotTrusted:
        says = _("Other PCs do not believe this one. Ask for a certificate under Peers and keys.")
        return Check(key=key, title=title, health=Health.WATCH, says=says)
    says = _("The site has certified this PC.")
    return Check(key=key, title=title, health=Health.GOOD, says=says)
