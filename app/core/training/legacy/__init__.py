"""Training from before this program: lists brought in as batches, signed once, marked as migrated."""

from app.core.training.legacy.errors import (
    BatchAnswered,
    BatchChanged,
    BatchOfOwn,
    LegacyDaysUnclear,
    LegacyOutdated,
    NoScan,
    NothingToBringIn,
)
from app.core.training.legacy.fields import LEGACY_FIELDS, LegacyField, LegacyMapping
from app.core.training.legacy.papers import Papers
from app.core.training.legacy.service import Legacy
from app.core.training.legacy.types import (
    BATCH_STATES,
    BatchDetail,
    BatchState,
    BatchSummary,
    BroughtIn,
    LegacyColumn,
    LegacyPlan,
    OldRecord,
    OldTraining,
    RowTrouble,
    Scan,
    WaitsFor,
)
from app.core.training.legacy.words import waits_in_words

__all__ = [
    "BATCH_STATES",
    "LEGACY_FIELDS",
    "BatchAnswered",
    "BatchChanged",
    "BatchDetail",
    "BatchOfOwn",
    "BatchState",
    "BatchSummary",
    "BroughtIn",
    "Legacy",
    "LegacyColumn",
    "LegacyDaysUnclear",
    "LegacyField",
    "LegacyMapping",
    "LegacyOutdated",
    "LegacyPlan",
    "NoScan",
    "NothingToBringIn",
    "OldRecord",
    "OldTraining",
    "Papers",
    "RowTrouble",
    "Scan",
    "WaitsFor",
    "waits_in_words",
]
