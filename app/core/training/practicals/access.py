"""Who may watch, conclude and sign; whoever may not is refused, and the refusal is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.journal import Site
from app.core.people import place_of, printed_person
from app.core.training.models import RequirementRow
from app.core.training.practicals.errors import (
    AssessorLapsed,
    MayNotAssess,
    NotAnAssessor,
    NotInOrder,
    OwnPractical,
)
from app.core.training.practicals.kinds import Qualified
from app.core.training.practicals.models import PracticalRefusalRow
from app.core.training.practicals.qualifying import Qualification
from app.core.training.practicals.register_queries import qualification_of


def require_watcher(
    session: Session, actor: Actor, person_id: UUID, requirement: RequirementRow, today: date
) -> Qualification:
    """Return the qualification of who may watch: an assessor of the practical, or a former one.

    Raises OwnPractical, NotAllowed where the person is out of their scope, NotAnAssessor,
    AssessorLapsed before an appointment begins.
    """
    if actor.person_id == person_id:
        raise OwnPractical
    actor.require(Capability.ASSESS, place_of(session, person_id))
    if actor.person_id is None:
        raise NotAnAssessor(requirement.title)
    found = qualification_of(session, actor.person_id, requirement.id, today)
    if found.state is Qualified.TO_COME:
        raise AssessorLapsed(None)
    if not found.may_watch:
        raise NotAnAssessor(requirement.title)
    return found


def require_assessor(
    session: Session, actor: Actor, person_id: UUID, requirement: RequirementRow, today: date
) -> UUID:
    """Return the person of who may conclude and sign now. Raises as `require_watcher`, AssessorLapsed."""
    found = require_watcher(session, actor, person_id, requirement, today)
    if not found.may_sign or actor.person_id is None:
        raise AssessorLapsed(found.since)
    return actor.person_id


@contextmanager
def refusals_kept(
    site: Site, actor: Actor, person_id: UUID, requirement_id: UUID, deed: str
) -> Iterator[None]:
    """Keep, in an entry of its own, that somebody wanted what they may not, or not yet."""
    try:
        yield
    except (MayNotAssess, NotAllowed, NotInOrder) as refused:
        with site.transaction(actor, "practical.refuse", reason=refused.happened) as unit:
            printed_person(unit, person_id)
            unit.add(
                PracticalRefusalRow(
                    person_id=person_id,
                    requirement_id=requirement_id,
                    deed=deed,
                    reason=refused.happened,
                    at=site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )
        raise
