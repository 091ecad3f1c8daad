"""QTI 2.0 to 3.0: one item, or a package of items with a manifest.

IMS Question and Test Interoperability; a package is read whatever its manifest says, by what its
files are. What is written is a package of QTI 2.1, which most systems take.
"""

from collections.abc import Sequence
from typing import ClassVar
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import Made, Source, collected, left_out
from app.core.assessments.formats.base import (
    DEFAULT_LIMITS,
    NOTHING_READ,
    ZIP,
    BankImport,
    BankLimits,
    BankQuestion,
    MediaSource,
    NotThisFormat,
    TooManyQuestions,
    check_size,
    no_media,
)
from app.core.assessments.formats.files_found import FilesFound
from app.core.assessments.formats.qti_documents import Documents, as_it_stands, opened, renamer
from app.core.assessments.formats.qti_items import plain_names, read_item
from app.core.assessments.formats.qti_manifest import MANIFEST, tags_by_file
from app.core.assessments.formats.qti_writer import write_package
from app.core.assessments.formats.xml_reading import local, parse
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.content import Archive, Entry

_ITEM_BYTES = 4 * 1024 * 1024
_ITEMS = Documents(
    roots=("assessmentItem", "qti-assessment-item"), alone=(".xml",), packed=(".xml", ".qti")
)


class Qti:
    """QTI items and packages of version 2.0 and later."""

    key: ClassVar[str] = "qti"
    title: ClassVar[str] = mark("QTI 2.1 package")
    suffixes: ClassVar[tuple[str, ...]] = (".zip", ".xml")
    becomes_lesson: ClassVar[bool] = False

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is an item, or an archive in which one lies."""
        return _ITEMS.recognises(untrusted, name)

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the file holds.

        Raises BankFileTooLarge, TooManyQuestions, NotThisFormat, Cancelled.
        """
        check_size(untrusted, limits.file_bytes)
        if not untrusted.strip():
            return NOTHING_READ
        if untrusted.startswith(ZIP):
            with opened(untrusted, _(self.title)) as archive:
                return self._package(archive, progress, limits)
        progress.step(0, 1)
        root = plain_names(parse(untrusted, limits.file_bytes, _(self.title)))
        if local(root) != "assessmentItem":
            raise NotThisFormat(_(self.title))
        return collected([read_item(root, Source(), as_it_stands)])

    def render(self, bank: Sequence[BankQuestion], media: MediaSource = no_media) -> bytes:
        """Return a package of QTI 2.1 with its files. Raises NotAsked."""
        return write_package(bank, media)

    def _package(self, archive: Archive, progress: Progress, limits: BankLimits) -> BankImport:
        entries = list(_ITEMS.entries(archive))
        if len(entries) > limits.questions:
            raise TooManyQuestions(limits.questions)
        tags = tags_by_file(_manifest(archive, limits))
        found = FilesFound()
        made = []
        for done, entry in enumerate(entries):
            progress.step(done, len(entries), entry.name)
            made.append(_read_entry(archive, entry, found, tags.get(entry.name, ())))
        return collected(made, files=found.files)


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
        return left_out(source, _("The file is no XML that can be read."))
    return read_item(root, source, renamer(archive, entry.name, found), tags)
