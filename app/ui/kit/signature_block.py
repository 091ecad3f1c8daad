"""A signature as it is seen wherever a record is: who, when, what it means, and whether it holds."""

from collections.abc import Callable

from app.core.base.words import _
from app.core.signatures import (
    SignatureLine,
    SignatureState,
    as_read,
    meaning_in_words,
    state_in_words,
)
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.theme import Tone

_DOUBTFUL = frozenset(
    {
        SignatureState.RECORD_MISSING,
        SignatureState.TOO_NEW,
        SignatureState.DOUBTED,
        SignatureState.NOT_CONFIRMED,
    }
)


def tone_of(state: SignatureState) -> Tone:
    """Return the tone in which the outcome of a proof is shown."""
    if state.holds:
        return Tone.SUCCESS
    return Tone.WARNING if state in _DOUBTFUL else Tone.DANGER


def signature_block(
    line: SignatureLine,
    state: SignatureState | None = None,
    look: Callable[[], None] | None = None,
) -> FactRow:
    """Return a signature's printed name, meaning, local time with zone and reason (21 CFR 11.50)."""
    who = f"{line.name} ({line.number})" if line.number else line.name
    facts = [meaning_in_words(line.meaning), as_read(line)]
    if line.reason:
        facts.append(line.reason)
    block = FactRow(who, "\n".join(facts), icon="signature")
    block.setAccessibleName(", ".join([_("Signature"), who, *facts]))
    if state is not None:
        block.add_button(StatusChip(state_in_words(state), tone_of(state)))
    if look is not None:
        button = Button(_("Look"), Kind.GHOST, dense=True).on_press(look)
        button.setAccessibleName(_("Look at the signature of {name}").format(name=line.name))
        block.add_button(button)
    return block
