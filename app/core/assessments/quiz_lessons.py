"""The quiz inside a lesson: how a quiz lies in a lesson's plan, and a cache of what was asked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.markup import plain_text
from app.core.assessments.models import QuestionVersionRow
from app.core.assessments.rules import quiz_problems
from app.core.assessments.stored import (
    question_from_json,
    question_to_json,
    quiz_from_json,
    quiz_to_json,
)
from app.core.assessments.translations import in_language
from app.core.assessments.types import Question, Quiz, Section
from app.core.courses import (
    LessonPlan,
    Outline,
    PublishWarning,
    places_within,
    warning_of_places,
)

QUIZ_KIND = "quiz"


def quiz_of(plan: LessonPlan, language: str = "") -> Quiz:
    """Return the quiz of a lesson in a language, else in its main one. Raises MalformedQuestion.

    The rules are those of the main language in every language; only the questions differ.
    """
    main = quiz_from_json(plan.body.get("quiz"))
    body = plan.body.get("languages", {}).get(language)
    if body is None:
        return main
    other = quiz_from_json(body.get("quiz"))
    sections = tuple(
        _ruled_by(main.sections[index], section) if index < len(main.sections) else section
        for index, section in enumerate(other.sections)
    )
    return Quiz(sections=sections, settings=main.settings)


def _ruled_by(main: Section, section: Section) -> Section:
    draw = None if main.draw is None else min(main.draw, len(section.pool))
    return replace(section, draw=draw, minimum=main.minimum)


def quizzes_of(plan: LessonPlan) -> tuple[Quiz, ...]:
    """Return the quiz of a lesson in each of its languages, the main one first."""
    return tuple(quiz_of(plan, language) for language in ("", *plan.body.get("languages", {})))


def body_of(quiz: Quiz) -> dict[str, object]:
    """Return a quiz as the body of a lesson's plan."""
    return {"quiz": quiz_to_json(quiz)}


def texts_asked(session: Session, quiz: Quiz, most: int) -> tuple[str, ...]:
    """Return the words of every question a quiz may ask, in order, each cut to `most` letters."""
    pool = [one for section in quiz.sections for one in section.pool]
    known = AskedQuestions().of(session, pool)
    texts = (" ".join(plain_text(known[one].stem).split()) for one in pool if one in known)
    return tuple(one if len(one) <= most else f"{one[: most - 1]}…" for one in texts)


class AskedQuestions:
    """Question versions by id. They never change, so each is read and parsed once."""

    def __init__(self) -> None:
        self._known: dict[UUID, Question] = {}

    def of(self, session: Session, ids: Iterable[UUID]) -> dict[UUID, Question]:
        """Return those of `ids` that exist."""
        wanted = list(ids)
        missing = [one for one in wanted if one not in self._known]
        if missing:
            statement = sa.select(QuestionVersionRow.id, QuestionVersionRow.question).where(
                QuestionVersionRow.id.in_(missing)
            )
            for version_id, document in session.execute(statement):
                self._known[version_id] = question_from_json(document)
        return {one: self._known[one] for one in wanted if one in self._known}

    def of_quiz(self, session: Session, quiz: Quiz, language: str = "") -> dict[UUID, Question]:
        """Return every question that a quiz may ask, in a language where it is translated."""
        known = self.of(session, (one for section in quiz.sections for one in section.pool))
        return {key: in_language(one, language) for key, one in known.items()}

    def problems_of(self, session: Session, outline: Outline) -> tuple[str, ...]:
        """Return what keeps the quizzes of an outline from being taken (hook of courses)."""
        found: list[str] = []
        for plan in outline.lessons:
            if plan.kind == QUIZ_KIND:
                for quiz in quizzes_of(plan):
                    problems = quiz_problems(quiz, self.of_quiz(session, quiz))
                    found.extend(f"{plan.title}: {problem}" for problem in problems)
        return tuple(found)

    def warnings_of(self, session: Session, outline: Outline) -> Iterator[PublishWarning]:
        """Yield each quiz whose questions have places that only the plant can fill in (hook of courses)."""
        for plan in outline.lessons:
            if plan.kind == QUIZ_KIND:
                for language in ("", *plan.body.get("languages", {})):
                    asked = self.of_quiz(session, quiz_of(plan, language), language)
                    places = places_within([question_to_json(one) for one in asked.values()])
                    yield from warning_of_places(plan.title, plan.titles.get(language, ""), places)
