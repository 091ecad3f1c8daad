"""What an HR file says of pay, bank and identity: told by heading and by content, and never read (DPDP)."""

import re
from collections.abc import Callable, Sequence

_HEADINGS = re.compile(
    r"aadha|\badhar\b|\buid\b|\bpan\b|\buan\b|\bpf\b|\bepf\b|provident|\besic?\b|bank|ifsc|account|salary|\bctc\b"
    r"|\bgross\b|\bbasic\b|allowance|\bpay|wage|tax|marital|spouse|father|mother(?! tongue)|parent|blood|caste"
    r"|religion|birth|\bdob\b|\bage\b|address|mobile|phone|contact|password|\bpin\b|passport|driving|licen[cs]e"
    r"|voter|nationality|gender|\bsex\b|personal|disab|nominee|emergency"
)
_PAN = re.compile(r"[A-Z]{5}[0-9]{4}[A-Z]")
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")
_UAN = re.compile(r"10[0-9]{10}")
_PHONE = re.compile(r"(?:\+?91[- ]?)?[6-9][0-9]{4}[ -]?[0-9]{5}")
_AADHAAR = re.compile(r"[2-9][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}")
_LONG_NUMBER = re.compile(r"[0-9]{11,18}")
_FEWEST = 3
_MOST = 0.6
"""Of a column's cells: then it holds such numbers."""

_TURNED = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 3, 4, 0, 6, 7, 8, 9, 5), (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7), (4, 0, 1, 2, 3, 9, 5, 6, 7, 8), (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2), (7, 6, 5, 9, 8, 2, 1, 0, 4, 3), (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)  # fmt: skip
_SHIFTED = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4), (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7), (9, 4, 5, 3, 1, 2, 6, 8, 7, 0), (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5), (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)  # fmt: skip
"""Verhoeff's tables: what an Aadhaar number's last digit is worked out with."""


def is_private_heading(normal: str) -> bool:
    """Tell whether a heading, as `normal_heading` gives it, names what is not read."""
    return bool(_HEADINGS.search(normal))


def is_identity(cells: Sequence[str]) -> bool:
    """Tell whether cells that are not empty are PAN or Aadhaar numbers: nobody may be known by those."""
    return _mostly(cells, lambda text: bool(_PAN.fullmatch(text)) or _is_aadhaar(text))


def is_private_content(cells: Sequence[str]) -> bool:
    """Tell whether cells that are not empty are numbers of identity, bank, provident fund or phone."""
    return _mostly(
        cells,
        lambda text: (
            any(pattern.fullmatch(text) for pattern in (_PAN, _IFSC, _UAN, _PHONE, _LONG_NUMBER))
            or _is_aadhaar(text)
        ),
    )


def _mostly(cells: Sequence[str], told_by: Callable[[str], bool]) -> bool:
    if len(cells) < _FEWEST:
        return False
    return sum(told_by(cell.strip().upper()) for cell in cells) >= _MOST * len(cells)


def _is_aadhaar(text: str) -> bool:
    if not _AADHAAR.fullmatch(text):
        return False
    check = 0
    for place, digit in enumerate(reversed([int(sign) for sign in text if sign.isdigit()])):
        check = _TURNED[check][_SHIFTED[place % 8][digit]]
    return check == 0
