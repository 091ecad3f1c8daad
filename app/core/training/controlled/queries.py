"""Reading the register: documents with their revisions, who points at them, how many have read them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import Step, SubjectState, steps_of
from app.core.base.errors import NotFound, NotOne
from app.core.base.paging import has_words
from app.core.base.words import _
from app.core.people import account_names
from app.core.signatures import lines_under, signer_names
from app.core.training.controlled.kinds import RevisionState
from app.core.training.controlled.models import (
    ControlledDocumentRow,
    DocumentRequirementRow,
    DocumentReviewRow,
    DocumentRevisionRow,
    ImpactAssessmentRow,
)
from app.core.training.controlled.review_types import Keeper
from app.core.training.controlled.reviewed import keepers, offered, review_of
from app.core.training.controlled.states import (
    Known,
    document_subject,
    known_of,
    pointing_subject,
    subject_of,
)
from app.core.training.controlled.trained import trained_in
from app.core.training.controlled.types import (
    DocumentDetail,
    DocumentSummary,
    ImpactAssessment,
    ReadingTerms,
    RequirementPointing,
    Revision,
    Trained,
)
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import requirement_subject

_WAITING = {RevisionState.DRAFT, RevisionState.IN_REVIEW}
_ENDS = {Step.RETIRED, Step.WITHDRAWN}


def document_row(session: Session, document_id: UUID) -> ControlledDocumentRow:
    """Return a document's row. Raises NotFound."""
    row = session.get(ControlledDocumentRow, document_id)
    if row is None:
        raise NotFound(_("The document"))
    return row


def by_number(session: Session, number: str) -> ControlledDocumentRow:
    """Return the document with a number, in whichever case. Raises NotFound, NotOne."""
    folded = sa.func.lower(ControlledDocumentRow.number) == number.lower()
    rows = session.scalars(sa.select(ControlledDocumentRow).where(folded)).all()
    exact = [row for row in rows if row.number == number]
    found, what = exact or list(rows), _("The document {number}").format(number=number)
    if not found:
        raise NotFound(what)
    if len(found) > 1:
        raise NotOne(what)
    return found[0]


def revision_row(session: Session, revision_id: UUID) -> DocumentRevisionRow:
    """Return a revision's row. Raises NotFound."""
    row = session.get(DocumentRevisionRow, revision_id)
    if row is None:
        raise NotFound(_("The revision"))
    return row


def known(session: Session, document_id: UUID, today: date) -> Known:
    """Return a document with its revisions. Raises NotFound."""
    document_row(session, document_id)
    return known_of(session, today, [document_id])[document_id]


def requirements_of(session: Session, document_id: UUID) -> tuple[RequirementPointing, ...]:
    """Return the requirements that want a document read, by code."""
    return pointing(session, [document_id]).get(document_id, ())


def pointing(
    session: Session, document_ids: Iterable[UUID] | None = None
) -> dict[UUID, tuple[RequirementPointing, ...]]:
    """Return the requirements that want documents read, by document."""
    statement = (
        sa.select(
            DocumentRequirementRow.document_id,
            RequirementRow.id,
            RequirementRow.code,
            RequirementRow.title,
        )
        .join(RequirementRow, RequirementRow.id == DocumentRequirementRow.requirement_id)
        .where(DocumentRequirementRow.document_id.is_not(None))
        .order_by(RequirementRow.code)
    )
    if document_ids is not None:
        statement = statement.where(DocumentRequirementRow.document_id.in_(list(document_ids)))
    found: dict[UUID, list[RequirementPointing]] = defaultdict(list)
    for document_id, requirement_id, code, title in session.execute(statement):
        if document_id is not None:
            found[document_id].append(
                RequirementPointing(id=requirement_id, code=code, title=title)
            )
    return {document_id: tuple(some) for document_id, some in found.items()}


def summaries(session: Session, today: date, text: str = "") -> tuple[DocumentSummary, ...]:
    """Return the documents that have all words of a text, by number."""
    all_known = known_of(session, today)
    in_force = {key: one.in_force(today) for key, one in all_known.items()}
    last = (all_known[k].last_review(row.id) for k, row in in_force.items() if row is not None)
    around = _Around(
        today=today,
        units=_unit_names(session),
        names=_reviewers(session, (one for one in last if one is not None)),
        keepers=keepers(session),
        trained=trained_in(session, today, [r.id for r in in_force.values() if r is not None]),
    )
    made = (_summary(one, in_force[key], around) for key, one in all_known.items())
    found = (one for one in made if has_words(_searched(one), text))
    return tuple(sorted(found, key=lambda one: (one.retired_on is not None, one.number)))


def detail(session: Session, document_id: UUID, today: date) -> DocumentDetail:
    """Return a document with everything that is said of it. Raises NotFound."""
    found = known(session, document_id, today)
    row = found.in_force(today)
    steps = [one.id for standing in found.standings.values() for one in standing.given]
    names = {**signer_names(session, steps), **_reviewers(session, found.reviews)}
    around = _Around(
        today=today,
        units=_unit_names(session),
        names=names,
        keepers=keepers(session, [document_id]),
        trained=trained_in(session, today, [] if row is None else [row.id]),
    )
    revisions = tuple(found.value(one, today, names) for one in reversed(found.rows))
    return DocumentDetail(
        summary=_summary(found, row, around),
        revisions=revisions,
        requirements=requirements_of(session, document_id),
        impacts=assessments(session, [one.id for one in revisions]),
        free_from=found.free_from(today),
        decisions=lines_under(session, _ending_steps(session, found)),
        reviews=tuple(review_of(one, found, names) for one in reversed(found.reviews)),
        next_review=offered(found, today),
    )


def _reviewers(session: Session, reviews: Iterable[DocumentReviewRow]) -> dict[UUID, str]:
    """Return what everybody with an account here is called, and who else made some reviews."""
    here = {one.id: one.name for one in account_names(session)}
    elsewhere = [one.id for one in reviews if one.by not in here]
    return {**signer_names(session, elsewhere), **here} if elsewhere else here


def _ending_steps(session: Session, known: Known) -> list[UUID]:
    """Return the steps by which a document was retired and brought back, and its revisions withdrawn.

    With them those by which what wants it read was retired and brought back, or points elsewhere.
    """
    ended = (key for key, one in known.standings.items() if one.state is SubjectState.RETIRED)
    document_id = known.document.id
    subjects = (
        document_subject(document_id),
        pointing_subject(document_id),
        *map(subject_of, ended),
        *(requirement_subject(one.id) for one in requirements_of(session, document_id)),
    )
    steps = (step for subject in subjects for step in steps_of(session, subject))
    return [step.id for step in steps if step.step in _ENDS]


def assessments(session: Session, subject_ids: Iterable[UUID]) -> tuple[ImpactAssessment, ...]:
    """Return what was decided about changes, the newest first."""
    rows = session.scalars(
        sa.select(ImpactAssessmentRow)
        .where(ImpactAssessmentRow.subject_id.in_(list(subject_ids)))
        .order_by(ImpactAssessmentRow.at.desc(), ImpactAssessmentRow.id.desc())
    ).all()
    roles, units = _role_names(session), _unit_names(session)
    return tuple(
        ImpactAssessment(
            id=row.id,
            subject=row.subject,
            subject_id=row.subject_id,
            called=row.called,
            ask=row.ask,
            job_roles=tuple(roles.get(UUID(one), "") for one in row.job_roles),
            org_units=tuple(units.get(UUID(one), "") for one in row.org_units),
            due_on=row.due_on,
            reason=row.reason,
            people=row.people,
            asked=row.asked,
            at=row.at,
            by_name=row.by_name,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What is looked up once for every document that is shown."""

    today: date
    units: Mapping[UUID, str]
    names: Mapping[UUID, str]
    """Of accounts."""
    keepers: Mapping[UUID, tuple[Keeper, ...]]
    """By document."""
    trained: Mapping[UUID, Trained]
    """By revision."""


def _summary(known: Known, row: DocumentRevisionRow | None, around: _Around) -> DocumentSummary:
    """Return a document with the revision that is in force, if any is."""
    document, today = known.document, around.today
    review_due = None if row is None else known.review_due(row)
    last = None if row is None else known.last_review(row.id)
    unit_id = document.org_unit_id
    return DocumentSummary(
        id=document.id,
        number=document.number,
        title=document.title,
        owner=document.owner,
        org_unit_id=unit_id,
        org_unit="" if unit_id is None else around.units.get(unit_id, ""),
        terms=terms_of_document(document),
        retired_on=document.retired_on,
        in_force=None if row is None else known.value(row, today),
        coming=_coming(known, today),
        review_due=review_due,
        is_review_due=review_due is not None and review_due <= today,
        last_review=None if last is None else review_of(last, known, around.names),
        keepers=around.keepers.get(document.id, ()),
        trained=None if row is None else around.trained.get(row.id, Trained()),
    )


def terms_of_document(document: ControlledDocumentRow) -> ReadingTerms:
    """Return what reading a document asks for."""
    return ReadingTerms(
        page_seconds=document.page_seconds,
        least_seconds=document.least_seconds,
        may_print=document.may_print,
    )


def _coming(known: Known, today: date) -> Revision | None:
    row = known.coming(today)
    if row is None:
        waiting = [one for one in known.rows if known.state(one, today) in _WAITING]
        row = waiting[-1] if waiting else None
    return None if row is None else known.value(row, today)


def _searched(one: DocumentSummary) -> str:
    return f"{one.number} {one.title} {one.owner} {one.org_unit}"


def _unit_names(session: Session) -> dict[UUID, str]:
    unit = neighbours().org_unit
    return {key: name for key, name in session.execute(sa.select(unit.id, unit.name))}  # noqa: C416  rows, not tuples


def _role_names(session: Session) -> dict[UUID, str]:
    role = neighbours().job_role
    return {key: title for key, title in session.execute(sa.select(role.id, role.title))}  # noqa: C416  rows, not tuples
