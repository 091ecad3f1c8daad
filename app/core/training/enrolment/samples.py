"""Rules that come with sample courses: off, until somebody has tried them."""

from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.core.courses import BegunSample, sample_mark
from app.core.journal import Unit
from app.core.training.enrolment.conditions import All, Between, OneOf, to_json
from app.core.training.kinds import DueRule
from app.core.training.models import EnrolmentRuleRow, RequirementRow
from app.core.training.requirements.queries import free_code
from app.core.training.requirements.service import say_terms
from app.core.training.terms import Terms


class SampleRule(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of a sample says: who joins one of some departments is given its course."""

    code: str
    title: str
    departments: tuple[str, ...]
    after_days: int
    """From the day of joining till it is assigned."""
    due_days: int
    """From the day of joining till it is due."""


def read_sample(path: Path) -> SampleRule:
    """Return the rule of a sample."""
    return msgspec.json.decode(path.read_bytes(), type=SampleRule)


def bring_sample(unit: Unit, begun: BegunSample, site_id: UUID | None, today: date) -> None:
    """Add the rule of a sample course, marked as a sample: for who joins from today on.

    What it assigns is the course, which can be assigned once it is published.
    """
    if begun.sample.rule is None:
        return
    said = read_sample(begun.sample.rule)
    mark = sample_mark(begun.sample.as_of, begun.sample.file.language)
    unit.take_turn("requirements")
    course = RequirementRow(
        code=free_code(unit, begun.code),
        title=begun.title,
        course_id=begun.course_id,
        valid_months=begun.valid_months,
        description=mark,
        retired_on=today,
    )
    unit.add(course)
    unit.flush()
    due = Terms(from_on=today, due_rule=DueRule.AFTER_JOINING, due_days=said.due_days)
    say_terms(unit, course.id, due)
    unit.take_turn("enrolment rules")
    newcomers = All((OneOf("unit", said.departments), Between("joined_on", first=today)))
    unit.add(
        EnrolmentRuleRow(
            site_id=site_id,
            code=_free_code(unit, said.code),
            title=f"{said.title}. {mark}",
            requirement_id=course.id,
            condition=to_json(newcomers),
            after_days=said.after_days,
        )
    )
    unit.flush()


def _free_code(unit: Unit, wanted: str) -> str:
    """Return a code that no rule has, of whichever site."""
    taken = set(unit.scalars(sa.select(EnrolmentRuleRow.code)))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *numbered) if one not in taken)
