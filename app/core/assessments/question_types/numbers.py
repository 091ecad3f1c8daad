"""Numbers as people type them, read exactly."""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

_LONGEST = 120
_LARGEST = 40
"""Most digits, and furthest power of ten: exact arithmetic on a foreign number must stay cheap."""
_MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-", "＋": "+"})
_GROUPING_BLANK = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_BLANK_AFTER_SIGN = re.compile(r"^([-+])\s+")


class DecimalMark(StrEnum):
    """Which sign parts the whole from the rest; the other one groups digits and nothing else."""

    POINT = "point"
    """1,234.5 and the Indian 12,34,567.5."""
    COMMA = "comma"
    """1.234,5: France, Germany and most of Europe."""


_GROUPED = r"[-+]?(?:\d+|\d{1,3}(?:GROUP\d{2,3})*GROUP\d{3})"
_SHAPE = rf"(?:{_GROUPED}(?:MARK\d*)?|[-+]?MARK\d+)(?:[eE][-+]?\d{{1,3}})?"
_NUMBER = {
    DecimalMark.POINT: re.compile(_SHAPE.replace("GROUP", ",").replace("MARK", r"\.")),
    DecimalMark.COMMA: re.compile(_SHAPE.replace("GROUP", r"\.").replace("MARK", ",")),
}


def read_number(untrusted: str, decimal_mark: DecimalMark = DecimalMark.POINT) -> Decimal | None:
    """Return the number typed, or None when it is not one under that decimal mark.

    Digits of every script count; blanks may stand between groups of three digits. "3,14" is no number where the point
    is the decimal mark: it is never read as 314, nor guessed at.
    """
    if len(untrusted) > _LONGEST:
        return None
    text = _western(untrusted.strip().translate(_MINUS_SIGNS))
    text = _BLANK_AFTER_SIGN.sub(r"\1", _GROUPING_BLANK.sub("", text))
    if not _NUMBER[decimal_mark].fullmatch(text):
        return None
    group, mark = (",", ".") if decimal_mark is DecimalMark.POINT else (".", ",")
    number = Decimal(text.replace(group, "").replace(mark, "."))
    return number if is_bounded(number) else None


def is_bounded(number: Decimal) -> bool:
    """Tell whether it is a number proper, of a size that exact arithmetic bears."""
    if not number.is_finite():
        return False
    return abs(number.adjusted()) <= _LARGEST and len(number.as_tuple().digits) <= _LARGEST


def exact(number: Decimal) -> Fraction:
    """Return the number as a fraction."""
    return Fraction(number)


def written(number: Decimal, decimal_mark: DecimalMark = DecimalMark.POINT) -> str:
    """Return the number in digits, without an exponent and without grouping."""
    text = format(number, "f")
    return text if decimal_mark is DecimalMark.POINT else text.replace(".", ",")


def _western(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(sign)) if not sign.isascii() and sign.isdecimal() else sign
        for sign in text
    )
