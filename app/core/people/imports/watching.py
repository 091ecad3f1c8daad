"""The folder into which HR drops its files: each that a saved mapping is like becomes a waiting dry run.

Which folder it is, is a matter of this PC: it lies in a file beside the records. Files are known again
by their hash, unless HR writes the same anew, and are never moved or deleted. Nothing is applied by itself, unless somebody switched
that on, and then only files that do nothing but add a few people.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from errno import ENOENT
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.figures import size
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.journal import Site
from app.core.people.imports.plan import PeoplePlan
from app.core.people.imports.runs import counts_of
from app.core.people.imports.service import PeopleImport
from app.core.people.imports.wish import ImportWish
from app.core.people.models import ImportRunRow, WatchedFileRow, WatchedState
from app.core.spreadsheets import MAX_BYTES, GivenFile
from app.core.storage.faults import told_plainly

_FILE = "hr_folder.json"
_MOST_BYTES = 100_000
_MOST_FILES = 200
"""So many are looked at in one round, and told."""
ENDINGS = (".csv", ".txt", ".xlsx", ".xls")
_REST_SECONDS = 60
_APPLIED = "applied before"
"""Among a file's counts: how often the same had been applied when it came."""
_HALF_WRITTEN = ("~$", ".")
"""How names begin of files that a program has open, or hides."""


class HrFolderUnreachable(UserFacingError):
    """The folder that HR drops files into does not answer."""

    def __init__(self, folder: Path, refusal: OSError) -> None:
        super().__init__(
            _("The folder for HR files, {folder}, cannot be reached. {reason}").format(
                folder=folder, reason=why_refused(refusal)
            ),
            safe=_("Nothing was imported; it is looked at again."),
            remedy=_("See to the network, or choose another folder."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HrFolderChoice:
    """Which folder is watched (None: none), and whether files that only add people are applied at once."""

    folder: Path | None = None
    applies_additions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFile:
    """A file of the folder that was looked at."""

    sha256: str
    path: Path
    state: WatchedState
    seen_at: datetime
    mapping: str
    counts: dict[str, int]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """Something in the folder that nobody looks at, and why."""

    path: Path
    words: str


class HrFolder:
    """Keeps the choice, and looks into the folder. Who may: as for imports."""

    def __init__(self, site: Site, imports: PeopleImport, data: Path) -> None:
        self._site = site
        self._imports = imports
        self._path = data / _FILE
        self._looked_at: dict[Path, tuple[int, int]] = {}
        """Time of change and size of files whose hash is known: they are not read again."""
        self._seen: dict[Path, tuple[int, int]] = {}
        """Those of files that had come at the last look, and perhaps not as a whole."""

    @property
    def choice(self) -> HrFolderChoice:
        """Return what was chosen; a file that cannot be read is as good as none."""
        try:
            if self._path.stat().st_size > _MOST_BYTES:
                return HrFolderChoice()
            untrusted = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return HrFolderChoice()
        if not isinstance(untrusted, dict) or not isinstance(untrusted.get("folder"), str):
            return HrFolderChoice()
        return HrFolderChoice(
            folder=Path(untrusted["folder"]) if untrusted["folder"] else None,
            applies_additions=untrusted.get("applies_additions") is True,
        )

    def choose(self, actor: Actor, choice: HrFolderChoice) -> None:
        """Watch a folder from now on, or none. Raises HrFolderUnreachable."""
        actor.require(Capability.MANAGE_PEOPLE)
        if choice.folder is not None:
            _require(choice.folder)
        plain = {
            "folder": str(choice.folder) if choice.folder else "",
            "applies_additions": choice.applies_additions,
        }
        part = self._path.with_suffix(".part")
        with told_plainly():
            part.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
            part.replace(self._path)
        self._looked_at.clear()

    def look(self, actor: Actor) -> int:
        """Look at what is new in the folder; return how many files that were.

        Raises HrFolderUnreachable.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        choice = self.choice
        if choice.folder is None:
            return 0
        _require(choice.folder)
        fresh = 0
        try:
            for path, content in self._unread(choice.folder):
                fresh += self._look_at(actor, path, content, choice)
        except OSError as refusal:
            raise HrFolderUnreachable(choice.folder, refusal) from refusal
        return fresh

    def files(self, actor: Actor) -> tuple[WatchedFile, ...]:
        """Return the files that were looked at, newest first, as they stand now."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.read() as session:
            applied = _times_applied(session)
            newest = sa.select(WatchedFileRow).order_by(WatchedFileRow.seen_at.desc())
            rows = session.scalars(newest.limit(_MOST_FILES))
            newest_of: dict[str, WatchedFileRow] = {}
            for row in rows:  # of what stood under one name the newest alone is there
                newest_of.setdefault(row.path, row)
            return tuple(_told(row, applied[row.sha256]) for row in newest_of.values())

    def not_taken(self, actor: Actor) -> tuple[NotTaken, ...]:
        """Return what lies in the folder and is not looked at, by name, and why; () without a folder.

        Raises HrFolderUnreachable.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        folder = self.choice.folder
        if folder is None:
            return ()
        _require(folder)
        try:
            found = [
                NotTaken(path=path, words=words)
                for path in sorted(_files(folder))
                if (words := _why_not(path) or self._why_not_yet(path))
            ]
        except OSError as refusal:
            raise HrFolderUnreachable(folder, refusal) from refusal
        return tuple(found[:_MOST_FILES])

    def waiting(self, actor: Actor) -> tuple[WatchedFile, ...]:
        """Return the files that somebody is to look at and that are still there, newest first."""
        return tuple(
            one
            for one in self.files(actor)
            if one.state in {WatchedState.WAITING, WatchedState.STRANGE} and one.path.is_file()
        )

    def file(self, actor: Actor, sha256: str) -> GivenFile:
        """Return a watched file, if it still is what was looked at. Raises NotFound."""
        for one in self.files(actor):
            if one.sha256 == sha256:
                try:
                    content = one.path.read_bytes()
                except OSError as refusal:
                    raise NotFound(one.path.name) from refusal
                if hashlib.sha256(content).hexdigest() != sha256:
                    break  # HR wrote another in its place, which has a line of its own
                return GivenFile(name=one.path.name, content=content)
        raise NotFound(sha256)

    def dismiss(self, actor: Actor, sha256: str) -> None:
        """Let a file wait no longer; it is not looked at again. Raises NotFound."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.transaction(actor, "hr-folder.dismiss") as unit:
            row = unit.get(WatchedFileRow, sha256)
            if row is None:
                raise NotFound(sha256)
            row.state = WatchedState.DISMISSED
            unit.topics.add("watched_file")

    def _why_not_yet(self, path: Path) -> str:
        mark = _mark(path)
        if self._looked_at.get(path) == mark or self._rests(mark):
            return ""
        return _("It has only just come: it is looked at once nobody writes to it any more.")

    def _unread(self, folder: Path) -> Iterator[tuple[Path, bytes]]:
        """Yield the files that have come or changed since they were looked at."""
        fresh = [
            (mark, path)
            for path in _files(folder)
            if not _why_not(path) and self._looked_at.get(path) != (mark := _mark(path))
        ]
        before, self._seen = self._seen, {path: mark for mark, path in fresh}
        resting = [one for one in fresh if before.get(one[1]) == one[0] or self._rests(one[0])]
        for mark, path in sorted(resting)[:_MOST_FILES]:  # the oldest first; the others next time
            content = path.read_bytes()
            self._looked_at[path] = mark
            yield path, content

    def _rests(self, mark: tuple[int, int]) -> bool:
        """Tell whether nobody has written to a file for a while: what is being copied is not whole."""
        return self._site.clock.now().timestamp() - mark[0] / 1e9 > _REST_SECONDS

    def _look_at(self, actor: Actor, path: Path, content: bytes, choice: HrFolderChoice) -> bool:
        sha256 = hashlib.sha256(content).hexdigest()
        with self._site.read() as session:
            before = session.get(WatchedFileRow, sha256)
            if before is not None and not _came_again(session, before, path):
                return False
            at = _later_than_all(session, self._site.clock.now())
            times = _times_applied(session)[sha256]
        row = WatchedFileRow(sha256=sha256, path=str(path), seen_at=at, counts={}, words="")
        row.mapping = ""
        try:
            plan = self._plan(actor, path, content)
            row.mapping, row.counts = plan.mapping.name, {**counts_of(plan), _APPLIED: times}
            row.state = _state(plan)
            if choice.applies_additions and _only_adds(plan):
                self._imports.apply(actor, plan)
                row.state = WatchedState.APPLIED
        except UserFacingError as refusal:
            row.state, row.words = WatchedState.REFUSED, refusal.sentence
        with self._site.transaction(actor, "hr-folder.look") as unit:
            unit.merge(row)
            unit.topics.add("watched_file")
        return True

    def _plan(self, actor: Actor, path: Path, content: bytes) -> PeoplePlan:
        hr_set = self._imports.read(actor, [GivenFile(name=path.name, content=content)])
        return self._imports.look(actor, hr_set, ImportWish(leavers={}, returning=frozenset()))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith(_HALF_WRITTEN))


def _mark(path: Path) -> tuple[int, int]:
    """Return when a file was written, in ns, and its size in bytes: another file has others."""
    about = path.stat()
    return about.st_mtime_ns, about.st_size


def _why_not(path: Path) -> str:
    """Return why nothing of a file is looked at; "" where it is. Raises OSError."""
    if not path.is_file():
        return _("A folder: put its files beside it.") if path.is_dir() else _("This is no file.")
    if path.suffix.casefold() not in ENDINGS:
        return _("Not of a kind that is read: save it as XLSX, XLS or CSV.")
    if path.stat().st_size > MAX_BYTES:
        return _("Larger than {size}.").format(size=size(MAX_BYTES))
    return ""


def _later_than_all(session: Session, now: datetime) -> datetime:
    """Return the moment of a look: after every other one, also where the clock stands or goes back."""
    last = session.scalar(sa.select(sa.func.max(WatchedFileRow.seen_at)))
    return now if last is None or now > last else last + timedelta(microseconds=1)


def _came_again(session: Session, known: WatchedFileRow, path: Path) -> bool:
    """Tell whether HR wrote again what it had written before: in the place of something else, or later.

    What is the same as on Monday may undo what came on Tuesday.
    """
    if known.path == str(path):
        newest = sa.select(WatchedFileRow.sha256).where(WatchedFileRow.path == str(path))
        newest = newest.order_by(WatchedFileRow.seen_at.desc(), WatchedFileRow.sha256)
        return session.scalar(newest.limit(1)) != known.sha256
    try:
        return _mark(path) > _mark(Path(known.path))
    except OSError:
        return True  # the other is there no longer


def _state(plan: PeoplePlan) -> WatchedState:
    if not plan.mapping.name:
        return WatchedState.STRANGE
    undecided = plan.errors or plan.gone or plan.returning or plan.moving_later
    is_same = plan.does_nothing and not undecided
    return WatchedState.SAME if is_same else WatchedState.WAITING


def _only_adds(plan: PeoplePlan) -> bool:
    """Tell whether a file of a saved mapping does nothing but add people, and few."""
    here = plan.here
    undecided = plan.errors or plan.returning or plan.moving_later
    is_clear = not (undecided or plan.open_day or plan.unknown_words)
    adds = bool(plan.mapping.name and plan.new) and not (plan.changed or plan.gone)
    return is_clear and adds and not plan.mapping.threshold.is_passed(len(plan.new), here)


def _times_applied(session: Session) -> Counter[str]:
    """Return how often each file was applied, by its hash."""
    runs = session.scalars(sa.select(ImportRunRow.files))
    return Counter(file["sha256"] for files in runs for file in files)


def _told(row: WatchedFileRow, times_applied: int) -> WatchedFile:
    counts = dict[str, Any](row.counts)
    is_applied = times_applied > counts.pop(_APPLIED, 0)  # what came again is not yet
    return WatchedFile(
        sha256=row.sha256,
        path=Path(row.path),
        state=WatchedState.APPLIED if is_applied else row.state,
        seen_at=row.seen_at,
        mapping=row.mapping,
        counts=counts,
        words=row.words,
    )


def _require(folder: Path) -> None:
    if not folder.is_dir():
        raise HrFolderUnreachable(folder, OSError(ENOENT, os.strerror(ENOENT)))
