"""Every part of the kit has names, is reached by Tab, and survives a change of look."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.kit.buttons import Button, IconButton
from app.ui.kit.cards import Card, CoverCard, FactRow, KpiTile, RowButton
from app.ui.kit.charts.bars import BarList, Slice
from app.ui.kit.charts.base import Point
from app.ui.kit.charts.card import ChartCard
from app.ui.kit.charts.trend import TrendChart
from app.ui.kit.forms.choices import FilterChips, LanguagePicker
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.forms.text_fields import PasswordField, TextAreaField, TextField
from app.ui.kit.layouts import column
from app.ui.kit.nav import NavItem, NavRail
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.pin_pad import PinPad
from app.ui.kit.theme import Appearance, Theme, Tone
from tests.support.accessibility import nameless, unreachable


def a_rail() -> QWidget:
    rail = NavRail("Daksha", "Pune Plant 2")
    rail.set_items([NavItem("home", "Home", "house")], [NavItem("out", "Sign out", "log-out")])
    return rail


def chips() -> QWidget:
    made = FilterChips("Filters")
    made.add("unit", "paint", "Paint shop", on=True)
    return made


def a_card() -> QWidget:
    card = Card("By department", subtitle="Today")
    card.add_action(Button("See all"))
    card.body.addWidget(BarList("By department", [Slice("Press shop", 0.9, "90%")]))
    return card


PARTS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: Button("Go", icon="plus"),
    "icon button": lambda: IconButton("x", "Close"),
    "card": a_card,
    "cover card": lambda: CoverCard(
        "Fire", "4 lessons", share=0.5, status="Due", tone=Tone.WARNING
    ),
    "row": lambda: RowButton("Fire", "Overdue", icon="flame", about_icon="triangle-alert"),
    "fact": lambda: FactRow("Backup", "02:00", icon="database"),
    "kpi": lambda: KpiTile("Overdue", "37", icon="triangle-alert", history=(1, 2)),
    "chart": lambda: ChartCard(TrendChart("Trend", [Point("Nov", 1, "1")])),
    "text": lambda: TextField("Name", icon_name="id-card"),
    "password": lambda: PasswordField("Password"),
    "area": lambda: TextAreaField("Note"),
    "combo": lambda: ComboField("Role", [(1, "Operator")]),
    "date": lambda: DateField("Joined"),
    "number": lambda: NumberField("Mark"),
    "check": lambda: CheckField("Nights"),
    "files": lambda: FilePicker("Drop files here", folders=True),
    "search": lambda: SearchBox("Search"),
    "filters": chips,
    "languages": LanguagePicker,
    "pin pad": PinPad,
    "banner": lambda: Banner("Read-only.", closable=True),
    "empty": lambda: EmptyState("Nothing yet.", action="Add", act=lambda: None),
    "rail": a_rail,
}


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest, window: QWidget) -> QWidget:
    made = PARTS[request.param]()
    column(window).addWidget(made)
    made.show()
    return made


def test_every_control_has_a_name(part: QWidget) -> None:
    assert nameless(part) == []


def test_every_control_is_reached_by_tab(part: QWidget, window: QWidget) -> None:
    assert unreachable(window) == []


def test_every_part_follows_the_look(part: QWidget, theme: Theme) -> None:
    light = part.grab().toImage()
    theme.set_appearance(Appearance.DARK)
    assert part.grab().toImage() != light


def test_every_part_grows_with_the_zoom(part: QWidget, theme: Theme) -> None:
    before = part.sizeHint()
    theme.set_zoom(2.0)
    after = part.sizeHint()
    assert after.height() > before.height() or after.width() > before.width()


def test_the_walker_finds_a_control_without_a_name(window: QWidget) -> None:
    button = QPushButton(window)
    button.show()
    assert nameless(window) == ["QPushButton < QWidget"]
