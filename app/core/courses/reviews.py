"""What whoever approves looks at: the version as it would be begun, and what differs from the one in force."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    REVIEW_SCREEN,
    ApprovalKind,
    Comparison,
    KindActs,
    Review,
    Step,
    Subject,
    SubjectTitle,
    compare,
    differences,
    is_own_work,
    standing_of,
    steps_of,
)
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.figures import number
from app.core.base.words import _, mark
from app.core.content import AssetStore
from app.core.courses.approving import CourseApproving, course_of
from app.core.courses.describing import DescribeBody, Describing
from app.core.courses.in_force import RETIREMENT, VERSION
from app.core.courses.models import (
    CourseRetirementRow,
    CourseRow,
    CourseVersionRow,
    PublishConfirmationRow,
)
from app.core.courses.outline import Outline, from_json
from app.core.courses.publishing import PublishWarning, warnings_from
from app.core.courses.queries import course_detail
from app.core.journal import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReview(Review):
    """A version that was submitted, or a proposal to retire a course."""

    course_id: UUID
    outline: Outline
    """As a learner would see it; of a retirement what is in force."""


class CourseReviews:
    """Reads for approvers; bootstrap puts the words of lesson kinds of other features in `bodies`."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self.bodies: dict[str, DescribeBody] = {}
        self._site = site
        self._assets = assets

    def review(self, actor: Actor, subject: Subject) -> CourseReview:
        """Return what was submitted, beside what is in force. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return self.reviewed(session, actor, subject)

    def reviewed(self, session: Session, actor: Actor, subject: Subject) -> CourseReview:
        """Return a review in a session that does more. Raises NotFound."""
        course = course_of(session, subject)
        steps = steps_of(session, subject)
        standing = standing_of(steps, local_day(self._site.clock))
        sent = [one for one in steps if one.step is Step.SUBMITTED]
        if not sent:
            raise NotFound(_("What is to be approved"))
        version = session.get(CourseVersionRow, subject.id)
        before = _current(session, course, version)
        outline = _shown(version, before, course)
        return CourseReview(
            subject=subject,
            course_id=course.id,
            code=course.code,
            title=outline.title,
            detail=_("to be retired") if version is None else _version_words(version.number),
            outline=outline,
            against=_against(version, before),
            comparison=None if version is None else self._compared(session, before, outline),
            follows=_follows(is_retirement=version is None),
            standing=standing,
            submitted_at=sent[-1].at,
            sha256=sent[-1].sha256,
            note=sent[-1].reason,
            warnings=tuple(one.sentence for one in _confirmed(session, subject.id)),
            is_own=is_own_work(session, actor, standing.waiting or sent[-1:]),
        )

    def compare(
        self, actor: Actor, course_id: UUID, before: int | None = None, after: int | None = None
    ) -> Comparison:
        """Compare two versions of a course by their numbers: the one in force with the draft, unless said.

        Raises NotFound.
        """
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            detail = course_detail(session, course_id, local_day(self._site.clock))
            earlier = _numbered(session, course_id, before) if before is not None else None
            if before is None and detail.current_version_id is not None:
                earlier = session.get(CourseVersionRow, detail.current_version_id)
            if after is not None:
                later = from_json(_numbered(session, course_id, after).outline)
            else:
                later = detail.draft or detail.outline
            return self._compared(session, earlier, later)

    def _compared(
        self, session: Session, before: CourseVersionRow | None, after: Outline
    ) -> Comparison:
        words = Describing(session, self._assets, self.bodies)
        if before is None:
            return compare((), words.parts(after), differences({}, words.course(after)))
        earlier = from_json(before.outline)
        whole = differences(words.course(earlier), words.course(after))
        return compare(words.parts(earlier), words.parts(after), whole)


def course_kinds(reviews: CourseReviews, approving: CourseApproving) -> tuple[ApprovalKind, ...]:
    """Return the kinds of subjects that courses are approved as."""
    acts = KindActs(
        review=reviews.review,
        approve=approving.approve,
        reject=approving.reject,
        withdraw=approving.withdraw,
    )
    return (
        ApprovalKind(
            kind=VERSION,
            title=mark("Courses"),
            screen=REVIEW_SCREEN,
            called=_versions,
            acts=acts,
        ),
        ApprovalKind(
            kind=RETIREMENT,
            title=mark("Courses to be retired"),
            screen=REVIEW_SCREEN,
            called=_retirements,
            follows=VERSION,
            acts=acts,
        ),
    )


def _against(version: CourseVersionRow | None, before: CourseVersionRow | None) -> str:
    if version is None:
        return ""
    if before is None:
        return _("Nothing was in force before.")
    return _("Compared with version {number}:").format(number=number(before.number))


def _follows(*, is_retirement: bool) -> str:
    if is_retirement:
        return _("Nobody begins the course from that day on. Records and certificates stay.")
    return _("New learners begin it from that day on. Whoever has begun goes on with theirs.")


def _version_words(count: int) -> str:
    return _("version {number}").format(number=number(count))


def _current(
    session: Session, course: CourseRow, version: CourseVersionRow | None
) -> CourseVersionRow | None:
    """Return what a version is compared with: what is in force, and of that itself the one before."""
    if version is None or course.current_version_id not in {None, version.id}:
        key = course.current_version_id
        return session.get(CourseVersionRow, key) if key is not None else None
    if course.current_version_id is None:
        return None
    earlier = (
        sa.select(CourseVersionRow)
        .where(CourseVersionRow.course_id == course.id, CourseVersionRow.number < version.number)
        .order_by(CourseVersionRow.number.desc())
        .limit(1)
    )
    return session.scalar(earlier)


def _shown(
    version: CourseVersionRow | None, before: CourseVersionRow | None, course: CourseRow
) -> Outline:
    if version is not None:
        return from_json(version.outline)
    if before is not None:
        return from_json(before.outline)
    return from_json(course.draft or {})


def _numbered(session: Session, course_id: UUID, wanted: int) -> CourseVersionRow:
    found = session.scalars(
        sa.select(CourseVersionRow)
        .where(CourseVersionRow.course_id == course_id, CourseVersionRow.number == wanted)
        .order_by(CourseVersionRow.id)
    ).first()
    if found is None:
        raise NotFound(_("Version {number}").format(number=number(wanted)))
    return found


def _confirmed(session: Session, version_id: UUID) -> tuple[PublishWarning, ...]:
    row = session.scalar(
        sa.select(PublishConfirmationRow).where(PublishConfirmationRow.version_id == version_id)
    )
    return () if row is None else warnings_from(row.warnings)


def _versions(session: Session, ids: Collection[UUID]) -> Mapping[UUID, SubjectTitle]:
    found = session.execute(
        sa.select(
            CourseVersionRow.id, CourseVersionRow.number, CourseVersionRow.title, CourseRow.code
        )
        .join(CourseRow, CourseRow.id == CourseVersionRow.course_id)
        .where(CourseVersionRow.id.in_(list(ids)))
    )
    return {
        one.id: SubjectTitle(
            code=one.code,
            title=one.title,
            detail=_version_words(one.number),
        )
        for one in found
    }


def _retirements(session: Session, ids: Collection[UUID]) -> Mapping[UUID, SubjectTitle]:
    found = session.execute(
        sa.select(CourseRetirementRow.id, CourseRow.title, CourseRow.code)
        .join(CourseRow, CourseRow.id == CourseRetirementRow.course_id)
        .where(CourseRetirementRow.id.in_(list(ids)))
    )
    return {
        one.id: SubjectTitle(code=one.code, title=one.title, detail=_("to be retired"))
        for one in found
    }
