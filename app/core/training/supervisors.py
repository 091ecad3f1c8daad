"""Whose supervisor somebody is, as SQL."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.training.neighbours import neighbours


def supervisor_of(person_id: Any) -> sa.ScalarSelect[UUID]:  # a column
    """Return the manager of a person's open placement; of several the newest."""
    placement = neighbours().placement
    return (
        sa.select(placement.manager_id)
        .where(
            placement.person_id == person_id,
            placement.to_on.is_(None),
            placement.manager_id.is_not(None),
        )
        .order_by(placement.from_on.desc(), placement.id.desc())
        .limit(1)
        .correlate_except(placement)
        .scalar_subquery()
    )
