"""`training session change`: a class, talk or drill is planned anew, as the window does it."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer

from app.cli.days import time_of
from app.cli.frame import frame_of
from app.cli.training_data import session_data, session_line
from app.core.base.words import _
from app.core.training.sessions import GroupQuiz, SessionPlan, plan_of

commands = typer.Typer()


@commands.command()
def change(
    context: typer.Context,
    session: Annotated[UUID, typer.Argument(help=_("Id of the session, as `list` gives it."))],
    title: Annotated[str | None, typer.Option(help=_("Its title."))] = None,
    starts: Annotated[
        str | None,
        typer.Option("--at", help=_("When it starts, as 2026-12-31T14:00; it lasts as long.")),
    ] = None,
    minutes: Annotated[int | None, typer.Option(help=_("How long it lasts."))] = None,
    venue: Annotated[str | None, typer.Option(help=_("Where."))] = None,
    requirement: Annotated[
        list[str] | None,
        typer.Option(help=_('Code of what it proves; several; "": nothing any more.')),
    ] = None,
    trainer: Annotated[
        list[str] | None,
        typer.Option(help=_("Who leads it from now on: number, login or name; several.")),
    ] = None,
    course: Annotated[
        str | None, typer.Option(help=_('Code of the course to show; "": none.'))
    ] = None,
    seats: Annotated[
        int | None, typer.Option(help=_("How many seats; 0: as many as come."))
    ] = None,
    threshold: Annotated[
        int | None, typer.Option(help=_("Per cent of the time that somebody must be there."))
    ] = None,
    quiz: Annotated[
        GroupQuiz | None, typer.Option(help=_("none, tally, individual or required."))
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why; asked for once it is over."))] = "",
) -> None:
    """Plan it anew: what is not said stays as it is. Until it is signed."""
    frame = frame_of(context)
    sessions, actor = frame.services.sessions, frame.actor()
    plan = _moved(plan_of(sessions.detail(actor, session)), starts, minutes)
    said = {"title": title, "venue": venue, "course": course, "threshold": threshold, "quiz": quiz}
    plan = replace(plan, **{name: value for name, value in said.items() if value is not None})  # type: ignore[arg-type]  # each as its option says
    plan = replace(
        plan,
        course=plan.course or None,
        seats=plan.seats if seats is None else seats or None,
        requirements=_named(requirement, plan.requirements),
        trainers=_named(trainer, plan.trainers),
    )
    sessions.planning.change(actor, session, plan, reason)
    found = sessions.detail(actor, session)
    frame.tell(session_line(found.summary), session_data(found))


def _moved(plan: SessionPlan, starts: str | None, minutes: int | None) -> SessionPlan:
    start = plan.starts_at if starts is None else time_of(starts)
    length = plan.ends_at - plan.starts_at if minutes is None else timedelta(minutes=minutes)
    return replace(plan, starts_at=start, ends_at=start + length)


def _named(said: list[str] | None, before: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is named instead of what was; an empty name alone takes all away."""
    return before if said is None else tuple(one for one in said if one.strip())
