"""Moodle XML: the format in which Moodle keeps all of a question.

https://docs.moodle.org/en/Moodle_XML_format
"""

import re
from collections.abc import Sequence
from typing import ClassVar
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import Made, collected, told
from app.core.assessments.formats.base import (
    DEFAULT_LIMITS,
    NOTHING_READ,
    BankImport,
    BankLimits,
    BankQuestion,
    MediaSource,
    Problem,
    counted,
    no_media,
)
from app.core.assessments.formats.files_found import FilesFound
from app.core.assessments.formats.moodle_questions import read_question
from app.core.assessments.formats.moodle_writer import write_bank
from app.core.assessments.formats.xml_reading import children, local, looks_like, parse, words
from app.core.base.progress import Progress
from app.core.base.words import _, mark

_ROOTS = ("$course$", "$module$", "$cat$", "$system$", "top")
_SLASH = "\0"


class MoodleXml:
    """Moodle XML files."""

    key: ClassVar[str] = "moodle-xml"
    title: ClassVar[str] = mark("Moodle XML")
    suffixes: ClassVar[tuple[str, ...]] = (".xml",)
    becomes_lesson: ClassVar[bool] = False

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is XML that begins as a Moodle quiz."""
        return name.lower().endswith(self.suffixes) and looks_like(untrusted, "quiz")

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the file holds.

        Raises BankFileTooLarge, TooManyQuestions, NotThisFormat, Cancelled.
        """
        if not untrusted.strip():
            return NOTHING_READ
        root = parse(untrusted, limits.file_bytes, _(self.title))
        made: list[Made] = []
        categories: list[tuple[str, ...]] = [()]
        found = FilesFound()
        entries = list(children(root, "question"))
        for number, entry in enumerate(counted(entries, progress, limits), start=1):
            if entry.get("type") == "category":
                categories.append(_category(entry)[: limits.category_depth])
            else:
                made.append(read_question(entry, _place(number), categories[-1], found))
        if local(root) != "quiz":
            made.append(told(_no_quiz()))
        return collected(made, categories=categories, files=found.files)

    def render(self, bank: Sequence[BankQuestion], media: MediaSource = no_media) -> bytes:
        """Return the questions as Moodle XML, with their files. Raises NotAsked."""
        return write_bank(bank, media)


def _place(number: int) -> str:
    return _("Question {number}").format(number=number)


def _no_quiz() -> Problem:
    return Problem(line=1, question_name="", reason=_("There is no quiz in this file."))


def _category(entry: Element) -> tuple[str, ...]:
    path = words(entry, "category", "text").replace("//", _SLASH)
    names = [re.sub(r"\s+", " ", one.replace(_SLASH, "/")).strip() for one in path.split("/")]
    while names and names[0] in _ROOTS:
        names.pop(0)
    return tuple(name for name in names if name)
