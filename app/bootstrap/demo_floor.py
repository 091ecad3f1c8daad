"""What the demo plant has on the floor: machines that ask for training, a class, a practical, a drill."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.core.base.resources import resource
from app.core.people import Audience
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.drills import DrillKind, DrillPlan, DrillRule
from app.core.training.permits import TaskWords
from app.core.training.practicals import StepMark, read_form
from app.core.training.requirements import NewRequirement
from app.core.training.sessions import SessionPlan
from app.services import Services


def furnish_floor(
    services: Services,
    actor: Actor,
    said: dict[str, Any],
    today: date,
    people: Mapping[str, Actor],
) -> None:
    """Keep the tasks, sessions, practicals and drills of the demo's file; `people` by number."""
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
    for practical in said["practicals"]:
        _practise(services, actor, practical, today, people)
    for drill in said["drills"]:
        _plan_drill(services, actor, drill, today)


def _plan_drill(services: Services, actor: Actor, said: dict[str, Any], today: date) -> None:
    """Plan a drill, and say how often there has to be one."""
    kind = DrillKind(said["kind"])
    at = datetime.combine(today + timedelta(days=said["in_days"]), time(said["hour"])).astimezone()
    plan = DrillPlan(drill=kind, title=said["title"], at=at, venue=said["venue"])
    services.drills.plan(actor, plan)
    rule = DrillRule(drill=kind, from_on=today, months=said["months"], law=said["law"])
    services.drills.register.set_rule(actor, rule)


def _practise(
    services: Services,
    actor: Actor,
    said: dict[str, Any],
    today: date,
    people: Mapping[str, Actor],
) -> None:
    """Ask for a practical, appoint who assesses it, and let one learner be watched a first time."""
    sample = json.loads(resource("samples", "practicals", said["sample"]).read_bytes())
    form = read_form(json.dumps(sample["form"]).encode())
    terms = Terms(
        from_on=today,
        validity=Validity.MONTHS,
        valid_count=sample["valid_months"],
        evidence=EvidenceRule.NOT_BY_HAND,
    )
    training, practicals = services.training, services.training.practicals
    asked = training.catalogue.add(
        actor,
        NewRequirement(
            code=said["code"], title=form.title, type=RequirementType.PRACTICAL, terms=terms
        ),
    )
    practicals.forms.save_draft(actor, asked, form)
    practicals.forms.publish(actor, asked)
    training.assign(
        actor,
        said["code"],
        Audience(role_codes=(said["job_role"],)),
        due_on=today + timedelta(days=said["due_days"]),
        origin=said["reason"],
    )
    assessor, learner = _people(services, actor, [said["assessor"], said["learner"]])
    practicals.assessors.appoint(actor, assessor, asked, reason=said["appointed_because"])
    watching = replace(
        people[said["assessor"]], grants=frozenset({Grant(capability=Capability.ASSESS)})
    )
    begun = practicals.doing.begin(watching, learner, asked)
    (seen,) = practicals.record(actor, learner, asked).facts.rounds
    for step in seen.steps:
        practicals.doing.mark(watching, begun, step.key, StepMark.DONE)


def _people(services: Services, actor: Actor, numbers: list[str]) -> list[UUID]:
    found = {
        one.number: one.id
        for one in services.people.list_people(actor, PageRequest(limit=200)).rows
    }
    return [found[number] for number in numbers]
