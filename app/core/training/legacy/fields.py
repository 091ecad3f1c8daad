"""What a list of old training may hold, and the names that such columns go by."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.base.words import mark
from app.core.spreadsheets import DayOrder, KnownHeadings


class LegacyField(StrEnum):
    """What a column may hold."""

    NUMBER = "number"
    NAME = "name"
    REQUIREMENT = "requirement"
    TRAINED_ON = "trained_on"
    VALID_UNTIL = "valid_until"
    SCORE = "score"
    TRAINER = "trainer"
    SOURCE = "source"
    SCAN = "scan"


LEGACY_FIELDS: Mapping[LegacyField, str] = {
    LegacyField.NUMBER: mark("Employee number"),
    LegacyField.NAME: mark("Name"),
    LegacyField.REQUIREMENT: mark("Code or title of the training"),
    LegacyField.TRAINED_ON: mark("Trained on"),
    LegacyField.VALID_UNTIL: mark("Valid until"),
    LegacyField.SCORE: mark("Score or result"),
    LegacyField.TRAINER: mark("Trainer"),
    LegacyField.SOURCE: mark("Where the paper is"),
    LegacyField.SCAN: mark("File of the scan"),
}
"""Marked words for each field, in the order in which they are offered."""

NEEDED = (LegacyField.NUMBER, LegacyField.REQUIREMENT, LegacyField.TRAINED_ON)
DAYS = (LegacyField.TRAINED_ON, LegacyField.VALID_UNTIL)

KNOWN = KnownHeadings[LegacyField](
    {
        LegacyField.NUMBER: (
            "employee no", "employee number", "employee code", "employee id", "emp no", "emp number",
            "emp code", "emp id", "staff no", "staff number", "staff id", "person number",
            "personnel no", "token no", "ticket no", "number",
        ),
        LegacyField.NAME: (
            "name", "employee name", "full name", "display name", "name of employee", "emp name",
            "staff name", "trainee", "trainee name", "participant", "participant name", "person",
        ),
        LegacyField.REQUIREMENT: (
            "course code", "training code", "requirement", "requirement code", "course",
            "course title", "course name", "training", "training name", "training title", "topic",
            "subject", "module", "skill", "code", "title",
        ),
        LegacyField.TRAINED_ON: (
            "date", "trained on", "training date", "date of training", "completed on",
            "completion date", "date completed", "conducted on", "held on", "obtained on",
        ),
        LegacyField.VALID_UNTIL: (
            "valid until", "valid till", "valid upto", "valid up to", "expiry date", "expires on",
            "expiry", "due date", "next due", "validity",
        ),
        LegacyField.SCORE: (
            "score", "result", "marks", "percentage", "grade", "evaluation", "test result",
        ),
        LegacyField.TRAINER: (
            "trainer", "trainer name", "faculty", "instructor", "conducted by", "given by",
        ),
        LegacyField.SOURCE: (
            "source", "source reference", "reference", "reference no", "ref no", "register",
            "file no", "document no", "record no", "page",
        ),
        LegacyField.SCAN: ("scan", "scan file", "file name", "attachment", "evidence file"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyMapping:
    """How the columns of a list are read. It is kept with the batch, and found again by the headings."""

    columns: tuple[tuple[str, LegacyField | None], ...] = ()
    """What is taken from each heading, as `normal_heading` gives it; None: nothing."""
    order: DayOrder | None = None
    headings: tuple[str, ...] = ()
    """All headings of the list it was made with."""

    @property
    def chosen(self) -> dict[str, LegacyField | None]:
        """Return what is taken from each heading."""
        return dict(self.columns)
