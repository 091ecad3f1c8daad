"""Why a practical is not watched, concluded or signed, told so that people can act on it."""

from datetime import date

from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.errors import TrainingRefused


class FormUnreadable(TrainingRefused):
    """A file or text is not a form."""

    def __init__(self, why: str) -> None:
        super().__init__(
            _("The form cannot be read: {why}").format(why=why),
            _("Give CSV with the columns section, step and critical, or JSON."),
        )


class FormIncomplete(TrainingRefused):
    """A form cannot be kept or published as it is."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems), _("Mend it in the form."))


class NoForm(TrainingRefused):
    """A practical has no published form yet."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("{title} has no published form yet.").format(title=title),
            _("Publish its form under Practicals first."),
        )


class MayNotAssess(UserFacingError):
    """Somebody may not watch, conclude or sign this practical of this person."""

    exit_code = 3

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing was recorded as seen or signed."), remedy=remedy)


class OwnPractical(MayNotAssess):
    """An assessor wanted to assess themselves."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody assesses themselves."), _("Ask another assessor of this practical.")
        )


class NotAnAssessor(MayNotAssess):
    """Somebody was never appointed for the practical."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("You are not appointed as assessor of {title}.").format(title=title),
            _("Somebody who keeps the register of assessors can appoint you."),
        )


class AssessorLapsed(MayNotAssess):
    """An assessor's appointment, or what they have to hold themselves, is over."""

    def __init__(self, since: date | None) -> None:
        self.since = since
        told = (
            _("You are not an assessor yet: you can observe, not sign.")
            if since is None
            else _("Your assessor status ended {day}: you can observe, not sign.").format(
                day=day(since)
            )
        )
        super().__init__(told, _("Have it renewed in the register of assessors."))


class SeenUnqualified(MayNotAssess):
    """A step was seen while its watcher was no assessor, or before their appointment was recorded."""

    def __init__(self, seen_on: date) -> None:
        super().__init__(
            _("Steps were marked on {day}, when you were no assessor of this.").format(
                day=day(seen_on)
            ),
            _("Watch these steps again and mark them anew; then conclude."),
        )


class NotTheLearner(MayNotAssess):
    """Somebody else than the learner wanted to sign as the learner."""

    def __init__(self) -> None:
        super().__init__(
            _("Only the learner signs that they performed it."), _("Let the learner sign.")
        )


class NotInOrder(TrainingRefused):
    """A stage, a mark or a conclusion before what comes first."""


class SignedAlready(TrainingRefused):
    """A result, or a hand under it, is signed already."""

    def __init__(self) -> None:
        super().__init__(
            _("This was signed already: it stays as it is."), _("Begin another round if needed.")
        )


class SeenOtherwise(TrainingRefused):
    """Steps were marked anew after the conclusion that was to be signed."""

    def __init__(self) -> None:
        super().__init__(
            _("Steps were marked otherwise since this was concluded."),
            _("Look at the steps and conclude anew; then sign."),
        )
