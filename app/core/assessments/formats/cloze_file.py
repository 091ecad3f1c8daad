"""A text file that is one question: a text with gaps in Moodle's notation."""

from typing import ClassVar

from app.core.assessments.formats.assembling import Made, NotAsked, Source, assemble, left_out
from app.core.assessments.formats.base import (
    DEFAULT_LIMITS,
    BankImport,
    BankLimits,
)
from app.core.assessments.formats.cloze import has_gaps, read_cloze
from app.core.assessments.formats.decoding import decode
from app.core.assessments.formats.moodle_questions import gaps_stem
from app.core.assessments.markup import looks_like_html
from app.core.assessments.question_types.gaps import Gaps
from app.core.assessments.types import Question, RichText, TextFormat
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
            return BankImport(questions=(), problems=(), categories=())
        made = _made(text, limits)
        return BankImport(
            questions=(made.question,) if made.question else (),
            problems=made.problems,
            categories=(),
            encoding=decoded.encoding,
        )


def _made(text: str, limits: BankLimits) -> Made:
    source = Source(name=text[:60], line=1)
    if len(text) > limits.question_characters:
        return left_out(source, _("The question is too long."))
    fmt = TextFormat.HTML if looks_like_html(text) else TextFormat.PLAIN
    try:
        body = read_cloze(RichText(source=text, format=fmt))
    except NotAsked as error:
        return left_out(source, error.reason)
    return assemble(Question(type=Gaps.key, stem=gaps_stem(), body=body), source)
