"""Lists: searched, sorted and paged by their owner; old rows stay; the choice is exact."""

import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest, Sort
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.jobs import JobRunner
from app.ui.kit.tables.columns import chip_column, number_column, text_column, tree_column
from app.ui.kit.tables.table import DataTable, RowAction, View
from app.ui.kit.theme import Tone


@dataclass(frozen=True)
class Row:
    number: int
    name: str


class People:
    """Answers as a service does, and remembers what it was asked."""

    def __init__(self, count: int = 1000) -> None:
        self.rows = [Row(n, f"Person {n:04}") for n in range(count)]
        self.asked: list[PageRequest] = []
        self.gate: threading.Event | None = None
        self.broken = False

    def fetch(self, request: PageRequest) -> Page[Row]:
        if self.gate is not None:
            self.gate.wait(5)
        if self.broken:
            raise NotFound("The list")
        self.asked.append(request)
        found = [row for row in self.rows if request.text in row.name]
        if request.values("odd"):
            found = [row for row in found if row.number % 2]
        found.sort(key=lambda row: row.number, reverse=request.descending)
        rows = tuple(found[request.offset : request.offset + request.limit])
        return Page(rows=rows, total=len(found))


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def table(window: QWidget, people: People, jobs: JobRunner) -> DataTable[Row]:
    made: DataTable[Row] = DataTable(
        "People",
        [
            text_column("name", "Name", lambda row: row.name, under=lambda row: f"E-{row.number}"),
            number_column("number", "Number", lambda row: row.number),
            chip_column("state", "State", lambda _row: ("Valid", Tone.SUCCESS), fold_below=700),
        ],
        people.fetch,
        key=lambda row: row.number,
        jobs=jobs,
        search="Search people",
        selectable=True,
        menu=lambda row: [RowAction(f"Open {row.name}", lambda: None, "eye")],
        sort=Sort("name"),
        limit=50,
        parent=window,
    )
    made.resize(1000, 500)
    made.show()
    made.refresh()
    assert jobs.wait_idle()
    return made


def pointed_at(table: DataTable[Row], row: int) -> str:
    """Return what is told to whoever points at the first cell of a row."""
    view, index = table.view, table.model.index(row, 1)
    spot = view.visualRect(index).center()
    QToolTip.hideText()
    asked = QHelpEvent(QEvent.Type.ToolTip, spot, view.viewport().mapToGlobal(spot))
    QApplication.sendEvent(view.viewport(), asked)
    return QToolTip.text() if QToolTip.isVisible() else ""


def names(table: DataTable[Row], count: int = 3) -> list[str]:
    return [str(table.model.index(row, 1).data()) for row in range(count)]


def test_the_list_knows_its_whole_length_and_has_only_what_is_seen(
    table: DataTable[Row], people: People
) -> None:
    assert table.model.rowCount() == 1000
    assert names(table) == ["Person 0000", "Person 0001", "Person 0002"]
    assert {request.offset for request in people.asked} == {0}


def test_a_cell_that_is_cut_says_the_whole_when_pointed_at(
    table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    people.rows[0] = Row(0, "A name <b>that</b> is long" + " and goes on" * 40)
    table.refresh()
    assert jobs.wait_idle()

    assert pointed_at(table, 1) == ""
    assert pointed_at(table, 0).startswith("A name &lt;b&gt;that&lt;/b&gt; is long and")


def test_the_second_line_of_a_cell_is_spoken_too(table: DataTable[Row]) -> None:
    spoken = table.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Person 0000, E-0"


def test_chips_stand_in_the_middle_of_the_bar(table: DataTable[Row]) -> None:
    chip = table.filters.add("odd", "yes", "Odd ones")
    QApplication.processEvents()
    middle = chip.mapTo(table, chip.rect().center()).y()
    box = table.search_box
    assert abs(middle - box.mapTo(table, box.rect().center()).y()) <= 1


def test_rows_come_when_they_are_scrolled_to(
    qtbot: QtBot, table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    table.view.scrollToBottom()
    table.view.grab()
    assert jobs.wait_idle()
    assert table.model.cell(999, 0).text == "Person 0999"
    assert max(request.offset for request in people.asked) == 950


def test_a_header_sorts_in_the_service(
    table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    table.view.header.sectionClicked.emit(2)
    assert jobs.wait_idle()
    table.view.header.sectionClicked.emit(2)
    assert jobs.wait_idle()
    assert (people.asked[-1].sort, people.asked[-1].descending) == ("number", True)
    assert names(table, 1) == ["Person 0999"]


def test_a_column_that_cannot_be_sorted_is_not(table: DataTable[Row], people: People) -> None:
    before = len(people.asked)
    table.view.header.sectionClicked.emit(4)
    assert len(people.asked) == before


def test_search_and_filters_are_asked_of_the_service(
    qtbot: QtBot, table: DataTable[Row], jobs: JobRunner
) -> None:
    chip = table.filters.add("odd", "yes", "Odd ones")
    with qtbot.waitSignal(table.search_box.searched):
        qtbot.keyClicks(table.search_box, "001")
    chip.click()
    assert jobs.wait_idle()
    assert table.request().filters == (("odd", "yes"),)
    assert names(table, 1) == ["Person 0001"]


def test_a_chip_leaves_filters_that_are_not_chips(table: DataTable[Row], jobs: JobRunner) -> None:
    chip = table.filters.add("odd", "yes", "Odd ones")
    table.ask(table.request().filtered_by([("org_unit", "7")]))
    chip.click()
    assert set(table.request().filters) == {("odd", "yes"), ("org_unit", "7")}
    chip.click()
    assert table.request().filters == (("org_unit", "7"),)
    assert jobs.wait_idle()


def test_old_rows_stay_until_new_ones_are_there(
    table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    people.gate = threading.Event()
    table.ask(table.request().searching("0999"))
    assert names(table, 1) == ["Person 0000"]
    people.gate.set()
    assert jobs.wait_idle()
    assert names(table, 1) == ["Person 0999"]


def test_only_the_latest_question_is_answered(
    table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    people.gate = threading.Event()
    table.ask(table.request().searching("0001"))
    table.ask(table.request().searching("0002"))
    people.gate.set()
    assert jobs.wait_idle()
    assert names(table, 1) == ["Person 0002"]


def test_the_choice_spans_pages_and_counts_exactly(table: DataTable[Row], jobs: JobRunner) -> None:
    table.model.set_selected([0, 1], chosen=True)
    table.ask(table.request().searching("09"))
    assert jobs.wait_idle()
    table.model.set_selected([0], chosen=True)
    assert table.selection().count == 3
    table.model.select_everything()
    assert table.selection().count == table.model.total()
    table.model.set_selected([0], chosen=False)
    assert table.selection().count == table.model.total() - 1
    assert not table.model.is_selected(0)
    table.model.select_nothing()
    assert table.selection().count == 0


def test_choosing_all_of_a_search_ends_with_the_search(
    table: DataTable[Row], jobs: JobRunner
) -> None:
    table.model.select_everything()
    table.ask(table.request().searching("09"))
    assert jobs.wait_idle()
    assert table.selection().count == 0


def test_enter_and_double_click_open_a_row(qtbot: QtBot, table: DataTable[Row]) -> None:
    table.view.setCurrentIndex(table.model.index(2, 1))
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args[0].number == 2
    spot = table.view.visualRect(table.model.index(1, 1)).center()
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args[0].number == 1


def test_space_chooses_and_ctrl_a_chooses_all(qtbot: QtBot, table: DataTable[Row]) -> None:
    table.view.setCurrentIndex(table.model.index(4, 1))
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert table.selection().keys == frozenset({4})
    table.model.select_nothing()
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selection().everything


def test_a_rows_menu_comes_by_its_button(qtbot: QtBot, table: DataTable[Row]) -> None:
    spot = table.view.visualRect(table.model.index(3, 4)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    menu = table.findChild(QMenu)
    assert [line.text() for line in menu.actions()] == ["Open Person 0003"]
    menu.close()


def test_columns_fold_away_on_a_narrow_page(table: DataTable[Row]) -> None:
    assert not table.view.isColumnHidden(3)
    table.resize(600, 500)
    assert table.view.isColumnHidden(3)


def ticked(table: DataTable[Row], turn: str = "") -> list[str]:
    """Open the menu of the columns, turn one, and return which were ticked before."""
    (button,) = [
        each
        for each in table.findChildren(QAbstractButton)
        if each.accessibleName() == "Columns and order"
    ]
    button.click()
    (menu,) = button.findChildren(QMenu)
    lines = [line for line in menu.actions() if line.isCheckable()]
    before = [line.text() for line in lines if line.isChecked()]
    for line in lines:
        if line.text() == turn:
            line.trigger()
    menu.close()
    QCoreApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete.value)
    return before


def test_a_column_without_room_is_not_ticked_and_comes_when_asked_for(
    table: DataTable[Row],
) -> None:
    table.resize(600, 500)
    assert ticked(table, turn="State") == ["Name", "Number"]
    assert not table.view.isColumnHidden(3)
    assert ticked(table, turn="State") == ["Name", "Number", "State"]
    assert table.view.isColumnHidden(3)


def test_the_last_column_that_is_seen_stays(table: DataTable[Row]) -> None:
    table.resize(600, 500)
    ticked(table, turn="Name")
    assert ticked(table, turn="Number") == ["Number"]
    assert ticked(table) == ["Number"]
    assert not table.view.isColumnHidden(2)


def test_a_list_that_finds_nothing_says_so(table: DataTable[Row], jobs: JobRunner) -> None:
    table.ask(table.request().searching("nobody"))
    assert jobs.wait_idle()
    assert not table.view.isVisible()
    assert table.model.total() == 0


def test_a_fetch_that_fails_keeps_the_rows_and_can_be_tried_again(
    table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    people.broken = True
    table.refresh()
    assert jobs.wait_idle()
    assert names(table, 1) == ["Person 0000"]
    assert table.stage.trouble.isVisible()
    people.broken = False
    table.refresh()
    assert jobs.wait_idle()
    assert not table.stage.trouble.isVisible()


def test_a_look_is_kept_and_taken_up_again(table: DataTable[Row], jobs: JobRunner) -> None:
    table.filters.add("odd", "yes", "Odd ones")
    kept = View(
        request=PageRequest(text="001", filters=(("odd", "yes"),), limit=50),
        hidden=frozenset({"number"}),
    )
    table.set_look(kept)
    assert jobs.wait_idle()
    assert table.look() == kept
    assert table.view.isColumnHidden(2)
    assert names(table, 1) == ["Person 0001"]


def test_a_list_that_grew_is_fetched_anew(
    table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    people.rows.append(Row(1000, "Person 1000"))
    table.view.scrollToBottom()
    table.view.grab()
    assert jobs.wait_idle()
    assert table.model.total() == 1001


def test_the_current_row_stays_the_same_when_others_come_and_go(
    table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    table.view.setCurrentIndex(table.model.index(7, 2))
    people.rows.insert(0, Row(-1, "Somebody new"))
    table.refresh()
    assert jobs.wait_idle()
    assert (table.view.currentIndex().row(), table.view.currentIndex().column()) == (8, 2)

    del people.rows[8]
    table.refresh()
    assert jobs.wait_idle()
    assert names(table, 9)[table.view.currentIndex().row()] == "Person 0008"


def test_a_current_row_far_down_stays_where_it_stood(
    qtbot: QtBot, table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    def current_is(row: int) -> bool:
        return jobs.is_idle() and table.view.currentIndex().row() == row

    table.view.setCurrentIndex(table.model.index(900, 1))
    qtbot.waitUntil(lambda: current_is(900))
    table.refresh()
    qtbot.waitUntil(lambda: current_is(900))
    assert table.model.cell(900, 0).text == "Person 0900"

    del people.rows[500:]
    table.refresh()
    qtbot.waitUntil(lambda: current_is(499))


def test_another_question_has_a_current_row_only_where_it_finds_the_same(
    table: DataTable[Row], jobs: JobRunner
) -> None:
    table.view.setCurrentIndex(table.model.index(21, 1))
    table.search_box.setText("Person 002")
    table.search_box.flush()
    assert jobs.wait_idle()
    assert table.view.currentIndex().row() == 1

    table.search_box.setText("Person 0999")
    table.search_box.flush()
    assert jobs.wait_idle()
    assert not table.view.currentIndex().isValid()


def test_a_row_that_is_on_its_way_becomes_current_when_it_comes(
    table: DataTable[Row], people: People, jobs: JobRunner
) -> None:
    people.rows.insert(3, Row(-3, "Somebody new"))
    table.current.go_to(-3)
    assert not table.view.currentIndex().isValid()
    table.refresh()
    assert jobs.wait_idle()
    assert table.view.currentIndex().row() == 0
    table.current.go_to(2)
    assert table.view.currentIndex().row() == 3


def test_words_in_a_tree_are_set_in_by_their_depth(window: QWidget, jobs: JobRunner) -> None:
    rows = tuple(Row(depth, "Hall") for depth in (0, 1, 30))
    tree: DataTable[Row] = DataTable(
        "Halls",
        [tree_column("name", "Name", lambda row: row.name, lambda row: row.number)],
        lambda _request: Page(rows=rows, total=len(rows)),
        key=lambda row: row.number,
        jobs=jobs,
        parent=window,
    )
    tree.resize(600, 400)
    tree.show()
    tree.refresh()
    assert jobs.wait_idle()

    begins = [_first_ink(tree, row) for row in range(3)]
    assert begins[0] < begins[1] < begins[2] < 300


def _first_ink(table: DataTable[Row], row: int) -> int:
    """Return how far in the words of a row begin: the first column of pixels as dark as text."""
    picture = table.view.viewport().grab().toImage()
    cell = table.view.visualRect(table.model.index(row, 1))
    for x in range(cell.left(), cell.right()):
        for y in range(cell.top() + 8, cell.bottom() - 8):
            if picture.pixelColor(x, y).lightness() < 100:
                return x
    raise AssertionError("no words")


def test_every_cell_paints(table: DataTable[Row]) -> None:
    assert not table.grab().isNull()
    assert table.model.index(0, 3).data() == "Valid"


def test_a_request_goes_back_to_its_beginning_when_it_changes() -> None:
    request = PageRequest(offset=300, text="a")
    assert request.searching(" b ").offset == 0
    assert request.sorted_by(Sort("name", descending=True)).offset == 0
    filtered = request.filtered_by([("k", "2"), ("k", "1"), ("k", "1")])
    assert filtered.values("k") == ("1", "2")
    assert filtered.values("other") == ()


def test_chips_take_a_line_of_their_own_where_the_bar_has_no_room(
    table: DataTable[Row], qtbot: QtBot
) -> None:
    def is_below() -> bool:
        return table.filters.y() >= table.search_box.geometry().bottom()

    table.filters.add("state", "valid", "Valid")
    table.add_to_bar(ComboBox("Department"))
    table.resize(420, table.height())
    qtbot.waitUntil(is_below)
    table.resize(1200, table.height())
    qtbot.waitUntil(lambda: not is_below())
