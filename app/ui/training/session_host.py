"""What the screens of a session and of a drill are to those who act on them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.training.sessions import OnRoll, SeatsTaken, SessionDetail
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Question
from app.ui.kit.screen import Screen
from app.ui.kit.tables.menus import RowAction, show_row_menu
from app.ui.training.roll_board import RollBoard


class SessionHost(Screen[Services]):
    """A screen that shows one session with its roll."""

    found: SessionDetail | None = None
    """What is shown; None until it is loaded."""
    session_id: UUID | None = None
    board: RollBoard
    main: Button
    """The button of what comes next."""

    @override
    def enter(self, **args: object) -> None:
        """Take which session: `session_id`."""
        wanted = args.get("session_id")
        self.session_id = wanted if isinstance(wanted, UUID) else None
        self.found = None

    @override
    def focus_first(self) -> None:
        """Be ready for a badge where the roll is open, else for what comes next."""
        if self.board.entry.isVisibleTo(self):
            self.board.take_focus()
        elif self.main.isVisibleTo(self):
            self.main.setFocus()

    def open_person(self, one: OnRoll) -> list[RowAction]:  # noqa: ARG002  of this screen, nothing
        """Return what can be done with somebody on the roll."""
        return []

    def photos_of(self, roll: Sequence[OnRoll]) -> dict[UUID, bytes]:
        """Return the photos of those on a roll who have one. Off the window's thread."""
        people = [one.person_id for one in roll]
        return self.desk.services.people.photos.of_many(self.desk.actor, people)

    def do(self, work: Callable[[], object], told: str) -> None:
        """Do something and say so; the roll is loaded anew."""

        def run(_progress: Progress) -> None:
            work()

        def done(_none: None) -> None:
            if told:
                self.desk.toast(told)
            self.refresh()

        self.act(run, done)


def ask_beyond_seats(host: SessionHost, error: UserFacingError, let_in: Callable[[], None]) -> bool:
    """Ask whether people are let in for whom there was no seat; tell whether `error` is about that."""
    if not isinstance(error, SeatsTaken):
        return False
    question = Question(
        title=_("Let them in all the same?"), text=error.happened, yes=_("Let them in")
    )
    host.desk.confirm(question, lambda _reason: let_in())
    return True


def menu_under(widget: QWidget, actions: list[RowAction]) -> None:
    """Offer acts below a widget."""
    show_row_menu(widget, actions, widget.mapToGlobal(QPoint(0, widget.height())))
