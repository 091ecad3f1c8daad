"""The shifts and the holidays as lists, and what is done with one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from typing_extensions import override

from app.core.base.clock import local_day
from app.core.base.figures import day, weekday
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people.shifts import (
    Holiday,
    ListedShift,
    PlannedHours,
    hours_to_come,
    moment_to_come,
    pattern_in_words,
    planned_in_words,
    word_of,
)
from app.core.storage.folding import fold
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.dialogs import Question
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Screen
from app.ui.kit.tables.columns import Column, chip_column, number_column, text_column
from app.ui.kit.tables.list_tools import ListTools
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.tabbed_lists import GrowingList
from app.ui.kit.theme import Tone
from app.ui.people.organisation_forms import manages_site
from app.ui.people.shift_form import HolidayForm, ShiftForm


class ShiftList(GrowingList[ListedShift]):
    """The shifts on `host`: those whose hours are known, then the words on people that have none."""

    def __init__(self, host: Screen[Services]) -> None:
        self._host, self._desk = host, host.desk
        self._shifts = host.desk.services.people.shifts
        self._manages = manages_site(host.desk.actor)
        super().__init__(
            _("Shifts"),
            _columns(self._shifts.now),
            self._fetch,
            key=lambda one: word_of(one.name),
            jobs=host.desk.jobs,
            search=_("Search by name"),
            menu=self._actions,
            empty=EmptyState(
                _("No shift stands on anybody yet. An HR file brings them along."),
                icon="clock",
                action=_("Add a shift") if self._manages else "",
                act=self.begin_adding,
            ),
        )
        self.opened.connect(self._open_shift)
        self.tools = ListTools(host, self, key="shifts")

    def _open_shift(self, one: ListedShift) -> None:
        if self._manages and one.name:
            self.ask_hours(one)
        else:
            self._show_people(one)

    @override
    def begin_adding(self) -> None:
        """Ask for the hours of a shift that stands on nobody yet."""
        self.ask_hours(None)

    def ask_hours(self, listed: ListedShift | None) -> None:
        """Ask for the hours of a shift; those that it has stand there."""
        shifts, actor = self._shifts, self._desk.actor

        def work(_progress: Progress) -> tuple[Holiday, ...]:
            return shifts.holidays(actor)

        self._host.load(work, partial(self._ask, listed), what="form")

    def _ask(self, listed: ListedShift | None, holidays: tuple[Holiday, ...]) -> None:
        shifts, actor = self._shifts, self._desk.actor
        form = ShiftForm(listed, holidays, local_day(self._desk.clock))

        def wish() -> Wish[None]:
            new, why = form.new_shift(), form.reason.value()
            told = _("The hours of {name} are kept.").format(name=new.name)
            return Wish(partial(shifts.say, actor, new, why, form.from_on.value()), told)

        title = _("Add a shift") if listed is None else _("Hours of a shift")
        subtitle = "" if listed is None else listed.name
        open_form(self._host, title, form, wish, subtitle=subtitle)

    def _fetch(self, request: PageRequest) -> Page[ListedShift]:
        return Page.cut(self._shifts.all(self._desk.actor, request.text), request)

    def _actions(self, one: ListedShift) -> list[RowAction]:
        actions = [RowAction(_("Show its people"), partial(self._show_people, one), "users")]
        if not self._manages:
            return actions
        words = _("Change the hours") if one.shift else _("Say its hours")
        if one.name:
            actions.append(RowAction(words, partial(self.ask_hours, one), "clock"))
        for planned in one.shift.planned if one.shift else ():
            ask = partial(self._ask_take_back, one.name, planned)
            words = _("Take back the hours from {day}").format(day=day(planned.from_on))
            actions.append(RowAction(words, ask, "undo-2"))
        if one.shift:
            actions.append(RowAction(_("Close"), partial(self._ask_close, one), "ban"))
        return actions

    def _show_people(self, one: ListedShift) -> None:
        self._desk.open("people", shift=word_of(one.name))

    def _ask_take_back(self, name: str, planned: PlannedHours) -> None:
        question = Question(
            title=_("Take back the planned hours of {name}?").format(name=name),
            text=planned_in_words(planned),
            yes=_("Take them back"),
            ask_reason=True,
        )
        shifts, actor = self._shifts, self._desk.actor
        self._host.act_on_yes(
            question,
            lambda reason: shifts.take_back(actor, name, planned.from_on, reason),
            _("The hours stay as they are."),
        )

    def _ask_close(self, one: ListedShift) -> None:
        question = Question(
            title=_("Close shift {name}?").format(name=one.name),
            text=_("From today on its hours are not known. It stays on its people, and on record."),
            yes=_("Close"),
            ask_reason=True,
        )
        shifts, actor = self._shifts, self._desk.actor
        self._host.act_on_yes(
            question,
            lambda reason: shifts.close(actor, one.name, reason),
            _("Its hours are not known any more."),
        )


class HolidayList(GrowingList[Holiday]):
    """The holidays on `host`, by day."""

    def __init__(self, host: Screen[Services]) -> None:
        self._host, self._desk = host, host.desk
        self._shifts = host.desk.services.people.shifts
        self._manages = manages_site(host.desk.actor)
        super().__init__(
            _("Holidays"),
            [
                text_column("on", _("Day"), _day_in_words, width=180, sortable=False),
                text_column("name", _("Holiday"), lambda one: one.name, stretch=3, sortable=False),
            ],
            self._fetch,
            key=lambda one: one.on,
            jobs=host.desk.jobs,
            search=_("Search by name"),
            menu=self._actions if self._manages else None,
            empty=EmptyState(
                _("No holidays yet. Nobody begins to work on one, but for shifts that do."),
                icon="calendar",
                action=_("Add a holiday") if self._manages else "",
                act=self.begin_adding,
            ),
        )
        self.tools = ListTools(host, self, key="holidays")

    @override
    def begin_adding(self) -> None:
        """Ask for a holiday."""
        shifts, actor = self._shifts, self._desk.actor
        form = HolidayForm(local_day(self._desk.clock))

        def wish() -> Wish[None]:
            on, name = form.on.value() or local_day(self._desk.clock), form.name.value()
            told = _("{day} is a holiday.").format(day=day(on))
            return Wish(partial(shifts.add_holiday, actor, on, name), told)

        open_form(self._host, _("Add a holiday"), form, wish, save=_("Add"))

    def _fetch(self, request: PageRequest) -> Page[Holiday]:
        text = fold(request.text)
        found = self._shifts.holidays(self._desk.actor)
        return Page.cut([one for one in found if text in fold(one.name)], request)

    def _actions(self, one: Holiday) -> list[RowAction]:
        return [RowAction(_("Take away"), partial(self._ask_remove, one), "x")]

    def _ask_remove(self, one: Holiday) -> None:
        question = Question(
            title=_("Is {day} no holiday?").format(day=day(one.on)),
            text=_("Shifts work on it as on any other day. That it was one stays on record."),
            yes=_("Take it away"),
            ask_reason=True,
        )
        shifts, actor = self._shifts, self._desk.actor
        self._host.act_on_yes(
            question,
            lambda reason: shifts.remove_holiday(actor, one.on, reason),
            _("It is no holiday any more."),
        )


def _day_in_words(one: Holiday) -> str:
    return f"{weekday(one.on)} {day(one.on)}"


def _columns(now: Callable[[], datetime]) -> list[Column[ListedShift]]:
    return [
        text_column(
            "name", _("Shift"), lambda one: one.name or _("None written"), width=120, sortable=False
        ),
        text_column(
            "hours", _("Hours"), _hours, under=_under, width=320, stretch=4, sortable=False
        ),
        number_column("people", _("People"), lambda one: one.people, width=90, sortable=False),
        chip_column("now", _("Now"), lambda one: _now(one, now()), width=180, sortable=False),
        text_column(
            "following",
            _("Next"),
            lambda one: hours_to_come(one.following, now()),
            width=160,
            sortable=False,
            fold_below=900,
        ),
    ]


def _hours(one: ListedShift) -> str:
    return pattern_in_words(one.shift.pattern) if one.shift else "–"


def _under(one: ListedShift) -> str:
    if one.shift is None:
        return ""
    said = [_("Works on holidays, too")] if one.shift.works_on_holidays else []
    return " · ".join((*said, *map(planned_in_words, one.shift.planned)))


def _now(one: ListedShift, now: datetime) -> tuple[str, Tone]:
    if one.shift is None:
        return _("Hours not known"), Tone.WARNING
    if one.now is None:
        return _("Off"), Tone.NEUTRAL
    until = moment_to_come(one.now.ends, now)
    return _("At work until {time}").format(time=until), Tone.SUCCESS
