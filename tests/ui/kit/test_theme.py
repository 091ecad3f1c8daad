"""The look: enough contrast in every palette, one style sheet, switched while running."""

import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.ui.kit.theme import Appearance, Ink, TextRole, Theme, Tone, load_tokens
from app.ui.kit.theme.fonts import families_for
from app.ui.kit.theme.style import style_sheet

TOKENS = load_tokens()
PALETTES = {"light": TOKENS.light, "dark": TOKENS.dark, "high_contrast": TOKENS.high_contrast}
PAIRS = [
    *((Ink.TEXT, ground, 7.0) for ground in (Ink.BG, Ink.SURFACE)),
    *((Ink.TEXT2, ground, 4.5) for ground in (Ink.BG, Ink.SURFACE, Ink.SURFACE2)),
    *((Ink.TEXT3, ground, 4.5) for ground in (Ink.BG, Ink.SURFACE, Ink.SURFACE2)),
    (Ink.TEXT, Ink.PRIMARY_SOFT, 4.5),
    (Ink.ON_PRIMARY, Ink.PRIMARY, 4.5),
    (Ink.ON_PRIMARY, Ink.PRIMARY_HOVER, 4.5),
    (Ink.PRIMARY, Ink.SURFACE, 4.5),
    (Ink.SURFACE, Ink.DANGER, 4.5),
    (Ink.BG, Ink.TEXT, 7.0),
    *((tone.ink, tone.soft, 4.5) for tone in Tone),
    *((tone.ink, Ink.SURFACE, 4.5) for tone in Tone),
    (Ink.BORDER_STRONG, Ink.SURFACE, 3.0),
    (Ink.FOCUS, Ink.SURFACE, 3.0),
    (Ink.FOCUS, Ink.BG, 3.0),
    (Ink.NAV_TEXT, Ink.NAV, 7.0),
    (Ink.NAV_TEXT, Ink.NAV_ACTIVE, 7.0),
    (Ink.NAV_MUTED, Ink.NAV, 4.5),
]


def luminance(colour: str) -> float:
    def part(at: int) -> float:
        value = int(colour[at : at + 2], 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]} on {pair[1]}")
def test_every_pair_has_the_contrast_it_needs(
    pair: tuple[Ink, Ink, float], palette: dict[Ink, str]
) -> None:
    ink, ground, needed = pair
    assert contrast(palette[ink], palette[ground]) >= needed


@pytest.mark.parametrize("cover", TOKENS.covers)
def test_white_reads_on_the_dark_corner_of_every_cover(cover: tuple[str, str]) -> None:
    assert contrast("#FFFFFF", cover[0]) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_template_is_filled_to_the_last_mark(palette: dict[Ink, str]) -> None:
    filled = style_sheet(palette, 1.5)
    assert not re.search(r"\$|\d+sp\b", filled)
    assert "font-size: 39px" in filled  # display, 26 px, at 150 %


def test_an_appearance_is_worn_at_once(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_appearance(Appearance.DARK)
    window = QApplication.palette().color(QPalette.ColorRole.Window)
    assert window.name().upper() == TOKENS.dark[Ink.BG]


def test_several_choices_dress_once(qtbot: QtBot, theme: Theme) -> None:
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(True))
    with theme.together():
        theme.set_appearance(Appearance.HIGH_CONTRAST)
        theme.set_zoom(1.5)
        theme.set_kiosk(True)
    assert len(heard) == 1
    assert theme.scale == pytest.approx(1.875)


@pytest.mark.parametrize(("asked", "given"), [(0.5, 1.0), (1.3, 1.3), (9.0, 2.0)])
def test_zoom_stays_within_one_and_two(theme: Theme, asked: float, given: float) -> None:
    theme.set_zoom(asked)
    assert theme.zoom == given


def test_zoom_reaches_text_that_is_already_shown(qtbot: QtBot, theme: Theme) -> None:
    label = QLabel("Text")
    qtbot.addWidget(label)
    label.show()
    before = label.sizeHint().height()
    theme.set_zoom(2.0)
    assert label.sizeHint().height() > before * 1.6


def test_the_script_of_the_language_comes_right_after_latin() -> None:
    assert families_for("ta", TOKENS.families)[:2] == ["Inter", "Noto Sans Tamil"]
    assert families_for("en", TOKENS.families) == list(TOKENS.families)


def test_a_font_has_the_size_and_weight_of_its_role(theme: Theme) -> None:
    font = theme.font(TextRole.DISPLAY)
    assert (font.pixelSize(), font.weight()) == (26, 700)
