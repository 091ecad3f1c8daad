"""Checks of effectiveness in words."""

from datetime import date

from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.effectiveness.types import DueCheck, NewCheck


def waiver_in_words(due: DueCheck) -> str:
    """Return that somebody is let off the training; "" where they are not."""
    until = due.waived_until
    if until is None:
        return ""
    if until == date.max:
        return _("They are let off this for good.")
    return _("They are let off this until {day}.").format(day=day(until))


def not_effective_in_words(new: NewCheck) -> str:
    """Return what comes of training that did not take hold: asked again, or not because of a waiver."""
    let_off = waiver_in_words(new.due)
    if not let_off:
        return _("It did not: trained again.")
    if not new.is_asked_again:
        return _("It did not. {let_off} The training is not asked for again.").format(
            let_off=let_off
        )
    return _("It did not. {let_off} Trained again all the same: {reason}").format(
        let_off=let_off, reason=new.despite_waiver.strip()
    )
