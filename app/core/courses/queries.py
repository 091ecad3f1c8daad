"""Questions that screens ask about courses, answered in SQL."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.approvals import Standing, SubjectState, waits_in_sql
from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.courses.in_force import VERSION, standings
from app.core.courses.models import CourseRow, CourseVersionRow, PublishConfirmationRow
from app.core.courses.outline import Outline, from_json, languages_of
from app.core.courses.publishing import PublishWarning, warnings_from
from app.core.courses.types import CourseDetail, CourseState, CourseSummary, VersionSummary
from app.core.storage.folding import says
from app.core.storage.stretches import Sorts, stretch_of, total_of

_SUBMITTED = aliased(CourseVersionRow, name="submitted")
_WAITS = (
    sa.exists()
    .where(
        _SUBMITTED.course_id == CourseRow.id,
        waits_in_sql(VERSION, _SUBMITTED.id),
    )
    .correlate(CourseRow)
)
_STATE = sa.case(
    (CourseRow.retired_at.is_not(None), CourseState.RETIRED.value),
    (_WAITS, CourseState.IN_REVIEW.value),
    (CourseRow.current_version_id.is_(None), CourseState.DRAFT.value),
    (CourseRow.draft.is_not(None), CourseState.CHANGED.value),
    else_=CourseState.PUBLISHED.value,
)
_BEGUN = frozenset({None, SubjectState.EFFECTIVE, SubjectState.RETIRED})
_SORTS: Sorts = {
    "title": sa.func.lower(CourseRow.title),
    "code": sa.func.lower(CourseRow.code),
    "state": _STATE,
    "version": CourseVersionRow.number.expression,
    "published_at": CourseVersionRow.published_at.expression,
}


def course_row(session: Session, course_id: UUID) -> CourseRow:
    """Return a course's row. Raises NotFound."""
    row = session.get(CourseRow, course_id)
    if row is None:
        raise NotFound(_("The course"))
    return row


def newest_outline(session: Session, course_id: UUID) -> Outline:
    """Return what an author goes on with: the draft, else the version in use. Raises NotFound."""
    row = course_row(session, course_id)
    if row.draft is not None:
        return from_json(row.draft)
    if row.current_version_id is None:
        raise NotFound(_("The course's content"))
    return from_json(session.get_one(CourseVersionRow, row.current_version_id).outline)


def course_page(session: Session, request: PageRequest) -> Page[CourseSummary]:
    """Return one stretch of the courses. Filters: `state`, `topic`; sorts: the keys of the columns."""
    chosen = _chosen(request)
    rows = session.execute(stretch_of(chosen, request, _SORTS, CourseRow.id))
    return Page(rows=tuple(_summary(*row) for row in rows), total=total_of(session, chosen))


def course_detail(session: Session, course_id: UUID, today: date) -> CourseDetail:
    """Return one course in full, as approvals stand on a day. Raises NotFound."""
    row = course_row(session, course_id)
    state = session.scalar(sa.select(_STATE).where(CourseRow.id == course_id))
    told = _versions(session, course_id, today)
    draft = None if row.draft is None else from_json(row.draft)
    shown = _current_outline(session, row) or draft
    if shown is None:
        raise NotFound(_("The course's content"))
    return CourseDetail(
        id=row.id,
        code=row.code,
        state=CourseState(state or CourseState.DRAFT),
        current_version_id=row.current_version_id,
        outline=shown,
        draft=draft,
        versions=tuple(one for one in told if one.state in _BEGUN),
        submitted=tuple(one for one in told if one.state not in _BEGUN),
    )


def _versions(session: Session, course_id: UUID, today: date) -> list[VersionSummary]:
    """Return the versions of a course, the latest first, as approvals stand on a day."""
    rows = session.scalars(
        sa.select(CourseVersionRow)
        .where(CourseVersionRow.course_id == course_id)
        .order_by(CourseVersionRow.number.desc(), CourseVersionRow.id.desc())
    ).all()
    ids = [one.id for one in rows]
    confirmed, stands = _confirmed(session, ids), standings(session, ids, today)
    return [_version(one, confirmed.get(one.id, ()), stands.get(one.id)) for one in rows]


def _current_outline(session: Session, row: CourseRow) -> Outline | None:
    """Return the content that is published now."""
    if row.current_version_id is None:
        return None
    version = session.get(CourseVersionRow, row.current_version_id)
    return None if version is None else from_json(version.outline)


def _chosen(request: PageRequest) -> sa.Select[CourseRow, CourseVersionRow | None, str]:
    chosen = sa.select(CourseRow, CourseVersionRow, _STATE).outerjoin(
        CourseVersionRow, CourseVersionRow.id == CourseRow.current_version_id
    )
    if states := request.values("state"):
        chosen = chosen.where(_STATE.in_(states))
    if topics := request.values("topic"):
        chosen = chosen.where(CourseRow.topic.in_(topics))
    return chosen.where(*says(request.text, CourseRow.title, CourseRow.code))


def _summary(row: CourseRow, version: CourseVersionRow | None, state: str) -> CourseSummary:
    outline = from_json(version.outline if version is not None else row.draft or {})
    return CourseSummary(
        id=row.id,
        code=row.code,
        title=row.title,
        topic=row.topic,
        state=CourseState(state),
        version=None if version is None else version.number,
        published_at=None if version is None else version.published_at,
        lessons=len(outline.lessons),
        seconds=sum(lesson.seconds for lesson in outline.lessons),
        languages=languages_of(outline),
    )


def _confirmed(session: Session, version_ids: list[UUID]) -> dict[UUID, tuple[PublishWarning, ...]]:
    rows = session.scalars(
        sa.select(PublishConfirmationRow).where(PublishConfirmationRow.version_id.in_(version_ids))
    )
    return {row.version_id: warnings_from(row.warnings) for row in rows}


def _version(
    row: CourseVersionRow, confirmed: tuple[PublishWarning, ...], standing: Standing | None
) -> VersionSummary:
    approval = standing.approval if standing else None
    return VersionSummary(
        id=row.id,
        number=row.number,
        title=row.title,
        sha256=row.sha256,
        published_at=approval.at if approval else row.published_at,
        published_by=row.published_by,
        note=row.note,
        confirmed=confirmed,
        state=standing.state if standing else None,
        effective_on=approval.effective_on if approval else None,
        approval_step=approval.id if approval else None,
    )
