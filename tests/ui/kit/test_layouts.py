"""Layouts fold with the width; nothing is lost on a narrow or zoomed window."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid, FlowLayout, ScrollPage, SideBySide, centred, column
from app.ui.kit.nav import NavItem, NavRail
from app.ui.kit.screen import PageHeader
from app.ui.kit.theme import Appearance, TextRole, Theme


@pytest.mark.parametrize(("width", "columns"), [(1130, 4), (840, 3), (560, 2), (250, 1)])
def test_cards_stand_in_as_many_columns_as_fit(qtbot: QtBot, width: int, columns: int) -> None:
    grid = CardGrid(260)
    qtbot.addWidget(grid)
    grid.set_cards([Card(str(number)) for number in range(12)])
    grid.resize(width, 600)
    grid.show()
    assert grid.columns() == columns


def test_no_card_stands_alone_in_the_last_line(qtbot: QtBot) -> None:
    grid = CardGrid(260)
    qtbot.addWidget(grid)
    grid.set_cards([Card(str(number)) for number in range(4)])
    grid.resize(840, 600)
    grid.show()
    assert grid.columns() == 2


def test_the_side_goes_under_where_both_do_not_fit(qtbot: QtBot) -> None:
    both = SideBySide(Card("Main"), Card("Side"), side_width=300, fold_below=800)
    qtbot.addWidget(both)
    both.resize(1000, 400)
    both.show()
    assert not both.is_folded()
    both.resize(700, 400)
    assert both.is_folded()


def test_a_full_line_wraps(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=8)
    for number in range(6):
        flow.addWidget(Button(f"Button {number}"))
    one = flow.heightForWidth(2000)
    assert flow.heightForWidth(300) >= 3 * one
    assert flow.heightForWidth(2000) == flow.sizeHint().height()


def test_chips_stand_in_the_middle_of_a_bar_that_a_button_made_higher(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=8)
    chip = Button("Overdue")
    flow.addWidget(chip)
    high = chip.sizeHint().height() + 8
    holder.resize(600, high)
    holder.show()
    assert chip.geometry().center().y() == (high - 1) // 2
    holder.resize(600, 400)
    assert chip.y() == 0


@pytest.mark.parametrize(("where", "left"), [("left", 0), ("middle", 250), ("right", 500)])
def test_a_line_that_is_not_full_lies_where_it_was_asked_to(
    qtbot: QtBot, where: str, left: int
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, right=where == "right", middle=where == "middle")
    box = QWidget()
    box.setFixedSize(100, 30)
    flow.addWidget(box)
    holder.resize(600, 30)
    holder.show()
    assert box.x() == left


def test_a_centred_card_grows_with_the_zoom_as_far_as_there_is_room(
    qtbot: QtBot, theme: Theme
) -> None:
    card = Card()
    holder = QWidget()
    qtbot.addWidget(holder)
    column(holder).addWidget(centred(card, 400))
    holder.resize(700, 300)
    holder.show()
    assert card.width() == 400
    theme.set_zoom(1.5)
    assert card.width() == 600
    theme.set_zoom(2.0)
    assert card.width() == 700


def test_long_text_in_a_centred_card_is_not_cut(qtbot: QtBot) -> None:
    card = Card(margin=20)
    label = PlainLabel("Scan your badge, or type your number and PIN. " * 3, wrap=True)
    card.body.addWidget(label)
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = column(holder)
    lines.addStretch(1)
    lines.addWidget(centred(card, 300))
    lines.addStretch(1)
    holder.resize(900, 600)
    holder.show()
    assert label.height() >= label.heightForWidth(label.width())


def test_the_focus_that_comes_back_to_a_page_is_brought_into_view(
    qtbot: QtBot, window: QWidget
) -> None:
    page, elsewhere = ScrollPage(window), Button("Elsewhere", parent=window)
    page.resize(300, 200)
    lines = column(page.content)
    buttons = [Button(str(number)) for number in range(20)]
    for button in buttons:
        lines.addWidget(button)
    for widget in (page, elsewhere):
        widget.show()
    window.activateWindow()
    buttons[-1].setFocus()
    qtbot.waitUntil(lambda: not buttons[-1].visibleRegion().isEmpty())
    elsewhere.setFocus()
    buttons[0].setFocus()
    assert page.verticalScrollBar().value() == 0
    assert not buttons[0].visibleRegion().isEmpty()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_a_page_header_shows_its_title_whole(qtbot: QtBot, theme: Theme, zoom: float) -> None:
    theme.set_zoom(zoom)
    page = ScrollPage()
    qtbot.addWidget(page)
    lines = column(page.content, margin=24)
    header = PageHeader("Everybody who is overdue in the press shop", "Updated a minute ago")
    header.add_action(Button("Import people"))
    header.add_action(Button("Assign training"))
    lines.addWidget(header)
    lines.addStretch(1)
    page.resize(820, 600)
    page.show()
    for label in header.findChildren(PlainLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    places = [_area(each, page) for each in header.findChildren(Button)]
    assert all(page.viewport().rect().contains(place) for place in places)


def _area(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, widget.rect().topLeft()), widget.size())


SECTIONS = [NavItem(f"key{n}", f"Place {n}", "house", "Section" if n else "") for n in range(12)]


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_every_place_can_be_reached_on_low_screens(qtbot: QtBot, size: tuple[int, int]) -> None:
    rail = NavRail("Daksha", "Pune Plant 2")
    qtbot.addWidget(rail)
    rail.set_items(SECTIONS, [NavItem("out", "Sign out", "log-out")])
    rail.resize(rail.sizeHint().width(), size[1])
    rail.show()
    assert rail.minimumSizeHint().height() < size[1]
    out = rail.button("out")
    assert rail.rect().contains(_area(out, rail))
    assert 34 <= out.height() <= 44


def test_the_rail_tells_where_one_is_and_where_one_goes(qtbot: QtBot) -> None:
    rail = NavRail("Daksha", "Pune Plant 2")
    qtbot.addWidget(rail)
    rail.set_items(SECTIONS)
    places = rail.keys()
    rail.set_current("key3")
    assert [key for key in places if rail.button(key).isChecked()] == ["key3"]
    with qtbot.waitSignal(rail.chosen, check_params_cb=lambda key: key == "key5"):
        rail.button("key5").click()
    rail.set_current("nowhere")
    assert not any(rail.button(key).isChecked() for key in places)


def test_a_narrow_rail_keeps_its_names(qtbot: QtBot, theme: Theme) -> None:
    rail = NavRail("Daksha", "Pune Plant 2")
    qtbot.addWidget(rail)
    rail.set_items(SECTIONS)
    theme.set_zoom(2.0)
    assert rail.should_be_narrow(1366)
    rail.set_narrow(True)
    assert rail.button("key1").accessibleName() == "Place 1"
    assert rail.sizeHint().width() <= 140


def test_roles_have_their_size(qtbot: QtBot) -> None:
    body, display = PlainLabel("Text"), PlainLabel("Text", TextRole.DISPLAY)
    for each in (body, display):
        qtbot.addWidget(each)
        each.show()
    assert display.font().pixelSize() == 26
    assert display.sizeHint().height() > body.sizeHint().height()


def test_the_rail_keeps_its_rows_when_the_style_changes(qtbot: QtBot, theme: Theme) -> None:
    rail = NavRail("Daksha", "Pune Plant 2")
    qtbot.addWidget(rail)
    rail.set_items(SECTIONS, [NavItem("out", "Sign out", "log-out")])
    rail.resize(rail.sizeHint().width(), 400)
    rail.show()
    row, places = theme.px(32), rail.keys()
    qtbot.waitUntil(lambda: rail.button("out").height() == row)

    theme.set_appearance(Appearance.DARK)
    theme.set_appearance(Appearance.HIGH_CONTRAST)

    qtbot.waitUntil(lambda: {rail.button(key).height() for key in places} == {row})


def test_the_rows_of_the_rail_share_the_height_there_is(qtbot: QtBot, theme: Theme) -> None:
    rail = NavRail("Daksha", "Pune Plant 2")
    qtbot.addWidget(rail)
    rail.set_items(SECTIONS, [NavItem("out", "Sign out", "log-out")])
    rail.resize(rail.sizeHint().width(), 640)
    rail.show()
    places = rail.keys()
    heights = {rail.button(key).height() for key in places}
    qtbot.waitUntil(lambda: rail.button("key11").isVisible())

    assert len(heights) == 1
    assert theme.px(32) < heights.pop() < theme.px(44)
    last = rail.button("key11")
    assert not last.visibleRegion().isEmpty()
    rail.resize(rail.width(), 1200)
    assert rail.button("out").height() == theme.px(44)


def test_what_tab_comes_to_from_outside_a_page_comes_into_view(
    window: QWidget, qtbot: QtBot
) -> None:
    page, outside, first = ScrollPage(), Button("Outside"), Button("First")
    around = column(window)
    around.addWidget(outside)
    around.addWidget(page)
    lines = column(page.content)
    lines.addWidget(first)
    lines.addSpacing(3000)
    window.show()
    window.activateWindow()
    outside.setFocus()
    qtbot.waitUntil(outside.hasFocus)
    page.verticalScrollBar().setValue(2000)
    first.setFocus()

    assert not first.visibleRegion().isEmpty()


def test_the_place_one_is_at_is_seen_on_a_low_rail(qtbot: QtBot) -> None:
    rail = NavRail("Daksha", "Pune Plant 2")
    qtbot.addWidget(rail)
    places = [NavItem(f"place-{number}", f"Place {number}", "house") for number in range(14)]
    rail.set_items(places, [NavItem("help", "Help", "circle-question-mark")])
    rail.resize(216, 420)
    rail.show()
    for key in ("place-13", "place-0", "place-9"):
        rail.set_current(key)
        button = rail.button(key)
        qtbot.waitUntil(
            lambda button=button: button.visibleRegion().boundingRect() == button.rect()
        )
