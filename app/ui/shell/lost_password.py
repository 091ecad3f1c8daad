"""What the dialogs share by which two people open records whose password is lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import Banner
from app.ui.kit.theme import Tone, current_theme
from app.ui.shell.site_opener import LostPassword, SiteOpener

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class LostPasswordDialog(Dialog):
    """Gives an administrator a new password, and goes on with the open site.

    Whoever lays it out says where its fields stand, and what else must be there: `is_complete`.
    """

    def __init__(
        self,
        parent: "QWidget",
        jobs: JobRunner,
        opener: SiteOpener,
        then: Callable[[Any], None],
        *,
        title: str,
        icon: str,
        width: int,
    ) -> None:
        super().__init__(title, icon, Tone.WARNING, parent)
        self.jobs, self.opener, self.then = jobs, opener, then
        self.setMinimumWidth(current_theme().px(width))
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.login = TextField(_("Login of the administrator"), required=True)
        self.password = PasswordField(_("New password"), required=True)
        self.again = PasswordField(_("New password again"), required=True)
        self.open_button = primary(_("Open"), "lock-open").on_press(self.open_records)

    def add_buttons(self) -> None:
        """Put the buttons at the foot; after all fields, as Tab comes to them."""
        self.foot.addWidget(plain(_("Cancel")).on_press(self.reject))
        self.foot.addWidget(self.open_button)

    def open_records(self) -> None:
        """Open the records with what is brought, and give an administrator a new password."""
        fields = (*self.needed(), self.login, self.password, self.again)
        valid = [field.validate() for field in fields]  # each of them says what it lacks
        if not all(valid) or not self.is_complete():
            return
        if self.password.value() != self.again.value():
            self.again.set_error(_("The two differ."))
            return
        lost = self.lost()
        self.open_button.setEnabled(False)
        self.run(lambda: self.use(lost), self._used)

    def use(self, lost: LostPassword) -> object:
        """Do what the dialog is for, and return what goes on with it; on a worker."""
        return self.opener.recover(lost)

    def needed(self) -> tuple[Field, ...]:
        """Return the fields that must be filled beside login and password."""
        raise NotImplementedError

    def lost(self) -> LostPassword:
        """Return what was brought and typed."""
        raise NotImplementedError

    def is_complete(self) -> bool:
        """Tell whether all is there that is no field."""
        return True

    def run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        """Do something that may be refused, off the window's thread."""
        self.banner.hide()
        self.jobs.run(lambda _progress: work(), done=done, failed=self._refused, owner=self)

    def _used(self, outcome: Any) -> None:  # Services, or what a dialog of its own kind returns
        self.accept()
        self.then(outcome)

    def _refused(self, error: UserFacingError) -> None:
        self.open_button.setEnabled(self.is_complete())
        self.banner.set_text(error.sentence)
        self.banner.show()
