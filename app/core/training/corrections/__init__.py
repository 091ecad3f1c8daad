"""Corrections of records: the old stays visible, with reason, signature and second person."""

from app.core.training.corrections.disputes import TwoCorrections
from app.core.training.corrections.kinds import (
    CORRECTED_FIELDS,
    COUNTS,
    PERSON,
    VOID,
    FieldKind,
    RecordKind,
)
from app.core.training.corrections.queries import correction_in_words, is_disputed, told_title
from app.core.training.corrections.records import is_record
from app.core.training.corrections.service import Corrections
from app.core.training.corrections.types import CorrectableRecord, Correction, ToCorrect
from app.core.training.corrections.values import value_in_words
from app.core.training.corrections.whose import readable

__all__ = [
    "CORRECTED_FIELDS",
    "COUNTS",
    "PERSON",
    "VOID",
    "CorrectableRecord",
    "Correction",
    "Corrections",
    "FieldKind",
    "RecordKind",
    "ToCorrect",
    "TwoCorrections",
    "correction_in_words",
    "is_disputed",
    "is_record",
    "readable",
    "told_title",
    "value_in_words",
]
