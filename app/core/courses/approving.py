"""Versions that somebody else approves: submitted, reviewed, in force on their day; retirements alike.

Whether a site asks for it is a rule of approvals; where it does not, `Courses.publish` goes on as ever.
"""

import contextlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    Approval,
    Review,
    Subject,
    approval_text,
    approve,
    is_asked,
    propose,
    reject,
    submit,
    waits_in_sql,
    withdraw,
)
from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.progress import NoProgress
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.courses.authors import authors_of_draft
from app.core.courses.coming_back import return_text
from app.core.courses.in_force import (
    RETIREMENT,
    VERSION,
    due_changes,
    due_retirements,
    given_outlines,
    in_review,
    is_approved_ahead,
)
from app.core.courses.models import CourseRetirementRow, CourseRow, CourseVersionRow
from app.core.courses.outline import Outline, OutlineUnreadable, assets_of, from_json
from app.core.courses.publishing import (
    PublishHooks,
    PublishWarning,
    problems_in,
    publish_reason,
    put_in_force,
    require_confirmed,
    sha256_of,
    warnings_in,
    write_confirmation,
    write_version,
)
from app.core.courses.queries import course_row, newest_outline
from app.core.courses.releases import PublishedCourse
from app.core.courses.rules import CourseInReview, CourseRetired, NothingToPublish, NotPublishable
from app.core.courses.search import CourseIndex
from app.core.courses.search import withdraw as forget_texts
from app.core.journal import Site, Unit, index_mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A draft that was submitted, frozen as a version."""

    course_id: UUID
    version_id: UUID
    code: str
    number: int
    sha256: str


class CourseApproving:
    """What authors and approvers do to versions, and what a new day makes of it."""

    def __init__(
        self,
        site: Site,
        assets: AssetStore,
        index: CourseIndex,
        hooks: PublishHooks,
        reviewed: Callable[[Session, Actor, Subject], Review],
    ) -> None:
        """Take `reviewed`, which reads what is signed with an approval."""
        self._reviewed = reviewed
        self._site = site
        self._assets = assets
        self._index = index
        self._hooks = hooks
        self._taken_on: date | None = None

    @property
    def today(self) -> date:
        """Return the day by which versions are effective."""
        return local_day(self._site.clock)

    def is_asked(self, session: Session | None = None) -> bool:
        """Tell whether this site asks for an approval before a course is used."""
        if session is not None:
            return is_asked(session, self._site.site_id, VERSION, self.today)
        with self._site.read() as own:
            return is_asked(own, self._site.site_id, VERSION, self.today)

    def waiting_of(self, actor: Actor, course_id: UUID) -> tuple[Subject, ...]:
        """Return what of a course waits for an approval: its version first, then its retirement."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            course_row(session, course_id)
            version = in_review(session, course_id, self.today)
            proposals = session.scalars(
                sa.select(CourseRetirementRow.id).where(
                    CourseRetirementRow.course_id == course_id,
                    waits_in_sql(RETIREMENT, CourseRetirementRow.id),
                )
            ).all()
        versions = () if version is None else (Subject(VERSION, version),)
        return (*versions, *(Subject(RETIREMENT, one) for one in proposals))

    def submit(
        self,
        actor: Actor,
        course_id: UUID,
        note: str = "",
        confirmed: Collection[PublishWarning] = (),
    ) -> Submitted:
        """Freeze the draft as a version and give it to whoever approves.

        Raises NotPublishable, NothingToPublish, NotConfirmed, CourseInReview, CourseRetired.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        index_mentions(self._site)
        with self._site.read() as session:
            outline = newest_outline(session, course_id)
            reason = publish_reason(note, warnings_in(session, outline, self._hooks.warnings))
        with self._site.transaction(actor, "course.submit", reason=reason) as unit:
            unit.take_turn("course", course_id)
            row = course_row(unit, course_id)
            require_open(unit, row, self.today)
            outline = self._draft_to_submit(unit, row)
            warnings = warnings_in(unit, outline, self._hooks.warnings)
            require_confirmed(warnings, confirmed)
            now, authors = self._site.clock.now(), self._authors(unit, course_id, outline)
            version = write_version(unit, actor, row, outline, at=now, note=note)
            write_confirmation(unit, actor, version.version_id, warnings, at=now)
            sha256 = sha256_of(outline)
            submit(
                unit,
                actor,
                Subject(VERSION, version.version_id),
                sha256=sha256,
                authors=authors,
                now=now,
                note=note,
                site_id=self._site.site_id,
            )
        return Submitted(
            course_id=course_id,
            version_id=version.version_id,
            code=version.code,
            number=version.number,
            sha256=sha256,
        )

    def _authors(self, unit: Unit, course_id: UUID, outline: Outline) -> frozenset[UUID]:
        """Return who wrote a draft, and what it takes from elsewhere for the first time."""
        given = given_outlines(unit, course_id, self.today)
        others = (one for hook in self._hooks.authors for one in hook(unit, outline, given))
        return authors_of_draft(unit, course_id).union(others)

    def _draft_to_submit(self, unit: Unit, row: CourseRow) -> Outline:
        """Return a draft that says something new and lacks nothing."""
        if row.draft is None:
            raise NothingToPublish
        outline = from_json(row.draft)
        if sha256_of(outline) in is_approved_ahead(unit, row.id, self.today):
            raise NothingToPublish
        if problems := problems_in(unit, self._assets, outline, self._hooks.checks):
            raise NotPublishable(problems)
        return outline

    def propose_retirement(self, actor: Actor, course_id: UUID, reason: str) -> UUID:
        """Ask that a course is used no more; return the proposal. Raises CourseRetired."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        why, now = explained(reason), self._site.clock.now()
        with self._site.transaction(actor, "course.propose-retirement", reason=why) as unit:
            row = course_row(unit, course_id)
            require_open(unit, row, self.today)
            proposal = CourseRetirementRow(
                course_id=course_id, reason=why, at=now, by=actor.account_id
            )
            return propose(
                unit,
                actor,
                RETIREMENT,
                proposal,
                site_id=self._site.site_id,
                reason=why,
                now=now,
                ruled_by=(VERSION,),
            ).id

    def return_text(self, actor: Actor, course_id: UUID, reason: str) -> str:
        """Return the words that are signed when a course is brought back; "" where the site asks for no approval.

        Raises NotFound, ReasonMissing, OwnRetirement.
        """
        actor.require_anywhere(Capability.PUBLISH_COURSES)
        with self._site.read() as session:
            row = course_row(session, course_id)
            if not self.is_asked(session):
                return ""
            return return_text(session, actor, row, reason, self.today)

    def withdraw(self, actor: Actor, subject: Subject, reason: str) -> None:
        """Take back what was submitted. Raises NotThatState, ReasonMissing."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        now = self._site.clock.now()
        with self._site.transaction(actor, "course.withdraw-submission", reason=reason) as unit:
            course_of(unit, subject)
            withdraw(unit, actor, subject, reason=reason, now=now)

    def reject(self, actor: Actor, subject: Subject, reason: str) -> None:
        """Send it back to its authors, with a reason. Raises NotAllowed, NotThatState."""
        now = self._site.clock.now()
        with self._site.transaction(actor, "course.reject", reason=reason) as unit:
            course_of(unit, subject)
            reject(unit, actor, subject, reason=reason, now=now)

    def approve(self, actor: Actor, subject: Subject, approval: Approval) -> None:
        """Approve what was submitted and sign it; it is in force at once where its day has come.

        Raises NotAllowed, OwnWork, ChangedSince, DayIsPast, NotThatState, CourseRetired, and what
        signing does.
        """
        actor.require_anywhere(Capability.APPROVE)
        with self._site.read() as session:
            version = session.get(CourseVersionRow, subject.id)
            files = assets_of(from_json(version.outline)) if version is not None else ()
        self._index.take_in(files, NoProgress())
        now = self._site.clock.now()
        with self._site.transaction(actor, "course.approve", reason=approval.remark) as unit:
            course = course_of(unit, subject)
            unit.take_turn("course", course.id)
            if course.retired_at is not None:
                raise CourseRetired(course.title)
            words = approval_text(self._reviewed(unit, actor, subject), approval.effective_on)
            approve(unit, actor, subject, approval, words, now)
            self._take_effect(unit)

    def take_effect(self) -> int:
        """Put in force what approvals say for today, and out of it what they refuse; return how many.

        Doing it again changes nothing, and two PCs that both do it do the same.
        """
        self._taken_on = self.today
        with self._site.read() as session:
            due = due_changes(session, self.today), due_retirements(session, self.today)
        if not any(due):
            return 0
        with self._site.transaction(system_actor(), "course.take-effect") as unit:
            return self._take_effect(unit)

    def take_effect_if_due(self) -> int:
        """Do what a new day asks, unless this program has done so today."""
        return 0 if self._taken_on == self.today else self.take_effect()

    def _take_effect(self, unit: Unit) -> int:
        unit.take_turn("courses in force")
        changes = due_changes(unit, self.today)
        for change in changes:
            row = course_row(unit, change.course_id)
            if change.version_id is None:
                row.current_version_id = None
                forget_texts(unit.connection(), row.id)
                continue
            with contextlib.suppress(OutlineUnreadable):  # of a newer program: it waits for that
                self._put_in_force(unit, row, change.version_id)
        retired = due_retirements(unit, self.today)
        for proposal in retired:
            row = course_row(unit, proposal.course_id)
            row.retired_at = self._site.clock.now()
            forget_texts(unit.connection(), row.id)
        return len(changes) + len(retired)

    def _put_in_force(self, unit: Unit, row: CourseRow, version_id: UUID) -> None:
        version = unit.get_one(CourseVersionRow, version_id)
        published = PublishedCourse(
            course_id=row.id,
            version_id=version.id,
            code=row.code,
            number=version.number,
            outline=from_json(version.outline),
        )
        put_in_force(unit, row, published)
        for hook in self._hooks.on_published:
            hook(unit, published)
        if row.retired_at is None:
            self._index.publish(unit.connection(), row.id, published.outline)


def require_open(session: Session, row: CourseRow, today: date) -> None:
    """Raise CourseRetired or CourseInReview for a course whose draft is not to be changed."""
    if row.retired_at is not None:
        raise CourseRetired(row.title)
    if in_review(session, row.id, today) is not None:
        raise CourseInReview(row.title)


def course_of(session: Session, subject: Subject) -> CourseRow:
    """Return the course that a version or a proposal is of. Raises NotFound."""
    found: CourseVersionRow | CourseRetirementRow | None = None
    if subject.kind == VERSION:
        found = session.get(CourseVersionRow, subject.id)
    elif subject.kind == RETIREMENT:
        found = session.get(CourseRetirementRow, subject.id)
    if found is None:
        raise NotFound(_("What is to be approved"))
    return course_row(session, found.course_id)
