"""Labels, buttons, chips, notices: plain text, keys, Undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.cards import CardButton, CoverCard, KpiTile, RowButton
from app.ui.kit.chips import Avatar, StatusChip, initials
from app.ui.kit.covers import topic_of
from app.ui.kit.labels import ElidedLabel, PlainLabel
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.progress import BusyLine, ProgressBar
from app.ui.kit.theme import Appearance, Theme, Tone


def test_what_people_typed_is_never_markup(qtbot: QtBot) -> None:
    label = PlainLabel("<b>Asha</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    with pytest.raises(ValueError, match="plain"):
        label.setTextFormat(Qt.TextFormat.RichText)


def test_a_cut_text_has_the_whole_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("A very long department name that does not fit")
    qtbot.addWidget(label)
    label.resize(80, 24)
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(900, 24)
    label.grab()
    assert label.toolTip() == ""


def test_the_name_of_a_file_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    name = "ContentPackagingOneFilePerSCO_SCORM20043rdEdition_final.zip"
    label = PlainLabel(name, wrap=True)
    qtbot.addWidget(label)
    assert label.text() == name
    assert label.minimumSizeHint().width() < label.fontMetrics().horizontalAdvance(name) * 2 // 3
    short = PlainLabel("SOP-EHS-012_4", wrap=True)
    qtbot.addWidget(short)
    assert short.text() == "SOP-EHS-012_4"


def test_a_digest_is_not_cut_where_it_is_signed(qtbot: QtBot) -> None:
    said = "SHA-256 " + "696350690edcfaa0" * 4
    label = PlainLabel(said, wrap=True)
    qtbot.addWidget(label)
    assert label.text() == said
    assert label.minimumSizeHint().width() < label.fontMetrics().horizontalAdvance(said) // 2


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_a_row_shows_its_words_whole(qtbot: QtBot, theme: Theme, zoom: float) -> None:
    row = RowButton("Good documentation practice", "Due Tuesday, 1 December 2026", icon="lock")
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = QVBoxLayout(holder)
    lines.addWidget(row)
    lines.addStretch(1)
    holder.resize(200, 400)
    holder.show()
    theme.set_zoom(zoom)

    def is_whole() -> bool:
        labels = row.findChildren(PlainLabel)
        return all(
            label.height() >= label.heightForWidth(label.width())
            and row.rect().contains(label.geometry())
            for label in labels
        )

    qtbot.waitUntil(is_whole)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize(
    "make", [lambda: Button("Go"), lambda: CardButton("Go"), lambda: RowButton("Go", icon="lock")]
)
def test_every_button_is_pressed_by_space_and_enter(qtbot: QtBot, make, key: Qt.Key) -> None:
    button = make()
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_an_ampersand_is_an_ampersand(qtbot: QtBot) -> None:
    button = Button("Lock & tag", Kind.PRIMARY)
    qtbot.addWidget(button)
    assert button.accessibleName() == "Lock & tag"
    assert button.sizeHint().width() > Button("", Kind.PRIMARY).sizeHint().width()


def test_an_icon_makes_room_for_itself(qtbot: QtBot) -> None:
    with_icon, without = Button("Assign training", icon="plus"), Button("Assign training")
    qtbot.addWidget(with_icon)
    qtbot.addWidget(without)
    assert with_icon.sizeHint().width() >= without.sizeHint().width() + 20


def test_targets_are_large_enough_for_a_finger(qtbot: QtBot, theme: Theme) -> None:
    button, small = Button("Go"), IconButton("x", "Close", dense=True)
    for each in (button, small):
        qtbot.addWidget(each)
    assert button.sizeHint().height() >= 44
    assert small.sizeHint().height() >= 24
    theme.set_kiosk(True)
    assert button.sizeHint().height() >= 54


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Asha Kulkarni", "AK"),
        ("आशा कुलकर्णी", "आकु"),
        ("Venkatesan", "V"),
        ("", "?"),
        ("R. K. Rao", "RR"),
    ],
)
def test_initials_keep_the_vowel_signs_of_indic_names(name: str, shown: str) -> None:
    assert initials(name) == shown


def test_a_status_says_its_word_to_the_screen_reader(qtbot: QtBot) -> None:
    chip = StatusChip("Overdue", Tone.DANGER)
    qtbot.addWidget(chip)
    chip.set_status("Valid", Tone.SUCCESS)
    assert (chip.accessibleName(), chip.tone()) == ("Valid", Tone.SUCCESS)


def test_a_course_card_says_everything_it_shows(qtbot: QtBot) -> None:
    card = CoverCard(
        "Fire extinguisher use", "4 lessons", share=0.2, status="Overdue", tone=Tone.DANGER
    )
    qtbot.addWidget(card)
    assert card.accessibleName() == "Fire extinguisher use, 4 lessons, 20%, Overdue"


def test_clicks_on_the_parts_of_a_card_reach_the_card(qtbot: QtBot) -> None:
    tile = KpiTile("Overdue", "37", icon="triangle-alert", trend="12 fewer", history=(3, 2, 1))
    qtbot.addWidget(tile)
    tile.show()
    with qtbot.waitSignal(tile.clicked):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=tile.rect().center())
    assert tile.childAt(tile.rect().center()) is None


def test_a_bar_says_how_far_it_is(qtbot: QtBot) -> None:
    bar = ProgressBar("LOTO", 0.38)
    qtbot.addWidget(bar)
    bar.set_share(2.0)
    assert bar.accessibleName() == "LOTO: 100%"


def test_the_same_title_has_the_same_cover() -> None:
    assert topic_of("Fire extinguisher use") == ("flame", 1)
    assert topic_of("Something else") == topic_of("Something else")


def test_avatars_paint_any_name(qtbot: QtBot) -> None:
    avatar = Avatar("சு. மீனாட்சி")
    qtbot.addWidget(avatar)
    assert not avatar.grab().isNull()


def test_a_banner_can_be_closed(qtbot: QtBot) -> None:
    banner = Banner("Read-only.", Tone.WARNING, closable=True)
    qtbot.addWidget(banner)
    banner.show()
    shut = banner.findChild(IconButton)
    with qtbot.waitSignal(banner.closed):
        qtbot.mouseClick(shut, Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def test_an_empty_list_offers_one_thing_to_do(qtbot: QtBot) -> None:
    done: list[bool] = []
    empty = EmptyState("No courses yet.", action="Import a course", act=lambda: done.append(True))
    qtbot.addWidget(empty)
    qtbot.keyClick(empty.button, Qt.Key.Key_Return)
    assert done == [True]


def test_the_busy_line_counts_what_is_under_way(qtbot: QtBot) -> None:
    line = BusyLine()
    qtbot.addWidget(line)
    line.start()
    line.start()
    line.stop()
    assert line.is_busy()
    line.stop()
    assert not line.is_busy()


@pytest.mark.parametrize("appearance", list(Appearance))
def test_a_button_that_cannot_be_pressed_has_a_broken_edge(
    qtbot: QtBot, theme: Theme, appearance: Appearance
) -> None:
    theme.set_appearance(appearance)
    button = Button("Try again")
    button.setEnabled(False)
    qtbot.addWidget(button)
    button.show()

    picture = button.grab().toImage()

    edge = {picture.pixel(x, 0) for x in range(20, picture.width() - 20)}
    assert len(edge) > 1  # a colour alone tells nobody in high contrast
