"""What somebody has marked in the grid and not applied yet: kept on this PC, of this account."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.journal import Site
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.models import MatrixDraftRow
from app.core.training.matrix.types import Cell, CellEdit


class Drafts:
    """Edits that wait. They change nothing for anybody until they are applied."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def mine(self, actor: Actor) -> tuple[CellEdit, ...]:
        """Return what the actor has marked."""
        actor.require_anywhere(Capability.ASSIGN)
        if actor.account_id is None:
            return ()
        with self._site.read() as session:
            row = session.get(MatrixDraftRow, actor.account_id)
            return () if row is None else tuple(_edit(one) for one in row.edits)

    def keep(self, actor: Actor, edits: Iterable[CellEdit]) -> None:
        """Keep these and no others."""
        actor.require(Capability.ASSIGN)
        if actor.account_id is None:
            return
        written = [_written(one) for one in edits]
        with self._site.transaction(actor, "matrix.draft") as unit:
            row = unit.get(MatrixDraftRow, actor.account_id)
            now = self._site.clock.now()
            if row is None:
                unit.add(MatrixDraftRow(account_id=actor.account_id, edits=written, kept_at=now))
            else:
                row.edits, row.kept_at = written, now


def _written(edit: CellEdit) -> dict[str, Any]:
    return {
        "owner": str(edit.cell.owner_id),
        "thing": str(edit.cell.thing_id),
        "need": edit.need.value,
        "to": None if edit.to_on is None else edit.to_on.isoformat(),
    }


def _edit(kept: dict[str, Any]) -> CellEdit:
    cell = Cell(owner_id=UUID(kept["owner"]), thing_id=UUID(kept["thing"]))
    until = kept.get("to")  # not in what an earlier program kept
    to_on = None if until is None else date.fromisoformat(until)
    return CellEdit(cell=cell, need=Need(kept["need"]), to_on=to_on)
