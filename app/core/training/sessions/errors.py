"""What can be wrong with a session or its roll, in words for who did it."""

from collections.abc import Sequence
from datetime import date

from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.errors import TrainingRefused
from app.core.training.sessions.kinds import SessionState


class RollRefused(UserFacingError):
    """Somebody does not come onto the roll: `happened` says why, `remedy` what to do."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("The roll is as it was."), remedy=remedy)


class HasLeft(RollRefused):
    """Somebody who no longer belongs here was at the reader."""

    def __init__(self, name: str, left_on: date) -> None:
        super().__init__(
            _("{name} left on {day}.").format(name=name, day=day(left_on)),
            _("Ask an administrator, if they have come back."),
        )


class NotYetHere(RollRefused):
    """Somebody is said to have been there before they joined."""

    def __init__(self, name: str, joined_on: date) -> None:
        super().__init__(
            _("{name} joined on {day}, after this was held.").format(name=name, day=day(joined_on)),
            _("Mend the day of joining first, if it is wrong."),
        )


class LeadsIt(RollRefused):
    """Whoever leads a session is not one of those who are taught in it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} leads this session and is not credited for it.").format(name=name),
            _("Take them off the trainers first, if they only take part."),
        )


class SeatsTaken(RollRefused):
    """People without a seat came, and there is none left."""

    def __init__(self, names: Sequence[str], seats: int) -> None:
        if len(names) == 1:
            happened = _("All {seats} seats are taken, and {name} has none.").format(
                seats=seats, name=names[0]
            )
        else:
            happened = _("All {seats} seats are taken, and {count} have none: {names}.").format(
                seats=seats, count=len(names), names=", ".join(names)
            )
        super().__init__(happened, _("Let them in all the same, or give the session more seats."))
        self.names, self.seats = tuple(names), seats


class WrongState(TrainingRefused):
    """A session does not stand where an act needs it to."""

    def __init__(self, state: SessionState) -> None:
        super().__init__(*_WRONG[state]())


def _planned() -> tuple[str, str]:
    return _("The roll is not open yet."), _("Open the roll first.")


def _open() -> tuple[str, str]:
    return _("The session is still under way."), _("End it first, or cancel it.")


def _held() -> tuple[str, str]:
    return _("The session is over already."), _("Correct the roll, sign it, or cancel the session.")


def _signed() -> tuple[str, str]:
    return (
        _("The attendance is signed already: what was signed stays as it is."),
        _("Enter what is missing as evidence of the person."),
    )


def _closed() -> tuple[str, str]:
    return _("The session is closed."), _("Plan another one.")


def _cancelled() -> tuple[str, str]:
    return _("The session was cancelled."), _("Plan another one.")


_WRONG = {
    SessionState.PLANNED: _planned,
    SessionState.OPEN: _open,
    SessionState.HELD: _held,
    SessionState.SIGNED: _signed,
    SessionState.CLOSED: _closed,
    SessionState.CANCELLED: _cancelled,
}
