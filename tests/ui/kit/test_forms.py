"""Forms: what is wrong is said beside the field and above the form; what was typed stays."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.words import use_language
from app.ui.kit.buttons import Button
from app.ui.kit.forms.choices import FilterChips, LanguagePicker, SegmentedTabs
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import CheckField, ComboBox, ComboField, NumberField
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.forms.text_fields import PasswordField, TextAreaField, TextField
from app.ui.kit.layouts import column
from app.ui.kit.pin_pad import PinPad
from tests.support.accessibility import nameless


@pytest.fixture
def form(qtbot: QtBot, window: QWidget) -> Form:
    made = Form(window)
    made.add(TextField("Name", required=True, hint="As on the badge"))
    made.add(NumberField("Pass mark", 80, most=100))
    made.show()
    return made


def test_a_form_says_what_is_wrong_and_goes_there(qtbot: QtBot, form: Form) -> None:
    name = form.fields()[0]
    assert not form.is_valid()
    assert name.error() == "Fill in: Name."
    assert name.control.accessibleDescription() == "Fill in: Name."
    qtbot.waitUntil(name.control.hasFocus)
    assert [b.accessibleName() for b in form.findChildren(Button)] == ["Go to Name"]


def test_an_error_goes_when_it_is_mended(form: Form) -> None:
    name = form.fields()[0]
    assert not form.is_valid()
    name.set_value("Asha")
    assert form.is_valid()
    assert name.error() == ""
    assert name.control.accessibleDescription() == "As on the badge"


def test_a_check_of_ones_own_is_asked_on_leaving(qtbot: QtBot, window: QWidget) -> None:
    field, other = TextField("Number"), TextField("Other")
    form = Form(window)
    form.add(field)
    form.add(other)
    form.show()
    field.check = lambda: "" if field.value().startswith("E-") else "Numbers begin with E-."
    field.line.setFocus()
    qtbot.keyClicks(field.line, "10442")
    other.line.setFocus()
    qtbot.waitUntil(lambda: field.error() == "Numbers begin with E-.")
    assert field.value() == "10442"


def test_typing_makes_a_form_dirty_and_saving_clean(qtbot: QtBot, form: Form) -> None:
    assert not form.is_dirty()
    qtbot.keyClicks(form.fields()[0].control, "A")
    assert form.is_dirty()
    form.mark_saved()
    assert not form.is_dirty()


def test_required_is_said_and_marked(qtbot: QtBot) -> None:
    field = TextField("Name", required=True)
    qtbot.addWidget(field)
    assert field.control.accessibleName() == "Name, required"


def test_every_kind_of_field_gives_back_what_it_was_given(qtbot: QtBot) -> None:
    area, check = TextAreaField("Note"), CheckField("Night shift")
    combo: ComboField[int] = ComboField("Role", [(1, "Operator"), (2, "Fitter")])
    day, number = DateField("Joined"), NumberField("Mark", most=100)
    given = [(area, "a\nb"), (check, True), (combo, 2), (day, date(2026, 2, 28)), (number, 85)]
    for field, value in given:
        qtbot.addWidget(field)
        field.set_value(value)
        assert field.value() == value
    day.set_value(None)
    assert day.value() is None


@pytest.mark.parametrize("language", ["hi", "mr", "bn", "ta"])
def test_months_follow_the_language_and_digits_stay_western(qtbot: QtBot, language: str) -> None:
    use_language(language)
    day = DateField("Joined", date(2026, 11, 23))
    qtbot.addWidget(day)

    number, month, year = day.edit.text().split()

    assert (number, year) == ("23", "2026")
    assert (month == "Nov") is (language in {"mr", "bn"})  # Qt writes their dates in other digits
    assert day.value() == date(2026, 11, 23)


def test_new_choices_keep_the_chosen_one(qtbot: QtBot) -> None:
    combo: ComboField[str] = ComboField("Unit", [("a", "A"), ("b", "B")])
    qtbot.addWidget(combo)
    combo.set_value("b")
    combo.set_choices([("c", "C"), ("b", "B")])
    assert combo.value() == "b"


def test_a_password_keeps_its_blanks_and_is_hidden(qtbot: QtBot) -> None:
    field = PasswordField("Password")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.line, " a b ")
    assert field.value() == " a b "
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    assert nameless(field) == []


def test_search_waits_for_a_pause_and_says_each_text_once(qtbot: QtBot) -> None:
    box = SearchBox("Search people")
    qtbot.addWidget(box)
    said: list[str] = []
    box.searched.connect(said.append)
    with qtbot.waitSignal(box.searched):
        qtbot.keyClicks(box, "asha")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert said == ["asha"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert said == ["asha", ""]


def test_arrow_keys_go_from_tab_to_tab(qtbot: QtBot, window: QWidget) -> None:
    tabs = SegmentedTabs("Show", [("all", "All"), ("todo", "To do"), ("done", "Done")], window)
    tabs.show()
    assert tabs.key() == "all"
    with qtbot.waitSignal(tabs.chosen, check_params_cb=lambda key: key == "done"):
        qtbot.keyClick(tabs, Qt.Key.Key_Left)
    tabs.set_tabs([("all", "All 8"), ("todo", "To do 5"), ("done", "Done 3")])
    assert tabs.key() == "done"


def test_chips_are_the_filters_of_a_request(qtbot: QtBot) -> None:
    chips = FilterChips("Filters")
    qtbot.addWidget(chips)
    chips.add("unit", "paint", "Paint shop")
    chips.add("state", "overdue", "Overdue", on=True)
    assert chips.filters() == (("state", "overdue"),)
    chips.set_filters([("unit", "paint")])
    assert chips.filters() == (("unit", "paint"),)
    chips.clear()
    assert chips.filters() == ()


def test_languages_stand_under_their_own_names(qtbot: QtBot) -> None:
    picker = LanguagePicker()
    qtbot.addWidget(picker)
    names = [button.text() for button in picker.findChildren(Button)]
    assert names[:2] == ["English", "हिन्दी"]
    assert picker.key() == "en"


def test_dropped_files_of_another_kind_are_left_out(qtbot: QtBot, tmp_path: Path) -> None:
    picker = FilePicker("Drop a package", suffixes=[".zip"])
    qtbot.addWidget(picker)
    good, bad = tmp_path / "course.ZIP", tmp_path / "notes.txt"
    for path in (good, bad):
        path.touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good)), QUrl.fromLocalFile(str(bad))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(picker.picked) as picked:
        picker.dropEvent(drop)
    assert picked.args == [(good,)]


def test_a_pin_is_typed_by_keys_and_keyboard_and_said_once(qtbot: QtBot) -> None:
    pad = PinPad()
    qtbot.addWidget(pad)
    pad.key("1").click()
    qtbot.keyClicks(pad, "23")
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    qtbot.keyClicks(pad, "45")
    with qtbot.waitSignal(pad.entered) as entered:
        qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert entered.args == ["1245"]
    assert pad.count() == 0


def test_a_pin_that_is_too_short_is_not_entered(qtbot: QtBot) -> None:
    pad = PinPad(least=4)
    qtbot.addWidget(pad)
    qtbot.keyClicks(pad, "123")
    assert not pad.enter_key.isEnabled()
    with qtbot.assertNotEmitted(pad.entered):
        pad.enter()
    assert pad.count() == 3


def test_a_pin_shows_no_digit(qtbot: QtBot) -> None:
    pad = PinPad()
    qtbot.addWidget(pad)
    qtbot.keyClicks(pad, "7777")
    told = [child.accessibleName() for child in pad.findChildren(QWidget)]
    assert "4 digits entered" in told


def test_a_choice_that_is_set_in_as_in_a_tree_stands_at_the_left_once_chosen(
    window: QWidget,
) -> None:
    field: ComboField[int] = ComboField(
        "Hall", [(1, "Hall"), (2, "\u2003\u2003Line")], parent=window
    )
    field.set_value(2)

    option = QStyleOptionComboBox()
    field.combo.initStyleOption(option)
    assert option.currentText == "Line"
    assert field.combo.itemText(1) == "\u2003\u2003Line"


@pytest.mark.parametrize("make", [TextField, NumberField, DateField, ComboField])
def test_fields_are_of_one_height_with_the_focus_and_without(
    window: QWidget, qtbot: QtBot, make: Callable[[str], Field]
) -> None:
    usual, field = TextField("Name"), make("Other")
    around = column(window)
    for one in (usual, field):
        around.addWidget(one)
    around.addStretch(1)
    window.show()
    window.activateWindow()
    assert field.control.height() == usual.control.height()
    resting = field.control.sizeHint().height()
    field.control.setFocus()
    qtbot.waitUntil(field.control.hasFocus)

    assert field.control.sizeHint().height() == resting


def test_a_choice_that_is_cut_says_the_whole_and_opens_as_wide_as_its_words(
    window: QWidget, qtbot: QtBot
) -> None:
    combo = ComboBox("Course")
    combo.keep_width(12)
    narrow = combo.sizeHint().width()
    combo.addItem("Prevention of accidents at the press, for everybody")
    column(window).addWidget(combo)
    combo.setMaximumWidth(narrow)
    window.show()
    combo.grab()
    assert combo.sizeHint().width() == narrow
    assert combo.toolTip() == "Prevention of accidents at the press, for everybody"

    combo.showPopup()
    assert combo.view().minimumWidth() > narrow
    combo.hidePopup()


def test_a_long_choice_gives_way_where_there_is_no_room(qtbot: QtBot) -> None:
    combo: ComboField[int] = ComboField("What is wrong", [(1, "Course completed " * 20)])
    qtbot.addWidget(combo)
    assert combo.minimumSizeHint().width() < 300
    combo.resize(300, combo.sizeHint().height())
    combo.grab()
    (box,) = combo.findChildren(ComboBox)
    assert box.toolTip().startswith("Course completed")
