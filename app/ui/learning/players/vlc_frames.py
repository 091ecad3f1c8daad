"""Pictures that libVLC draws into memory, for the window's thread to fetch.

libVLC calls from its own threads; the functions here only fill buffers and count. They call neither
Qt nor libVLC.
"""

import ctypes
from ctypes import CFUNCTYPE, POINTER, c_char, c_uint, c_void_p
from typing import Any

from PySide6.QtGui import QImage

_BUFFERS = 4
_BYTES_PER_PIXEL = 4
_LARGEST_WIDTH, _LARGEST_HEIGHT = 1920, 1080

_Numbers = POINTER(c_uint)
_Format = CFUNCTYPE(
    c_uint, POINTER(c_void_p), POINTER(c_char), _Numbers, _Numbers, _Numbers, _Numbers
)
_CleanUp = CFUNCTYPE(None, c_void_p)
_Lock = CFUNCTYPE(c_void_p, c_void_p, POINTER(c_void_p))
_Unlock = CFUNCTYPE(None, c_void_p, c_void_p, POINTER(c_void_p))
_Display = CFUNCTYPE(None, c_void_p, c_void_p)


class VlcFrames:
    """A ring of buffers that libVLC fills. Must live until the player is released."""

    def __init__(self) -> None:
        self._buffers: list[ctypes.Array[ctypes.c_ubyte]] = []
        self._size = (0, 0)
        self._visible_size = (0, 0)
        self._next = 0
        self._shown = 0
        self._count = 0
        self._fetched = 0
        self._begun = 0
        self._callbacks = (
            _Lock(self._lock),
            _Unlock(self._unlock),
            _Display(self._display),
            _Format(self._set_up),
            _CleanUp(self._clean_up),
        )

    def attach(self, library: Any, player: Any) -> None:  # ctypes objects of python-vlc
        """Make `player` draw here."""
        lock, unlock, display, set_up, clean_up = self._callbacks
        # python-vlc's own prototypes of these two cannot be called back into (3.0.21203).
        set_callbacks = library["libvlc_video_set_callbacks"]
        set_callbacks.argtypes = [c_void_p, _Lock, _Unlock, _Display, c_void_p]
        set_callbacks.restype = None
        set_callbacks(player, lock, unlock, display, None)
        set_format = library["libvlc_video_set_format_callbacks"]
        set_format.argtypes = [c_void_p, _Format, _CleanUp]
        set_format.restype = None
        set_format(player, set_up, clean_up)

    def expect(self, width: int, height: int) -> None:
        """Draw pictures of this size, scaled down to full HD; libVLC knows only padded sizes."""
        shrink = min(1.0, _LARGEST_WIDTH / max(width, 1), _LARGEST_HEIGHT / max(height, 1))
        self._visible_size = (max(round(width * shrink), 1), max(round(height * shrink), 1))
        self._fetched = self._count

    def count_anew(self) -> None:
        """Count the pictures that are drawn from now on."""
        self._begun = self._count

    @property
    def drawn(self) -> int:
        """How many pictures were drawn since the counting began."""
        return self._count - self._begun

    def fetch(self) -> QImage | None:
        """Return the newest picture, or None when it was fetched before."""
        if self._count == self._fetched or not self._buffers:
            return None
        self._fetched = self._count
        width, height = self._size
        buffer = memoryview(self._buffers[self._shown])
        stride = width * _BYTES_PER_PIXEL
        return QImage(buffer, width, height, stride, QImage.Format.Format_RGB32).copy()

    def _set_up(
        self, _opaque: Any, chroma: Any, width: Any, height: Any, pitches: Any, lines: Any
    ) -> int:  # ctypes pointers
        width[0], height[0] = self._size = self._visible_size
        ctypes.memmove(chroma, b"RV32", 4)
        pitches[0], lines[0] = width[0] * _BYTES_PER_PIXEL, height[0]
        size = pitches[0] * lines[0]
        self._buffers = [(ctypes.c_ubyte * size)() for _ in range(_BUFFERS)]
        return 1

    def _clean_up(self, _opaque: Any) -> None:  # ctypes pointer
        """Keep the buffers: the last picture stays on the screen."""

    def _lock(self, _opaque: Any, planes: Any) -> int:  # ctypes pointers
        self._next = (self._next + 1) % _BUFFERS
        planes[0] = ctypes.addressof(self._buffers[self._next])
        return self._next + 1

    def _unlock(self, _opaque: Any, _picture: Any, _planes: Any) -> None:  # ctypes pointers
        """Nothing to give back: a buffer is reused three pictures later."""

    def _display(self, _opaque: Any, picture: Any) -> None:  # ctypes pointer
        self._shown = (picture or 1) - 1
        self._count += 1
