"""What can be wrong with mail, in words for who looks after it."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class MailRefused(UserFacingError):
    """What was said of mail does not hold together."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing was changed."), remedy=remedy)


class NotTheSender(UserFacingError):
    """Another PC of the site sends its messages, or none does."""

    def __init__(self, *, elsewhere: bool) -> None:
        super().__init__(
            _("Another PC of this site sends its messages.")
            if elsewhere
            else _("No PC of this site sends messages yet."),
            safe=_("Nothing was sent."),
            remedy=_("An administrator says under Outbox, Settings, which PC does."),
        )


class NoRelay(UserFacingError):
    """Messages cannot be sent because no relay is named."""

    def __init__(self) -> None:
        super().__init__(
            _("No mail relay is named."),
            safe=_("The messages wait in the outbox."),
            remedy=_("Name one under Settings, or write the messages to a stick."),
        )


class RelayTrouble(UserFacingError):
    """The relay cannot be reached, or takes nothing from here now."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(
            happened,
            safe=_("No message was lost; what was not taken waits in the outbox."),
            remedy=remedy,
        )
