"""Choosing a password of one's own, to sign with: the first beside a PIN, or another."""

from collections.abc import Callable
from typing import Any

from app.core.base.actor import Actor
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import SignedIn
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet


class OwnPasswordSheet(FormSheet):
    """Asks for what one has now, and twice for what one wants."""

    def __init__(
        self,
        host: Screen[Any],  # of whatever services, if people sign in by them
        actor: Actor,
        *,
        is_first: bool,
        done: Callable[[], None] | None = None,
    ) -> None:
        """Take who chooses: at a PC at which another is signed in that need not be the same."""
        self._screen, self._actor, self._done = host, actor, done
        self._is_first = is_first
        self.old = PasswordField(
            _("Your PIN") if is_first else _("Your password now"), required=True
        )
        self.new = PasswordField(
            _("Your new password"), required=True, hint=_("Several words are best.")
        )
        self.again = PasswordField(_("The same again"), required=True)
        form = Form()
        for field in (self.old, self.new, self.again):
            form.add(field)
        form.mark_saved()
        super().__init__(
            host,
            _("Choose a password") if is_first else _("Change my password"),
            form,
            subtitle=_("It is what you sign with: nobody else may know it."),
        )
        self.save_asked.connect(self._save_password)

    def _save_password(self) -> None:
        if self.new.value() != self.again.value():
            self.again.set_error(_("The two differ."))
            self.save_button.setEnabled(True)
            return
        desk, old, new = self._screen.desk, self.old.value(), self.new.value()
        sign_in, actor = desk.services.sign_in, self._actor
        change = sign_in.choose_password if self._is_first else sign_in.change_secret

        def work(_progress: Progress) -> SignedIn:
            signed_in: SignedIn = change(actor, old, new)
            return signed_in

        def kept(_signed_in: SignedIn) -> None:
            self.saved()
            desk.toast(_("Your password is set, and your key lies under it."))
            if self._done is not None:
                self._done()

        desk.jobs.run(work, done=kept, failed=self.refused, owner=self._screen)
