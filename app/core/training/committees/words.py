"""How many members a committee has and has to have, in words."""

from app.core.base.words import _
from app.core.training.committees.types import Strength


def strength_in_words(one: Strength) -> str:
    """Return how many there are of how many, in all or in a shift."""
    if one.shift:
        words = _("Shift {shift}: {have} of {need}")
        return words.format(shift=one.shift, have=one.have, need=one.need)
    return _("In all: {have} of {need}").format(have=one.have, need=one.need)
