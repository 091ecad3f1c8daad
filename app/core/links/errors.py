"""What can stand in the way of listening."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class PortTaken(UserFacingError):
    """The address cannot be listened on: another program does, or it is not this PC's."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            _("{host}:{port} cannot be listened on.").format(host=host, port=port),
            safe=_("Nothing was changed."),
            remedy=_("Choose another port, or end the program that uses this one."),
        )


class NotListening(UserFacingError):
    """A launch was asked for before the endpoint was started."""

    def __init__(self) -> None:
        super().__init__(_("The statement endpoint is not running."))
