"""Why a file of people is not taken."""

from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.words import _, plural


class FileHasErrors(UserFacingError):
    """Some rows cannot be taken, and nobody said that they may be left out."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            plural("{count} row has errors.", "{count} rows have errors.", count),
            safe=_("Nothing was imported."),
            remedy=_("Mend the file, or import without these rows."),
        )


class PlanOutdated(UserFacingError):
    """People changed between the look and the import."""

    def __init__(self) -> None:
        super().__init__(
            _("The people of the site have changed since the file was looked at."),
            safe=_("Nothing was imported."),
            remedy=_("Look at the file again."),
        )


class DaysUnclear(UserFacingError):
    """The file's days can be read in two ways, and nobody said which is meant."""

    def __init__(self, day: str) -> None:
        self.day = day
        super().__init__(
            _("{day} can be read in two ways, and no other day of the file tells which.").format(
                day=day
            ),
            safe=_("Nothing was imported."),
            remedy=_("Say whether the day or the month stands first."),
        )


class ThresholdPassed(UserFacingError):
    """So many people would change or leave that their number has to be typed."""

    def __init__(self, count: int, people: int) -> None:
        self.count = count
        super().__init__(
            _("{count} of {people} people would change or leave.").format(
                count=number(count), people=number(people)
            ),
            safe=_("Nothing was imported."),
            remedy=_("If that is meant, type the number {count}.").format(count=count),
        )
