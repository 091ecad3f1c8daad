"""Who is not prepared for fire: neither the training nor a drill in its interval (Factories Act, s.38)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import PersonListingRow
from app.core.reports.asking import ReportFilter
from app.core.reports.columns import Row, chip, day, text
from app.core.reports.kinds.programmes import REQUIREMENT, any_text
from app.core.reports.pairs import Condition, is_here, within
from app.core.reports.sessions_held import held_sessions
from app.core.reports.worked_out import Wanted, WorkedOutReport
from app.core.storage.columns import Day
from app.core.training import held_until_of, newest_evidence
from app.core.training.drills import DRILL_KINDS, DrillKind
from app.core.training.drills.due import Interval, next_due
from app.core.training.drills.models import DrillRow, DrillRuleRow
from app.core.training.held import Pair
from app.core.training.models import RequirementRow
from app.core.training.requirements.queries import by_code
from app.core.training.sessions.kinds import SessionKind

_DRILLS = {kind.value: words for kind, words in DRILL_KINDS.items()}


def _work(session: Session, wanted: Wanted) -> list[Row]:
    kind = DrillKind(wanted.one("drill") or DrillKind.FIRE.value)
    rules = session.execute(
        sa.select(DrillRuleRow.from_on, DrillRuleRow.months).where(DrillRuleRow.drill == kind)
    )
    intervals = [Interval(from_on=from_on, months=months) for from_on, months in rules]
    last = _last_drills(session, kind)
    return [
        (number, name, unit, last.get(person_id), kind.value)
        for person_id, number, name, unit in _people(session, wanted)
        if not _in_time(last.get(person_id), intervals, wanted.today)
    ]


def _in_time(last: date | None, intervals: list[Interval], today: date) -> bool:
    if last is None:
        return False
    due = next_due(last, intervals, today)
    return due is None or today <= due


def _last_drills(session: Session, kind: DrillKind) -> dict[UUID, date]:
    of_kind = set(session.scalars(sa.select(DrillRow.session_id).where(DrillRow.drill == kind)))
    last: dict[UUID, date] = {}
    for one in held_sessions(session, None, [SessionKind.DRILL]):
        if one.row.id in of_kind:
            last |= dict.fromkeys(one.seconds, one.ended.astimezone().date())
    return last


def _people(session: Session, wanted: Wanted) -> list[tuple[UUID, str, str, str]]:
    statement = sa.select(
        PersonListingRow.person_id,
        PersonListingRow.number,
        PersonListingRow.name,
        PersonListingRow.org_unit,
    ).where(is_here(wanted.today), *within(wanted.scope))
    if code := wanted.one("requirement"):
        statement = statement.where(_does_not_hold(session, code, wanted.today))
    return [(key, number, name, unit) for key, number, name, unit in session.execute(statement)]


def _does_not_hold(session: Session, code: str, today: date) -> Condition:
    row: RequirementRow = by_code(session, code.strip().upper())
    pair = Pair(
        person_id=PersonListingRow.person_id, requirement_id=row.id, course_id=row.course_id
    )
    until = newest_evidence(held_until_of, pair)
    return sa.func.coalesce(until < sa.literal(today, Day), sa.true())


REPORT = WorkedOutReport(
    key="unprepared",
    title=mark("Neither trained nor drilled"),
    question=mark("Who has neither the training nor a drill in its interval?"),
    icon="siren",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("department", mark("Department")),
        day("last", mark("Last drill")),
        chip("drill", mark("Drill"), _DRILLS),
    ),
    filters=(
        REQUIREMENT,
        ReportFilter(key="drill", title=mark("Drill"), condition=any_text, choices=_DRILLS),
    ),
    default_sort=Sort("number"),
    work=_work,
)
