"""The threads of QtMultimedia take their leave while the window keeps the interpreter to itself."""

import ctypes
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer
from pytestqt.qtbot import QtBot

from app.ui.kit.media_threads import remember_overrides

pytestmark = pytest.mark.player

CLIP = Path(__file__).resolve().parents[2] / "support" / "media" / "clip.mp3"
TASKS = Path("/proc/self/task")
AWAITS_A_LOCK = b"202"
"""Number of the system call `futex` on x86-64: what a thread that waits for the interpreter is in."""


@pytest.fixture
def kept_interpreter() -> Iterator[None]:
    """While it lasts, only waiting or returning to Qt lets go of the interpreter."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    yield
    sys.setswitchinterval(before)


def sounding_threads() -> list[bytes]:
    """Return the paths that tell what the threads that sound are doing."""
    return [
        bytes(task / "syscall")
        for task in TASKS.iterdir()
        if (task / "comm").read_text().strip() == "QFFmpeg::AudioR"
    ]


def told_without_letting_go(path: bytes) -> bytes:
    """Read a file by plain C calls, which do not let go of the interpreter as Python's do."""
    libc = ctypes.PyDLL(None)
    libc.open.argtypes = (ctypes.c_char_p, ctypes.c_int)
    opened, told = libc.open(path, os.O_RDONLY), ctypes.create_string_buffer(64)
    length = libc.read(opened, told, 64)
    libc.close(opened)
    return told.raw[: max(length, 0)]


def tells_what_threads_do() -> bool:
    """Tell whether this is a system that says in which of its calls a thread is, on x86-64."""
    try:
        return bool(Path("/proc/self/syscall").read_bytes()) and platform.machine() == "x86_64"
    except OSError:
        return False


@pytest.mark.skipif(not tells_what_threads_do(), reason="not told here what a thread is doing")
def test_a_thread_that_ends_does_not_wait_for_the_interpreter(
    qtbot: QtBot, kept_interpreter: None
) -> None:
    player, sound = QMediaPlayer(), QAudioOutput()
    remember_overrides(player.durationChanged, sound.volumeChanged)
    player.setAudioOutput(sound)
    player.setSource(QUrl.fromLocalFile(str(CLIP)))
    player.play()
    qtbot.waitUntil(lambda: player.position() > 0 and bool(sounding_threads()), timeout=15_000)
    (thread,) = sounding_threads()

    player.setAudioOutput(None)  # the thread deletes what sounded
    ctypes.PyDLL(None).usleep(200_000)
    told = told_without_letting_go(thread)

    assert told
    assert told.split()[0] != AWAITS_A_LOCK
