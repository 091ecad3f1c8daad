"""Captions beside a recording: WebVTT and SubRip files read into plain cues.

Both formats are read here, not by pysubs2 1.8: it takes NOTE and STYLE blocks for speech, keeps cue
identifiers in the text, leaves entities such as `&amp;` undecoded and cannot say which line is wrong.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.words import _

MAX_FILE_BYTES = 5_000_000
MAX_CUES = 20_000
MAX_CUE_CHARACTERS = 2_000
MAX_PROBLEMS = 100
CAPTION_SUFFIXES = (".vtt", ".srt")

_ARROW = "-->"
_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|</?>|\{\\[^{}]*\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_VTT_ASIDE = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_SHORT_CODES = {
    "eng": "en", "hin": "hi", "tam": "ta", "tel": "te", "mar": "mr", "ben": "bn", "guj": "gu",
    "kan": "kn", "mal": "ml", "pan": "pa", "ori": "or", "asm": "as", "urd": "ur", "nep": "ne",
    "san": "sa", "snd": "sd", "kas": "ks",
}  # fmt: skip
_LONG_CODES = frozenset({"kok", "mai", "doi", "mni", "brx", "sat", "bho"})
_TWO_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: shown from `start_ms` up to, but not at, `end_ms`. The text is plain."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class CaptionProblem:
    """A cue that was left out: the line it begins on, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    """The captions of one language, in the order they appear; `language` is empty when not known."""

    language: str
    cues: tuple[Cue, ...]
    problems: tuple[CaptionProblem, ...] = ()

    def cues_at(self, position_ms: int) -> tuple[Cue, ...]:
        """Return every cue that is shown at `position_ms`, the earliest first."""
        begun = self.cues[: bisect_right(self.cues, position_ms, key=lambda cue: cue.start_ms)]
        return tuple(cue for cue in begun if position_ms < cue.end_ms)

    def text_at(self, position_ms: int) -> str:
        """Return what to show at `position_ms`: overlapping cues one below the other."""
        return "\n".join(cue.text for cue in self.cues_at(position_ms))

    @property
    def transcript(self) -> str:
        """The whole text, a line for each cue; a cue that repeats the one before is said once."""
        said = [" ".join(cue.text.split()) for cue in self.cues]
        return "\n".join(
            text for place, text in enumerate(said) if not place or text != said[place - 1]
        )


class CaptionsUnreadable(UserFacingError):
    """A caption file as a whole cannot be used."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        super().__init__(
            _("The captions {name} cannot be used: {reason}").format(name=name, reason=reason),
            safe=_("The recording itself is not affected."),
            remedy=_("Save them again as WebVTT or SubRip, in UTF-8."),
        )


def language_of(path: Path) -> str:
    """Return the language in a file name such as intro.hi.vtt, or an empty string."""
    code = Path(path.stem).suffix.removeprefix(".").replace("_", "-").casefold()
    if not _LANGUAGE.fullmatch(code):
        return ""
    main, *_rest = code.split("-")
    if len(main) == _TWO_LETTERS or main in _LONG_CODES:
        return code
    return _SHORT_CODES.get(main, "")


def read_captions(path: Path, language: str | None = None) -> CaptionTrack:
    """Read a .vtt or .srt file. Bad cues are left out and reported with their line.

    Raises CaptionsUnreadable when the file is too big, is not text, or holds no cue at all.
    """
    with path.open("rb") as file:
        untrusted_bytes = file.read(MAX_FILE_BYTES + 1)
    if len(untrusted_bytes) > MAX_FILE_BYTES:
        reason = _("it is larger than {limit}.").format(limit=size(MAX_FILE_BYTES))
        raise CaptionsUnreadable(path.name, reason)
    text = _decoded(untrusted_bytes, path.name)
    track = parse_captions(text, language_of(path) if language is None else language)
    if not track.cues:
        raise CaptionsUnreadable(path.name, _("no caption with a time was found in it."))
    return track


def parse_captions(untrusted_text: str, language: str = "") -> CaptionTrack:
    """Read the text of a WebVTT or SubRip file; which it is shows in its first line."""
    reader = _Reader(is_vtt=untrusted_text.lstrip().startswith("WEBVTT"))
    for first_line, block in _blocks(untrusted_text):
        if len(reader.cues) >= MAX_CUES:
            limit = number(MAX_CUES)
            reader.report(first_line, _("Captions after the first {limit}.").format(limit=limit))
            break
        reader.read_block(first_line, block)
    cues = sorted(reader.finished(), key=lambda cue: (cue.start_ms, cue.end_ms))
    return CaptionTrack(language, tuple(cues), tuple(reader.problems[:MAX_PROBLEMS]))


def plain_text(untrusted_text: str) -> str:
    """Return caption text without tags, style codes, entities and control characters."""
    text, before = untrusted_text[:MAX_CUE_CHARACTERS], ""
    while text != before:
        before, text = text, _MARKUP.sub("", text)
    text = _CONTROL.sub("", html.unescape(text)).replace("\u00a0", " ")
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


class _Reader:
    """Collects cues block by block; a block without a time continues the cue before (SubRip)."""

    def __init__(self, *, is_vtt: bool) -> None:
        self.is_vtt = is_vtt
        self.cues: list[tuple[int, int, list[str]]] = []
        self.problems: list[CaptionProblem] = []
        self._continues = False

    def report(self, line: int, reason: str) -> None:
        self.problems.append(CaptionProblem(line, reason))

    def finished(self) -> Iterator[Cue]:
        for start, end, lines in self.cues:
            if text := plain_text("\n".join(lines)):
                yield Cue(start, end, text)

    def read_block(self, first_line: int, block: list[str]) -> None:
        times = [place for place, line in enumerate(block) if _ARROW in line]
        if self._is_aside(block, times):
            return
        if not times:
            self._read_loose_text(first_line, block)
            return
        for place, after in zip(times, [*times[1:], len(block)], strict=True):
            has_number_of_next = after < len(block) and block[after - 1].strip().isdigit()
            lines = block[place + 1 : after - 1 if has_number_of_next else after]
            self._read_cue(first_line + place, block[place], lines)

    def _is_aside(self, block: list[str], times: list[int]) -> bool:
        """Tell whether a block of WebVTT is none of its cues: a time in its first line makes it one."""
        begins_with_time = times[:1] == [0]
        return self.is_vtt and not begins_with_time and _VTT_ASIDE.match(block[0]) is not None

    def _read_loose_text(self, first_line: int, block: list[str]) -> None:
        if self._continues and not self.is_vtt:
            self.cues[-1][2].extend(block)
        elif not (len(block) == 1 and block[0].strip().isdigit()):
            self.report(first_line, _("Text without a time was left out."))

    def _read_cue(self, line: int, timing: str, lines: list[str]) -> None:
        self._continues = False
        match = _TIMING.fullmatch(timing)
        if match is None:
            self.report(line, _("The time could not be read; the caption was left out."))
            return
        start, end = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:])
        if end <= start:
            self.report(line, _("The caption ends before it begins and was left out."))
            return
        self.cues.append((start, end, lines))
        self._continues = True


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each run of lines that are not blank, with the number of its first line."""
    block: list[str] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line_number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield line_number - len(block), block
            block = []


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _decoded(untrusted_bytes: bytes, name: str) -> str:
    """Return the text, by byte-order mark, as UTF-8, as UTF-16 without a mark, or as Windows-1252."""
    if untrusted_bytes.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(untrusted_bytes, "utf-16", name)
    if b"\x00" in untrusted_bytes[:1000]:
        big_end_first = untrusted_bytes[:1] == b"\x00"
        return _strictly(untrusted_bytes, "utf-16-be" if big_end_first else "utf-16-le", name)
    if _is_nearly_utf8(untrusted_bytes):
        return untrusted_bytes.decode("utf-8-sig", errors="replace")
    return _strictly(untrusted_bytes, "cp1252", name)


def _is_nearly_utf8(untrusted_bytes: bytes) -> bool:
    """Tell UTF-8 with a few damaged letters from a file in an older coding."""
    foreign = sum(byte > 0x7F for byte in untrusted_bytes)  # noqa: PLR2004  the end of ASCII
    return untrusted_bytes.decode("utf-8", errors="replace").count("\ufffd") * 10 <= foreign


def _strictly(untrusted_bytes: bytes, encoding: str, name: str) -> str:
    try:
        return untrusted_bytes.decode(encoding)
    except UnicodeDecodeError as damage:
        reason = _("its letters are in a coding that is not known.")
        raise CaptionsUnreadable(name, reason) from damage
