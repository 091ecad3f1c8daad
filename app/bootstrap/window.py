"""Starts the window. Nothing here may import the database's libraries before the first paint."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLockFile, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app import VERSION
from app.bootstrap.demo_logins import told_at_sign_in
from app.bootstrap.mistakes import kept_log, noted_mistakes
from app.bootstrap.places import data_folder
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import LANGUAGES, _, use_language
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.shell.idle import IdleWatch
from app.ui.shell.site_opener import LossTold, LostPassword, NewSite
from app.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from app.core.keys import Introduction, Invitation
    from app.core.operations import Recovery
    from app.services import Services


_FRAME = 40
"""What a window's frame adds to its height, at most."""
_PATIENCE_MS = 5_000


class AlreadyOpen(UserFacingError):
    """Another window has these records."""

    def __init__(self) -> None:
        super().__init__(
            _("Daksha is already open on these records."),
            safe=_("Nothing was changed."),
            remedy=_("Look for its window on the taskbar; somebody else on this PC may have it."),
        )


class FolderRefused(UserFacingError):
    """The data folder cannot be written to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Daksha may not write to its data folder: {folder}").format(folder=folder),
            safe=_("The records in it are as they were."),
            remedy=_("Let whoever looks after this PC give you the right to write there."),
        )


class FolderOpener:
    """Opens or founds the site in a data folder (shell.site_opener.SiteOpener)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def exists(self) -> bool:
        """Tell whether there is a site."""
        return (self._folder / "daksha.json").exists()

    def told_at_sign_in(self) -> str:
        """Return how to sign in at the demo plant; "" elsewhere."""
        return told_at_sign_in(self._folder)

    def open(self, password: str | None) -> "Services":
        """Open the site; the libraries it needs are loaded here, on a worker."""
        from app.bootstrap.assembly import open_services  # SQLAlchemy: after the paint, on a worker

        return open_services(self._folder, password)

    def recover(self, lost: LostPassword) -> "Services":
        """Open the site with two shares of its recovery kit."""
        from app.bootstrap.assembly import recover_services  # likewise

        return recover_services(self._folder, _recovery_by(lost))

    def ask_headquarters(self, path: Path, people: tuple[str, ...], reason: str) -> str:
        """Write a request for the key of the records, and return the words that prove it."""
        from app.bootstrap.assembly import locked_records  # likewise
        from app.core.keys import write_whole

        asked = locked_records(self._folder).ask(people, reason)
        write_whole(path, asked.document)
        return asked.words

    def change_key(self, password: str, progress: Progress) -> "Services":
        """Give the records of the closed site another key, and open it."""
        from app.bootstrap.assembly import rekey_services  # likewise

        return rekey_services(self._folder, password, progress)

    def loss(self, backup: Path) -> LossTold:
        """Return what would be lost if a backup took the place of what is there."""
        from app.bootstrap.assembly import restoring_into  # likewise
        from app.core.operations import loss_in_detail, loss_told

        loss = restoring_into(self._folder).loss(backup)
        return LossTold(" ".join(loss_told(loss)), "\n".join(loss_in_detail(loss)))

    def check_kit(self, backup: Path, lost: LostPassword) -> None:
        """Look whether two shares of a recovery kit open a backup."""
        from app.bootstrap.assembly import restoring_into  # likewise

        restoring_into(self._folder).check_kit(backup, _recovery_by(lost))

    def restore(self, backup: Path, brought: str | LostPassword | None, progress: Progress) -> str:
        """Put a backup in the place of the records; return what there is to tell."""
        from app.bootstrap.assembly import restoring_into  # likewise
        from app.core.operations import restored_in_words

        restoring = restoring_into(self._folder)
        if isinstance(brought, LostPassword):
            done = restoring.restore_with_kit(backup, _recovery_by(brought), progress)
        else:
            alone = brought is not None
            done = restoring.restore(backup, brought, progress, by_password_alone=alone)
        return restored_in_words(done)

    def found(self, new: NewSite) -> "Services":
        """Found a site with its first administrator."""
        from app.bootstrap.assembly import found_services  # likewise
        from app.core.operations import Founding

        founding = Founding(
            name=new.name,
            code=new.code,
            password=new.password,
            language=new.language,
            pc_name=new.pc_name,
        )
        return found_services(self._folder, founding, new.login, new.administrator)

    def request(self) -> "Introduction":
        """Return what makes this PC known to a site."""
        from app.bootstrap.assembly import site_folder  # likewise

        return site_folder(self._folder).request()

    def save_request(self, path: Path, pc_name: str) -> None:
        """Write this PC's request to a file."""
        from app.bootstrap.assembly import site_folder  # likewise
        from app.core.keys import write_whole  # likewise

        write_whole(path, site_folder(self._folder).request(pc_name).document)

    def read_invitation(self, path: Path) -> "Invitation":
        """Return which site a file lets this PC join."""
        from app.bootstrap.assembly import site_folder  # likewise
        from app.core.keys import read_file

        return site_folder(self._folder).read_invitation(read_file(path))

    def join(
        self, path: Path, password: str, passphrase: str, words: str, pc_name: str
    ) -> "Services":
        """Join the site that a file is from."""
        from app.bootstrap.assembly import join_services  # likewise
        from app.core.keys import read_file
        from app.core.operations import Join

        join = Join(
            paper=read_file(path),
            password=password,
            passphrase=passphrase,
            words=words,
            pc_name=pc_name,
        )
        return join_services(self._folder, join)

    def found_demo(self, progress: Progress) -> "Services":
        """Found the demo plant."""
        from app.bootstrap.demo_site import found_demo_site  # likewise

        return found_demo_site(self._folder, progress)


def _recovery_by(lost: LostPassword) -> "Recovery":
    """Return what two people bring, as the core takes it."""
    from app.core.keys import read_file  # likewise
    from app.core.operations import Recovery

    return Recovery(
        shares=lost.shares,
        people=lost.people,
        login=lost.login,
        password=lost.password,
        answer=read_file(lost.answer) if lost.answer is not None else b"",
    )


class Shop:
    """What every window needs, made once, and put away at the end."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.theme = Theme(application)
        self.jobs = JobRunner(parent=application)
        self.changes = ChangeFeed(application)
        self.idle = IdleWatch(application)
        self.theme.apply()
        self.window = MainWindow(
            FolderOpener(folder), self.theme, self.jobs, self.changes, self.idle
        )

    def close(self) -> None:
        """Stop the workers and close the site."""
        self.window.close()
        self.jobs.wait_idle(_PATIENCE_MS)  # what closing saved is on its way to the disk
        self.jobs.shutdown()
        self.window.close_site()


def run_window() -> int:
    """Show the window and run until it is closed."""
    # Web lessons need it, and it cannot be had later; the web engine itself is loaded with the first of them
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Daksha")
    application.setApplicationVersion(VERSION)
    use_language(_language_of_pc())
    folder = data_folder()
    try:
        lock = only_window(folder)
    except UserFacingError as error:
        return _tell_and_leave(application, error)
    with kept_log(folder):
        shop = Shop(application, folder)
        with noted_mistakes(shop.window.tell_mistake):
            _show(shop.window)
            QTimer.singleShot(0, shop.window.begin)
            outcome = application.exec()
            shop.close()
    lock.unlock()
    return outcome


def only_window(folder: Path) -> QLockFile:
    """Take the place of the one window on a data folder. Raises AlreadyOpen, FolderRefused.

    Commands beside a window are fine, since every write takes the database's own lock; two windows
    would only confuse the people before them.
    """
    lock = QLockFile(str(folder / "window.lock"))
    lock.setStaleLockTime(0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderRefused(folder) from error
    if lock.tryLock(0):
        return lock
    if lock.error() is QLockFile.LockError.LockFailedError:
        raise AlreadyOpen
    raise FolderRefused(folder)


def _show(window: MainWindow) -> None:
    """Show the window, over the whole screen where it would reach beyond its edges."""
    room = window.screen().availableSize()
    if room.height() < window.height() + _FRAME or room.width() < window.width() + 2:
        window.showMaximized()
    else:
        window.show()


def _tell_and_leave(application: QApplication, error: UserFacingError) -> int:
    """Say why there is no window in one of its own: nobody reads what a desktop icon prints."""
    from app.ui.kit.dialogs import ErrorDialog  # hardly ever needed

    sys.stderr.write(error.sentence + "\n")
    Theme(application).apply()
    dialog = ErrorDialog(error)
    dialog.finished.connect(application.quit)
    dialog.open()
    application.exec()
    return error.exit_code


def _language_of_pc() -> str:
    code = os.environ.get("LANG", "en")[:2]
    return code if code in LANGUAGES else "en"
