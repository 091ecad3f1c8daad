"""The view of a recording, driven as a learner drives it: keys, clicks, real playing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget

from app.core.content import CaptionTrack, Cue
from app.core.learning import WatchedIntervals
from app.ui.learning.players.controls import Controls
from app.ui.learning.players.media_view import MediaView
from app.ui.learning.players.player import PlayerState
from app.ui.learning.players.qt_player import QtPlayer
from app.ui.learning.players.transcript import Transcript

pytestmark = pytest.mark.player

CLIP = Path(__file__).resolve().parents[2] / "support" / "media" / "clip.mp4"
HINDI = CaptionTrack("hi", (Cue(0, 1_000, "ताला लगाएँ"), Cue(2_000, 3_000, "<b>रुकें")))
ENGLISH = CaptionTrack("en", (Cue(0, 1_000, "Apply the lock"),))
WHOLE = WatchedIntervals.of([(0, 3_000)])


@pytest.fixture
def view(qtbot) -> Iterator[MediaView]:
    made = MediaView(QtPlayer())
    made.player.set_muted(True)
    made.resize(960, 540)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    yield made
    made.release()


def open_clip(view: MediaView, qtbot, **how) -> None:
    view.open(CLIP, **how)
    qtbot.waitUntil(lambda: view.player.state is PlayerState.PAUSED)


def told_by(view: MediaView) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    view.watched.connect(lambda start, end: told.append((start, end)))
    return told


def test_playing_to_the_end_is_told_whole_and_then_finished(view, qtbot):
    open_clip(view, qtbot)
    told = told_by(view)
    with qtbot.waitSignal(view.finished, timeout=15_000):
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert WatchedIntervals.of(told).spans == ((0, 3_000),)
    assert all(end - start <= 1_000 for start, end in told)
    assert view.seen.share(view.player.duration) == 1


def test_a_pause_tells_what_was_watched_up_to_it(view, qtbot):
    open_clip(view, qtbot)
    told = told_by(view)
    view.play()
    qtbot.waitUntil(lambda: view.player.position > 200, timeout=15_000)
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert view.player.state is PlayerState.PAUSED
    assert told == [(0, view.player.position)]


def test_a_seek_is_not_watching(view, qtbot):
    open_clip(view, qtbot, unlocked=True)
    told = told_by(view)
    view.play()
    qtbot.waitUntil(lambda: view.player.position > 200, timeout=15_000)
    left_at = view.player.position
    view.seek(2_000)
    qtbot.waitUntil(lambda: view.player.position > 2_100, timeout=15_000)
    view.pause()
    assert WatchedIntervals.of(told).spans == ((0, left_at), (2_000, view.player.position))


def test_on_a_first_viewing_forward_keys_and_clicks_are_refused(view, qtbot):
    open_clip(view, qtbot)
    refusals = QSignalSpy(view.refused)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    bar = view._controls.seek_bar
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 2, 10))
    assert view.player.position == 0
    assert refusals.count() >= 2
    assert bar.value() == 0


def test_a_refusal_is_seen_over_the_picture_and_goes_by_itself(view, qtbot):
    open_clip(view, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert "unlock as you watch" in view._stage.message
    qtbot.waitUntil(lambda: not view._stage.message, timeout=8_000)
    view.step(5_000)
    view.open(CLIP)
    assert not view._stage.message


def test_what_was_watched_before_may_be_visited_again(view, qtbot):
    open_clip(view, qtbot, seen=WatchedIntervals.of([(0, 1_200)]))
    view.seek(1_000)
    assert view.player.position == 1_000
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.player.position == 0


def test_a_refused_jump_goes_to_the_end_of_the_watched_part(view, qtbot):
    open_clip(view, qtbot, seen=WatchedIntervals.of([(0, 700)]))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.player.position == 700


def test_after_completion_one_may_go_anywhere(view, qtbot):
    open_clip(view, qtbot, unlocked=True)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.player.position == 3_000


def test_it_opens_where_the_learner_left_off(view, qtbot):
    open_clip(view, qtbot, seen=WatchedIntervals.of([(0, 1_500)]), start_ms=1_500)
    assert view.player.position == 1_500
    assert view._controls.time.text() == "00:01 / 00:03"


def test_captions_follow_the_position_and_the_key(view, qtbot):
    open_clip(view, qtbot, captions=[HINDI, ENGLISH], language="hi", seen=WHOLE)
    assert view._stage.caption == "ताला लगाएँ"
    view.seek(1_500)
    assert view._stage.caption == ""
    view.seek(2_500)
    assert view._stage.caption == "<b>रुकें"
    qtbot.keyClick(view, Qt.Key.Key_C)
    view.seek(100)
    assert view._stage.caption == "Apply the lock"
    qtbot.keyClick(view, Qt.Key.Key_C)
    assert view._stage.caption == ""


def test_a_long_caption_stays_within_the_picture(view, qtbot):
    long_one = CaptionTrack("hi", (Cue(0, 3_000, "मशीन की ऊर्जा शून्य करें " * 12),))
    open_clip(view, qtbot, captions=[long_one], language="hi")
    label = view._stage._caption
    qtbot.waitUntil(lambda: label.height() == label.sizeHint().height())
    assert label.width() < view._stage.width()
    assert label.height() > 2 * label.fontMetrics().height()


def test_the_transcript_opens_and_takes_one_to_a_line(view, qtbot):
    open_clip(view, qtbot, captions=[HINDI], seen=WHOLE)
    qtbot.keyClick(view, Qt.Key.Key_T)
    transcript = view._transcript
    assert transcript.isVisible()
    transcript.setCurrentIndex(transcript.model().index(1, 0))
    qtbot.keyClick(transcript, Qt.Key.Key_Return)
    assert view.player.position == 2_000


def test_enlarged_words_of_the_transcript_are_whole(view, qtbot, theme):
    words = "Most people hurt by chemicals were not in a big accident at all."
    track = CaptionTrack("en", (Cue(0, 1_000, words), Cue(2_000, 3_000, words)))
    open_clip(view, qtbot, captions=[track], language="en")
    qtbot.keyClick(view, Qt.Key.Key_T)
    transcript = view.findChild(Transcript)
    theme.set_zoom(1.5)

    def high_enough() -> bool:
        index = transcript.model().index(0, 0)
        room = transcript.visualRect(index).width() - 2 * theme.px(12)
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = transcript.fontMetrics().boundingRect(QRect(0, 0, room, 9999), flags, index.data())
        return transcript.visualRect(index).height() >= needed.height()

    qtbot.waitUntil(high_enough)


def test_the_time_makes_way_where_the_buttons_need_the_room(view, qtbot):
    controls = view.findChild(Controls)
    assert controls.time.isVisible()
    view.resize(400, 300)
    qtbot.waitUntil(lambda: not controls.time.isVisible())


def test_without_captions_there_is_no_transcript(view, qtbot):
    open_clip(view, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_T)
    assert not view._transcript.isVisible()
    assert not view._controls.captions.isEnabled()


def test_mute_and_speed_have_keys(view, qtbot):
    open_clip(view, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_M)
    assert not view.player.is_muted
    qtbot.keyClick(view, Qt.Key.Key_Greater, Qt.KeyboardModifier.ShiftModifier)
    assert view.player.rate == 1.25
    qtbot.keyClick(view, Qt.Key.Key_Less, Qt.KeyboardModifier.ShiftModifier)
    assert view.player.rate == 1.0


def test_full_screen_is_entered_and_left_by_keys_and_keeps_playing(view, qtbot):
    open_clip(view, qtbot)
    view.play()
    qtbot.keyClick(view, Qt.Key.Key_F)
    stage = view._stage
    assert stage.isFullScreen()
    qtbot.keyClick(stage, Qt.Key.Key_Escape)
    assert not stage.isWindow()
    assert stage.isVisible()
    assert stage.parentWidget() is view
    assert view.player.state is PlayerState.PLAYING


def test_leaving_the_page_pauses(view, qtbot):
    open_clip(view, qtbot)
    view.play()
    qtbot.waitUntil(lambda: view.player.position > 100, timeout=15_000)
    view.hide()
    assert view.player.state is PlayerState.PAUSED


def test_a_file_that_cannot_be_played_says_so_on_the_picture(view, qtbot, tmp_path):
    path = tmp_path / "talk.mp4"
    path.write_text("no recording")
    with qtbot.waitSignal(view.failed, timeout=15_000):
        view.open(path)
    assert "talk.mp4 cannot be played" in view._stage._message.text()
    assert not view._controls.isEnabled()
    open_clip(view, qtbot)
    assert view._controls.isEnabled()
    assert view._stage._message.text() == ""


def test_every_control_has_a_name_and_is_reached_by_tab(view, qtbot):
    open_clip(view, qtbot, captions=[HINDI])
    reached: list[QWidget] = []
    widget = view._controls.seek_bar
    for _turn in range(40):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            reached.append(widget)
        widget = widget.nextInFocusChain()
    controls = view._controls
    for button in (controls.play, controls.back, controls.mute, controls.speed, controls.captions):
        assert button in reached
    for focusable in reached:
        interface = QAccessible.queryAccessibleInterface(focusable)
        assert interface.text(QAccessible.Text.Name), focusable


def test_a_focused_button_keeps_its_space_key(view, qtbot):
    open_clip(view, qtbot)
    muted = view.player.is_muted
    view._controls.mute.setFocus()
    qtbot.keyClick(view._controls.mute, Qt.Key.Key_Space)
    assert view.player.is_muted is not muted
    assert view.player.state is PlayerState.PAUSED
