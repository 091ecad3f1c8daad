"""Answers every address of one launch: the package's files, the player's own, and calls to the records."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlSchemeHandler
from shiboken6 import isValid
from typing_extensions import override

from app.core.base.resources import resource
from app.core.base.words import _
from app.core.content import media_type_of
from app.ui.learning.web.course_files import Files
from app.ui.learning.web.engine import SCHEME
from app.ui.learning.web.walls import policy_headers

RESERVED: Final = "/.daksha/"
"""Addresses below it are the player's; a package's own folder of that name is not reached."""
MAX_CALL = 4_000_000
"""Characters of one call, percent-encoded; host.js asks for no more."""
_CALL_HEADER = QByteArray(b"X-Daksha-Call")
_OWN = {
    "frame.html": "text/html",
    "return.html": "text/html",
    "worker.js": "text/javascript",
}
_SCRIPT = b"host.js"
"""What the frame's own script is called, and what stands for it there."""
_ENCODED = QUrl.ComponentFormattingOption.FullyEncoded
_Error = QWebEngineUrlRequestJob.Error

Reply = Callable[[object], None]
"""Takes the answer, as JSON values. Called once, now or later."""
Taker = Callable[[object, Reply], None]
"""Takes a call, as untrusted JSON values of any shape, and the way to answer it."""


class Handler(QWebEngineUrlSchemeHandler):
    """Serves one launch. What a page asks for in a call is told to `on_call` and `on_ask`; before
    `serve`, there is nothing but what is the player's own. Between `hold` and `let_in` the package's
    files are asked for and not given: the engine is on its way while the records are.

    Requests carry what they say in a header: reading a request's body ends the process (PySide 6.11,
    `requestBody` of a class without type information).
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.host = ""
        """The name of the launch; empty, while there is none: then nothing is answered."""
        self._files: Files | None = None
        self._waiting: list[QWebEngineUrlRequestJob] | None = None
        self._headers = _headers_for("")
        self.on_ready: Callable[[], None] | None = None
        """Called when the frame stands."""
        self.on_call: Taker | None = None
        self.on_ask: Taker | None = None

    def serve(self, files: Files, endpoint: str) -> None:
        """Serve a package from now on, whose pages may connect to `endpoint`."""
        self._files = files
        self._headers = _headers_for(endpoint)

    def hold(self) -> None:
        """Keep waiting what asks for the package's files."""
        self._waiting = []

    @property
    def has_waiting(self) -> bool:
        """Tell whether anything waits."""
        return bool(self._waiting)

    def let_in(self) -> None:
        """Answer what has waited, and all that comes."""
        waiting, self._waiting = self._waiting, None
        for job in waiting or ():
            if isValid(job):  # the page may be gone by now
                self._answer_file(job)

    def turn_away(self) -> None:
        """Refuse what has waited."""
        waiting, self._waiting = self._waiting, None
        for job in waiting or ():
            if isValid(job):
                job.fail(_Error.RequestDenied)

    @override
    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url, initiator = job.requestUrl(), job.initiator()
        is_ours = initiator.host() == self.host and initiator.scheme() == SCHEME
        is_allowed = url.host() == self.host and (is_ours or not initiator.host())
        if not self.host or not is_allowed or job.requestMethod() != QByteArray(b"GET"):
            job.fail(_Error.RequestDenied)
        elif url.path().startswith(RESERVED):
            self._answer_own(job, url.path().removeprefix(RESERVED))
        elif self._waiting is not None:
            self._waiting.append(job)
        else:
            self._answer_file(job)

    def _answer_own(self, job: QWebEngineUrlRequestJob, name: str) -> None:
        if name == "call":
            self._pass_on(job, self.on_call)
        elif name == "ask":
            self._pass_on(job, self.on_ask)
        elif name == "ready":
            self._note_ready(job)
        elif name in _OWN:
            self._reply_bytes(job, _own(name), _OWN[name])
        else:
            self._answer_h5p(job, name)

    def _note_ready(self, job: QWebEngineUrlRequestJob) -> None:
        self._reply_bytes(job, b"", "text/plain")
        if self.on_ready is not None:
            QTimer.singleShot(0, self, self.on_ready)  # the frame goes on before anything is opened

    def _answer_h5p(self, job: QWebEngineUrlRequestJob, untrusted_name: str) -> None:
        """Answer with a file of what H5P's libraries stand on."""
        found = _files_below(resource("web", "h5p"), "h5p/").get(untrusted_name)
        if found is None:
            job.fail(_Error.UrlNotFound)
        else:
            self._reply_bytes(job, found.read_bytes(), media_type_of(found.name))

    def _answer_file(self, job: QWebEngineUrlRequestJob) -> None:
        untrusted_path = job.requestUrl().path(_ENCODED)
        found = None if self._files is None else self._files.find(untrusted_path)
        if found is None:
            self._answer_missing(job)
            return
        file = QFile(str(found.path), job)
        if not file.open(QIODevice.OpenModeFlag.ReadOnly):
            self._answer_missing(job)
            return
        job.setAdditionalResponseHeaders(self._headers)
        job.reply(QByteArray(found.media_type.encode()), file)  # random access: Qt answers ranges

    def _answer_missing(self, job: QWebEngineUrlRequestJob) -> None:
        """Say so where a page was wanted; anything else fails as it would from a server."""
        wants = job.requestHeaders().get(QByteArray(b"Accept"), QByteArray())
        if not wants.startsWith(QByteArray(b"text/html")):
            job.fail(_Error.UrlNotFound)
            return
        words = _(
            "This part of the course is missing. Tell your trainer, and go on with another part."
        )
        page = f"<!doctype html><meta charset=utf-8><title>404</title><p style='font:16px sans-serif;padding:2em'>{words}"
        self._reply_bytes(job, page.encode(), "text/html")

    def _pass_on(self, job: QWebEngineUrlRequestJob, taker: Taker | None) -> None:
        untrusted_header = job.requestHeaders().get(_CALL_HEADER, QByteArray())
        if taker is None or not 0 < untrusted_header.size() <= MAX_CALL:
            job.fail(_Error.RequestDenied)
            return
        try:
            # Qt's own: Python's takes half a second of the window's thread for a megabyte of JSON
            written = QByteArray.fromPercentEncoding(untrusted_header)
            said = json.loads(bytes(written.data()).decode())
        except (ValueError, RecursionError):
            job.fail(_Error.RequestFailed)
            return

        def reply(answer: object) -> None:
            if isValid(job):  # the page may be gone by now
                self._reply_bytes(job, json.dumps(answer).encode(), "application/json")

        taker(said, reply)

    def _reply_bytes(self, job: QWebEngineUrlRequestJob, content: bytes, media_type: str) -> None:
        buffer = QBuffer(job)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.setAdditionalResponseHeaders(self._headers)
        job.reply(QByteArray(media_type.encode()), buffer)


def _headers_for(endpoint: str) -> Any:  # a map of lists, whatever the stub says
    return {
        QByteArray(name): [QByteArray(value)] for name, value in policy_headers(endpoint).items()
    }


@cache
def _own(name: str) -> bytes:
    """Return a file of the player's; the frame brings its script along, which saves a way there and back."""
    content = resource("web", "player", name).read_bytes()
    if name != "frame.html":
        return content
    script = resource("web", "player", _SCRIPT.decode()).read_bytes()
    return content.replace(b"<script>" + _SCRIPT, b"<script>" + script)


def _files_below(folder: Path, prefix: str) -> dict[str, Path]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {prefix + file.relative_to(folder).as_posix(): file for file in found}
