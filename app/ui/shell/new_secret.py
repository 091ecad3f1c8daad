"""Choosing a new PIN or password at the first sign-in with a given one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Tone

if TYPE_CHECKING:
    from app.core.people import SignedIn
    from app.services import Services


class NewSecretDialog(Dialog):
    """Asks for the given secret and a new one, twice; then goes on to `then`."""

    def __init__(
        self,
        parent: QWidget,
        jobs: JobRunner,
        services: "Services",
        signed_in: "SignedIn",
        then: Callable[["SignedIn"], None],
    ) -> None:
        super().__init__(_("Choose your own PIN or password"), "key-round", Tone.PRIMARY, parent)
        self._jobs = jobs
        self._services = services
        self._signed_in = signed_in
        self._then = then
        self.add_words(
            _("The one you signed in with is as old as this site lets one become. Choose another.")
            if signed_in.is_old
            else _("The one you signed in with was given to you. Only you should know yours.")
        )
        before = _("The one you have now") if signed_in.is_old else _("The one you were given")
        self.old = PasswordField(before, required=True)
        self.new = PasswordField(_("Your new one"), required=True)
        self.again = PasswordField(_("Your new one again"), required=True)
        for field in (self.old, self.new, self.again):
            self.body.addWidget(field)
        self.old.submitted.connect(self.new.line.setFocus)
        self.new.submitted.connect(self.again.line.setFocus)
        self.again.submitted.connect(self._save)
        self.foot.addWidget(plain(_("Cancel")).on_press(self.reject))
        self.save = primary(_("Save and go on"), "check").on_press(self._save)
        self.foot.addWidget(self.save)

    def _save(self) -> None:
        if self.new.value() != self.again.value():
            self.again.set_error(_("The two differ."))
            return
        actor, old, new = self._signed_in.actor, self.old.value(), self.new.value()
        self._jobs.run(
            lambda _progress: self._services.sign_in.change_secret(actor, old, new),
            done=self._saved,
            failed=self._refused,
            owner=self,
        )

    def _saved(self, signed_in: "SignedIn") -> None:
        self.accept()
        self._then(signed_in)

    def _refused(self, error: UserFacingError) -> None:
        self.new.set_error(error.sentence)
