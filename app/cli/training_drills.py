"""`training drill`: plan, start, count, all clear, observe, sign; the register and its intervals."""

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import day_of, time_of
from app.cli.frame import Frame, frame_of
from app.cli.training_data import session_data
from app.cli.training_sessions import sign_session, tell_signed
from app.core.base.words import _
from app.core.training.drills import (
    DrillDetail,
    DrillDue,
    DrillKind,
    DrillLine,
    DrillPlan,
    DrillRule,
)

commands = typer.Typer(name="drill", help=_("Drills: fire, evacuation, spill and others."))

_Drill = Annotated[UUID, typer.Argument(help=_("Id of the drill, as `list` gives it."))]
_Kind = Annotated[DrillKind, typer.Argument(help=_("What is drilled."))]


@commands.command()
def plan(
    context: typer.Context,
    kind: _Kind,
    at: Annotated[str, typer.Option(help=_("When, as 2026-12-31T14:00."))],
    title: Annotated[str, typer.Option(help=_("What it is called."))] = "",
    venue: Annotated[str, typer.Option(help=_("Where."))] = "",
    shift: Annotated[str, typer.Option(help=_("In which shift."))] = "",
    requirement: Annotated[
        list[str] | None, typer.Option(help=_("Code of what taking part proves; several."))
    ] = None,
    trainer: Annotated[
        list[str] | None, typer.Option(help=_("Who leads it: number, login or name; several."))
    ] = None,
) -> None:
    """Plan a drill; without a trainer you lead it."""
    frame = frame_of(context)
    planned = DrillPlan(
        drill=kind,
        title=title,
        at=time_of(at),
        venue=venue,
        shift=shift,
        requirements=tuple(requirement or ()),
        trainers=tuple(trainer or ()),
    )
    _tell(frame, frame.services.drills.plan(frame.actor(), planned))


@commands.command("list")
def list_all(context: typer.Context) -> None:
    """List the register: drills, the newest first."""
    frame = frame_of(context)
    found = frame.services.drills.register.drills(frame.actor())
    frame.tell(
        "\n".join(
            f"{one.session.id}\t{one.drill.value}\t{one.session.state.value}\t{one.session.title}"
            for one in found
        )
        or _("There are no drills yet."),
        {"drills": [_line(one) for one in found]},
    )


@commands.command()
def show(context: typer.Context, drill: _Drill) -> None:
    """Show one with all that happened."""
    _tell(frame_of(context), drill)


@commands.command()
def start(context: typer.Context, drill: _Drill) -> None:
    """Give the alarm: the clock runs. Take the roll by `training session roll`."""
    frame = frame_of(context)
    frame.services.drills.start(frame.actor(), drill)
    _tell(frame, drill)


@commands.command()
def count(
    context: typer.Context,
    drill: _Drill,
    expected: Annotated[int, typer.Option(help=_("How many heads were expected."))],
    counted: Annotated[int, typer.Option(help=_("How many were counted."))],
    missing: Annotated[str, typer.Option(help=_("Who is missing."))] = "",
    unexpected: Annotated[
        str, typer.Option(help=_("Who was not expected; asked for where more were counted."))
    ] = "",
) -> None:
    """Note a count of heads; another one takes its place until the drill is signed."""
    frame = frame_of(context)
    frame.services.drills.count(
        frame.actor(),
        drill,
        expected=expected,
        counted=counted,
        missing=missing,
        unexpected=unexpected,
    )
    _tell(frame, drill)


@commands.command()
def clear(context: typer.Context, drill: _Drill) -> None:
    """Give the all clear: the clock stops."""
    frame = frame_of(context)
    frame.services.drills.all_clear(frame.actor(), drill)
    _tell(frame, drill)


@commands.command()
def observe(
    context: typer.Context,
    drill: _Drill,
    text: Annotated[str, typer.Argument(help=_("What was seen."))],
    photo: Annotated[Path | None, typer.Option(help=_("A PNG or JPEG file."))] = None,
) -> None:
    """Keep something that was seen."""
    frame = frame_of(context)
    frame.services.drills.observe(frame.actor(), drill, text, photo, frame.progress())
    _tell(frame, drill)


@commands.command()
def sign(context: typer.Context, drill: _Drill) -> None:
    """Sign a drill with --as and DAKSHA_PASSWORD; credit who took part."""
    frame = frame_of(context)
    tell_signed(frame, sign_session(frame, drill))


@commands.command()
def cancel(
    context: typer.Context,
    drill: _Drill,
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))],
) -> None:
    """Say that a drill is not held, or was an alarm by mistake; until it is signed."""
    frame = frame_of(context)
    frame.services.sessions.planning.cancel(frame.actor(), drill, reason)
    _tell(frame, drill)


@commands.command()
def due(context: typer.Context) -> None:
    """Tell when each drill is due next, the most urgent first."""
    frame = frame_of(context)
    found = frame.services.drills.register.due(frame.actor())
    frame.tell(
        "\n".join(f"{one.drill.value}\t{_day(one.due_on)}\t{one.law}" for one in found)
        or _("No interval of drills is set."),
        {"due": [_due(one) for one in found]},
    )


@commands.command()
def interval(
    context: typer.Context,
    kind: _Kind,
    months: Annotated[int, typer.Option(help=_("Months between drills; 0: none is due."))],
    begins: Annotated[str | None, typer.Option("--from", help=_("First day; today."))] = None,
    law: Annotated[str, typer.Option(help=_("What asks for it."))] = "",
) -> None:
    """Say how often a drill is due from a day on."""
    frame = frame_of(context)
    first = day_of(begins) or frame.today()
    rule = DrillRule(drill=kind, from_on=first, months=months, law=law)
    frame.services.drills.register.set_rule(frame.actor(), rule)
    rules = frame.services.drills.register.rules(frame.actor())
    frame.tell(
        "\n".join(f"{one.drill.value}\t{one.from_on}\t{one.months}" for one in rules),
        {
            "intervals": [
                {
                    "drill": one.drill.value,
                    "from": one.from_on.isoformat(),
                    "months": one.months,
                    "law": one.law,
                }
                for one in rules
            ]
        },
    )


@commands.command()
def unprepared(
    context: typer.Context,
    requirement: Annotated[str, typer.Argument(help=_("Code of the training."))],
    kind: Annotated[DrillKind, typer.Option(help=_("Which drill counts, too."))] = DrillKind.FIRE,
) -> None:
    """List who has neither the training nor a drill in its interval."""
    frame = frame_of(context)
    found = frame.services.drills.register.unprepared(frame.actor(), requirement, kind)
    frame.tell(
        "\n".join(f"{one.number}\t{one.name}\t{one.org_unit}" for one in found)
        or _("Everybody is prepared."),
        {
            "unprepared": [
                {"number": one.number, "name": one.name, "last_drill": _day(one.last_drill_on)}
                for one in found
            ]
        },
    )


def _tell(frame: Frame, drill: UUID) -> None:
    found = frame.services.drills.detail(frame.actor(), drill)
    took = "–" if found.took is None else f"{int(found.took.total_seconds())} s"
    frame.tell(
        f"{drill}\t{found.drill.value}\t{found.session.summary.state.value}\t{took}", _data(found)
    )


def _data(found: DrillDetail) -> dict[str, Any]:
    heads = found.heads
    return {
        **session_data(found.session),
        "drill": found.drill.value,
        "shift": found.shift,
        "seconds": None if found.took is None else int(found.took.total_seconds()),
        "expected": heads.expected if heads else None,
        "counted": heads.counted if heads else None,
        "missing": heads.missing if heads else "",
        "unexpected": heads.unexpected if heads else "",
        "observations": [
            {"text": one.text, "photo": one.photo, "sha256": one.sha256}
            for one in found.observations
        ],
    }


def _line(one: DrillLine) -> dict[str, Any]:
    return {
        "id": str(one.session.id),
        "drill": one.drill.value,
        "title": one.session.title,
        "state": one.session.state.value,
        "starts": one.session.starts_at.isoformat(),
        "shift": one.shift,
        "seconds": None if one.took is None else int(one.took.total_seconds()),
        "expected": one.expected,
        "counted": one.counted,
        "late": one.was_late,
    }


def _due(one: DrillDue) -> dict[str, Any]:
    return {
        "drill": one.drill.value,
        "last": _day(one.last_on),
        "months": one.months,
        "law": one.law,
        "due": _day(one.due_on),
        "overdue": one.is_overdue,
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)
