"""When something that is being assigned is due, in words."""

from datetime import date

from app.core.base.figures import day
from app.core.base.words import _


def not_come_yet(on: date, today: date) -> tuple[str, ...]:
    """Return that a day to which something is told has not come yet, as a line; none for today and before."""
    if on <= today:
        return ()
    told = _("{day} has not come yet: this is how it will stand if nothing is done until then.")
    return (told.format(day=day(on)),)


def due_in_words(due_on: date, today: date) -> str:
    """Return when it is due; of a day that is over, that whoever gets it is overdue at once."""
    if due_on < today:
        return _("{day} is over: whoever gets it is overdue at once.").format(day=day(due_on))
    return _("It is due on {day}.").format(day=day(due_on))
