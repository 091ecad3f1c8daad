"""What an attempt earned, and whether that passes. Exact; rounded only where it is shown."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from app.core.assessments.question_types import question_type
from app.core.assessments.types import (
    EVERYTHING,
    NOTHING,
    AttemptScore,
    Paper,
    PaperQuestion,
    Question,
    QuestionScore,
    Quiz,
    Response,
    Section,
    SectionScore,
    Shortfall,
)
from app.core.base.figures import percent, share

Questions = Mapping[UUID, Question]
Responses = Mapping[UUID, Response]


def score_attempt(
    quiz: Quiz, paper: Paper, questions: Questions, responses: Responses
) -> AttemptScore:
    """Return the score of an attempt. A question without a response earns nothing."""
    scores = tuple(
        score_question(asked, questions[asked.question_id], responses.get(asked.question_id))
        for asked in paper.questions
    )
    critical_failed = tuple(
        one.question_id for one in scores if questions[one.question_id].critical and not one.correct
    )
    return _added_up(quiz.settings.pass_mark, quiz.sections, scores, critical_failed)


def score_without(
    score: AttemptScore, left_out: Collection[UUID], pass_mark: Fraction
) -> AttemptScore:
    """Return what an attempt earned had it not asked some question versions: of all the others, exactly."""
    scores = tuple(one for one in score.questions if one.question_id not in left_out)
    critical_failed = tuple(one for one in score.critical_failed if one not in left_out)
    return _added_up(pass_mark, score.sections, scores, critical_failed)


def _added_up(
    pass_mark: Fraction,
    parts: Sequence[Section | SectionScore],
    scores: tuple[QuestionScore, ...],
    critical_failed: tuple[UUID, ...],
) -> AttemptScore:
    sections = tuple(
        _section_score(section, [one for one in scores if one.section == index])
        for index, section in enumerate(parts)
    )
    earned = sum((one.earned for one in scores), NOTHING)
    possible = sum(one.possible for one in scores)
    reasons = _reasons(
        earned=earned,
        possible=possible,
        pass_mark=pass_mark,
        sections=sections,
        critical_failed=critical_failed,
    )
    return AttemptScore(
        earned=earned,
        possible=possible,
        questions=scores,
        sections=sections,
        critical_failed=critical_failed,
        passed=not reasons,
        reasons=reasons,
    )


def share_earned(question: Question, response: Response | None) -> Fraction:
    """Return which part of its points a question earned, 0 to 1."""
    return question_type(question.type).score(question.body, response)


def score_question(
    asked: PaperQuestion, question: Question, response: Response | None
) -> QuestionScore:
    """Return what one question earned; it is correct only when it earned everything."""
    share = share_earned(question, response)
    return QuestionScore(
        question_id=asked.question_id,
        section=asked.section,
        earned=share * question.points,
        possible=question.points,
        correct=share == EVERYTHING,
        answered=response is not None,
    )


def shown_percent(earned: Fraction, possible: int) -> str:
    """Return a score as people read it, rounded down: 79.96% of a pass mark of 80% shows as 79.9%."""
    return share(earned / possible) if possible else percent(0, 0)


def hundredths_of_percent(score: AttemptScore) -> int:
    """Return the score in hundredths of a percent, rounded down, for sorting and averages."""
    return score.share.numerator * 10_000 // score.share.denominator


def _section_score(
    section: Section | SectionScore, scores: Sequence[QuestionScore]
) -> SectionScore:
    earned = sum((one.earned for one in scores), NOTHING)
    possible = sum(one.possible for one in scores)
    needed = (section.minimum or NOTHING) * possible
    return SectionScore(
        title=section.title,
        earned=earned,
        possible=possible,
        minimum=section.minimum,
        met=earned >= needed,
    )


def _reasons(
    *,
    earned: Fraction,
    possible: int,
    pass_mark: Fraction,
    sections: Sequence[SectionScore],
    critical_failed: Sequence[UUID],
) -> tuple[Shortfall, ...]:
    if not possible:
        return (Shortfall.NOTHING_ASKED,)
    checks = {
        Shortfall.BELOW_PASS_MARK: earned < pass_mark * possible,
        Shortfall.SECTION_BELOW_MINIMUM: not all(section.met for section in sections),
        Shortfall.CRITICAL_WRONG: bool(critical_failed),
    }
    return tuple(reason for reason, holds in checks.items() if holds)
