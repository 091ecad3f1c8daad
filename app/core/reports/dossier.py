"""A person's record for an auditor, an administrator, or the person: everything, with its dates."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.assessments import scored_anew
from app.core.assessments.models import AttemptAnewRow, AttemptResultRow, AttemptRow
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.journal import Site, index_mentions
from app.core.keys import KnownKeys
from app.core.keys.models import SiteRow
from app.core.learning import held_courses, is_withdrawn
from app.core.learning.models import (
    CourseCompletionRow,
    CourseStartRow,
    LearningSessionRow,
    LessonCompletionRow,
)
from app.core.people import called, ends_of, further_roles, place_of
from app.core.people.models import JobRoleRow, OrgUnitRow, PersonRow, PlacementRow
from app.core.reports.as_of import moments_in_words, reading, told_as_of_now
from app.core.reports.columns import WHOLE
from app.core.reports.dossier_certificates import certificates_of
from app.core.reports.dossier_gifts import gifts_of
from app.core.reports.dossier_learner_mode import done_unenrolled
from app.core.reports.dossier_met import Fixed, fixed_of
from app.core.reports.dossier_packages import packages_of
from app.core.reports.dossier_papers import (
    Corrected,
    by_record,
    corrections_of,
    evidence_of,
    marks_of,
)
from app.core.reports.dossier_signatures import signatures_of
from app.core.reports.dossier_tables import dossier_tables
from app.core.reports.dossier_types import (
    REPLACED,
    WITHDRAWN,
    AttemptRecord,
    CourseRecord,
    Dossier,
    FurtherRoleRecord,
    PlacementRecord,
    RequiredRecord,
)
from app.core.reports.pairs import AnySelect
from app.core.reports.settings_in_force import settings_fingerprint
from app.core.reports.tables import ReportTable
from app.core.storage.past import then_of
from app.core.training import origins_of, standing
from app.core.training.models import AssignmentRow, RequirementRow

_HUNDREDTHS_A_TENTH = 10


class Dossiers:
    """Reads one person's record: for that person, and for holders of VIEW_RECORDS over them."""

    def __init__(self, site: Site, keys: KnownKeys | None) -> None:
        self._site = site
        self._keys = keys

    def of(
        self,
        actor: Actor,
        person_id: UUID,
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> Dossier:
        """Return a person's record; `on`: as it stood at the end of a day, `known_at`: as was recorded by then.

        Raises NotFound, NotAllowed.
        """
        index_mentions(self._site)  # what signatures are proved against
        is_now = on is None and known_at is None
        then = then_of(self._site.clock, on, known_at)
        with reading(self._site, None if is_now else then) as session:
            return self._read(session, _require_seen(actor, session, person_id), then.day)

    def _read(self, session: Session, person: PersonRow, today: date) -> Dossier:
        corrections = corrections_of(session, person.id)
        corrected = by_record(corrections)
        courses = _courses(session, person.id, today, corrected)
        attempts = _attempts(session, person.id)
        return Dossier(
            person_id=person.id,
            number=person.number,
            name=person.name,
            name_local=person.name_local,
            kind=person.kind.value,
            joined_on=person.joined_on,
            left_on=person.left_on,
            placements=_placements(session, person.id),
            further_roles=_further_roles(session, person.id),
            required=_required(session, person.id),
            courses=courses,
            attempts=attempts,
            unenrolled=done_unenrolled(session, person.id, courses, attempts),
            gifts=gifts_of(session, person.id),
            packages=packages_of(session, person.id),
            evidence=evidence_of(session, person.id, corrected),
            corrections=corrections,
            signatures=signatures_of(session, self._keys, person.id),
            certificates=certificates_of(session, person.id),
            settings=settings_fingerprint(session, today),
        )

    def require_seen(self, actor: Actor, person_id: UUID) -> None:
        """Raise NotFound, NotAllowed unless the actor may see somebody's record."""
        with self._site.read() as session:
            _require_seen(actor, session, person_id)

    def tables(
        self,
        actor: Actor,
        person_id: UUID,
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> tuple[ReportTable, ...]:
        """Return a person's record as tables, for print and for files; each says as of when, as in `of`."""
        dossier = self.of(actor, person_id, on, known_at)
        with self._site.read() as session:
            site = session.scalar(sa.select(SiteRow.name).limit(1)) or ""
        made = dossier_tables(
            dossier, site=site, made_by=actor.name, made_at=self._site.clock.now()
        )
        said = moments_in_words(on, known_at)
        if said:
            said += told_as_of_now(self._site, then_of(self._site.clock, on, known_at))
        return tuple(replace(one, filters=said) for one in made) if said else made


def _require_seen(actor: Actor, session: Session, person_id: UUID) -> PersonRow:
    """Return somebody whose record the actor may see. Raises NotFound, NotAllowed."""
    person = session.get(PersonRow, person_id)
    if actor.person_id != person_id:
        actor.require(Capability.VIEW_RECORDS, place_of(session, person_id))
    if person is None:
        raise NotFound(_("The person"))
    return person


def _placements(session: Session, person_id: UUID) -> tuple[PlacementRecord, ...]:
    manager = aliased(PersonRow)
    statement = (
        sa.select(PlacementRow, called(OrgUnitRow), called(JobRoleRow), manager.name)
        .join(OrgUnitRow, OrgUnitRow.id == PlacementRow.org_unit_id)
        .outerjoin(JobRoleRow, JobRoleRow.id == PlacementRow.job_role_id)
        .outerjoin(manager, manager.id == PlacementRow.manager_id)
        .where(PlacementRow.person_id == person_id)
        .order_by(PlacementRow.from_on, PlacementRow.id)
    )
    found = session.execute(statement).all()
    ends = ends_of([row for row, *_names in found])
    return tuple(
        PlacementRecord(
            department=unit,
            job_role=role or "",
            manager=name or "",
            from_on=row.from_on,
            to_on=ends[row.id],
        )
        for row, unit, role, name in found
    )


def _further_roles(session: Session, person_id: UUID) -> tuple[FurtherRoleRecord, ...]:
    return tuple(
        FurtherRoleRecord(job_role=one.job_role, from_on=one.from_on, to_on=one.to_on)
        for one in reversed(further_roles(session, person_id))
    )


def _required(session: Session, person_id: UUID) -> tuple[RequiredRecord, ...]:
    statement = (
        sa.select(AssignmentRow, RequirementRow.code, RequirementRow.title)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(AssignmentRow.person_id == person_id)
        .order_by(RequirementRow.code, AssignmentRow.cycle)
    )
    found = session.execute(statement).all()
    origins = origins_of(session, [row for row, _code, _title in found])
    return tuple(
        RequiredRecord(
            code=code,
            course=title,
            cycle=row.cycle,
            assigned_at=row.assigned_at,
            origin=origins[row.id],
            due_on=row.due_on,
            closed_at=row.closed_at,
            cancelled_reason=row.cancelled_reason,
        )
        for row, code, title in found
    )


def _courses(
    session: Session, person_id: UUID, today: date, corrected: Corrected
) -> tuple[CourseRecord, ...]:
    rows = session.execute(_course_select(person_id)).all()
    held = {course.start_id for course in held_courses(session, person_id).values()}
    fixed: dict[UUID, Fixed] = {
        row.CourseCompletionRow.id: fixed_of(session, row.CourseCompletionRow.id, corrected)
        for row in rows
        if row.CourseCompletionRow is not None
    }
    return tuple(
        CourseRecord(
            start_id=start.id,
            code=code,
            course=title,
            version=version,
            cycle=start.cycle,
            began_at=start.at,
            lessons_done=done,
            lessons_required=required,
            sessions=sessions,
            active_seconds=seconds,
            completed_at=None if completion is None else completion.at,
            score=_score(completion, fixed),
            marks="" if completion is None else marks_of(fixed[completion.id]),
            valid_until=None if completion is None else completion.valid_until,
            state=WITHDRAWN if is_gone else _state(completion, today, is_newest=start.id in held),
            certificate=certificate or "",
            is_revoked=revoked is not None,
        )
        for start, code, title, version, completion, certificate, revoked, is_gone, done, required, sessions, seconds in rows
    )


def _score(completion: CourseCompletionRow | None, corrected: Corrected) -> int | None:
    """Return a score in tenths of a percent, as it was corrected."""
    if completion is None:
        return None
    fixed = corrected.get(completion.id, {}).get("score")
    if fixed is not None:
        return int(Fraction(fixed.value) * _HUNDREDTHS_A_TENTH)
    return None if completion.score is None else int(completion.score * WHOLE)


def _state(completion: CourseCompletionRow | None, today: date, *, is_newest: bool) -> str:
    if completion is not None and not is_newest:
        return REPLACED
    return standing(
        today=today,
        due_on=None,
        is_started=True,
        is_completed=completion is not None,
        valid_until=None if completion is None else completion.valid_until,
    ).value


def _course_select(person_id: UUID) -> AnySelect:
    start, count = CourseStartRow, sa.func.count
    required = LessonRow.is_required.is_(True)
    done = (
        sa.select(count())
        .select_from(LessonCompletionRow)
        .join(LessonRow, LessonRow.id == LessonCompletionRow.lesson_id)
        .where(LessonCompletionRow.start_id == start.id, required)
    )
    of = sa.select(count()).where(LessonRow.version_id == start.version_id, required)
    sat = LearningSessionRow.start_id == start.id
    seconds = sa.func.coalesce(sa.func.sum(LearningSessionRow.active_seconds), 0)
    counts = (
        done,
        of,
        sa.select(count(LearningSessionRow.id)).where(sat),
        sa.select(seconds).where(sat),
    )
    return (
        sa.select(
            start,
            CourseRow.code,
            CourseVersionRow.title,
            CourseVersionRow.number,
            CourseCompletionRow,
            CertificateRow.number,
            RevocationRow.id,
            is_withdrawn(CourseCompletionRow.id),
            *(one.correlate(start).scalar_subquery() for one in counts),
        )
        .select_from(start)
        .join(CourseRow, CourseRow.id == start.course_id)
        .join(CourseVersionRow, CourseVersionRow.id == start.version_id)
        .outerjoin(CourseCompletionRow, CourseCompletionRow.start_id == start.id)
        .outerjoin(CertificateRow, CertificateRow.completion_id == CourseCompletionRow.id)
        .outerjoin(RevocationRow, RevocationRow.certificate_id == CertificateRow.id)
        .where(start.person_id == person_id)
        .order_by(CourseRow.code, start.cycle)
    )


def _attempts(session: Session, person_id: UUID) -> tuple[AttemptRecord, ...]:
    statement = (
        sa.select(
            AttemptRow,
            AttemptResultRow,
            AttemptAnewRow.attempt_id,
            LessonRow.title,
            CourseVersionRow.title,
        )
        .outerjoin(AttemptAnewRow, AttemptAnewRow.attempt_id == AttemptRow.id)
        .join(LessonRow, LessonRow.id == AttemptRow.lesson_id)
        .join(CourseVersionRow, CourseVersionRow.id == LessonRow.version_id)
        .outerjoin(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
        .where(AttemptRow.person_id == person_id)
        .order_by(AttemptRow.began_at, AttemptRow.id)
    )
    return tuple(
        AttemptRecord(
            attempt_id=attempt.id,
            course=course,
            lesson=lesson,
            number=attempt.number,
            began_at=attempt.began_at,
            submitted_at=None if result is None else result.submitted_at,
            score=None if result is None else result.score_hundredths // _HUNDREDTHS_A_TENTH,
            passed=None if result is None else result.passed,
            anew=None if anew is None else scored_anew(session, anew),
        )
        for attempt, result, anew, lesson, course in session.execute(statement)
    )
