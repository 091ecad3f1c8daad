"""A quiz as a file of its own: every section, rule and question as they are, for a course that goes out and comes in.

Formats of other systems say less. Pictures and sounds lie beside the file, by their names.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.assessments.bank_writing import add_bank, add_questions
from app.core.assessments.question_media import beside, media_names, media_type, with_media
from app.core.assessments.question_types import MalformedQuestion
from app.core.assessments.quiz_lessons import QUIZ_KIND, AskedQuestions, body_of, quiz_of
from app.core.assessments.quiz_source import bank_title
from app.core.assessments.stored import (
    media_of,
    question_from_json,
    question_to_json,
    quiz_from_json,
    quiz_to_json,
    with_texts,
)
from app.core.assessments.types import Question, Quiz, RichText
from app.core.base.clock import Clock
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.courses import (
    FileToKeep,
    Finding,
    GivenLesson,
    LessonDraft,
    LessonPlan,
    SourceFile,
)
from app.core.journal import Unit

QUIZ_SUFFIX = ".quiz"
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class _Read:
    quiz: Quiz
    questions: Mapping[UUID, Question]


class QuizFileSource:
    """Reads what `QuizGiver` writes (a lesson source of courses)."""

    kind = QUIZ_KIND
    suffixes = frozenset({QUIZ_SUFFIX})

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  it is short
        """Say which files the quiz needs, or that it cannot be read."""
        plan = LessonPlan(kind=self.kind, title=file.title)
        with file.path.open("rb") as opened:
            found = _read(opened.read(_MOST_BYTES + 1))
        if found is None:
            text = _("It is not a quiz that this program wrote.")
            finding = Finding(file=file.untrusted_name, text=text, blocks=True)
            return LessonDraft(plan=plan, findings=(finding,))
        media, there = media_names(found.questions.values()), beside(file.path)
        return LessonDraft(
            plan=plan,
            findings=tuple(
                Finding(
                    file=file.untrusted_name, text=_("{name} is not beside it.").format(name=name)
                )
                for name in sorted(media - there.keys())
            ),
            files=tuple(
                FileToKeep(there[name], media_type(name)) for name in sorted(media & there.keys())
            ),
            has_languages=True,
            parsed=found,
        )

    def store(
        self, unit: Unit, assets: AssetStore, file: SourceFile, draft: LessonDraft
    ) -> LessonPlan:
        """Keep the questions in a bank of their own, and return the lesson with the quiz as it was."""
        found = cast("_Read", draft.parsed)  # what `read` put there
        stored = {
            kept.path.name: assets.add_file(unit, kept.path, kept.media_type, NoProgress()).sha256
            for kept in draft.files
        }
        bank = add_bank(unit, bank_title(file))
        questions = [with_media(one, stored) for one in found.questions.values()]
        made = add_questions(unit, bank.id, 1, questions, self._clock.now())
        now = dict(zip(found.questions, made, strict=True))
        sections = tuple(
            replace(one, pool=tuple(now[key] for key in one.pool)) for one in found.quiz.sections
        )
        return replace(draft.plan, body=body_of(replace(found.quiz, sections=sections)))


class QuizGiver:
    """Gives quiz lessons as files: one in each language, in a folder with what its questions show."""

    def __init__(self, assets: AssetStore) -> None:
        self._assets = assets
        self._asked = AskedQuestions()

    def __call__(self, session: Session, plan: LessonPlan, base: str) -> GivenLesson:
        """Return the files of a quiz lesson. Raises AssetMissing."""
        base = f"{base}/quiz"
        files = []
        for language in ("", *plan.body.get("languages", {})):
            quiz = quiz_of(plan, language)
            questions = self._asked.of(session, (key for one in quiz.sections for key in one.pool))
            name = f"{base}.{language}" if language else base
            files.append((name + QUIZ_SUFFIX, _written(quiz, questions)))
            for media in {one for question in questions.values() for one in media_of(question)}:
                if media.sha256 is not None:
                    place = base.rpartition("/")[0]
                    files.append((f"{place}/{media.name}", self._assets.read(media.sha256)))
        return GivenLesson(base, tuple(files))


def _written(quiz: Quiz, questions: Mapping[UUID, Question]) -> bytes:
    said = {
        "quiz": quiz_to_json(quiz),
        "questions": {str(key): question_to_json(one) for key, one in questions.items()},
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _read(untrusted: bytes) -> _Read | None:
    """Return a quiz whose questions are all there; None for anything else."""
    if len(untrusted) > _MOST_BYTES:
        return None
    try:
        said = json.loads(untrusted)
        quiz = quiz_from_json(said["quiz"])
        questions = {
            UUID(key): _unstored(question_from_json(one)) for key, one in said["questions"].items()
        }
    except (ValueError, RecursionError, TypeError, LookupError, AttributeError, MalformedQuestion):
        return None
    asked = {key for one in quiz.sections for key in one.pool}
    return _Read(quiz, questions) if asked and asked <= questions.keys() else None


def _unstored(question: Question) -> Question:
    """Return a question whose pictures are still to be found: a file may not name what is stored here."""

    def without(text: RichText) -> RichText:
        return replace(text, media=tuple(replace(one, sha256=None) for one in text.media))

    return with_texts(question, without)
