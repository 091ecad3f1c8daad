"""Who holds what, from when until when, and who held it: the named register that an inspector asks for.

Of a person and a requirement the newest evidence that counts is held, or has lapsed; all the rest, that of leavers
and what was taken back stays as ended (Factories Act s.22(1): a register in which no name is rubbed out).
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.learning import completion_stands
from app.core.learning.models import CourseCompletionRow
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, day, moment, text
from app.core.reports.filters import PEOPLE, REQUIREMENT
from app.core.reports.pairs import AnySelect, Condition, is_here, within
from app.core.storage.columns import Day
from app.core.training import newest_evidence
from app.core.training.held import Pair, credit_stands
from app.core.training.in_force import in_force
from app.core.training.models import (
    AssignmentRow,
    LegalReferenceRow,
    RequirementCreditRow,
    RequirementRow,
)

_STATES = {"held": mark("Held"), "lapsed": mark("Lapsed"), "ended": mark("Ended")}


def _evidence() -> sa.Subquery:
    """Return all evidence there is: credits of requirements, and completions of their courses."""
    credit, completion = RequirementCreditRow, CourseCompletionRow
    by_credit = sa.select(
        credit.id,
        credit.person_id,
        credit.requirement_id,
        credit.at,
        credit.valid_until,
        credit_stands(credit).label("stands"),
    )
    by_course = sa.select(
        completion.id,
        completion.person_id,
        RequirementRow.id,
        completion.at,
        completion.valid_until,
        completion_stands(completion),
    ).join(RequirementRow, RequirementRow.course_id == completion.course_id)
    return sa.union_all(by_credit, by_course).subquery("evidence")


_EVIDENCE = _evidence()


def _counts_from() -> sa.ScalarSelect[datetime | None]:
    """Return from when on evidence counts, where the training was asked for again."""
    return (
        sa.select(AssignmentRow.counts_from)
        .where(
            AssignmentRow.person_id == _EVIDENCE.c.person_id,
            AssignmentRow.requirement_id == _EVIDENCE.c.requirement_id,
            *in_force(),
        )
        .limit(1)
        .correlate_except(AssignmentRow)
        .scalar_subquery()
    )


def _state(today: date) -> sa.Case[str]:
    pair = Pair(
        person_id=_EVIDENCE.c.person_id,
        requirement_id=_EVIDENCE.c.requirement_id,
        course_id=RequirementRow.course_id,
        counts_from=_counts_from(),
    )
    counts = sa.and_(
        _EVIDENCE.c.stands,
        _EVIDENCE.c.at == newest_evidence(lambda met: met.at, pair),
        is_here(today),
    )
    until = _EVIDENCE.c.valid_until
    is_valid = sa.or_(until.is_(None), until >= sa.literal(today, Day))
    return sa.case((sa.and_(counts, is_valid), "held"), (counts, "lapsed"), else_="ended")


def _law(today: date) -> sa.ScalarSelect[str]:
    """Return the law that a requirement rests on as it stood on the day, "" where none is given."""
    law, day_said = LegalReferenceRow, sa.literal(today, Day)
    words = sa.case((law.clause == "", law.act), else_=law.act + " " + law.clause)
    found = (
        sa.select(words.label("words"))
        .where(
            law.requirement_id == RequirementRow.id,
            law.removed.is_(False),
            sa.or_(law.from_on.is_(None), law.from_on <= day_said),
            sa.or_(law.to_on.is_(None), law.to_on > day_said),
        )
        .order_by(law.act, law.clause)
        .correlate(RequirementRow)
        .subquery("laws")
    )
    joined = sa.func.coalesce(sa.func.aggregate_strings(found.c.words, "; "), "")
    return sa.select(joined).scalar_subquery()


def _is(_session: Session, value: str, today: date) -> Condition:
    return _state(today) == value


def _select(asked: Asked) -> AnySelect:
    return (
        sa.select(
            _EVIDENCE.c.id,
            PersonListingRow.number,
            PersonListingRow.name,
            PersonListingRow.search_text.label("found_by"),
            PersonListingRow.org_unit.label("department"),
            RequirementRow.code,
            RequirementRow.title.label("requirement"),
            _EVIDENCE.c.at.label("since"),
            _EVIDENCE.c.valid_until,
            _state(asked.today).label("state"),
            _law(asked.today).label("law"),
        )
        .select_from(_EVIDENCE)
        .join(RequirementRow, RequirementRow.id == _EVIDENCE.c.requirement_id)
        .join(PersonListingRow, PersonListingRow.person_id == _EVIDENCE.c.person_id)
        .where(*within(asked.scope), *asked.conditions)
    )


REPORT = SelectReport(
    key="holders",
    title=mark("Register of holders"),
    question=mark("Who holds which training, since when and until when?"),
    icon="badge-check",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("department", mark("Department")),
        text("code", mark("Code")),
        text("requirement", mark("Requirement")),
        moment("since", mark("Obtained")),
        day("valid_until", mark("Valid until")),
        chip("state", mark("Status"), _STATES),
        text("law", mark("Law on that day")),
    ),
    filters=(
        *PEOPLE,
        REQUIREMENT,
        ReportFilter(key="state", title=mark("Status"), condition=_is, choices=_STATES),
    ),
    default_sort=Sort("name"),
    searched=("found_by", "code", "requirement"),
    ties=("number", "since", "id"),
    select=_select,
    looks_back=True,
)
