"""QTI 2.0 to 3.0: one item, or a package of items with a manifest.

IMS Question and Test Interoperability; a package is read whatever its manifest says, by what its
files are. What is written is a package of QTI 2.1, which most systems take.
"""

from collections.abc import Iterator, Sequence
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
    BankQuestion,
    MediaSource,
    NotThisFormat,
    Problem,
    TooManyQuestions,
    no_media,
)
from app.core.assessments.formats.moodle_texts import FilesFound
from app.core.assessments.formats.qti_items import plain_names, read_item
from app.core.assessments.formats.qti_manifest import MANIFEST, tags_by_file
from app.core.assessments.formats.qti_writer import write_package
from app.core.assessments.formats.xml_reading import local, looks_like, parse
from app.core.assessments.markup import PLUGIN_FILE
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.content import Archive, ArchiveRefused, Entry

_ITEM_BYTES = 4 * 1024 * 1024
_MEDIA_BYTES = 50 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_ITEMS = ("assessmentItem", "qti-assessment-item")
_HEAD = 4096


class Qti:
    """QTI items and packages of version 2.0 and later."""

    key: ClassVar[str] = "qti"
    title: ClassVar[str] = mark("QTI 2.1 package")
    suffixes: ClassVar[tuple[str, ...]] = (".zip", ".xml")
    becomes_lesson: ClassVar[bool] = False

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is an item, or an archive in which one lies."""
        lower = name.lower()
        if lower.endswith(".xml"):
            return looks_like(untrusted, *_ITEMS)
        if not lower.endswith(".zip") or not untrusted.startswith(_ZIP):
            return False
        try:
            with Archive(BytesIO(untrusted), name=name) as archive:
                return any(True for _entry in _item_entries(archive))
        except ArchiveRefused:
            return False

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the file holds.

        Raises BankFileTooLarge, TooManyQuestions, NotThisFormat, ArchiveRefused, Cancelled.
        """
        if len(untrusted) > limits.file_bytes:
            raise BankFileTooLarge(len(untrusted), limits.file_bytes)
        if not untrusted.strip():
            return BankImport(questions=(), problems=(), categories=())
        if not untrusted.startswith(_ZIP):
            progress.step(0, 1)
            root = plain_names(parse(untrusted, limits.file_bytes, _(self.title)))
            if local(root) != "assessmentItem":
                raise NotThisFormat(_(self.title))
            return _import([read_item(root, Source(), _outside)], FilesFound())
        try:
            with Archive(BytesIO(untrusted)) as archive:
                return self._package(archive, progress, limits)
        except ArchiveRefused as error:
            raise NotThisFormat(_(self.title)) from error

    def render(self, bank: Sequence[BankQuestion], media: MediaSource = no_media) -> bytes:
        """Return a package of QTI 2.1 with its files. Raises NotAsked."""
        return write_package(bank, media)

    def _package(self, archive: Archive, progress: Progress, limits: BankLimits) -> BankImport:
        entries = list(_item_entries(archive))
        if len(entries) > limits.questions:
            raise TooManyQuestions(limits.questions)
        tags = tags_by_file(_manifest(archive, limits))
        found = FilesFound()
        made = []
        for done, entry in enumerate(entries):
            progress.step(done, len(entries), entry.name)
            made.append(_read_entry(archive, entry, found, tags.get(entry.name, ())))
        return _import(made, found)


def _import(made: Sequence[Made], found: FilesFound) -> BankImport:
    return BankImport(
        questions=tuple(one.question for one in made if one.question),
        problems=tuple(problem for one in made for problem in one.problems),
        categories=(),
        files=found.files,
    )


def _item_entries(archive: Archive) -> Iterator[Entry]:
    """Yield the files of an archive that begin as an item does."""
    for entry in archive.entries.values():
        if PurePosixPath(entry.name).suffix.lower() in {".xml", ".qti"} and looks_like(
            archive.head(entry, _HEAD), *_ITEMS
        ):
            yield entry


def _manifest(archive: Archive, limits: BankLimits) -> Element | None:
    entry = archive.find(MANIFEST)
    if entry is None:
        return None
    return parse(archive.read(entry, _ITEM_BYTES), limits.file_bytes, "QTI")


def _read_entry(archive: Archive, entry: Entry, found: FilesFound, tags: Sequence[str]) -> Made:
    source = Source(name=entry.name)
    try:
        root = plain_names(parse(archive.read(entry, _ITEM_BYTES), _ITEM_BYTES, "QTI"))
    except NotThisFormat:
        reason = _("The file is no XML that can be read.")
        return Made(
            question=None,
            problems=(Problem(line=0, question_name=entry.name, reason=reason),),
        )
    folder = PurePosixPath(entry.name).parent

    def rename(address: str) -> str:
        media = archive.find(_normal(folder / unquote(address.partition("?")[0])))
        if media is None or "://" in address:
            return address
        return PLUGIN_FILE + found.keep(media.name, archive.read(media, _MEDIA_BYTES))

    return read_item(root, source, rename, tags)


def _normal(path: PurePosixPath) -> str:
    """Return a place in an archive without `.` and `..`; what leads out of it finds nothing."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _outside(address: str) -> str:
    return address
