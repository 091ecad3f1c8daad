"""Drills that come with sample courses: what taking part proves, one that is planned, and how often it is due."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

import msgspec

from app.core.base.actor import Actor, Capability
from app.core.courses import BegunSample, sample_mark
from app.core.journal import Unit
from app.core.training.drills.kinds import DrillKind
from app.core.training.drills.register import DrillRegister
from app.core.training.drills.types import DrillPlan, DrillRule
from app.core.training.kinds import EvidenceRule, RequirementType, Validity
from app.core.training.models import RequirementRow
from app.core.training.requirements.queries import free_code
from app.core.training.requirements.service import say_terms
from app.core.training.terms import Terms


class SampleDrill(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of a sample says."""

    drill: DrillKind
    title: str
    titles: dict[str, str]
    description: str
    """What counts as taking part."""
    valid_months: int
    """Of having taken part."""
    venue: str
    in_days: int
    """From the day on which the course is begun till the drill that is planned."""
    at: time
    every_months: int
    law: str


class PlansDrills(Protocol):
    """What is needed of the service of drills."""

    register: DrillRegister

    def plan_in(self, unit: Unit, actor: Actor, plan: DrillPlan) -> UUID:
        """Plan a drill in a unit of work that does more."""


def read_sample(path: Path) -> SampleDrill:
    """Return the drill of a sample."""
    return msgspec.json.decode(path.read_bytes(), type=SampleDrill)


def bring_sample(unit: Unit, begun: BegunSample, drills: PlansDrills, today: date) -> None:
    """Add the drill of a sample course, marked as a sample, to be planned anew.

    How often it is due is said only where nobody has, and by somebody who may.
    """
    if begun.sample.drill is None:
        return
    said = read_sample(begun.sample.drill)
    mark = sample_mark(begun.sample.as_of, begun.sample.file.language)
    unit.take_turn("requirements")
    code = _require(unit, said, free_code(unit, f"{begun.code[-32:]}-D"), mark, today)
    plan = DrillPlan(
        drill=said.drill,
        title=f"{said.title}. {mark}",
        at=datetime.combine(today + timedelta(days=said.in_days), said.at).astimezone(),
        venue=said.venue,
        requirements=(code,),
    )
    drills.plan_in(unit, begun.actor, plan)
    if begun.actor.may(Capability.MANAGE_SITE):
        rule = DrillRule(
            drill=said.drill, from_on=today, months=said.every_months, law=f"{said.law}. {mark}"
        )
        drills.register.propose_in(unit, rule)


def _require(unit: Unit, said: SampleDrill, code: str, mark: str, today: date) -> str:
    row = RequirementRow(
        code=code,
        title=said.title,
        titles=said.titles,
        type=RequirementType.DRILL,
        description=f"{mark} {said.description}",
    )
    unit.add(row)
    unit.flush()
    terms = Terms(
        from_on=today,
        validity=Validity.MONTHS,
        valid_count=said.valid_months,
        evidence=EvidenceRule.NOT_BY_HAND,
    )
    say_terms(unit, row.id, terms)
    return code
