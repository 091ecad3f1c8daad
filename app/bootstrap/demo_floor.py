"""What the demo plant has on the floor: machines that ask for training, and a class of today."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.paging import PageRequest
from app.core.training.permits import TaskWords
from app.core.training.sessions import SessionPlan
from app.services import Services


def furnish_floor(services: Services, actor: Actor, said: dict[str, Any], today: date) -> None:
    """Keep the tasks and the sessions of the demo's file."""
    for task in said["tasks"]:
        services.training.permits.tasks.add(
            actor, TaskWords(**{**task, "needs": tuple(task["needs"])})
        )
    for session in said["sessions"]:
        start = datetime.combine(today, time(session["hour"])).astimezone()
        plan = SessionPlan(
            title=session["title"],
            venue=session["venue"],
            starts_at=start,
            ends_at=start + timedelta(minutes=session["minutes"]),
            requirements=(session["requirement"],),
            trainers=(session["trainer"],),
            seats=session["seats"],
        )
        planning = services.sessions.planning
        planning.invite(
            actor, planning.plan(actor, plan), _people(services, actor, session["invited"])
        )


def _people(services: Services, actor: Actor, numbers: list[str]) -> list[UUID]:
    found = {
        one.number: one.id
        for one in services.people.list_people(actor, PageRequest(limit=200)).rows
    }
    return [found[number] for number in numbers]
