"""Why a delegation is refused."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class DelegationRefused(UserFacingError):
    """Somebody was to give training for another, and may not."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why, safe=_("Nothing was changed."), remedy=remedy)
