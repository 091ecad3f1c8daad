"""What keeps a question or a quiz from being used. Pure: no clock, no database."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from app.core.assessments.question_types import question_type
from app.core.assessments.translations import in_language
from app.core.assessments.types import Question, Quiz, QuizSettings, Section
from app.core.base.words import _, language_name

_LONGEST_LIMIT_SECONDS = 7 * 24 * 3600
_MOST_NAMED = 5


def question_problems(question: Question) -> tuple[str, ...]:
    """Return what keeps the question from being asked, as sentences; empty when it is ready."""
    found = []
    if question.stem.is_blank:
        found.append(_("The question has no words."))
    if question.points < 1:
        found.append(_("A question must be worth at least one point."))
    found.extend(question_type(question.type).problems(question.body))
    found.extend(_translation_problems(question, found))
    return tuple(found)


def _translation_problems(question: Question, known: Sequence[str]) -> Iterable[str]:
    """Yield what only a translation brings with it: a gap that its text forgot."""
    kind = question_type(question.type)
    for one in question.translations:
        for problem in kind.problems(in_language(question, one.language).body):
            if problem not in known:
                yield _("In {language}: {problem}").format(
                    language=language_name(one.language), problem=problem
                )


def quiz_problems(quiz: Quiz, questions: Mapping[UUID, Question]) -> tuple[str, ...]:
    """Return what keeps the quiz from being taken; `questions` are those of its pools."""
    found = list(_settings_problems(quiz.settings))
    if not quiz.sections:
        found.append(_("The quiz has no section."))
    for number, section in enumerate(quiz.sections, start=1):
        name = section.title or str(number)
        found.extend(
            _("Section {name}: {problem}").format(name=name, problem=problem)
            for problem in _section_problems(section, questions)
        )
    pools = [one for section in quiz.sections for one in section.pool]
    if len(set(pools)) != len(pools):
        found.append(_("A question stands in the quiz twice."))
    return tuple(found)


def _settings_problems(settings: QuizSettings) -> Iterable[str]:
    limit = settings.time_limit_seconds
    if not 0 < settings.pass_mark <= 1:
        yield _("The pass mark must lie above 0% and not above 100%.")
    if limit is not None and not 0 < limit <= _LONGEST_LIMIT_SECONDS:
        yield _("The time limit must lie between a second and seven days.")
    if min(settings.grace_seconds, *settings.cool_off_seconds, 0) < 0:
        yield _("A waiting time is below 0.")
    yield from _attempt_problems(settings)


def _attempt_problems(settings: QuizSettings) -> Iterable[str]:
    if settings.max_attempts is not None and settings.max_attempts < 1:
        yield _("There must be at least one attempt.")
    if settings.retrain_after_failures is not None and settings.retrain_after_failures < 1:
        yield _("Retraining can be asked for after one failure at the earliest.")


def _section_problems(section: Section, questions: Mapping[UUID, Question]) -> Iterable[str]:
    if not section.pool:
        yield _("It has no questions.")
    if section.draw is not None and not 0 < section.draw <= len(section.pool):
        yield _("It draws {draw} of {pool} questions.").format(
            draw=section.draw, pool=len(section.pool)
        )
    if section.minimum is not None and not 0 < section.minimum <= 1:
        yield _("Its minimum must lie above 0% and not above 100%.")
    yield from _pool_problems(section, questions)


def _pool_problems(section: Section, questions: Mapping[UUID, Question]) -> Iterable[str]:
    known = [questions[one] for one in section.pool if one in questions]
    if len(known) != len(section.pool):
        yield _("A question of it is missing.")
    unready = [question.name for question in known if question_problems(question)]
    if unready:
        names = ", ".join(unready[:_MOST_NAMED])
        yield _("These questions are not ready: {names}.").format(names=names)
