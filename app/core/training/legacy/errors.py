"""Why old training is not taken, in words for who brings it in."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.training.errors import TrainingRefused


class NothingToBringIn(TrainingRefused):
    """No row of a list can be taken."""

    def __init__(self) -> None:
        super().__init__(
            _("No row of this list can be taken."),
            _("Save the rejected rows, mend them, and bring that list in."),
        )


class LegacyOutdated(TrainingRefused):
    """People, requirements or old training changed between the look and the bringing in."""

    def __init__(self) -> None:
        super().__init__(
            _("People, requirements or old training have changed since the list was looked at."),
            _("Look at the list again."),
        )


class LegacyDaysUnclear(TrainingRefused):
    """The days of a list can be read in two ways."""

    def __init__(self, day: str) -> None:
        super().__init__(
            _("{day} can be read in two ways, and no other day of the file tells which.").format(
                day=day
            ),
            _("Say whether the day or the month stands first."),
        )


class BatchAnswered(TrainingRefused):
    """A batch was signed, or taken back, already."""

    def __init__(self) -> None:
        super().__init__(
            _("This batch was signed or taken back already."),
            _("Look at the list again; what is wrong in a signed batch is corrected row by row."),
        )


class BatchOfOwn(TrainingRefused):
    """Whoever brought a batch in, or has a row in it, wanted to sign it."""

    def __init__(self) -> None:
        super().__init__(
            _("Who brings a list in, or stands in it, does not sign it."),
            _("Ask somebody else who may assign training for the whole site."),
        )


class BatchChanged(UserFacingError):
    """The rows of a batch are not those that were brought in."""

    def __init__(self) -> None:
        super().__init__(
            _("The rows of this batch are not all here, or not what was brought in."),
            safe=_("Nothing was signed."),
            remedy=_("If it comes from another PC, bring the rest of its sync files first."),
        )


class NoScan(TrainingRefused):
    """A file is no picture or PDF."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} is not a PDF, JPEG or PNG file of at most 25 MB.").format(name=name),
            _("Scan the paper as PDF or JPEG."),
        )
