"""Beside the plan of a session: who would be at work at its time, told anew with every change of it."""

from datetime import datetime
from uuid import UUID

from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people.shifts import ShiftAt, WorkState, tally_in_words
from app.services import Services
from app.ui.kit.screen import Screen
from app.ui.training.session_forms import SessionForm


def tell_hours(host: Screen[Services], form: SessionForm, session_id: UUID | None) -> None:
    """Let a plan tell of those on the session's list; of one that is new, which shifts are at work then."""
    services, actor = host.desk.services, host.desk.actor

    def told_of(starts_at: datetime, ends_at: datetime) -> str:
        if session_id is not None:
            hours = services.sessions.suggesting.hours(actor, session_id, starts_at, ends_at)
            return tally_in_words(hours) if hours else ""
        return shifts_in_words(services.people.shifts.at(actor, starts_at, ends_at))

    def show(words: str) -> None:
        form.hours_told.setText(words)
        form.hours_told.setVisible(bool(words))

    def look() -> None:
        try:
            plan = form.plan()
        except UserFacingError:
            show("")
            return

        def work(_progress: Progress) -> str:
            return told_of(plan.starts_at, plan.ends_at)

        host.desk.jobs.run(work, done=show, failed=lambda _refused: show(""), owner=form)

    for field in (form.day, form.time, form.minutes):
        field.edited.connect(look)
    look()


def shifts_in_words(found: tuple[ShiftAt, ...]) -> str:
    """Return which shifts are at work at a time, and how many people each has; "" where no hours are known."""
    if all(one.at.state is WorkState.UNKNOWN for one in found):
        return ""
    told = [
        _("{shift} ({count})").format(shift=one.at.shift, count=number(one.people))
        for one in found
        if one.at.state is WorkState.AT_WORK
    ]
    return _("At work then: {shifts}").format(shifts=", ".join(told) or _("no shift"))
