"""Auditors' visits: who from outside may sign in, until when, and ending a visit early."""

from collections.abc import Callable
from functools import partial

from app.core.base.actor import Capability
from app.core.base.figures import moment
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _, mark
from app.core.people import AccountDetail, CredentialKind
from app.services import Services
from app.ui.kit.buttons import primary
from app.ui.kit.dialogs import Question
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable, RowAction
from app.ui.kit.theme import Tone
from app.ui.people.account_words import account_state
from app.ui.people.auditor_sheet import AuditorSheet, EndSheet
from app.ui.people.secret_sheet import LoginSheet, SecretSheet
from app.ui.people.unlocking import ask_unlocking


class VisitsScreen(ListScreen[Services, AccountDetail]):
    """The accounts of those who are no people of the site. Enter asks what is to be ended."""

    topics = frozenset({"account", "credential", "role_grant", "sign_in", "sign_in_guard"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Auditors' visits"),
            subtitle=_("Who from outside may sign in here, and until when."),
        )
        self.header.add_action(primary(_("Open a visit"), "plus").on_press(self.begin_visit))
        table = self._make_table()
        table.filters.add("state", "open", _("Open or to come"), on=True)
        table.filters.add("state", "over", _("Over or closed"))
        self.put_list(table, key="auditor_visits")

    def _make_table(self) -> DataTable[AccountDetail]:
        made = DataTable(
            _("Auditors' visits"),
            self._columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=self.desk.jobs,
            search=_("Search by name or login"),
            sort=Sort("closes_at", descending=True),
            menu=self._menu,
            empty=EmptyState(
                _("Nobody from outside may sign in. Open a visit when an auditor comes."),
                icon="shield-check",
                action=_("Open a visit"),
                act=self.begin_visit,
            ),
            nothing_found=_("No visit matches. Look among those that are over."),
        )
        made.opened.connect(self._ask_ending)
        return made

    def begin_visit(self) -> None:
        """Ask who comes, and for how long."""
        AuditorSheet(self.desk, self).open()

    def _fetch(self, request: PageRequest) -> Page[AccountDetail]:
        return self.desk.services.sign_in.visits.list(self.desk.actor, request)

    def _state(self, account: AccountDetail) -> tuple[str, Tone]:
        return account_state(account)

    def _columns(self) -> list[Column[AccountDetail]]:
        return [
            text_column(
                "name", _("Name"), lambda one: one.name, under=lambda one: one.login, width=210
            ),
            text_column("opens_at", _("From"), _opens, width=170, stretch=0, fold_below=1000),
            text_column("closes_at", _("Until"), _closes, width=170, stretch=0),
            text_column(
                "last_in_at",
                _("Last sign-in"),
                _last_in,
                width=170,
                stretch=0,
                sortable=False,
                fold_below=760,
            ),
            chip_column("state", _("State"), self._state, width=156, sortable=False),
        ]

    def _is_running(self, account: AccountDetail) -> bool:
        """Tell whether a visit is open, or is still to come."""
        return account.closes_at is not None and account.closes_at > self.desk.clock.now()

    def _menu(self, account: AccountDetail) -> list[RowAction]:
        accounts, actor = self.desk.services.sign_in.accounts, self.desk.actor
        may = account.may_be_changed
        offers = []
        if self._is_running(account):
            offers.append(RowAction(_("End now"), partial(self._ask_ending, account), "ban", may))
        if account.closes_at is not None and account.disabled_at is None:
            change = partial(self._change_end, account)
            offers.append(RowAction(_("Change the end"), change, "calendar-clock", may))
        if account.locked:
            unlock = partial(ask_unlocking, self.desk, account, self._do)
            offers.append(RowAction(_("Unlock"), unlock, "lock-open", may))
        if account.disabled_at is not None:
            enable = partial(self._do, partial(accounts.enable, actor, account.id), _("Opened."))
            offers.append(RowAction(_("Open again"), enable, "key-round", may))
        elif account.closes_at is None or self._is_running(account):
            name = partial(self._rename, account)
            offers.append(RowAction(_("Change the login"), name, "user", may))
            renew = partial(self._renew, account)
            offers.append(RowAction(_("New password"), renew, "key-round", may))
            close = partial(self._ask_closing, account)
            offers.append(RowAction(_("Close account"), close, "lock", may))
        return offers

    def _change_end(self, account: AccountDetail) -> None:
        EndSheet(self, account).open()

    def _rename(self, account: AccountDetail) -> None:
        LoginSheet(self, account.id, account.login, account.name).open()

    def _renew(self, account: AccountDetail) -> None:
        SecretSheet(self, account.id, CredentialKind.PASSWORD, account.name).open()

    def _ask_ending(self, account: AccountDetail) -> None:
        if not (self._is_running(account) and account.may_be_changed):
            return
        visits, actor = self.desk.services.sign_in.visits, self.desk.actor
        question = Question(
            title=_("End the visit of {name} now?").format(name=account.name),
            text=_(
                "{login} can no longer sign in, nor unlock a screen that was left open. What was "
                "looked at stays on record."
            ).format(login=account.login),
            yes=_("End now"),
            careful=True,
        )
        end = partial(visits.end, actor, account.id)
        self.desk.confirm(question, lambda _reason: self._do(end, _("The visit is over.")))

    def _ask_closing(self, account: AccountDetail) -> None:
        accounts, actor = self.desk.services.sign_in.accounts, self.desk.actor
        question = Question(
            title=_("Close the account of {name}?").format(name=account.name),
            text=_("Nobody signs in with it until it is opened again. Its records stay."),
            yes=_("Close account"),
            careful=True,
            ask_reason=True,
        )

        def close(reason: str) -> None:
            self._do(partial(accounts.disable, actor, account.id, reason), _("Closed."))

        self.desk.confirm(question, close)

    def _do(self, act: Callable[[], None], words: str) -> None:
        self.act(lambda _progress: act(), lambda _none: self.desk.toast(words))


def _opens(account: AccountDetail) -> str:
    return moment(account.opens_at) if account.opens_at else "–"


def _closes(account: AccountDetail) -> str:
    return moment(account.closes_at) if account.closes_at else _("no end")


def _last_in(account: AccountDetail) -> str:
    return moment(account.last_in_at) if account.last_in_at else _("never")


SPEC = ScreenSpec(
    key="auditor_visits",
    title=mark("Auditors' visits"),
    icon="shield-check",
    needs=Capability.MANAGE_ACCOUNTS,
    factory=VisitsScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="people",
)
