"""Steps of the ladder, and what a notice board has a page for, in words."""

from app.core.base.words import mark
from app.core.training.reminders.kinds import LadderStep, RollBy

STEPS = {
    LadderStep.LEARNER: mark("Learner"),
    LadderStep.SUPERVISOR: mark("Supervisor"),
    LadderStep.HEAD: mark("Head of the plant"),
    LadderStep.QA: mark("Quality assurance"),
}
ROLLS = {
    RollBy.SUPERVISOR: mark("Supervisor"),
    RollBy.UNIT: mark("Department"),
    RollBy.SHIFT: mark("Shift"),
}
