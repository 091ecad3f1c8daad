"""How a supervisor reads where somebody stands with a quiz, and what was given."""

from app.core.assessments import (
    ExtraTime,
    Gift,
    GiftKind,
    StartReason,
    SupervisedQuiz,
    state_in_words,
)
from app.core.base.figures import duration, moment, percent
from app.core.base.words import _, mark, plural
from app.ui.kit.theme import Tone

_WHOLE = 10_000

_LOOKS: dict[StartReason, tuple[Tone, str]] = {
    StartReason.ALLOWED: (Tone.INFO, "circle-play"),
    StartReason.ATTEMPT_OPEN: (Tone.PRIMARY, "circle-dot"),
    StartReason.ALREADY_PASSED: (Tone.SUCCESS, "circle-check"),
    StartReason.ATTEMPTS_USED_UP: (Tone.DANGER, "lock"),
    StartReason.RETRAINING_NEEDED: (Tone.WARNING, "repeat"),
    StartReason.COOLING_OFF: (Tone.WARNING, "clock"),
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
    return state_in_words(quiz.decision), *_LOOKS[quiz.decision.reason]


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
