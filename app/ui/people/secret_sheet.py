"""A first PIN or password, the badge, the login: what an account is opened with, given in a sheet."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people import AccountId, CredentialKind
from app.services import Services
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet


class SecretSheet(FormSheet):
    """Asks for a PIN or password that is told to its owner in person."""

    def __init__(
        self, host: Screen[Services], account_id: AccountId, kind: CredentialKind, name: str
    ) -> None:
        is_pin = kind is CredentialKind.PIN
        label = _("First PIN, 4 to 8 digits") if is_pin else _("First password")
        self.secret = PasswordField(label, required=True)
        self.must_change = CheckField(_("They choose their own at the first sign-in"))
        self.must_change.set_value(checked=True)
        form = Form()
        form.add(self.secret)
        form.add(self.must_change)
        form.mark_saved()
        title = _("New PIN") if is_pin else _("New password")
        super().__init__(host, title, form, subtitle=name)
        accounts, actor = host.desk.services.sign_in.accounts, host.desk.actor
        give = accounts.set_pin if is_pin else accounts.set_password

        def save() -> None:
            secret, change = self.secret.value(), self.must_change.value()
            keep = partial(give, actor, account_id, secret, must_change=change)
            _keep(self, host, keep, _("Saved. Tell it to them in person."))

        self.save_asked.connect(save)


class BadgeSheet(FormSheet):
    """One field that the badge reader types into; its Enter saves, as a hand's does."""

    def __init__(self, host: Screen[Services], account_id: AccountId, name: str) -> None:
        self.code = TextField(
            _("Code of the badge"),
            required=True,
            icon_name="id-card",
            hint=_("Hold the badge to the reader now, or type its code and press Enter."),
        )
        form = Form()
        form.add(self.code)
        super().__init__(
            host,
            _("Badge"),
            form,
            subtitle=_("{name} then signs in with badge and PIN or password.").format(name=name),
        )
        accounts, actor = host.desk.services.sign_in.accounts, host.desk.actor

        def save() -> None:
            keep = partial(accounts.set_badge, actor, account_id, self.code.value())
            words = _("The badge is set. {name} can sign in with it.").format(name=name)
            _keep(self, host, keep, words)

        self.save_asked.connect(save)

    @override
    def refused(self, error: UserFacingError) -> None:
        super().refused(error)
        self.code.line.setFocus()
        self.code.line.selectAll()  # or the next badge would be typed behind this one


class LoginSheet(FormSheet):
    """Asks for another login of an account."""

    def __init__(
        self, host: Screen[Services], account_id: AccountId, login: str, name: str
    ) -> None:
        self.login = TextField(
            _("Login"),
            required=True,
            icon_name="user",
            hint=_("The login of before opens nothing any more; an employee number still does."),
        )
        self.login.set_value(login)
        form = Form()
        form.add(self.login)
        form.mark_saved()
        super().__init__(host, _("Change the login"), form, subtitle=name)
        logins, actor = host.desk.services.sign_in.logins, host.desk.actor

        def save() -> None:
            wanted = self.login.value()
            keep = partial(logins.rename, actor, account_id, wanted)
            _keep(self, host, keep, _("Saved. Tell {name} the new login.").format(name=name))

        self.save_asked.connect(save)


def _keep(sheet: FormSheet, host: Screen[Services], keep: Callable[[], None], words: str) -> None:
    def kept(_none: None) -> None:
        sheet.saved()
        host.desk.toast(words)

    host.desk.jobs.run(lambda _progress: keep(), done=kept, failed=sheet.refused, owner=host)
