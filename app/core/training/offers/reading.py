"""What somebody is offered, and where they stand with it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Day
from app.core.training.begun import is_begun
from app.core.training.enrolment.conditions import from_json
from app.core.training.enrolment.matching import At, is_of_here, people_meant
from app.core.training.held import FOREVER, Pair, held_until_of, newest_evidence
from app.core.training.in_force import in_force
from app.core.training.kinds import Offering, Source
from app.core.training.matrix.audiences import lasting_audiences
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.offer_models import OfferRow
from app.core.training.offers.types import EntryState
from app.core.training.requests.models import TrainingRequestRow
from app.core.training.requests.reading import requests_where
from app.core.training.requests.types import TrainingRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A requirement that somebody is offered, and how."""

    requirement: RequirementRow
    offering: Offering


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where somebody stands with a requirement."""

    held_until: date | None
    """Of the newest evidence; FOREVER for good, None where there is none."""
    is_begun: bool
    assignment: AssignmentRow | None
    """The one in force."""
    asked: TrainingRequest | None
    """What they asked for last."""

    @property
    def is_chosen(self) -> bool:
        """Tell whether they have it of their own choice, and open."""
        row = self.assignment
        return row is not None and row.source is Source.CHOSEN and row.closed_at is None

    @property
    def may_drop(self) -> bool:
        """Tell whether they may give it back: they chose it, and have not begun."""
        return self.is_chosen and not self.is_begun

    def state(self, offering: Offering, today: date) -> EntryState:
        """Return what it is to them."""
        if self.held_until is not None and self.held_until >= today:
            return EntryState.DONE
        if self.is_chosen:
            return EntryState.CHOSEN
        if self.assignment is not None and self.assignment.source is not Source.CHOSEN:
            return EntryState.ASSIGNED
        if offering is Offering.OPEN:
            return EntryState.TO_TAKE
        waits = self.asked is not None and self.asked.reply is None
        return EntryState.WAITING if waits else EntryState.TO_ASK

    @property
    def valid_until(self) -> date | None:
        """Return the last valid day of what they hold."""
        return None if self.held_until == FOREVER else self.held_until


def is_own(site_id: UUID | None) -> sa.ColumnElement[bool]:
    """Return the condition that an offer is this site's."""
    return sa.or_(OfferRow.site_id.is_(None), OfferRow.site_id == site_id)


def offered_to(
    session: Session, person_id: UUID, at: At, only: UUID | None = None
) -> tuple[Offered, ...]:
    """Return what somebody is offered on a day, by title; `only` that requirement."""
    rows = session.execute(
        sa.select(OfferRow, RequirementRow)
        .join(RequirementRow, RequirementRow.id == OfferRow.requirement_id)
        .where(
            is_own(at.site_id),
            OfferRow.offering != Offering.NOT_OFFERED,
            sa.or_(
                RequirementRow.retired_on.is_(None),
                RequirementRow.retired_on > sa.literal(at.today, Day),
            ),
            *([] if only is None else [RequirementRow.id == only]),
        )
        .order_by(RequirementRow.title, RequirementRow.code)
    ).all()
    audiences = _audiences_of(session, person_id, at, {offer.audience_id for offer, _row in rows})
    return tuple(
        Offered(requirement=requirement, offering=offer.offering)
        for offer, requirement in rows
        if offer.audience_id in audiences
    )


def _audiences_of(
    session: Session, person_id: UUID, at: At, among: Collection[UUID | None]
) -> set[UUID | None]:
    """Return of which of some audiences somebody is; None stands for everybody who is here."""
    person = neighbours().person
    here = sa.select(person.id).where(person.id == person_id, *is_of_here(at))
    if not among or session.scalar(here) is None:
        return set()
    found: set[UUID | None] = {None}
    for row in lasting_audiences(session, at.site_id, at.today):
        if row.id in among:
            meant = people_meant(from_json(row.condition), at).where(person.id == person_id)
            if session.scalar(meant) is not None:
                found.add(row.id)
    return found


def places_of(
    session: Session, person_id: UUID, requirements: Iterable[RequirementRow]
) -> Mapping[UUID, Placed]:
    """Return where somebody stands with some requirements, by requirement."""
    ids = [one.id for one in requirements]
    who = sa.literal(person_id, AssignmentRow.person_id.type)
    pair = Pair(person_id=who, requirement_id=RequirementRow.id, course_id=RequirementRow.course_id)
    rows = session.execute(
        sa.select(
            RequirementRow.id,
            sa.type_coerce(newest_evidence(held_until_of, pair), Day),
            is_begun(pair),
        ).where(RequirementRow.id.in_(ids))
    )
    mine = sa.select(AssignmentRow).where(
        AssignmentRow.person_id == person_id, AssignmentRow.requirement_id.in_(ids), *in_force()
    )
    assigned = {row.requirement_id: row for row in session.scalars(mine)}
    asked = _asked(session, person_id, ids)
    return {
        one: Placed(
            held_until=held, is_begun=begun, assignment=assigned.get(one), asked=asked.get(one)
        )
        for one, held, begun in rows
    }


def _asked(
    session: Session, person_id: UUID, ids: Collection[UUID]
) -> dict[UUID | None, TrainingRequest]:
    """Return what somebody asked for last, by requirement."""
    row = TrainingRequestRow
    found = requests_where(session, [row.person_id == person_id, row.requirement_id.in_(ids)])
    return {one.requirement_id: one for one in reversed(found)}
