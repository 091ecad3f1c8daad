"""Who reads a revision again, assessed as part of its draft: the approval fixes and signs it."""

from datetime import date
from uuid import UUID

import msgspec

from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site
from app.core.training.controlled import queries
from app.core.training.controlled.access import managed
from app.core.training.controlled.counting import (
    asked_now,
    checked,
    impact_now,
    people_in,
    require_wanted,
)
from app.core.training.controlled.kinds import AskFrom, ImpactSubject, RevisionState
from app.core.training.controlled.subjects import changed
from app.core.training.controlled.types import (
    ChosenGroup,
    ImpactDecision,
    ImpactGroup,
    PlannedImpact,
)
from app.core.training.errors import TrainingRefused


class ImpactPlans:
    """Keeps it. Who may: whoever may shape the document; they do not approve the revision then."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def keep(
        self,
        actor: Actor,
        revision_id: UUID,
        decision: ImpactDecision,
        begins: AskFrom = AskFrom.EFFECTIVE,
    ) -> PlannedImpact:
        """Assess with a draft who reads it again, with the numbers of now; return what is kept.

        Raises NotFound, ReasonNeeded, TrainingRefused for what is submitted or not wanted.
        """
        decision = checked(decision, self._today())
        with self._site.transaction(actor, "impact.plan", reason=decision.reason) as unit:
            row = queries.revision_row(unit, revision_id)
            managed(actor, unit, row.document_id)
            unit.take_turn("document", row.document_id)
            what = changed(unit, ImpactSubject.REVISION, revision_id, self._today())
            if what.state is not RevisionState.DRAFT:
                raise TrainingRefused(
                    _("{called} is no draft any more.").format(called=what.because),
                    _("Take it back first, then assess it again."),
                )
            require_wanted(what)
            impact = impact_now(unit, ImpactSubject.REVISION, revision_id, None, self._today())
            asked = people_in(asked_now(unit, what, decision.reach, None, self._today()))
            plan = PlannedImpact(
                site_id=self._site.site_id,
                ask=decision.reach.ask,
                begins=begins,
                job_roles=_chosen(impact.job_roles, decision.reach.job_role_ids),
                org_units=_chosen(impact.org_units, decision.reach.org_unit_ids),
                due_on=decision.due_on,
                reason=decision.reason,
                people=impact.people,
                held=impact.held,
                asked=asked,
                at=self._site.clock.now(),
                by=actor.account_id,
            )
            row.impact = msgspec.to_builtins(plan)
        return plan

    def _today(self) -> date:
        return local_day(self._site.clock)


def _chosen(groups: tuple[ImpactGroup, ...], ids: frozenset[UUID]) -> tuple[ChosenGroup, ...]:
    names = {one.id: one.name for one in groups}
    found = (ChosenGroup(id=one, name=names.get(one, "")) for one in ids)
    return tuple(sorted(found, key=lambda one: (one.name, one.id)))
