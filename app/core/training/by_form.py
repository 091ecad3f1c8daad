"""Practicals that their form alone proves: it has steps without which nobody is competent (ADR 42).

Notes of whoever enters, confirms or held a class are no watching of these steps, whatever the terms say. What
was learned before the form was there is taken from paper as ever.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.training.errors import ByFormAlone
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours


def form_days(
    session: Session, requirement_ids: Collection[UUID] | None = None
) -> dict[UUID, date]:
    """Return the first day from which its form alone proves a practical, for those of which it does.

    It is that of the first version with a critical step, where the version in force has one, too.
    """
    form, version = neighbours().practical_form, neighbours().practical_version
    statement = (
        sa.select(form.requirement_id, form.current_version_id, version)
        .join(version, version.form_id == form.id)
        .order_by(version.published_at, version.id)
    )
    if requirement_ids is not None:
        statement = statement.where(form.requirement_id.in_(list(requirement_ids)))
    first: dict[UUID, date] = {}
    in_force: set[UUID] = set()
    for requirement_id, current_id, row in session.execute(statement):
        if _has_critical(row.content):
            first.setdefault(requirement_id, row.published_at.astimezone().date())
            if row.id == current_id:
                in_force.add(requirement_id)
    return {key: day for key, day in first.items() if key in in_force}


def require_not_by_form(session: Session, requirement: RequirementRow) -> None:
    """Raise ByFormAlone for a practical that its form alone proves."""
    if requirement.id in form_days(session, [requirement.id]):
        raise ByFormAlone(requirement.title)


def _has_critical(content: dict[str, Any]) -> bool:
    """Tell whether a form, as it is stored, has a critical step."""
    sections = content.get("sections", ())
    return any(step.get("is_critical") for one in sections for step in one.get("steps", ()))
