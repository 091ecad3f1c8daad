"""The formats of question banks. A new one is one module here and one line in `BANK_FORMATS`."""

from app.core.assessments.formats.aiken import Aiken
from app.core.assessments.formats.base import (
    BankExport,
    BankFile,
    BankFileTooLarge,
    BankFormat,
    BankImport,
    BankLimits,
    BankQuestion,
    ExportFormat,
    MediaSource,
    NotText,
    NotThisFormat,
    Problem,
    TooManyQuestions,
    no_media,
)
from app.core.assessments.formats.cloze_file import ClozeFile
from app.core.assessments.formats.exporting import differences, export_bank
from app.core.assessments.formats.gift import Gift
from app.core.assessments.formats.moodle_xml import MoodleXml
from app.core.assessments.formats.qti import Qti
from app.core.assessments.formats.qti12 import Qti12
from app.core.assessments.formats.table import Table
from app.core.base.errors import NotFound

BANK_FORMATS: tuple[BankFormat, ...] = (
    ClozeFile(),
    Aiken(),
    Gift(),
    MoodleXml(),
    Qti(),
    Qti12(),
    Table(),
)
"""In the order in which they are asked whether a file is theirs: GIFT would take any text with braces."""

EXPORT_FORMATS: tuple[ExportFormat, ...] = (Gift(), MoodleXml(), Qti(), Table())
"""Those in which questions are written as well."""


def export_format(key: str) -> ExportFormat:
    """Return the format of that key, to write in. Raises NotFound when there is none."""
    found = next((one for one in EXPORT_FORMATS if one.key == key), None)
    if found is None:
        raise NotFound(key[:40])
    return found


def recognised_format(untrusted: bytes, name: str) -> BankFormat | None:
    """Return the format that a file is likely in, or None."""
    return next((one for one in BANK_FORMATS if one.recognises(untrusted, name)), None)


__all__ = [
    "BANK_FORMATS",
    "EXPORT_FORMATS",
    "BankExport",
    "BankFile",
    "BankFileTooLarge",
    "BankFormat",
    "BankImport",
    "BankLimits",
    "BankQuestion",
    "ExportFormat",
    "MediaSource",
    "NotText",
    "NotThisFormat",
    "Problem",
    "TooManyQuestions",
    "differences",
    "export_bank",
    "export_format",
    "no_media",
    "recognised_format",
]
