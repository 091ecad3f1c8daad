"""Whether a site asks for an approval, and by how many: an administrator says so, with a reason."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals.models import ApprovalRuleRow
from app.core.journal import Unit


def is_asked(session: Session, site_id: UUID | None, kind: str) -> bool:
    """Tell whether a site asks for an approval of a kind of thing."""
    row = _row(session, site_id, kind)
    return row is not None and row.is_asked


def approvers_asked(session: Session, site_id: UUID | None, kind: str) -> int:
    """Return how many people approve a thing of a kind that is submitted at a site: one, or as it says."""
    row = _row(session, site_id, kind)
    return 1 if row is None else row.approvers


def count(unit: Unit, site_id: UUID, kind: str, approvers: int, *, is_asked: bool) -> None:
    """Let so many people approve what is submitted from now on."""
    row = _row(unit, site_id, kind)
    if row is None:
        row = ApprovalRuleRow(site_id=site_id, subject_kind=kind, is_asked=is_asked)
        unit.add(row)
    row.approvers = approvers


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
