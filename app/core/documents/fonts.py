"""Typefaces by script, and which typeface each word of a text is set in.

ReportLab has no font fallback and shapes a run with one font, so a word never mixes fonts unless
it mixes scripts. The Noto faces carry basic Latin: "E-1044-अ" stays whole in Devanagari's face.
"""

import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache, lru_cache
from itertools import pairwise

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from app.core.base.resources import resource


class Weight(StrEnum):
    """How heavy letters are. Indic faces have no semi-bold; bold stands in."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


class Script(Enum):
    """A script the product prints: its typeface and its Unicode blocks (first, last)."""

    LATIN = ("Inter",)
    DEVANAGARI = ("NotoSansDevanagari", (0x0900, 0x097F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF))
    BENGALI = ("NotoSansBengali", (0x0980, 0x09FF))
    GURMUKHI = ("NotoSansGurmukhi", (0x0A00, 0x0A7F))
    GUJARATI = ("NotoSansGujarati", (0x0A80, 0x0AFF))
    ORIYA = ("NotoSansOriya", (0x0B00, 0x0B7F))
    TAMIL = ("NotoSansTamil", (0x0B80, 0x0BFF))
    TELUGU = ("NotoSansTelugu", (0x0C00, 0x0C7F))
    KANNADA = ("NotoSansKannada", (0x0C80, 0x0CFF))
    MALAYALAM = ("NotoSansMalayalam", (0x0D00, 0x0D7F))

    def __init__(self, family: str, *blocks: tuple[int, int]) -> None:
        self.family = family
        self.blocks = blocks


_SHARED = {0x0964, 0x0965} | set(range(0x1CD0, 0x1D00))
"""Dandas and Vedic marks lie in Devanagari's blocks but belong to whatever script is beside them."""

_BASIC_LATIN_ENDS = 0x24F
_PICTURES_BEGIN = 0x2100
_PRIVATE_USE = range(0xE000, 0xF900)
_lock = threading.Lock()


class _EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font whose every glyph has a code from the start.

    ReportLab hands private codes to shaped glyphs as it meets them, so a page's bytes would depend
    on what the process printed before. Here glyph 7 has the same code in every document.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=False)
        face = self.face
        free = iter(code for code in _PRIVATE_USE if code not in face.charToGlyph)
        for glyph, (advance, _bearing) in enumerate(face.hmetrics):
            if glyph not in face.glyphToChar:
                code = next(free)
                face.charToGlyph[code] = glyph
                face.glyphToChar[glyph] = [code]
                face.charWidths[code] = self.pdfScale(advance)


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """One font file, ready to be measured, shaped and embedded."""

    font: TTFont
    shaper: uharfbuzz.Font
    plain: frozenset[int]
    """Characters that need no shaping: one glyph each, no marks, no joiners."""
    codes: tuple[str, ...]
    """The code each glyph is written with, by glyph number."""
    widths: dict[int, float]
    """Advance by code, in thousandths of the size."""
    scale: float
    """Turns the shaper's units into thousandths of the size."""


def typeface(script: Script, weight: Weight) -> Typeface:
    """Return the face for `script`, reading its file when first asked for. Safe in any thread."""
    if script is not Script.LATIN and weight is Weight.SEMIBOLD:
        weight = Weight.BOLD
    with _lock:
        return _read_typeface(script, weight)


def unusable_typefaces() -> list[str]:
    """Return the typefaces whose file is missing or cannot be read: there is one to each script and weight."""
    bad = []
    for script in Script:
        for weight in Weight:
            try:
                typeface(script, weight)
            except (OSError, ValueError, TTFError):
                bad.append(f"{script.family} {weight.value}")
    return bad


@cache
def _read_typeface(script: Script, weight: Weight) -> Typeface:
    name = f"{script.family}-{weight}"
    path = resource("fonts", f"{name}.ttf")
    data = uharfbuzz.Face(path.read_bytes())
    font = _EmbeddedFont(name, str(path))
    pdfmetrics.registerFont(font)
    codes = tuple(chr(font.face.glyphToChar[glyph][0]) for glyph in range(len(font.face.hmetrics)))
    return Typeface(
        font=font,
        shaper=uharfbuzz.Font(data),
        plain=frozenset(code for code in data.unicodes if _stands_alone(code)),
        codes=codes,
        widths=font.face.charWidths,
        scale=1000 / data.upem,
    )


def _stands_alone(code: int) -> bool:
    category = unicodedata.category(chr(code))
    return category[0] in "LNPSZ" and not any(
        first <= code <= last for script in Script for first, last in script.blocks
    )


@lru_cache(maxsize=8192)
def script_of(character: str) -> Script | None:
    """Return the script `character` belongs to; None for basic Latin, digits, signs and marks.

    Those have no script of their own here, because every face carries them.
    """
    code = ord(character)
    if code in _SHARED or code <= _BASIC_LATIN_ENDS:
        return None
    for script in Script:
        for first, last in script.blocks:
            if first <= code <= last:
                return script
    is_letter_or_picture = unicodedata.category(character)[0] == "L" or code >= _PICTURES_BEGIN
    return Script.LATIN if is_letter_or_picture else None


def split_by_script(word: str) -> Iterator[tuple[str, Script]]:
    """Yield the stretches of `word` that are set in one face each.

    What has no script of its own joins the script before it, or after it at the start; a danda with
    none beside it, as in “(3)।”, takes the others along: Latin faces do not have it.
    """
    alone = Script.LATIN if _SHARED.isdisjoint(map(ord, word)) else Script.DEVANAGARI
    changes: list[tuple[int, Script | None]] = [(0, None)]
    for position, character in enumerate(word):
        script = script_of(character)
        if script is None or script is changes[-1][1]:
            continue
        if changes[-1][1] is None:
            changes[-1] = (0, script)
        else:
            changes.append((position, script))
    changes.append((len(word), None))
    for (start, script), (end, _next) in pairwise(changes):
        yield word[start:end], script or alone
