"""Recordings played by libVLC, where it is installed."""

import ctypes
import os
import weakref
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtMultimedia import QMediaDevices
from typing_extensions import override

from app.core.base.words import _
from app.ui.learning.players.player import Player, PlayerState
from app.ui.learning.players.vlc_frames import VlcFrames

_TICK_MS = 20
_POSITION_STEP_MS = 40
_LONGEST_GUESS_MS = 500
_BEHIND_AFTER_SEEK_MS = 400
_AHEAD_AFTER_SEEK_MS = 1_500
_PARSE_LIMIT_MS = 10_000
_LOOK_LIMIT_MS = 5_000
_MOST_LOOKS = 3
_PICTURES_TO_PLACE = 3
"""Up to two pictures from the start of the film may come before the one that was asked for."""
_LONGEST_TO_PLACE_MS = 1_500
_OPTIONS = (
    "--quiet",
    "--ignore-config",
    "--no-video-title-show",
    "--no-osd",
    "--no-stats",
    "--no-lua",
    "--no-spu",
    "--no-sub-autodetect-file",
    "--no-metadata-network-access",
    "--vout=vmem",
    "--avcodec-hw=none",
    "--file-caching=100",  # at 2x libVLC 3 skips twice this much after each start
)
_GUESSED_LENGTH = (".mp3", ".mp2", ".aac")
"""Elementary streams whose length libVLC's own reader guesses wrongly; its FFmpeg reader does not."""
_SIDEWAYS = 4
"""From this orientation on (libvlc_video_orient_t), width and height change places."""


class VlcUnavailable(Exception):
    """libVLC cannot be used on this PC; the message says why."""


class VlcPlayer(Player):
    """Plays with libVLC, drawing into memory.

    No event of libVLC's is subscribed: a timer asks for state, time and picture on the window's
    thread, so nothing runs on foreign threads but the filling of buffers. Raises VlcUnavailable.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = _Library()
        # Also at exit, and when Qt deletes the player with its parent: libVLC's threads must be gone
        # before the interpreter is.
        self._release_library = weakref.finalize(self, self._library.release)
        self.destroyed.connect(self._release_library)
        self._told = 0
        self._told_clock = QElapsedTimer()
        self._is_told = False
        self._is_running = False
        self._is_looking = False
        """Whether it runs only for the picture where the learner left off; or that would be black."""
        self._looks = 0
        self._look_clock, self._first_clock = QElapsedTimer(), QElapsedTimer()
        self._pixel_shape = 1.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @override
    def release(self) -> None:
        super().release()
        self._release_library()

    @override
    def _open(self, path: Path) -> None:
        self._library.parse(path)
        self._timer.start()

    @override
    def _begin(self) -> None:
        if self._is_running:
            self._library.player.set_pause(0)
        else:
            self._stop_looking()
            self._library.start(self._path, self._position, self._rate)
            self._is_running = True
        self._forget_told()

    @override
    def _hold(self) -> None:
        self._library.player.set_pause(1)

    @override
    def _jump(self) -> None:
        if self._is_running:
            self._library.player.set_time(self._position)
        self._forget_told()

    @override
    def _reopen(self) -> None:
        self._library.player.stop()
        self._is_running = False

    @override
    def _apply_rate(self) -> None:
        """Start again at the same place: a new rate makes libVLC 3 throw away what it has buffered.

        Close to the end that is everything, and it would be over at once.
        """
        if self._is_running:
            self._reopen()
            if self._state is PlayerState.PLAYING:
                self._begin()

    @override
    def _apply_sound(self) -> None:
        if self._is_running:
            self._library.player.audio_set_volume(self._volume)
            self._library.player.audio_set_mute(self._is_muted)

    @override
    def _unload(self) -> None:
        self._timer.stop()
        self._library.stop()
        self._is_running = self._is_looking = False

    def _stop_looking(self) -> None:
        if self._is_looking:
            self._is_looking = False
            self._library.player.stop()

    def _tick(self) -> None:
        match self._state:
            case PlayerState.LOADING:
                self._take_parsed()
            case PlayerState.PLAYING | PlayerState.PAUSED:
                self._take_picture()
                self._look_again_if_lost()
                self._take_state()

    def _take_parsed(self) -> None:
        facts = self._library.parsed()
        if facts is None:
            return
        if not facts.duration or not facts.has_tracks:
            self._breaks()
            return
        self._pixel_shape = facts.pixel_shape
        self._library.frames.expect(facts.width, facts.height)
        self._lasts(facts.duration)
        self._is_loaded()
        if facts.width and self._state is PlayerState.PAUSED and not self._is_running:
            self._looks = 0
            self._look()

    def _look(self) -> None:
        self._is_looking = True
        self._looks += 1
        self._look_clock.start()
        self._first_clock.invalidate()
        self._library.frames.count_anew()
        self._library.start(self._path, self._position, self._rate, with_sound=False)

    def _look_again_if_lost(self) -> None:
        """Ask for the first picture once more where libVLC is over without one, or takes too long."""
        if not self._is_looking or self._library.frames.drawn:
            return
        is_over = self._library.state() in {"Ended", "Error"}
        if not is_over and self._look_clock.elapsed() < _LOOK_LIMIT_MS * self._looks:
            return
        self._stop_looking()
        if self._looks < _MOST_LOOKS:
            self._look()

    def _take_picture(self) -> None:
        picture = self._library.frames.fetch()
        if picture is not None:
            self._surface.show_picture(picture, self._pixel_shape)
        if self._is_looking and self._has_come_to_place():
            self._stop_looking()

    def _has_come_to_place(self) -> bool:
        drawn = self._library.frames.drawn
        if not drawn:
            return False
        if not self._first_clock.isValid():
            self._first_clock.start()
        if not self._position or drawn >= _PICTURES_TO_PLACE:
            return True
        return self._first_clock.elapsed() > _LONGEST_TO_PLACE_MS

    def _take_state(self) -> None:
        if not self._is_running:
            return
        state = self._library.state()
        if state == "Error":
            self._breaks()
        elif state == "Ended":
            self._meet_end()
        elif state == "Playing" and self._state is PlayerState.PAUSED:
            self._library.player.set_pause(1)  # libVLC forgets a pause that came while it opened
        elif state == "Playing":
            self._follow_time()

    def _meet_end(self) -> None:
        if self._state is PlayerState.PAUSED:  # it ran out while the pause was on its way
            self._reopen()
        else:
            self._reaches_end()

    def _follow_time(self) -> None:
        """Follow libVLC's time, which it renews some four times a second, and guess in between."""
        told = self._library.player.get_time()
        if told != self._told and self._is_credible(told):
            if not self._is_told:
                self._apply_sound()  # what was set before the sound device opened is lost
            self._told, self._is_told = told, True
            self._told_clock.start()
            self._lasts(max(self._library.player.get_length(), self._duration))
        if not self._is_told:
            return
        guess = min(self._told_clock.elapsed(), _LONGEST_GUESS_MS) * self._rate
        position = self._told + round(guess)
        if position >= self._position + _POSITION_STEP_MS:
            self._moves_to(min(position, self._duration - 1))

    def _is_credible(self, told: int) -> bool:
        """Tell a time after the last seek from one that was on its way before it."""
        since_start = self._run_clock.elapsed()
        if self._is_told or since_start > _PARSE_LIMIT_MS:
            return True
        farthest = self._run_from + since_start * self._rate + _AHEAD_AFTER_SEEK_MS
        return self._run_from - _BEHIND_AFTER_SEEK_MS <= told <= farthest

    def _forget_told(self) -> None:
        self._told, self._is_told = self._position, False


class _MediaFacts:
    """What libVLC found in a file."""

    def __init__(self, vlc: Any, media: Any) -> None:  # python-vlc is untyped
        self.duration = max(int(media.get_duration()), 0)
        self.width = self.height = 0
        self.pixel_shape = 1.0
        tracks = ctypes.POINTER(vlc.MediaTrack)()
        count = int(vlc.libvlc_media_tracks_get(media, ctypes.byref(tracks)))
        self.has_tracks = count > 0
        if not count:
            return
        pointers = ctypes.cast(tracks, ctypes.POINTER(ctypes.POINTER(vlc.MediaTrack)))
        for place in range(count):
            track = pointers[place].contents
            if track.type == vlc.TrackType.video:
                # WORKAROUND(python-vlc 3.0.21203): it lays the union of the three kinds out as three.
                self._take_video(ctypes.cast(track.audio, ctypes.POINTER(vlc.VideoTrack)).contents)
        vlc.libvlc_media_tracks_release(pointers, count)

    def _take_video(self, video: Any) -> None:  # a ctypes structure
        self.width, self.height = int(video.width), int(video.height)
        if video.sar_num and video.sar_den:
            self.pixel_shape = video.sar_num / video.sar_den
        if video.orientation.value >= _SIDEWAYS:
            self.width, self.height = self.height, self.width
            self.pixel_shape = 1 / self.pixel_shape


class _Library:
    """Everything that belongs to libVLC, apart from Qt so that it can outlive the widget by a moment."""

    def __init__(self) -> None:
        self._vlc = _import_vlc()
        has_sound = bool(QMediaDevices.audioOutputs())
        options = [*_OPTIONS, *([] if has_sound else ["--aout=adummy"])]
        self._instance = self._vlc.Instance(options)
        if self._instance is None:
            raise VlcUnavailable(
                _("VLC is installed, but could not start: parts of it are missing.")
            )
        self.player = self._instance.media_player_new()
        self.frames = VlcFrames()
        self.frames.attach(self._vlc.dll, self.player)
        self._media: Any = None  # python-vlc is untyped

    def parse(self, path: Path) -> None:
        self._media = self._new_media(path)
        self._media.parse_with_options(self._vlc.MediaParseFlag.local, _PARSE_LIMIT_MS)

    def parsed(self) -> _MediaFacts | None:
        """Return what was found, or None while still looking."""
        if self._media.get_parsed_status() == self._vlc.MediaParsedStatus(0):
            return None
        return _MediaFacts(self._vlc, self._media)

    def start(self, path: Path, position_ms: int, rate: float, *, with_sound: bool = True) -> None:
        media = self._new_media(path)
        if not with_sound:
            media.add_option(":no-audio")
        if position_ms:
            media.add_option(f":start-time={position_ms / 1000:.3f}")
        self.player.set_media(media)
        media.release()
        self.player.set_rate(rate)
        self.player.play()

    def state(self) -> str:
        return str(self.player.get_state()).removeprefix("State.")

    def stop(self) -> None:
        if self._instance is None:
            return
        self.player.stop()
        if self._media is not None:
            self._media.parse_stop()
            self._media.release()
            self._media = None

    def release(self) -> None:
        if self._instance is None:
            return
        self.stop()
        self.player.release()
        self._instance.release()
        self._instance = None

    def _new_media(self, path: Path) -> Any:  # python-vlc is untyped
        media = self._instance.media_new_path(os.fspath(path))
        if path.suffix.casefold() in _GUESSED_LENGTH:
            media.add_option(":demux=avformat,any")
        return media


def _import_vlc() -> Any:  # python-vlc is untyped
    """Import python-vlc, which looks for libVLC as it is imported.

    It raises NotImplementedError or OSError when there is none, KeyError on a Windows without its usual
    variables, and ends the program when PYTHON_VLC_LIB_PATH names nothing.
    """
    try:
        import vlc
    except (ImportError, NotImplementedError, OSError, KeyError, SystemExit) as absence:
        raise VlcUnavailable(_("VLC is not installed on this PC.")) from absence
    return vlc
