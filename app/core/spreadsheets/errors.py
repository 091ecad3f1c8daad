"""Why a file of rows is not taken."""

from collections.abc import Iterable

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class FileUnreadable(UserFacingError):
    """The file is not a table of text, or a larger one than is taken."""

    def __init__(self, why: str, remedy: str = "") -> None:
        super().__init__(
            why,
            safe=_("Nothing was imported."),
            remedy=remedy or _("Save the list as XLSX or CSV (UTF-8) and try again."),
        )


class FileGone(FileUnreadable):
    """The file is not there, or is no longer."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The file {file} cannot be read: it was moved, or its stick was pulled out.").format(
                file=name
            ),
            remedy=_("Check its name, put its stick back in, and try again."),
        )


class MissingColumns(UserFacingError):
    """Columns without which nobody can be told apart are not in the file."""

    def __init__(self, missing: Iterable[str], found: Iterable[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            _("The file has no column for: {columns}.").format(columns=", ".join(self.missing)),
            safe=_("Nothing was imported."),
            remedy=_("Its first line names: {columns}. Name the missing ones there.").format(
                columns=", ".join(found)
            ),
        )
