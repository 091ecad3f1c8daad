"""What a requirement asks for first, and what stands in for it: links that are ended, never deleted."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.journal import Unit
from app.core.training.errors import Loop, LoopWaits
from app.core.training.kinds import LinkKind
from app.core.training.models import RequirementLinkRow
from app.core.training.requirements import queries
from app.core.training.requirements.loops import loops
from app.core.training.terms import loop_of


def say_links(
    unit: Unit, requirement_id: UUID, kind: LinkKind, wanted: tuple[UUID, ...], today: date
) -> None:
    """Let exactly the wanted requirements be linked. Raises NotFound, Loop, LoopWaits."""
    known = _known(unit, requirement_id, kind)
    changed = [one for one in known.values() if (one.other_id in wanted) == _is_ended(one)]
    new = [other_id for other_id in wanted if other_id not in known]
    if not changed and not new:
        return
    _refuse_past_a_decision(unit, changed)
    for link in changed:
        _turn(link, today)
    for other_id in new:
        queries.by_id(unit, other_id)
        unit.add(
            RequirementLinkRow(
                requirement_id=requirement_id, kind=kind, other_id=other_id, from_on=today
            )
        )
    unit.flush()
    _refuse_loop(unit, requirement_id, kind)


def _known(unit: Unit, requirement_id: UUID, kind: LinkKind) -> dict[UUID, RequirementLinkRow]:
    row = RequirementLinkRow
    found = unit.scalars(
        sa.select(row).where(row.requirement_id == requirement_id, row.kind == kind)
    )
    return {one.other_id: one for one in found}


def _turn(link: RequirementLinkRow, today: date) -> None:
    """End a link, or let one that had ended hold again and keep when it did not."""
    if link.ended_on is None:
        link.ended_on = today
    else:
        link.gaps = [*(link.gaps or []), [link.ended_on.isoformat(), today.isoformat()]]
        link.ended_on = None


def _is_ended(link: RequirementLinkRow) -> bool:
    return link.ended_on is not None


def _refuse_past_a_decision(unit: Unit, changed: Iterable[RequirementLinkRow]) -> None:
    """Leave the links of a loop to the decision: two PCs would each end another one, untold."""
    in_loops = {link.id for links in loops(unit) for link in links}
    if any(link.id in in_loops for link in changed):
        raise LoopWaits


def _refuse_loop(unit: Unit, requirement_id: UUID, kind: LinkKind) -> None:
    way = loop_of(queries.edges(unit, kind), requirement_id)
    if way:
        raise Loop(tuple(queries.by_id(unit, one).code for one in way))
