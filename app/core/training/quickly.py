"""Whether a statement gives anything of one person: asked on the way of every change of people."""

from collections.abc import Mapping
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
        self._statement = statement.with_only_columns(AssignmentRow.id).where(mine)
        self._prepared = Prepared(self._statement)
        self._said: dict[str, Mapping[str, Any]] = {}
        """The values that the statement says itself, by engine."""

    def is_any(self, unit: Unit, today: date, person_id: UUID) -> bool:
        """Tell whether there may be a row of somebody; a server is asked for the rows at once."""
        unit.flush()
        connection = unit.connection()
        dialect = connection.dialect
        if (
            not dialect.positional
        ):  # its parameters have names, and what the statement says has none
            return True
        said = self._said.get(dialect.name)
        if said is None:
            said = self._said[dialect.name] = self._statement.compile(dialect=dialect).params
        values = {**said, "today": today, "person": person_id}
        return bool(self._prepared.run(connection, values))
