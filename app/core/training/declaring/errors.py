"""What can be wrong with declaring, in words for who declares."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class DeclaredOtherwise(UserFacingError):
    """The wording was changed after it was shown."""

    exit_code = 3

    def __init__(self, title: str) -> None:
        super().__init__(
            _("The wording of {title} was changed after you read it.").format(title=title),
            safe=_("Nothing was recorded."),
            remedy=_("Read it again, then declare it."),
        )


class DeclaredBySignature(UserFacingError):
    """A requirement asks for a signature, and none was given."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This is declared with a signature only."),
            safe=_("Nothing was recorded."),
            remedy=_("Sign with your password."),
        )
