"""What can be wrong with a backup, its place or a restore."""

from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.storage.room import NoRoom


class NoBackup(UserFacingError):
    """A file is not a backup."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} is not a backup of Daksha.").format(file=path.name),
            safe=_("Nothing was changed."),
            remedy=_("Choose a file that ends in .dkbk."),
        )


class BackupDamaged(UserFacingError):
    """A backup was cut short or changed after it was made."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The backup {file} was cut short or changed after it was made.").format(
                file=path.name
            ),
            safe=_("Nothing was changed; it was not used."),
            remedy=_("Use another backup, and look at the disk or stick that this one lies on."),
        )


class BackupTooNew(UserFacingError):
    """A backup was made by a later version of the program."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The backup {file} was made by a newer Daksha.").format(file=path.name),
            safe=_("It was not opened, and nothing was changed."),
            remedy=_("Install the newer Daksha on this PC."),
        )


class BackupLocked(UserFacingError):
    """A backup was made on another PC, and no password was given."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The backup {file} was made on another PC and is locked.").format(file=path.name),
            safe=_("Nothing was changed."),
            remedy=_("Give the password of the administrator who set the site up."),
        )


class NoRoomForBackup(NoRoom):
    """A disk has too little room, also after old backups were let go."""

    def __init__(self, folder: Path, needed: int, free: int) -> None:
        super().__init__(
            folder,
            needed,
            free,
            safe=_("The records and the backups that are there were not changed."),
            remedy=_("Free some space, or choose another disk."),
        )


class PlaceUntrue(UserFacingError):
    """A disk does not give back what was written to it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} does not give back what was written to it.").format(folder=folder),
            safe=_("The records are safe; this backup was thrown away."),
            remedy=_("Use another disk or stick: this one is failing."),
        )


class BackupUnderWay(UserFacingError):
    """Another program makes a backup of these records."""

    def __init__(self) -> None:
        super().__init__(
            _("Another program is making a backup of these records."),
            safe=_("Nothing was changed."),
            remedy=_("Wait until it is done."),
        )


class ServerKeepsRecords(UserFacingError):
    """The records are on a database server, which has backups of its own."""

    def __init__(self) -> None:
        super().__init__(
            _("The records of this site are on a PostgreSQL server; Daksha makes no copy of them."),
            safe=_("Nothing was changed."),
            remedy=_(
                "Its administrator makes the backups there (pg_dump, pg_restore). Keep the data folder "
                "with it: the stored files lie there."
            ),
        )


class OtherSiteThere(UserFacingError):
    """The folder holds another site than the backup."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("There is another site in {folder}.").format(folder=folder),
            safe=_("Neither it nor the backup was changed."),
            remedy=_("Restore into another folder."),
        )
