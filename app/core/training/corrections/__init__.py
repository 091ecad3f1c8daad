"""Corrections of records: the old stays visible, with reason, signature and second person."""

from app.core.training.corrections.kinds import (
    CORRECTED_FIELDS,
    COUNTS,
    VOID,
    FieldKind,
    RecordKind,
)
from app.core.training.corrections.service import Corrections
from app.core.training.corrections.types import CorrectableRecord, Correction, ToCorrect
from app.core.training.corrections.values import value_in_words

__all__ = [
    "CORRECTED_FIELDS",
    "COUNTS",
    "VOID",
    "CorrectableRecord",
    "Correction",
    "Corrections",
    "FieldKind",
    "RecordKind",
    "ToCorrect",
    "value_in_words",
]
