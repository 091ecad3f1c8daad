"""Keeping offers: which requirements people find in the catalogue, and who of them."""

from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.journal import Site
from app.core.training.kinds import Offering
from app.core.training.matrix.audiences import audience_row
from app.core.training.matrix.models import AudienceRow
from app.core.training.models import RequirementRow
from app.core.training.offer_models import OfferRow
from app.core.training.offers.reading import is_own
from app.core.training.offers.types import Offer
from app.core.training.requirements.queries import by_id
from app.core.training.taking import refuse_retired


class Offers:
    """What a site offers to its people. Who may: holders of ASSIGN for the whole site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def all(self, actor: Actor) -> tuple[Offer, ...]:
        """Return what is offered, by title."""
        actor.require_anywhere(Capability.ASSIGN)
        statement = (
            sa.select(OfferRow, RequirementRow, AudienceRow)
            .join(RequirementRow, RequirementRow.id == OfferRow.requirement_id)
            .outerjoin(AudienceRow, AudienceRow.id == OfferRow.audience_id)
            .where(is_own(self._site.site_id), OfferRow.offering != Offering.NOT_OFFERED)
            .order_by(RequirementRow.title, RequirementRow.code)
        )
        with self._site.read() as session:
            return tuple(
                Offer(
                    requirement_id=requirement.id,
                    code=requirement.code,
                    title=requirement.title,
                    offering=row.offering,
                    audience_id=row.audience_id,
                    audience_code=audience.code if audience is not None else "",
                    audience_title=audience.title if audience is not None else "",
                )
                for row, requirement, audience in session.execute(statement)
            )

    def say(
        self,
        actor: Actor,
        requirement_id: UUID,
        offering: Offering,
        audience_id: UUID | None = None,
        reason: str = "",
    ) -> None:
        """Say whether people find a requirement in the catalogue, all of them or those of an audience.

        What somebody has taken already stays theirs. Raises NotFound, TrainingRefused for one that is
        retired.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "catalogue.offer", reason=reason) as unit:
            unit.take_turn("catalogue")
            requirement = by_id(unit, requirement_id)
            if offering is not Offering.NOT_OFFERED:
                refuse_retired(unit, requirement, local_day(self._site.clock))
            if audience_id is not None:
                audience_row(unit, audience_id)
            row = unit.scalars(
                sa.select(OfferRow).where(
                    OfferRow.requirement_id == requirement.id, is_own(self._site.site_id)
                )
            ).first()
            if row is None:
                row = OfferRow(site_id=self._site.site_id, requirement_id=requirement.id)
                unit.add(row)
            row.offering = offering
            row.audience_id = None if offering is Offering.NOT_OFFERED else audience_id
