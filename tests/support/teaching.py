"""Courses, learners and quizzes for tests, straight into the records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from app.core.assessments import Quizzes, body_of
from app.core.assessments.models import QuestionBankRow, QuestionRow, QuestionVersionRow
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.assessments.stored import question_to_json
from app.core.assessments.types import Question, Quiz, QuizSettings, Section, plain
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.ids import new_id
from app.core.content import AssetStore
from app.core.courses import CompletionRule, LessonPlan, Outline, Releases
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.courses.outline import to_json
from app.core.journal import Site, Unit
from app.core.learning import Learning
from app.core.people.models import PersonRow
from app.core.training import Training

ACTOR = system_actor()


@dataclass(frozen=True)
class School:
    """The services that learning needs, tied together as bootstrap does."""

    site: Site
    releases: Releases
    quizzes: Quizzes
    learning: Learning
    training: Training


def a_school(site: Site, assets: AssetStore | None = None) -> School:
    """Tie learning, quizzes and training together on a site."""
    releases = Releases()
    quizzes = Quizzes(site, releases)
    learning = Learning(site, releases)
    quizzes.on_scored.append(learning.take_quiz_result)
    quizzes.supervision.on_given.append(learning.take_gift)
    quizzes.begun_again_at.append(learning.begun_again_at)
    learning.asks_retraining.append(quizzes.asks_retraining)
    training = Training(site, releases, learning, assets)
    learning.on_completed.append(training.close_assignment)
    return School(site, releases, quizzes, learning, training)


def a_learner(site: Site, number: str = "E-10442", name: str = "Asha Kulkarni") -> Actor:
    """Add a person and return the actor who learns as that person."""
    person_id = new_id()
    with site.transaction(ACTOR, "person.add") as unit:
        unit.add(PersonRow(id=person_id, number=number, name=name, search_text=name.casefold()))
    return Actor(
        account_id=None,
        person_id=person_id,
        name=name,
        number=number,
        grants=frozenset({Grant(capability=Capability.LEARN)}),
    )


def a_lesson(kind: str, title: str = "", **fields: object) -> LessonPlan:
    """Return a lesson's plan with sensible defaults."""
    return LessonPlan(kind=kind, title=title or kind.title(), seconds=60, **fields)  # type: ignore[arg-type]  # test convenience


def a_quiz_lesson(
    site: Site, right: Sequence[bool], settings: QuizSettings | None = None
) -> LessonPlan:
    """Store true/false questions with these right answers and return a quiz lesson over them."""
    statements = (
        Question(
            type="true_false",
            stem=plain(f"Statement {position}"),
            body=TrueFalseBody(answer=answer),
        )
        for position, answer in enumerate(right)
    )
    pool = store_questions(site, statements)
    quiz = Quiz(sections=(Section(pool=pool),), settings=settings or QuizSettings())
    return a_lesson("quiz", body=body_of(quiz))


def store_questions(site: Site, questions: Iterable[Question]) -> tuple[UUID, ...]:
    """Store questions in a bank of their own and return the ids of their versions."""
    bank_id, pool, now = new_id(), [], site.clock.now()
    with site.transaction(ACTOR, "bank.add") as unit:
        unit.add(QuestionBankRow(id=bank_id, code=bank_id.hex, title="Bank"))
        unit.flush()
        for position, question in enumerate(questions):
            question_id, version_id = new_id(), new_id()
            unit.add(QuestionRow(id=question_id, bank_id=bank_id, name="", position=position))
            unit.flush()
            unit.add(
                QuestionVersionRow(
                    id=version_id,
                    question_id=question_id,
                    number=1,
                    type=question.type,
                    question=question_to_json(question),
                    written_at=now,
                )
            )
            pool.append(version_id)
    return tuple(pool)


def published(site: Site, outline: Outline, code: str = "LOTO") -> UUID:
    """Publish an outline as the first version of a course and return the course's id."""
    course_id, version_id = new_id(), new_id()
    with site.transaction(ACTOR, "course.publish") as unit:
        unit.add(
            CourseRow(id=course_id, code=code, title=outline.title, current_version_id=version_id)
        )
        unit.flush()
        _write_version(unit, course_id, version_id, 1, outline, site.clock.now())
    return course_id


def published_anew(site: Site, course_id: UUID, outline: Outline, number: int = 2) -> None:
    """Publish an outline as a further version of a course."""
    version_id = new_id()
    with site.transaction(ACTOR, "course.publish") as unit:
        unit.get_one(CourseRow, course_id).current_version_id = version_id
        _write_version(unit, course_id, version_id, number, outline, site.clock.now())


def _write_version(
    unit: Unit, course_id: UUID, version_id: UUID, number: int, outline: Outline, now: datetime
) -> None:
    unit.add(
        CourseVersionRow(
            id=version_id,
            course_id=course_id,
            number=number,
            title=outline.title,
            outline=to_json(outline),
            sha256="0" * 64,
            published_at=now,
        )
    )
    unit.flush()
    for position, lesson in enumerate(outline.lessons, start=1):
        unit.add(
            LessonRow(
                version_id=version_id,
                position=position,
                key=lesson.key,
                kind=lesson.kind,
                title=lesson.title,
                is_required=lesson.is_required,
            )
        )


HALF = CompletionRule(share=Fraction(1, 2))
