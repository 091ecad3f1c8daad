"""The register of documents: every revision with its days, who approved it when, and its review."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.approvals.models import ApprovalStepRow, Step
from app.core.base.actor import Capability
from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, day, moment, number, text
from app.core.reports.pairs import AnySelect, Condition
from app.core.storage.columns import Day
from app.core.training.controlled import ChangeClass, ReviewOutcome
from app.core.training.controlled.models import (
    AcknowledgementRow,
    ControlledDocumentRow,
    DocumentReviewRow,
    DocumentRevisionRow,
)
from app.core.training.controlled.queries import summaries

_YES, _NO = "yes", "no"
_ANSWERS = {_YES: mark("Yes"), _NO: mark("No")}
_CLASSES = {
    ChangeClass.MINOR.value: mark("Minor change"),
    ChangeClass.MAJOR.value: mark("Major change"),
}
_REFUSAL = aliased(ApprovalStepRow, name="refusal")
_APPROVED = (
    sa.select(sa.func.min(ApprovalStepRow.at))
    .where(
        ApprovalStepRow.subject_id == DocumentRevisionRow.id,
        ApprovalStepRow.step == Step.APPROVED,
        ~sa.exists().where(
            _REFUSAL.answers == ApprovalStepRow.answers,
            _REFUSAL.step.in_([Step.REJECTED, Step.WITHDRAWN]),
        ),
    )
    .scalar_subquery()
)
_READ = (
    sa.select(sa.func.count(sa.distinct(AcknowledgementRow.person_id)))
    .where(AcknowledgementRow.revision_id == DocumentRevisionRow.id)
    .scalar_subquery()
)


_STAYS = (
    sa.select(DocumentReviewRow.next_due)
    .where(
        DocumentReviewRow.revision_id == DocumentRevisionRow.id,
        DocumentReviewRow.outcome == ReviewOutcome.STAYS,
    )
    .order_by(DocumentReviewRow.at.desc(), DocumentReviewRow.id.desc())
    .limit(1)
    .scalar_subquery()
)
"""What the last review of a revision said of the next."""


def _is_due(session: Session, value: str, today: date) -> Condition:
    found = summaries(session, today)
    ids = [one.in_force.id for one in found if one.in_force and one.is_review_due]
    due = DocumentRevisionRow.id.in_(ids)
    return due if value == _YES else sa.not_(due)


def _select(asked: Asked) -> AnySelect:
    document, revision = ControlledDocumentRow, DocumentRevisionRow
    return (
        sa.select(
            revision.id,
            document.number.label("document"),
            document.title.label("title"),
            document.owner.label("owner"),
            revision.label.label("revision"),
            revision.effective_from.label("effective_from"),
            _APPROVED.label("approved_at"),
            revision.change_class.label("change"),
            revision.summary.label("summary"),
            sa.func.coalesce(_STAYS, revision.review_due, type_=Day()).label("review_due"),
            document.retired_on.label("retired_on"),
            _READ.label("read"),
        )
        .join(document, document.id == revision.document_id)
        .where(*asked.conditions)
    )


REPORT = SelectReport(
    key="documents",
    title=mark("Documents and their revisions"),
    question=mark("Which revisions are in force, and which review is due?"),
    icon="file-check",
    columns=(
        text("document", mark("Document")),
        text("title", mark("Title")),
        text("owner", mark("Who answers for it")),
        text("revision", mark("Revision")),
        day("effective_from", mark("In force from")),
        moment("approved_at", mark("Approved")),
        chip("change", mark("Change"), _CLASSES),
        text("summary", mark("What changed")),
        day("review_due", mark("Review due")),
        day("retired_on", mark("Retired")),
        number("read", mark("Have read it")),
    ),
    filters=(
        ReportFilter(key="review", title=mark("Review due"), condition=_is_due, choices=_ANSWERS),
    ),
    default_sort=Sort("document"),
    searched=("document", "title", "owner"),
    ties=("effective_from", "id"),
    select=_select,
    capability=Capability.VIEW_REPORTS,
)
