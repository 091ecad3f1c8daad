"""What somebody who writes questions can be told."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class BankInvalid(UserFacingError):
    """A bank cannot be called that."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, safe=_("Nothing was changed."))


class QuestionChanged(UserFacingError):
    """Somebody else has written a newer version meanwhile."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("Somebody else has changed the question “{title}”.").format(title=title),
            safe=_("What you wrote is still on screen; nothing was saved."),
            remedy=_("Duplicate it to keep both, or open it again to see what is new."),
        )


class FormatUnknown(UserFacingError):
    """The file is in no format that questions can be read from."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(
            _("{name} is no file of questions that can be read.").format(name=name),
            safe=_("Nothing was imported."),
            remedy=_("These formats are read: {formats}.").format(formats=known),
        )


class NothingToImport(UserFacingError):
    """A file holds no question that can be asked."""

    def __init__(self, name: str, why: str = "") -> None:
        text = _("{name} holds no question that can be asked: {why}")
        plain = _("{name} holds no question that can be asked.")
        super().__init__(
            text.format(name=name, why=why) if why else plain.format(name=name),
            safe=_("Nothing was imported."),
            remedy=_("Mend what the report names and try again."),
        )


class NothingNew(UserFacingError):
    """A bank says what its approved state says."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("{title} has not changed since it was approved.").format(title=title),
            safe=_("Nothing was submitted."),
        )


class NothingApproved(UserFacingError):
    """A quiz was to be made of a bank of which nobody has approved anything."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("No question of {title} is approved yet.").format(title=title),
            safe=_("Nothing was added."),
            remedy=_("Submit the bank for approval first."),
        )


class LeftOutAlready(UserFacingError):
    """A question was to be left out of results that is, or of which that is asked already."""

    def __init__(self) -> None:
        super().__init__(
            _("This question is left out of results already, or that waits for an approval."),
            safe=_("Nothing was changed."),
            remedy=_("Look at it under “To approve”."),
        )


class CountsAtOnce(UserFacingError):
    """A question was to be left out of results from another day on."""

    def __init__(self) -> None:
        super().__init__(
            _("A question is left out of results as soon as it is approved, not from a later day."),
            safe=_("Nothing was approved."),
            remedy=_("Leave today as the first day."),
        )
