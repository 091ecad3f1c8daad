"""A recording as learners see it: picture, captions, controls, transcript."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.core.content import CaptionTrack
from app.core.learning import WatchedIntervals, allowed_position
from app.ui.kit.announcing import announce
from app.ui.kit.focus_ring import FocusRing
from app.ui.learning.players.captions import Captions
from app.ui.learning.players.keys import Keys
from app.ui.learning.players.manner import Manner
from app.ui.learning.players.player import Player, PlayerState
from app.ui.learning.players.stage import Stage
from app.ui.learning.players.transcript import Transcript
from app.ui.learning.players.watching import Watching

STEP_MS, BACK_MS = 5_000, 10_000
_KEYLESS = frozenset({PlayerState.EMPTY, PlayerState.FAILED})


class MediaView(QWidget):
    """Plays one recording and tells what of it was watched. Takes the player over, and releases it.

    Keys: Space or K plays and pauses, J 10 s back, ← and → 5 s, M mute, C captions, T transcript,
    F or F11 full screen, < and > speed. On a first viewing there is no way past what was watched.
    """

    watched = Signal(int, int)
    position_changed = Signal(int)
    finished = Signal()
    failed = Signal(str)
    refused = Signal()

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._player.setParent(self)
        self._seen = WatchedIntervals()
        self._is_unlocked = False
        self._watching = Watching(self._take_watched)
        self._stage = Stage(player.widget())
        self._controls = self._stage.controls
        self._transcript = Transcript()
        self._captions = Captions(player, self._stage, self._controls, self._transcript, self)
        self.manner = Manner(player, self._controls, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Recording"))
        self._lay_out()
        FocusRing(self, radius=0)
        self._connect()
        self._connect_keys()

    @property
    def player(self) -> Player:
        """The player underneath."""
        return self._player

    @property
    def seen(self) -> WatchedIntervals:
        """What was watched, before and now."""
        return self._seen

    def open(
        self,
        path: Path,
        *,
        captions: Sequence[CaptionTrack] = (),
        seen: WatchedIntervals | None = None,
        unlocked: bool = False,
        start_ms: int = 0,
        language: str = "",
        has_picture: bool = True,
    ) -> None:
        """Show another recording, paused at `start_ms`, with captions in `language` if there are any."""
        self._watching.flush()
        self._seen = seen or WatchedIntervals()
        self._is_unlocked = unlocked
        self._stage.prepare(has_picture=has_picture)
        self._controls.seek_bar.show_watched(self._seen)
        start = allowed_position(start_ms, self._seen, unlocked=unlocked)
        self._watching.jump(start)
        self._player.load(path, start)
        self._controls.show_position(start)
        self._captions.offer(captions, language)

    def play(self) -> None:
        """Play on; from the start after the end."""
        self._player.play()

    def pause(self) -> None:
        """Stop, and tell what was watched up to here."""
        self._player.pause()
        self._watching.flush()

    def toggle(self) -> None:
        """Pause if it plays, play if it does not."""
        if self._player.state is PlayerState.PLAYING:
            self.pause()
        else:
            self.play()

    def seek(self, position: int) -> None:
        """Go to `position`, or as near as the first-view lock allows; then `refused` is told."""
        self._watching.flush()
        wanted = min(max(position, 0), self._player.duration)
        allowed = allowed_position(wanted, self._seen, unlocked=self._is_unlocked)
        if allowed < wanted:
            words = _("New parts of the recording unlock as you watch.")
            self._stage.tell(words)
            announce(self, words)
            self.refused.emit()
            if allowed <= self._player.position:  # already there: no stutter, and no step back
                return
        self._watching.jump(allowed)
        self._player.seek(allowed)

    def step(self, milliseconds: int) -> None:
        """Go forward or back by so much."""
        self.seek(self._player.position + milliseconds)

    def unlock(self) -> None:
        """Let the learner go anywhere from now on."""
        self._is_unlocked = True

    def toggle_full_screen(self) -> None:
        """Fill the screen with the picture, or give it back."""
        if self._stage.is_full:
            self._stage.return_to(self._row)
            self.setFocus()
        else:
            self._stage.fill_screen()

    def release(self) -> None:
        """Tell what was watched last, and let go of the file and the player."""
        if self._stage.is_full:
            self.toggle_full_screen()
        self._watching.flush()
        self._player.release()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._stage, 1)
        self._row.addWidget(self._transcript)
        self._transcript.hide()

    def _connect(self) -> None:
        player, controls = self._player, self._controls
        player.position_changed.connect(self._take_position)
        player.duration_known.connect(controls.show_duration)
        player.state_changed.connect(self._take_state)
        player.ended.connect(self.finished)
        player.failed.connect(self._take_failure)
        controls.play_asked.connect(self.toggle)
        controls.back_asked.connect(lambda: self.step(-BACK_MS))
        controls.seek_asked.connect(self.seek)
        controls.full_screen_asked.connect(self.toggle_full_screen)
        self._transcript.asked.connect(self.seek)

    def _connect_keys(self) -> None:
        table = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_K: self.toggle,
            Qt.Key.Key_MediaTogglePlayPause: self.toggle,
            Qt.Key.Key_J: lambda: self.step(-BACK_MS),
            Qt.Key.Key_Left: lambda: self.step(-STEP_MS),
            Qt.Key.Key_Right: lambda: self.step(STEP_MS),
            Qt.Key.Key_M: self.manner.toggle_mute,
            Qt.Key.Key_C: self._captions.next_track,
            Qt.Key.Key_T: self._captions.toggle_transcript,
            Qt.Key.Key_F: self.toggle_full_screen,
            Qt.Key.Key_F11: self.toggle_full_screen,
            Qt.Key.Key_Less: lambda: self.manner.step_speed(-1),
            Qt.Key.Key_Greater: lambda: self.manner.step_speed(1),
        }
        keys = Keys(table, lambda: self._player.state not in _KEYLESS, self)
        keys.serve(self)
        keys.serve(self._stage)
        leave = Keys(
            {Qt.Key.Key_Escape: self.toggle_full_screen}, lambda: self._stage.is_full, self
        )
        leave.serve(self._stage)

    def _take_position(self, position: int) -> None:
        if self._player.state is PlayerState.PLAYING:
            self._watching.move(position)
        self._controls.show_position(position)
        self._captions.show_position(position)
        self.position_changed.emit(position)

    def _take_state(self, state: PlayerState) -> None:
        self._controls.show_playing(state is PlayerState.PLAYING)
        if state is not PlayerState.PLAYING:
            self._watching.flush()

    def _take_failure(self, reason: str) -> None:
        self._stage.show_failure(reason)
        announce(self, reason, urgent=True)
        self.failed.emit(reason)

    def _take_watched(self, start: int, end: int) -> None:
        self._seen = self._seen.add(start, end)
        self._controls.seek_bar.show_watched(self._seen)
        self.watched.emit(start, end)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and not self._stage.is_full:
            self.pause()
