"""What kinds and states of keys are called."""

from app.core.base.words import _, mark
from app.core.keys import KeyKind, KeyState
from app.ui.kit.theme import Tone

KINDS: dict[KeyKind, tuple[str, str]] = {
    KeyKind.ORGANISATION: (mark("Organisation"), "landmark"),
    KeyKind.SITE: (mark("Site"), "building-2"),
    KeyKind.STATION: (mark("Training PC"), "monitor"),
    KeyKind.ENROLMENT: (mark("Site file"), "file"),
}
"""Word and icon of each kind."""

STATES: dict[KeyState, tuple[str, Tone]] = {
    KeyState.IN_USE: (mark("In use"), Tone.SUCCESS),
    KeyState.OLD: (mark("Older than a year"), Tone.WARNING),
    KeyState.REPLACED: (mark("Replaced"), Tone.NEUTRAL),
    KeyState.EXPIRED: (mark("Run out"), Tone.NEUTRAL),
    KeyState.REVOKED: (mark("Revoked"), Tone.DANGER),
    KeyState.TOO_MANY: (mark("Beyond the number"), Tone.DANGER),
}


def kind_in_words(kind: KeyKind) -> str:
    """Return what a kind of key belongs to."""
    return _(KINDS[kind][0])


def state_in_words(state: KeyState) -> tuple[str, Tone]:
    """Return how a key stands."""
    words, tone = STATES[state]
    return _(words), tone
