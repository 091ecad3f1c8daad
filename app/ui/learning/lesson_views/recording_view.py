"""Video and audio lessons: what is really played counts, and the first viewing has no way past it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _
from app.core.content import CaptionsUnreadable, CaptionTrack, read_captions
from app.core.courses import LessonPlan
from app.core.learning import LessonInHand, WatchedIntervals
from app.ui.learning.lesson_views.lesson_view import (
    LessonView,
    Place,
    asked_share,
    variant_in,
    with_time,
)
from app.ui.learning.players.choose import make_player
from app.ui.learning.players.media_view import MediaView
from app.ui.learning.players.player import PlayerState
from app.ui.learning.progress_keeper import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording with the captions that can be read."""

    path: Path
    captions: tuple[CaptionTrack, ...]


class RecordingView(LessonView[Recording]):
    """Plays a recording from where it was left, with captions in the reader's language."""

    kinds = frozenset({"video", "audio"})
    plays = True

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self.media = MediaView(make_player().player)
        self.media.watched.connect(self._take_watched)
        self.media.position_changed.connect(lambda _position: self._note_playing())
        self.media.finished.connect(self.tell)
        self.media.player.state_changed.connect(lambda _state: self.run_changed.emit())
        self.body.addWidget(self.media, 1)
        self.setFocusProxy(self.media)
        self._fresh: list[tuple[int, int]] = []
        self._recording: Recording | None = None
        self._language = ""

    @classmethod
    @override
    def counts(cls, plan: LessonPlan) -> str:
        share, is_audio = asked_share(plan), plan.kind == "audio"
        if share:
            words = _("Listen to {share} of it") if is_audio else _("Watch {share} of it")
        else:
            words = _("Listen to all of it") if is_audio else _("Watch all of it")
        return with_time(plan, words.format(share=share))

    @classmethod
    @override
    def fetch(cls, place: Place, lesson: LessonInHand, language: str) -> Recording:
        assets = place.desk.services.assets
        variant = variant_in(lesson.plan, language)
        tracks = []
        for caption in variant.captions:
            try:
                tracks.append(read_captions(assets.path(caption.asset), caption.language))
            except CaptionsUnreadable:  # told when the course was imported
                continue
        return Recording(path=assets.path(variant.asset), captions=tuple(tracks))

    @override
    def present(self, lesson: LessonInHand, language: str, content: Recording) -> None:
        self._recording, self._language = content, language

    @override
    def resume(self, state: Trace) -> None:
        lesson, recording = self.lesson, self._recording
        if lesson is None or recording is None:
            return
        seen = WatchedIntervals.of((start, end) for start, end in state.get("watched", ()))
        position, length = int(state.get("position", 0)), int(state.get("duration", 0))
        self.media.open(
            recording.path,
            captions=recording.captions,
            seen=seen,
            unlocked=self._is_unlocked(lesson),
            start_ms=0 if length and position >= length else position,
            language=self._language,
            has_picture=lesson.plan.kind != "audio",
        )

    @override
    def state(self) -> Trace:
        return {
            "watched": [list(span) for span in self.media.seen.spans],
            "position": self.media.player.position,
            "duration": self.media.player.duration,
        }

    @override
    def new_trace(self) -> Trace:
        if not self._fresh:
            return {}
        watched = [list(span) for span in WatchedIntervals.of(self._fresh).spans]
        self._fresh = []
        player = self.media.player
        return {"watched": watched, "position": player.position, "duration": player.duration}

    @override
    def take_lesson(self, lesson: LessonInHand) -> None:
        super().take_lesson(lesson)
        if lesson.is_done:
            self.media.unlock()

    @override
    def hint(self, lesson: LessonInHand) -> str:
        if self._is_unlocked(lesson):
            return _("You can go to any part of the recording.")
        return _("New parts of the recording unlock as you watch. You can go back at any time.")

    @override
    def needs(self, lesson: LessonInHand) -> str:
        is_audio = lesson.plan.kind == "audio"
        return _("Finish listening to continue") if is_audio else _("Finish the video to continue")

    @override
    def is_running(self) -> bool:
        return self.media.player.state is PlayerState.PLAYING

    @override
    def toggle_running(self) -> None:
        self.media.toggle()

    @override
    def halt(self) -> None:
        self.media.pause()

    @override
    def stop(self) -> None:
        super().stop()
        self.media.release()

    @override
    def take_focus(self) -> None:
        self.media.setFocus()

    def _is_unlocked(self, lesson: LessonInHand) -> bool:
        is_preview = not self.place.keeper.is_recording
        return lesson.is_done or not lesson.plan.is_locked_first or is_preview

    def _take_watched(self, start: int, end: int) -> None:
        self._fresh.append((start, end))

    def _note_playing(self) -> None:
        if self.media.player.state is PlayerState.PLAYING:
            self.place.attention.note()
            self.place.desk.note_activity()
