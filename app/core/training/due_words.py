"""When something that is being assigned is due, in words."""

from datetime import date

from app.core.base.figures import day
from app.core.base.words import _


def due_in_words(due_on: date, today: date) -> str:
    """Return when it is due; of a day that is over, that whoever gets it is overdue at once."""
    if due_on < today:
        return _("{day} is over: whoever gets it is overdue at once.").format(day=day(due_on))
    return _("It is due on {day}.").format(day=day(due_on))
