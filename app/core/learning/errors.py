"""What a learner can be told."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class NotALearner(UserFacingError):
    """The account belongs to nobody whose training is recorded."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This account is not a person's, so it has no training of its own."),
            safe=_("Nothing was recorded."),
            remedy=_("Preview the course instead, or sign in as the learner."),
        )


class LessonLocked(UserFacingError):
    """The lesson opens only after those before it."""

    exit_code = 3

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“{title}” opens when the lessons before it are done.").format(title=title),
            safe=_("Your progress is saved."),
            remedy=_("Go on with the first lesson that is not done."),
        )
