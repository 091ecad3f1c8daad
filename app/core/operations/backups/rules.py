"""Which backups stay, and when the next is due. Backups of one station, by number, newest first."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime
from pathlib import Path

from app.core.operations.backups.types import Backup, Occasion

GENERATIONS = 3
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
_BEFORE_UPGRADES = 3
OLD_AFTER_DAYS = 7
"""From when on an administrator is told that the last good backup is old."""

_BUCKETS: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
    (_DAYS, lambda day: day),
    (_WEEKS, lambda day: day.isocalendar()[:2]),
    (_MONTHS, lambda day: (day.year, day.month)),
)


def kept(backups: Sequence[Backup], sound: frozenset[bytes]) -> frozenset[Path]:
    """Return the files that stay: the newest, one of each day, week and month, those before upgrades.

    The newest that is known to be `sound` (by digest) stays whatever its age.
    """
    stays = [*backups[:GENERATIONS]]
    stays += [each for each in backups if each.digest in sound][:1]
    stays += [each for each in backups if each.occasion is Occasion.UPGRADE][:_BEFORE_UPGRADES]
    for most, bucket_of in _BUCKETS:
        newest: dict[Hashable, Backup] = {}
        for each in backups:
            newest.setdefault(bucket_of(each.made_at.astimezone().date()), each)
        stays += list(newest.values())[:most]
    return frozenset(each.path for each in stays)


def dispensable(backups: Sequence[Backup], sound: frozenset[bytes]) -> tuple[Backup, ...]:
    """Return those that may go when the disk is full, the oldest first: all but the newest good ones."""
    good = [each for each in backups if each.digest in sound]
    stays = {each.path for each in (*backups[:1], *good[:1])}
    return tuple(each for each in reversed(backups) if each.path not in stays)


def is_due(last: datetime | None, now: datetime) -> bool:
    """Tell whether the day has had no backup; a clock that was set back does not put it off."""
    return last is None or last.astimezone().date() != now.astimezone().date()
