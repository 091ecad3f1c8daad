"""Each way of being in a lesson: what it counts, and what it asks for."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.courses import LESSON_KINDS, CompletionRule, Outline
from app.core.journal import Site
from app.core.learning.models import LessonCompletionRow
from app.ui.kit.jobs import JobRunner
from app.ui.learning.lesson_views import LESSON_VIEWS, view_of
from app.ui.learning.lesson_views.acknowledgement_view import AcknowledgementView
from app.ui.learning.lesson_views.document_view import DocumentView
from app.ui.learning.lesson_views.image_view import ImageView
from app.ui.learning.lesson_views.page_view import PageView
from app.ui.learning.lesson_views.recording_view import RecordingView
from app.ui.learning.player_screen import PlayerScreen
from tests.support.accessibility import nameless, unreachable
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.teaching import a_lesson, a_quiz_lesson, published
from tests.ui.learning.conftest import PIN, Opened, Services, Shelf

STATEMENTS = {"statements": {"en": "I lock, I tag, I try.", "hi": "मैं ताला लगाती हूँ।"}}


def alone(site: Site, lesson: object) -> UUID:
    """Publish a course of one lesson."""
    return published(site, Outline(title="Alone", lessons=(lesson,)))


@pytest.fixture
def statement(opened: Opened, site: Site) -> PlayerScreen:
    return opened(course_id=alone(site, a_lesson("acknowledgement", body=STATEMENTS)))


def test_every_lesson_kind_has_one_view() -> None:
    for kind in LESSON_KINDS:
        assert [view for view in LESSON_VIEWS if kind.key in view.kinds] == [view_of(kind.key)]


def test_a_wrong_pin_confirms_nothing(
    statement: PlayerScreen, desk: WrittenDesk[Services], qtbot: QtBot, jobs: JobRunner
) -> None:
    view = statement.view
    assert isinstance(view, AcknowledgementView)
    assert not view.sign_button.isEnabled()
    view.understood.box.click()
    qtbot.keyClicks(view.secret.line, "1111")

    qtbot.keyClick(view.secret.line, Qt.Key.Key_Return)

    qtbot.waitUntil(view.trouble.isVisible)
    assert jobs.wait_idle()
    assert view.secret.value() == ""
    assert not statement.sitting.hand.lessons[0].is_done
    assert not statement.stage.next_button.isEnabled()


def test_the_right_pin_records_the_words_that_were_read(
    statement: PlayerScreen, site: Site, qtbot: QtBot, jobs: JobRunner
) -> None:
    statement.stage.languages.chosen.emit("hi")
    assert jobs.wait_idle()
    view = statement.view
    assert isinstance(view, AcknowledgementView)
    view.understood.box.click()
    qtbot.keyClicks(view.secret.line, PIN)

    view.sign_button.click()

    qtbot.waitUntil(statement.stage.next_button.isEnabled)
    with site.read() as session:
        (row,) = session.scalars(sa.select(LessonCompletionRow))
    assert row.evidence["statement"] == STATEMENTS["statements"]["hi"]
    assert row.evidence["confirmed_by"] == "pin"
    assert not view.form.isVisible()


def test_after_signing_by_keyboard_enter_goes_on(
    statement: PlayerScreen, qtbot: QtBot, jobs: JobRunner
) -> None:
    statement.window().activateWindow()
    view = statement.view
    assert isinstance(view, AcknowledgementView)
    qtbot.keyClick(view.understood.box, Qt.Key.Key_Space)
    view.secret.line.setFocus()
    qtbot.waitUntil(view.secret.line.hasFocus)
    qtbot.keyClicks(view.secret.line, PIN)
    qtbot.keyClick(view.secret.line, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not view.form.isVisible())
    assert jobs.wait_idle()
    qtbot.waitUntil(statement.stage.next_button.hasFocus)
    qtbot.keyClick(statement.stage.next_button, Qt.Key.Key_Return)
    qtbot.waitUntil(statement.stage.completed.isVisible)


def test_nothing_is_confirmed_without_the_tick(statement: PlayerScreen, qtbot: QtBot) -> None:
    view = statement.view
    assert isinstance(view, AcknowledgementView)

    qtbot.keyClicks(view.secret.line, PIN)

    assert not view.sign_button.isEnabled()


def test_pages_of_a_document_count_when_they_stayed_on_screen(
    opened: Opened, site: Site, shelf: Shelf, clock: TurnedClock, qtbot: QtBot
) -> None:
    screen = opened(course_id=alone(site, shelf.file("document", "three_pages.pdf")))
    view = screen.view
    assert isinstance(view, DocumentView)
    assert view.page_count() == 3
    assert screen.stage.why.text() == "3 pages to look at"

    for page in (1, 2, 3):
        qtbot.waitUntil(lambda page=page: view.pages.page() == page)
        clock.turn(timedelta(seconds=2))
        qtbot.waitUntil(lambda page=page: screen.sitting.hand.lessons[0].share == Fraction(page, 3))
        qtbot.keyClick(view.pages, Qt.Key.Key_Right)

    assert screen.sitting.hand.lessons[0].state["pages"] == {"1": 2, "2": 2, "3": 2}
    qtbot.waitUntil(screen.stage.next_button.isEnabled)


def test_leafing_through_a_document_is_not_reading(
    opened: Opened, site: Site, shelf: Shelf, jobs: JobRunner
) -> None:
    screen = opened(course_id=alone(site, shelf.file("document", "three_pages.pdf")))
    view = screen.view
    assert isinstance(view, DocumentView)

    for _page in range(3):
        view.forward.click()
    screen.pause()

    assert jobs.wait_idle()
    assert screen.sitting.hand.lessons[0].share == 0


def test_a_document_resumes_at_its_page(
    opened: Opened, site: Site, shelf: Shelf, desk: WrittenDesk[Services], qtbot: QtBot
) -> None:
    course = alone(site, shelf.file("document", "three_pages.pdf"))
    hand = desk.services.learning.begin(desk.actor, course)
    trace = {"pages": {"1": 3, "2": 1}, "page": 2, "count": 3}
    desk.services.learning.tick(desk.actor, hand.start_id, hand.lessons[0].lesson_id, trace, 4)

    view = opened(course_id=course).view

    assert isinstance(view, DocumentView)
    qtbot.waitUntil(lambda: view.pages.page() == 2)


def test_a_document_is_searched(opened: Opened, site: Site, shelf: Shelf, qtbot: QtBot) -> None:
    screen = opened(course_id=alone(site, shelf.file("document", "three_pages.pdf")))
    view = screen.view
    assert isinstance(view, DocumentView)

    qtbot.keyClicks(view.search, "page")
    qtbot.keyClick(view.search, Qt.Key.Key_Return)

    qtbot.waitUntil(view.hits.isVisible)


@pytest.mark.parametrize(
    ("kind", "name"), [("document", "three_pages.pdf"), ("image", "picture.png")]
)
def test_a_damaged_file_says_so_and_is_never_counted_as_seen(
    kind: str,
    name: str,
    opened: Opened,
    site: Site,
    shelf: Shelf,
    services: Services,
    jobs: JobRunner,
) -> None:
    lesson = shelf.file(kind, name)
    services.assets.path(lesson.variants[0].asset).write_bytes(b"not what it was")

    screen = opened(course_id=alone(site, lesson))
    screen.refresh()
    assert jobs.wait_idle()
    screen.pause()
    assert jobs.wait_idle()

    assert screen.stage.pages.currentWidget() is screen.stage.problem
    assert screen.sitting.hand.lessons[0].share == 0


def test_a_page_reaches_its_end_only_when_it_is_scrolled_there(
    opened: Opened, site: Site, shelf: Shelf, qtbot: QtBot
) -> None:
    screen = opened(course_id=alone(site, shelf.page("Long")))
    view = screen.view
    assert isinstance(view, PageView)
    qtbot.waitUntil(lambda: view.is_placed)
    assert view.state()["reached"] < 1000

    for _press in range(20):
        qtbot.keyClick(view.browser, Qt.Key.Key_Space)

    assert view.state()["reached"] == 1000


def test_a_page_that_fits_is_read_when_it_was_seen(
    opened: Opened, site: Site, shelf: Shelf, qtbot: QtBot
) -> None:
    screen = opened(course_id=alone(site, shelf.page("Short", paragraphs=2)))

    qtbot.waitUntil(screen.stage.next_button.isEnabled)


def test_a_page_loads_pictures_from_the_store_and_nothing_else(
    opened: Opened, site: Site, shelf: Shelf, services: Services, qtbot: QtBot
) -> None:
    picture = shelf.file("image", "picture.png").variants[0].asset
    screen = opened(course_id=alone(site, shelf.page("Pictures")))
    view = screen.view
    assert isinstance(view, PageView)
    image = 2  # QTextDocument.ResourceType.ImageResource

    assert not view.browser.loadResource(image, f"asset:{picture}").isNull()
    assert view.browser.loadResource(image, "file:///etc/passwd") is None
    assert view.browser.loadResource(image, "asset:../../etc/passwd") is None
    assert view.browser.loadResource(image, "http://example.org/p.png") is None
    assert view.browser.loadResource(3, f"asset:{picture}") is None


def test_a_picture_is_seen_and_can_be_enlarged(
    opened: Opened, site: Site, shelf: Shelf, qtbot: QtBot
) -> None:
    screen = opened(course_id=alone(site, shelf.file("image", "picture.png")))
    view = screen.view
    assert isinstance(view, ImageView)
    before = view.area.widget().width()

    qtbot.keyClick(view.area, Qt.Key.Key_Plus)

    assert view.area.widget().width() > before
    view.tell()
    qtbot.waitUntil(screen.stage.next_button.isEnabled)


@pytest.mark.player
def test_a_video_is_watched_to_its_end_and_then_free(
    opened: Opened, site: Site, shelf: Shelf, desk: WrittenDesk[Services], qtbot: QtBot
) -> None:
    rule = CompletionRule(share=Fraction(9, 10))
    screen = opened(course_id=alone(site, shelf.file("video", "clip.mp4", rule)))
    view = screen.view
    assert isinstance(view, RecordingView)
    assert screen.stage.why.text() == "Finish the video to continue"
    view.media.player.set_muted(True)

    view.media.play()

    qtbot.waitUntil(screen.stage.next_button.isEnabled, timeout=20_000)
    assert desk.signs_of_life > 0
    assert screen.sitting.hand.lessons[0].state["duration"] >= 2_900


@pytest.mark.player
def test_a_video_resumes_and_keeps_what_was_watched(
    opened: Opened, site: Site, shelf: Shelf, desk: WrittenDesk[Services], qtbot: QtBot
) -> None:
    course = alone(site, shelf.file("video", "clip.mp4"))
    hand = desk.services.learning.begin(desk.actor, course)
    trace = {"watched": [[0, 1200]], "position": 1200, "duration": 3000}
    desk.services.learning.tick(desk.actor, hand.start_id, hand.lessons[0].lesson_id, trace, 2)

    view = opened(course_id=course).view

    assert isinstance(view, RecordingView)
    assert view.media.seen.spans == ((0, 1200),)
    assert view.media.player.position == 1200


def test_a_quiz_says_its_rules(opened: Opened, site: Site) -> None:
    screen = opened(course_id=alone(site, a_quiz_lesson(site, [True, False, True])))

    told = " ".join(card.findChildren(type(screen.stage.title))[0].text() for card in
                    screen.view.rules.cards())  # fmt: skip
    assert "3 questions" in told
    assert "Pass mark 80%" in told
    assert screen.view.start_button.isEnabled()


@pytest.mark.parametrize("kind", ["document", "image", "acknowledgement", "quiz"])
def test_every_control_of_a_lesson_has_a_name(
    kind: str, opened: Opened, site: Site, shelf: Shelf
) -> None:
    lessons = {
        "document": lambda: shelf.file("document", "three_pages.pdf"),
        "image": lambda: shelf.file("image", "picture.png"),
        "acknowledgement": lambda: a_lesson("acknowledgement", body=STATEMENTS),
        "quiz": lambda: a_quiz_lesson(site, [True]),
    }
    screen = opened(course_id=alone(site, lessons[kind]()))

    assert nameless(screen) == []
    assert unreachable(screen) == []


def test_a_course_without_lessons_says_so(opened: Opened) -> None:
    screen = opened(preview=Outline(title="Draft"))

    assert screen.stage.pages.currentWidget() is screen.stage.problem


def test_a_lesson_without_content_says_so(opened: Opened, site: Site) -> None:
    screen = opened(preview=Outline(title="Draft", lessons=(a_lesson("page"),)))

    assert screen.stage.pages.currentWidget() is screen.stage.problem
