"""What keeps a subject from being submitted, approved, rejected, withdrawn or retired."""

from datetime import date

from app.core.approvals.states import SubjectState, subject_state_in_words
from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.words import _


class OwnWork(UserFacingError):
    """Somebody was to approve what they wrote or submitted themselves."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Whoever wrote or submitted this cannot approve it."),
            safe=_("It still waits for an approval."),
            remedy=_("Ask somebody else who may approve to review and sign it."),
        )


class ApprovedAlready(UserFacingError):
    """Somebody was to approve a second time what takes two people."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("You have approved this; it takes somebody else, too."),
            safe=_("Your signature is kept; it still waits for the other one."),
            remedy=_("Ask somebody else who may approve to review and sign it."),
        )


class NoSuchCount(UserFacingError):
    """A number of approvers was named that no site asks for."""

    def __init__(self, asked: int) -> None:
        super().__init__(
            _("{count} people are not asked for an approval.").format(count=asked),
            safe=_("Nothing was changed."),
            remedy=_("Let one or two people approve."),
        )


class ChangedSince(UserFacingError):
    """What is there now is not what was submitted."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not what was submitted: it was changed afterwards."),
            safe=_("Nothing was approved."),
            remedy=_("Have it withdrawn and submitted again, and review it anew."),
        )


class NotThatState(UserFacingError):
    """A step was asked for that does not follow where the subject stands."""

    def __init__(self, state: SubjectState) -> None:
        self.state = state
        super().__init__(
            _("This cannot be done now: the state is “{state}”.").format(
                state=subject_state_in_words(state)
            ),
            safe=_("Nothing was changed."),
            remedy=_("Look at it again: somebody may have decided meanwhile."),
        )


class DayIsPast(UserFacingError):
    """An approval was to hold from a day that is over."""

    def __init__(self, asked: date) -> None:
        super().__init__(
            _("{day} is past: nothing is approved for a day that is over.").format(day=day(asked)),
            safe=_("Nothing was approved."),
            remedy=_("Give today or a later day."),
        )


class ApprovalAsked(UserFacingError):
    """Something was to be used without the approval that the site asks for."""

    def __init__(self) -> None:
        super().__init__(
            _("This site asks for an approval first."),
            safe=_("Nothing was changed."),
            remedy=_("Submit it for approval; somebody else reviews and signs it."),
        )


class AlwaysAsked(UserFacingError):
    """A site was to say something else of a kind that is approved everywhere."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("{kind} are always approved before they are used.").format(kind=title),
            safe=_("Nothing was changed."),
            remedy=_("Nothing is to be done: submit them, and let somebody else sign."),
        )


class NoSuchKind(UserFacingError):
    """A kind of thing was named that is not approved by anybody."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            _("“{kind}” is nothing that is approved.").format(kind=kind),
            safe=_("Nothing was changed."),
        )


class NotAskedFor(UserFacingError):
    """How many people approve was to be said of a kind for which the site asks no approval."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("{kind}: this site asks for no approval.").format(kind=title),
            safe=_("Nothing was changed."),
            remedy=_("Ask for an approval first; then say how many people approve."),
        )


class EasingWaits(UserFacingError):
    """It was to be proposed once more that the site asks for less of a kind."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("{kind}: it is proposed already that this site asks for less.").format(kind=title),
            safe=_("Nothing was changed."),
            remedy=_("Let somebody else approve that proposal, or take it back first."),
        )
