"""Why sheets of codes were not made or not taken in, in words for whoever stands there with the paper."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _, plural
from app.core.sync.refusals import BundleRefused


class TooManySheets(UserFacingError):
    """What is to go takes more sheets than anybody would print and scan."""

    def __init__(self, sheets: int, most: int) -> None:
        super().__init__(
            _("This would take {sheets}; at most {most} are made.").format(
                sheets=plural("{count} sheet", "{count} sheets", sheets), most=most
            ),
            safe=_("Nothing was written."),
            remedy=_(
                "Let a stick carry it this once, or print sooner the next time: what was "
                "acknowledged is not printed again."
            ),
        )


class ReceiptTooLong(UserFacingError):
    """A receipt names more lacking files of courses than anybody would scan."""

    def __init__(self, sheets: int, most: int) -> None:
        super().__init__(
            _("This receipt would take {sheets}; at most {most} are made.").format(
                sheets=plural("{count} sheet", "{count} sheets", sheets), most=most
            ),
            safe=_("Nothing was written."),
            remedy=_(
                "Take in the files of courses that are lacking here first: it names each of them."
            ),
        )


class NoSheets(BundleRefused):
    """Nothing that was given holds a code of a sheet."""

    def __init__(self) -> None:
        super().__init__(
            _("No code of a sheet that Daksha printed was found."),
            remedy=_("Scan whole pages at 200 dots an inch or more, flat and without a shadow."),
        )


class CodeNotWhole(BundleRefused):
    """A reader left out a letter, or typed for another keyboard."""

    def __init__(self) -> None:
        super().__init__(
            _("A code did not come whole."),
            remedy=_("Scan it again; set the reader to this PC's keyboard if that does not help."),
        )


class SheetsTooNew(BundleRefused):
    """The codes are of a format that came later."""

    def __init__(self) -> None:
        super().__init__(
            _("These sheets were printed by a newer version of Daksha."),
            remedy=_("Update Daksha on this PC and read them again."),
        )


class SheetsDiffer(BundleRefused):
    """The codes are whole, and not those of one file."""

    def __init__(self) -> None:
        super().__init__(
            _("The codes do not fit together: one of them was not printed with the others."),
            remedy=_("What was read of them was put away. Read the sheets again, from the sender."),
        )


class TooManyOnPaper(BundleRefused):
    """More files on paper wait here for their sheets than anybody prints."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("{count} files on paper wait here for more of their sheets already.").format(
                count=most
            ),
            remedy=_("Put away those that will not become whole, and read these sheets again."),
        )


class NoSuchFileThatCame(UserFacingError):
    """A file that was not taken in here."""

    def __init__(self) -> None:
        super().__init__(
            _("No sync file of that kind was taken in on this PC."),
            safe=_("Nothing was written."),
            remedy=_("Look at the files that came: a receipt is for one that was taken in."),
        )
