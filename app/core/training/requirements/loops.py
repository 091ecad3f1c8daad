"""Requirements that ask for each other first: each PC refuses a loop, of two that said one half each neither knew.

Whoever has such a requirement is blocked until somebody decides; so it is told under Conflicts.

A decision says of every link of the loop whether it stands, also of those that stood before. So two PCs that
end different links of it apart disagree in columns: what the first said holds meanwhile, as in any
regulated column, and the loop is told again, with every link that one of them lets stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Contest, Ruling, Unit, row_contender, side_by_side
from app.core.training.kinds import LinkKind
from app.core.training.models import RequirementLinkRow
from app.core.training.terms import loop_of

_TABLE, _END = RequirementLinkRow.__tablename__, "ended_on"
_Ends = tuple[UUID, UUID]
"""What asks for what first."""


class PrerequisiteLoops:
    """Kept by one requirement of each loop; a value is the id of a link that stands, or may."""

    table, column = "requirement", "prerequisites"
    is_signed = True

    def open(self, session: Session) -> Iterator[Contest]:
        """Yield them. The index of mentions must be up to date."""
        for links in loops(session):
            yield Contest(
                table=self.table,
                key=links[0].requirement_id,
                column=self.column,
                values=tuple(
                    row_contender(session, link.id, link.id, is_shown=link.ended_on is None)
                    for link in links
                ),
                decides=frozenset((_TABLE, link.id, _END) for link in links),
            )

    def settle(self, unit: Unit, ruling: Ruling) -> Mapping[str, set[UUID]]:
        """Let one thing come after another: what asked for the later one first does so no more."""
        links = next(one for one in loops(unit) if one[0].requirement_id == ruling.key)
        ended = ended_for([link.id for link in links], ruling.value)
        today = ruling.at.astimezone().date()
        for link in links:
            unit.decide(link, _END, (link.ended_on or today) if link.id == ended else None)
        return {_TABLE: {link.id for link in links}}


def ended_for(links: Sequence[UUID], kept: UUID) -> UUID:
    """Return which link of a loop ends where one is kept: what asks first for what asks for that one."""
    return links[links.index(kept) - 1]


def loops(session: Session) -> Iterator[tuple[RequirementLinkRow, ...]]:
    """Yield loops of links that stand, or that one of several values lets stand: of such as meet the first."""
    links = _that_may_stand(session)
    leads: dict[UUID, frozenset[UUID]] = {}
    for after, first in links:
        leads[after] = leads.get(after, frozenset()) | {first}
    told = set[UUID]()
    for start in sorted(leads):
        way = loop_of(leads, start)
        if way and told.isdisjoint(way):
            told |= set(way)
            yield tuple(links[ends] for ends in pairwise(way))


def _that_may_stand(session: Session) -> dict[_Ends, RequirementLinkRow]:
    row = RequirementLinkRow
    several = side_by_side(session, row, _END)
    in_doubt = [key for key, ends in several.items() if None in ends]
    found = session.scalars(
        sa.select(row).where(
            row.kind == LinkKind.PREREQUISITE,
            sa.or_(row.ended_on.is_(None), row.id.in_(in_doubt)),
        )
    )
    return {(link.requirement_id, link.other_id): link for link in found}
