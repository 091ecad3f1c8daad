"""How a person signs in: account, PIN, password, badge, roles."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.base.figures import moment
from app.core.base.words import _
from app.core.people import (
    ROLES,
    AccountDetail,
    AccountId,
    CredentialKind,
    PersonDetail,
    PersonId,
    RoleName,
)
from app.services import Services
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.layouts import FlowLayout, clear, column
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Tone
from app.ui.people.words import roles_words


class AccountCard(Card):
    """Shows an account and changes it; lies on a person's screen."""

    def __init__(self, desk: Desk[Services], host: Screen[Services]) -> None:
        super().__init__(_("Sign-in"))
        self._desk = desk
        self._host = host
        self._person_id: PersonId | None = None
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)

    def show_account(self, person: PersonDetail, account: AccountDetail | None) -> None:
        """Show how somebody signs in; None when the actor may not know, or there is nothing."""
        self._person_id = person.id
        clear(self._lines)
        if not self._desk.actor.may(Capability.MANAGE_ACCOUNTS):
            words = _("Signs in here.") if person.account_id else _("Has no account.")
            self._lines.addWidget(FactRow(words, "", icon="key-round"))
            return
        if account is None:
            self._lines.addWidget(
                FactRow(
                    _("No account"), _("Cannot sign in; can be trained in a class."), icon="user-x"
                )
            )
            give = primary(_("Let them sign in"), "key-round").on_press(self._give_account)
            self._lines.addWidget(give)
            return
        self._show_credentials(account)

    def _show_credentials(self, account: AccountDetail) -> None:
        body = self._lines
        state = StatusChip(_("Can be used"), Tone.SUCCESS)
        if account.disabled_at:
            state.set_status(_("Closed"), Tone.DANGER)
        elif account.locked:
            state.set_status(_("Locked after wrong tries"), Tone.WARNING)
        body.addWidget(state)
        last = moment(account.last_in_at) if account.last_in_at else _("never")
        body.addWidget(
            FactRow(account.login, _("Login; last in: {when}").format(when=last), icon="user")
        )
        for kind, words, icon in (
            (CredentialKind.PIN, _("PIN"), "hash"),
            (CredentialKind.PASSWORD, _("Password"), "key-round"),
            (CredentialKind.BADGE, _("Badge"), "id-card"),
        ):
            about = _("set") if kind in account.proofs else _("not set")
            body.addWidget(FactRow(words, about, icon=icon))
        roles = ", ".join(
            f"{roles_words([held.role])}{f' ({held.org_unit})' if held.org_unit else ''}"
            for held in account.roles
        )
        body.addWidget(FactRow(roles or _("No role"), _("Roles"), icon="shield"))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        for button in self._account_buttons(account):
            flow.addWidget(button)
        body.addWidget(buttons)

    def _account_buttons(self, account: AccountDetail) -> list[Button]:
        accounts, actor = self._desk.services.sign_in.accounts, self._desk.actor
        buttons = [
            plain(_("New PIN"), "hash").on_press(
                partial(self._set_secret, account.id, is_pin=True)
            ),
            plain(_("New password"), "key-round").on_press(
                partial(self._set_secret, account.id, is_pin=False)
            ),
            plain(_("Roles"), "shield").on_press(partial(self._choose_roles, account)),
        ]
        if account.locked:
            unlock = partial(accounts.unlock, actor, account.id)
            buttons.append(
                plain(_("Unlock"), "lock-open").on_press(partial(self._do, unlock, _("Unlocked.")))
            )
        if account.disabled_at:
            enable = partial(accounts.enable, actor, account.id)
            buttons.append(plain(_("Open again")).on_press(partial(self._do, enable, _("Opened."))))
        else:
            disable = partial(accounts.disable, actor, account.id)
            buttons.append(
                plain(_("Close account")).on_press(partial(self._do, disable, _("Closed.")))
            )
        return buttons

    def _do(self, act: partial[None], words: str) -> None:
        self._host.act(lambda _progress: act(), lambda _none: self._desk.toast(words))

    def _give_account(self) -> None:
        person_id = self._person_id
        if person_id is None:
            return
        accounts, actor = self._desk.services.sign_in.accounts, self._desk.actor
        self._host.act(
            lambda _progress: accounts.give_account(actor, person_id),
            partial(self._set_secret, is_pin=True),
        )

    def _set_secret(self, account_id: AccountId, *, is_pin: bool) -> None:
        form = Form()
        label = _("First PIN, 4 to 8 digits") if is_pin else _("First password")
        field = PasswordField(label, required=True)
        form.add(field)
        must_change = CheckField(_("They choose their own at the first sign-in"))
        must_change.set_value(checked=True)
        form.add(must_change)
        title = _("New PIN") if is_pin else _("New password")
        sheet = FormSheet(self._host, title, form)
        accounts, actor = self._desk.services.sign_in.accounts, self._desk.actor
        setter = accounts.set_pin if is_pin else accounts.set_password

        def save() -> None:
            secret, change = field.value(), must_change.value()
            self._desk.jobs.run(
                lambda _progress: setter(actor, account_id, secret, must_change=change),
                done=lambda _none: self._secret_set(sheet),
                failed=sheet.refused,
                owner=self,
            )

        sheet.save_asked.connect(save)
        sheet.open()

    def _secret_set(self, sheet: FormSheet) -> None:
        sheet.saved()
        self._desk.toast(_("Saved. Tell it to them in person."))

    def _choose_roles(self, account: AccountDetail) -> None:
        form = Form()
        held = {one.role for one in account.roles if one.org_unit_id is None}
        boxes = {role.name: CheckField(_(role.title)) for role in ROLES}
        for role, box in boxes.items():
            box.set_value(checked=role.value in held)
            form.add(box)
        form.mark_saved()
        sheet = FormSheet(self._host, _("Roles for the whole site"), form)
        accounts, actor = self._desk.services.sign_in.accounts, self._desk.actor

        def change(_progress: object) -> None:
            for role, box in wanted.items():
                if box and role.value not in held:
                    accounts.grant_role(actor, account.id, role)
                elif not box and role.value in held:
                    accounts.revoke_role(actor, account.id, role)

        wanted: dict[RoleName, bool] = {}

        def save() -> None:
            wanted.update({role: box.value() for role, box in boxes.items()})
            self._desk.jobs.run(
                change, done=lambda _none: sheet.saved(), failed=sheet.refused, owner=self
            )

        sheet.save_asked.connect(save)
        sheet.open()
