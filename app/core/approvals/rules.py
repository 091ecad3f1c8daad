"""Whether a site asks for an approval: off until an administrator says so, with a reason."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals.models import ApprovalRuleRow
from app.core.journal import Unit


def is_asked(session: Session, site_id: UUID | None, kind: str) -> bool:
    """Tell whether a site asks for an approval of a kind of thing."""
    row = _row(session, site_id, kind)
    return row is not None and row.is_asked


def ask(unit: Unit, site_id: UUID, kind: str, *, is_asked: bool) -> bool:
    """Let a site ask for approvals of a kind, or no longer; tell whether that changed anything."""
    row = _row(unit, site_id, kind)
    if row is None:
        unit.add(ApprovalRuleRow(site_id=site_id, subject_kind=kind, is_asked=is_asked))
        return is_asked
    changed = row.is_asked != is_asked
    row.is_asked = is_asked
    return changed


def _row(session: Session, site_id: UUID | None, kind: str) -> ApprovalRuleRow | None:
    return session.scalar(
        sa.select(ApprovalRuleRow).where(
            ApprovalRuleRow.site_id == site_id, ApprovalRuleRow.subject_kind == kind
        )
    )
