"""The program's own log: a JSON line for each warning and each mistake, kept on this PC and never sent.

It lies beside the records and is not encrypted, so it tells of nobody: of a mistake it says the kind and the places in
the code that it came through, never its message, in which a name might stand.
"""

import contextlib
import json
import logging
import traceback
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from typing_extensions import override

_FOLDER, _NAME, _BEFORE = "logs", "program.jsonl", "program.1.jsonl"
_MOST_BYTES = 1_000_000
"""At which size a start puts the file aside; the one that was aside goes."""
_MOST_LINES = 2_000
"""Of one run: what breaks with every paint must not fill the disk."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One line of the log. `places` are the steps in the code, the outermost first."""

    at: datetime
    level: str
    source: str
    message: str
    places: tuple[str, ...] = ()

    @property
    def is_mistake(self) -> bool:
        """Return whether the program itself did something wrong, as against something odd that it met."""
        return self.level in {"ERROR", "CRITICAL"} and self.source.partition(".")[0] == "app"


class ProgramLog(logging.Handler):
    """Writes what is logged from WARNING up. Where it cannot write, the work goes on without it."""

    def __init__(self, folder: Path) -> None:
        """Take the data folder. Nothing is made in it before there is something to say."""
        super().__init__(logging.WARNING)
        self._path = folder / _FOLDER / _NAME
        self._left = _MOST_LINES
        with contextlib.suppress(OSError):
            if self._path.stat().st_size > _MOST_BYTES:
                self._path.replace(self._path.with_name(_BEFORE))

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if self._left and self._path.parent.parent.is_dir():
            self._left -= 1
            with contextlib.suppress(OSError):
                self._path.parent.mkdir(exist_ok=True)
                with self._path.open(
                    "a", encoding="utf-8"
                ) as file:  # each line whole: commands write, too
                    file.write(_line(record) + "\n")


def noted(folder: Path, most: int = 200) -> tuple[Noted, ...]:
    """Return the last lines of a data folder's log, the oldest first; lines that cannot be read are left out."""
    kept: deque[Noted] = deque(maxlen=most)
    for name in (_BEFORE, _NAME):
        kept.extend(_read(folder / _FOLDER / name))
    return tuple(kept)


def told(one: Noted) -> str:
    """Return what was noted on one line, for whoever looks after the program."""
    places = " > ".join(one.places)
    return " ".join(
        part
        for part in (f"{one.at:%Y-%m-%d %H:%M:%S}Z", one.level, one.source, one.message, places)
        if part
    )


def _line(record: logging.LogRecord) -> str:
    line: dict[str, object] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "source": record.name,
        "message": record.getMessage(),
    }
    if record.exc_info and record.exc_info[0] is not None:
        line |= {"mistake": record.exc_info[0].__name__, "places": _places(record.exc_info[2])}
    return json.dumps(line, ensure_ascii=False)


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"{Path(step.filename).name}:{step.lineno} {step.name}"
        for step in traceback.extract_tb(trace)
    ]


def _read(path: Path) -> Iterator[Noted]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError):
            said = json.loads(line)
            yield Noted(
                at=datetime.fromisoformat(said["at"]),
                level=str(said["level"]),
                source=str(said["source"]),
                message=" ".join((str(said["message"]), str(said.get("mistake", "")))).strip(),
                places=tuple(map(str, said.get("places", ()))),
            )
