"""What can be wrong with requirements, rules and acts on assignments, in words for who did it."""

from collections.abc import Iterable
from datetime import date

from app.core.base.errors import UserFacingError
from app.core.base.figures import day as day_in_words
from app.core.base.words import _, language_name


class TrainingRefused(UserFacingError):
    """What was asked for does not hold together: `happened` says why, `remedy` what to do."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing was changed."), remedy=remedy)


class RequirementCodeTaken(TrainingRefused):
    """Another requirement has the code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("There is a requirement with the code {code} already.").format(code=code),
            _("Give another code, or change the one there is."),
        )


class WordingsOutdated(TrainingRefused):
    """What is declared became another thing in one language, and stayed what it was in others."""

    def __init__(self, languages: Iterable[str]) -> None:
        super().__init__(
            _("People who read {languages} would go on declaring what it was.").format(
                languages=", ".join(map(language_name, languages))
            ),
            _("Change it there, too, or empty it; or say that it says the same already."),
        )


class NotPublished(TrainingRefused):
    """A course is to be assigned of which nothing is published yet."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“{title}” is not published yet.").format(title=title),
            _("Publish the course first; it can be assigned from then on."),
        )


class ByFormAlone(TrainingRefused):
    """A practical whose form has critical steps was to be met by somebody's notes."""

    def __init__(self, title: str) -> None:
        super().__init__(
            by_form_in_words(title),
            _(
                "Have it watched and assessed; what was learned elsewhere is a requirement of its own that "
                "stands in for it."
            ),
        )


def by_form_in_words(title: str) -> str:
    """Return that a practical is met by its form alone."""
    words = _("{title} has critical steps: a qualified assessor and the learner sign its form.")
    return words.format(title=title)


class Loop(TrainingRefused):
    """Requirements would come before, or stand in for, themselves."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(
            _("That would be a loop: {way}.").format(way=" → ".join(codes)),
            _("Take one of them away first."),
        )


class LoopWaits(TrainingRefused):
    """What comes first was to be changed where two PCs made a loop of it, past the decision."""

    def __init__(self) -> None:
        super().__init__(
            _("Requirements that ask for each other first wait for a decision."),
            _("Decide under Conflicts what comes first; then change it here."),
        )


class NotOpen(TrainingRefused):
    """An act needs an assignment that is open."""

    def __init__(self) -> None:
        super().__init__(
            _("This assignment is closed: what happened stays as it is."),
            _("Assign the training anew if it is needed again."),
        )


class StillWaived(TrainingRefused):
    """Something was to be asked for again from which the person is let off: that would drop the waiver unsaid."""

    def __init__(self, until: date) -> None:
        super().__init__(
            _("They are let off this for good.")
            if until == date.max
            else _("They are let off this until {day}.").format(day=day_in_words(until)),
            _("End the waiver if it is needed again; its days count anew from then."),
        )


class ReasonNeeded(TrainingRefused):
    """An act that changes what somebody must hold was not given a reason."""

    def __init__(self) -> None:
        super().__init__(_("A reason is needed."), _("Say in a few words why; auditors read it."))


class ComesFirst(TrainingRefused):
    """Something that has to be held before a requirement is not: nobody begins it, nor is it credited."""

    def __init__(self, title: str, first: tuple[str, ...]) -> None:
        super().__init__(
            _("{title} comes after {first}, which is not held.").format(
                title=title, first=", ".join(first)
            ),
            _("See to that first. What was begun before can be gone on with."),
        )


class AbsenceFarBack(TrainingRefused):
    """An absence reaches back further than what is open was asked for, or than a year: a day mistyped."""

    def __init__(self, name: str, from_on: date) -> None:
        super().__init__(
            _(
                "{name} would have been away since {day}: before all that is open was asked of them, "
                "or more than a year ago."
            ).format(name=name, day=day_in_words(from_on)),
            _("Look at the day. If it is right, say that it is."),
        )
