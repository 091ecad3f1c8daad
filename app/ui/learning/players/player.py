"""What every player of recordings does, whatever library plays them."""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from app.core.base.words import _
from app.ui.learning.players.surface import VideoSurface

SLOWEST, FASTEST = 0.5, 2.0
_LOUDEST = 100
_EARLY_END_MS = 1_000
_EARLY_END_FAST_MS = 3_000
_EARLY_END_PARTS = 10


class PlayerState(Enum):
    """What a player is doing."""

    EMPTY = auto()
    LOADING = auto()
    PAUSED = auto()
    PLAYING = auto()
    ENDED = auto()
    FAILED = auto()


class Player(QObject):
    """Plays one file at a time. Subclasses supply the library behind it.

    All of it belongs to the window's thread: signals come on it, methods are called on it. Positions
    are whole milliseconds; while playing, they only grow. `ended` comes once for each time the end is
    reached. A file that cannot be played, or breaks off well before its end, gives `failed` with a
    sentence. After `release`, a player is `EMPTY` and may not be used again.
    """

    position_changed = Signal(int)
    duration_known = Signal(int)
    state_changed = Signal(PlayerState)
    ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._surface = VideoSurface()
        self._path = Path()
        self._state = PlayerState.EMPTY
        self._position = 0
        self._duration = 0
        self._rate = 1.0
        self._volume = _LOUDEST
        self._is_muted = False
        self._plays_when_loaded = False
        self._run_from = 0
        self._run_clock = QElapsedTimer()

    @property
    def state(self) -> PlayerState:
        """What it is doing now."""
        return self._state

    @property
    def position(self) -> int:
        """Where it is, in milliseconds; after `seek`, the place asked for at once."""
        return self._position

    @property
    def duration(self) -> int:
        """How long the recording is, in milliseconds; 0 until `duration_known`."""
        return self._duration

    @property
    def rate(self) -> float:
        """How fast it plays, 0.5 to 2.0; kept from one file to the next."""
        return self._rate

    @property
    def volume(self) -> int:
        """How loud it plays, 0 to 100, muted or not."""
        return self._volume

    @property
    def is_muted(self) -> bool:
        """Whether it plays without sound."""
        return self._is_muted

    def widget(self) -> VideoSurface:
        """Return the surface that shows the pictures; black for sound alone."""
        return self._surface

    def load(self, path: Path, start_ms: int = 0) -> None:
        """Open `path`, paused at `start_ms`; `play` may follow at once."""
        self._unload()
        self._surface.clear()
        self._path = path
        self._position = max(start_ms, 0)
        self._duration = 0
        self._plays_when_loaded = False
        self._turn(PlayerState.LOADING)
        if path.is_file():
            self._open(path)
        else:
            self._breaks(_("{name} is not there any more.").format(name=path.name))

    def play(self) -> None:
        """Play on from the position; from the beginning after the end. Waits for loading."""
        if self._state is PlayerState.LOADING:
            self._plays_when_loaded = True
        elif self._state is PlayerState.ENDED:
            self.seek(0)
        if self._state is PlayerState.PAUSED:
            self._mark_run()
            self._turn(PlayerState.PLAYING)
            self._begin()

    def pause(self) -> None:
        """Stop at the position and hold the picture."""
        self._plays_when_loaded = False
        if self._state is PlayerState.PLAYING:
            self._hold()
            self._turn(PlayerState.PAUSED)

    def seek(self, position_ms: int) -> None:
        """Go to a position, playing on or staying paused; the end of a recording counts as paused."""
        if self._state in {PlayerState.EMPTY, PlayerState.FAILED}:
            return
        wanted = max(position_ms, 0)
        self._position = min(wanted, self._duration) if self._duration else wanted
        if self._state is PlayerState.ENDED:
            self._turn(PlayerState.PAUSED)
            self._reopen()
        elif self._state is not PlayerState.LOADING:
            self._mark_run()
            self._jump()
        self.position_changed.emit(self._position)

    def set_rate(self, rate: float) -> None:
        """Play slower or faster, between 0.5 and 2.0 times."""
        self._mark_run()
        self._rate = min(max(rate, SLOWEST), FASTEST)
        self._apply_rate()

    def set_volume(self, volume: int) -> None:
        """Play as loud as `volume`, 0 to 100."""
        self._volume = min(max(volume, 0), _LOUDEST)
        self._apply_sound()

    def set_muted(self, muted: bool) -> None:
        """Take the sound away or give it back."""
        self._is_muted = muted
        self._apply_sound()

    def release(self) -> None:
        """Let go of the file and of the library. Safe to call again."""
        self._unload()
        self._turn(PlayerState.EMPTY)

    # What a backend tells.

    def _is_loaded(self) -> None:
        """Take note that the file is open, paused at the position."""
        if self._state is not PlayerState.LOADING:
            return
        self._turn(PlayerState.PAUSED)
        if self._plays_when_loaded:
            self.play()

    def _lasts(self, duration: int) -> None:
        if duration > 0 and duration != self._duration:
            self._duration = duration
            self.duration_known.emit(duration)

    def _moves_to(self, position: int) -> None:
        """Take note of where playing has come to; steps back are the library's noise.

        A leap to the very end is what libraries do when a file breaks off: `_reaches_end` judges it.
        """
        if self._state is not PlayerState.PLAYING or position <= self._position:
            return
        if position < self._duration or not self._breaks_off():
            self._arrive(position)

    def _reaches_end(self) -> None:
        """Take note that the library has nothing more to play, which need not be the end."""
        if self._state is not PlayerState.PLAYING:
            return
        if self._breaks_off():
            self._breaks(_("{name} breaks off before its end.").format(name=self._path.name))
            return
        self._arrive(self._duration)
        self._turn(PlayerState.ENDED)
        self.ended.emit()

    def _breaks(self, reason: str = "") -> None:
        """Take note that the file cannot be played, and say why."""
        if self._state in {PlayerState.FAILED, PlayerState.EMPTY}:
            return
        self._unload()
        self._turn(PlayerState.FAILED)
        unknown = _("{name} cannot be played: it is damaged, cut short or of an unknown kind.")
        self.failed.emit(reason or unknown.format(name=self._path.name))

    def _turn(self, state: PlayerState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _mark_run(self) -> None:
        self._run_from = self._position
        self._run_clock.start()

    def _arrive(self, position: int) -> None:
        reached = min(position, self._duration or position)
        if reached > self._position:
            self._position = reached
            self._mark_run()
            self.position_changed.emit(reached)

    def _breaks_off(self) -> bool:
        """Tell whether an end now would come well before the end.

        Judged by the clock on the wall: the positions that libraries report lag by up to half a second
        of it, too much to tell a file that is cut short from a short one. Played fast, libVLC 3 also
        leaves out a second and more before the end.
        """
        farthest = self._run_from + round(self._run_clock.elapsed() * self._rate)
        usual = _EARLY_END_FAST_MS if self._rate > 1 else _EARLY_END_MS
        allowance = max(usual, self._duration // _EARLY_END_PARTS)
        return self._duration - farthest > allowance

    # What a backend does.

    def _open(self, path: Path) -> None:
        """Open the file; then `_lasts`, `_is_loaded` or `_breaks`."""
        raise NotImplementedError

    def _begin(self) -> None:
        """Play from the position; `_moves_to` while playing, then `_reaches_end`."""
        raise NotImplementedError

    def _hold(self) -> None:
        """Stop moving, keep the picture."""
        raise NotImplementedError

    def _jump(self) -> None:
        """Go to the position, playing or paused."""
        raise NotImplementedError

    def _reopen(self) -> None:
        """Make ready to play from the position after the end."""
        raise NotImplementedError

    def _apply_rate(self) -> None:
        """Use the rate."""
        raise NotImplementedError

    def _apply_sound(self) -> None:
        """Use the volume and the mute."""
        raise NotImplementedError

    def _unload(self) -> None:
        """Let go of the file, if any."""
        raise NotImplementedError
