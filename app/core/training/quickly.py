"""Whether a statement gives anything of one person: asked on the way of every change of people."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.journal import Unit
from app.core.storage.columns import Id
from app.core.storage.prepared import Prepared
from app.core.training.models import AssignmentRow


class AnyOfOne:
    """A statement over assignments for a day `today`, of which only whether it gives a row is asked."""

    def __init__(self, statement: sa.Select[*tuple[Any, ...]]) -> None:
        mine = AssignmentRow.person_id == sa.bindparam("person", type_=Id())
        self._prepared = Prepared(statement.with_only_columns(AssignmentRow.id).where(mine))

    def is_any(self, unit: Unit, today: date, person_id: UUID) -> bool:
        """Tell whether there is a row of somebody."""
        unit.flush()
        return bool(self._prepared.run(unit.connection(), {"today": today, "person": person_id}))
