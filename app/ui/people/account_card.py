"""How a person signs in: account, PIN, password, badge, roles."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.base.figures import moment
from app.core.base.words import _
from app.core.people import AccountDetail, AccountId, CredentialKind, PersonDetail
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, clear, column
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole
from app.ui.people.account_words import PROOFS, account_state, role_words
from app.ui.people.roles_sheet import open_roles
from app.ui.people.secret_sheet import BadgeSheet, LoginSheet, SecretSheet
from app.ui.people.unlocking import ask_unlocking

_SECRETS = frozenset({CredentialKind.PIN, CredentialKind.PASSWORD})


class AccountCard(Card):
    """Shows an account and changes it; lies on a person's screen."""

    def __init__(self, desk: Desk[Services], host: Screen[Services]) -> None:
        super().__init__(_("Sign-in"))
        self._desk = desk
        self._host = host
        self._person: PersonDetail | None = None
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)

    def show_account(self, person: PersonDetail, account: AccountDetail | None) -> None:
        """Show how somebody signs in; None when the actor may not know, or there is nothing."""
        self._person = person
        clear(self._lines)
        if not self._desk.actor.may(Capability.MANAGE_ACCOUNTS):
            words = _("Signs in here.") if person.account_id else _("Has no account.")
            self._lines.addWidget(FactRow(words, "", icon="key-round"))
        elif account is None and not person.active:
            told = _("Has left. Once they are back they can be let in.")
            self._lines.addWidget(FactRow(_("No account"), told, icon="user-x"))
        elif account is None:
            told = _("Cannot sign in; can be trained in a class.")
            self._lines.addWidget(FactRow(_("No account"), told, icon="user-x"))
            give = plain(_("Let them sign in"), "key-round").on_press(self._give_account)
            self._lines.addWidget(give)
        else:
            self._show_facts(account)
            self._show_buttons(account)

    def _show_facts(self, account: AccountDetail) -> None:
        body = self._lines
        chip = StatusChip(*account_state(account))
        body.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        last = moment(account.last_in_at) if account.last_in_at else _("never")
        body.addWidget(
            FactRow(account.login, _("Login; last in: {when}").format(when=last), icon="user")
        )
        for kind, words, icon in PROOFS:
            is_set = kind in account.proofs
            fact = FactRow(_(words), _("set") if is_set else _("not set"), icon=icon)
            if is_set and account.may_be_changed:
                take = Button(_("Take away"), Kind.GHOST, dense=True)
                take.on_press(partial(self._ask_taking, account, kind))
                take.setAccessibleName(f"{take.text()}: {_(words)}")
                fact.add_button(take)
            body.addWidget(fact)
        roles = ", ".join(
            f"{role_words(held.role)}{f' ({held.org_unit})' if held.org_unit else ''}"
            for held in account.roles
        )
        body.addWidget(FactRow(roles or _("No role"), _("Roles"), icon="shield"))

    def _show_buttons(self, account: AccountDetail) -> None:
        if not account.may_be_changed:
            words = _("Changed only by somebody who holds all these roles themselves.")
            self._lines.addWidget(PlainLabel(words, TextRole.MUTED, wrap=True))
            return
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        giving, opening = self._giving(account), self._opening(account)
        # Whoever comes to let somebody in again finds that first
        for button in (*opening, *giving) if account.locked else (*giving, *opening):
            flow.addWidget(button)
        self._lines.addWidget(buttons)

    def _giving(self, account: AccountDetail) -> list[Button]:
        def ask(kind: CredentialKind) -> None:
            SecretSheet(self._host, account.id, kind, account.name).open()

        return [
            plain(_("New PIN"), "hash").on_press(partial(ask, CredentialKind.PIN)),
            plain(_("New password"), "key-round").on_press(partial(ask, CredentialKind.PASSWORD)),
            plain(_("Badge"), "id-card").on_press(
                lambda: BadgeSheet(self._host, account.id, account.name).open()
            ),
            plain(_("Login"), "user").on_press(
                lambda: LoginSheet(self._host, account.id, account.login, account.name).open()
            ),
            plain(_("Roles"), "shield").on_press(partial(open_roles, self._host, account.id)),
        ]

    def _opening(self, account: AccountDetail) -> list[Button]:
        accounts, actor = self._desk.services.sign_in.accounts, self._desk.actor
        offers = []
        if account.locked:
            ask = partial(ask_unlocking, self._desk, account, self._do)
            offers.append(plain(_("Unlock"), "lock-open").on_press(ask))
        if account.disabled_at:
            enable = partial(accounts.enable, actor, account.id)
            offers.append(plain(_("Open again")).on_press(partial(self._do, enable, _("Opened."))))
        else:
            disable = partial(accounts.disable, actor, account.id)
            offers.append(
                plain(_("Close account")).on_press(partial(self._do, disable, _("Closed.")))
            )
        return offers

    def _ask_taking(self, account: AccountDetail, kind: CredentialKind) -> None:
        accounts, actor = self._desk.services.sign_in.accounts, self._desk.actor
        take = partial(accounts.take_away, actor, account.id, kind)
        if kind not in _SECRETS or account.proofs & _SECRETS - {kind}:
            self._do(take, _("Taken away."))
            return
        question = Question(
            title=_("Leave {name} no way to sign in?").format(name=account.name),
            text=_(
                "This is the only PIN or password of this account. Nobody gets in with it until "
                "you give a new one. The training records stay."
            ),
            yes=_("Take away"),
            danger=True,
        )
        self._desk.confirm(question, lambda _reason: self._do(take, _("Taken away.")))

    def _do(self, act: Callable[[], None], words: str) -> None:
        self._host.act(lambda _progress: act(), lambda _none: self._desk.toast(words))

    def _give_account(self) -> None:
        person = self._person
        if person is None:
            return
        accounts, actor = self._desk.services.sign_in.accounts, self._desk.actor

        def ask_pin(account_id: AccountId) -> None:
            SecretSheet(self._host, account_id, CredentialKind.PIN, person.name).open()

        self._host.act(lambda _progress: accounts.give_account(actor, person.id), ask_pin)
