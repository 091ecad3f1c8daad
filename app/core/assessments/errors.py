"""What somebody taking a quiz can be told."""

from app.core.assessments.policy import StartDecision, StartReason
from app.core.base.errors import UserFacingError
from app.core.base.figures import moment
from app.core.base.words import _, mark

REASONS = {
    StartReason.ALLOWED: mark("You can start."),
    StartReason.ATTEMPT_OPEN: mark("An attempt is open already; go on with it."),
    StartReason.ALREADY_PASSED: mark("You have passed this quiz."),
    StartReason.ATTEMPTS_USED_UP: mark("All attempts are used. Speak to your supervisor."),
    StartReason.RETRAINING_NEEDED: mark("Go through the lessons again before the next attempt."),
    StartReason.COOLING_OFF: mark("The next attempt opens on {when}."),
}


def reason_in_words(decision: StartDecision) -> str:
    """Return why an attempt may start or not, for the person who wants to."""
    sentence = _(REASONS[decision.reason])
    when = moment(decision.allowed_from) if decision.allowed_from else ""
    return sentence.format(when=when)


_STATES = {
    StartReason.ALLOWED: mark("Can start"),
    StartReason.ATTEMPT_OPEN: mark("Attempt open"),
    StartReason.ALREADY_PASSED: mark("Passed"),
    StartReason.ATTEMPTS_USED_UP: mark("No attempt left"),
    StartReason.RETRAINING_NEEDED: mark("Must begin again"),
    StartReason.COOLING_OFF: mark("Waiting until {when}"),
}


def state_in_words(decision: StartDecision) -> str:
    """Return where somebody stands with a quiz, for their supervisor."""
    when = moment(decision.allowed_from) if decision.allowed_from else ""
    return _(_STATES[decision.reason]).format(when=when)


class MayNotStart(UserFacingError):
    """The retake policy does not allow an attempt now."""

    exit_code = 3

    def __init__(self, decision: StartDecision) -> None:
        self.decision = decision
        super().__init__(reason_in_words(decision), safe=_("Earlier attempts are kept."))


class AttemptClosed(UserFacingError):
    """The attempt was handed in; nothing can be added to it."""

    def __init__(self) -> None:
        super().__init__(
            _("This attempt has been handed in."),
            safe=_("What you answered before is saved."),
            remedy=_("Open the result."),
        )


class TimeIsUp(UserFacingError):
    """The time limit has passed; this answer came too late."""

    def __init__(self) -> None:
        super().__init__(
            _("The time is up."),
            safe=_("What you answered before is saved and has been handed in."),
            remedy=_("Open the result."),
        )


class NotForOneself(UserFacingError):
    """Somebody wanted to give attempts or time to themselves."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Nobody gives attempts or time to themselves."),
            safe=_("Nothing was changed."),
            remedy=_("Ask another supervisor."),
        )


class TimeRefused(UserFacingError):
    """The time to give is nothing, or more than can be meant."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not a time that can be given."),
            safe=_("Nothing was changed."),
            remedy=_("Give at most 8 hours, or at most 400 percent, and more than nothing."),
        )


class GiftRefused(UserFacingError):
    """What was to be given would change nothing."""

    def __init__(self, why: str) -> None:
        super().__init__(
            why,
            safe=_("Nothing was changed."),
            remedy=_("Look at where they stand with this quiz now."),
        )
