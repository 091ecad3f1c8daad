"""An auditor's visit: an account that reads everything, for some days; opened, and its end changed."""

from datetime import date, datetime, time, timedelta
from functools import partial

from app.core.base.figures import moment
from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving
from app.core.people import (
    AccountDetail,
    AccountId,
    VisitSlip,
    new_visit_password,
    visit_document,
)
from app.services import Services
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.sheets import FormSheet
from app.ui.people.paper_sheet import PaperSheet

_USUAL_DAYS = 3


class AuditorSheet(FormSheet):
    """Asks for name, login, password and the days of the visit."""

    def __init__(self, desk: Desk[Services], host: Screen[Services]) -> None:
        self._desk = desk
        self._screen = host
        today = desk.clock.now().astimezone().date()
        self.name = TextField(_("Name and firm"), required=True)
        self.login = TextField(_("Login"), f"auditor-{today:%m%d}", required=True)
        self.password = PasswordField(
            _("Password"), required=True, hint=_("Made by chance; the slip says it.")
        )
        self.password.set_value(new_visit_password())
        self.first = DateField(_("From"))
        self.first.set_value(today)
        self.last = DateField(_("Until the end of"))
        self.last.set_value(today + timedelta(days=_USUAL_DAYS))
        form = Form()
        for field in (self.name, self.login, self.password, self.first, self.last):
            form.add(field)
        form.mark_saved()
        super().__init__(
            host,
            _("Auditor's visit"),
            form,
            save=_("Open the account"),
            subtitle=_("Reads everything, changes nothing; everything opened is on record."),
        )
        self.save_asked.connect(self._save_visit)

    def _save_visit(self) -> None:
        accounts, actor = self._desk.services.sign_in.accounts, self._desk.actor
        name, login, password = self.name.value(), self.login.value(), self.password.value()
        opens = _begin(self.first.value(), self._desk.clock.now())
        closes = _begin(self.last.value(), opens) + timedelta(days=1)

        def work(_progress: object) -> AccountId:
            account = accounts.give_auditor_account(
                actor, login=login, name=name, opens_at=opens, closes_at=closes
            )
            accounts.set_password(actor, account, password, must_change=False)
            return account

        slip = VisitSlip(
            name=name, login=login, password=password, opens_at=opens, closes_at=closes
        )
        self._desk.jobs.run(
            work, done=partial(self._opened, slip), failed=self.refused, owner=self._screen
        )

    def _opened(self, slip: VisitSlip, _account: AccountId) -> None:
        self.saved()
        self._desk.toast(_("{login} can sign in during the visit.").format(login=slip.login))
        sheet = PaperSheet(
            self._screen,
            _("Slip of the visit"),
            _("Print it now: the password is kept nowhere. If it is lost, give a new one."),
            self._paper(slip),
            f"{slip.login}.pdf",
            _("Saved in {file}. Delete it once the slip is printed."),
        )
        days = f"{moment(slip.opens_at)} – {moment(slip.closes_at)}"
        for said, about, icon in (
            (slip.name, _("Name and firm"), "user"),
            (slip.login, _("Login"), "key-round"),
            (days, _("May sign in"), "calendar-clock"),
        ):
            sheet.body.addWidget(FactRow(said, about, icon=icon))
        sheet.open()

    def _paper(self, slip: VisitSlip) -> Document:
        place, now = self._desk.place.name, self._desk.clock.now()
        leaving = Leaving(
            kind=FileKind.VISIT_SLIP,
            title=_("Slip of the visit: {login}").format(login=slip.login),
            records=1,
            is_guessable=True,
        )
        return Document(content=visit_document(slip, place, now), leaving=leaving)


class EndSheet(FormSheet):
    """Asks until when a visit lasts; one that is over opens again."""

    def __init__(self, host: Screen[Services], visit: AccountDetail) -> None:
        desk = host.desk
        now = desk.clock.now()
        self.last = DateField(_("Until the end of"), required=True)
        self.last.set_value(max(now, visit.closes_at or now).astimezone().date())
        form = Form()
        form.add(self.last)
        form.mark_saved()
        super().__init__(host, _("Change the end"), form, subtitle=visit.name)
        visits = desk.services.sign_in.visits

        def save() -> None:
            closes = _begin(self.last.value(), desk.clock.now()) + timedelta(days=1)
            desk.jobs.run(
                lambda _progress: visits.change_end(desk.actor, visit.id, closes),
                done=lambda _none: saved(),
                failed=self.refused,
                owner=host,
            )

        def saved() -> None:
            self.saved()
            desk.toast(_("{login} can sign in during the visit.").format(login=visit.login))

        self.save_asked.connect(save)


def _begin(day: date | None, otherwise: datetime) -> datetime:
    """Return the first instant of a local day."""
    return datetime.combine(day, time()).astimezone() if day else otherwise
