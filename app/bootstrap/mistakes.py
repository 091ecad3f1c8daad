"""Mistakes of the program, and what Qt has to say, go into the program's log; people are told of mistakes."""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from app.core.base.program_log import ProgramLog

_log = logging.getLogger(__name__)
_qt = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_QUIET_SECONDS = 30
"""A mistake in painting comes again with every paint, and telling of it paints."""


@contextmanager
def kept_log(folder: Path) -> Iterator[None]:
    """Keep the log of a data folder, with what Qt would print otherwise."""
    kept = ProgramLog(folder)
    logging.getLogger().addHandler(kept)
    before = qInstallMessageHandler(_note_qt)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
        logging.getLogger().removeHandler(kept)


@contextmanager
def noted_mistakes(tell: Callable[[], None]) -> Iterator[None]:
    """Note each exception that nobody took, on any thread; `tell` of those on the window's thread, not all the time."""
    before, before_on_threads = sys.excepthook, threading.excepthook
    quiet_until = 0.0

    def note(
        kind: type[BaseException], mistake: BaseException, trace: TracebackType | None
    ) -> None:
        nonlocal quiet_until
        before(kind, mistake, trace)
        if not issubclass(kind, Exception):
            return
        _log.critical("a mistake of the program", exc_info=(kind, mistake, trace))
        if threading.current_thread() is threading.main_thread() and time.monotonic() > quiet_until:
            quiet_until = time.monotonic() + _QUIET_SECONDS
            tell()

    def note_on_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            note(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook, threading.excepthook = note, note_on_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before, before_on_threads


def _note_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = _LEVELS.get(kind, logging.DEBUG)
    _qt.log(level, "%s: %s", context.category or "default", message)
