"""The formats of question banks. A new one is one module here and one line in `BANK_FORMATS`."""

from app.core.assessments.formats.base import (
    BankExport,
    BankFileTooLarge,
    BankFormat,
    BankImport,
    BankLimits,
    BankQuestion,
    NotText,
    Problem,
    TooManyQuestions,
)
from app.core.assessments.formats.gift import Gift
from app.core.base.errors import NotFound

BANK_FORMATS: tuple[BankFormat, ...] = (Gift(),)


def bank_format(key: str) -> BankFormat:
    """Return the format of that key. Raises NotFound when there is none."""
    found = next((one for one in BANK_FORMATS if one.key == key), None)
    if found is None:
        raise NotFound(key[:40])
    return found


def recognised_format(untrusted: bytes, name: str) -> BankFormat | None:
    """Return the format that a file is likely in, or None."""
    return next((one for one in BANK_FORMATS if one.recognises(untrusted, name)), None)


__all__ = [
    "BANK_FORMATS",
    "BankExport",
    "BankFileTooLarge",
    "BankFormat",
    "BankImport",
    "BankLimits",
    "BankQuestion",
    "NotText",
    "Problem",
    "TooManyQuestions",
    "bank_format",
    "recognised_format",
]
