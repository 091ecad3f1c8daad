"""Giving something to whoever approves: how many people do follows from what its site asks for."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from app.core.approvals.models import Step
from app.core.approvals.rules import approvers_asked
from app.core.approvals.states import Subject, SubjectState
from app.core.approvals.steps import added, require_standing, step_row
from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.storage.tables import Fact


def submit(
    unit: Unit,
    actor: Actor,
    subject: Subject,
    *,
    site_id: UUID | None,
    sha256: str,
    now: datetime,
    authors: Iterable[UUID] = (),
    note: str = "",
    ruled_by: Collection[str] = (),
) -> UUID:
    """Give a draft to whoever approves; return the step's id. Raises NotThatState.

    `sha256` is of what is submitted, `authors` are the accounts that wrote it. It takes as many people as the
    site asks for of the kind, or the most that it asks for of the kinds of `ruled_by`.
    """
    require_standing(unit, subject, now, SubjectState.DRAFT)
    today = now.astimezone().date()
    wrote = {*authors, *([actor.account_id] if actor.account_id else [])}
    row = step_row(Step.SUBMITTED, actor, subject, now, reason=note, sha256=sha256)
    row.authors = sorted(str(one) for one in wrote)
    row.approvers = max(
        approvers_asked(unit, site_id, one, today) for one in ruled_by or (subject.kind,)
    )
    return added(unit, row)


def propose(
    unit: Unit,
    actor: Actor,
    kind: str,
    proposal: Fact,
    *,
    site_id: UUID | None,
    reason: str,
    now: datetime,
    sha256: str = "",
    ruled_by: Collection[str] = (),
) -> Subject:
    """Keep a proposal, which is a fact of its own, and submit it for its reason; return it as a subject."""
    subject = Subject(kind, added(unit, proposal))
    submit(
        unit,
        actor,
        subject,
        site_id=site_id,
        sha256=sha256,
        now=now,
        note=reason,
        ruled_by=ruled_by,
    )
    return subject
