"""What file names say: the order of lessons, their titles and their languages. Never used as paths."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.core.content import language_of

MAX_TITLE = 200
KNOWN_LANGUAGES = frozenset({
    "en", "hi", "ta", "te", "mr", "bn", "gu", "kn", "ml", "pa", "or", "as", "ur", "ne", "sa", "sd",
    "ks", "kok", "mai", "doi", "mni", "brx", "sat", "bho",
})  # fmt: skip
"""What counts as a language in a file name: `.to.` or `.no.` is more likely a word."""

_DIGITS = re.compile(r"(\d{1,18})")
_ORDER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*(?:\s*[-_.):–—]+\s*|\s+)(?=\S)")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANKS = re.compile(r"\s+")

NaturalKey = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonName:
    """A file name, read."""

    title: str
    language: str | None
    base: str
    """The name without language and ending: files that share it belong together."""


def read_lesson_name(untrusted_name: str) -> LessonName:
    """Read a name relative to the folder, such as `02-rules.hi.md`."""
    path = PurePosixPath(untrusted_name)
    language = language_of_name(path.name)
    stem = path.stem if language is None else PurePosixPath(path.stem).stem
    folder = "" if len(path.parts) == 1 else f"{path.parent.as_posix()}/"
    return LessonName(title=title_of(stem), language=language, base=folder + stem)


def language_of_name(untrusted_name: str) -> str | None:
    """Return the language in a name such as `intro.hi.mp4`, or None."""
    language = language_of(Path(untrusted_name))
    return language if language.partition("-")[0] in KNOWN_LANGUAGES else None


def title_of(untrusted_stem: str) -> str:
    """Return a title made of a file's stem: without order number, signs for blanks made blanks."""
    stem = visible(untrusted_stem)
    rest = _ORDER.sub("", stem, count=1) if _ORDER.match(stem) else stem
    if " " not in rest.strip():
        rest = rest.replace("-", " ").replace("_", " ")
    title = _BLANKS.sub(" ", rest).strip() or stem.strip()
    if title == title.casefold():
        title = title[:1].upper() + title[1:]
    return title[:MAX_TITLE].strip()


def visible(untrusted_text: str) -> str:
    """Return text that can be kept and shown on one line: control signs and lone halves replaced.

    Signs that turn the direction of reading are left out: they show gpj.exe as exe.jpg.
    """
    encodable = untrusted_text.encode("utf-8", "replace").decode("utf-8")
    composed = unicodedata.normalize("NFC", encodable)
    return "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in composed
        if sign not in _TURNING
    )


def natural_key(untrusted_name: str) -> tuple[NaturalKey, ...]:
    """Return what sorts names as people do: 2 before 10, folder by folder, whatever the script."""
    return tuple(_natural_part(part) for part in PurePosixPath(untrusted_name).parts)


def folded(untrusted_name: str) -> str:
    """Return a name for comparing: composed, without case."""
    return unicodedata.normalize("NFC", untrusted_name).casefold()


def _natural_part(part: str) -> NaturalKey:
    pieces = _DIGITS.split(folded(part))
    return tuple((0, int(p), "") if place % 2 else (1, 0, p) for place, p in enumerate(pieces) if p)
