"""Why two people are not merged, or a merge not undone."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class AlreadyOne(UserFacingError):
    """Both are one person already."""

    def __init__(self) -> None:
        super().__init__(
            _("These are one person already."),
            safe=_("Nothing was changed by this."),
            remedy=_("Look at the list again."),
        )


class StandsForOthers(UserFacingError):
    """Somebody was merged into the one who was to be merged into another."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Somebody else was merged into {name} before.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Let {name} be the one who stays, or undo that merge first.").format(
                name=name
            ),
        )


class OwnRecordsGo(UserFacingError):
    """Somebody would let their own records stand under another person while they work."""

    def __init__(self) -> None:
        super().__init__(
            _("You are signed in as the one who would be merged into another."),
            safe=_("Nothing was changed."),
            remedy=_("Let yourself be the one who stays, or ask another administrator."),
        )


class NotMerged(UserFacingError):
    """Nobody was merged, or it was undone meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("This person is not merged into another."),
            safe=_("Nothing was changed by this."),
            remedy=_("Look at the list again."),
        )
