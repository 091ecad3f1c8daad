"""What stamps beside files said that were taken in: kept as statements of whoever looked at them on their way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.sync.models import FileInspectionRow
from app.core.sync.stamps import Inspection


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody said of a file that came."""

    file: str
    """Its name."""
    sha256: str
    bundle_id: UUID
    inspection: Inspection


def keep_inspections(site: Site, actor: Actor, stated: Sequence[Stated]) -> None:
    """Put on record what was said of files, once each."""
    if not stated:
        return
    with site.read() as session:
        known = inspections_of(session, {one.sha256 for one in stated})
    fresh = [one for one in stated if one.inspection not in known.get(one.sha256, ())]
    if not fresh:
        return
    with site.transaction(actor, "sync.inspected") as unit:
        unit.add_all(
            FileInspectionRow(
                bundle_id=one.bundle_id,
                sha256=one.sha256,
                inspector=one.inspection.by,
                inspected_at=one.inspection.at,
                result=one.inspection.result,
                scanner=one.inspection.scanner,
                exit_code=one.inspection.exit_code,
                said=one.inspection.said,
                at=site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
            for one in fresh
        )


def inspections_of(session: Session, hashes: Collection[str]) -> dict[str, tuple[Inspection, ...]]:
    """Return what was said of files by their hash, the first first; what two PCs kept of it once."""
    row = FileInspectionRow
    found: dict[str, dict[Inspection, None]] = {}
    kept = sa.select(row).where(row.sha256.in_(tuple(hashes))).order_by(row.inspected_at, row.id)
    for one in session.scalars(kept):
        said = Inspection(
            by=one.inspector,
            at=one.inspected_at,
            result=one.result,
            scanner=one.scanner,
            exit_code=one.exit_code,
            said=one.said,
        )
        found.setdefault(one.sha256, {})[said] = None
    return {sha256: tuple(said) for sha256, said in found.items()}
