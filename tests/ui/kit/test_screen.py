"""Screens: refresh by topic, latest load wins, old content stays, errors told."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.core.base.actor import Actor, system_actor
from app.core.base.clock import Clock
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.progress import Progress
from app.ui.kit.buttons import Button
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.dialogs import Question
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Theme, Tone
from tests.support.clock import TurnedClock


class Services:
    """Counts what it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False
        self.gates: list[threading.Event] = []

    def count(self, _progress: Progress) -> int:
        self.asked += 1
        number = self.asked
        if self.gates:
            self.gates.pop(0).wait(5)
        if self.broken:
            raise NotFound("The figure")
        return number


class ADesk:
    """A desk with real jobs and changes; it writes down what it is told."""

    def __init__(self, jobs: JobRunner, theme: Theme) -> None:
        self.services = Services()
        self.actor: Actor = system_actor()
        self.jobs = jobs
        self.changes = ChangeFeed()
        self.theme = theme
        self.clock: Clock = TurnedClock()
        self.errors: list[UserFacingError] = []

    def open(self, key: str, **args: object) -> None: ...

    def back(self) -> None: ...

    def toast(
        self, text: str, tone: Tone = Tone.SUCCESS, undo: Callable[[], None] | None = None
    ) -> None: ...

    def tell_error(self, error: UserFacingError) -> None:
        self.errors.append(error)

    def confirm(self, question: Question, then: Callable[[str], None]) -> None: ...


class Figures(Screen[Services]):
    """Shows one figure."""

    topics = frozenset({"figures"})

    def __init__(self, desk: Desk[Services], parent: QWidget | None = None) -> None:
        super().__init__(desk, title="Figures", parent=parent)
        self.figure = PlainLabel("–")
        self.button = Button("Count")
        self.body.addWidget(self.figure)
        self.body.addWidget(self.button)
        self.given: dict[str, object] = {}

    def enter(self, **args: object) -> None:
        self.given = args

    def refresh(self) -> None:
        self.load(self.desk.services.count, lambda figure: self.figure.setText(str(figure)))


@pytest.fixture
def desk(jobs: JobRunner, theme: Theme) -> ADesk:
    return ADesk(jobs, theme)


@pytest.fixture
def screen(qtbot: QtBot, desk: ADesk, jobs: JobRunner) -> Figures:
    made = Figures(desk)
    qtbot.addWidget(made)
    made.arrive(person="7")
    made.show()
    assert jobs.wait_idle()
    return made


def test_a_screen_loads_once_when_it_is_gone_to(screen: Figures, desk: ADesk) -> None:
    assert (screen.figure.text(), desk.services.asked) == ("1", 1)
    assert screen.given == {"person": "7"}


def test_a_screen_that_is_seen_loads_anew_when_entered_again(
    screen: Figures, desk: ADesk, jobs: JobRunner
) -> None:
    screen.arrive()
    assert jobs.wait_idle()
    assert desk.services.asked == 2


def test_only_its_own_topics_refresh_a_screen(
    qtbot: QtBot, screen: Figures, desk: ADesk, jobs: JobRunner
) -> None:
    for topics in ({"people"}, {"figures", "people"}):
        with qtbot.waitSignal(desk.changes.changed):
            desk.changes.announce(topics)
    assert jobs.wait_idle()
    assert desk.services.asked == 2


def test_a_screen_out_of_sight_waits_until_it_is_shown(
    qtbot: QtBot, desk: ADesk, jobs: JobRunner
) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    stack.addWidget(Figures(desk))
    stack.addWidget(QWidget())
    stack.show()
    stack.setCurrentIndex(1)
    assert jobs.wait_idle()
    before = desk.services.asked
    with qtbot.waitSignal(desk.changes.changed):
        desk.changes.announce({"figures"})
    assert desk.services.asked == before
    stack.setCurrentIndex(0)
    assert jobs.wait_idle()
    assert desk.services.asked == before + 1


def test_old_content_stays_while_new_is_on_its_way(
    screen: Figures, desk: ADesk, jobs: JobRunner
) -> None:
    gate = threading.Event()
    desk.services.gates.append(gate)
    screen.refresh()
    assert screen.figure.text() == "1"
    assert screen.busy.is_busy()
    gate.set()
    assert jobs.wait_idle()
    assert screen.figure.text() == "2"
    assert not screen.busy.is_busy()


def test_of_two_loads_the_latest_is_shown(screen: Figures, jobs: JobRunner) -> None:
    shown: list[int] = []
    screen.load(lambda _progress: 1, shown.append)
    screen.load(lambda _progress: 2, shown.append)
    screen.load(lambda _progress: 9, shown.append, what="something else")
    assert jobs.wait_idle()
    assert shown == [2, 9]


def test_an_error_is_told_and_the_content_stays(
    screen: Figures, desk: ADesk, jobs: JobRunner
) -> None:
    desk.services.broken = True
    screen.refresh()
    assert jobs.wait_idle()
    assert [type(error) for error in desk.errors] == [NotFound]
    assert screen.figure.text() == "1"
    assert not screen.busy.is_busy()


def test_the_focus_goes_to_where_work_begins(qtbot: QtBot, screen: Figures) -> None:
    screen.activateWindow()
    screen.focus_first()
    qtbot.waitUntil(screen.button.hasFocus)


def test_a_screen_declares_itself() -> None:
    spec = ScreenSpec(key="figures", title="Figures", icon="chart-line", factory=Figures)
    assert spec.needs is None
    assert spec.in_navigation


class Rows(Screen[Services]):
    """Makes its buttons anew with each load."""

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title="Rows")
        self.lines = column(gap=0)
        self.body.addLayout(self.lines)

    def refresh(self) -> None:
        self.load(self.desk.services.count, self._show)

    def _show(self, number: int) -> None:
        clear(self.lines)
        for name in ("Open", f"Round {number}", "Give"):
            self.lines.addWidget(Button(name))

    def button(self, place: int) -> Button:
        made = self.lines.itemAt(place).widget()
        assert isinstance(made, Button)
        return made


@pytest.mark.parametrize(("place", "name"), [(2, "Give"), (1, "Round 2")])
def test_the_focus_stays_where_it_was_when_rows_are_made_anew(
    jobs: JobRunner, theme: Theme, window: QWidget, qtbot: QtBot, place: int, name: str
) -> None:
    screen = Rows(ADesk(jobs, theme))
    screen.setParent(window)
    screen.show()
    jobs.wait_idle()
    qtbot.waitUntil(screen.button(place).isVisible)
    screen.button(place).setFocus()
    screen.refresh()
    jobs.wait_idle()

    qtbot.waitUntil(screen.button(place).hasFocus)
    assert screen.button(place).accessibleName() == name


def test_the_focus_stays_where_it_was_while_another_window_is_in_front(
    jobs: JobRunner, theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    screen = Rows(ADesk(jobs, theme))
    screen.setParent(window)
    screen.show()
    jobs.wait_idle()
    qtbot.waitUntil(screen.button(2).isVisible)
    screen.button(2).setFocus()
    in_front = QWidget()
    qtbot.addWidget(in_front)
    in_front.show()
    in_front.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    screen.refresh()
    jobs.wait_idle()

    qtbot.waitUntil(lambda: window.focusWidget() is screen.button(2))


class LeftRows(Rows):
    """Somebody goes from it to a button elsewhere just when a load has made its rows anew."""

    def __init__(self, desk: Desk[Services], elsewhere: Button) -> None:
        super().__init__(desk)
        self.elsewhere = elsewhere
        self.was_left = False

    @override
    def _show(self, number: int) -> None:
        super()._show(number)
        if number > 1:
            QTimer.singleShot(0, self, self._leave)

    def _leave(self) -> None:
        self.hide()
        self.elsewhere.setFocus()
        QTimer.singleShot(0, self, self._note_that_it_was_left)

    def _note_that_it_was_left(self) -> None:
        self.was_left = True


def test_what_a_load_makes_anew_takes_no_focus_from_where_one_went_meanwhile(
    jobs: JobRunner, theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    elsewhere = Button("Elsewhere")
    elsewhere.setParent(window)
    elsewhere.show()
    screen = LeftRows(ADesk(jobs, theme), elsewhere)
    screen.setParent(window)
    screen.show()
    jobs.wait_idle()
    qtbot.waitUntil(screen.button(2).isVisible)
    screen.button(2).setFocus()
    screen.refresh()
    qtbot.waitUntil(lambda: screen.was_left)

    assert window.focusWidget() is elsewhere


def test_the_focus_comes_to_what_a_load_brings_where_there_was_nothing(
    jobs: JobRunner, theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    screen = Rows(ADesk(jobs, theme))
    screen.setParent(window)
    screen.show()
    screen.focus_first()
    jobs.wait_idle()

    qtbot.waitUntil(screen.button(0).hasFocus)
