"""How the states in reports are coloured."""

from app.ui.kit.theme import Tone

_TONES = {
    "overdue": Tone.DANGER,
    "lapsed": Tone.DANGER,
    "expired": Tone.DANGER,
    "revoked": Tone.DANGER,
    "refused": Tone.DANGER,
    "locked": Tone.DANGER,
    "failed": Tone.DANGER,
    "due_soon": Tone.WARNING,
    "expiring": Tone.WARNING,
    "in_progress": Tone.INFO,
    "under_way": Tone.INFO,
    "confirmed": Tone.INFO,
    "valid": Tone.SUCCESS,
    "passed": Tone.SUCCESS,
    "in": Tone.SUCCESS,
}


def tone_of(state: str) -> Tone:
    """Return the tone of a state's key; neutral for what is neither good nor bad."""
    return _TONES.get(state, Tone.NEUTRAL)
