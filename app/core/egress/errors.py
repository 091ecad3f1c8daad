"""Why a file was not written, said to a person."""

from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class FileTaken(UserFacingError):
    """There is a file under that name already."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("There is already a file {path}.").format(path=path),
            safe=_("It was not changed."),
            remedy=_("Choose another name, or say that it may be replaced."),
        )


class CannotSave(UserFacingError):
    """The system did not let the file be written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            _("The file {path} could not be written. {why}").format(path=path, why=why),
            safe=_("Nothing was changed."),
            remedy=_("Choose another folder."),
        )
