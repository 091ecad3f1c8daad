"""Recordings played by QtMultimedia, which ships with the product."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Q_ARG, QObject, QTimer, QUrl
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoSink
from typing_extensions import override

from app.ui.kit.media_threads import call_slot, remember_overrides
from app.ui.learning.players.player import Player

_TICK_MS = 20
_Status = QMediaPlayer.MediaStatus


class QtPlayer(Player):
    """Plays with QMediaPlayer; needs no sound device."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown_frame_at = -1
        self._is_opening = False
        self._sound = QAudioOutput(self)
        self._sink = QVideoSink(self)
        self._player = QMediaPlayer(self)
        remember_overrides(
            self._sound.volumeChanged, self._sink.videoSizeChanged, self._player.durationChanged
        )
        self._player.setAudioOutput(self._sound)
        self._player.setVideoSink(self._sink)
        self._player.durationChanged.connect(self._lasts)
        self._player.positionChanged.connect(self._moves_to)
        self._player.mediaStatusChanged.connect(self._take_status)
        # The newest picture is fetched by a timer: `videoFrameChanged` comes on the decoder's thread.
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show_frame)

    @override
    def _open(self, path: Path) -> None:
        self._is_opening = True
        self._shown_frame_at = -1
        self._timer.start()
        self._do("setSource", Q_ARG(QUrl, QUrl.fromLocalFile(str(path))))

    @override
    def _begin(self) -> None:
        self._do("setPlaybackRate", Q_ARG("double", self._rate))
        self._do("play")

    @override
    def _hold(self) -> None:
        self._do("pause")

    @override
    def _jump(self) -> None:
        self._do("setPosition", Q_ARG("qint64", self._position))

    @override
    def _reopen(self) -> None:
        self._do("pause")
        self._do("setPosition", Q_ARG("qint64", self._position))

    @override
    def _apply_rate(self) -> None:
        self._do("setPlaybackRate", Q_ARG("double", self._rate))

    @override
    def _apply_sound(self) -> None:
        self._sound.setVolume(self._volume / 100)
        self._sound.setMuted(self._is_muted)

    @override
    def _unload(self) -> None:
        self._timer.stop()
        self._do("stop")
        self._do("setSource", Q_ARG(QUrl, QUrl()))

    def _do(self, slot: str, *arguments: Any) -> None:  # what Q_ARG makes
        call_slot(self._player, slot, *arguments)

    def _take_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is _Status.InvalidMedia:
            self._breaks()
        elif status is _Status.EndOfMedia:
            self._reaches_end()
        elif status is _Status.LoadedMedia and self._is_opening:
            self._is_opening = False  # a jump tells LoadedMedia again
            self._ready()

    def _ready(self) -> None:
        if not (self._player.hasAudio() or self._player.hasVideo()) or not self._player.duration():
            self._breaks()
            return
        self._lasts(self._player.duration())
        self._do("pause")  # decodes the first picture
        if self._position:
            self._do("setPosition", Q_ARG("qint64", self._position))
        self._is_loaded()

    def _show_frame(self) -> None:
        frame = self._sink.videoFrame()
        if not frame.isValid() or frame.startTime() == self._shown_frame_at:
            return
        self._shown_frame_at = frame.startTime()
        self._surface.show_picture(frame.toImage())
