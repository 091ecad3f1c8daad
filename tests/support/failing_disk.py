"""A disk that refuses: one call to the system, or all from one on; or all that makes a file longer than so much."""

import ctypes
import errno
import io
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Give a disk of so many bytes that really gets full; skip where this user may mount none."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if (
        shutil.which("mount") is None
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("mounting takes an administrator of Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, *, but_for: int = 0) -> Path:
    """Let another program's file take all of a disk, or all but so many bytes; return the file."""
    other = disk / "films.bin"
    with other.open("wb", buffering=0) as file, suppress(OSError):
        left = shutil.disk_usage(disk).free - but_for
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))
    return other


def keep_nothing_in_this_thread() -> None:
    """Let the system answer EIO to each fsync and fdatasync of this thread from now on, SQLite's too.

    A filter of system calls (seccomp): no other thread has it, and this one never loses it again.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _SYNC_CALLS:
        pytest.skip("only Linux lets a thread be refused system calls")
    fsync, fdatasync = _SYNC_CALLS[machine]
    program = (
        (0x20, 0, 0, 0),  # take the number of the call
        (0x15, 1, 0, fsync),  # one of the two: over to the refusal
        (0x15, 0, 1, fdatasync),  # neither: over it
        (0x06, 0, 0, 0x0005_0000 | errno.EIO),  # SECCOMP_RET_ERRNO
        (0x06, 0, 0, 0x7FFF_0000),  # SECCOMP_RET_ALLOW
    )
    steps = (_Step * len(program))(*(_Step(*step) for step in program))
    filter_ = _Filter(len(program), steps)
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, seccomp, by_filter = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(
        seccomp, by_filter, ctypes.byref(filter_), 0, 0
    ):
        pytest.skip("this system lets no filter be set")


_SYNC_CALLS = {"x86_64": (74, 75), "aarch64": (82, 83)}


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("jt", ctypes.c_ubyte),
        ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint),
    )


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))
