"""Lesson sources: which file becomes which lesson. One object per kind of file, in one tuple.

The quiz source lives above, in assessments, and is handed in by bootstrap.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.core.base.progress import Progress
from app.core.content import AssetStore, LookedOver, Staging
from app.core.courses.outline import LessonPlan
from app.core.journal import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the folder that is being imported."""

    path: Path
    untrusted_name: str
    """Relative to the folder, as it is called there."""
    title: str
    """From the name, without order prefix, language infix and ending."""
    language: str | None
    """From an infix such as `.hi.`; None when the name has none."""
    told_apart: str = ""
    """Its language, where other files say the same in others; set before it is stored."""
    root: Path | None = None
    """The folder that is being imported, beyond which nothing is read; None: the file alone."""
    course_title: str = ""
    """Of the course that it becomes part of, as `course.toml` or the folder calls it; untrusted."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """What `course.toml` says for lessons of this kind; untrusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something the import report says of a file; a blocking one keeps its lesson out."""

    file: str
    text: str
    blocks: bool = False
    omits: bool = False
    """Whether a part of the lesson stays out: somebody has to say that the rest is wanted."""
    line: int | None = None

    @property
    def keeps_out(self) -> bool:
        """Tell whether the file, or a part of it, is not imported."""
        return self.blocks or self.omits

    @property
    def told(self) -> str:
        """Return it on one line, with the file it is about named once."""
        if not self.file or (self.line is None and self.text.startswith(self.file)):
            return self.text
        return f"{self.file if self.line is None else f'{self.file}:{self.line}'}: {self.text}"


@dataclass(frozen=True, slots=True)
class FileToKeep:
    """A file that `store` will add to the asset store. The import copies it in beforehand."""

    path: Path
    media_type: str


class PackedFiles(Protocol):
    """Files that lie in another file: an archive, unpacked while the import copies."""

    @property
    def size(self) -> int:
        """Return the bytes that will be written."""
        ...

    def copy_in(self, staging: Staging, progress: Progress) -> object:
        """Write everything into the staging; return what `store` wants as `LessonDraft.parsed`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonDraft:
    """What a source made of one file, before anything is written."""

    plan: LessonPlan
    findings: tuple[Finding, ...] = ()
    files: tuple[FileToKeep, ...] = ()
    """Everything that `store` adds with `assets.add_file`; none of these is a lesson of its own."""
    contents: tuple[bytes, ...] = field(default=(), repr=False)
    """What `store` adds with `assets.add_bytes`; written beforehand likewise."""
    packed: PackedFiles | None = field(default=None, repr=False)
    """What lies in the file itself and is unpacked beforehand; no lock is held meanwhile."""
    description: str = ""
    """What the file says of itself; for a course that is this one file."""
    package: LookedOver | None = field(default=None, repr=False)
    """What a package is; None for everything else."""
    is_foreign: bool = False
    """Whether the file is something else after all, and nobody's trouble: it is not used."""
    has_languages: bool = False
    """Whether files in other languages join the lesson through its body rather than as variants."""
    parsed: object = field(default=None, repr=False)
    """What the source wants back when the import is applied."""


class LessonSource(Protocol):
    """Turns files of some kinds into lessons."""

    kind: str
    """The lesson kind it makes."""
    suffixes: frozenset[str]
    """Lower-case, with the dot."""

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:
        """Look at a file and say what lesson it would be. Writes nothing."""
        ...

    def store(
        self, unit: Unit, assets: AssetStore, file: SourceFile, draft: LessonDraft
    ) -> LessonPlan:
        """Keep what the lesson needs (assets, questions) and return its final plan.

        The write lock is held: nothing slow. Files named in `draft.files` are only moved.
        """
        ...


def is_blocked(draft: LessonDraft) -> bool:
    """Tell whether something found keeps the lesson out."""
    return any(finding.blocks for finding in draft.findings)
