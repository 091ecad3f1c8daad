"""Words for what training keeps: types, states, rules of terms."""

from app.core.base.figures import day, number
from app.core.base.words import _, mark, plural
from app.core.training import (
    AssignmentEvent,
    DueRule,
    EvidenceRule,
    RequirementType,
    Source,
    Terms,
    Validity,
)
from app.core.training.assignments import AssignmentSummary, State
from app.core.training.corrections import RecordKind
from app.core.training.signing import SigningRule
from app.ui.kit.theme import Tone

TYPES = {
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
RECORDS = {
    RecordKind.EVIDENCE: mark("Evidence entered by hand"),
    RecordKind.OLD: mark("Old training"),
    RecordKind.COMPLETION: mark("Course completed"),
    RecordKind.CREDIT: mark("Requirement met"),
}
HOW_SIGNED = {
    SigningRule.PLAIN: mark("This site keeps it with your name, without a signature."),
    SigningRule.SIGNED: mark("This site asks for your signature under it."),
    SigningRule.TWO_PERSONS: mark("At this site you ask for it, and somebody else signs."),
}
STATES = {
    State.ASSIGNED: (mark("Assigned"), Tone.NEUTRAL),
    State.IN_PROGRESS: (mark("In progress"), Tone.INFO),
    State.PENDING_EVIDENCE: (mark("Waits for confirmation"), Tone.INFO),
    State.BLOCKED: (mark("Something comes first"), Tone.WARNING),
    State.WAIVED: (mark("Waived"), Tone.NEUTRAL),
    State.PAUSED: (mark("Away"), Tone.NEUTRAL),
    State.COMPLETED: (mark("Completed"), Tone.SUCCESS),
    State.CANCELLED: (mark("Cancelled"), Tone.NEUTRAL),
    State.SUPERSEDED: (mark("Superseded"), Tone.NEUTRAL),
}
SOURCES = {
    Source.MANUAL: mark("Assigned by hand"),
    Source.RULE: mark("Assigned by a rule"),
    Source.MATRIX: mark("Asked for by the training matrix"),
    Source.RENEWAL: mark("Renewal"),
    Source.REVISION: mark("New revision"),
    Source.EFFECTIVENESS: mark("Not seen at work"),
}
EVENTS = {
    AssignmentEvent.WAIVED: mark("Waived"),
    AssignmentEvent.WAIVER_ENDED: mark("Waiver ended"),
    AssignmentEvent.CANCELLED: mark("Cancelled"),
    AssignmentEvent.SUPERSEDED: mark("Superseded"),
    AssignmentEvent.CREDITED: mark("Met by other evidence"),
    AssignmentEvent.DUE_MOVED: mark("Due date moved on"),
    AssignmentEvent.WAIVER_ASKED: mark("Waiver asked for"),
    AssignmentEvent.WAIVER_REFUSED: mark("Waiver refused"),
}


def status_of(one: AssignmentSummary) -> tuple[str, Tone]:
    """Return where an assignment stands, as a chip says it: what is urgent first."""
    if one.stands.is_overdue:
        return _("Overdue"), Tone.DANGER
    if one.stands.is_lapsed:
        return _("Expired"), Tone.DANGER
    if one.stands.is_due_soon:
        return _("Due soon"), Tone.WARNING
    if one.is_stuck and one.stands.state is State.BLOCKED:
        return _("No attempt left"), Tone.WARNING
    words, tone = STATES[one.stands.state]
    return _(words), tone


def validity_in_words(terms: Terms, course_months: int | None) -> str:
    """Return for how long something is valid, as a list says it."""
    months = course_months if terms.validity is Validity.AS_COURSE else terms.valid_count
    if terms.validity is Validity.UNTIL_DAY and terms.valid_until_on is not None:
        return _("Until {day}").format(day=day(terms.valid_until_on))
    if terms.validity is Validity.FOR_GOOD or months is None:
        return _("For good")
    if terms.validity is Validity.DAYS:
        return plural("{count} day", "{count} days", months)
    return plural("{count} month", "{count} months", months)


def due_in_words(terms: Terms) -> str:
    """Return when something is due, as a list says it."""
    if terms.due_rule is DueRule.ON_DAY and terms.due_day is not None:
        return day(terms.due_day)
    if terms.due_rule is DueRule.NONE:
        return _("No due date")
    count = number(terms.due_days or 0)
    if terms.due_rule is DueRule.AFTER_JOINING:
        return _("Day {count} after joining").format(count=count)
    return _("Day {count} after assignment").format(count=count)
