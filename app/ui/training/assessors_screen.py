"""The register of assessors and trainers: who may assess or teach what, until when, and who said so."""

from datetime import date
from functools import partial
from uuid import UUID

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import day, moment
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, mark
from app.core.training import TrainingRefused
from app.core.training.practicals import (
    EXPIRES_SOON,
    AppointmentLine,
    AssessorLine,
    Qualified,
    Registered,
    registered_as,
)
from app.core.training.requirements import RequirementSummary
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.notices import EmptyState
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, day_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.practical_words import QUALIFIED, REGISTERED

_COUNTS = mark("It counts from today at the earliest: what was assessed before stays as it is.")
_YEAR = 365


class AssessorsScreen(ListScreen[Services, AssessorLine]):
    """One list; a row opens every appointment that there ever was."""

    topics = frozenset(
        {"assessor_appointment", "assessor_end", "requirement_credit", "practical_form", "person"}
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Assessors and trainers"),
            subtitle=_("Who may assess which practical, or hold the sessions of what."),
        )
        self._assessors = desk.services.training.practicals.assessors
        self.header.add_action(primary(_("Appoint"), "user-plus").on_press(self.begin_appointing))
        table = DataTable(
            _("Assessors and trainers"),
            _columns(local_day(desk.clock)),
            self._fetch,
            key=lambda one: (one.person_id, one.requirement_id),
            jobs=desk.jobs,
            search=_("Search by person or requirement"),
            menu=self._actions,
            empty=EmptyState(
                _("Nobody is on the register yet."),
                icon="user-check",
                action=_("Appoint"),
                act=self.begin_appointing,
            ),
        )
        for kind, words in REGISTERED.items():
            table.filters.add("kind", kind.value, _(words))
        table.filters.add("state", Qualified.QUALIFIED.value, _("In force"))
        table.filters.add("state", Qualified.LAPSED.value, _("Ended"))
        table.filters.add("expiring", "yes", _("Ends soon"))
        table.opened.connect(self.open_history)
        self.put_list(table, key="assessors")

    def begin_appointing(self) -> None:
        """Ask whom, for what, from when to when, and why."""
        catalogue, actor = self.desk.services.training.catalogue, self.desk.actor
        self.load(lambda _progress: catalogue.all(actor), self._ask_appointing, what="catalogue")

    def open_history(self, one: AssessorLine) -> None:
        """Show every appointment of somebody for a practical, or for what they teach."""
        HistorySheet(self, one).open()

    def _ask_appointing(self, offered: tuple[RequirementSummary, ...]) -> None:
        today = local_day(self.desk.clock)
        form = AppointmentForm(offered, today)

        def wish() -> Wish[UUID]:
            number, requirement_id = form.number.value(), form.practical.value()
            if requirement_id is None:
                raise TrainingRefused(
                    _("There are no requirements yet."),
                    _("Add one first."),
                )
            first, last, reason = form.first.value(), form.last.value(), form.reason.value()
            people, actor = self.desk.services.people, self.desk.actor

            def act() -> UUID:
                person = people.find(actor, number).id
                return self._assessors.appoint(
                    actor, person, requirement_id, from_on=first, until_on=last, reason=reason
                )

            return Wish(act, _("The appointment is in the register."))

        open_form(self, _("Appoint an assessor or trainer"), form, wish, save=_("Appoint"))

    def renew(self, one: AssessorLine) -> None:
        """Ask until when somebody goes on: what was before stays written."""
        today = local_day(self.desk.clock)
        form = Form()
        first = DateField(_("From"), _day_after(one, today), required=True, hint=_(_COUNTS))
        last = DateField(_("Last day"), date.fromordinal(today.toordinal() + _YEAR))
        reason = TextAreaField(_("Why"), rows=2, required=True)
        for field in (first, last, reason):
            form.add(field)
        assessors, actor = self._assessors, self.desk.actor

        def wish() -> Wish[UUID]:
            act = partial(
                assessors.appoint,
                actor,
                one.person_id,
                one.requirement_id,
                from_on=first.value(),
                until_on=last.value(),
                reason=reason.value(),
            )
            return Wish(act, _("The appointment is renewed."))

        open_form(self, _("Renew"), form, wish, subtitle=f"{one.name} · {one.title}")

    def end(self, one: AssessorLine) -> None:
        """Ask whether, and why, somebody assesses or teaches no more from today on."""
        is_assessor = one.kind is Registered.ASSESSOR
        asked = (
            _("Let {name} assess “{title}” no more?")
            if is_assessor
            else _("Let {name} hold sessions of “{title}” no more?")
        )
        told = _("What was signed before stays valid. They may still watch, not sign.")
        question = Question(
            title=asked.format(name=one.name, title=one.title),
            text=told if is_assessor else _("What was signed before stays valid."),
            yes=_("End it"),
            danger=True,
            ask_reason=True,
        )
        assessors, actor = self._assessors, self.desk.actor
        self.act_on_yes(
            question,
            lambda reason: assessors.end(actor, one.person_id, one.requirement_id, reason=reason),
            _("It is ended."),
        )

    def _fetch(self, request: PageRequest) -> Page[AssessorLine]:
        return self._assessors.page(self.desk.actor, request)

    def _actions(self, one: AssessorLine) -> list[RowAction]:
        actions = [
            RowAction(_("Appointments"), partial(self.open_history, one), "history"),
            RowAction(_("Renew"), partial(self.renew, one), "repeat"),
        ]
        if one.state in {Qualified.QUALIFIED, Qualified.TO_COME}:
            actions.append(RowAction(_("End it"), partial(self.end, one), "ban"))
        person = partial(self.desk.open, "person", person_id=one.person_id)
        return [*actions, RowAction(_("Open the person"), person, "user")]


class AppointmentForm(Form):
    """Whom, for what, from when to when, and why."""

    def __init__(self, offered: tuple[RequirementSummary, ...], today: date) -> None:
        super().__init__()
        self.number = TextField(_("Number of the person"), required=True)
        choices = [
            (one.id, f"{one.title} ({one.code}) · {_(REGISTERED[registered_as(one.type)])}")
            for one in sorted(offered, key=_practicals_first)
            if one.retired_on is None
        ]
        self.practical: ComboField[UUID] = ComboField(
            _("For what"),
            choices,
            required=True,
            hint=_("Practicals have assessors; of all else trainers hold the sessions."),
        )
        self.first = DateField(_("From"), today, required=True, hint=_(_COUNTS))
        self.last = DateField(
            _("Last day"),
            date.fromordinal(today.toordinal() + _YEAR),
            hint=_("Leave it open for as long as nobody ends it."),
        )
        self.reason = TextAreaField(
            _("Why"), rows=2, required=True, hint=_("What they know it by.")
        )
        for field in (self.number, self.practical, self.first, self.last, self.reason):
            self.add(field)
        self.mark_saved()


class HistorySheet(SideSheet):
    """Every appointment: from when to when, who said so, why, and how it ended."""

    def __init__(self, host: AssessorsScreen, one: AssessorLine) -> None:
        super().__init__(host, one.name, subtitle=f"{one.number} · {one.title}")
        for each in one.appointments:
            self.body.addWidget(FactRow(_span(each), _about(each), icon="calendar"))
            if each.ended_on is not None:
                told = f"{each.ended_by} · {each.end_reason}"
                words = _("Ended {day}").format(day=day(each.ended_on))
                self.body.addWidget(FactRow(words, told, icon="ban", tone=Tone.DANGER))
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))


def _practicals_first(one: RequirementSummary) -> tuple[bool, str]:
    return registered_as(one.type) is not Registered.ASSESSOR, one.title.casefold()


def _day_after(one: AssessorLine, today: date) -> date:
    until = one.qualification.until
    return today if until is None else date.fromordinal(until.toordinal() + 1)


def _span(one: AppointmentLine) -> str:
    if one.until_on is None:
        return _("From {day}, without end").format(day=day(one.from_on))
    return _("{first} to {last}").format(first=day(one.from_on), last=day(one.until_on))


def _about(one: AppointmentLine) -> str:
    about = f"{one.by_name}, {moment(one.at)} · {one.reason}"
    if not one.ever_counts:
        return "\n".join((about, _("It was over when it was recorded, and counts on no day.")))
    if one.counts_from == one.from_on:
        return about
    counts = _("It counts from {day}, when it was recorded.").format(day=day(one.counts_from))
    return f"{about}\n{counts}"


def _columns(today: date) -> list[Column[AssessorLine]]:
    return [
        text_column(
            "name", _("Person"), lambda one: one.name, under=lambda one: one.number, stretch=2
        ),
        text_column(
            "title", _("For what"), lambda one: one.title, under=lambda one: one.code, stretch=2
        ),
        text_column("kind", _("As"), lambda one: _(REGISTERED[one.kind]), sortable=False),
        text_column(
            "org_unit", _("Department"), lambda one: one.org_unit, sortable=False, fold_below=900
        ),
        day_column("until", _("Until"), lambda one: one.qualification.until),
        chip_column("state", _("Status"), partial(_status, today), width=170, sortable=False),
    ]  # fmt: skip


def _status(today: date, one: AssessorLine) -> tuple[str, Tone]:
    if one.expires_within(today, EXPIRES_SOON):
        return _("Ends soon"), Tone.WARNING
    since = one.qualification.since
    if one.state is Qualified.LAPSED and since is not None:
        return _("Ended {day}").format(day=day(since)), Tone.DANGER
    words, tone = QUALIFIED[one.state]
    if one.kind is Registered.TRAINER and one.state is Qualified.QUALIFIED:
        return _("May teach"), tone
    return _(words), tone


SPEC = ScreenSpec(
    key="assessors",
    title=mark("Assessors and trainers"),
    icon="user-check",
    in_navigation=False,
    stands_alone=True,
    needs=Capability.ASSIGN,
    factory=AssessorsScreen,
    beneath="requirements",
)
