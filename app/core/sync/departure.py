"""Before records leave, this PC signs how far its journal goes: the seal goes out with the file."""

from collections.abc import Callable

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal import SEALED

OF_SYNC_ITSELF = ("sync.export", "sync.release", "sync.inspected", "sync.receipt", "sync.stamp")
"""Actions that only tell of sync: alone they are no reason to seal."""
NO_NEWS = (*OF_SYNC_ITSELF, SEALED)
"""Actions that go along with the next file, and are no news by themselves."""


class Departure:
    """What is done once before a file is written for others, or several in one act; never in a folder's rounds."""

    def __init__(self) -> None:
        self.seals: list[Callable[[], object]] = []
        """Sign how far this PC's logs go, those that have grown."""

    def seal(self) -> str:
        """Seal; return why that was not possible, in one sentence, and let the file go all the same."""
        try:
            for act in self.seals:
                act()
        except UserFacingError as refusal:
            words = _("The journal could not be sealed for this file. {reason}")
            return words.format(reason=refusal.sentence)
        return ""
