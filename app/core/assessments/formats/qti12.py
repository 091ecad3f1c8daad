"""QTI 1.2: a file, a package of Canvas or another system, or a pool of Blackboard."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import ClassVar
from xml.etree.ElementTree import Element

from app.core.assessments.formats.addresses import unquote
from app.core.assessments.formats.assembling import Made, Source
from app.core.assessments.formats.base import (
    DEFAULT_LIMITS,
    BankFileTooLarge,
    BankImport,
    BankLimits,
    NotThisFormat,
    TooManyQuestions,
)
from app.core.assessments.formats.markup_xml import Rename
from app.core.assessments.formats.moodle_texts import FilesFound
from app.core.assessments.formats.qti12_items import read_item
from app.core.assessments.formats.xml_reading import looks_like, parse, within
from app.core.assessments.markup import PLUGIN_FILE
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.content import Archive, ArchiveRefused, Entry

_ZIP = b"PK\x03\x04"
_ROOT = "questestinterop"
_HEAD = 4096
_MEDIA_BYTES = 50 * 1024 * 1024
_SUFFIXES = {".xml", ".dat", ".qti"}
"""Blackboard calls its files res00001.dat."""


class Qti12:
    """QTI 1.2 files, packages and Blackboard pools. They are read only."""

    key: ClassVar[str] = "qti-1.2"
    title: ClassVar[str] = mark("QTI 1.2 or Blackboard pool")
    suffixes: ClassVar[tuple[str, ...]] = (".xml", ".zip", ".dat")
    becomes_lesson: ClassVar[bool] = False

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is such a file, or an archive in which one lies."""
        lower = name.lower()
        if lower.endswith((".xml", ".dat")):
            return looks_like(untrusted, _ROOT)
        if not lower.endswith(".zip") or not untrusted.startswith(_ZIP):
            return False
        try:
            with Archive(BytesIO(untrusted), name=name) as archive:
                return any(True for _entry in _entries(archive))
        except ArchiveRefused:
            return False

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the file holds.

        Raises BankFileTooLarge, TooManyQuestions, NotThisFormat, Cancelled.
        """
        if len(untrusted) > limits.file_bytes:
            raise BankFileTooLarge(len(untrusted), limits.file_bytes)
        if not untrusted.strip():
            return BankImport(questions=(), problems=(), categories=())
        reading = _Reading(progress, limits)
        if not untrusted.startswith(_ZIP):
            reading.take(parse(untrusted, limits.file_bytes, _(self.title)), None, "")
            return reading.result()
        try:
            with Archive(BytesIO(untrusted)) as archive:
                for entry in _entries(archive):
                    content = archive.read(entry, limits.file_bytes)
                    root = parse(content, limits.file_bytes, _(self.title))
                    reading.take(root, archive, entry.name)
        except ArchiveRefused as error:
            raise NotThisFormat(_(self.title)) from error
        return reading.result()


class _Reading:
    """What has been read of one file so far."""

    def __init__(self, progress: Progress, limits: BankLimits) -> None:
        self._progress = progress
        self._limits = limits
        self._made: list[Made] = []
        self._found = FilesFound()

    def take(self, root: Element, archive: Archive | None, place: str) -> None:
        """Read the items of one document. Raises TooManyQuestions, Cancelled."""
        items = list(within(root, "item"))
        if len(self._made) + len(items) > self._limits.questions:
            raise TooManyQuestions(self._limits.questions)
        for done, item in enumerate(items):
            self._progress.step(done, len(items))
            source = Source(name=_("Question {number}").format(number=len(self._made) + 1))
            self._made.append(read_item(item, source, self._renamer(archive, place)))

    def result(self) -> BankImport:
        """Return everything."""
        return BankImport(
            questions=tuple(one.question for one in self._made if one.question),
            problems=tuple(problem for one in self._made for problem in one.problems),
            categories=(),
            files=self._found.files,
        )

    def _renamer(self, archive: Archive | None, place: str) -> Rename:
        folder = PurePosixPath(place).parent

        def rename(address: str) -> str:
            path = unquote(address.partition("?")[0])
            media = archive.find((folder / path).as_posix()) if archive else None
            if archive is None or media is None:
                return address
            return PLUGIN_FILE + self._found.keep(media.name, archive.read(media, _MEDIA_BYTES))

        return rename


def _entries(archive: Archive) -> Iterator[Entry]:
    for entry in archive.entries.values():
        suffix = PurePosixPath(entry.name).suffix.lower()
        if suffix in _SUFFIXES and looks_like(archive.head(entry, _HEAD), _ROOT):
            yield entry
