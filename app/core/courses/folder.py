"""The folder that somebody drops: what lies in it, within limits. Links are not followed."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.progress import Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.courses.names import natural_key, visible
from app.core.courses.sources import Finding

_IGNORED = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "@eadir"})
_OFFICE_LOCK = "~$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one folder may hold."""

    files: int = 2_000
    depth: int = 8
    file_bytes: int = 4 << 30
    total_bytes: int = 64 << 30
    lessons: int = 500
    room_left: int = 200_000_000
    """What an import leaves free on the disk."""


class FolderRefused(UserFacingError):
    """What was given cannot become a course at all."""

    def __init__(self, happened: str, remedy: str = "") -> None:
        super().__init__(happened, safe=_("Nothing was imported."), remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file of the folder. `name` is shown and compared, never opened."""

    path: Path
    name: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFolder:
    """Everything that lies in a folder, in the order people sort names."""

    root: Path
    title: str
    files: tuple[FoundFile, ...]
    findings: tuple[Finding, ...]

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(file.size for file in self.files)


def look_through(path: Path, limits: Limits, progress: Progress) -> FoundFolder:
    """List a folder, or a single file as if it were one. Raises FolderRefused."""
    try:
        is_file = path.is_file()
        if not is_file and not path.is_dir():
            raise FolderRefused(
                _("{name} is not there.").format(name=visible(path.name or str(path))),
                _("Check the path and that the stick is plugged in."),
            )
    except OSError as refusal:
        raise FolderRefused(_unreadable(path, refusal)) from refusal
    whole = path.absolute()
    if is_file:
        search = _Search(whole.parent, limits, progress)
        search.take_file(whole, whole.stat())
        title = whole.stem
    else:
        search = _Search(whole, limits, progress)
        search.enter(whole, 1)
        title = whole.name
    found = FoundFolder(
        root=search.root,
        title=title,
        files=tuple(sorted(search.files, key=lambda file: natural_key(file.name))),
        findings=tuple(search.findings),
    )
    _check(found, limits)
    return found


def _check(found: FoundFolder, limits: Limits) -> None:
    if not found.files and not found.findings:
        raise FolderRefused(
            _("{name} is empty.").format(name=visible(found.title)),
            _("Put videos, PDFs, pages or pictures into it and try again."),
        )
    if found.size > limits.total_bytes:
        raise FolderRefused(
            _("{name} holds {total}; a course may have {limit}.").format(
                name=visible(found.title), total=size(found.size), limit=size(limits.total_bytes)
            ),
            _("Split it into several courses."),
        )


class _Search:
    """Walks a folder depth first, counting as it goes."""

    def __init__(self, root: Path, limits: Limits, progress: Progress) -> None:
        self.root = root
        self.files: list[FoundFile] = []
        self.findings: list[Finding] = []
        self._limits = limits
        self._progress = progress
        self._seen = 0

    def enter(self, folder: Path, depth: int) -> None:
        if depth > self._limits.depth:
            self._report(folder, _("Folders this deep are left out."))
            return
        try:
            for entry in self._entries(folder):
                self._take(entry, depth)
        except OSError as refusal:
            self._report(folder, _unreadable(folder, refusal), blocks=True)

    def take_file(self, path: Path, facts: os.stat_result) -> None:
        if facts.st_size > self._limits.file_bytes:
            text = _("It is larger than {limit} and is left out.")
            self._report(path, text.format(limit=size(self._limits.file_bytes)), blocks=True)
            return
        name = self._name(path)
        if name != visible(name) and visible(name).count("?") > name.count("?"):
            self._report(path, _("Its name cannot be read. Rename it."), blocks=True)
            return
        self.files.append(
            FoundFile(
                path=path, name=visible(name), size=facts.st_size, changed_ns=facts.st_mtime_ns
            )
        )

    def _entries(self, folder: Path) -> Iterator["os.DirEntry[str]"]:
        with os.scandir(folder) as entries:
            for entry in entries:
                self._seen += 1
                if self._seen > self._limits.files:
                    raise FolderRefused(
                        _(
                            "The folder holds more than {limit} files, too many for a course."
                        ).format(limit=number(self._limits.files)),
                        _("Choose the folder of one course, or split it."),
                    )
                yield entry

    def _take(self, entry: "os.DirEntry[str]", depth: int) -> None:
        if _is_ignored(entry.name):
            return
        path = Path(entry.path)
        self._progress.step(self._seen, 0, visible(entry.name))
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError as refusal:
            self._report(path, _unreadable(path, refusal), blocks=True)
            return
        if stat.S_ISLNK(facts.st_mode):
            self._report(path, _("It is a link to another place and is left out."))
        elif stat.S_ISDIR(facts.st_mode):
            self.enter(path, depth + 1)
        elif stat.S_ISREG(facts.st_mode):
            self.take_file(path, facts)
        else:
            self._report(path, _("It is not a file and is left out."))

    def _report(self, path: Path, text: str, *, blocks: bool = False) -> None:
        self.findings.append(Finding(file=visible(self._name(path)), text=text, blocks=blocks))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _is_ignored(untrusted_name: str) -> bool:
    """Tell what operating systems and office programs leave behind."""
    return untrusted_name.startswith((".", _OFFICE_LOCK)) or untrusted_name.casefold() in _IGNORED


def _unreadable(path: Path, refusal: OSError) -> str:
    return _("{name} could not be read. {reason}").format(
        name=visible(path.name), reason=why_refused(refusal)
    )
