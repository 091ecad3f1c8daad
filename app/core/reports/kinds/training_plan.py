"""The year's training as it was planned, and what came of it by month (Schedule M, WHO GMP)."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.keys.models import SiteRow
from app.core.reports.columns import Row, chip, day, number, text
from app.core.reports.kinds.programmes import REQUIREMENT, YEAR
from app.core.reports.worked_out import Wanted, WorkedOutReport
from app.core.training.programme import PLAN_STATES
from app.core.training.programme.models import PlanLineRow
from app.core.training.programme.service import lines_of

_STATES = {state.value: words for state, words in PLAN_STATES.items()}


def _work(session: Session, wanted: Wanted) -> list[Row]:
    year = int(wanted.one("year") or wanted.today.year)
    code = wanted.one("requirement").strip().upper()
    return [
        (
            site, one.month, one.code, one.title, one.people, one.trained, one.sessions,
            one.state(wanted.today).value, one.note,
        )
        for site_id, site in _sites(session)
        for one in lines_of(session, year, site_id, wanted.scope)
        if not code or one.code == code
    ]  # fmt: skip


def _sites(session: Session) -> list[tuple[UUID | None, str]]:
    """Return the sites that plan, by name; headquarters knows the plans of its plants."""
    planning = sa.select(PlanLineRow.site_id).distinct()
    names = {row.id: row.name for row in session.scalars(sa.select(SiteRow))}
    found = [(one, names.get(one, "") if one else "") for one in session.scalars(planning)]
    return sorted(found, key=lambda one: one[1]) or [(None, "")]


REPORT = WorkedOutReport(
    key="training-plan",
    title=mark("Training plan and what came of it"),
    question=mark("What was planned for each month of a year, and what was held?"),
    icon="calendar-check",
    columns=(
        text("site", mark("Site")),
        day("month", mark("Month from")),
        text("code", mark("Code")),
        text("title", mark("Subject")),
        number("planned", mark("Planned for")),
        number("trained", mark("Trained")),
        number("sessions", mark("Sessions")),
        chip("state", mark("State"), _STATES),
        text("note", mark("Note")),
    ),
    filters=(YEAR, REQUIREMENT),
    default_sort=Sort("month"),
    work=_work,
)
