"""All the looks, one after the other: what an administrator, or support, should look at."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import TypeVar

import sqlalchemy as sa

from app.core.base.figures import duration
from app.core.base.program_log import noted
from app.core.base.words import _, plural
from app.core.operations.health.access import check_claims, check_protection
from app.core.operations.health.copies import check_set_aside, check_twins
from app.core.operations.health.keys import check_identity, check_key_ages, check_signing
from app.core.operations.health.records import (
    check_disk,
    check_encryption,
    check_files,
    check_integrity,
    check_pages,
    check_syncing,
)
from app.core.operations.health.types import Check, Health
from app.core.operations.open_site import OpenSite
from app.core.storage.faults import DatabaseDamaged, told_of

_log = logging.getLogger(__name__)
_Told = TypeVar("_Told")
_LOOK_BACK = timedelta(days=7)


def check_health(opened: OpenSite) -> tuple[Check, ...]:
    """Look at disk, encryption, database, clock and keys. Quick; the journal has its own proof."""
    checks: tuple[Callable[[OpenSite], Check | None], ...] = (
        check_disk,
        check_encryption,
        check_integrity,
        check_pages,
        check_files,
        check_syncing,
        _clock,
        check_signing,
        check_identity,
        check_key_ages,
        _program,
    )
    several: tuple[Callable[[OpenSite], Iterable[Check]], ...] = (
        check_twins,
        check_claims,
        check_set_aside,
        check_protection,
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
