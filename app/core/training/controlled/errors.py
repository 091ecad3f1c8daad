"""What can be wrong with documents, in words for who asked."""

from collections.abc import Sequence

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.training.errors import TrainingRefused


class NumberTaken(TrainingRefused):
    """Another document has the number."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("There is a document with the number {number} already.").format(number=number),
            _("Open it and add a revision, or give another number."),
        )


class RevisionThere(TrainingRefused):
    """The document has a revision of that label."""

    def __init__(self, number: str, label: str) -> None:
        super().__init__(
            _("{number} has a revision {label} already.").format(number=number, label=label),
            _("Give the next one, or change the draft that is there."),
        )


class TwoRevisions(TrainingRefused):
    """Two PCs each added a revision of that label, and neither knew of the other."""

    def __init__(self, number: str, label: str) -> None:
        super().__init__(
            _("There are two revisions {label} of {number}, added on two PCs.").format(
                number=number, label=label
            ),
            _("Compare their files, and withdraw the one that is not right."),
        )


class OwnRevision(TrainingRefused):
    """Who wrote or submitted a revision wanted to end it alone, or to bring it back."""

    exit_code = 3

    def __init__(self, called: str) -> None:
        super().__init__(
            _("Whoever wrote or submitted {revision} does not sign what becomes of it.").format(
                revision=called
            ),
            _("Ask somebody else who may assign training to sign it."),
        )


class PlacesOpen(UserFacingError):
    """A draft still has places that only the plant can fill in, and nobody said that it goes on so."""

    def __init__(self, places: Sequence[str]) -> None:
        self.places = tuple(places)
        super().__init__(
            _("Still to be filled in: {places}.").format(places=", ".join(places)),
            safe=_("It was not submitted."),
            remedy=_("Give a file in which they are filled in, or confirm that it goes on so."),
        )


class FileRefused(TrainingRefused):
    """A file cannot be read as a document."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        usual = _("Give the PDF that was released, whole and without a password.")
        super().__init__(problem, remedy or usual)


class NotReadable(UserFacingError):
    """A revision is not to be read by learners: it is superseded, retired or not yet approved."""

    exit_code = 3

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing was recorded."), remedy=remedy)


class NotReadYet(UserFacingError):
    """Somebody was to acknowledge what they have not seen all of."""

    exit_code = 3

    def __init__(self, happened: str) -> None:
        super().__init__(
            happened,
            safe=_("Nothing was signed; what you have read is kept."),
            remedy=_("Read the rest, then sign."),
        )


class WitnessAsked(UserFacingError):
    """Somebody needs another to read along, and nobody said that they did."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has to read this to you, and to say so."),
            safe=_("Nothing was recorded; what you have read is kept."),
            remedy=_("Let who read it to you give their number and their PIN or password."),
        )


class WitnessRefused(UserFacingError):
    """Somebody named themselves as the one who read it to them."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Nobody says for themselves that it was read to them."),
            safe=_("Nothing was recorded; what you have read is kept."),
            remedy=_("Let who read it to you give their number and their PIN or password."),
        )


class SignatureAsked(UserFacingError):
    """A requirement asks for a signature, and none was given."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This is acknowledged with a signature only."),
            safe=_("Nothing was recorded; what you have read is kept."),
            remedy=_("Sign with your password."),
        )
