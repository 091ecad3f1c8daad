"""Recordings of packages on screen: converted after the import, gone on with, or confirmed."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.core.base.progress import NoProgress
from app.core.content.conversion import find_ffmpeg
from app.core.content.conversion.ffmpeg import CHOSEN_FFMPEG
from app.core.courses import CourseState
from app.ui.courses.converting import conversion_of, convert
from app.ui.courses.editor_screen import EditorScreen
from app.ui.courses.import_screen import ImportScreen
from app.ui.courses.publish_sheet import PublishSheet
from app.ui.kit.jobs import JobState
from app.ui.kit.jobs_panel import JobCard, progress_words
from app.ui.kit.labels import PlainLabel
from tests.support.accessibility import nameless
from tests.support.archives import zip_at
from tests.support.packages import scorm12
from tests.ui.courses.conftest import ACTOR

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"
needs_ffmpeg = pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")


@pytest.fixture
def film(tmp_path) -> Path:
    clip = (MEDIA / "clip.mp4").read_bytes()
    sound = (MEDIA / "clip.mp3").read_bytes()
    return zip_at(tmp_path / "film.zip", scorm12(**{"v/clip.mp4": clip, "v/talk.mp3": sound}))


@pytest.fixture
def course(courses, film):
    return courses.import_folder(ACTOR, film, NoProgress())


@pytest.fixture
def bare(monkeypatch, tmp_path) -> None:
    """A PC without ffmpeg."""
    monkeypatch.delenv(CHOSEN_FFMPEG, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


def words(widget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(PlainLabel) if one.isVisible())


@needs_ffmpeg
def test_an_import_is_followed_by_the_conversion(desk, shown, film, jobs, recordings):
    screen = ImportScreen(desk)
    shown(screen, path=film)
    screen.import_button.click()
    assert jobs.wait_idle(20_000)

    (_key, arguments) = desk.opened[-1]
    assert recordings.of(ACTOR, arguments["course_id"]).silent == ()
    (done,) = [job for job in jobs.jobs() if job.title.startswith("Converting")]
    assert done.state is JobState.DONE
    assert "The recordings of Fire safety play now." in desk.toasts


@needs_ffmpeg
def test_the_editor_says_what_plays_and_converts_the_rest(desk, shown, course, jobs, qtbot):
    editor = EditorScreen(desk)
    shown(editor, course_id=course)
    qtbot.waitUntil(lambda: "1 of 2 recordings play" in words(editor.recordings))
    said = words(editor.recordings)
    assert "v/clip.mp4" in said
    assert "talk.mp3" not in said
    assert nameless(editor.recordings) == []

    editor.recordings.convert_button.click()
    assert editor.recordings.convert_button.isHidden()
    assert editor.recordings.findChild(JobCard) is not None
    assert jobs.wait_idle(20_000)

    qtbot.waitUntil(lambda: "2 of 2 recordings play" in words(editor.recordings))
    assert editor.recordings.convert_button.isHidden()


@needs_ffmpeg
def test_a_package_that_is_added_to_a_course_is_converted_once_it_is_saved(
    desk, shown, courses, infosec, film, jobs, recordings, qtbot
):
    editor = EditorScreen(desk)
    shown(editor, course_id=infosec)
    assert editor.recordings.isHidden()
    editor.adding.add_files((film,))
    assert jobs.wait_idle(20_000)
    editor.save()
    assert jobs.wait_idle(20_000)

    qtbot.waitUntil(lambda: "2 of 2 recordings play" in words(editor.recordings), timeout=20_000)
    assert recordings.of(ACTOR, infosec).silent == ()


@needs_ffmpeg
def test_a_stopped_conversion_can_be_gone_on_with(desk, shown, course, jobs, recordings, qtbot):
    editor = EditorScreen(desk)
    shown(editor, course_id=course)
    held = threading.Event()
    jobs.run(lambda _progress: held.wait(20), owner=editor)  # nothing is told meanwhile
    editor.recordings.convert_button.click()
    job = conversion_of(jobs, course)
    assert job is not None
    assert convert(editor, course, "Fire safety") is job  # one at a time
    job.cancel()
    held.set()
    assert jobs.wait_idle(20_000)
    assert job.state is JobState.CANCELLED
    assert conversion_of(jobs, course) is None
    assert len(recordings.of(ACTOR, course).waiting) == 1

    qtbot.waitUntil(editor.recordings.convert_button.isVisible)
    editor.recordings.convert_button.click()
    assert jobs.wait_idle(20_000)
    assert recordings.of(ACTOR, course).silent == ()


@needs_ffmpeg
def test_what_cannot_be_converted_is_told_and_stays_named(
    desk, shown, courses, jobs, tmp_path, qtbot
):
    clip = (MEDIA / "clip.mp4").read_bytes()
    files = scorm12(**{"v/clip.mp4": clip, "v/broken.mp4": b"no film"})
    course = courses.import_folder(ACTOR, zip_at(tmp_path / "film.zip", files), NoProgress())
    editor = EditorScreen(desk)
    shown(editor, course_id=course)
    editor.recordings.convert_button.click()
    assert jobs.wait_idle(20_000)

    assert desk.toasts == ["Fire safety: 1 recording could not be converted."]
    qtbot.waitUntil(lambda: "1 of 2 recordings play" in words(editor.recordings))
    said = words(editor.recordings)
    assert "• v/broken.mp4: It cannot be read as a recording" in said
    assert "The others cannot be converted" in said
    assert editor.recordings.convert_button.isHidden()


@pytest.mark.usefixtures("bare")
def test_without_ffmpeg_every_file_is_named_and_publishing_asks(
    desk, shown, courses, course, jobs, qtbot
):
    editor = EditorScreen(desk)
    shown(editor, course_id=course)
    qtbot.waitUntil(lambda: "The others need the program ffmpeg" in words(editor.recordings))
    assert "v/clip.mp4" in words(editor.recordings)
    assert editor.recordings.convert_button.isHidden()

    editor.head.publish_button.click()
    assert jobs.wait_idle()
    sheet = editor.findChild(PublishSheet)
    assert "v/clip.mp4" in words(sheet)
    assert nameless(sheet) == []
    sheet.save_button.click()  # nothing is confirmed yet
    assert jobs.wait_idle()
    assert courses.detail(ACTOR, course).state is CourseState.DRAFT

    sheet.confirmed.set_value(True)
    sheet.save_button.click()
    assert jobs.wait_idle()
    (version,) = courses.detail(ACTOR, course).versions
    assert [one.file for one in version.confirmed] == ["v/clip.mp4"]
    qtbot.waitUntil(lambda: "Confirmed that 1 recording does not play" in words(editor.versions))


@pytest.mark.usefixtures("bare")
def test_without_ffmpeg_the_import_goes_on_without_a_job(desk, shown, film, jobs):
    screen = ImportScreen(desk)
    shown(screen, path=film)
    assert "is not on this PC: v/clip.mp4" in words(screen)
    screen.import_button.click()
    assert jobs.wait_idle()

    assert not [job for job in jobs.jobs() if job.title.startswith("Converting")]
    assert desk.errors == []


def test_a_job_that_counts_nothing_people_know_says_how_long_yet(jobs):
    owner, begun, held = QObject(), threading.Event(), threading.Event()

    def work(progress) -> None:
        progress.step(30_000, 60_000, "1 of 2: clip.mp4")
        begun.set()
        held.wait(20)

    job = jobs.run(work, owner=owner, title="Converting", counted=False)
    assert begun.wait(20)
    said = progress_words(job)
    held.set()
    assert jobs.wait_idle()

    assert said.startswith("1 of 2: clip.mp4")
    assert "60,000" not in said
