"""How it stands with a peer, in one word and with an alarm: by our files on their way, and by its own silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.base.words import _, plural
from app.core.sync.board import PeerState, Twin

LONG, TOO_LONG = timedelta(days=14), timedelta(days=30)
"""How long a file may be on its way, or a peer silent, before that is remarked upon, and before it is an alarm."""


class PeerStanding(StrEnum):
    """How it stands with a peer."""

    THROUGH_HQ = "through-hq"
    """Nothing goes to it from here, and nothing comes: headquarters carry it on."""
    WAITS_FOR_PAPER = "waits-for-paper"
    LATE = "late"
    """A file has been away for long."""
    SILENT = "silent"
    """What it last said of itself is old."""
    ON_THE_WAY = "on-the-way"
    LACKS = "lacks"
    NEVER_HEARD = "never-heard"
    UP_TO_DATE = "up-to-date"


class Alarm(StrEnum):
    """How loudly it is to be told."""

    NONE = "none"
    WARNING = "warning"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with one peer at a moment."""

    state: PeerStanding
    alarm: Alarm
    words: str
    days_silent: int | None
    """Days since it last spoke of itself, by its own clock where that is not ahead; None: it never did."""


def standing_of(state: PeerState, now: datetime) -> Standing:
    """Return how it stands with a peer."""
    silent = _silence(state, now)
    standing, alarm = _stands(state, silent, now)
    return Standing(
        state=standing,
        alarm=alarm,
        words=_in_words(standing, state, silent, now),
        days_silent=None if silent is None else silent.days,
    )


def twins_in_words(twins: Iterable[Twin]) -> str:
    """Return the sentence about logs that went on in two ways; empty where there are none."""
    names = sorted({one.station for one in twins})
    if not names:
        return ""
    return _(
        "There are two of {names}: a data folder was copied or restored, and both went on. "
        "All that both wrote is kept; use only one from now on."
    ).format(names=", ".join(names))


def wrong_clock_in_words(state: PeerState) -> str:
    """Return the sentence about a peer whose clock was ahead when it spoke; empty where it was right."""
    if not state.clock_ahead:
        return ""
    return plural(
        "Its clock was {count} day ahead of this PC: how old its word is shows only from when it came. Set its clock right; while its newest record bears the later day, this stays.",
        "Its clock was {count} days ahead of this PC: how old its word is shows only from when it came. Set its clock right; while its newest record bears the later day, this stays.",
        state.clock_ahead.days,
    )


def unaware_in_words(state: PeerState) -> str:
    """Return the sentence about revoked keys of which a peer may not know; empty where it knows all."""
    if not state.unaware:
        return ""
    keys = plural("{count} revoked key", "{count} revoked keys", state.unaware)
    words = _("It has not said that it knows of {keys}: it may still take in files of theirs.")
    return f"{words.format(keys=keys)} {_('Write a file for it.')}"


def alarm_after(age: timedelta) -> Alarm:
    """Return how loudly something is told that has lasted so long."""
    if age >= TOO_LONG:
        return Alarm.ALARM
    return Alarm.WARNING if age >= LONG else Alarm.NONE


def _silence(state: PeerState, now: datetime) -> timedelta | None:
    """Return how long ago a peer spoke of itself."""
    return None if state.as_of is None else max(now - state.as_of, timedelta())


def _stands(
    state: PeerState, silent: timedelta | None, now: datetime
) -> tuple[PeerStanding, Alarm]:
    if not state.may_send:
        return PeerStanding.THROUGH_HQ, Alarm.NONE
    alarm = _alarm_of(state, silent, now)
    if alarm is not None:
        return alarm
    if state.on_the_way:
        waits = state.one_way is not None
        return PeerStanding.WAITS_FOR_PAPER if waits else PeerStanding.ON_THE_WAY, Alarm.NONE
    if state.has_news:
        return PeerStanding.LACKS, Alarm.NONE
    never = silent is None and state.one_way is None
    return PeerStanding.NEVER_HEARD if never else PeerStanding.UP_TO_DATE, Alarm.NONE


def _alarm_of(
    state: PeerState, silent: timedelta | None, now: datetime
) -> tuple[PeerStanding, Alarm] | None:
    """Return what is too old, the worse of the two; None where nothing is, or nothing is to come back."""
    if state.one_way is not None:
        return None
    away = now - state.oldest_on_the_way if state.oldest_on_the_way else timedelta()
    late, hushed = alarm_after(away), alarm_after(silent or timedelta())
    if hushed is not Alarm.NONE and (late is Alarm.NONE or hushed is Alarm.ALARM is not late):
        return PeerStanding.SILENT, hushed
    return None if late is Alarm.NONE else (PeerStanding.LATE, late)


def _in_words(
    standing: PeerStanding, state: PeerState, silent: timedelta | None, now: datetime
) -> str:
    count = 0
    if standing is PeerStanding.LATE and state.oldest_on_the_way is not None:
        count = (now - state.oldest_on_the_way).days
    elif standing is PeerStanding.SILENT and silent is not None:
        count = silent.days
    told = {
        PeerStanding.THROUGH_HQ: _("Through HQ alone"),
        PeerStanding.WAITS_FOR_PAPER: _("Waits for its paper receipt"),
        PeerStanding.LATE: plural(
            "No word of it for {count} day", "No word of it for {count} days", count
        ),
        PeerStanding.SILENT: plural("Silent for {count} day", "Silent for {count} days", count),
        PeerStanding.ON_THE_WAY: plural(
            "{count} file on the way", "{count} files on the way", state.on_the_way
        ),
        PeerStanding.LACKS: plural("Lacks {count} entry", "Lacks {count} entries", state.lacks),
        PeerStanding.NEVER_HEARD: _("Not heard of yet"),
        PeerStanding.UP_TO_DATE: _("Up to date"),
    }
    return told[standing]
