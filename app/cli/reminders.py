"""`reminders`: who is told of what is due, the ladder, notice boards."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.core.base.words import _
from app.core.people.shifts import WhoWorks
from app.core.training import TrainingRefused
from app.core.training.reminders import (
    Ladder,
    LadderWords,
    RollBy,
    Told,
    whom_told,
    work_in_words,
)

commands = typer.Typer(name="reminders", help=_("Who is told of what is due: list, run, print."))

_TODAY = "today"
_WorksOn = Annotated[
    str | None,
    typer.Option(help=_("Only of those who may work on a day, YYYY-MM-DD or today.")),
]
_Shift = Annotated[str | None, typer.Option(help=_("Only of those in this shift."))]
_Steps = Annotated[str | None, typer.Option(help=_("Days, or none to leave the step out."))]


@commands.command("list")
def list_all(
    context: typer.Context,
    as_of: Annotated[str | None, typer.Option(help=_("As of a day; today."))] = None,
    works_on: _WorksOn = None,
    shift: _Shift = None,
) -> None:
    """List who is told what, by due date."""
    frame = frame_of(context)
    who = _who(frame, works_on, shift)
    found = frame.services.training.reminders.told(frame.actor(), day_of(as_of), who)
    frame.tell(
        "\n".join(map(_line, found)) or _("Nobody has to be told anything."),
        {"reminders": [_told(one) for one in found]},
    )


@commands.command()
def run(context: typer.Context) -> None:
    """Write the letters of today into the outbox, each once; nothing is sent."""
    frame = frame_of(context)
    count = frame.services.outbox.compose(frame.actor())
    frame.tell(_("{count} messages written").format(count=count), {"written": count})


@commands.command("print")
def print_board(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Where to write it as PDF."))],
    by_unit: Annotated[
        bool, typer.Option("--by-unit", help=_("A page for each department."))
    ] = False,
    by_shift: Annotated[bool, typer.Option("--by-shift", help=_("A page for each shift."))] = False,
    works_on: _WorksOn = None,
    shift: _Shift = None,
) -> None:
    """Write notice-board pages, one for each supervisor."""
    if by_unit and by_shift:
        raise typer.BadParameter(_("Give --by-unit or --by-shift, not both."))
    frame = frame_of(context)
    by = RollBy.SHIFT if by_shift else RollBy.UNIT if by_unit else RollBy.SUPERVISOR
    who, name = _who(frame, works_on, shift), frame.services.open_site.name
    document = frame.services.training.reminders.board(frame.actor(), name, by=by, who=who)
    frame.save(out, document)
    frame.tell(str(out), {"out": str(out), "lines": document.leaving.records})


@commands.command()
def ladder(
    context: typer.Context,
    learner: _Steps = None,
    supervisor: _Steps = None,
    head: _Steps = None,
    qa: _Steps = None,
    head_number: Annotated[str | None, typer.Option(help=_("Number of the plant's head."))] = None,
    qa_number: Annotated[
        str | None, typer.Option(help=_("Number of who looks after quality."))
    ] = None,
    numbers_only: Annotated[
        bool | None, typer.Option("--numbers-only/--names", help=_("On notice boards."))
    ] = None,
    begins: Annotated[str | None, typer.Option("--from", help=_("First day; today."))] = None,
    reason: Annotated[str, typer.Option(help=_("Why."))] = "",
) -> None:
    """Show or say who is told when: days before (learner) or after (others) the due date."""
    frame = frame_of(context)
    reminders, actor = frame.services.training.reminders, frame.actor()
    now = reminders.ladder(actor)
    said = (learner, supervisor, head, qa, head_number, qa_number, numbers_only, begins)
    if any(one is not None for one in said):
        first = day_of(begins) or frame.today()
        words = LadderWords(
            from_on=first,
            learner_before=_days(learner, now.learner_before),
            supervisor_after=_days(supervisor, now.supervisor_after),
            head_after=_days(head, now.head_after),
            qa_after=_days(qa, now.qa_after),
            head=_number(now.head) if head_number is None else head_number,
            qa=_number(now.qa) if qa_number is None else qa_number,
            numbers_only=now.numbers_only if numbers_only is None else numbers_only,
        )
        reminders.set_ladder(actor, words, reason)
        now = reminders.ladder(actor, first)
    frame.tell(_ladder_line(now), _ladder(now))


def _who(frame: Frame, works_on: str | None, shift: str | None) -> WhoWorks:
    on = frame.today() if works_on == _TODAY else day_of(works_on)
    return WhoWorks(on=on, shift=shift)


def _days(text: str | None, before: int | None) -> int | None:
    if text is None:
        return before
    if text == "none":
        return None
    if not text.isdecimal():
        raise TrainingRefused(
            _("“{text}” is no number of days.").format(text=text), _("Give digits, or none.")
        )
    return int(text)


def _number(who: str) -> str:
    return who.partition(" ")[0]


def _line(one: Told) -> str:
    who = "" if one.recipient is None else whom_told(one)
    due = one.due
    return "\t".join(
        (one.step.value, who, due.number, due.name, work_in_words(due), str(due.due_on))
    )


def _told(one: Told) -> dict[str, Any]:
    to, due = one.recipient, one.due
    return {
        "step": one.step.value,
        "told": None if to is None else {"number": to.number, "name": to.name, "email": to.email},
        "number": due.number,
        "name": due.name,
        "unit": due.org_unit,
        "shift": due.shift,
        "code": due.code,
        "title": due.title,
        "is_review": due.is_review,
        "due_on": due.due_on.isoformat(),
    }


def _ladder_line(one: Ladder) -> str:
    steps = (one.learner_before, one.supervisor_after, one.head_after, one.qa_after)
    return "\t".join("-" if days is None else str(days) for days in steps)


def _ladder(one: Ladder) -> dict[str, Any]:
    return {
        "learner": one.learner_before,
        "supervisor": one.supervisor_after,
        "head": one.head_after,
        "qa": one.qa_after,
        "head_person": one.head,
        "qa_person": one.qa,
        "numbers_only": one.numbers_only,
    }
