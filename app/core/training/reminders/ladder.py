"""The ladder as a pure rule: which work each of its steps is about on a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from app.core.training.reminders.kinds import LadderStep
from app.core.training.reminders.types import Ladder, Rung


def rungs(ladder: Ladder, day: date) -> tuple[Rung, ...]:
    """Return the steps that a ladder has, the nearest first, with the work that has reached them on a day.

    The learner is told so many days before the due date, and once more when it is overdue, on the day
    after the last day of grace; the others so many days after that last day, so that nobody is told on of somebody who still has time.
    """
    after = (
        (LadderStep.SUPERVISOR, ladder.supervisor_after, None, ladder.head_id),
        (LadderStep.HEAD, ladder.head_after, ladder.head_id, ladder.qa_id),
        (LadderStep.QA, ladder.qa_after, ladder.qa_id, ladder.head_id),
    )
    found = [
        Rung(step=step, late_until=day - timedelta(days=days), named_id=named, up_id=up)
        for step, days, named, up in after
        if days is not None
    ]
    if ladder.learner_before is not None:
        until = day + timedelta(days=ladder.learner_before)
        overdue = day - timedelta(days=1)
        up = ladder.head_id or ladder.qa_id
        found[:0] = [
            Rung(step=LadderStep.LEARNER, due_until=until, up_id=up),
            Rung(step=LadderStep.LEARNER_LATE, late_until=overdue, up_id=up),
        ]
    return tuple(found)


def horizon(ladder: Ladder, day: date) -> date:
    """Return the last due date of which anybody could be told on a day."""
    ahead = max(0, ladder.learner_before or 0)
    return day + timedelta(days=ahead)


def ladder_on(day: date, all_ladders: Iterable[Ladder]) -> Ladder:
    """Return the ladder in force on a day; the defaults before anybody said one."""
    begun = [one for one in all_ladders if one.from_on <= day]
    return max(begun, key=lambda one: one.from_on, default=Ladder())
