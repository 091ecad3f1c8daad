"""Streams between files and the age library, which takes whatever reads and whatever writes.

Errors of ours that pass through the library come out as errors of its own, so they are kept here
and raised again on the other side.
"""

import hashlib
from collections.abc import Generator, Iterator
from typing import Protocol

from app.core.sync.refusals import BundleDamaged

BLOCK = 1 << 20


class Readable(Protocol):
    """Gives up to so many bytes; none at its end."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        ...


class Writable(Protocol):
    """Takes bytes, as a buffered file does."""

    def write(self, data: bytes, /) -> int:
        """Take all of `data`; return how many bytes those are."""
        ...


class Region:
    """Part of a file: from where it stands, so many bytes, after what was read of it already."""

    def __init__(self, file: Readable, length: int, already: bytes = b"") -> None:
        self._file = file
        self._left = length
        self._already = already

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        if self._already:
            given, self._already = self._already[:size], self._already[size:]
            return given
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data


class Pieces:
    """Reads pieces of bytes, made one by one, as one stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        while not self._piece:
            fresh = next(self._pieces, None)
            if fresh is None:
                return b""
            self._piece = memoryview(fresh)
        given, self._piece = self._piece[:size], self._piece[size:]
        return bytes(given)


class Hashing:
    """Passes on what is written, and knows its SHA-256 and its length."""

    def __init__(self, target: Writable) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes, /) -> int:
        """Pass on `data`."""
        self._digest.update(data)
        self.size += len(data)
        self._target.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever opened the file brings it down."""

    @property
    def digest(self) -> bytes:
        """Return the SHA-256 of what was written so far."""
        return self._digest.digest()


Steps = Generator[int, bytes, None]
"""Asks for so many bytes and is sent them, step by step."""


class Steered:
    """Hands what is written to steps that each ask for a number of bytes; holds no more than one step's."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._held = bytearray()
        self._wanted: int | None = next(steps, None)

    def write(self, data: bytes, /) -> int:
        """Take `data`. Raises BundleDamaged for more than the steps ask for, and what a step raises."""
        self._held += data
        while self._wanted is not None and len(self._held) >= self._wanted:
            piece = bytes(self._held[: self._wanted])
            del self._held[: self._wanted]
            try:
                self._wanted = self._steps.send(piece)
            except StopIteration:
                self._wanted = None
        if self._wanted is None and self._held:
            raise BundleDamaged
        return len(data)

    def flush(self) -> None:
        """Do nothing."""

    def check_finished(self) -> None:
        """Raise BundleDamaged when a step still waits for its bytes."""
        if self._wanted is not None:
            raise BundleDamaged


class Guarded:
    """Both ends of the library's work; remembers what went wrong at one of them."""

    def __init__(self, source: Readable, target: Writable) -> None:
        self._read = source.read
        self._write = target.write
        self.trouble: BaseException | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes."""
        try:
            return self._read(size)
        except BaseException as error:
            self.trouble = self.trouble or error
            raise

    def write(self, data: bytes, /) -> int:
        """Take `data`."""
        try:
            return self._write(data)
        except BaseException as error:
            self.trouble = self.trouble or error
            raise

    def flush(self) -> None:
        """Do nothing."""
