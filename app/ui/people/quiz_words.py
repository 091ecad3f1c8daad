"""How a supervisor reads where somebody stands with a quiz, and what was given."""

from app.core.assessments import ExtraTime, Gift, GiftKind, StartReason, SupervisedQuiz
from app.core.base.figures import duration, moment, percent
from app.core.base.words import _, mark, plural
from app.ui.kit.theme import Tone

_WHOLE = 10_000

_STATES: dict[StartReason, tuple[str, Tone, str]] = {
    StartReason.ALLOWED: (mark("Can start"), Tone.INFO, "circle-play"),
    StartReason.ATTEMPT_OPEN: (mark("Attempt open"), Tone.PRIMARY, "circle-dot"),
    StartReason.ALREADY_PASSED: (mark("Passed"), Tone.SUCCESS, "circle-check"),
    StartReason.ATTEMPTS_USED_UP: (mark("No attempt left"), Tone.DANGER, "lock"),
    StartReason.RETRAINING_NEEDED: (mark("Must begin again"), Tone.WARNING, "repeat"),
    StartReason.COOLING_OFF: (mark("Waiting"), Tone.WARNING, "clock"),
}
_GIFTS = {
    GiftKind.ATTEMPT: mark("Further attempt"),
    GiftKind.WAITING_LIFTED: mark("Waiting ended"),
    GiftKind.TIME: mark("{time} more for an attempt"),
    GiftKind.EXTRA_TIME: mark("Extra time: {time}"),
    GiftKind.EXTRA_TIME_ENDED: mark("Extra time ended"),
}


def state_of(quiz: SupervisedQuiz) -> tuple[str, Tone, str]:
    """Return the words, tone and icon of where somebody stands with a quiz."""
    words, tone, icon = _STATES[quiz.decision.reason]
    if quiz.decision.allowed_from is None:
        return _(words), tone, icon
    until = _("Waiting until {when}").format(when=moment(quiz.decision.allowed_from))
    return until, tone, icon


def about_quiz(quiz: SupervisedQuiz) -> str:
    """Return what was tried, what was reached and what is left, in one line."""
    parts = [plural("{count} attempt", "{count} attempts", quiz.attempts)]
    if quiz.best_hundredths is not None:
        best = percent(quiz.best_hundredths, _WHOLE)
        parts.append(_("best {share}").format(share=best))
    left = quiz.decision.attempts_left
    if left is not None:
        parts.append(plural("{count} left", "{count} left", left))
    if quiz.time_left is not None:
        time = duration(quiz.time_left.left)
        parts.append(_("{time} on the clock").format(time=time))
    return " · ".join(parts)


def extra_words(extra: ExtraTime) -> str:
    """Return how much time is given."""
    parts = [_("{percent}% of the time limit").format(percent=extra.percent)] * bool(extra.percent)
    if extra.seconds:
        parts.append(duration(extra.seconds))
    return " + ".join(parts)


def gift_words(gift: Gift) -> str:
    """Return what was given."""
    return _(_GIFTS[gift.kind]).format(time=extra_words(gift.extra))


def given_words(gift: Gift) -> str:
    """Return by whom something was given, when, and why."""
    return f"{gift.by_name}, {moment(gift.at)}: {gift.reason}"
