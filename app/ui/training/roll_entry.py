"""What the roll's field takes: a badge, a number, or part of a name; and what a pressed tile offers."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from app.core.base.errors import UserFacingError
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.people import NobodyMeant
from app.core.training.sessions import (
    OnRoll,
    SessionState,
    SessionSummary,
    Tapped,
    TapResult,
)
from app.ui.kit.theme import Tone
from app.ui.training.people_found import PeopleFound
from app.ui.training.roll_board import RollBoard
from app.ui.training.session_host import SessionHost, ask_beyond_seats, menu_under

_TONES = {
    TapResult.CAME: Tone.SUCCESS,
    TapResult.WALK_IN: Tone.SUCCESS,
    TapResult.ALREADY: Tone.INFO,
    TapResult.WENT: Tone.INFO,
}
_FOUND = 12


class RollEntry:
    """Takes taps for a screen, one after the other, in the order in which they came."""

    def __init__(self, host: SessionHost, board: RollBoard) -> None:
        self._host = host
        self._board = board
        self._one: SessionSummary | None = None
        board.typed.connect(self.take)
        board.pressed.connect(self._offer)

    def show_session(self, one: SessionSummary) -> None:
        """Take taps for this session from now on."""
        self._one = one

    def take(self, typed: str) -> None:
        """Let whom a badge or a number means come; else look for the name."""
        one, desk = self._one, self._host.desk
        if one is None:
            return
        rolling, actor = desk.services.sessions.rolling, desk.actor
        self._run(
            lambda: rolling.tap(actor, one.id, typed),
            again=lambda: rolling.tap(actor, one.id, typed, anyway=True),
            unknown=partial(self._look_for, typed),
        )

    def tick(self, person_id: UUID) -> None:
        """Let somebody come who was chosen by name."""
        one, desk = self._one, self._host.desk
        if one is None:
            return
        rolling, actor = desk.services.sessions.rolling, desk.actor
        self._run(
            lambda: rolling.tick(actor, one.id, person_id),
            again=lambda: rolling.tick(actor, one.id, person_id, anyway=True),
        )

    def _run(
        self,
        act: Callable[[], Tapped],
        *,
        again: Callable[[], Tapped] | None = None,
        unknown: Callable[[], None] | None = None,
    ) -> None:
        desk = self._host.desk

        def work(_progress: Progress) -> Tapped:
            return act()

        def refused(error: UserFacingError) -> None:
            if isinstance(error, NobodyMeant) and unknown is not None:
                unknown()
                return
            self._board.tell(error.sentence, Tone.DANGER)
            if again is not None:
                ask_beyond_seats(self._host, error, partial(self._run, again))

        desk.jobs.run(work, done=self._tapped, failed=refused, owner=self._board)

    def _tapped(self, done: Tapped) -> None:
        self._board.tell(done.words, _TONES[done.result])
        self._host.refresh()
        self._board.take_focus()

    def _look_for(self, typed: str) -> None:
        desk, people = self._host.desk, self._host.desk.services.people
        if not any(letter.isalpha() for letter in typed):
            self._board.tell(NobodyMeant().sentence, Tone.DANGER)
            return
        request = PageRequest(text=typed.strip(), limit=_FOUND)

        def show(found: PeopleFound.Found) -> None:
            if not found.rows:
                self._board.tell(NobodyMeant().sentence, Tone.DANGER)
                return
            PeopleFound(self._board, typed, found, self.tick).open()

        desk.jobs.run(
            lambda _progress: people.list_people(desk.actor, request),
            done=show,
            failed=desk.tell_error,
            owner=self._board,
        )

    def _offer(self, pressed: OnRoll) -> None:
        one = self._one
        if one is None:
            return
        may_come = one.state in {SessionState.OPEN, SessionState.HELD} and not pressed.came
        if may_come:
            self.tick(pressed.person_id)
            return
        tile = next((t for t in self._board.tiles() if t.person_id == pressed.person_id), None)
        actions = self._host.open_person(pressed)
        if tile is not None and actions:
            menu_under(tile, actions)
