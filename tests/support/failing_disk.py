"""A disk that refuses: one call to the system, or all from one on; or all that makes a file longer than so much."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_CALLS = ("fsync", "replace", "rename", "mkdir", "unlink")
_WRITES = set("wax+")


class FailingDisk:
    """Stands between the program and the system; SQLite's own calls go past it."""

    def __init__(self, fails_at: int | None, *, stays: bool, code: int) -> None:
        """Refuse the call of a number, and all after it if it `stays` so; None: refuse nothing."""
        self.calls = 0
        self._fails_at, self._stays, self._code = fails_at, stays, code

    def put_up(self, patch: pytest.MonkeyPatch) -> None:
        """Let every call go through here."""
        for name in _CALLS:
            patch.setattr(os, name, self._refusing(getattr(os, name)))
        real = io.open

        def opened(file: Any, mode: str = "r", *others: Any, **named: Any) -> Any:
            if not _WRITES & set(mode):
                return real(file, mode, *others, **named)
            self._count(file)
            return _File(real(file, mode, *others, **named), self._count)

        patch.setattr(io, "open", opened)

    def _refusing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self._count(given[0])
            return real(*given, **named)

        return call

    def _count(self, what: object) -> None:
        number, self.calls = self.calls, self.calls + 1
        if self._fails_at is None or number < self._fails_at:
            return
        if self._stays or number == self._fails_at:
            name = str(what) if isinstance(what, (str, Path)) else None
            raise OSError(self._code, os.strerror(self._code), name)


class _File:
    """A file whose writing may be refused."""

    def __init__(self, file: Any, count: Callable[[object], None]) -> None:
        self._file, self._count = file, count

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *_ending: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def write(self, data: Any) -> Any:
        """Write, unless it is refused."""
        self._count(self._file.name)
        return self._file.write(data)


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Let the system refuse whatever would make a file longer: SQLite's files too."""
    resource = pytest.importorskip("resource", reason="Windows has no limit of this kind")
    usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))
