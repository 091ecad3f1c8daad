"""Requirements that ask for each other first: each PC refuses a loop, of two that said one half each neither knew.

Whoever has such a requirement is blocked until somebody decides; so it is told under Conflicts.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Contest, Ruling, Unit, row_contender
from app.core.training.kinds import LinkKind
from app.core.training.models import RequirementLinkRow
from app.core.training.requirements.queries import edges
from app.core.training.terms import loop_of

_FIRST = LinkKind.PREREQUISITE


class PrerequisiteLoops:
    """Kept by one requirement of each loop; a value is the id of a link, all of which stand meanwhile."""

    table, column = "requirement", "prerequisites"
    is_signed = True

    def open(self, session: Session) -> Iterator[Contest]:
        """Yield them. The index of mentions must be up to date."""
        leads, told = edges(session, _FIRST), set[UUID]()
        for start in sorted(leads):
            way = loop_of(leads, start)
            if not way or not told.isdisjoint(way):
                continue
            told |= set(way)
            links = [_link(session, one, first) for one, first in pairwise(way)]
            yield Contest(
                table=self.table,
                key=start,
                column=self.column,
                values=tuple(
                    row_contender(session, link.id, link.id, is_shown=True) for link in links
                ),
            )

    def settle(self, unit: Unit, ruling: Ruling) -> Mapping[str, set[UUID]]:
        """Let one thing come after another: what asked for the later one first does so no more."""
        kept = unit.get_one(RequirementLinkRow, ruling.value)
        way = loop_of(edges(unit, _FIRST), ruling.key)
        before = next(one for one, first in pairwise(way) if first == kept.requirement_id)
        link = _link(unit, before, kept.requirement_id)
        link.ended_on = ruling.at.astimezone().date()
        unit.flush()
        return {RequirementLinkRow.__tablename__: {link.id}}


def _link(session: Session, requirement_id: UUID, first_id: UUID) -> RequirementLinkRow:
    row = RequirementLinkRow
    return session.scalars(
        sa.select(row).where(
            row.requirement_id == requirement_id,
            row.other_id == first_id,
            row.kind == _FIRST,
            row.ended_on.is_(None),
        )
    ).one()
