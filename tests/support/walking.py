"""Walks the main window as a person does, and counts: presses, typed fields, badges at the reader.

A press is a press of something that is seen, enabled and on top; anything else fails the walk. What is
scrolled to is not counted, as a wheel is not.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bootstrap.assembly import assemble
from app.bootstrap.window import FolderOpener
from app.core.keys import Introduction, Invitation, read_file, write_whole
from app.core.operations import Join, SiteFolder
from app.core.schema.upgrade import bring_up_to_date
from app.services import Services
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import bring_into_view
from app.ui.kit.tables.grid import GridView
from app.ui.kit.tables.view import RowsView
from app.ui.kit.toast import Toast
from app.ui.shell.window import MainWindow
from app.ui.shell.work_area import WorkArea
from app.ui.training.verdict_plate import VerdictPlate
from tests.support.in_touch import CHEAP
from tests.support.left_open import note_opened

WidgetT = TypeVar("WidgetT", bound=QWidget)
_PATIENCE_MS = 30_000
_BETWEEN_LOOKS_MS = 500


class NotThere(AssertionError):
    """What a person would press or fill in is not on screen, or cannot be used."""


class PlaceOpener(FolderOpener):
    """Opens the site of a data folder by the test's clock."""

    def __init__(self, place: SiteFolder) -> None:
        super().__init__(place.path)
        self._place = place

    def open(self, password: str | None) -> Services:
        """Open the site."""
        opened = self._place.open(bring_up_to_date, password)
        note_opened(opened.site.database)
        return assemble(opened)

    def request(self) -> Introduction:
        """Return what makes this PC known to a site."""
        return self._place.request()

    def save_request(self, path: Path, pc_name: str) -> None:
        """Write this PC's request to a file."""
        write_whole(path, self._place.request(pc_name).document)

    def read_invitation(self, path: Path) -> Invitation:
        """Return which site a file lets this PC join."""
        return self._place.read_invitation(read_file(path))

    def join(
        self, path: Path, password: str, passphrase: str, words: str, pc_name: str
    ) -> Services:
        """Join the site that a file is from, quickly."""
        join = Join(
            paper=read_file(path),
            password=password,
            passphrase=passphrase,
            words=words,
            pc_name=pc_name,
            cost=CHEAP,
        )
        opened = self._place.join(join, bring_up_to_date)
        note_opened(opened.site.database)
        return assemble(opened)


@dataclass(frozen=True)
class Counted:
    """What a flow took."""

    presses: int = 0
    fields: int = 0
    badges: int = 0
    seconds: float = field(default=0.0, compare=False)
    """Between what the person did and the window at rest again: told, and never asserted."""
    worked: float = field(default=0.0, compare=False)
    """Seconds of the processors in between: what the program did itself, however busy the PC was."""

    def __str__(self) -> str:
        counts = f"{self.presses} presses, {self.fields} fields, {self.badges} badges"
        return f"{counts}, {self.seconds:.1f} s, of which it worked {self.worked:.1f} s"


class Walker:
    """Hands and eyes of one person at the window."""

    def __init__(self, window: MainWindow, jobs: JobRunner, qtbot: QtBot) -> None:
        self.window, self.jobs, self.qtbot = window, jobs, qtbot
        self.presses = self.fields = self.badges = 0
        self.seconds = self.worked = 0.0
        self.drop_seen = ""
        """What was said while files hung over the window."""
        self._told: list[str] = []
        self._ears = QTimer(window, interval=_BETWEEN_LOOKS_MS)
        self._ears.timeout.connect(self._hear)  # a message may be gone before all is at rest
        self._ears.start()
        self.legs: list[Counted] = []
        """What each part of the walk took."""
        self.settle()

    @property
    def work(self) -> WorkArea:
        """Return what the signed-in person works in."""
        if self.window.work is None:
            raise NotThere(f"nobody is signed in: {self.said()}")
        return self.window.work

    @property
    def services(self) -> Services:
        """Return the services of the open site."""
        return self.window._site.open_services()

    def counted(self) -> Counted:
        """Return what was done so far, and begin to count anew."""
        found = Counted(self.presses, self.fields, self.badges, self.seconds, self.worked)
        self.presses = self.fields = self.badges = 0
        self.seconds = self.worked = 0.0
        self.legs.append(found)
        return found

    def settle(self) -> None:
        """Let everything under way arrive, and what follows from it."""
        began, at_work = time.perf_counter(), time.process_time()
        for _round in range(5):
            assert self.jobs.wait_idle(_PATIENCE_MS)
            QCoreApplication.processEvents()
            self._hear()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.seconds += time.perf_counter() - began
        self.worked += time.process_time() - at_work

    def sign_in(self, name: str, password: str) -> None:
        """Sign in with a password, by keyboard."""
        self.settle()
        page = self.window.sign_in_page
        self._type_into(page.number.line, name)
        page.secret.pin.setFocus()
        self.qtbot.keyClicks(page.secret.pin, password[0])
        self._type_into(page.secret.password.line, password)
        self.qtbot.keyClick(page.secret.password.line, Qt.Key.Key_Return)
        self.settle()
        assert self.work.isVisible(), self.said()

    def leave(self) -> None:
        """End the session."""
        self.press("End session")

    def go(self, title: str) -> None:
        """Go to a place of the side bar."""
        self.press(title, within=self.work.nav)

    def press(self, words: str, *, within: QWidget | None = None, nth: int = 0) -> None:
        """Press the button that says `words`, which must be there to be pressed."""
        button = self._reachable(QAbstractButton, lambda one: _says(one, words), within, words, nth)
        self.presses += 1
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def press_line(self, words: str) -> None:
        """Press the line, tile or card whose name begins with `words`."""
        button = self._reachable(
            QAbstractButton, lambda one: one.accessibleName().startswith(words), None, words, 0
        )
        self.presses += 1
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def can_press(self, words: str) -> bool:
        """Tell whether there is such a button to be pressed now."""
        try:
            self._reachable(QAbstractButton, lambda one: _says(one, words), None, words, 0)
        except NotThere:
            return False
        return True

    def choose_from_menu(self, words: str) -> None:
        """Press a line of the menu that is open."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            raise NotThere(f"no menu is open for “{words}”")
        lines = [one for one in menu.actions() if one.text() == words]
        if not lines or not lines[0].isEnabled():
            raise NotThere(f"“{words}” is not in {[one.text() for one in menu.actions()]}")
        self.presses += 1
        spot = menu.actionGeometry(lines[0]).center()
        self.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=spot)
        self.settle()

    def fill(self, label: str, text: str, *, within: QWidget | None = None) -> None:
        """Type into the field of that label, in the place of what stands there."""
        field = self._reachable(Field, lambda one: one.label == label, within, label, 0)
        control = field.control
        self.fields += 1
        if isinstance(control, QComboBox):
            self._choose(control, text)
        elif isinstance(control, QDateEdit):
            control.setFocus()
            control.setDate(control.locale().toDate(text, "yyyy-MM-dd"))
            field.edited.emit()
        else:
            self._type(control, text)
        self.settle()

    def part(self, name: str) -> QWidget:
        """Return the part of the window that is called so."""
        return self._reachable(QFrame, lambda one: one.accessibleName() == name, None, name, 0)

    def search(self, text: str) -> None:
        """Type into the search above the list that is seen."""
        box = self._reachable(SearchBox, lambda _one: True, None, "a search", 0)
        self.fields += 1
        self._type(box, text)
        self.qtbot.keyClick(box, Qt.Key.Key_Return)
        self.settle()

    def key(self, key: Qt.Key) -> None:
        """Press a key, as a presenter's remote does; it reaches whatever has the focus."""
        self.presses += 1
        self.qtbot.keyClick(self._focused(), key)
        self.settle()

    def tap(self, badge: str) -> None:
        """Hold a badge to the reader, which types into whatever has the focus."""
        self.badges += 1
        self._into_focus(badge)

    def type_number(self, number: str) -> None:
        """Type a number and Enter into whatever has the focus."""
        self.fields += 1
        self._into_focus(number)

    def type_pin(self, pin: str) -> None:
        """Type a PIN and Enter into whatever has the focus."""
        self.fields += 1
        self._into_focus(pin)

    def open_row(self, words: str) -> None:
        """Open the row of a list in which those words stand, by double click."""
        view, index = self._row(words)
        self.presses += 1
        spot = view.visualRect(index).center()
        self.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        self.settle()

    def menu_of_row(self, words: str, line: str) -> None:
        """Open the menu at the end of a row, and choose from it."""
        view, index = self._row(words)
        last = view.model().index(index.row(), view.model().columnCount() - 1)
        self.presses += 1
        spot = view.visualRect(last).center()
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        self.settle()
        self.choose_from_menu(line)

    def tick_row(self, words: str) -> None:
        """Tick the box in front of a row."""
        view, index = self._row(words)
        self.presses += 1
        spot = view.visualRect(view.model().index(index.row(), 0)).center()
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        self.settle()

    def press_cell(self, row: str, column: str) -> None:
        """Press a cell of the grid that is seen: by the heads of its row and column."""
        grid, spot = self._cell(row, column)
        self.presses += 1
        self.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        self.settle()

    def menu_of_cell(self, row: str, column: str, line: str) -> None:
        """Press a cell with the right button, and choose from its menu."""
        grid, spot = self._cell(row, column)
        self.presses += 1
        asked = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, spot, grid.viewport().mapToGlobal(spot)
        )
        QCoreApplication.sendEvent(grid.viewport(), asked)
        self.settle()
        self.choose_from_menu(line)

    def _cell(self, row: str, column: str) -> tuple[GridView, QPoint]:
        grid = self._reachable(GridView, lambda _one: True, None, "a grid", 0)
        model = grid.grid
        rows = [at for at in range(model.rowCount()) if row in model.row_head(at).title]
        columns = [
            at
            for at in range(model.columnCount())
            if column in (model.column_head(at).title, model.column_head(at).beside)
        ]
        if not rows or not columns:
            raise NotThere(f"no cell {row} × {column}")
        index = model.index(rows[0], columns[0])
        grid.scrollTo(index)
        return grid, grid.visualRect(index).center()

    def choose_file(self, path: Path) -> None:
        """Give a path to the file dialog that is open: one field, one press."""
        dialog = self.dialog(QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        self.fields += 1
        self.presses += 1
        line.setText(str(path))
        dialog.accept()
        self.settle()

    def drop(self, *paths: Path) -> None:
        """Drop files in the middle of the window, as from the desktop: one press."""
        spot = self.window.rect().center()
        under = self.window.childAt(spot)
        while under is not None and not under.acceptDrops():
            under = under.parentWidget()
        if under is None:
            raise NotThere(f"nothing takes a drop here: {self.said()}")
        self.presses += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        at = under.mapFrom(self.window, spot)
        how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
        keys = Qt.KeyboardModifier.NoModifier
        QCoreApplication.sendEvent(under, QDragEnterEvent(at, *how, keys))
        self.drop_seen = self.said()
        QCoreApplication.sendEvent(under, QDropEvent(at.toPointF(), *how, keys))
        self.settle()

    def sign(self, password: str, *, name: str = "", button: str = "Sign") -> None:
        """Fill in the dialog that asks for a signature, and press Sign."""
        if name:
            self.fill("Your number or login", name)
        self.fill("Your password", password)
        self.press(button)

    def dialog(self, kind: type[WidgetT]) -> WidgetT:
        """Return the dialog over the window."""
        found = QApplication.activeModalWidget() or next(
            (one for one in self.window.findChildren(QDialog) if one.isVisible()), None
        )
        if not isinstance(found, kind):
            raise NotThere(f"no {kind.__name__} is open: {self.said()}")
        return found

    def said(self) -> str:
        """Return every word of labels that are seen, a line each."""
        over = QApplication.activeModalWidget() or self.window
        seen = [one for one in over.findChildren(QWidget) if one.isVisible()]
        words = [
            f"[{one.accessibleName() or one.text()}]"
            if isinstance(one, QAbstractButton)
            else one.text()
            for one in seen
            if isinstance(one, QLabel | QAbstractButton)
        ]
        return "\n".join(filter(None, words))

    def heard(self, words: str) -> None:
        """Make sure that a message said that since this was last asked; it may have gone since."""
        told, self._told = self._told, []
        if not any(words in one for one in told):
            raise NotThere(f"nobody said “{words}”: {told}. On screen:\n{self.said()}")

    def _hear(self) -> None:
        for toast in self.window.findChildren(Toast):
            if toast.accessibleName() not in self._told[-1:]:
                self._told.append(toast.accessibleName())

    def plate(self) -> str:
        """Return what the answer at the gate says, which is painted."""
        plates = [one for one in self.window.findChildren(VerdictPlate) if one.isVisible()]
        return plates[0].accessibleName() if plates else ""

    def shot(self, folder: Path, name: str) -> None:
        """Keep what is seen as a picture."""
        self.settle()
        folder.mkdir(parents=True, exist_ok=True)
        (QApplication.activeModalWidget() or self.window).grab().save(str(folder / f"{name}.png"))

    def _row(self, words: str) -> tuple[RowsView, QModelIndex]:
        view = self._reachable(RowsView, lambda _one: True, None, f"a list with “{words}”", 0)
        model = view.model()
        seen: list[str] = []
        for row in range(model.rowCount()):
            for column in range(1, model.columnCount() - 1):
                index = model.index(row, column)
                text = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
                seen.append(text)
                if words in text and not view.isColumnHidden(column):
                    view.scrollTo(index)
                    return view, index
        raise NotThere(f"no row says “{words}”: {seen}")

    def _focused(self) -> QWidget:
        at = QApplication.focusWidget() or self.window.focusWidget()
        if at is None:
            raise NotThere("nothing has the focus: what is typed is lost")
        return at

    def _into_focus(self, text: str) -> None:
        at = self._focused()
        self.qtbot.keyClicks(at, text)
        self.qtbot.keyClick(at, Qt.Key.Key_Return)
        self.settle()

    def _type_into(self, line: QLineEdit, text: str) -> None:
        self.fields += 1
        self._type(line, text)

    def _type(self, control: QWidget, text: str) -> None:
        control.setFocus()
        if isinstance(control, (QLineEdit, QPlainTextEdit, QSpinBox)):
            control.selectAll()
            self.qtbot.keyClick(control, Qt.Key.Key_Delete)
        self.qtbot.keyClicks(control, text)

    def _choose(self, combo: QComboBox, words: str) -> None:
        at = combo.findText(words)
        if at < 0:
            offered = [combo.itemText(place) for place in range(combo.count())]
            raise NotThere(f"“{words}” is not offered: {offered}")
        combo.setFocus()
        combo.setCurrentIndex(at)
        combo.activated.emit(at)

    def _reachable(
        self,
        kind: type[WidgetT],
        fits: Callable[[WidgetT], bool],
        within: QWidget | None,
        what: str,
        nth: int,
    ) -> WidgetT:
        place = within or QApplication.activeModalWidget() or self.window
        seen = [one for one in place.findChildren(kind) if one.isVisible() and fits(one)]
        found = [one for one in seen if _can_be_used(one)]
        if len(found) > nth:
            bring_into_view(found[nth])
            QCoreApplication.processEvents()
            return found[nth]
        why = "it is disabled or covered" if seen else "it is not on screen"
        raise NotThere(f"“{what}”: {why}. On screen:\n{self.said()}")


def _says(button: QAbstractButton, words: str) -> bool:
    return words in (button.text().replace("&&", "&"), button.accessibleName())


def _can_be_used(widget: QWidget) -> bool:
    """Tell whether somebody can get at it: enabled, scrolled to, and nothing on top of it."""
    if not widget.isEnabled():
        return False
    bring_into_view(widget)
    QCoreApplication.processEvents()
    top = widget.window()
    spots = (QPoint(0, 0), QPoint(0, widget.height() // 4), QPoint(-widget.width() // 4, 0))
    for away in spots:
        spot = widget.mapTo(top, widget.rect().center() + away)
        under = top.childAt(spot)
        if under is not None and (under is widget or widget.isAncestorOf(under)):
            return True
    return False
