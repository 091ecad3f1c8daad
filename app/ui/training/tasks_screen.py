"""Machines and operations: the list, what each asks for, labels to print, and how the gate answers."""

from datetime import date
from functools import partial
from uuid import UUID

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, mark
from app.core.training.permits import GateRules, Task
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Question
from app.ui.kit.handing_out import save_document
from app.ui.kit.notices import EmptyState
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.task_forms import AgeForm, GateForm, TaskForm


class TasksScreen(ListScreen[Services, Task]):
    """One list; a row opens what the task asks for."""

    topics = frozenset({"task", "task_requirement", "requirement"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Tasks"),
            subtitle=_("Machines and operations, and what somebody must hold to do them."),
        )
        self._permits = desk.services.training.permits
        self._shapes = self._may_shape()
        if desk.actor.may(Capability.MANAGE_SITE):
            self.header.add_action(plain(_("Gate"), "settings").on_press(self.begin_gate))
        if desk.actor.may(Capability.MANAGE_PEOPLE):
            self.header.add_action(plain(_("Under 18"), "user").on_press(self.begin_age))
        self.header.add_action(plain(_("Labels"), "qr-code").on_press(self.begin_labels))
        if self._shapes:
            self.header.add_action(primary(_("Add a task"), "plus").on_press(self.begin_adding))
        table = DataTable(
            _("Tasks"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by title, code or place"),
            menu=self._actions,
            limit=1000,
            empty=EmptyState(
                _("No machine asks for anything yet. Add the first one."),
                icon="qr-code",
                action=_("Add a task") if self._shapes else "",
                act=self.begin_adding,
            ),
        )
        table.opened.connect(self._open)
        self.put_list(table, key="tasks")

    def begin_adding(self) -> None:
        """Ask what a new task is, and what it asks for."""
        form, tasks, actor = TaskForm(), self._permits.tasks, self.desk.actor

        def wish() -> Wish[UUID]:
            words = form.words()
            told = _("{title} was added.").format(title=words.title)
            if not words.needs and not words.one_of:
                told += " " + _("Nobody is let do it until you say what it needs.")
            return Wish(partial(tasks.add, actor, words), told)

        open_form(self, _("Add a task"), form, wish, done=self.table.current.go_to, save=_("Add"))

    def begin_gate(self) -> None:
        """Ask how the site answers."""
        permits = self._permits
        self.load(lambda _progress: permits.rules(), self._ask_rules, what="rules")

    def begin_age(self) -> None:
        """Ask who is under 18."""
        form, passes, actor = AgeForm(), self._permits.passes, self.desk.actor

        def wish() -> Wish[None]:
            number, adult_on = form.number.value(), form.adult_on.value()
            return Wish(partial(passes.note_age, actor, number, adult_on), _("It was noted."))

        open_form(
            self,
            _("Who is under 18"),
            form,
            wish,
            subtitle=_("Nothing else is kept of somebody's age."),
        )

    def begin_labels(self) -> None:
        """Ask where the labels of all machines in use go."""
        self._save_labels(())

    def _save_labels(self, codes: tuple[str, ...]) -> None:
        tasks, actor, name = self._permits.tasks, self.desk.actor, self.desk.place.name
        ask_where(
            self,
            _("Save the labels"),
            f"label-{codes[0]}.pdf" if codes else "labels.pdf",
            lambda path: save_document(
                self, path, lambda _progress: tasks.labels(actor, codes, name)
            ),
        )

    def _ask_rules(self, rules: GateRules) -> None:
        form, permits, actor = GateForm(rules), self._permits, self.desk.actor

        def wish() -> Wish[None]:
            return Wish(partial(permits.set_rules, actor, form.rules()), _("Saved."))

        open_form(self, _("How “May I?” is answered here"), form, wish)

    def _may_shape(self) -> bool:
        actor = self.desk.actor
        return actor.may(Capability.ASSIGN) and actor.scope_of(Capability.ASSIGN) is None

    def _fetch(self, request: PageRequest) -> Page[Task]:
        found = self._permits.tasks.all(self.desk.actor, request.text)
        return Page.cut(found, request)

    def _actions(self, one: Task) -> list[RowAction]:
        label = partial(self._save_labels, (one.code,))
        actions = [RowAction(_("Label"), label, "qr-code")]
        if not self._shapes:
            return actions
        actions.append(RowAction(_("Change"), partial(self._open, one), "pencil"))
        if one.retired_on is None:
            actions.append(RowAction(_("Take out of use"), partial(self._ask_retiring, one), "ban"))
        else:
            back = partial(self._bring_back, one)
            actions.append(RowAction(_("Bring back into use"), back, "rotate-ccw"))
        return actions

    def _open(self, one: Task) -> None:
        if not self._shapes:
            return
        tasks, actor = self._permits.tasks, self.desk.actor
        form = TaskForm(tasks.words_of(one))

        def wish() -> Wish[None]:
            words, reason = form.words(), form.reason.value()
            told = _("{title} was changed.").format(title=words.title)
            return Wish(partial(tasks.change, actor, one.id, words, reason), told)

        open_form(self, one.title, form, wish, subtitle=one.code)

    def _ask_retiring(self, one: Task) -> None:
        question = Question(
            title=_("Take “{title}” out of use?").format(title=one.title),
            text=_("From today on the answer is no for everybody."),
            yes=_("Take out of use"),
            ask_reason=True,
        )
        tasks, actor, today = self._permits.tasks, self.desk.actor, self._today()
        self.act_on_yes(
            question,
            lambda reason: tasks.retire(actor, one.id, today, reason),
            _("It is out of use."),
        )

    def _bring_back(self, one: Task) -> None:
        tasks, actor = self._permits.tasks, self.desk.actor
        self.act(
            lambda _progress: tasks.bring_back(actor, one.id),
            lambda _nothing: self.desk.toast(_("It is in use again.")),
        )

    def _today(self) -> date:
        return local_day(self.desk.clock)


def _columns() -> list[Column[Task]]:
    return [
        text_column(
            "title", _("Title"), lambda one: one.title, under=lambda one: one.code, stretch=3,
            sortable=False,
        ),
        text_column(
            "place", _("Place"), lambda one: " · ".join(filter(None, (one.org_unit, one.location))),
            width=150, sortable=False, fold_below=900,
        ),
        text_column("asks", _("Needed"), _asked, width=150, sortable=False),
        text_column("rules", _("Rules"), _rules, width=190, sortable=False, fold_below=1000),
        chip_column("state", _("Status"), _status, width=190, sortable=False, fold_below=760),
    ]  # fmt: skip


def _asked(one: Task) -> str:
    return ", ".join(
        f"{asked.code} ({asked.one_of})" if asked.one_of else asked.code for asked in one.asks
    )


def _rules(one: Task) -> str:
    said = (
        (one.is_dangerous, _("Dangerous")),
        (one.allows_supervision, _("Training under supervision")),
    )
    return ", ".join(words for is_so, words in said if is_so)


def _status(one: Task) -> tuple[str, Tone]:
    if one.retired_on is None and not one.asks:
        return _("Nothing is set up"), Tone.WARNING
    if one.retired_on is None:
        return _("In use"), Tone.SUCCESS
    return _("Until {day}").format(day=day(one.retired_on)), Tone.NEUTRAL


SPEC = ScreenSpec(
    key="tasks",
    title=mark("Tasks"),
    icon="qr-code",
    in_navigation=False,
    stands_alone=True,
    needs=Capability.VIEW_RECORDS,
    factory=TasksScreen,
    beneath="may_i",
)
