"""QTI 1.2: a file, a package of Canvas or another system, or a pool of Blackboard."""

from collections.abc import Iterable, Iterator
from typing import ClassVar
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import Made, Source, collected
from app.core.assessments.formats.base import (
    DEFAULT_LIMITS,
    NOTHING_READ,
    ZIP,
    BankImport,
    BankLimits,
    TooManyQuestions,
    check_size,
)
from app.core.assessments.formats.files_found import FilesFound
from app.core.assessments.formats.markup_xml import Rename
from app.core.assessments.formats.qti12_items import read_item
from app.core.assessments.formats.qti_documents import (
    Documents,
    as_it_stands,
    opened,
    renamer,
)
from app.core.assessments.formats.xml_reading import parse, within
from app.core.base.progress import Progress
from app.core.base.words import _, mark

_DOCUMENTS = Documents(
    roots=("questestinterop",),
    alone=(".xml", ".dat"),
    packed=(".xml", ".dat", ".qti"),
)
"""Blackboard calls its files res00001.dat."""


class Qti12:
    """QTI 1.2 files, packages and Blackboard pools. They are read only."""

    key: ClassVar[str] = "qti-1.2"
    title: ClassVar[str] = mark("QTI 1.2 or Blackboard pool")
    suffixes: ClassVar[tuple[str, ...]] = (".xml", ".zip", ".dat")
    becomes_lesson: ClassVar[bool] = False

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is such a file, or an archive in which one lies."""
        return _DOCUMENTS.recognises(untrusted, name)

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the file holds.

        Raises BankFileTooLarge, TooManyQuestions, NotThisFormat, Cancelled.
        """
        check_size(untrusted, limits.file_bytes)
        if not untrusted.strip():
            return NOTHING_READ
        most, title = limits.file_bytes, _(self.title)
        if not untrusted.startswith(ZIP):
            alone = (parse(untrusted, most, title), as_it_stands)
            return collected(_made([alone], progress, limits))
        found = FilesFound()
        with opened(untrusted, title) as archive:
            packed = (
                (parse(archive.read(one, most), most, title), renamer(archive, one.name, found))
                for one in _DOCUMENTS.entries(archive)
            )
            made = list(_made(packed, progress, limits))
        return collected(made, files=found.files)


def _made(
    documents: Iterable[tuple[Element, Rename]], progress: Progress, limits: BankLimits
) -> Iterator[Made]:
    """Yield what becomes of every item, document by document. Raises TooManyQuestions, Cancelled."""
    before = 0
    for root, rename in documents:
        items = list(within(root, "item"))
        if before + len(items) > limits.questions:
            raise TooManyQuestions(limits.questions)
        for done, item in enumerate(items):
            progress.step(done, len(items))
            name = _("Question {number}").format(number=before + done + 1)
            yield read_item(item, Source(name=name), rename)
        before += len(items)
