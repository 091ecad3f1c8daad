"""Text set in glyphs: measured, wrapped, fitted, and written so that it can be searched and copied.

Shaped glyphs have no characters of their own in a PDF, so each run of them is wrapped in an
ActualText span that says what was written (ISO 32000-1 §14.9.4). Latin needs neither.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz

from app.core.documents.fonts import Script, Typeface, Weight, split_by_script, typeface

_THOUSAND = 1000
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
LINE_HEIGHT = 1.4
"""From baseline to baseline, in sizes; Indic scripts need it."""
_SHRINK = 0.94
_SMALLEST_EVER = 4.0

_Move = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face that follow each other on a line."""

    text: str
    face: Typeface
    codes: str
    """One code per glyph, as the embedded font knows it."""
    moves: tuple[_Move, ...] | None
    """For each glyph: shift before, rise, shift after (thousandths of the size). None: none."""
    width: float
    """Thousandths of the size."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, ready to be drawn at any size."""

    runs: tuple[Run, ...]
    em: float
    """Width at size 1."""

    @property
    def text(self) -> str:
        """Return what the line says."""
        return "".join(run.text for run in self.runs)

    def width(self, size: float) -> float:
        """Return the width in points at `size`."""
        return self.em * size


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text made to fit: its lines and the size at which they do."""

    lines: tuple[Line, ...]
    size: float

    @property
    def leading(self) -> float:
        """Return the distance from baseline to baseline in points."""
        return self.size * LINE_HEIGHT


def cleaned(text: str) -> str:
    """Return `text` on one line, without what cannot be printed or would turn its direction."""
    return _DIRECTION_MARKS.sub("", _UNPRINTABLE.sub(" ", text))


@lru_cache(maxsize=4096)
def set_line(text: str, weight: Weight = Weight.REGULAR) -> Line:
    """Return `text` as one line of glyphs, each word in its script's face."""
    text = cleaned(text)
    latin = typeface(Script.LATIN, weight)
    if latin.plain.issuperset(map(ord, text)):
        return _line([_plain_run(text, latin)])
    runs: list[Run] = []
    for word in re.split("( +)", text):
        for part, script in split_by_script(word):
            if part:
                runs.append(_run(part, script, weight))
    return _line(_joined(runs, latin))


def wrap(text: str, weight: Weight, size: float, width: float) -> tuple[Line, ...]:
    """Return `text` in as many lines as it takes to stay within `width` points.

    A word that is wider than the whole line is broken between letters.
    """
    whole = set_line(text, weight)
    if whole.width(size) <= width:
        return (whole,)
    space = set_line(" ", weight).width(size)
    lines: list[str] = []
    room = 0.0
    for word in cleaned(text).split():
        needed = set_line(word, weight).width(size)
        if space + needed <= room:
            lines[-1] += f" {word}"
            room -= space + needed
        else:
            lines.extend(_broken(word, weight, size, width))
            room = width - set_line(lines[-1], weight).width(size)
    return tuple(set_line(line, weight) for line in lines) or (whole,)


def fit(
    text: str, *, weight: Weight, size: float, smallest: float, width: float, height: float
) -> Fitted:
    """Return `text` within a box: at `size` if it can be, smaller on one line down to `smallest`,
    then on as many lines as are high enough, the larger the better. Nothing is ever cut off.
    """
    whole = set_line(text, weight)
    if whole.width(smallest) <= width:
        return Fitted((whole,), min(size, width / whole.em if whole.em else size))
    while size > _SMALLEST_EVER:
        lines = wrap(text, weight, size, width)
        if len(lines) * size * LINE_HEIGHT <= height:
            return Fitted(_balanced(text, weight, size, width, len(lines)), size)
        size *= _SHRINK
    return Fitted(wrap(text, weight, size, width), size)


def operators(
    line: Line, size: float, chunks: Callable[[Typeface, str], Iterator[tuple[str, bytes]]]
) -> Iterator[str]:
    """Yield the PDF operators that show `line` from the current text position onward.

    `chunks` splits codes by embedded subset and yields (font resource, bytes).
    """
    selected = ""
    for spoken, runs in _spans(line.runs):
        if spoken:
            yield f"/Span <</ActualText <FEFF{spoken.encode('utf-16-be').hex().upper()}>>> BDC"
        for run in runs:
            done = 0
            for resource_name, codes in chunks(run.face, run.codes):
                if resource_name != selected:
                    selected = resource_name
                    yield f"{resource_name} {size:.5g} Tf"
                if run.moves is None:
                    yield f"<{codes.hex()}> Tj"
                else:
                    yield from _shifted(codes, run.moves[done : done + len(codes)], size)
                done += len(codes)
        if spoken:
            yield "EMC"


def _spans(runs: tuple[Run, ...]) -> Iterator[tuple[str, list[Run]]]:
    """Yield the runs that are drawn together, with what they say where their glyphs do not.

    Shaped neighbours share a span with the space between them: readers drop a space that stands
    alone between two spans (seen in PDFium).
    """
    spans: list[tuple[bool, list[Run]]] = []
    for run in runs:
        shaped = run.moves is not None
        if shaped and _end_in_a_space(spans):
            spans[-2][1].extend([*spans.pop()[1], run])
        elif spans and shaped and spans[-1][0]:
            spans[-1][1].append(run)
        else:
            spans.append((shaped, [run]))
    for shaped, members in spans:
        yield "".join(run.text for run in members) if shaped else "", members


def _end_in_a_space(spans: Sequence[tuple[bool, list[Run]]]) -> bool:
    """Tell whether the last that was said is a space after something shaped."""
    return len(spans) > 1 and _is_space(spans[-1]) and spans[-2][0]


def _is_space(span: tuple[bool, list[Run]]) -> bool:
    return not span[0] and all(run.text.isspace() for run in span[1])


def _shifted(codes: bytes, moves: tuple[_Move, ...], size: float) -> Iterator[str]:
    """Yield glyphs with their shifts, one array for each stretch at the same height."""
    for rise, glyphs in groupby(zip(codes, moves, strict=True), key=lambda glyph: glyph[1][1]):
        parts: list[str] = []
        owed = 0.0
        for code, (before, _rise, after) in glyphs:
            owed += before
            if owed:
                parts.append(f"{owed:.5g}")
            parts.append(f"<{code:02x}>")
            owed = after
        if owed:
            parts.append(f"{owed:.5g}")
        shown = f"[{''.join(parts)}] TJ".replace("><", "")
        yield f"{rise * size / _THOUSAND:.5g} Ts {shown} 0 Ts" if rise else shown


def _plain_run(text: str, face: Typeface) -> Run:
    widths = face.widths
    return Run(text, face, text, None, sum(widths[ord(character)] for character in text))


@lru_cache(maxsize=16384)
def _run(text: str, script: Script, weight: Weight) -> Run:
    face = typeface(script, weight)
    if face.plain.issuperset(map(ord, text)):
        return _plain_run(text, face)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face.shaper, buffer)
    codes: list[str] = []
    moves: list[_Move] = []
    total = 0.0
    scale = face.scale
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        code = face.codes[glyph.codepoint]
        advance, shift = place.x_advance * scale, place.x_offset * scale
        codes.append(code)
        moves.append((-shift, place.y_offset * scale, face.widths[ord(code)] - advance + shift))
        total += advance
    return Run(text, face, "".join(codes), tuple(moves), total)


def _joined(runs: list[Run], latin: Typeface) -> list[Run]:
    """Return `runs` with neighbours of one face made one; a space takes the face around it."""
    joined: list[Run] = []
    for position, run in enumerate(runs):
        if run.text.isspace() and joined and position + 1 < len(runs):
            face = runs[position + 1].face
            if face is not latin and joined[-1].face is face:
                run = _plain_run(run.text, face)  # noqa: PLW2901  the same space, in another face
        if joined and joined[-1].face is run.face:
            joined[-1] = _both(joined[-1], run)
        else:
            joined.append(run)
    return joined


def _both(first: Run, second: Run) -> Run:
    moves = None
    if first.moves is not None or second.moves is not None:
        moves = tuple(
            move
            for run in (first, second)
            for move in run.moves or ((0.0, 0.0, 0.0),) * len(run.codes)
        )
    return Run(
        first.text + second.text,
        first.face,
        first.codes + second.codes,
        moves,
        first.width + second.width,
    )


def _line(runs: list[Run]) -> Line:
    return Line(tuple(runs), sum(run.width for run in runs) / _THOUSAND)


def _fits(text: str, weight: Weight, size: float, width: float) -> bool:
    return set_line(text, weight).width(size) <= width


def _broken(word: str, weight: Weight, size: float, width: float) -> list[str]:
    """Return `word` in pieces that fit, each as long as it can be."""
    if _fits(word, weight, size, width):
        return [word]
    pieces = [""]
    for letter in letters(word):
        if pieces[-1] and not _fits(pieces[-1] + letter, weight, size, width):
            pieces.append("")
        pieces[-1] += letter
    return pieces


def letters(word: str) -> Iterator[str]:
    """Yield what readers of `word` see as letters: a base with its marks, a whole conjunct."""
    letter = ""
    for character in word:
        joins = unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}
        conjunct = letter and unicodedata.combining(letter[-1]) == _VIRAMA
        if letter and not joins and not conjunct:
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter


_VIRAMA = 9
"""The combining class of every Indic sign that kills a vowel and joins two consonants."""


def _balanced(text: str, weight: Weight, size: float, width: float, count: int) -> tuple[Line, ...]:
    """Return `text` in `count` lines of about one length, so that no word is left alone."""
    low, high = width / 2, width
    while high - low > 1:
        middle = (low + high) / 2
        if len(wrap(text, weight, size, middle)) <= count:
            high = middle
        else:
            low = middle
    return wrap(text, weight, size, high)
