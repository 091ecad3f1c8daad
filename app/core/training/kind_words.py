"""Words that training keeps as people read them: types, rules of terms, what happens to an assignment."""

from app.core.base.words import mark
from app.core.training.kinds import (
    AssignmentEvent,
    DueRule,
    EvidenceRule,
    Move,
    Offering,
    RequirementType,
    Source,
    Substitutes,
    Validity,
)

REQUIREMENT_TYPES = {
    RequirementType.COURSE: mark("Course"),
    RequirementType.READ_ACK: mark("Read and acknowledge"),
    RequirementType.PRACTICAL: mark("Practical"),
    RequirementType.SESSION: mark("Classroom session"),
    RequirementType.DRILL: mark("Drill"),
    RequirementType.EXTERNAL: mark("External certificate"),
    RequirementType.DECLARATION: mark("Declaration"),
}
VALIDITIES = {
    Validity.AS_COURSE: mark("As the course says"),
    Validity.FOR_GOOD: mark("For good"),
    Validity.MONTHS: mark("Months"),
    Validity.DAYS: mark("Days"),
    Validity.UNTIL_DAY: mark("Until a day"),
}
DUE_RULES = {
    DueRule.NONE: mark("No due date"),
    DueRule.AFTER_ASSIGNMENT: mark("Days after assignment"),
    DueRule.AFTER_JOINING: mark("Days after joining"),
    DueRule.ON_DAY: mark("On a day"),
}
EVIDENCE_RULES = {
    EvidenceRule.NOT_BY_HAND: mark("Nothing is entered by hand"),
    EvidenceRule.ENTERED: mark("Counts as soon as it is entered"),
    EvidenceRule.CONFIRMED: mark("Counts once somebody else confirms it"),
}
MOVES = {
    Move.UNIT: mark("a change of department"),
    Move.ROLE: mark("a change of job role"),
    Move.EITHER: mark("a change of department or job role"),
}
MOVED_SINCE = {
    Move.UNIT: mark("in another department since {day}"),
    Move.ROLE: mark("in another job role since {day}"),
    Move.EITHER: mark("in another department or job role since {day}"),
}
"""Why somebody is asked anew."""

OFFERINGS = {
    Offering.NOT_OFFERED: mark("Not in the catalogue"),
    Offering.OPEN: mark("Open to take"),
    Offering.APPROVAL: mark("After approval"),
}
SUBSTITUTES = {
    Substitutes.ANY: mark("One is enough"),
    Substitutes.ALL: mark("All are needed"),
}
SOURCES = {
    Source.MANUAL: mark("Assigned by hand"),
    Source.RULE: mark("Assigned by a rule"),
    Source.MATRIX: mark("Asked for by the training matrix"),
    Source.RENEWAL: mark("Renewal"),
    Source.REVISION: mark("New revision"),
    Source.EFFECTIVENESS: mark("Not seen at work"),
    Source.RETRAINING: mark("Retraining ordered"),
    Source.CHOSEN: mark("Chosen by themselves"),
    Source.RETURN: mark("Back after a long absence"),
    Source.MOVE: mark("New department or job role"),
    Source.OTHER: mark("In a way that only a newer Daksha knows"),
}
ASSIGNMENT_EVENTS = {
    AssignmentEvent.WAIVED: mark("Waived"),
    AssignmentEvent.WAIVER_ENDED: mark("Waiver ended"),
    AssignmentEvent.CANCELLED: mark("Cancelled"),
    AssignmentEvent.SUPERSEDED: mark("Superseded"),
    AssignmentEvent.CREDITED: mark("Met by other evidence"),
    AssignmentEvent.DUE_MOVED: mark("Due date moved on"),
    AssignmentEvent.REOPENED: mark("Open again"),
    AssignmentEvent.WAIVER_ASKED: mark("Waiver asked for"),
    AssignmentEvent.WAIVER_REFUSED: mark("Waiver refused"),
}
