"""Evidence that is entered by hand, and confirmed or refused by somebody else where terms ask for it."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import is_own, place_of
from app.core.signatures import Meaning, Undersigned
from app.core.training.assignments.evidence import (
    checked,
    instant_of,
    refuse_twice,
    text_to_confirm,
    the_evidence,
    waiting,
)
from app.core.training.assignments.same_number import SameNumber, same_numbers
from app.core.training.assignments.types import EnteredEvidence, Evidence
from app.core.training.by_form import require_not_by_form
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.crediting import Met, give_credit
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.hindrances import require_first
from app.core.training.kinds import Basis, CheckedBy, EvidenceRule, Validity
from app.core.training.models import EvidenceRow, EvidenceVerdictRow
from app.core.training.requirements.queries import by_id, terms_of
from app.core.training.signing import SigningRule, require_signed, signing_terms_on


class Proving:
    """Takes evidence. Who may: holders of ASSIGN, in their scope; never for themselves."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_credited: list[CreditHook] = []

    def enter(
        self, actor: Actor, person_id: UUID, requirement_id: UUID, entered: EnteredEvidence
    ) -> UUID:
        """Keep evidence; it counts at once, or once another account has confirmed it.

        Raises TrainingRefused for days that cannot be, and where nothing is entered by hand, ByFormAlone, ComesFirst
        where it would count at once and what comes before is not held.
        """
        clean = checked(entered, local_day(self._site.clock))
        with self._site.transaction(actor, "evidence.enter", reason=clean.note) as unit:
            return self.enter_in(unit, actor, person_id, requirement_id, clean)

    def enter_in(
        self,
        unit: Unit,
        actor: Actor,
        person_id: UUID,
        requirement_id: UUID,
        clean: EnteredEvidence,
    ) -> UUID:
        """Keep evidence that was checked, within a unit of work. Raises as `enter` does."""
        _require(actor, unit, person_id)
        rule = self._rule(unit, requirement_id)
        _refuse_after_last_day(unit, requirement_id, clean)
        row = self.keep_in(unit, actor, person_id, requirement_id, clean)
        if rule is EvidenceRule.ENTERED:
            self._credit(unit, actor, row, Basis.ENTERED)
        return row.id

    def keep_in(
        self,
        unit: Unit,
        actor: Actor,
        person_id: UUID,
        requirement_id: UUID,
        clean: EnteredEvidence,
    ) -> EvidenceRow:
        """Keep evidence that waits for somebody to confirm it.

        Raises TrainingRefused where paper is not taken, and for what waits already.
        """
        self._rule(unit, requirement_id)
        refuse_twice(unit, person_id, requirement_id, clean)
        row = EvidenceRow(
            person_id=person_id,
            requirement_id=requirement_id,
            issuer=clean.issuer,
            number=clean.number,
            obtained_on=clean.obtained_on,
            valid_until=clean.valid_until,
            note=clean.note,
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )
        unit.add(row)
        unit.flush()
        return row

    def same_numbers(
        self, actor: Actor, person_id: UUID, requirement_id: UUID, entered: EnteredEvidence
    ) -> tuple[SameNumber, ...]:
        """Return who else has the number of a certificate on record, for whoever keeps it to look at both."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return same_numbers(
                session,
                person_id,
                requirement_id,
                issuer=" ".join(entered.issuer.split()),
                number=entered.number,
                scope=scope,
            )

    def same_as(self, actor: Actor, one: Evidence) -> tuple[SameNumber, ...]:
        """Return who else has the number of evidence on record. Raises NotFound."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            row = session.get(EvidenceRow, one.id)
            if row is None:
                raise NotFound(_("The evidence"))
            return same_numbers(
                session,
                row.person_id,
                row.requirement_id,
                issuer=row.issuer,
                number=row.number,
                scope=scope,
            )

    def signing_rule(self) -> SigningRule:
        """Return whether who confirms evidence signs it at this site."""
        with self._site.read() as session:
            return self._signing_rule(session)

    def waiting(self, actor: Actor) -> tuple[Evidence, ...]:
        """Return the evidence that waits for somebody to confirm it, the newest first."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return waiting(session, scope)

    def text(self, actor: Actor, evidence_id: UUID, how: CheckedBy) -> str:
        """Return what who confirms evidence signs. Raises NotFound."""
        with self._site.read() as session:
            found = the_evidence(session, evidence_id)
            _require(actor, session, found.person_id)
            return text_to_confirm(found, how)

    def confirm(
        self,
        actor: Actor,
        evidence_id: UUID,
        reason: str = "",
        *,
        how: CheckedBy = CheckedBy.NOT_SAID,
        signed: Undersigned | None = None,
    ) -> None:
        """Let evidence count that somebody else entered, and say how one made sure.

        Raises NotFound, TrainingRefused, ByFormAlone, ComesFirst, SignatureMissing where the site asks for one,
        ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "evidence.confirm", reason=reason) as unit:
            require_signed(self._signing_rule(unit), signed)
            row = self._unanswered(unit, actor, evidence_id)
            require_not_by_form(unit, by_id(unit, row.requirement_id))
            words = text_to_confirm(the_evidence(unit, evidence_id), how)
            verdict = _answer(unit, actor, row, self._site, reason, how=how, is_accepted=True)
            self._credit(unit, actor, row, Basis.CONFIRMED)
            if signed is not None:
                signed.sign(unit, verdict, Meaning.CONFIRMED, words, reason)

    def refuse(self, actor: Actor, evidence_id: UUID, reason: str) -> None:
        """Say that evidence does not count, and why. Raises NotFound, ReasonNeeded, TrainingRefused."""
        if not reason.split():
            raise ReasonNeeded
        with self._site.transaction(actor, "evidence.refuse", reason=reason) as unit:
            row = self._unanswered(unit, actor, evidence_id)
            _answer(unit, actor, row, self._site, reason, is_accepted=False)

    def _unanswered(self, unit: Unit, actor: Actor, evidence_id: UUID) -> EvidenceRow:
        unit.take_turn("evidence", evidence_id)
        row = unit.get(EvidenceRow, evidence_id)
        if row is None:
            raise NotFound(_("The evidence"))
        _require(actor, unit, row.person_id)
        answered = sa.select(EvidenceVerdictRow.id).where(
            EvidenceVerdictRow.evidence_id == evidence_id
        )
        if unit.scalar(answered) is not None:
            raise TrainingRefused(
                _("Somebody has answered this already."), _("Look at the assignment again.")
            )
        if is_own(unit, actor, [row.by]):
            raise TrainingRefused(
                _("Who enters evidence does not confirm it."),
                _("Ask somebody else who may assign training."),
            )
        return row

    def _rule(self, session: Session, requirement_id: UUID) -> EvidenceRule:
        requirement = by_id(session, requirement_id)
        require_not_by_form(session, requirement)
        rule = terms_of(session, requirement_id, local_day(self._site.clock)).evidence
        if rule is EvidenceRule.NOT_BY_HAND:
            raise TrainingRefused(
                _("{title} is not met by what is entered by hand.").format(title=requirement.title),
                _("Let the person do it here, or change what the requirement asks for."),
            )
        return rule

    def _signing_rule(self, session: Session) -> SigningRule:
        today = local_day(self._site.clock)
        return signing_terms_on(session, self._site.site_id, today).evidence

    def _credit(self, unit: Unit, actor: Actor, row: EvidenceRow, basis: Basis) -> None:
        now = self._site.clock.now()
        require_first(unit, row.person_id, row.requirement_id, local_day(self._site.clock))
        met = Met(
            person_id=row.person_id,
            requirement_id=row.requirement_id,
            at=instant_of(row.obtained_on, now),
            basis=basis,
            proof_id=row.id,
            no_longer_than=row.valid_until,
        )
        given = give_credit(unit, actor, met, now)
        tell_credited(self.on_credited, unit, given)


def _answer(
    unit: Unit,
    actor: Actor,
    row: EvidenceRow,
    site: Site,
    reason: str,
    *,
    is_accepted: bool,
    how: CheckedBy = CheckedBy.NOT_SAID,
) -> EvidenceVerdictRow:
    verdict = EvidenceVerdictRow(
        evidence_id=row.id,
        is_accepted=is_accepted,
        how=how,
        reason=" ".join(reason.split()),
        at=site.clock.now(),
        by=actor.account_id,
        by_name=actor.name,
    )
    unit.add(verdict)
    return verdict


def _refuse_after_last_day(session: Session, requirement_id: UUID, clean: EnteredEvidence) -> None:
    """Raise TrainingRefused for what was obtained when nobody could hold it any more: it would count for nothing."""
    terms = terms_of(session, requirement_id, clean.obtained_on)
    last = terms.valid_until_on if terms.validity is Validity.UNTIL_DAY else None
    if last is not None and clean.obtained_on > last:
        raise TrainingRefused(
            _("{title} was valid until {day} only: nobody can hold it after that.").format(
                title=by_id(session, requirement_id).title, day=day_in_words(last)
            ),
            _("Let the requirement say a new last valid day first."),
        )


def _require(actor: Actor, session: Session, person_id: UUID) -> None:
    """Raise unless the actor may keep the person's records, who is somebody else."""
    actor.scope_of(Capability.ASSIGN)
    actor.require(Capability.ASSIGN, place_of(session, person_id))
    if actor.person_id == person_id:
        raise TrainingRefused(
            _("Nobody enters or confirms evidence for themselves."),
            _("Ask somebody else who may assign training."),
        )
