"""The days that a rule may say."""

from app.core.base.words import _
from app.core.training.enrolment.types import RuleWords
from app.core.training.errors import TrainingRefused

_MOST_DAYS = 36_500


def require_days(words: RuleWords) -> None:
    """Raise TrainingRefused for numbers of days, or days, that cannot be together."""
    said = ((words.after_days, 0), (words.away_days, 1), (words.due_days, 0))
    wrong = [days for days, least in said if days is not None and not least <= days <= _MOST_DAYS]
    if wrong:
        raise TrainingRefused(
            _("{count} is no number of days.").format(count=wrong[0]),
            _("Give 0 for the day of joining, or more."),
        )
    _require_one_occasion(words)
    if words.from_on and words.to_on and words.to_on < words.from_on:
        raise TrainingRefused(
            _("The rule would end before it begins."), _("Change one of its days.")
        )


def _require_one_occasion(words: RuleWords) -> None:
    """Raise TrainingRefused for a rule that works on two occasions, or whose due days count from none."""
    if words.away_days is None and words.moved is None and words.due_days is not None:
        raise TrainingRefused(
            _("The days to do it in count from coming back, or from a change of place."),
            _("Say after what it is asked for anew."),
        )
    if words.away_days is not None and words.moved is not None:
        raise TrainingRefused(
            _("A rule works on coming back or on a change of place."), _("Make two rules of it.")
        )
    if words.away_days is not None and words.after_days is not None:
        raise TrainingRefused(
            _("A rule works on joining or on coming back."), _("Make two rules of it.")
        )
