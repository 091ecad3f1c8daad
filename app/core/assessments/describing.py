"""Quizzes and questions as lines under names, so that two versions can be laid side by side."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.markup import plain_text
from app.core.assessments.models import QuestionVersionRow
from app.core.assessments.question_types import best_response, question_type
from app.core.assessments.quiz_lessons import quiz_of, quizzes_of
from app.core.assessments.stored import question_from_json
from app.core.assessments.translations import texts_of
from app.core.assessments.types import FeedbackPolicy, Question, Quiz, QuizSettings, Section
from app.core.base.figures import duration, number, share
from app.core.base.words import _, language_name, mark
from app.core.courses import LessonPlan

_FEEDBACK = {
    FeedbackPolicy.NONE: mark("never"),
    FeedbackPolicy.AFTER_PASS: mark("after passing"),
    FeedbackPolicy.AFTER_ATTEMPT: mark("after each attempt"),
}
_AT_ONCE = 500


def describe_quiz(session: Session, plan: LessonPlan) -> Mapping[str, str]:
    """Describe a quiz lesson: its rules, and which version of which question it asks, in what order."""
    main = quiz_of(plan)
    words = {**_rules(main.settings)}
    for place, section in enumerate(main.sections, start=1):
        name = section.title or _("Part {number}").format(number=number(place))
        words[_("{part}: questions drawn").format(part=name)] = _drawn(section)
        if section.minimum is not None:
            words[_("{part}: least share").format(part=name)] = share(section.minimum)
    languages = ("", *plan.body.get("languages", {}))
    for language, quiz in zip(languages, quizzes_of(plan), strict=True):
        told = language_name(language)
        name = _("Questions ({language})").format(language=told) if language else _("Questions")
        words[name] = "\n".join(_asked(session, quiz))
    return words


def describe_question(question: Question) -> Mapping[str, str]:
    """Describe a question: what is asked, what may be answered, what is right, what it counts."""
    kind = question_type(question.type)
    best = best_response(question)
    texts = [plain_text(one) for one in texts_of(question)]
    words = {
        _("Question"): plain_text(question.stem),
        _("Type"): _(kind.title),
        _("Answers"): "\n".join(text for text in texts[2:] if text),
        _("Right answer"): kind.describe_response(question.body, best),
        _("Points"): number(question.points),
        _("Must be right"): _("yes") if question.critical else _("no"),
        _("Feedback"): plain_text(question.feedback),
        _("Tags"): ", ".join(question.tags),
        _("Name"): question.name,
    }
    for one in question.translations:
        name = _("Texts ({language})").format(language=language_name(one.language))
        words[name] = "\n".join(plain_text(text) for text in one.texts)
    return words


def _rules(rules: QuizSettings) -> dict[str, str]:
    limit = rules.time_limit_seconds
    waits = ", ".join(duration(one) for one in rules.cool_off_seconds)
    retrain = rules.retrain_after_failures
    return {
        _("Pass mark"): share(rules.pass_mark),
        _("Time limit"): _("none") if limit is None else duration(limit),
        _("Grace after the limit"): duration(rules.grace_seconds) if rules.grace_seconds else "",
        _("Time without power is given back"): _yes(rules.outages_excluded),
        _("Attempts"): _("any") if rules.max_attempts is None else number(rules.max_attempts),
        _("Wait after a failure"): waits,
        _("Failures before the lesson comes again"): "" if retrain is None else number(retrain),
        _("Again after passing"): _yes(rules.retake_after_pass),
        _("Questions are shuffled"): _yes(rules.shuffle_questions),
        _("Answers are shuffled"): _yes(rules.shuffle_options),
        _("What was right is shown"): _(_FEEDBACK[rules.feedback]),
    }


def _drawn(section: Section) -> str:
    count = number(len(section.pool))
    if section.draw is None:
        return _("all of {count}").format(count=count)
    return _("{draw} of {count}").format(draw=number(section.draw), count=count)


def _asked(session: Session, quiz: Quiz) -> list[str]:
    pool = [one for section in quiz.sections for one in section.pool]
    known = {}
    for start in range(0, len(pool), _AT_ONCE):
        found = QuestionVersionRow.id.in_(pool[start : start + _AT_ONCE])
        rows = session.scalars(sa.select(QuestionVersionRow).where(found))
        known.update({row.id: row for row in rows})
    return [_question_line(known.get(one), one) for one in pool]


def _question_line(row: QuestionVersionRow | None, version_id: UUID) -> str:
    if row is None:
        return str(version_id)
    question = question_from_json(row.question)
    title = question.name or plain_text(question.stem)
    return _("{title} (version {number})").format(title=title, number=number(row.number))


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
