"""Whether people are trained before a revision becomes effective: status only, nothing is kept from them."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day, start_of
from app.core.journal import Site
from app.core.training.controlled import queries
from app.core.training.controlled.kinds import RevisionState
from app.core.training.controlled.trained import acknowledged, asked_in, waiting_for
from app.core.training.controlled.types import MissingReader, Trained, TrainingStatus
from app.core.training.neighbours import neighbours

_LIVE = {RevisionState.APPROVED, RevisionState.EFFECTIVE}


class TrainingStatuses:
    """Counts who has read a revision. Who may: holders of ASSIGN or VIEW_RECORDS, in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def of_revision(self, actor: Actor, revision_id: UUID) -> TrainingStatus:
        """Return who has read a revision and who has not. Raises NotFound."""
        needed = Capability.ASSIGN if actor.may(Capability.ASSIGN) else Capability.VIEW_RECORDS
        scope, today = actor.scope_of(needed), local_day(self._site.clock)
        with self._site.read() as session:
            row = queries.revision_row(session, revision_id)
            known = queries.known(session, row.document_id, today)
            revision = known.value(row, today)
            here = _within(session, scope)
            read = {
                person_id: at
                for _revision, person_id, at in session.execute(acknowledged([row.id]))
                if here is None or person_id in here
            }
            dues = _missing(session, row.id, today, is_live=revision.state in _LIVE)
            missing = {
                one: due
                for one, due in dues.items()
                if one not in read and (here is None or one in here)
            }
            begins = start_of(revision.effective_from)
            return TrainingStatus(
                revision=revision,
                document=known.document.number,
                trained=Trained(
                    required=len(read) + len(missing),
                    trained=len(read),
                    before_effective=sum(at < begins for at in read.values()),
                ),
                days_to_effective=(revision.effective_from - today).days,
                missing=_named(session, missing),
            )


def _missing(
    session: Session, revision_id: UUID, today: date, *, is_live: bool
) -> dict[UUID, date | None]:
    """Return who has still to read it and until when; of one of before, who was asked and never did."""
    if is_live:
        found = session.execute(waiting_for([revision_id], today))
        return {person_id: due_on for _revision, person_id, due_on in found}
    return dict.fromkeys(asked_in(session, revision_id))


def _within(session: Session, scope: frozenset[UUID] | None) -> frozenset[UUID] | None:
    if scope is None:
        return None
    listing = neighbours().listing
    found = sa.select(listing.person_id).where(listing.org_unit_id.in_(scope))
    return frozenset(session.scalars(found))


def _named(session: Session, missing: dict[UUID, date | None]) -> tuple[MissingReader, ...]:
    listing = neighbours().listing
    few, ids = 500, list(missing)
    rows = [
        row
        for start in range(0, len(ids), few)
        for row in session.execute(
            sa.select(
                listing.person_id,
                listing.number,
                listing.name,
                listing.org_unit,
                listing.job_role,
            ).where(listing.person_id.in_(ids[start : start + few]))
        )
    ]
    made = (
        MissingReader(
            person_id=row.person_id,
            number=row.number,
            name=row.name,
            org_unit=row.org_unit,
            job_role=row.job_role,
            due_on=missing[row.person_id],
        )
        for row in rows
    )
    return tuple(sorted(made, key=lambda one: (one.due_on or date.max, one.number)))
