"""GIFT, the question format that people type: Moodle's dialect."""

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from app.core.assessments.formats.assembling import NotAsked, collected, how_read, told
from app.core.assessments.formats.base import (
    DEFAULT_LIMITS,
    BankImport,
    BankLimits,
    BankQuestion,
    MediaSource,
    Problem,
    counted,
    no_media,
)
from app.core.assessments.formats.decoding import decode
from app.core.assessments.formats.gift_blocks import Block, cut
from app.core.assessments.formats.gift_items import GiftCategory, GiftItem
from app.core.assessments.formats.gift_questions import make_question
from app.core.assessments.formats.gift_reader import name_of, read_item, split_category
from app.core.assessments.formats.gift_writer import write_bank
from app.core.base.progress import Progress
from app.core.base.words import mark

GiftEntry = GiftCategory | GiftItem | Problem
_SAMPLE_BYTES = 64 * 1024
_ANSWERS = re.compile(rb"\{[^{}]*[=~#TF][^{}]*\}|^\s*\$CATEGORY:", re.MULTILINE)


class Gift:
    """GIFT files."""

    key: ClassVar[str] = "gift"
    title: ClassVar[str] = mark("GIFT text (Moodle)")
    suffixes: ClassVar[tuple[str, ...]] = (".gift", ".txt")
    becomes_lesson: ClassVar[bool] = True

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is named as GIFT, or is a text with answers in braces."""
        lower = name.lower()
        if lower.endswith((".gift", ".gift.txt")):
            return True
        sample = untrusted[:_SAMPLE_BYTES].replace(b"\0", b"")
        return lower.endswith(self.suffixes) and _ANSWERS.search(sample) is not None

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the file holds. Raises BankFileTooLarge, TooManyQuestions, NotText, Cancelled."""
        decoded = decode(untrusted, limits.file_bytes)
        made = how_read(decoded)
        categories: list[tuple[str, ...]] = [()]
        for entry in read_entries(decoded.text, progress, limits):
            match entry:
                case Problem():
                    made.append(told(entry))
                case GiftCategory():
                    categories.append(entry.path[: limits.category_depth])
                case GiftItem():
                    made.append(make_question(entry, categories[-1]))
        return collected(made, categories=categories, encoding=decoded.encoding)

    def render(self, bank: Sequence[BankQuestion], media: MediaSource = no_media) -> bytes:  # noqa: ARG002  GIFT carries no files
        """Return the questions as GIFT. Raises NotAsked."""
        return write_bank(bank)


def read_entries(
    text: str, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
) -> Iterable[GiftEntry]:
    """Yield what a file says, in order: categories, questions, and problems where neither could be read.

    Raises TooManyQuestions, Cancelled.
    """
    for block in counted(cut(text), progress, limits):
        category, left = split_category(block)
        if category:
            yield category
        if left:
            yield _item_or_problem(left, limits)


def _item_or_problem(block: Block, limits: BankLimits) -> GiftItem | Problem:
    try:
        return read_item(block, limits)
    except NotAsked as error:
        return Problem(line=block.line, question_name=name_of(block), reason=error.reason)
