"""What can be corrected: which field of which fact, and whether a second person has to agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.base.words import mark


class RecordKind(StrEnum):
    """A fact that may be wrong; the value is its table."""

    EVIDENCE = "evidence"
    OLD = "legacy_record"
    COMPLETION = "course_completion"
    CREDIT = "requirement_credit"
    """Met before the eyes of this site: in a class, a practical, a drill, by reading."""


class FieldKind(StrEnum):
    """How the value of a field is written."""

    DAY = "day"
    """2026-11-23, today or before."""
    LAST_DAY = "last_day"
    """A day that may lie ahead; "" for none."""
    SHARE = "share"
    """A percentage with at most one decimal, such as 82.5."""
    TEXT = "text"
    VOID = "void"
    """"void": the record does not count."""
    PERSON = "person"
    """The id of a person; people type a number, and read number and name."""


CHANGES_CREDIT = frozenset({FieldKind.DAY, FieldKind.LAST_DAY, FieldKind.VOID, FieldKind.PERSON})
"""Kinds of fields on which hangs what somebody holds."""


@dataclass(frozen=True, slots=True)
class CorrectedField:
    """A field that can be corrected."""

    title: str
    """A marked word."""
    kind: FieldKind
    is_critical: bool
    """Whether somebody's qualification hangs on it: then a second person agrees."""


COUNTS = "counts"
"""The field that says whether a record counts at all."""
VOID = "void"
PERSON = "person"
"""The field that says whose a record is."""
_COUNTS = CorrectedField(mark("Counts"), FieldKind.VOID, True)

CORRECTED_FIELDS: Mapping[RecordKind, Mapping[str, CorrectedField]] = {
    RecordKind.EVIDENCE: {
        "obtained_on": CorrectedField(mark("Obtained on"), FieldKind.DAY, True),
        "valid_until": CorrectedField(mark("Valid until"), FieldKind.LAST_DAY, True),
        "issuer": CorrectedField(mark("Issued by"), FieldKind.TEXT, False),
        "number": CorrectedField(mark("Number"), FieldKind.TEXT, False),
        COUNTS: _COUNTS,
    },
    RecordKind.OLD: {
        "trained_on": CorrectedField(mark("Trained on"), FieldKind.DAY, True),
        "valid_until": CorrectedField(mark("Valid until"), FieldKind.LAST_DAY, True),
        "score": CorrectedField(mark("Score or result"), FieldKind.TEXT, True),
        "trainer": CorrectedField(mark("Trainer"), FieldKind.TEXT, False),
        "source": CorrectedField(mark("Where the paper is"), FieldKind.TEXT, False),
        COUNTS: _COUNTS,
    },
    RecordKind.COMPLETION: {
        "score": CorrectedField(mark("Score"), FieldKind.SHARE, True),
        COUNTS: _COUNTS,
    },
    RecordKind.CREDIT: {
        "met_on": CorrectedField(mark("Met on"), FieldKind.DAY, True),
        PERSON: CorrectedField(mark("Who met it"), FieldKind.PERSON, True),
        COUNTS: _COUNTS,
    },
}
