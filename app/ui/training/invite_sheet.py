"""Whom to invite to a session: found by name or number, or suggested because they have it due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.base.figures import day
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.people import PersonSummary
from app.core.people.shifts import shift_at_time
from app.core.training.sessions import HasItDue, SessionDetail, Suggestions
from app.services import Services
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.shift_choice import ShiftChoice

_FOUND, _DUE_ROWS = 8, 30
_ALL = 100_000


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Somebody who could be invited."""

    person_id: UUID
    name: str
    about: str


class InviteSheet(SideSheet):
    """What is pressed goes to the list below the search; only then it is done, in that order."""

    def __init__(
        self,
        host: Screen[Services],
        found: SessionDetail,
        due: Suggestions,
        invite: Callable[[tuple[UUID, ...]], None],
    ) -> None:
        super().__init__(host, _("Invite"), subtitle=found.summary.title)
        self._desk, self._host, self._invite = host.desk, host, invite
        one = found.summary
        self._free = None if one.seats is None else max(one.seats - one.seated, 0)
        self._known = {each.person_id for each in found.roll}
        self._known |= {each.person_id for each in found.trainers if each.person_id is not None}
        self._key = one.id
        self.shifts = ShiftChoice(due)
        self.shifts.chosen.connect(self._narrow)
        self._due = _candidates(due, self.shifts)
        self._chosen: dict[UUID, _Candidate] = {}
        self._hits: list[_Candidate] = []
        self._wants_one = False
        self._unknown = ""
        self.search = SearchBox(_("Name or number; several numbers with commas"))
        self.search.searched.connect(self._look)
        self.search.entered.connect(self._entered)
        self.told = PlainLabel("", TextRole.MUTED, wrap=True)
        self.found_rows = column(gap=2)
        self.chosen_card = Card(_("To be invited"), gap=2, margin=12)
        self.chosen_rows = column(gap=2)
        self.chosen_card.body.addLayout(self.chosen_rows)
        self.due_card = Card(_("Has it due"), gap=6, margin=12)
        self.due_rows = column(gap=2)
        self.button = primary("", "user-plus").on_press(self._done)
        self._lay_out()
        self.due_card.setVisible(bool(self._due))
        self._show()

    def _lay_out(self) -> None:
        self.body.addWidget(self.search)
        self.body.addLayout(self.found_rows)
        self.body.addWidget(self.told)
        self.body.addWidget(self.chosen_card)
        self.all_button = plain("").on_press(partial(self._take_due, _ALL))
        self.seats_button = plain("").on_press(partial(self._take_due, None))
        self.due_card.add_action(self.all_button)
        self.due_card.body.addWidget(self.shifts)
        self.due_card.body.addWidget(self.seats_button)
        self.due_card.body.addLayout(self.due_rows)
        self.body.addWidget(self.due_card)
        self.foot.addWidget(plain(_("Cancel")).on_press(self.dismiss))
        self.foot.addWidget(self.button)

    def choose(self, one: _Candidate) -> None:
        """Put somebody on the list of those to be invited."""
        self._chosen[one.person_id] = one
        self._show()

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """Return who is to be invited, in order."""
        return tuple(self._chosen)

    def _drop(self, one: _Candidate) -> None:
        self._chosen.pop(one.person_id, None)
        self._show()

    def _narrow(self) -> None:
        """Offer those alone whom the choice of shifts leaves."""
        suggesting, actor = self._desk.services.sessions.suggesting, self._desk.actor
        key, shift, at_work = self._key, self.shifts.shift, self.shifts.at_work
        self._desk.jobs.run(
            lambda _progress: suggesting.suggest(actor, key, shift=shift, at_work=at_work),
            done=self._show_narrowed,
            failed=self._desk.tell_error,
            owner=self,
        )

    def _show_narrowed(self, due: Suggestions) -> None:
        self._due = _candidates(due, self.shifts)
        announce(self, plural("{count} person", "{count} people", len(self._due)), urgent=False)
        self._show()

    def _take_due(self, count: int | None) -> None:
        """Choose so many of those who have it due, the first ones first; None: for the free seats."""
        left = [one for one in self._due if one.person_id not in self._chosen]
        for one in left[: self._seats_left() if count is None else count]:
            self._chosen[one.person_id] = one
        self._show()

    def _seats_left(self) -> int:
        return max((self._free or 0) - len(self._chosen), 0)

    def _look(self, words: str) -> None:
        self._hits, self._wants_one = [], False
        if words:
            self._unknown = ""
        if not words or len(_numbers(words)) > 1:
            self._show_hits([])
            return
        people, actor = self._desk.services.people, self._desk.actor
        request = PageRequest(text=words, limit=_FOUND)
        self._desk.jobs.run(
            lambda _progress: people.list_people(actor, request),
            done=self._found,
            failed=self._desk.tell_error,
            owner=self,
        )

    def _found(self, page: Page[PersonSummary]) -> None:
        hits = [_hit(one) for one in page.rows if one.id not in self._known]
        self._show_hits(hits)
        self._take_only_one()
        if not hits:
            self.told.setText(_("Nobody else is called that."))
            announce(self, self.told.text(), urgent=False)

    def _show_hits(self, hits: list[_Candidate]) -> None:
        self._hits = hits
        self._show()

    def _entered(self) -> None:
        """Choose whom the words mean alone, or all of several numbers."""
        numbers = _numbers(self.search.text())
        if len(numbers) > 1:
            self._look_up(numbers)
            return
        self._wants_one = True
        self._take_only_one()

    def _look_up(self, numbers: Sequence[str]) -> None:
        people, actor = self._desk.services.people, self._desk.actor

        def work(_progress: Progress) -> list[PersonSummary]:
            pages = (people.list_people(actor, PageRequest(text=one)) for one in numbers)
            return [one for page in pages for one in page.rows if one.number in numbers]

        self._desk.jobs.run(
            work,
            done=partial(self._take_numbered, numbers),
            failed=self._desk.tell_error,
            owner=self,
        )

    def _take_numbered(self, numbers: Sequence[str], found: list[PersonSummary]) -> None:
        for one in found:
            if one.id not in self._known:
                self._chosen[one.id] = _hit(one)
        self.search.clear()
        unknown = sorted(set(numbers) - {one.number for one in found})
        if unknown:
            words = _("Nobody here has the number {numbers}.").format(numbers=", ".join(unknown))
            self._unknown = words
            announce(self, words, urgent=False)
        self._show()

    def _take_only_one(self) -> None:
        left = [one for one in self._hits if one.person_id not in self._chosen]
        if self._wants_one and len(left) == 1:
            self.choose(left[0])
            self.search.clear()

    def _show(self) -> None:
        self._fill(self.found_rows, self._hits, self.choose, "plus")
        self._fill(self.chosen_rows, list(self._chosen.values()), self._drop, "x")
        self._fill(self.due_rows, self._due[:_DUE_ROWS], self.choose, "plus")
        count = len(self._chosen)
        self.chosen_card.setVisible(bool(count))
        self.told.setText(" ".join(filter(None, (self._unknown, self._seats_in_words()))))
        words = plural("Invite {count}", "Invite {count}", count) if count else _("Invite")
        self.button.set_words(words)
        self.button.setEnabled(bool(count))
        left = sum(one.person_id not in self._chosen for one in self._due)
        self.all_button.set_words(plural("Choose {count}", "Choose all {count}", left))
        self.all_button.setEnabled(bool(left))
        seats = min(self._seats_left(), len(self._due))
        words = plural(
            "Choose {count} for the free seat", "Choose {count} for the free seats", seats
        )
        self.seats_button.set_words(words)
        self.seats_button.setVisible(0 < seats < len(self._due))

    def _fill(
        self,
        lines: QVBoxLayout,
        people: Sequence[_Candidate],
        act: Callable[[_Candidate], None],
        trailing: str,
    ) -> None:
        clear(lines)
        is_chosen = trailing == "x"
        for one in people:
            if not is_chosen and one.person_id in self._chosen:
                continue
            tone = Tone.SUCCESS if is_chosen else Tone.NEUTRAL
            row = RowButton(one.name, one.about, icon="user", tone=tone, trailing=trailing)
            row.clicked.connect(lambda _on=False, one=one: act(one))
            lines.addWidget(row)

    def _seats_in_words(self) -> str:
        if self._free is None:
            return _("As many as come have a seat.")
        wait = max(len(self._chosen) - self._free, 0)
        free = plural("{count} seat is free.", "{count} seats are free.", self._free)
        if not wait:
            return free
        waiting = plural("{count} will wait for a seat.", "{count} will wait for a seat.", wait)
        return f"{free} {waiting}"

    def _done(self) -> None:
        people = self.chosen
        self.dismiss()
        self._invite(people)


def _candidates(due: Suggestions, shifts: ShiftChoice) -> list[_Candidate]:
    return [_due(one, hours=shifts.is_of_use) for one in due.people]


def _numbers(text: str) -> list[str]:
    """Return numbers that commas separate, as they are kept."""
    return [one.strip().upper() for one in text.split(",") if one.strip()]


def _hit(one: PersonSummary) -> _Candidate:
    about = " · ".join(filter(None, (one.number, one.org_unit, one.job_role)))
    return _Candidate(one.id, one.name, about)


def _due(one: HasItDue, *, hours: bool) -> _Candidate:
    if one.due_on is None:
        when = _("No due date")
    elif one.is_overdue:
        when = _("Overdue since {day}").format(day=day(one.due_on))
    else:
        when = _("Due {day}").format(day=day(one.due_on))
    told = shift_at_time(one.hours) if hours else ""
    about = " · ".join(filter(None, (one.number, when, told)))
    return _Candidate(one.person_id, one.name, about)
