"""Steps of the ladder in words."""

from app.core.base.words import mark
from app.core.training.reminders.kinds import LadderStep

STEPS = {
    LadderStep.LEARNER: mark("Learner"),
    LadderStep.SUPERVISOR: mark("Supervisor"),
    LadderStep.HEAD: mark("Head of the plant"),
    LadderStep.QA: mark("Quality assurance"),
}
