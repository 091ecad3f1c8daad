"""Opening records whose password is lost: two people type two shares of the recovery kit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import link, plain, primary
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.text_fields import PasswordField, TextAreaField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import Tone, current_theme
from app.ui.shell.site_opener import LostPassword, SiteOpener

if TYPE_CHECKING:
    from app.services import Services


class RecoveryDialog(Dialog):
    """Asks for the shares, for who is here, and for the new password; then goes on with the open site."""

    def __init__(
        self,
        parent: QWidget,
        jobs: JobRunner,
        opener: SiteOpener,
        then: Callable[["Services"], None],
    ) -> None:
        super().__init__(_("Recovery kit"), "key-round", Tone.WARNING, parent)
        self._jobs = jobs
        self._opener = opener
        self._then = then
        self.add_words(
            _("Two people with two papers of the kit give an administrator a new password.")
        )
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.shares = [
            TextAreaField(_("Words of the first paper"), rows=2, required=True),
            TextAreaField(_("Words of the second paper"), rows=2, required=True),
        ]
        self.people = [
            TextField(_("Name of whoever keeps the first"), required=True),
            TextField(_("Name of whoever keeps the second"), required=True),
        ]
        self.login = TextField(_("Login of the administrator"), required=True)
        self.password = PasswordField(_("New password"), required=True)
        self.again = PasswordField(_("New password again"), required=True)
        self.setMinimumWidth(current_theme().px(720))
        side_by_side = row(gap=16)
        for share, person in zip(self.shares, self.people, strict=True):
            side = column(gap=10)
            side.addWidget(share)
            side.addWidget(person)
            side_by_side.addLayout(side, 1)
        self.body.addLayout(side_by_side)
        self.body.addWidget(self.login)
        passwords = row(gap=16)
        for field in (self.password, self.again):
            passwords.addWidget(field, 1)
        self.body.addLayout(passwords)
        self.hq_link = link(_("No two papers are left: ask headquarters")).on_press(self._ask_hq)
        self.body.addWidget(self.hq_link)
        self.foot.addWidget(plain(_("Cancel")).on_press(self.reject))
        self.open_button = primary(_("Open"), "lock-open").on_press(self._go_on)
        self.foot.addWidget(self.open_button)

    def _go_on(self) -> None:
        fields = (*self.shares, *self.people, self.login, self.password, self.again)
        valid = [field.validate() for field in fields]  # each of them says what it lacks
        if not all(valid):
            return
        if self.password.value() != self.again.value():
            self.again.set_error(_("The two differ."))
            return
        lost = LostPassword(
            shares=tuple(share.value() for share in self.shares),
            people=tuple(person.value() for person in self.people),
            login=self.login.value(),
            password=self.password.value(),
        )
        self.open_button.setEnabled(False)
        self._jobs.run(
            lambda _progress: self._opener.recover(lost),
            done=self._opened,
            failed=self._refused,
            owner=self,
        )

    def _ask_hq(self) -> None:
        from app.ui.shell.asking_hq import AskHqDialog  # once in the life of a site, if ever

        self.reject()
        AskHqDialog(self.parentWidget() or self, self._jobs, self._opener, self._then).open()

    def _opened(self, services: "Services") -> None:
        self.accept()
        self._then(services)

    def _refused(self, error: UserFacingError) -> None:
        self.open_button.setEnabled(True)
        self.banner.set_text(error.sentence)
        self.banner.show()
