"""Icons: every shipped one can be drawn, in the colour of the moment."""

import gc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from app.core.base.resources import resource
from app.ui.kit.icons import icon, pixmap
from app.ui.kit.theme import Appearance, Ink, Theme

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


def colours(image: QImage) -> set[str]:
    solid = set()
    for x in range(image.width()):
        for y in range(image.height()):
            colour = image.pixelColor(x, y)
            if colour.alpha() == 255:
                solid.add(colour.name())
    return solid


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_icon_draws_something(name: str) -> None:
    image = pixmap(name, "#ff0000", 48).toImage()
    assert colours(image) == {"#ff0000"}


def test_an_icon_takes_the_colour_of_the_appearance(theme: Theme) -> None:
    shown = icon("house", Ink.PRIMARY)
    light = colours(shown.pixmap(48, 48).toImage())
    theme.set_appearance(Appearance.DARK)
    dark = colours(shown.pixmap(48, 48).toImage())
    assert light == {QColor(theme.tokens.light[Ink.PRIMARY]).name()}
    assert dark == {QColor(theme.tokens.dark[Ink.PRIMARY]).name()}


def test_an_icon_is_sharp_on_a_dense_screen() -> None:
    made = icon("house").pixmap(icon("house").actualSize(QSize(20, 20)), 2.0)
    assert made.width() == 40
    assert made.devicePixelRatio() == 2.0


def test_an_icon_outlives_its_python_parts() -> None:
    shown = icon("lock", Ink.TEXT)
    gc.collect()
    copy = type(shown)(shown)
    del shown
    gc.collect()
    assert not copy.pixmap(24, 24).isNull()


def test_the_same_picture_is_drawn_once() -> None:
    assert pixmap("lock", "#123456", 20) is pixmap("lock", "#123456", 20)


def test_an_unknown_icon_is_a_bug_found_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
