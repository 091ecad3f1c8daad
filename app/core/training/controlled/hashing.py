"""What of a revision is fixed by its approval: one hash over its label, its files and its day."""

import hashlib
from typing import Any

import msgspec

from app.core.storage.columns import canonical_json
from app.core.training.controlled.models import DocumentRevisionRow
from app.core.training.controlled.types import PlannedImpact, RevisionFile


def files_of(row: DocumentRevisionRow) -> tuple[RevisionFile, ...]:
    """Return the files of a revision by language."""
    return tuple(msgspec.convert(one, RevisionFile) for one in row.files)


def impact_of(row: DocumentRevisionRow) -> PlannedImpact | None:
    """Return who reads a revision again, as it was assessed with its draft."""
    return None if row.impact is None else msgspec.convert(row.impact, PlannedImpact)


def content_hash(row: DocumentRevisionRow) -> str:
    """Return SHA-256, in hexadecimal, of all of a revision that readers see and that says when it holds."""
    content: dict[str, Any] = {
        "label": row.label,
        "files": [{"language": one["language"], "sha256": one["sha256"]} for one in row.files],
        "effective_from": row.effective_from.isoformat(),
        "summary": row.summary,
        "change_class": row.change_class.value,
    }
    if row.impact is not None:
        content["impact"] = row.impact
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()
