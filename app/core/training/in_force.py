"""Which assignment of a person and requirement is in force: the one definition, as SQL."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.training.models import AssignmentRow


def in_force() -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an assignment is its pair's newest cycle and not cancelled."""
    later = aliased(AssignmentRow)
    replaced = sa.exists().where(
        later.person_id == AssignmentRow.person_id,
        later.requirement_id == AssignmentRow.requirement_id,
        later.cycle > AssignmentRow.cycle,
    )
    return [AssignmentRow.cancelled_reason == "", ~replaced]
