"""`quiz`: what a person did at quizzes, and what their supervisor gives them there."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import Frame, frame_of
from app.core.assessments import (
    ExtraTime,
    Gift,
    SupervisedPerson,
    SupervisedQuiz,
    state_in_words,
)
from app.core.base.errors import UserFacingError
from app.core.base.figures import duration, moment
from app.core.base.words import _, plural
from app.core.people import PersonId

commands = typer.Typer(name="quiz", help=_("Attempts at quizzes, and what a supervisor gives."))

_A_MINUTE = 60

Number = Annotated[str, typer.Argument(help=_("Employee number."))]
Lesson = Annotated[
    str, typer.Argument(help=_("Id of the quiz, or words in the title of quiz or course."))
]
Reason = Annotated[str, typer.Option(help=_("Why; it is kept in the records."))]


class QuizUnclear(UserFacingError):
    """The words fit none of a person's quizzes, or several."""

    def __init__(self, words: str, fitting: int) -> None:
        happened = _("“{words}” fits several of the quizzes this person has tried.")
        if not fitting:
            happened = _("“{words}” fits no quiz that this person has tried.")
        super().__init__(
            happened.format(words=words),
            safe=_("Nothing was changed."),
            remedy=_("`quiz show NUMBER` lists them with their ids."),
        )


class NoOpenAttempt(UserFacingError):
    """There is no attempt that time could be given to."""

    def __init__(self) -> None:
        super().__init__(
            _("No attempt at this quiz is open against the clock."),
            safe=_("Nothing was changed."),
            remedy=_("`quiz time` gives time for every attempt to come."),
        )


@commands.command()
def show(context: typer.Context, number: Number) -> None:
    """Show where a person stands with every quiz they have tried."""
    frame = frame_of(context)
    _tell(frame, _person(frame, number))


@commands.command()
def attempt(context: typer.Context, number: Number, quiz: Lesson, reason: Reason) -> None:
    """Give one more attempt at a quiz."""
    frame, person_id, found = _found(context, number, quiz)
    supervision = frame.services.quizzes.supervision
    supervision.give_attempt(frame.actor(), person_id, found.lesson_id, reason=reason)
    _tell(frame, person_id)


@commands.command()
def lift(context: typer.Context, number: Number, quiz: Lesson, reason: Reason) -> None:
    """End the waiting before the next attempt."""
    frame, person_id, found = _found(context, number, quiz)
    supervision = frame.services.quizzes.supervision
    supervision.lift_waiting(frame.actor(), person_id, found.lesson_id, reason=reason)
    _tell(frame, person_id)


@commands.command()
def extend(
    context: typer.Context,
    number: Number,
    quiz: Lesson,
    minutes: Annotated[int, typer.Option(min=1, help=_("How many more minutes."))],
    reason: Reason,
) -> None:
    """Give the open attempt more time."""
    frame, person_id, found = _found(context, number, quiz)
    if found.open_attempt_id is None or not found.may_extend:
        raise NoOpenAttempt
    frame.services.quizzes.supervision.extend(
        frame.actor(), found.open_attempt_id, minutes * _A_MINUTE, reason=reason
    )
    _tell(frame, person_id)


@commands.command()
def time(
    context: typer.Context,
    number: Number,
    reason: Reason,
    percent: Annotated[int, typer.Option(min=0, help=_("Percent of every time limit."))] = 0,
    minutes: Annotated[int, typer.Option(min=0, help=_("Minutes more than it."))] = 0,
    none: Annotated[bool, typer.Option("--none", help=_("End their extra time."))] = False,
) -> None:
    """Give a person extra time at every quiz from now on, or end it."""
    frame = frame_of(context)
    supervision, actor = frame.services.quizzes.supervision, frame.actor()
    person_id = _person(frame, number)
    if none:
        supervision.end_extra_time(actor, person_id, reason=reason)
    else:
        extra = ExtraTime(percent=percent, seconds=minutes * _A_MINUTE)
        supervision.give_extra_time(actor, person_id, extra, reason=reason)
    _tell(frame, person_id)


@commands.command()
def rescore(
    context: typer.Context,
    question: Annotated[UUID, typer.Option(help=_("Id of the question, as `bank show` tells it."))],
    reason: Reason,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say who would pass by it."))
    ] = False,
) -> None:
    """Ask that a question be left out of every result; somebody else signs it by `approvals approve`."""
    frame = frame_of(context)
    actor, services = frame.actor(), frame.services
    passing = [
        one for one in services.question_looks.look(actor, question).crossings if one.would_pass
    ]
    subject = None if dry_run else services.quizzes.rescoring.propose(actor, question, reason)
    lines = [plural("{count} person would pass.", "{count} people would pass.", len(passing))]
    lines += [f"  {one.number}  {one.name}" for one in passing]
    lines.append(_("Nobody who passed loses it."))
    if subject is not None:
        lines.append(_("It waits for an approval: {id}").format(id=subject.id))
    frame.tell(
        "\n".join(lines),
        {
            "question": str(question),
            "passing": [{"number": one.number, "name": one.name} for one in passing],
            "waiting": None if subject is None else str(subject.id),
        },
    )


def _found(
    context: typer.Context, number: str, quiz: str
) -> tuple[Frame, PersonId, SupervisedQuiz]:
    frame = frame_of(context)
    person_id = _person(frame, number)
    return frame, person_id, _quiz(frame, person_id, quiz)


def _person(frame: Frame, number: str) -> PersonId:
    return frame.services.people.find(frame.actor(), number).id


def _quiz(frame: Frame, person_id: PersonId, words: str) -> SupervisedQuiz:
    quizzes = frame.services.quizzes.supervision.of(frame.actor(), person_id).quizzes
    wanted = words.casefold()
    fitting = [
        one
        for one in quizzes
        if wanted == str(one.lesson_id) or wanted in f"{one.course} {one.title}".casefold()
    ]
    if len(fitting) != 1:
        raise QuizUnclear(words, len(fitting))
    return fitting[0]


def _tell(frame: Frame, person_id: PersonId) -> None:
    seen = frame.services.quizzes.supervision.of(frame.actor(), person_id)
    frame.tell("\n".join(_lines(seen)), _data(seen))


def _lines(seen: SupervisedPerson) -> list[str]:
    lines = [_("Extra time: {extra}").format(extra=_extra(seen.extra_time))]
    for quiz in seen.quizzes:
        attempts = plural("{count} attempt", "{count} attempts", quiz.attempts)
        lines.append(f"{quiz.lesson_id}  {quiz.course} · {quiz.title}")
        lines.append(f"    {attempts} · {state_in_words(quiz.decision)}")
        lines.extend(f"    {moment(gift.at)}  {gift.by_name}: {gift.reason}" for gift in quiz.gifts)
    return lines


def _extra(extra: ExtraTime | None) -> str:
    if extra is None:
        return _("none")
    parts = [f"{extra.percent}%"] if extra.percent else []
    if extra.seconds:
        parts.append(duration(extra.seconds))
    return " + ".join(parts)


def _data(seen: SupervisedPerson) -> dict[str, object]:
    return {
        "person": str(seen.person_id),
        "extra_time": None if seen.extra_time is None else _time_data(seen.extra_time),
        "extra_time_given": [_gift_data(gift) for gift in seen.extra_gifts],
        "quizzes": [
            {
                "lesson": str(quiz.lesson_id),
                "course": quiz.course,
                "version": quiz.version,
                "title": quiz.title,
                "state": quiz.decision.reason.value,
                "allowed_from": quiz.decision.allowed_from,
                "attempts": quiz.attempts,
                "attempts_left": quiz.decision.attempts_left,
                "best_hundredths": quiz.best_hundredths,
                "open_attempt": quiz.open_attempt_id,
                "given": [_gift_data(gift) for gift in quiz.gifts],
            }
            for quiz in seen.quizzes
        ],
    }


def _gift_data(gift: Gift) -> dict[str, object]:
    return {
        "what": gift.kind.value,
        "at": gift.at,
        "by": gift.by_name,
        "reason": gift.reason,
        **_time_data(gift.extra),
    }


def _time_data(extra: ExtraTime) -> dict[str, object]:
    return {"percent": extra.percent, "seconds": extra.seconds}
