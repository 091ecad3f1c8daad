"""When a document is reviewed next: what is offered, and which days may be given. Pure."""

from datetime import date

from app.core.base.words import _
from app.core.learning import valid_until as months_later
from app.core.training.controlled.kinds import ReviewOutcome
from app.core.training.controlled.review_types import NewReview
from app.core.training.errors import TrainingRefused

USUAL_MONTHS = 24
"""Between two reviews, where nobody has said yet."""
MOST_MONTHS = 120
_HALF_A_MONTH = 15


def months_between(begun: date, due: date) -> int:
    """Return a span in whole months, the nearest, one at least."""
    months = (due.year - begun.year) * 12 + due.month - begun.month
    days = due.day - begun.day
    return max(1, months + (days > _HALF_A_MONTH) - (days < -_HALF_A_MONTH))


def next_offered(today: date, begun: date, due: date | None) -> date:
    """Return the day that is offered: after the span that the last one left, or the usual one."""
    months = USUAL_MONTHS if due is None else min(months_between(begun, due), MOST_MONTHS)
    return _later(today, months)


def check_next(new: NewReview, today: date) -> None:
    """Raise TrainingRefused for a day of the next review that cannot be, or that nothing asks for."""
    if new.outcome is ReviewOutcome.REVISE:
        if new.next_due is not None:
            raise TrainingRefused(
                _("Where a new revision is needed, no next review is said: its revision says it."),
                _("Leave the day out, or say that the document stays as it is."),
            )
        return
    if new.next_due is None:
        raise TrainingRefused(
            _("The day of the next review is missing."), _("Say until when it is looked at again.")
        )
    if not today < new.next_due <= _later(today, MOST_MONTHS):
        raise TrainingRefused(
            _("The next review is after today, and within ten years."), _("Give another day.")
        )


def _later(day: date, months: int) -> date:
    later = months_later(day, months)
    assert later is not None  # there is a number of months  # noqa: S101
    return later
