"""How it stands with a peer, and what became of a file, in words with a tone and a shape."""

from datetime import datetime

from app.core.base.figures import ago, moment
from app.core.base.words import _, plural
from app.core.sync import (
    Alarm,
    FileState,
    IncomingFile,
    PeerStanding,
    PeerState,
    SentFile,
    alarm_after,
    newer_in_words,
    standing_of,
    unaware_in_words,
    wrong_clock_in_words,
)
from app.ui.kit.theme import Tone

_TONES = {
    PeerStanding.WAITS_FOR_PAPER: Tone.PRIMARY,
    PeerStanding.ON_THE_WAY: Tone.PRIMARY,
    PeerStanding.LACKS: Tone.INFO,
    PeerStanding.UP_TO_DATE: Tone.SUCCESS,
}
_ALARMS = {Alarm.WARNING: Tone.WARNING, Alarm.ALARM: Tone.DANGER}


def peer_in_words(state: PeerState, now: datetime) -> tuple[str, Tone]:
    """Return how it stands with a peer, in a few words."""
    standing = standing_of(state, now)
    return standing.words, _ALARMS.get(standing.alarm, _TONES.get(standing.state, Tone.NEUTRAL))


def peer_facts(state: PeerState, now: datetime) -> str:
    """Return what is known of a peer, beside how it stands, in two lines; more where something is wrong with it."""
    kind = _("Another PC of this site") if state.peer.is_own_site else _("Another site")
    first = [kind]
    if state.may_send and standing_of(state, now).state is not PeerStanding.LACKS:
        first.append(plural("lacks {count} entry", "lacks {count} entries", state.lacks))
    if state.oldest_on_the_way is not None:
        on_the_way = plural("{count} file on the way", "{count} files on the way", state.on_the_way)
        first.append(
            _("{files}, the oldest written {when}").format(
                files=on_the_way, when=ago(state.oldest_on_the_way, now)
            )
        )
    last = _last_words(state, now)
    if state.one_way is not None:
        words = _("Nothing comes back by file: it prints its receipts ({reason})")
        last.append(words.format(reason=state.one_way.reason))
    newer = newer_in_words(state.peer.label) if state.is_newer else ""
    more = filter(None, (newer, wrong_clock_in_words(state), unaware_in_words(state)))
    return "\n".join([" · ".join(first), " · ".join(last), *more])


def _last_words(state: PeerState, now: datetime) -> list[str]:
    sent = (
        _("Last sent {when}").format(when=ago(state.last_sent, now))
        if state.last_sent
        else _("Nothing sent yet")
    )
    if state.heard_at is None or state.as_of is None:
        return [sent, _("never heard of")]
    heard = _("heard {when}, as of {time}").format(
        when=ago(state.heard_at, now), time=moment(state.as_of)
    )
    return [sent, heard]


def sent_in_words(file: SentFile, now: datetime) -> tuple[str, Tone]:
    """Return what is known of a file that left."""
    if file.is_acknowledged:
        return _("Acknowledged"), Tone.SUCCESS
    if file.waits_for_paper:
        return _("Waits for its paper receipt"), Tone.PRIMARY
    waits = now - file.made_at
    tone = _ALARMS.get(alarm_after(waits))
    if tone is not None:
        return plural("Away for {count} day", "Away for {count} days", waits.days), tone
    return _("On the way"), Tone.PRIMARY


def came_in_words(file: IncomingFile) -> tuple[str, Tone]:
    """Return what became of a file that came."""
    return {
        FileState.TAKEN: (_("Taken in"), Tone.SUCCESS),
        FileState.WAITING: (_("Waits"), Tone.WARNING),
        FileState.REFUSED: (_("Refused"), Tone.DANGER),
    }[file.state]


def brought(file: IncomingFile) -> str:
    """Return what a file brought: why not, where it did not; else what was new of it."""
    if file.said:
        return file.said
    if not file.applied:
        return _("Nothing new")
    return plural("{count} new entry", "{count} new entries", file.applied)


def conflicts_in_words(count: int) -> str:
    """Return how many columns wait for a decision, in a sentence."""
    return plural(
        "{count} value was changed in two places and waits for a decision.",
        "{count} values were changed in two places and wait for a decision.",
        count,
    )


def entries(count: int) -> str:
    """Return a number of entries."""
    return plural("{count} entry", "{count} entries", count)
