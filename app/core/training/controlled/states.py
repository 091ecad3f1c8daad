"""Where revisions stand: by their approvals, and by the day. The one place that says so."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    Standing,
    Subject,
    SubjectState,
    standing_of,
    steps_of,
    steps_of_kind,
)
from app.core.training.controlled.hashing import content_hash, files_of, impact_of
from app.core.training.controlled.in_force import Issue, coming_after, follower_of, in_force_on
from app.core.training.controlled.kinds import ReviewOutcome, RevisionState
from app.core.training.controlled.models import (
    ControlledDocumentRow,
    DocumentReviewRow,
    DocumentRevisionRow,
)
from app.core.training.controlled.types import Revision

_NOTHING = Standing(state=SubjectState.DRAFT)
KIND = "document_revision"
"""What a revision is called among the subjects of approvals."""


def subject_of(revision_id: UUID) -> Subject:
    """Return a revision as approvals know it."""
    return Subject(kind=KIND, id=revision_id)


def document_subject(document_id: UUID) -> Subject:
    """Return a document as the steps know it by which it was retired and brought back."""
    return Subject(kind="controlled_document", id=document_id)


def pointing_subject(document_id: UUID) -> Subject:
    """Return what wants a document read as the steps know it by which some of it did no longer."""
    return Subject(kind="document_requirement", id=document_id)


@dataclass(frozen=True, slots=True)
class Known:
    """A document's revisions with where they stand, in the order in which they took effect."""

    document: ControlledDocumentRow
    rows: tuple[DocumentRevisionRow, ...]
    standings: dict[UUID, Standing]
    issues: tuple[Issue, ...]
    reviews: tuple[DocumentReviewRow, ...] = ()
    """In the order in which they were made."""

    def in_force(self, day: date) -> DocumentRevisionRow | None:
        """Return the revision in force on a day."""
        return self.row(in_force_on(day, self.issues, retired_on=self.document.retired_on))

    def coming(self, day: date) -> DocumentRevisionRow | None:
        """Return the next approved revision; None for a document that is retired."""
        retired_on = self.document.retired_on
        if retired_on is not None and retired_on <= day:
            return None
        return self.row(coming_after(day, self.issues))

    def newest(self) -> Issue | None:
        """Return the approved revision that takes effect last: any further one comes after it."""
        approved = [one for one in self.issues if one.approved_at is not None]
        return max(approved, key=lambda one: one.effective_from, default=None)

    def free_from(self, day: date) -> date:
        """Return the first day, `day` at the earliest, on which a further revision may take effect."""
        newest = self.newest()
        return day if newest is None else max(day, newest.effective_from + timedelta(days=1))

    def last_review(self, revision_id: UUID) -> DocumentReviewRow | None:
        """Return the last review of a revision, whatever came of it."""
        return self._last(revision_id, set(ReviewOutcome))

    def last_stay(self, revision_id: UUID) -> DocumentReviewRow | None:
        """Return the last review of a revision by which it stays as it is."""
        return self._last(revision_id, {ReviewOutcome.STAYS})

    def review_due(self, row: DocumentRevisionRow) -> date | None:
        """Return the last day of a revision's next review: as its last one said, else as it began."""
        last = self.last_stay(row.id)
        return row.review_due if last is None else last.next_due

    def _last(
        self, revision_id: UUID, outcomes: Container[ReviewOutcome]
    ) -> DocumentReviewRow | None:
        found = (
            one
            for one in reversed(self.reviews)
            if one.revision_id == revision_id and one.outcome in outcomes
        )
        return next(found, None)

    def row(self, revision_id: UUID | None) -> DocumentRevisionRow | None:
        """Return a revision of the document by its id."""
        return next((one for one in self.rows if one.id == revision_id), None)

    def issue(self, revision_id: UUID) -> Issue:
        """Return what decides about a revision."""
        return next(one for one in self.issues if one.id == revision_id)

    def label(self, revision_id: UUID | None) -> str:
        """Return how a revision is called; "" for none."""
        row = self.row(revision_id)
        return "" if row is None else row.label

    def approver(self, revision_id: UUID) -> UUID | None:
        """Return the account that approved a revision; None while it is not approved."""
        approval = self.standings[revision_id].approval
        is_approved = self.issue(revision_id).approved_at is not None
        return approval.by if is_approved and approval is not None else None

    def is_double(self, row: DocumentRevisionRow) -> bool:
        """Tell whether another revision that was not withdrawn has the label of one."""
        return any(
            one.label == row.label
            and one.id != row.id
            and self.standings[one.id].state is not SubjectState.RETIRED
            for one in self.rows
        )

    def has_label(self, label: str) -> bool:
        """Tell whether a revision that was not withdrawn has a label."""
        live = (one for one in self.rows if one.label == label)
        return any(self.standings[one.id].state is not SubjectState.RETIRED for one in live)

    def state(self, row: DocumentRevisionRow, day: date) -> RevisionState:
        """Return where a revision stands on a day."""
        standing, issue = self.standings[row.id], self.issue(row.id)
        retired_on = self.document.retired_on
        is_retired = retired_on is not None and retired_on <= day
        if standing.state is SubjectState.RETIRED:
            return RevisionState.RETIRED
        if issue.approved_at is None:
            waits = bool(standing.waiting)
            return RevisionState.IN_REVIEW if waits else RevisionState.DRAFT
        if issue.effective_from > day:
            return RevisionState.RETIRED if is_retired else RevisionState.APPROVED
        if follower_of(issue, self.issues, day) is not None:
            return RevisionState.SUPERSEDED
        return RevisionState.RETIRED if is_retired else RevisionState.EFFECTIVE

    def value(
        self, row: DocumentRevisionRow, day: date, names: Mapping[UUID, str] | None = None
    ) -> Revision:
        """Return a revision as it is shown on a day; `names` are those of accounts."""
        issue, standing = self.issue(row.id), self.standings[row.id]
        approved = [(names or {}).get(one.by, "") for one in standing.given if one.by is not None]
        follower = follower_of(issue, self.issues, day) if issue.approved_at else None
        return Revision(
            id=row.id,
            document_id=row.document_id,
            label=row.label,
            files=files_of(row),
            content_sha256=content_hash(row),
            effective_from=issue.effective_from,
            review_due=row.review_due,
            supersedes=row.supersedes,
            summary=row.summary,
            change_class=row.change_class,
            at=row.at,
            by=row.by,
            by_name="" if row.by is None else (names or {}).get(row.by, ""),
            state=self.state(row, day),
            approved_at=issue.approved_at,
            approved_by=", ".join(filter(None, approved)) if issue.approved_at else "",
            approvers=standing.waiting[-1].approvers if standing.waiting else 1,
            given=tuple(one.by for one in standing.given if one.by is not None),
            approvals=tuple(one.id for one in standing.given),
            superseded_by=self.label(follower),
            impact=impact_of(row),
            is_double=self.is_double(row),
        )


def known_of(
    session: Session, day: date, document_ids: Iterable[UUID] | None = None
) -> dict[UUID, Known]:
    """Return documents, or all of them, with their revisions, by id."""
    documents = sa.select(ControlledDocumentRow)
    revisions = sa.select(DocumentRevisionRow)
    reviews = sa.select(DocumentReviewRow).order_by(DocumentReviewRow.at, DocumentReviewRow.id)
    if document_ids is not None:
        ids = list(document_ids)
        documents = documents.where(ControlledDocumentRow.id.in_(ids))
        revisions = revisions.where(DocumentRevisionRow.document_id.in_(ids))
        reviews = reviews.where(DocumentReviewRow.document_id.in_(ids))
    by_document: dict[UUID, list[DocumentRevisionRow]] = defaultdict(list)
    for row in session.scalars(revisions):
        by_document[row.document_id].append(row)
    reviewed: dict[UUID, list[DocumentReviewRow]] = defaultdict(list)
    for review in session.scalars(reviews):
        reviewed[review.document_id].append(review)
    rows = [one for some in by_document.values() for one in some]
    standings = _standings(session, None if document_ids is None else [one.id for one in rows], day)
    return {
        document.id: _known(
            document, by_document[document.id], standings, tuple(reviewed[document.id])
        )
        for document in session.scalars(documents)
    }


def _known(
    document: ControlledDocumentRow,
    rows: list[DocumentRevisionRow],
    standings: Mapping[UUID, Standing],
    reviews: tuple[DocumentReviewRow, ...],
) -> Known:
    ordered = sorted(rows, key=lambda row: (row.effective_from, row.at, row.id))
    own = {row.id: standings.get(row.id) or _NOTHING for row in ordered}
    return Known(
        document=document,
        rows=tuple(ordered),
        standings=own,
        issues=tuple(_issue(row, own[row.id]) for row in ordered),
        reviews=reviews,
    )


def _standings(session: Session, ids: list[UUID] | None, day: date) -> dict[UUID, Standing]:
    """Return where revisions stand that took any step; all of them without `ids`."""
    if ids is None:
        known = steps_of_kind(session, KIND)
        return {revision_id: standing_of(some, day) for revision_id, some in known.items()}
    return {one: standing_of(steps_of(session, subject_of(one)), day) for one in ids}


def _issue(row: DocumentRevisionRow, standing: Standing) -> Issue:
    """Return what decides about a revision. An approval of another content does not count.

    It is in force from the day of its approval on at the earliest: nothing is dated back.
    """
    approval = standing.approval
    stands = standing.state in {SubjectState.APPROVED, SubjectState.EFFECTIVE}
    approved_at: datetime | None = None
    effective_from = row.effective_from
    if approval is not None and stands and approval.sha256 == content_hash(row):
        approved_at = approval.at
        effective_from = max(effective_from, approval.effective_on or effective_from)
    return Issue(id=row.id, effective_from=effective_from, approved_at=approved_at)
