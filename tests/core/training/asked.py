"""What tests ask of people, and how they look at what became of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.core.base.actor import Actor
from app.core.people import Audience
from app.core.training import DueRule, RequirementType, Terms, Validity
from app.core.training.assignments import AssignmentSummary, EnteredEvidence, State
from app.core.training.enrolment import OneOf, RuleWords
from app.core.training.permits import Holds, Permits, TaskWords, Verdict
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.support.teaching import School

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
Add = Callable[..., UUID]
IN_FINANCE = OneOf("unit", ("FIN",))


def required(school: School, meera: Actor, code: str = "FORK", **said: Any) -> UUID:
    """Add a licence that holds for a year and is due in five days, unless its terms are said otherwise."""
    terms = {
        "from_on": TODAY,
        "validity": Validity.MONTHS,
        "valid_count": 12,
        "due_rule": DueRule.AFTER_ASSIGNMENT,
        "due_days": 5,
    }
    return school.training.catalogue.add(
        meera,
        NewRequirement(
            code=code,
            title=f"Licence {code}",
            type=RequirementType.EXTERNAL,
            terms=Terms(**(terms | said)),
        ),
    )


def assigned(
    school: School, meera: Actor, code: str, *numbers: str, due: date | None = None
) -> int:
    audience = Audience(numbers=numbers)
    return school.training.assign(meera, code, audience, due_on=due, origin="Drives")


def ruled(school: School, meera: Actor, requirement: UUID, **said: Any) -> UUID:
    """Switch a rule on: who is in Finance has a requirement."""
    code, condition = said.pop("code", "FIN"), said.pop("condition", IN_FINANCE)
    words = RuleWords(title=f"Rule {code}", requirement_id=requirement, condition=condition, **said)
    rule = school.training.enrolment.add(meera, code, words)
    school.training.enrolment.switch_on(meera, rule)
    return rule


def proved(school: School, meera: Actor, person: UUID, requirement: UUID, on: date = TODAY) -> None:
    proof = EnteredEvidence(issuer="RTO", obtained_on=on)
    school.training.assignments.evidence.enter(meera, person, requirement, proof)


def cycles(school: School, meera: Actor, person: UUID) -> list[AssignmentSummary]:
    found = school.training.assignments.of_person(meera, person)
    return sorted(found, key=lambda one: (one.code, one.cycle))


def newest(school: School, meera: Actor, person: UUID) -> AssignmentSummary:
    return cycles(school, meera, person)[-1]


def states(school: School, meera: Actor, person: UUID) -> list[State]:
    return [one.stands.state for one in cycles(school, meera, person)]


def days_begin(school: School, clock: TurnedClock, days: int, *, step: int = 1) -> None:
    """Let days pass, each of them begun; with `step` only every so many."""
    left = days
    while left > 0:
        clock.turn(min(step, left) * DAY)
        school.training.begin_day(SYSTEM)
        left -= step


def a_task(permits: Permits, *needs: str, **said: Any) -> None:
    code = said.pop("code", "T")
    words = TaskWords(code=code, title="Drive", org_unit="FIN", needs=needs, **said)
    permits.tasks.add(SYSTEM, words)


def may(permits: Permits, number: str) -> tuple[Verdict, list[Holds]]:
    """Return what "May I?" answers for the task, and how each requirement is held."""
    answer = permits.may(SYSTEM, number, "T").answer
    return answer.verdict, [one.holds for one in answer.grounds]
