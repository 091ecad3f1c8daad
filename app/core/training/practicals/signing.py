"""Both sign a result; with the last signature, and in its unit of work, the learner holds it.

What either signs is a fact of its own that bears the hash of all that was seen. The electronic
signature under it is written in the same unit: both or neither. A crash between the two leaves the
first, and nothing is held.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.signatures import Undersigned
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.crediting import Met, give_credit
from app.core.training.kinds import Basis
from app.core.training.models import RequirementCreditRow
from app.core.training.practicals.access import refusals_kept, require_assessor
from app.core.training.practicals.deriving import BOTH, ResultFact, digest_of
from app.core.training.practicals.errors import (
    MayNotAssess,
    NotTheLearner,
    SeenOtherwise,
    SignedAlready,
)
from app.core.training.practicals.kinds import AssessmentVerdict, Hand
from app.core.training.practicals.models import PracticalResultRow, PracticalSigningRow
from app.core.training.practicals.records import record_of
from app.core.training.practicals.rounds import RoundInHand, round_in_hand
from app.core.training.practicals.sheets import meaning_of, told
from app.core.training.practicals.types import SignedPractical, SigningSheet

Touched = Mapping[str, Collection[UUID]]


class Undersigning:
    """Takes the two signatures."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_credited: list[CreditHook] = []

    def sign(self, actor: Actor, signed: Undersigned, sheet: SigningSheet) -> SignedPractical:
        """Sign a result as the learner, or as the assessor who concluded it.

        The actor is who signs. Raises NotFound, SignedAlready, SeenOtherwise, NotTheLearner, MayNotAssess,
        AssessorLapsed, NotAllowed, ReadOtherwise, AnothersPen, and what signing does.
        """
        whose = self._whose(sheet.result_id)
        with (
            refusals_kept(self._site, actor, *whose, f"sign as {sheet.hand.value}"),
            self._site.transaction(actor, "practical.sign") as unit,
        ):
            unit.take_turn("practical of", whose[0])
            hand, result = _in_hand(unit, sheet.result_id)
            signer = self._require_hand(unit, actor, hand, result, sheet.hand)
            _require_as_read(hand, result, sheet)
            row = PracticalSigningRow(
                result_id=result.id,
                hand=sheet.hand,
                sha256=result.sha256,
                verdict=result.verdict,
                at=self._site.clock.now(),
                signer_id=signer,
                by=actor.account_id,
            )
            unit.add(row)
            unit.flush()
            meaning = meaning_of(sheet.hand, result.verdict)
            record = record_of(unit, *whose, local_day(self._site.clock), None)
            signed.sign(unit, row, meaning, told(record, result))
            is_complete = {*result.hands, sheet.hand} >= BOTH
            credit = None
            if is_complete and result.verdict is AssessmentVerdict.COMPETENT:
                credit = self._credit(unit, actor, hand, result)
            return SignedPractical(signing_id=row.id, is_complete=is_complete, credit_id=credit)

    def take_over(self, touched: Touched) -> None:
        """Let learners hold what was signed by both on different PCs that did not know of each other."""
        signed = touched.get(PracticalSigningRow.__tablename__, ())
        if not signed:
            return
        with self._site.read() as session:
            waiting = _uncredited(session, signed)
        if not waiting:
            return
        with self._site.transaction(system_actor(), "practical.complete") as unit:
            for result_id in _uncredited(unit, signed):
                hand, result = _in_hand(unit, result_id)
                self._credit(unit, system_actor(), hand, result)

    def _require_hand(
        self, unit: Unit, actor: Actor, hand: RoundInHand, result: ResultFact, wanted: Hand
    ) -> UUID:
        """Return the person who signs, who may: as the learner, or as the qualified assessor."""
        learner = hand.run.person_id
        if wanted is Hand.LEARNER:
            if actor.person_id != learner:
                raise NotTheLearner
            return learner
        today = local_day(self._site.clock)
        assessor = require_assessor(unit, actor, learner, hand.requirement, today)
        if assessor != result.assessor_id:
            raise MayNotAssess(
                _("Only who concluded the assessment signs it."),
                _("Let the other assessor sign, or assess anew."),
            )
        return assessor

    def _credit(self, unit: Unit, actor: Actor, hand: RoundInHand, result: ResultFact) -> UUID:
        """Let the learner hold what was seen then: whoever signs later shows nothing newer."""
        met = Met(
            person_id=hand.run.person_id,
            requirement_id=hand.run.requirement_id,
            at=hand.seen.seen_at,
            basis=Basis.PRACTICAL,
            proof_id=result.id,
        )
        given = give_credit(unit, actor, met, self._site.clock.now())
        tell_credited(self.on_credited, unit, given)
        return given

    def _whose(self, result_id: UUID) -> tuple[UUID, UUID]:
        with self._site.read() as session:
            hand, _result = _in_hand(session, result_id)
            return hand.run.person_id, hand.run.requirement_id


def _in_hand(session: Session, result_id: UUID) -> tuple[RoundInHand, ResultFact]:
    """Return a result with its round and all around it. Raises NotFound."""
    row = session.get(PracticalResultRow, result_id)
    if row is None:
        raise NotFound(_("The result"))
    hand = round_in_hand(session, row.round_id)
    return hand, next(one for one in hand.current.facts.results if one.id == result_id)


def _require_as_read(hand: RoundInHand, result: ResultFact, sheet: SigningSheet) -> None:
    """Raise unless the result is the one that counts, unsigned by this hand, and as it was read."""
    stands = hand.current.stands
    if sheet.hand in result.hands or stands.is_over:
        raise SignedAlready
    now = digest_of(hand.seen, result.verdict, result.remark, result.retry_on)
    is_newest = stands.result is not None and stands.result.id == result.id
    if not is_newest or not result.sha256 == sheet.sha256 == now:
        raise SeenOtherwise


def _uncredited(session: Session, signings: Collection[UUID]) -> list[UUID]:
    """Return the results of some signings that both signed as competent, and that give nothing yet."""
    hands = sa.select(sa.func.count(sa.distinct(PracticalSigningRow.hand))).where(
        PracticalSigningRow.result_id == PracticalResultRow.id
    )
    is_credited = sa.exists().where(RequirementCreditRow.proof_id == PracticalResultRow.id)
    named = sa.select(PracticalSigningRow.result_id).where(
        PracticalSigningRow.id.in_(tuple(signings))
    )
    return list(
        session.scalars(
            sa.select(PracticalResultRow.id)
            .where(
                PracticalResultRow.id.in_(named),
                PracticalResultRow.verdict == AssessmentVerdict.COMPETENT,
                hands.scalar_subquery() == len(BOTH),
                ~is_credited,
            )
            .order_by(PracticalResultRow.id)
        )
    )
