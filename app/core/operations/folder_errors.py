"""What can be wrong with a data folder, in words for whoever stands before the PC."""

from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.storage.remote import remote_kind

LONGEST_CODE = 12
"""Letters of a site's short code, which every certificate number begins with."""


class FolderTaken(UserFacingError):
    """There is already a site in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("There is already a site in {folder}.").format(folder=folder),
            safe=_("It was not changed."),
            remedy=_("Choose another folder, or open the site that is there."),
        )


class NoSite(UserFacingError):
    """There is no site in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("There is no site in {folder}.").format(folder=folder),
            safe=_("Nothing was changed."),
            remedy=_("Start Daksha to set one up, or name the right folder."),
        )


class NoFolder(UserFacingError):
    """What is named as the data folder is a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} is a file, not a folder.").format(path=path),
            safe=_("It was not changed."),
            remedy=_("Name a folder for the records."),
        )


class FolderNotEmpty(UserFacingError):
    """The folder that is to be the data folder has files of somebody else."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(
            _("{folder} is not empty: {name} lies there.").format(folder=folder, name=name),
            safe=_("It was not changed."),
            remedy=_("Name a folder that is empty, or a new one."),
        )


class FolderRemote(UserFacingError):
    """The data folder lies on a network drive."""

    def __init__(self, folder: Path, kind: str) -> None:
        super().__init__(
            _(
                "{folder} lies on a network drive ({kind}): records that are kept there can be lost."
            ).format(folder=folder, kind=kind),
            safe=_("Nothing was changed."),
            remedy=_(
                "Keep the data folder on a disk of this PC (one that lies there is moved while no PC "
                "has it open). To work with others, give each PC its own, and exchange through a shared "
                "folder."
            ),
        )


def require_own_disk(folder: Path) -> None:
    """Raise FolderRemote where a folder lies on a network drive: SQLite's log does not hold there."""
    kind = remote_kind(folder)
    if kind:
        raise FolderRemote(folder, kind)


class NotPermitted(UserFacingError):
    """The system does not let this program's user open a file of the site."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _("This account may not open {path}.").format(path=path),
            safe=_("Nothing was changed."),
            remedy=_("Ask whoever looks after this PC to give it the right."),
        )


class RecordsMissing(UserFacingError):
    """The folder says that there is a site, but its records are not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The records in {path} are missing or cut short.").format(path=path),
            safe=_("Nothing was changed, and no empty records were put in their place."),
            remedy=_("Put the file back where it was, or restore a backup."),
        )


class MarkerMissing(UserFacingError):
    """There are records in the folder, and nothing that says which site they are."""

    def __init__(self, marker: Path) -> None:
        super().__init__(
            _(
                "There are records in {folder}, but {file}, which names their site, is missing."
            ).format(folder=marker.parent, file=marker.name),
            safe=_("Nothing was changed."),
            remedy=_(
                "Put that file back from a copy of the data folder, or choose another folder."
            ),
        )


class RecordsInUse(UserFacingError):
    """Another program has the records open, or is doing something with them that bears no other."""

    def __init__(self) -> None:
        super().__init__(
            _("Another program is working with these records."),
            safe=_("Nothing was changed."),
            remedy=_("Close every window and command of Daksha on them, and try again."),
        )


class NoDataKey(UserFacingError):
    """The records lie on a server, which looks after their protection itself."""

    def __init__(self) -> None:
        super().__init__(
            _("These records lie on a database server; this PC holds no key to them."),
            safe=_("Nothing was changed."),
            remedy=_("Ask whoever looks after the server how it protects them."),
        )


class CodeRefused(UserFacingError):
    """A site's short code could not stand in the number of a certificate."""

    def __init__(self) -> None:
        super().__init__(
            _("A short code has up to {count} letters A to Z, digits and hyphens.").format(
                count=LONGEST_CODE
            ),
            safe=_("Nothing was changed."),
            remedy=_("Give another code, for example PUNE."),
        )
