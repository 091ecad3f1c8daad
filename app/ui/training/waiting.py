"""What the sheets of training show, read in one go: what waits for somebody else, and one assignment."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.core.base.actor import Actor
from app.core.signatures import SignatureLine
from app.core.training.assignments import AssignmentDetail, Evidence, SameNumber, WaiverAsked
from app.core.training.corrections import Correction
from app.core.training.legacy import OldRecord, Scan
from app.core.training.signing import SigningRule
from app.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Evidence, waivers and corrections, with how the site lets answers to them be signed."""

    evidence: tuple[Evidence, ...]
    scans: Mapping[UUID, tuple[Scan, ...]]
    same_numbers: Mapping[UUID, tuple[SameNumber, ...]]
    """By evidence: what of somebody else bears its number."""
    waivers: tuple[WaiverAsked, ...]
    evidence_rule: SigningRule
    waiver_rule: SigningRule
    corrections: tuple[Correction, ...]
    correction_rule: SigningRule

    @property
    def count(self) -> int:
        """Return how much waits."""
        return len(self.evidence) + len(self.waivers) + len(self.corrections)


def what_waits(services: Services, actor: Actor) -> Waiting:
    """Read what waits for an answer in the actor's scope."""
    acts = services.training.assignments
    evidence = acts.evidence.waiting(actor)
    asked = services.training.signing.now()
    return Waiting(
        evidence=evidence,
        scans={one.id: services.papers.scans(actor, one.id) for one in evidence if one.scans},
        same_numbers={one.id: acts.evidence.same_as(actor, one) for one in evidence},
        waivers=acts.waivers.waiting(actor),
        evidence_rule=asked.evidence,
        waiver_rule=asked.waivers,
        corrections=services.training.corrections.waiting(actor),
        correction_rule=asked.corrections,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAssignment:
    """An assignment with the signatures under its acts and its evidence."""

    detail: AssignmentDetail
    signatures: tuple[SignatureLine, ...]
    old: tuple[OldRecord, ...]
    """Training from before the program."""


def found_assignment(services: Services, actor: Actor, assignment_id: UUID) -> FoundAssignment:
    """Read one assignment. Raises NotFound."""
    detail = services.training.assignments.detail(actor, assignment_id)
    signed = [one.id for one in detail.acts]
    signed += [one.verdict_id for one in detail.evidence if one.verdict_id is not None]
    one = detail.summary
    old = [
        each for each in services.legacy.of_person(actor, one.person_id) if each.code == one.code
    ]
    signed += [each.batch_id for each in old]
    return FoundAssignment(
        detail=detail, signatures=services.signatures.under(*signed), old=tuple(old)
    )
