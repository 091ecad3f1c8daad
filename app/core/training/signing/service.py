"""What a site asks to be signed: told from a day on, with a reason."""

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site
from app.core.signatures import TrainingFirst
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.requirements.queries import by_code
from app.core.training.signing.models import SigningTermsRow
from app.core.training.signing.queries import (
    all_signing_terms,
    lacking_to_sign,
    signing_terms_on,
)
from app.core.training.signing.types import SigningTerms


class SignedActs:
    """Keeps it. Who may change it: holders of MANAGE_SITE; whoever works with training may read it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def now(self) -> SigningTerms:
        """Return what is signed today."""
        with self._site.read() as session:
            return signing_terms_on(session, self._site.site_id, local_day(self._site.clock))

    def all(self, actor: Actor) -> tuple[SigningTerms, ...]:
        """Return what was, is and will be signed, the earliest first."""
        actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return all_signing_terms(session, self._site.site_id)

    def say(self, actor: Actor, terms: SigningTerms, reason: str) -> None:
        """Let acts be signed as said from a day on, today or later.

        Raises ReasonNeeded, NotFound for a requirement that is not there, TrainingRefused for a day
        that is over.
        """
        actor.require(Capability.MANAGE_SITE)
        reason = " ".join(reason.split())
        if not reason:
            raise ReasonNeeded
        if terms.from_on < local_day(self._site.clock):
            raise TrainingRefused(
                _("What is signed cannot change in the past."), _("Let it begin today or later.")
            )
        with self._site.transaction(actor, "signing-terms.say", reason=reason) as unit:
            unit.take_turn("signing terms")
            row = self._row_of(unit, terms)
            row.waivers, row.corrections = terms.waivers, terms.corrections
            row.evidence, row.reason = terms.evidence, reason
            row.first_requirement_id = by_code(unit, terms.first).id if terms.first else None
            unit.add(row)

    def asks_first(self, session: Session, actor: Actor) -> TrainingFirst | None:
        """Return why somebody does not sign yet, for want of training (hook of signatures)."""
        today = local_day(self._site.clock)
        title = lacking_to_sign(session, self._site.site_id, actor.person_id, today)
        return TrainingFirst(title) if title else None

    def _row_of(self, session: Session, terms: SigningTerms) -> SigningTermsRow:
        site_id = self._site.site_id
        found = session.query(SigningTermsRow).filter_by(site_id=site_id, from_on=terms.from_on)
        return found.one_or_none() or SigningTermsRow(site_id=site_id, from_on=terms.from_on)
