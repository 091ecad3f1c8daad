"""What can go wrong with a report, said to a person."""

from collections.abc import Iterable

from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.words import _


class UnknownReport(UserFacingError):
    """There is no report of that name."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        super().__init__(
            _("There is no report {name}.").format(name=key),
            safe=_("Nothing was written."),
            remedy=_("Choose one of these: {names}.").format(names=", ".join(known)),
        )


class UnknownFormat(UserFacingError):
    """Reports are not written in that format."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        super().__init__(
            _("Reports are not written as {name}.").format(name=key),
            safe=_("Nothing was written."),
            remedy=_("Choose one of these: {names}.").format(names=", ".join(known)),
        )


class ToldOfNowOnly(UserFacingError):
    """A report of which the past is not kept was asked for as of a day."""

    def __init__(self, title: str, others: Iterable[str]) -> None:
        super().__init__(
            _("“{title}” can only be told as of now.").format(title=title),
            safe=_("Nothing was written."),
            remedy=_("These look back: {names}.").format(names=", ".join(others)),
        )


class FilterRefused(UserFacingError):
    """A filter that the report does not have, or a value that the filter does not take."""

    def __init__(self, what: str, known: Iterable[str] = ()) -> None:
        names = ", ".join(known)
        super().__init__(
            _("The filter {what} does not fit this report.").format(what=what),
            safe=_("Nothing was written."),
            remedy=_("Choose one of these: {names}.").format(names=names)
            if names
            else _("Check it and try again."),
        )


class SortRefused(UserFacingError):
    """The report has no such column."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        super().__init__(
            _("This report is not sorted by {name}.").format(name=key),
            remedy=_("Choose one of these: {names}.").format(names=", ".join(known)),
        )


class TooManyRows(UserFacingError):
    """More rows than a file or a sheet of paper is good for."""

    def __init__(self, rows: int, most: int) -> None:
        super().__init__(
            _("The report has {rows} rows; a file of this kind takes {most}.").format(
                rows=number(rows), most=number(most)
            ),
            safe=_("Nothing was written."),
            remedy=_("Filter it, for example by department, or choose another format."),
        )
