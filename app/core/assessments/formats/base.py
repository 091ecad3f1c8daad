"""What every question bank format does: read foreign bytes into a plan, write questions out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, TypeVar

from app.core.assessments.types import MediaRef, Question
from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.progress import Progress
from app.core.base.words import _

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLimits:
    """How much a foreign file may hold."""

    file_bytes: int = 16 * 1024 * 1024
    questions: int = 20_000
    question_characters: int = 200_000
    options: int = 200
    category_depth: int = 20


DEFAULT_LIMITS = BankLimits()
ZIP = b"PK\x03\x04"
"""With what packages and workbooks begin."""


class BankFileTooLarge(UserFacingError):
    """The file has more bytes than are read."""

    def __init__(self, actual: int, limit: int) -> None:
        super().__init__(
            _("The file is too large ({actual}; the most is {limit}).").format(
                actual=size(actual), limit=size(limit)
            ),
            safe=_("Nothing was imported."),
            remedy=_("Split it into several files."),
        )


def check_size(untrusted: bytes, limit: int) -> None:
    """Raise BankFileTooLarge for a file of more bytes than `limit`."""
    if len(untrusted) > limit:
        raise BankFileTooLarge(len(untrusted), limit)


class TooManyQuestions(UserFacingError):
    """The file has more questions than are read."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("The file has more than {limit} questions.").format(limit=number(limit)),
            safe=_("Nothing was imported."),
            remedy=_("Split it into several files."),
        )


class NotText(UserFacingError):
    """The file is not a text in any encoding that is read."""

    def __init__(self) -> None:
        super().__init__(
            _("The file is not a text."),
            safe=_("Nothing was imported."),
            remedy=_("Save it as plain text (UTF-8) and try again."),
        )


class NotThisFormat(UserFacingError):
    """The file is named as one of a format, and is none, or is damaged."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("The file is not {format}, or it is damaged.").format(format=title),
            safe=_("Nothing was imported."),
            remedy=_("Export it again from where it comes from."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """A question on its way in or out."""

    question: Question
    category: tuple[str, ...] = ()
    """Names of the categories it stands in, the outermost first."""
    external_id: str = ""
    """What the other system calls it."""
    line: int = 0
    """Where it begins in the file, from 1; 0 when it comes from no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that did not come through as it was written."""

    line: int
    """Where in the file, from 1; 0 when writing."""
    question_name: str
    reason: str
    left_out: bool = True
    """Whether the question was left out; otherwise it came through, but for this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFile:
    """A picture or recording that came within the file."""

    name: str
    """As the texts of the questions name it."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankImport:
    """What a file holds: the plan of an import. Reading writes nothing."""

    questions: tuple[BankQuestion, ...]
    problems: tuple[Problem, ...]
    categories: tuple[tuple[str, ...], ...]
    """Every category named, also those without questions, in the order met."""
    encoding: str = "utf-8"
    files: tuple[BankFile, ...] = ()
    """What came with it, of which the texts make use."""


NOTHING_READ = BankImport(questions=(), problems=(), categories=())
"""What an empty file holds."""


def counted(
    entries: Sequence[_T], progress: Progress, limits: BankLimits, step: int = 100
) -> Iterator[_T]:
    """Yield the entries of a file, telling every few of them how far it is.

    Raises TooManyQuestions before the first, Cancelled.
    """
    if len(entries) > limits.questions:
        raise TooManyQuestions(limits.questions)
    for done, entry in enumerate(entries):
        if done % step == 0:
            progress.step(done, len(entries))
        yield entry
    progress.step(len(entries), len(entries))


MediaSource = Callable[[MediaRef], bytes | None]
"""Gives the bytes of a stored picture or recording; None when they are not to be had."""


def no_media(_wanted: MediaRef) -> bytes | None:
    """Give nothing: for formats and callers without files."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class BankExport:
    """Questions as a file, and what that format could not say."""

    content: bytes = field(repr=False)
    problems: tuple[Problem, ...] = ()


class BankFormat(Protocol):
    """One format of question banks. Adding one is one module and one line in `BANK_FORMATS`."""

    key: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    """Of its files, the one that is written first."""
    becomes_lesson: ClassVar[bool]
    """Whether a file of it in a course folder is a quiz lesson of its own accord."""

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether a file of that name and content is likely of this format."""
        ...

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the file holds; what cannot be represented is among the problems.

        Raises BankFileTooLarge, TooManyQuestions, NotText, NotThisFormat, Cancelled.
        """
        ...


class ExportFormat(BankFormat, Protocol):
    """A format in which questions are written, too. It stands in `EXPORT_FORMATS` as well."""

    def render(self, bank: Sequence[BankQuestion], media: MediaSource = no_media) -> bytes:
        """Return the questions in this format; use `export_bank`, which tells what is lost.

        Raises NotAsked for a question that the format has no way to say.
        """
        ...
