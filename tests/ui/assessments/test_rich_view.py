"""Rich text: pictures from the store only, fitted; links without effect; as high as it needs to be."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.assessments.types import MediaKind, MediaRef, plain
from app.ui.assessments.media import QuestionMedia, SoundButton
from app.ui.assessments.rich_view import RichView
from app.ui.kit.theme import Appearance, Theme
from tests.ui.assessments.quizzes import QuizServices, a_picture, a_sound, html

STRIPES = (255, 255, 0), (0, 255, 255), (255, 0, 255)


def colours_in(view: RichView) -> set[tuple[int, int, int]]:
    image: QImage = view.grab().toImage()
    return {
        image.pixelColor(x, y).getRgb()[:3]  # type: ignore[misc]  # three of four
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }


@pytest.fixture
def show(window: QWidget, media: QuestionMedia) -> "object":
    def show_it(text: object, width: int = 600) -> RichView:
        view = RichView(text, media, parent=window)  # type: ignore[arg-type]  # test convenience
        view.resize(width, view.heightForWidth(width))
        view.show()
        return view

    return show_it


def test_a_picture_comes_from_the_store(show, services: QuizServices) -> None:
    picture = a_picture(services)
    view = show(html('<p><img src="media:picture.png" alt="A press"></p>', picture))
    assert colours_in(view) & set(STRIPES)
    assert view.words() == "A press"


@pytest.mark.parametrize(
    "address", ["https://example.org/x.png", "file:///etc/hostname", "media:other.png", "x.png"]
)
def test_nothing_is_loaded_from_anywhere_else(show, services: QuizServices, address: str) -> None:
    view = show(html(f'<p><img src="{address}" alt="A press">Which?</p>', a_picture(services)))
    assert not colours_in(view) & set(STRIPES)
    assert "Which?" in view.words()


def test_a_picture_that_is_gone_leaves_a_sign_and_its_words(show) -> None:
    gone = MediaRef(name="gone.png", sha256="ab" * 32, kind=MediaKind.IMAGE)
    view = show(html('<p><img src="media:gone.png" alt="A press"> here</p>', gone))
    assert view.words() == "A press here"


def test_a_wide_picture_is_fitted(show, services: QuizServices) -> None:
    wide = html('<p><img src="media:picture.png" width="4000" height="9"></p>', a_picture(services))
    view = show(wide, width=200)
    assert view.heightForWidth(200) < 400
    assert colours_in(view) & set(STRIPES)


def test_it_is_as_high_as_its_width_needs(show) -> None:
    view = show(plain("Press STOP and wait until the machine stands still. " * 8))
    assert view.heightForWidth(200) > 2 * view.heightForWidth(600)


def test_a_link_takes_no_focus_and_leads_nowhere(show) -> None:
    view = show(html('<p>See <a href="https://example.org">this</a>.</p>'))
    assert view.words() == "See this."
    assert view.focusPolicy().value == 0


def test_it_follows_the_look(show, theme: Theme) -> None:
    view = show(plain("Press STOP"))
    height = view.heightForWidth(600)
    theme.set_appearance(Appearance.DARK)
    theme.set_zoom(2.0)
    assert view.heightForWidth(600) > 1.5 * height


def test_a_sound_that_is_missing_cannot_be_played(window: QWidget, media: QuestionMedia) -> None:
    gone = MediaRef(name="gone.mp3", sha256="ab" * 32, kind=MediaKind.AUDIO)
    button = SoundButton(gone, media)
    button.setParent(window)
    assert not button.isEnabled()


@pytest.mark.player
def test_a_sound_plays_to_its_end_or_until_it_is_stopped(
    window: QWidget, media: QuestionMedia, services: QuizServices, qtbot: QtBot
) -> None:
    sound = a_sound(services)
    button = SoundButton(sound, media)
    button.setParent(window)
    with qtbot.waitSignal(media.playing_changed):
        button.click()
    assert (media.playing(), button.text()) == (sound.sha256, "Stop")
    button.click()
    assert (media.playing(), button.text()) == ("", "Listen")
    button.click()
    qtbot.waitUntil(lambda: media.playing() == "", timeout=15_000)


@pytest.mark.player
def test_a_sound_plays_by_itself_only_for_who_needs_it_read_to_them(
    media: QuestionMedia, services: QuizServices
) -> None:
    sound = a_sound(services)
    text = html("<p>Long bell</p>", sound)
    media.play_first(text)
    assert media.playing() == ""
    media.plays_by_itself = True
    media.play_first(text)
    assert media.playing() == sound.sha256
    media.stop()


def test_a_sound_in_a_line_of_its_own_leaves_no_blank_line(show, services: QuizServices) -> None:
    sound = a_sound(services)
    tag = f'<audio src="media:{sound.name}"></audio>'
    alone = show(html("<p>Long bell</p>"))
    for source in (f"<p>Long bell</p><p>{tag}</p>", f"<p>{tag}</p><p>Long bell</p>"):
        view = show(html(source, sound))
        assert view.words() == "Long bell"
        assert view.heightForWidth(600) == alone.heightForWidth(600)
    nothing = show(html(f"<p>{tag}</p><p></p>", sound))
    assert nothing.words() == ""
