"""Steps of the ladder, and what a notice board has a page for, in words."""

from app.core.base.words import _, mark
from app.core.training.reminders.kinds import LadderStep, RollBy
from app.core.training.reminders.types import Told

STEPS = {
    LadderStep.LEARNER: mark("Learner"),
    LadderStep.LEARNER_LATE: mark("Learner, overdue"),
    LadderStep.SUPERVISOR: mark("Supervisor"),
    LadderStep.HEAD: mark("Head of the plant"),
    LadderStep.QA: mark("Quality assurance"),
}
ROLLS = {
    RollBy.SUPERVISOR: mark("Supervisor"),
    RollBy.UNIT: mark("Department"),
    RollBy.SHIFT: mark("Shift"),
}


def whom_told(one: Told) -> str:
    """Return who is told, and instead of whom where they are on leave or have left."""
    if one.recipient is None:
        return _("Nobody is known")
    if one.instead_of is None:
        return one.recipient.name
    return _("{name}, for {other}, who is on leave or has left").format(
        name=one.recipient.name, other=one.instead_of.name
    )
