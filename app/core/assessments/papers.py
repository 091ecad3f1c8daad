"""Building the paper of an attempt from its seed, and building it again."""

from collections.abc import Mapping
from uuid import UUID

from app.core.assessments.draws import Draws
from app.core.assessments.question_types import question_type
from app.core.assessments.types import Paper, PaperQuestion, Question, Quiz
from app.core.base.errors import UserFacingError
from app.core.base.words import _


class PoolTooSmall(UserFacingError):
    """A section is to draw more questions than its pool holds."""

    def __init__(self, section: str, draw: int, pool: int) -> None:
        self.section = section
        super().__init__(
            _("The section {section} draws {draw} questions, but has only {pool}.").format(
                section=section, draw=draw, pool=pool
            ),
            safe=_("No attempt was begun."),
            remedy=_("Ask the author of the quiz to add questions."),
        )


def build_paper(quiz: Quiz, questions: Mapping[UUID, Question], seed: int) -> Paper:
    """Return the paper for a seed: the same quiz, question versions and seed give the same paper.

    Each section draws, and each question shuffles, from a stream of its own: `draw/<section>`,
    `order/<section>` and `options/<question id>`. Sections keep their order; questions are shuffled within
    theirs. Raises PoolTooSmall, and KeyError for a question that is not among `questions`.
    """
    asked: list[PaperQuestion] = []
    for section, drawn in enumerate(_drawn(quiz, seed)):
        asked.extend(
            PaperQuestion(
                question_id=one, section=section, order=_order(quiz, questions[one], one, seed)
            )
            for one in drawn
        )
    return Paper(seed=seed, questions=tuple(asked))


def _drawn(quiz: Quiz, seed: int) -> list[tuple[UUID, ...]]:
    drawn: list[tuple[UUID, ...]] = []
    for index, section in enumerate(quiz.sections):
        chosen = section.pool
        if section.draw is not None:
            if section.draw > len(section.pool):
                title = section.title or str(index + 1)
                raise PoolTooSmall(title, section.draw, len(section.pool))
            chosen = Draws(seed, f"draw/{index}").sample(section.pool, section.draw)
        if quiz.settings.shuffle_questions:
            chosen = Draws(seed, f"order/{index}").shuffled(chosen)
        drawn.append(chosen)
    return drawn


def _order(quiz: Quiz, question: Question, question_id: UUID, seed: int) -> tuple[str, ...]:
    type_ = question_type(question.type)
    if quiz.settings.shuffle_options or type_.always_shuffles:
        return type_.shuffle(question.body, Draws(seed, f"options/{question_id}"))
    return type_.as_written(question.body)
