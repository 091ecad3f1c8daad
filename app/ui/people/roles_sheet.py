"""The roles of an account: which it holds and where, given and taken one by one."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people import (
    AccountDetail,
    AccountId,
    HeldRole,
    OrgUnit,
    OrgUnitId,
    RoleName,
    RoleOffer,
)
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.focus import place_kept
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole, Tone
from app.ui.people.account_words import place_of_role, role_use, role_words

_Shown = tuple[AccountDetail, tuple[RoleOffer, ...]]


class RolesSheet(SideSheet):
    """What is held, each with a button that takes it away; below, what may be given."""

    def __init__(self, host: Screen[Services], shown: _Shown) -> None:
        account, offers = shown
        super().__init__(host, _("Roles"), subtitle=account.name)
        self._screen, self._account = host, account
        self._offers: dict[RoleName, RoleOffer] = {}
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.body.addWidget(PlainLabel(_("Holds now"), TextRole.H2))
        self._held = column(gap=10)
        self.body.addLayout(self._held)
        self.body.addWidget(Line())
        self.giving = self._make_form()
        self.body.addWidget(self.giving)
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        self.give_button = Button(_("Give the role"), Kind.PRIMARY).on_press(self._give)
        self.foot.addWidget(self.give_button)
        self._show_held(account)
        self._show_offers(offers)

    @override
    def open(self) -> None:
        super().open()
        if self._offers:
            self.role.setFocus()  # Enter alone must not take anything away

    def _make_form(self) -> Form:
        form = Form()
        form.add_part(PlainLabel(_("Give another"), TextRole.H2))
        self.role: ComboField[RoleName] = ComboField(_("Role"))
        self.use = PlainLabel("", TextRole.MUTED, wrap=True)
        self.place_field: ComboField[OrgUnitId | None] = ComboField(
            _("Where"), hint=_("A department counts with all below it.")
        )
        form.add(self.role)
        form.add_part(self.use)
        form.add(self.place_field)
        self.role.edited.connect(self._follow_role)
        form.submitted.connect(self._give)
        return form

    def _load(self) -> None:
        desk, account_id = self._screen.desk, self._account.id
        desk.jobs.run(
            lambda _progress: _read(desk, account_id),
            done=self._show,
            failed=self._refused,
            owner=self,
        )

    def _show(self, shown: _Shown) -> None:
        account, offers = shown
        with place_kept(self):
            self._show_held(account)
            self._show_offers(offers)

    def _show_held(self, account: AccountDetail) -> None:
        self._account = account
        clear(self._held)
        for held in account.roles:
            self._held.addWidget(self._held_row(held))
        if not account.roles:
            words = FactRow(_("No role"), _("May do nothing here."), icon="shield-x")
            self._held.addWidget(words)

    def _held_row(self, held: HeldRole) -> FactRow:
        role, place = role_words(held.role), place_of_role(held)
        take = Button(_("Take away"), Kind.GHOST, dense=True)
        take.on_press(partial(self._ask_taking, held))
        take.setAccessibleName(f"{take.text()}: {role}, {place}")
        made = FactRow(role, place, icon="shield")
        made.add_button(take)
        return made

    def _show_offers(self, offers: tuple[RoleOffer, ...]) -> None:
        self._offers = {offer.role: offer for offer in offers}
        self.role.set_choices([(offer.role, role_words(offer.role)) for offer in offers])
        self.giving.setVisible(bool(offers))
        self.give_button.setVisible(bool(offers))
        self._follow_role()

    def _follow_role(self) -> None:
        role = self.role.value()
        if role is None:
            return
        offer = self._offers[role]
        self.use.setText(role_use(role))
        places: list[tuple[OrgUnitId | None, str]] = [
            (unit.id, _unit_words(unit)) for unit in offer.org_units
        ]
        if offer.for_site:
            places.insert(0, (None, _("The whole site")))
        self.place_field.set_choices(places)

    def _give(self) -> None:
        role = self.role.value()
        if role is None or not self.give_button.isEnabled():
            return
        accounts, actor = self._screen.desk.services.sign_in.accounts, self._screen.desk.actor
        give = partial(accounts.grant_role, actor, self._account.id, role, self.place_field.value())
        self._do(give, _("Given: {role}.").format(role=role_words(role)))

    def _ask_taking(self, held: HeldRole) -> None:
        desk = self._screen.desk
        if desk.actor.account_id != self._account.id:
            self._take(held)
            return
        question = Question(
            title=_("Take this role away from yourself?"),
            text=_("From your next sign-in on you do without it; somebody else can give it back."),
            yes=_("Take away"),
            danger=True,
        )
        desk.confirm(question, lambda _reason: self._take(held))

    def _take(self, held: HeldRole) -> None:
        accounts, actor = self._screen.desk.services.sign_in.accounts, self._screen.desk.actor
        take = partial(
            accounts.revoke_role, actor, self._account.id, RoleName(held.role), held.org_unit_id
        )
        self._do(take, _("Taken away: {role}.").format(role=role_words(held.role)))

    def _do(self, act: Callable[[], None], words: str) -> None:
        self.trouble.hide()
        self.give_button.setEnabled(False)

        def done(_none: None) -> None:
            self.give_button.setEnabled(True)
            self._screen.desk.toast(words)
            self._load()

        self._screen.desk.jobs.run(
            lambda _progress: act(), done=done, failed=self._refused, owner=self
        )

    def _refused(self, error: UserFacingError) -> None:
        self.give_button.setEnabled(True)
        self.trouble.set_text(error.sentence)
        self.trouble.show()


def open_roles(host: Screen[Services], account_id: AccountId) -> None:
    """Show the roles of an account over a screen, once they are read."""

    def show(shown: _Shown) -> None:
        RolesSheet(host, shown).open()

    host.load(lambda _progress: _read(host.desk, account_id), show, what="roles")


def _read(desk: Desk[Services], account_id: AccountId) -> _Shown:
    accounts, actor = desk.services.sign_in.accounts, desk.actor
    return accounts.account(actor, account_id), accounts.role_offers(actor, account_id)


def _unit_words(unit: OrgUnit) -> str:
    return f"{unit.called} ({unit.code})"
