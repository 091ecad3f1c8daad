"""Why a file is not kept as somebody's paper, in words for whoever chose it."""

from collections.abc import Callable

from app.core.base.errors import UserFacingError
from app.core.base.figures import size
from app.core.base.words import _
from app.core.documents import PaperFault
from app.core.people.papers.kinds import MOST_BYTES


class PaperRefused(UserFacingError):
    """A file cannot be kept as somebody's paper."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence, safe=_("Nothing was changed."), remedy=remedy)


class NoFileChosen(PaperRefused):
    """No file was given."""

    def __init__(self) -> None:
        super().__init__(_("No file was chosen."), _("Choose the paper, or drop it here."))


def refused(name: str, fault: PaperFault) -> PaperRefused:
    """Return what is told of a file that is no paper."""
    sentence, remedy = _FAULTS[fault]()
    return PaperRefused(sentence.format(name=name), remedy)


def too_heavy(name: str) -> PaperRefused:
    """Return what is told of a file with too many bytes."""
    return PaperRefused(
        _("{name} is larger than {most}.").format(name=name, most=size(MOST_BYTES)),
        _("Scan it in grey with 150 dots an inch, or save it smaller."),
    )


_FAULTS: dict[PaperFault, Callable[[], tuple[str, str]]] = {
    PaperFault.UNKNOWN: lambda: (
        _("{name} is neither PDF nor PNG nor JPEG."),
        _("Save it as PDF, and try again."),
    ),
    PaperFault.DAMAGED: lambda: (
        _("{name} is damaged, or no whole file."),
        _("Copy, scan or save it again."),
    ),
    PaperFault.PASSWORD: lambda: (
        _("{name} asks for a password."),
        _("Save it without one."),
    ),
    PaperFault.TOO_LARGE: lambda: (
        _("{name} has too many pages or dots for a paper of a person."),
        _("Give the pages that matter, at most 60."),
    ),
    PaperFault.ACTS: lambda: (
        _("{name} holds scripts, programs or other files, not only pages."),
        _("Print it to PDF, and give what comes out."),
    ),
}
