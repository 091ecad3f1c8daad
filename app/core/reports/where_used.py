"""Where something is used: a course, a lesson, a file, a question bank, a question.

Courses are looked through as new learners begin them, as they wait for an approval or their day, and as
drafts: an older version that somebody is in the middle of does not count as a use.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import SubjectState
from app.core.assessments import QUIZ_KIND
from app.core.assessments.models import QuestionBankRow, QuestionRow, QuestionVersionRow
from app.core.assessments.quiz_lessons import quizzes_of
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.figures import number
from app.core.base.words import _, mark
from app.core.courses import LessonPlan, Outline
from app.core.courses.in_force import standings
from app.core.courses.models import CourseRow, CourseVersionRow
from app.core.courses.outline import assets_of, from_json
from app.core.journal import Site
from app.core.training.models import EnrolmentRuleRow, RequirementRow


class UseKind(StrEnum):
    """What uses something."""

    LESSON = "lesson"
    QUIZ = "quiz"
    REQUIREMENT = "requirement"
    RULE = "rule"


USE_KINDS = {
    UseKind.LESSON: mark("Lesson"),
    UseKind.QUIZ: mark("Quiz"),
    UseKind.REQUIREMENT: mark("Requirement"),
    UseKind.RULE: mark("Enrolment rule"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place in which something is used."""

    kind: UseKind
    id: UUID
    """Of the course, the requirement or the rule."""
    code: str
    title: str
    where: str
    """In a course: which version or draft, and which lesson; of others whether they are in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """All places in which something is used."""

    code: str
    title: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """An outline that a course has now."""

    course: CourseRow
    outline: Outline
    words: str


class WhereUsed:
    """Answers for whoever may see courses; nothing is written."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def course(self, actor: Actor, course_id: UUID) -> Uses:
        """Return what asks for a course, and which other courses show files of it. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            course = session.get(CourseRow, course_id)
            if course is None:
                raise NotFound(_("The course"))
            held = list(self._held(session))
            own = [one.outline for one in held if one.course.id == course_id]
            files = frozenset[str]().union(*(assets_of(one) for one in own))
            others = [one for one in held if one.course.id != course_id]
            uses = (*_asking(session, course_id), *_showing(others, files))
            return Uses(code=course.code, title=course.title, uses=uses)

    def file(self, actor: Actor, sha256: str) -> Uses:
        """Return the lessons that show a stored file, by its SHA-256."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            uses = tuple(_showing(self._held(session), frozenset({sha256})))
        return Uses(code="", title=sha256, uses=uses)

    def bank(self, actor: Actor, bank_id: UUID) -> Uses:
        """Return the quizzes that draw from a bank. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            bank = session.get(QuestionBankRow, bank_id)
            if bank is None:
                raise NotFound(_("The question bank"))
            uses = self._asked_in(session, QuestionRow.bank_id == bank_id)
            return Uses(code=bank.code, title=bank.title, uses=uses)

    def question(self, actor: Actor, question_id: UUID) -> Uses:
        """Return the quizzes that ask a question, and in which version. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            question = session.get(QuestionRow, question_id)
            if question is None:
                raise NotFound(_("The question"))
            uses = self._asked_in(session, QuestionRow.id == question_id)
            return Uses(code="", title=question.name, uses=uses)

    def _asked_in(self, session: Session, of: sa.ColumnElement[bool]) -> tuple[Use, ...]:
        statement = (
            sa.select(QuestionVersionRow.id, QuestionVersionRow.number)
            .join(QuestionRow, QuestionRow.id == QuestionVersionRow.question_id)
            .where(of)
        )
        versions = {row.id: row.number for row in session.execute(statement)}
        return tuple(_asking_quizzes(self._held(session), versions))

    def _held(self, session: Session) -> Iterator[_Held]:
        """Yield what each course has: in force, submitted or approved ahead, and in work."""
        today = local_day(self._site.clock)
        for course in session.scalars(sa.select(CourseRow).order_by(CourseRow.code, CourseRow.id)):
            retired = _("retired, ") if course.retired_at is not None else ""
            rows = session.scalars(
                sa.select(CourseVersionRow)
                .where(CourseVersionRow.course_id == course.id)
                .order_by(CourseVersionRow.number.desc())
            ).all()
            stands = standings(session, [one.id for one in rows], today)
            for row in rows:
                state = stands[row.id].state if row.id in stands else None
                words = _version_words(row, course, state)
                if words:
                    yield _Held(course, from_json(row.outline), retired + words)
            if course.draft is not None:
                yield _Held(course, from_json(course.draft), retired + _("draft"))


def _version_words(row: CourseVersionRow, course: CourseRow, state: SubjectState | None) -> str:
    if row.id == course.current_version_id:
        return _("version {number}, in force").format(number=number(row.number))
    if state is SubjectState.IN_REVIEW:
        return _("version {number}, in review").format(number=number(row.number))
    if state is SubjectState.APPROVED:
        return _("version {number}, approved for a later day").format(number=number(row.number))
    return ""


def _asking(session: Session, course_id: UUID) -> Iterator[Use]:
    """Yield the requirements that a course meets, and the rules that assign them."""
    for row in session.scalars(
        sa.select(RequirementRow)
        .where(RequirementRow.course_id == course_id)
        .order_by(RequirementRow.code)
    ):
        ended = row.retired_on is not None
        yield Use(
            kind=UseKind.REQUIREMENT,
            id=row.id,
            code=row.code,
            title=row.title,
            where=_("assigned no more") if ended else _("in use"),
        )
        rules = sa.select(EnrolmentRuleRow).where(EnrolmentRuleRow.requirement_id == row.id)
        for rule in session.scalars(rules.order_by(EnrolmentRuleRow.code)):
            yield Use(
                kind=UseKind.RULE,
                id=rule.id,
                code=rule.code,
                title=rule.title,
                where=_("switched on") if rule.is_on else _("switched off"),
            )


def _showing(held: Iterable[_Held], files: frozenset[str]) -> Iterator[Use]:
    """Yield the lessons that show any of some files."""
    for one in held:
        for place, lesson in enumerate(one.outline.lessons, start=1):
            shown = Outline(title="", lessons=(lesson,))
            if files & assets_of(shown):
                yield _lesson_use(UseKind.LESSON, one, place, lesson)


def _asking_quizzes(held: Iterable[_Held], versions: dict[UUID, int]) -> Iterator[Use]:
    """Yield the quizzes that may ask any of some versions of questions, and how many."""
    for one in held:
        for place, lesson in enumerate(one.outline.lessons, start=1):
            if lesson.kind != QUIZ_KIND:
                continue
            asked = [
                each
                for quiz in quizzes_of(lesson)
                for section in quiz.sections
                for each in section.pool
                if each in versions
            ]
            if asked:
                yield _lesson_use(UseKind.QUIZ, one, place, lesson, _asked_words(asked, versions))


def _asked_words(asked: list[UUID], versions: dict[UUID, int]) -> str:
    if len(set(asked)) == 1:
        return _("asked in version {number}").format(number=number(versions[asked[0]]))
    return _("{count} questions").format(count=number(len(set(asked))))


def _lesson_use(kind: UseKind, held: _Held, place: int, lesson: LessonPlan, more: str = "") -> Use:
    words = _("{version}: lesson {place}, {title}").format(
        version=held.words, place=number(place), title=lesson.title
    )
    return Use(
        kind=kind,
        id=held.course.id,
        code=held.course.code,
        title=held.course.title,
        where=f"{words}, {more}" if more else words,
    )
