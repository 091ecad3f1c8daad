"""Steps of the ladder, and what a notice board has a page for, in words."""

from app.core.base.words import _, mark
from app.core.training.reminders.kinds import LadderStep, RollBy
from app.core.training.reminders.types import Due, Told

STEPS = {
    LadderStep.LEARNER: mark("Learner"),
    LadderStep.LEARNER_LATE: mark("Learner, overdue"),
    LadderStep.SUPERVISOR: mark("Supervisor"),
    LadderStep.HEAD: mark("Head of the plant"),
    LadderStep.QA: mark("Quality assurance"),
}
REVIEW_STEPS = {
    LadderStep.LEARNER: mark("Who sees to the review"),
    LadderStep.LEARNER_LATE: mark("Who sees to the review, overdue"),
}
"""What one's own steps are called of a document's review."""
ROLLS = {
    RollBy.SUPERVISOR: mark("Supervisor"),
    RollBy.UNIT: mark("Department"),
    RollBy.SHIFT: mark("Shift"),
}


def step_in_words(one: Told) -> str:
    """Return the step at which somebody is told."""
    if one.due.is_review and one.step in REVIEW_STEPS:
        return _(REVIEW_STEPS[one.step])
    return _(STEPS[one.step])


def work_in_words(due: Due) -> str:
    """Return what is due: the title of the training, or which document is to be reviewed."""
    if not due.is_review:
        return due.title
    return _("Review of {number}: {title}").format(number=due.code, title=due.title)


def whom_told(one: Told) -> str:
    """Return who is told, and instead of whom where they are on leave or have left."""
    if one.recipient is None:
        return _("Nobody is known")
    if one.instead_of is None:
        return one.recipient.name
    return _("{name}, for {other}, who is on leave or has left").format(
        name=one.recipient.name, other=one.instead_of.name
    )
