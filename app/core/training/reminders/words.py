"""Steps of the ladder in words."""

from app.core.base.words import mark
from app.core.training.reminders.kinds import Step

STEPS = {
    Step.LEARNER: mark("Learner"),
    Step.SUPERVISOR: mark("Supervisor"),
    Step.HEAD: mark("Head of the plant"),
    Step.QA: mark("Quality assurance"),
}
