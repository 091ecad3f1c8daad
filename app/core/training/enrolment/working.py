"""Which rules of a site work on a day."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Day, Id
from app.core.storage.prepared import Prepared
from app.core.training.enrolment.kept import WorkingRule
from app.core.training.models import EnrolmentRuleRow, RequirementRow

AnySelect = sa.Select[*tuple[Any, ...]]


def working_rules(
    session: Session,
    site_id: UUID | None,
    today: date,
    only: Collection[UUID] | None = None,
) -> list[EnrolmentRuleRow]:
    """Return this site's rules that work on a day, in the order of their codes; `only` those of some requirements."""
    statement = _working(EnrolmentRuleRow)
    if only is not None:
        statement = statement.where(EnrolmentRuleRow.requirement_id.in_(list(only)))
    return list(session.scalars(statement, {"site": site_id, "today": today}))


def working_versions(session: Session, site_id: UUID | None, today: date) -> Sequence[WorkingRule]:
    """Return the same rules as `working_rules`, but only which versions of them work."""
    rows = _versions().run(session.connection(), {"site": site_id, "today": today})
    return _as_rules(tuple(map(tuple, rows)))


@lru_cache(maxsize=4)
def _as_rules(rows: tuple[tuple[Any, ...], ...]) -> tuple[WorkingRule, ...]:
    """Return rows of `_versions`, which stay the same for long, as rules."""
    return tuple(
        WorkingRule(
            key if isinstance(key, UUID) else UUID(bytes=key),
            bytes(versions),
            bool(ends),
            away_days,
            moved,
        )
        for key, versions, ends, away_days, moved in rows
    )


@cache
def _versions() -> Prepared:
    row = EnrolmentRuleRow
    return Prepared(_working(row.id, row.row_versions, row.cancels, row.away_days, row.moved))


@cache
def rules_among() -> sa.Select[EnrolmentRuleRow]:
    """Select some `rules`, in the order of their codes. Put together once, for every change of people."""
    row, some = EnrolmentRuleRow, sa.bindparam("rules", type_=Id(), expanding=True)
    return sa.select(row).where(row.id.in_(some)).order_by(row.code)


def _working(*columns: Any) -> AnySelect:  # mapped attributes, or the class
    """Select from the rules of a `site` that work on the day `today`."""
    row = EnrolmentRuleRow
    today = sa.bindparam("today", type_=Day())
    return (
        sa.select(*columns)
        .join(RequirementRow, RequirementRow.id == row.requirement_id)
        .where(
            row.is_on,
            sa.or_(row.site_id.is_(None), row.site_id == sa.bindparam("site", type_=Id())),
            sa.or_(RequirementRow.retired_on.is_(None), RequirementRow.retired_on > today),
            sa.or_(row.from_on.is_(None), row.from_on <= today),
            sa.or_(row.to_on.is_(None), row.to_on >= today),
        )
        .order_by(row.code)
    )
