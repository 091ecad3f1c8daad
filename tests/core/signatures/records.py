"""A record to sign: an assignment's cousin without anything it depends on."""

from uuid import UUID

from app.core.base.actor import Actor
from app.core.signatures import Meaning, Proof, Undersigned
from app.core.training.models import RequirementRow
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import PASSWORD, Door

SHOWN = "Fire safety is valid for 12 months."


def require(pc: Pc, code: str = "FIRE") -> UUID:
    """Let a requirement be on record."""
    with pc.opened.site.transaction(ACTOR, "requirement.add") as unit:
        row = RequirementRow(code=code, title="Fire safety", course_id=None, valid_months=12)
        unit.add(row)
        unit.flush()
        return row.id


def change(pc: Pc, key: UUID, months: int) -> None:
    """Let the requirement hold for so many months."""
    with pc.opened.site.transaction(ACTOR, "requirement.edit", reason=f"{months} is right") as unit:
        unit.get_one(RequirementRow, key).valid_months = months


def approve(door: Door, actor: Actor, key: UUID, proof: Proof | None = None) -> UUID:
    """Sign a requirement as approved; return the signature."""
    pen = door.signatures.pen(actor, proof or Proof(password=PASSWORD))
    with door.pc.opened.site.transaction(actor, "requirement.approve") as unit:
        row = unit.get_one(RequirementRow, key)
        return Undersigned(pen, SHOWN).sign(unit, row, Meaning.APPROVED, SHOWN, "reviewed by QA")
