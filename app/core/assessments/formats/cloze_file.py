"""A text file that is one question: a text with gaps in Moodle's notation."""

from typing import ClassVar

from app.core.assessments.formats.assembling import (
    Draft,
    Made,
    Source,
    collected,
    how_read,
    left_out,
    make,
)
from app.core.assessments.formats.base import (
    DEFAULT_LIMITS,
    NOTHING_READ,
    BankImport,
    BankLimits,
)
from app.core.assessments.formats.building import gaps_stem, marked_text
from app.core.assessments.formats.cloze import has_gaps, read_cloze
from app.core.assessments.formats.decoding import decode
from app.core.assessments.question_types.gaps import Gaps
from app.core.assessments.types import Question
from app.core.base.progress import Progress
from app.core.base.words import _, mark

_SAMPLE_BYTES = 64 * 1024


class ClozeFile:
    """Cloze files. One file holds one question."""

    key: ClassVar[str] = "cloze"
    title: ClassVar[str] = mark("Cloze text (Moodle)")
    suffixes: ClassVar[tuple[str, ...]] = (".cloze", ".txt")
    becomes_lesson: ClassVar[bool] = True

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is a text in which a gap is written."""
        sample = untrusted[:_SAMPLE_BYTES].replace(b"\0", b"").decode("latin-1")
        return name.lower().endswith(self.suffixes) and has_gaps(sample)

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return the one question. Raises BankFileTooLarge, NotText, Cancelled."""
        decoded = decode(untrusted, limits.file_bytes)
        progress.step(0, 1)
        text = decoded.text.strip()
        if not text:
            return NOTHING_READ
        return collected([*how_read(decoded), _made(text, limits)], encoding=decoded.encoding)


def _made(text: str, limits: BankLimits) -> Made:
    source = Source(name=text[:60], line=1)
    if len(text) > limits.question_characters:
        return left_out(source, _("The question is too long."))
    return make(source, lambda: _draft(text))


def _draft(text: str) -> Draft:
    body = read_cloze(marked_text(text))
    return Draft(Question(type=Gaps.key, stem=gaps_stem(), body=body))
