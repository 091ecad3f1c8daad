"""Sheets that set a password or a PIN for the records, and that have their key changed."""

from collections.abc import Callable, Sequence

from typing_extensions import override

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.operations import Protection
from app.services import Services
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.jobs import Lane
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Tone


class _SecretSheet(FormSheet):
    """Asks for a secret twice."""

    def __init__(
        self, host: Screen[Services], title: str, subtitle: str, secret: str, again: str
    ) -> None:
        self._screen = host
        self.secret = PasswordField(secret, required=True)
        self.again = PasswordField(again, required=True)
        super().__init__(host, title, Form(), subtitle=subtitle)
        self.save_asked.connect(self._save_secret)

    def _do(self) -> Callable[[], None]:
        """Return what is done with the secret, as it was typed now."""
        raise NotImplementedError

    def _objection(self) -> str:
        """Return what is the matter with what was typed, and show it; "" where nothing is."""
        if self.secret.value() != self.again.value():
            self.again.set_error(_("The two differ."))
            self.again.line.setFocus()
            return self.again.error()
        return ""

    def _save_secret(self) -> None:
        if self._objection():
            self.save_button.setEnabled(True)
            return
        act = self._do()

        def work(_progress: Progress) -> None:
            act()

        self._screen.desk.jobs.run(
            work, done=self._kept, failed=self.refused, owner=self, lane=Lane.WORK
        )

    def _kept(self, _none: None) -> None:
        self.saved()
        self._screen.refresh()


class PasswordSheet(_SecretSheet):
    """A password that opens the records on any PC. `label` is whose it is; None asks for it.

    A new one is not called as one of `taken`, in whose place it would be put.
    """

    def __init__(
        self,
        host: Screen[Services],
        protection: Protection,
        label: str | None,
        taken: Sequence[str] = (),
    ) -> None:
        super().__init__(
            host,
            _("Password for the records"),
            _("It opens them on any PC. It is not the one that anybody signs in with."),
            _("New password"),
            _("New password again"),
        )
        self._protection = protection
        self._taken = {name.casefold() for name in taken}
        self.label = TextField(
            _("Whose it is"),
            label or "",
            required=label is None,
            hint=_("So that it can be taken away when they leave."),
        )
        for field in (self.label, self.secret, self.again):
            self.form.add(field)
        self.label.setVisible(label is None)
        self.form.mark_saved()

    @override
    def _objection(self) -> str:
        if (
            not self.label.isHidden()
            and " ".join(self.label.value().split()).casefold() in self._taken
        ):
            self.label.set_error(_("There is one already: change it in the list."))
            return self.label.error()
        return super()._objection()

    def _do(self) -> Callable[[], None]:
        actor, label, secret = self._screen.desk.actor, self.label.value(), self.secret.value()
        return lambda: self._protection.set_password(actor, label, secret)


class PinSheet(_SecretSheet):
    """A PIN that opens the records on this PC alone."""

    def __init__(self, host: Screen[Services], protection: Protection) -> None:
        super().__init__(
            host,
            _("PIN for the records"),
            _("It opens them on this PC alone. After five wrong ones a while has to pass."),
            _("New PIN"),
            _("New PIN again"),
        )
        self._protection = protection
        for field in (self.secret, self.again):
            self.form.add(field)
        self.form.mark_saved()

    def _do(self) -> Callable[[], None]:
        actor, secret = self._screen.desk.actor, self.secret.value()
        return lambda: self._protection.set_pin(actor, secret)


class KeyChangeSheet(FormSheet):
    """Proves the password that will be the only way, and has the window change the key."""

    def __init__(self, host: Screen[Services], protection: Protection) -> None:
        self._screen = host
        self._protection = protection
        self.password = PasswordField(
            _("Password for the records"),
            required=True,
            hint=_("One that opens them now. It alone opens them afterwards."),
        )
        form = Form()
        form.add(self.password)
        super().__init__(
            host,
            _("Change the key"),
            form,
            save=_("Change the key"),
            subtitle=_("Everybody is signed out, and the site is closed until it is done."),
        )
        words = _(
            "Afterwards: give the other administrators their passwords and this PC its PIN anew, and "
            "print a new recovery kit. Backups made before keep the key and the passwords they had."
        )
        self.body.insertWidget(0, Banner(words, Tone.WARNING))
        self.save_asked.connect(self._begin)

    def _begin(self) -> None:
        protection, actor = self._protection, self._screen.desk.actor
        password = self.password.value()

        def work(_progress: Progress) -> None:
            protection.prove(actor, password)
            protection.begin_key_change(actor)

        def proved(_none: None) -> None:
            self.saved()
            self._screen.desk.change_data_key(password)

        self._screen.desk.jobs.run(
            work, done=proved, failed=self.refused, owner=self, lane=Lane.WORK
        )
