"""The folder into which HR drops its files: each that a saved mapping is like becomes a waiting dry run.

Which folder it is, is a matter of this PC: it lies in a file beside the records. Files are known again
by their hash, and are never moved or deleted. Nothing is applied by itself, unless somebody switched
that on, and then only files that do nothing but add a few people.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from errno import ENOENT
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound, UserFacingError
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
ENDINGS = (".csv", ".txt", ".xlsx", ".xls")
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


class HrFolder:
    """Keeps the choice, and looks into the folder. Who may: as for imports."""

    def __init__(self, site: Site, imports: PeopleImport, data: Path) -> None:
        self._site = site
        self._imports = imports
        self._path = data / _FILE
        self._looked_at: dict[Path, tuple[int, int]] = {}
        """Size and time of change of files whose hash is known: they are not read again."""

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
            applied = {
                file["sha256"] for files in session.scalars(sa.select(ImportRunRow.files)) for file in files
            }  # fmt: skip
            newest = sa.select(WatchedFileRow).order_by(WatchedFileRow.seen_at.desc())
            rows = session.scalars(newest.limit(_MOST_FILES))
            return tuple(_told(row, is_applied=row.sha256 in applied) for row in rows)

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

    def _unread(self, folder: Path) -> Iterator[tuple[Path, bytes]]:
        """Yield the files that have come or changed since they were looked at."""
        for path in sorted(folder.iterdir())[:_MOST_FILES]:
            if path.suffix.casefold() not in ENDINGS or path.name.startswith(_HALF_WRITTEN):
                continue
            about = path.stat()
            mark = (about.st_size, about.st_mtime_ns)
            if not path.is_file() or about.st_size > MAX_BYTES or self._looked_at.get(path) == mark:
                continue
            content = path.read_bytes()
            self._looked_at[path] = mark
            yield path, content

    def _look_at(self, actor: Actor, path: Path, content: bytes, choice: HrFolderChoice) -> bool:
        sha256 = hashlib.sha256(content).hexdigest()
        with self._site.read() as session:
            if session.get(WatchedFileRow, sha256) is not None:
                return False
        row = WatchedFileRow(
            sha256=sha256, path=str(path), seen_at=self._site.clock.now(), counts={}, words=""
        )
        row.mapping = ""
        try:
            plan = self._plan(actor, path, content)
            row.mapping, row.counts = plan.mapping.name, counts_of(plan)
            row.state = _state(plan)
            if choice.applies_additions and _only_adds(plan):
                self._imports.apply(actor, plan)
                row.state = WatchedState.APPLIED
        except UserFacingError as refusal:
            row.state, row.words = WatchedState.REFUSED, refusal.sentence
        with self._site.transaction(actor, "hr-folder.look") as unit:
            unit.add(row)
            unit.topics.add("watched_file")
        return True

    def _plan(self, actor: Actor, path: Path, content: bytes) -> PeoplePlan:
        hr_set = self._imports.read(actor, [GivenFile(name=path.name, content=content)])
        return self._imports.look(actor, hr_set, ImportWish(leavers={}, returning=frozenset()))


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


def _told(row: WatchedFileRow, *, is_applied: bool) -> WatchedFile:
    return WatchedFile(
        sha256=row.sha256,
        path=Path(row.path),
        state=WatchedState.APPLIED if is_applied else row.state,
        seen_at=row.seen_at,
        mapping=row.mapping,
        counts=dict[str, Any](row.counts),
        words=row.words,
    )


def _require(folder: Path) -> None:
    if not folder.is_dir():
        raise HrFolderUnreachable(folder, OSError(ENOENT, os.strerror(ENOENT)))
