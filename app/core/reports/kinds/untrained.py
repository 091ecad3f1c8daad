"""Who works here and holds no training that is valid (Factories Act s.7A(2)(c), OSH Code s.6): nobody, or names.

Contract labour is asked for like everybody else. Narrowed by requirements it tells who holds none of them.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.learning import completion_stands
from app.core.learning.models import CourseCompletionRow
from app.core.people.models import PersonListingRow
from app.core.reports.columns import Row, chip, text
from app.core.reports.filters import KINDS, PEOPLE, REQUIREMENT
from app.core.reports.pairs import Condition, is_here, within
from app.core.reports.worked_out import Wanted, WorkedOutReport
from app.core.storage.columns import Day
from app.core.training import Pair, credit_stands, held_until_of, newest_evidence
from app.core.training.models import RequirementCreditRow, RequirementRow


def _work(session: Session, wanted: Wanted) -> list[Row]:
    row = PersonListingRow
    statement = (
        sa.select(row.number, row.name, row.org_unit, row.job_role, row.kind)
        .where(is_here(wanted.today), *within(wanted.scope), *_among(session, wanted))
        .where(*_holds_none(session, wanted))
    )
    return [tuple(found) for found in session.execute(statement)]


def _among(session: Session, wanted: Wanted) -> list[Condition]:
    """Return whom the filters of people leave: of several values of one any."""
    return [
        sa.or_(*(one.checked(session, value, wanted.today) for value in values))
        for one in PEOPLE
        if (values := wanted.request.values(one.key))
    ]


def _holds_none(session: Session, wanted: Wanted) -> list[Condition]:
    """Return the conditions that somebody holds none of the requirements named; without any, nothing."""
    codes = wanted.request.values(REQUIREMENT.key)
    if not codes:
        return _holds_nothing(wanted.today)
    named = sa.or_(*(REQUIREMENT.checked(session, one, wanted.today) for one in codes))
    return [
        ~_holds(one, wanted.today)
        for one in session.scalars(sa.select(RequirementRow).where(named))
    ]


def _holds(row: RequirementRow, today: date) -> Condition:
    pair = Pair(
        person_id=PersonListingRow.person_id, requirement_id=row.id, course_id=row.course_id
    )
    until = newest_evidence(held_until_of, pair)
    return sa.func.coalesce(until >= sa.literal(today, Day), sa.false())


def _holds_nothing(today: date) -> list[Condition]:
    day = sa.literal(today, Day)
    completed, credit = CourseCompletionRow, RequirementCreditRow
    return [
        ~sa.exists().where(
            completed.person_id == PersonListingRow.person_id,
            held_until_of(completed) >= day,
            completion_stands(completed),
        ),
        ~sa.exists().where(
            credit.person_id == PersonListingRow.person_id,
            held_until_of(credit) >= day,
            credit_stands(credit),
        ),
    ]


REPORT = WorkedOutReport(
    key="untrained",
    title=mark("Workers without training"),
    question=mark("Who works here and holds none of the safety training, or no training at all?"),
    icon="user-x",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("department", mark("Department")),
        text("job_role", mark("Job role")),
        chip("kind", mark("Kind"), KINDS),
    ),
    filters=(*PEOPLE, REQUIREMENT),
    default_sort=Sort("number"),
    work=_work,
)
