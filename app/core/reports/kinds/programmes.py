"""Programmes by calendar year: classes held, and separately what was completed by e-learning (POSH, s.21)."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.learning import completion_stands
from app.core.learning.models import CourseCompletionRow
from app.core.people.models import PersonListingRow
from app.core.reports.asking import ReportFilter
from app.core.reports.columns import Row, number, text
from app.core.reports.errors import FilterRefused
from app.core.reports.pairs import Condition, within
from app.core.reports.sessions_held import HeldSession, held_sessions, hours, year_of
from app.core.reports.worked_out import Wanted, WorkedOutReport
from app.core.training.models import RequirementRow
from app.core.training.sessions.kinds import SessionKind


@dataclass(slots=True)
class _Counted:
    classes: int = 0
    talks: int = 0
    drills: int = 0
    participants: int = 0
    seconds: int = 0
    completions: int = 0

    def add(self, one: HeldSession, code: str) -> None:
        """Count a session for a requirement."""
        self.classes += one.row.kind is SessionKind.CLASS
        self.talks += one.row.kind is SessionKind.TALK
        self.drills += one.row.kind is SessionKind.DRILL
        there = one.seconds_for(code)
        self.participants += len(there)
        self.seconds += sum(there.values())


_Key = tuple[int, str, str]


def _work(session: Session, wanted: Wanted) -> list[Row]:
    counted: dict[_Key, _Counted] = {}
    for one in held_sessions(session, wanted.scope):
        subjects = one.requirements or [("–", one.row.title)]
        for code, title in subjects:
            counted.setdefault((one.year, code, title), _Counted()).add(one, code)
    for key, count in _completions(session, wanted):
        counted.setdefault(key, _Counted()).completions += count
    year, code = wanted.one("year"), wanted.one("requirement").upper()
    return [
        (
            key[0], key[1], key[2], one.classes, one.talks, one.drills, one.participants,
            hours(one.seconds), one.completions,
        )
        for key, one in sorted(counted.items())
        if (not year or str(key[0]) == year) and (not code or key[1] == code)
    ]  # fmt: skip


def _completions(session: Session, wanted: Wanted) -> list[tuple[_Key, int]]:
    """Return how many completed each course in each year, by its requirement."""
    first = session.scalar(sa.select(sa.func.min(CourseCompletionRow.at)))
    last = session.scalar(sa.select(sa.func.max(CourseCompletionRow.at)))
    if first is None or last is None:
        return []
    found: list[tuple[_Key, int]] = []
    for year in range(_year(first), _year(last) + 1):
        begin, end = year_of(str(year))
        rows = session.execute(
            sa.select(RequirementRow.code, RequirementRow.title, sa.func.count())
            .select_from(CourseCompletionRow)
            .join(RequirementRow, RequirementRow.course_id == CourseCompletionRow.course_id)
            .join(PersonListingRow, PersonListingRow.person_id == CourseCompletionRow.person_id)
            .where(
                CourseCompletionRow.at >= begin,
                CourseCompletionRow.at < end,
                completion_stands(),
                *within(wanted.scope),
            )
            .group_by(RequirementRow.code, RequirementRow.title)
        )
        found += [((year, code, title), count) for code, title, count in rows]
    return found


def _year(at: datetime) -> int:
    return at.astimezone().year


def _is_year(_session: Session, value: str, _today: date) -> Condition:
    try:
        year_of(value)
    except (ValueError, OverflowError):
        raise FilterRefused(f"year={value}") from None
    return sa.true()


def any_text(_session: Session, _value: str, _today: date) -> Condition:
    """Take whatever is asked for: the rows are picked where they are worked out."""
    return sa.true()


def _is_requirement(session: Session, value: str, _today: date) -> Condition:
    code = value.strip().upper()
    if session.scalar(sa.select(RequirementRow.id).where(RequirementRow.code == code)) is None:
        raise FilterRefused(f"requirement={value}")
    return sa.true()


YEAR = ReportFilter(key="year", title=mark("Calendar year"), condition=_is_year)
REQUIREMENT = ReportFilter(key="requirement", title=mark("Requirement"), condition=_is_requirement)

REPORT = WorkedOutReport(
    key="programmes",
    title=mark("Programmes by calendar year"),
    question=mark("How many programmes were held in a year, and for whom?"),
    icon="calendar-days",
    columns=(
        number("year", mark("Year")),
        text("code", mark("Code")),
        text("title", mark("Subject")),
        number("classes", mark("Classes")),
        number("talks", mark("Toolbox talks")),
        number("drills", mark("Drills")),
        number("participants", mark("Participants")),
        text("hours", mark("Man-hours")),
        number("completions", mark("E-learning completions")),
    ),
    filters=(YEAR, REQUIREMENT),
    default_sort=Sort("year", descending=True),
    work=_work,
)
