"""Words that practicals keep: stages, marks of a step, outcomes, whose hand signs."""

from enum import StrEnum


class Stage(StrEnum):
    """How far somebody is with a practical, in this order."""

    OBSERVED = "observed"
    """They watched it being done."""
    GUIDED = "guided"
    INDEPENDENT = "independent"
    """They did it alone, watched."""
    ASSESSED = "assessed"


STAGES = tuple(Stage)


class StepMark(StrEnum):
    """What an assessor saw of a step."""

    DONE = "done"
    NOT_DONE = "not_done"
    NOT_APPLICABLE = "not_applicable"


class AssessmentVerdict(StrEnum):
    """What an assessment comes to."""

    COMPETENT = "competent"
    NOT_YET = "not_yet"


class Hand(StrEnum):
    """Who signs a result: both do."""

    LEARNER = "learner"
    ASSESSOR = "assessor"


class RunState(StrEnum):
    """Where one run through a practical stands; derived, never stored."""

    OPEN = "open"
    """Nothing was watched yet."""
    PRACTISING = "practising"
    TO_SIGN = "to_sign"
    """There is a result, and a signature is missing."""
    NOT_YET = "not_yet"
    """Assessed, signed by both, not yet competent: it goes on."""
    COMPETENT = "competent"
    """Signed by both: the run is over."""


class Registered(StrEnum):
    """What somebody is on the register for; it follows from the requirement (ADR 83)."""

    ASSESSOR = "assessor"
    """May assess a practical."""
    TRAINER = "trainer"
    """May hold sessions that prove a requirement of any other type."""


class Qualified(StrEnum):
    """Whether somebody may assess, or hold sessions, on a day; derived from appointments."""

    NEVER = "never"
    TO_COME = "to_come"
    QUALIFIED = "qualified"
    LAPSED = "lapsed"
