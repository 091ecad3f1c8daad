"""What kinds of files leave, and what they are called."""

from enum import StrEnum

from app.core.base.words import mark


class FileKind(StrEnum):
    """What a file is. A new kind is one line here and one of words."""

    REPORT = "report"
    LIST = "list"
    """Rows of a list on screen."""
    TRAINING_RECORD = "training-record"
    PERSON_PAPER = "person-paper"
    """A paper that is kept of somebody: their CV, a degree."""
    MATRIX = "matrix"
    """The training matrix on paper."""
    CERTIFICATE = "certificate"
    QUESTION_BANK = "question-bank"
    COURSE = "course"
    """A course as a folder that can be imported again."""
    STATEMENTS = "statements"
    PIN_SLIPS = "pin-slips"
    VISIT_SLIP = "visit-slip"
    """How an auditor from outside signs in, on paper."""
    RECOVERY_KIT = "recovery-kit"
    KEY_PAPER = "key-paper"
    """A request, an answer, a site file, a trust file: what makes PCs and sites known."""
    COURIER_SLIP = "courier-slip"
    SYNC_SHEETS = "sync-sheets"
    """Records for another PC or site, as sheets of codes."""
    SYNC_RECEIPT = "sync-receipt"
    """What says on paper that a sync file arrived."""
    RECEIPT = "receipt"
    """The same as a file on the stick that brought it."""
    STAMP = "stamp"
    """What somebody who looked at a sync file says of it, in a file beside it."""
    SEAL = "seal"
    SIGNATURE = "signature"
    SIGN_IN_SHEET = "sign-in-sheet"
    TASK_LABELS = "task-labels"
    DAY_PASS = "day-pass"  # noqa: S105  a paper, not a secret
    NOTICE = "notice"
    """What hangs on a notice board."""
    MAIL = "mail"
    """A message that somebody carries to a mail program."""
    LESSON = "lesson"
    """A page that a lesson showed."""
    PRACTICAL = "practical"
    """A form to be filled by hand, or the record of a practical."""
    DOCUMENT = "document"
    """A controlled document, with whose copy it is over each page."""
    QUALIFICATION = "qualification"
    """What came of qualifying the program on a PC."""
    ARCHIVE = "archive"
    """The records of a year, to be read and proved without the program."""
    PROGRAM = "program"
    """A version of the program, as an upgrade file."""
    SYNC_FILE = "sync-file"
    """One of which the register's own line was lost with the records of before."""
    BACKUP = "backup"
    """All records, locked as they are on the PC, on another disk or a stick."""


KINDS = {
    FileKind.REPORT.value: mark("Report"),
    FileKind.LIST.value: mark("List"),
    FileKind.TRAINING_RECORD.value: mark("Training record"),
    FileKind.PERSON_PAPER.value: mark("Paper of a person"),
    FileKind.MATRIX.value: mark("Training matrix"),
    FileKind.CERTIFICATE.value: mark("Certificate"),
    FileKind.QUESTION_BANK.value: mark("Questions"),
    FileKind.COURSE.value: mark("Course"),
    FileKind.STATEMENTS.value: mark("xAPI statements"),
    FileKind.PIN_SLIPS.value: mark("PIN slips"),
    FileKind.VISIT_SLIP.value: mark("Slip of an auditor's visit"),
    FileKind.RECOVERY_KIT.value: mark("Recovery kit"),
    FileKind.KEY_PAPER.value: mark("Paper about keys"),
    FileKind.COURIER_SLIP.value: mark("Courier slip"),
    FileKind.SYNC_SHEETS.value: mark("Sync file on paper"),
    FileKind.SYNC_RECEIPT.value: mark("Receipt on paper"),
    FileKind.RECEIPT.value: mark("Receipt on a stick"),
    FileKind.STAMP.value: mark("Stamp beside a sync file"),
    FileKind.SEAL.value: mark("Seal"),
    FileKind.SIGNATURE.value: mark("Signature"),
    FileKind.SIGN_IN_SHEET.value: mark("Sign-in sheet"),
    FileKind.TASK_LABELS.value: mark("Labels of tasks"),
    FileKind.DAY_PASS.value: mark("Day pass"),
    FileKind.NOTICE.value: mark("Notice"),
    FileKind.MAIL.value: mark("E-mail message"),
    FileKind.LESSON.value: mark("Page of a lesson"),
    FileKind.PRACTICAL.value: mark("Practical"),
    FileKind.DOCUMENT.value: mark("Document"),
    FileKind.QUALIFICATION.value: mark("Qualification"),
    FileKind.ARCHIVE.value: mark("Archive of a year"),
    FileKind.PROGRAM.value: mark("Version of the program"),
    FileKind.SYNC_FILE.value: mark("Sync file"),
    FileKind.BACKUP.value: mark("Backup"),
}

"""Marked words by the value of each kind."""
