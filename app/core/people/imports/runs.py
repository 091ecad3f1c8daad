"""What is kept of each import: which files, how they were read, whom they touched, what was mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.ids import new_id
from app.core.people.imports.fields import KEPT_AS, Field
from app.core.people.imports.plan import PeoplePlan
from app.core.people.imports.wish import Fix
from app.core.people.models import ImportRunRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """An import as it was kept."""

    id: UUID
    at: datetime
    mapping: str
    coverage: str
    files: tuple[tuple[str, str], ...]
    """Name and SHA-256 of each."""
    private: tuple[str, ...]
    """Columns that were dropped."""
    counts: dict[str, int]
    fixes: int
    typed: int | None


def counts_of(plan: PeoplePlan) -> dict[str, int]:
    """Return how many people a plan touches, in which way."""
    return {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "moved": len(plan.moved),
        "back": len(plan.back),
        "unchanged": plan.unchanged,
        "gone": len(plan.gone),
        "left": len(plan.leaving),
        "staying": len(plan.staying),
        "accounts_closed": len(plan.closing),
        "errors": len(plan.errors),
    }


def run_row(
    plan: PeoplePlan, fixes: Sequence[Fix], account_id: UUID | None, at: datetime, typed: int | None
) -> ImportRunRow:
    """Return what is kept of an import that is applied."""
    files: list[dict[str, Any]] = [
        {"name": one.name, "sha256": one.sha256, "size": one.size, "encoding": one.encoding}
        for one in plan.files
    ]
    return ImportRunRow(
        id=new_id(),
        at=at,
        account_id=account_id,
        mapping=plan.mapping.name,
        fields=sorted({KEPT_AS.get(field, field).value for field in plan.fields}),
        owns=bool(plan.mapping.name) and plan.mapping.owns,
        coverage=plan.terms.coverage.value,
        files=files,
        private=list(plan.private_columns),
        counts=counts_of(plan),
        fixes=[_plain(one) for one in fixes],
        typed=typed,
    )


def _plain(fix: Fix) -> dict[str, Any]:
    """Return a mended cell as it is kept: of a badge not its code, which opens an account."""
    text = "" if fix.field is Field.BADGE else fix.text
    return {"part": fix.part, "line": fix.line, "field": fix.field.value, "text": text}


def runs_named(session: Session, words: Sequence[str]) -> dict[str, ImportRun]:
    """Return the runs that words name by their id, by that word."""
    ids = {UUID(hex=word): word for word in words if _is_id(word)}
    rows = session.scalars(sa.select(ImportRunRow).where(ImportRunRow.id.in_(ids)))
    return {ids[row.id]: _run(row) for row in rows}


def owned_fields(session: Session) -> dict[str, str]:
    """Return the fields that HR files bring, each with the name of the mapping that did so last."""
    found: dict[str, str] = {}
    for row in session.scalars(
        sa.select(ImportRunRow).where(ImportRunRow.owns).order_by(ImportRunRow.at)
    ):
        found.update(dict.fromkeys(row.fields, row.mapping))
    return found


def _run(row: ImportRunRow) -> ImportRun:
    return ImportRun(
        id=row.id,
        at=row.at,
        mapping=row.mapping,
        coverage=row.coverage,
        files=tuple((one["name"], one["sha256"]) for one in row.files),
        private=tuple(row.private),
        counts=row.counts,
        fixes=len(row.fixes),
        typed=row.typed,
    )


def _is_id(word: str) -> bool:
    return len(word) == 32 and all(sign in "0123456789abcdef" for sign in word)  # noqa: PLR2004
