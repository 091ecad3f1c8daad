"""What can be wrong with an upgrade file, with this PC, or with a new version."""

from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.figures import size
from app.core.base.words import _


class UpgradeRefused(UserFacingError):
    """A new version that is not taken. The program and the records are as they were."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(
            happened, safe=_("The program and the records are as they were."), remedy=remedy
        )


class NotInstalled(UpgradeRefused):
    """The program was started from its sources."""

    def __init__(self) -> None:
        super().__init__(
            _("This Daksha was started from its sources and has no versions beside it."),
            _("Bring the sources up to date instead, and start it again."),
        )


class NotAProgram(UserFacingError):
    """A folder is not a program as a build makes it."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            _("{folder} is not a program as it was built: {why}").format(folder=folder, why=why),
            safe=_("No file was made."),
            remedy=_("Build it with ./run build, and give the folder dist/daksha."),
        )


class NotHeadquarters(UserFacingError):
    """Another site releases versions for this organisation."""

    exit_code = 3

    def __init__(self, headquarters: str) -> None:
        super().__init__(
            _("Versions of the program are released by {site}.").format(site=headquarters),
            safe=_("No file was made."),
            remedy=_("Do it there, on the PC that holds the site's key."),
        )


class UpgradeUnreadable(UpgradeRefused):
    """A file is no upgrade file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} is not an upgrade of Daksha, or only the beginning of one.").format(
                file=path.name
            ),
            _("Copy it onto the stick again from where it was made."),
        )


class UpgradeDamaged(UpgradeRefused):
    """What is in the file is not what headquarters signed."""

    def __init__(self, path: Path, name: str = "") -> None:
        words = _("{file} was cut short or changed after it was signed.").format(file=path.name)
        if name:
            words = _("{file} was changed after it was signed: {name} differs.").format(
                file=path.name, name=name
            )
        super().__init__(words, _("Do not use it. Bring it again, on another stick."))


class UpgradeNotRead(UpgradeRefused):
    """The file could not be read to its end: a stick was pulled out, or fails."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            _("{file} could not be read: {why}").format(file=path.name, why=why),
            _("Put the stick back in, or use another one, and do it again."),
        )


class UpgradeTooNew(UpgradeRefused):
    """The file is of a form that this version does not know."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} has a form that this Daksha does not know.").format(file=path.name),
            _("Install a version in between first."),
        )


class NotOfHeadquarters(UpgradeRefused):
    """A key signed the file that this site believes, but not as that of its headquarters."""

    def __init__(self, label: str, headquarters: str) -> None:
        super().__init__(
            _("This upgrade was signed by {name}, not by {site}.").format(
                name=label, site=headquarters
            ),
            _("Take the one that headquarters released."),
        )


class ReleaserNotTrusted(UpgradeRefused):
    """The key that signed the file is unknown here, was revoked, or its time is over."""

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Who signed this upgrade is not believed here: {why}").format(why=why),
            _("Take the one that headquarters released, and take their newest sync file in first."),
        )


class NameRefused(UpgradeRefused):
    """A list of files that no folder on every system could hold."""

    def __init__(self, why: str) -> None:
        super().__init__(
            _("The list of files in this upgrade is refused: {why}").format(why=why),
            _("Do not use it, and tell headquarters."),
        )


class WrongPlatform(UpgradeRefused):
    """The program is made for other PCs."""

    def __init__(self, made_for: str, here: str) -> None:
        super().__init__(
            _("This upgrade is made for {made_for}; this PC is {here}.").format(
                made_for=made_for, here=here
            ),
            _("Bring the one that is made for this kind of PC."),
        )


class NotNewer(UpgradeRefused):
    """The version is the one that runs, or an older one."""

    def __init__(self, version: str, running: str) -> None:
        super().__init__(
            _("This upgrade is Daksha {version}; this PC runs {running}.").format(
                version=version, running=running
            ),
            _("Only a newer version is installed; to go back, use the way back to the one before."),
        )


class TooFarApart(UpgradeRefused):
    """The new version does not take the place of one as old as this."""

    def __init__(self, version: str, oldest: str, running: str) -> None:
        super().__init__(
            _(
                "Daksha {version} takes the place of {oldest} and newer; this PC runs {running}."
            ).format(version=version, oldest=oldest, running=running),
            _("Install a version in between first."),
        )


class NoRoomForProgram(UpgradeRefused):
    """The disk has too little room for another version."""

    def __init__(self, folder: Path, needed: int, free: int) -> None:
        super().__init__(
            _("{folder} has {free} free; {needed} are needed.").format(
                folder=folder, free=size(free), needed=size(needed)
            ),
            _("Free some space, and do it again."),
        )


class ProgramFolderClosed(UpgradeRefused):
    """This user of the PC may not write where the program lies."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Whoever is signed in to this PC may not write to {folder}.").format(folder=folder),
            _("Let whoever installed Daksha on this PC do it, signed in as they were then."),
        )


class InstallUnderWay(UpgradeRefused):
    """Another program is installing a version."""

    def __init__(self) -> None:
        super().__init__(
            _("Another window or command is installing a version of Daksha."),
            _("Wait until it is done."),
        )


class WaitsForStart(UpgradeRefused):
    """The version is installed already, and waits for the next start."""

    def __init__(self, version: str) -> None:
        super().__init__(
            _("Daksha {version} is installed and starts next time.").format(version=version),
            _("Close Daksha on this PC, and start it again."),
        )


class NewVersionFails(UpgradeRefused):
    """The new version did not pass its own check, or cannot bring the records to its form."""

    def __init__(self, version: str, why: str) -> None:
        super().__init__(
            _("Daksha {version} does not work on this PC: {why}").format(version=version, why=why),
            _("It was taken away again. Tell headquarters what it says."),
        )


class UpgradeTakenBack(UserFacingError):
    """The new version could not bring the records to its form at its first start."""

    def __init__(self, version: str, why: str) -> None:
        super().__init__(
            _("Daksha {version} could not take these records over: {why}").format(
                version=version, why=why
            ),
            safe=_("The records are as they were, and the version before is in force again."),
            remedy=_("Close Daksha and start it again, and tell headquarters what it says."),
        )


class NothingBefore(UserFacingError):
    """There is no version to go back to."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no version before this one on this PC."),
            safe=_("Nothing was changed."),
            remedy=_("Install another version from an upgrade file."),
        )


class NoRecordsOfBefore(UserFacingError):
    """The version before cannot read the records, and there is no backup that it could read."""

    def __init__(self, version: str) -> None:
        super().__init__(
            _(
                "Daksha {version} cannot read these records, and no backup of before is here."
            ).format(version=version),
            safe=_("Nothing was changed."),
            remedy=_("Put back the place of the backups, or ask whoever looks after the server."),
        )
