"""What kinds of files leave, and what they are called."""

from enum import StrEnum

from app.core.base.words import mark


class FileKind(StrEnum):
    """What a file is. A new kind is one line here and one of words."""

    REPORT = "report"
    LIST = "list"
    """Rows of a list on screen."""
    TRAINING_RECORD = "training-record"
    CERTIFICATE = "certificate"
    QUESTION_BANK = "question-bank"
    STATEMENTS = "statements"
    PIN_SLIPS = "pin-slips"
    RECOVERY_KIT = "recovery-kit"
    KEY_PAPER = "key-paper"
    """A request, an answer, a site file, a trust file: what makes PCs and sites known."""
    COURIER_SLIP = "courier-slip"
    SEAL = "seal"
    SIGNATURE = "signature"
    LESSON = "lesson"
    """A page that a lesson showed."""
    DOCUMENT = "document"
    """A controlled document, with whose copy it is over each page."""


KINDS = {
    FileKind.REPORT.value: mark("Report"),
    FileKind.LIST.value: mark("List"),
    FileKind.TRAINING_RECORD.value: mark("Training record"),
    FileKind.CERTIFICATE.value: mark("Certificate"),
    FileKind.QUESTION_BANK.value: mark("Questions"),
    FileKind.STATEMENTS.value: mark("xAPI statements"),
    FileKind.PIN_SLIPS.value: mark("PIN slips"),
    FileKind.RECOVERY_KIT.value: mark("Recovery kit"),
    FileKind.KEY_PAPER.value: mark("Paper about keys"),
    FileKind.COURIER_SLIP.value: mark("Courier slip"),
    FileKind.SEAL.value: mark("Seal"),
    FileKind.SIGNATURE.value: mark("Signature"),
    FileKind.LESSON.value: mark("Page of a lesson"),
    FileKind.DOCUMENT.value: mark("Document"),
}

"""Marked words by the value of each kind."""
