"""What can be done with the assignments chosen in the list: invite to a session, note who is away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from app.core.base.clock import local_day
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.training.assignments import AssignmentSummary
from app.core.training.sessions import SessionSummary
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.screen import Screen
from app.ui.kit.tables.chosen import every_row
from app.ui.kit.tables.table import DataTable
from app.ui.training.absence_form import ask_absence
from app.ui.training.coming_sheet import ComingSheet

_Fetch = Callable[[PageRequest], Page[AssignmentSummary]]
_AHEAD = timedelta(days=120)
_NAMED = 12


@dataclass(frozen=True, slots=True)
class _Chosen:
    """People in the order in which what they have is due, each once, and what they have."""

    people: dict[UUID, str]
    requirements: frozenset[UUID]

    @property
    def names(self) -> list[str]:
        """Return the first names, and how many more there are."""
        names = list(self.people.values())
        more = len(names) - _NAMED
        if more <= 0:
            return names
        return [*names[:_NAMED], plural("and {count} more", "and {count} more", more)]


class ChosenAssignments:
    """Puts the buttons over the list, and does what they say."""

    def __init__(
        self, screen: Screen[Services], table: DataTable[AssignmentSummary], fetch: _Fetch
    ) -> None:
        self._screen, self._desk = screen, screen.desk
        self._table, self._fetch = table, fetch
        table.add_bulk_action(
            plain(_("Invite to a session"), "calendar-plus").on_press(self.offer_sessions)
        )
        table.add_bulk_action(plain(_("Note as away"), "log-out").on_press(self.ask_absence))

    def offer_sessions(self) -> None:
        """Offer the coming sessions that prove what the chosen people have to meet."""
        sessions, actor, chosen = self._desk.services.sessions, self._desk.actor, self._chosen()
        today = local_day(self._desk.clock)

        def read(_progress: Progress) -> tuple[_Chosen, tuple[SessionSummary, ...]]:
            found = chosen()
            last = today + _AHEAD
            return found, sessions.between(actor, today, last, proving=found.requirements)

        self._screen.load(read, lambda found: self._open(*found), what="coming sessions")

    def _open(self, chosen: _Chosen, coming: tuple[SessionSummary, ...]) -> None:
        told = plural("{count} person", "{count} people", len(chosen.people))
        title, invite = _("Invite to a session"), partial(self._invite, chosen)
        ComingSheet(self._screen, title, told, chosen.names, coming, invite).open()

    def _invite(self, chosen: _Chosen, one: SessionSummary) -> None:
        planning, actor = self._desk.services.sessions.planning, self._desk.actor

        def done(new: int) -> None:
            words = plural("{count} more on its list.", "{count} more on its list.", new)
            self._desk.toast(f"{one.title}: {words}")
            self._table.model.select_nothing()

        self._screen.act(lambda _progress: planning.invite(actor, one.id, chosen.people), done)

    def ask_absence(self) -> None:
        """Ask from when to when the chosen people are away."""
        chosen = self._chosen()

        def ask(found: _Chosen) -> None:
            names, then = ", ".join(found.names), self._table.model.select_nothing
            ask_absence(self._screen, tuple(found.people), names, then)

        self._screen.load(lambda _progress: chosen(), ask, what="who is away")

    def _chosen(self) -> Callable[[], _Chosen]:
        selection, fetch = self._table.selection(), self._fetch
        assignments, actor = self._desk.services.training.assignments, self._desk.actor

        def rows() -> list[AssignmentSummary]:
            if selection.everything:
                return [one for one in every_row(fetch, selection.request) if selection.has(one.id)]
            keys = [key for key in selection.keys if isinstance(key, UUID)]
            return [assignments.detail(actor, key).summary for key in keys]

        def read() -> _Chosen:
            found = sorted(rows(), key=lambda one: (one.due_on or date.max, one.name, one.number))
            people = {one.person_id: one.name for one in found}
            return _Chosen(people, frozenset(one.requirement_id for one in found))

        return read
