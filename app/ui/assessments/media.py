"""Pictures and sounds of questions: found in the asset store by their hash, never anywhere else."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Q_ARG, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QImageReader
from typing_extensions import override

from app.core.assessments import MediaKind, MediaRef, RichText
from app.core.base.words import _
from app.core.content import AssetMissing
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.media_threads import call_slot, remember_overrides

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

FindAsset = Callable[[str], Path]
"""Returns where a stored file lies. Raises AssetMissing."""
_LARGEST_SIDE = 1600


class QuestionMedia(QObject):
    """Reads the pictures of questions and plays one sound at a time."""

    playing_changed = Signal(str)
    """Carries the hash of the sound that plays now, "" when none does."""

    def __init__(self, find: FindAsset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._pictures: dict[str, QImage] = {}
        self._player: QMediaPlayer | None = None
        self._playing = ""
        self.plays_by_itself = False
        """Whether the sound of a question plays as soon as it is shown: for who needs it read to them."""

    def picture(self, ref: MediaRef) -> QImage:
        """Return a picture, large ones made smaller; null when it is missing or cannot be read."""
        if ref.sha256 is None or ref.kind is not MediaKind.IMAGE:
            return QImage()
        if ref.sha256 not in self._pictures:
            self._pictures[ref.sha256] = self._read(ref.sha256)
        return self._pictures[ref.sha256]

    def is_there(self, ref: MediaRef) -> bool:
        """Tell whether the file lies in the store."""
        return self._path(ref.sha256) is not None

    def playing(self) -> str:
        """Return the hash of the sound that plays; "" when none does."""
        return self._playing

    def toggle(self, sha256: str) -> None:
        """Play a sound from its beginning, or stop it when it plays."""
        wanted = "" if sha256 == self._playing else sha256
        self.stop()
        path = self._path(wanted)
        if path is not None:
            player = self._player_made()
            call_slot(player, "setSource", Q_ARG(QUrl, QUrl.fromLocalFile(str(path))))
            call_slot(player, "play")
            self._turn(wanted)

    def play_first(self, text: RichText) -> None:
        """Play the sound that belongs to a text, where sounds play by themselves."""
        sounds = sounds_of(text)
        if self.plays_by_itself and sounds and sounds[0].sha256:
            self.toggle(sounds[0].sha256)

    def stop(self) -> None:
        """Stop whatever plays."""
        if self._player is not None and self._playing:
            call_slot(self._player, "stop")
        self._turn("")

    def _path(self, sha256: str | None) -> Path | None:
        try:
            return self._find(sha256) if sha256 else None
        except AssetMissing:
            return None

    def _read(self, sha256: str) -> QImage:
        path = self._path(sha256)
        if path is None:
            return QImage()
        reader = QImageReader(str(path))
        reader.setDecideFormatFromContent(True)
        reader.setAutoTransform(True)
        size, most = reader.size(), QSize(_LARGEST_SIDE, _LARGEST_SIDE)
        if size.width() > _LARGEST_SIDE or size.height() > _LARGEST_SIDE:
            reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
        return reader.read()

    def _player_made(self) -> "QMediaPlayer":
        if self._player is None:
            from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer  # few questions have sound

            self._player, sound = QMediaPlayer(self), QAudioOutput(self)
            remember_overrides(self._player.durationChanged, sound.volumeChanged)
            self._player.setAudioOutput(sound)
            self._player.mediaStatusChanged.connect(self._heed)
        return self._player

    def _heed(self, status: "QMediaPlayer.MediaStatus") -> None:
        if status.name in {"EndOfMedia", "InvalidMedia"}:
            self._turn("")

    def _turn(self, playing: str) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)


class SoundButton(Button):
    """Plays a sound of a question, or stops it."""

    def __init__(self, ref: MediaRef, media: QuestionMedia) -> None:
        super().__init__(_("Listen"), Kind.TONAL, icon="volume-2", dense=True)
        self._sha256 = ref.sha256 or ""
        self._media = media
        self.setEnabled(media.is_there(ref))
        self.setToolTip(ref.name if self.isEnabled() else _("The sound is missing on this PC."))
        self.on_press(lambda: media.toggle(self._sha256))
        media.playing_changed.connect(self._show)

    def _show(self, playing: str) -> None:
        plays = playing == self._sha256
        self.set_words(_("Stop") if plays else _("Listen"))
        self.set_icon("square" if plays else "volume-2")

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), 2 * hint.height()), hint.height())


def sounds_of(text: RichText) -> tuple[MediaRef, ...]:
    """Return the sounds that belong to a text."""
    return tuple(one for one in text.media if one.kind is MediaKind.AUDIO)


def has_picture(text: RichText) -> bool:
    """Tell whether a text shows a picture."""
    return any(one.kind is MediaKind.IMAGE for one in text.media)
