"""Weights in percent, as other systems write them, and the exact shares that they mean."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

_ROUNDED = [
    Fraction(part, whole)
    for whole in (3, 6, 7, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19)
    for part in range(1, whole)
]
_DECIMALS = 5


def share_of(percent: Decimal) -> Fraction:
    """Return the share that a percentage means: 33.33333 is a third, whose digits were cut."""
    share = Fraction(percent) / 100
    if _decimals(percent) < 2:  # noqa: PLR2004  12.5 says what it means
        return share
    step = Fraction(1, 100 * 10 ** _decimals(percent))
    near = [one for one in _ROUNDED if abs(abs(share) - one) < step]
    if not near:
        return share
    return near[0] if share > 0 else -near[0]


def even_shares(percents: Sequence[Decimal]) -> tuple[Fraction, ...]:
    """Return the shares of options; equal ones above 0 that miss the whole by rounding share it."""
    shares = [share_of(one) for one in percents]
    above = [one for one in percents if one > 0]
    if len(set(above)) != 1:
        return tuple(shares)
    slack = Fraction(len(above), 100 * 10 ** _decimals(above[0]))
    if abs(sum((one for one in shares if one > 0), Fraction(-1))) > slack:
        return tuple(shares)
    return tuple(Fraction(1, len(above)) if one > 0 else one for one in shares)


def percent_of(share: Fraction) -> str:
    """Return a share in percent with at most five decimals."""
    scaled = share * 100 * 10**_DECIMALS
    digits = Decimal(round(scaled)).scaleb(-_DECIMALS)
    return format(digits.normalize(), "f") if digits else "0"


def _decimals(percent: Decimal) -> int:
    exponent = percent.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
