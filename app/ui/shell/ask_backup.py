"""Choosing a backup where nobody can sign in: a new PC, or records that do not open."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import link, plain, primary
from app.ui.kit.dialogs import Dialog, tell
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Tone
from app.ui.shell.recovering import RestoreWithKitDialog
from app.ui.shell.site_opener import LossTold, LostPassword, SiteOpener


class BackupAsker:
    """Asks for the file, says what would be lost, and asks for a password or the recovery kit."""

    def __init__(
        self,
        parent: QWidget,
        jobs: JobRunner,
        opener: SiteOpener,
        then: Callable[[Path, str | LostPassword], None],
    ) -> None:
        self._parent = parent
        self._jobs = jobs
        self._opener = opener
        self._then = then

    def ask(self) -> None:
        """Ask for the file first."""
        dialog = QFileDialog(self._parent, _("Choose a backup"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Daksha (*.dkbk)")
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def take(self, backup: Path) -> None:
        """Look what would be lost, and go on to the password."""
        self._jobs.run(
            lambda _progress: self._opener.loss(backup),
            done=lambda loss: self._ask_password(backup, loss),
            failed=self._tell,
            owner=self._parent,
        )

    def ask_kit(self, backup: Path, lost: LostPassword | None = None, what: str = "") -> None:
        """Ask two people for two papers; after a try that was refused, with what they typed."""
        dialog = RestoreWithKitDialog(
            self._parent,
            self._jobs,
            self._opener,
            backup,
            lambda brought: self._then(backup, brought),
        )
        if lost is not None:
            dialog.fill(lost)
            dialog.banner.set_text(what)
            dialog.banner.show()
        dialog.open()

    def _tell(self, error: UserFacingError) -> None:
        tell(error, self._parent)

    def _ask_password(self, backup: Path, loss: LossTold) -> None:
        dialog = Dialog(_("Restore this backup?"), "history", Tone.WARNING, self._parent.window())
        dialog.add_words(loss.words)
        if loss.details:
            dialog.add_details(loss.details)
        field = PasswordField(
            _("Administrator's password"),
            required=True,
            hint=_("Of the administrator who set the site up."),
        )
        dialog.body.addWidget(field)

        def go_on() -> None:
            if field.validate():
                dialog.accept()
                self._then(backup, field.value())

        def use_kit() -> None:
            dialog.reject()
            self.ask_kit(backup)

        field.submitted.connect(go_on)
        lost = link(_("The password is lost: use the recovery kit")).on_press(use_kit)
        dialog.body.addWidget(lost, 0, Qt.AlignmentFlag.AlignLeft)
        dialog.foot.addWidget(plain(_("Cancel")).on_press(dialog.reject))
        dialog.foot.addWidget(primary(_("Restore"), "history").on_press(go_on))
        dialog.open()
