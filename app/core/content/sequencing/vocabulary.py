"""The words of IMS Simple Sequencing and ADL's extensions, spelt as in the XML."""

from enum import StrEnum


class Condition(StrEnum):
    """What a rule can ask of an activity (SN 3.4, 3.7)."""

    SATISFIED = "satisfied"
    OBJECTIVE_STATUS_KNOWN = "objectiveStatusKnown"
    OBJECTIVE_MEASURE_KNOWN = "objectiveMeasureKnown"
    OBJECTIVE_MEASURE_GREATER_THAN = "objectiveMeasureGreaterThan"
    OBJECTIVE_MEASURE_LESS_THAN = "objectiveMeasureLessThan"
    COMPLETED = "completed"
    ACTIVITY_PROGRESS_KNOWN = "activityProgressKnown"
    ATTEMPTED = "attempted"
    ATTEMPT_LIMIT_EXCEEDED = "attemptLimitExceeded"
    TIME_LIMIT_EXCEEDED = "timeLimitExceeded"
    OUTSIDE_AVAILABLE_TIME_RANGE = "outsideAvailableTimeRange"
    ALWAYS = "always"
    NEVER = "never"


class Combination(StrEnum):
    """How the conditions of one rule are put together."""

    ALL = "all"
    ANY = "any"


class Action(StrEnum):
    """What a sequencing rule does once its conditions hold (SN 3.4)."""

    SKIP = "skip"
    DISABLED = "disabled"
    HIDDEN_FROM_CHOICE = "hiddenFromChoice"
    STOP_FORWARD_TRAVERSAL = "stopForwardTraversal"
    EXIT_PARENT = "exitParent"
    EXIT_ALL = "exitAll"
    RETRY = "retry"
    RETRY_ALL = "retryAll"
    CONTINUE = "continue"
    PREVIOUS = "previous"
    EXIT = "exit"


PRE_ACTIONS = frozenset(
    {Action.SKIP, Action.DISABLED, Action.HIDDEN_FROM_CHOICE, Action.STOP_FORWARD_TRAVERSAL}
)
POST_ACTIONS = frozenset(
    {
        Action.EXIT_PARENT,
        Action.EXIT_ALL,
        Action.RETRY,
        Action.RETRY_ALL,
        Action.CONTINUE,
        Action.PREVIOUS,
    }
)
EXIT_ACTIONS = frozenset({Action.EXIT})


class RollupAction(StrEnum):
    """What a rollup rule gives its cluster (SN 3.7)."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "notSatisfied"
    COMPLETED = "completed"
    INCOMPLETE = "incomplete"


class ChildSet(StrEnum):
    """Of how many children a rollup rule must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"
    AT_LEAST_COUNT = "atLeastCount"
    AT_LEAST_PERCENT = "atLeastPercent"


class Required(StrEnum):
    """When a child counts in its parent's rollup (SN 3.8)."""

    ALWAYS = "always"
    IF_NOT_SUSPENDED = "ifNotSuspended"
    IF_ATTEMPTED = "ifAttempted"
    IF_NOT_SKIPPED = "ifNotSkipped"


class Timing(StrEnum):
    """When children are selected or put into a random order."""

    NEVER = "never"
    ONCE = "once"
    ON_EACH_NEW_ATTEMPT = "onEachNewAttempt"


class ScormEdition(StrEnum):
    """Which books a package was written for."""

    SCORM_1_2 = "1.2"
    SCORM_2004_2ND = "2004 2nd Edition"
    SCORM_2004_3RD = "2004 3rd Edition"
    SCORM_2004_4TH = "2004 4th Edition"

    @property
    def is_2004(self) -> bool:
        """Tell whether the package speaks API_1484_11 and may sequence."""
        return self is not ScormEdition.SCORM_1_2
