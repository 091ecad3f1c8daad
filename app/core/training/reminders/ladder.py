"""The ladder as a pure rule: which steps an assignment has reached on a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from app.core.training.reminders.kinds import LadderStep
from app.core.training.reminders.types import Due, Ladder


def steps_reached(ladder: Ladder, due: Due, day: date) -> tuple[LadderStep, ...]:
    """Return the steps that an open assignment has reached on a day, the nearest first.

    The learner is told so many days before the due date; the others so many after the last day of
    grace, so that nobody is told on of somebody who still has time.
    """
    last = due.late_after or due.due_on
    after = (
        (LadderStep.SUPERVISOR, ladder.supervisor_after),
        (LadderStep.HEAD, ladder.head_after),
        (LadderStep.QA, ladder.qa_after),
    )
    reached = [
        step for step, days in after if days is not None and day >= last + timedelta(days=days)
    ]
    if (
        ladder.learner_before is not None
        and day + timedelta(days=ladder.learner_before) >= due.due_on
    ):
        reached.insert(0, LadderStep.LEARNER)
    return tuple(reached)


def horizon(ladder: Ladder, day: date) -> date:
    """Return the last due date of which anybody could be told on a day."""
    ahead = max(0, ladder.learner_before or 0)
    return day + timedelta(days=ahead)


def ladder_on(day: date, all_ladders: Iterable[Ladder]) -> Ladder:
    """Return the ladder in force on a day; the defaults before anybody said one."""
    begun = [one for one in all_ladders if one.from_on <= day]
    return max(begun, key=lambda one: one.from_on, default=Ladder())
