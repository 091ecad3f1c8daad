"""What somebody does beside their job role, on their page: shown with its days, given and ended."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.base.clock import local_day
from app.core.base.figures import day, last_day
from app.core.base.words import _
from app.core.people import FurtherRole, JobRole, JobRoleId, PersonDetail
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet


class FurtherRolesPart(QWidget):
    """The lines below where somebody belongs; whoever manages people changes them."""

    def __init__(self, host: Screen[Services], *, manages: bool) -> None:
        super().__init__()
        self._host = host
        self._manages = manages
        self._person: PersonDetail | None = None
        self._lines = column(gap=12)
        self.add_button = plain(_("Add a further job role"), "plus").on_press(self._ask_role)
        whole = column(self, gap=12)
        whole.addLayout(self._lines)
        whole.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.setVisible(manages)
        self.hide()

    def show_person(self, person: PersonDetail) -> None:
        """Show what somebody does and did beside their job role."""
        self._person = person
        clear(self._lines)
        today = local_day(self._host.desk.services.open_site.site.clock)
        for one in person.further_roles:
            line = FactRow(one.job_role, _days_in_words(person, one, today), icon="briefcase")
            if self._manages and one.lasts(today):
                end = Button(_("End"), Kind.GHOST, dense=True)
                end.setAccessibleName(_("End the job role {role}").format(role=one.job_role))
                line.add_button(end.on_press(partial(self._ask_end, one)))
            self._lines.addWidget(line)
        self.add_button.setVisible(self._manages and person.left_on is None)
        self.setVisible(bool(person.further_roles) or self.add_button.isVisibleTo(self))

    def _ask_role(self) -> None:
        organisation, actor = self._host.desk.services.people.organisation, self._host.desk.actor
        self._host.load(
            lambda _progress: organisation.job_roles(actor), self._open_giving, what="roles"
        )

    def _open_giving(self, roles: tuple[JobRole, ...]) -> None:
        person = self._person
        if person is None:
            return
        has = {one.job_role_id for one in person.further_roles if one.to_on is None}
        if person.placement is not None and person.placement.job_role_id is not None:
            has.add(person.placement.job_role_id)
        others = tuple(one for one in roles if one.id not in has)
        GiveRoleSheet(self._host, person, others).open()

    def _ask_end(self, role: FurtherRole) -> None:
        if self._person is not None:
            EndRoleSheet(self._host, self._person, role).open()


class GiveRoleSheet(FormSheet):
    """Asks which job role somebody has besides, from when, and why."""

    def __init__(
        self, host: Screen[Services], person: PersonDetail, roles: tuple[JobRole, ...]
    ) -> None:
        self.role: ComboField[JobRoleId] = ComboField(
            _("Job role"), [(one.id, one.called) for one in roles], required=True
        )
        self.begins = DateField(_("From"), hint=_("Today where nothing stands here."))
        self.ends = DateField(_("First day without it"), hint=_("Open where nothing stands here."))
        self.reason = TextField(_("Reason"), required=True)
        super().__init__(
            host,
            _("Further job role"),
            _form(self.role, self.begins, self.ends, self.reason),
            subtitle=_(
                "{name} keeps the job role they have, and is asked for what both ask."
            ).format(name=person.name),
        )
        kept, actor = host.desk.services.people.further_roles, host.desk.actor

        def save() -> None:
            role, reason = self.role.value(), self.reason.value()
            begins, ends = self.begins.value(), self.ends.value()
            if role is None:
                return
            host.desk.jobs.run(
                lambda _progress: kept.give(actor, person.id, role, begins, ends, reason),
                done=lambda _none: self.saved(),
                failed=self.refused,
                owner=host,
            )

        self.save_asked.connect(save)


class EndRoleSheet(FormSheet):
    """Asks from when somebody has a further job role no more, and why."""

    def __init__(self, host: Screen[Services], person: PersonDetail, role: FurtherRole) -> None:
        self.ends = DateField(_("First day without it"), hint=_("Today where nothing stands here."))
        self.reason = TextField(_("Reason"), required=True)
        super().__init__(
            host,
            _("End the job role {role}").format(role=role.job_role),
            _form(self.ends, self.reason),
            subtitle=_("What {name} holds stays on record.").format(name=person.name),
        )
        kept, actor = host.desk.services.people.further_roles, host.desk.actor

        def save() -> None:
            ends, reason = self.ends.value(), self.reason.value()
            host.desk.jobs.run(
                lambda _progress: kept.end(actor, person.id, role.job_role_id, ends, reason),
                done=lambda _none: self.saved(),
                failed=self.refused,
                owner=host,
            )

        self.save_asked.connect(save)


def _form(*fields: ComboField[JobRoleId] | DateField | TextField) -> Form:
    form = Form()
    for field in fields:
        form.add(field)
    form.mark_saved()
    return form


def _days_in_words(person: PersonDetail, one: FurtherRole, today: date) -> str:
    to_on = one.to_on or (None if person.active else person.left_on)
    if one.from_on > today and to_on is None:
        return _("further job role · from {begin}").format(begin=day(one.from_on))
    until = day(last_day(one.from_on, to_on)) if to_on else _("today")
    return _("further job role · {begin} to {end}").format(begin=day(one.from_on), end=until)
