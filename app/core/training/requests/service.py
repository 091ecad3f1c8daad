"""Requests for training as learners make them and coordinators answer them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.journal import Site
from app.core.training.errors import TrainingRefused
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requests.models import TrainingReplyRow, TrainingRequestRow
from app.core.training.requests.types import TrainingReply, TrainingRequest
from app.core.training.requirements.queries import by_code


class TrainingRequests:
    """The requests of a site. Everybody asks for themselves; who assigns training replies."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def ask(self, actor: Actor, words: str, requirement: str = "") -> UUID:
        """Ask for training, in words or by the code of a requirement. Raises NotAllowed, TrainingRefused, NotFound."""
        actor.require_anywhere(Capability.LEARN)
        words = words.strip()
        if actor.person_id is None:
            raise NotAllowed(_("without being a person here"))
        if not (words or requirement):
            raise TrainingRefused(
                _("Nothing was asked for."), _("Say what you want to be trained in.")
            )
        with self._site.transaction(actor, "training-request.ask") as unit:
            row = TrainingRequestRow(
                person_id=actor.person_id,
                requirement_id=by_code(unit, requirement).id if requirement else None,
                words=words,
                at=self._site.clock.now(),
            )
            unit.add(row)
            unit.flush()
            return row.id

    def mine(self, actor: Actor) -> tuple[TrainingRequest, ...]:
        """Return what the actor asked for, the newest first."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            return ()
        with self._site.read() as session:
            return _requests(session, [TrainingRequestRow.person_id == actor.person_id])

    def all(self, actor: Actor) -> tuple[TrainingRequest, ...]:
        """Return what people in the actor's scope asked for: what waits for a reply first."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            found = _requests(session, _within(scope))
        return tuple(sorted(found, key=lambda one: one.reply is not None))

    def reply(self, actor: Actor, request_id: UUID, planned_on: date | None, words: str) -> None:
        """Reply with the day on which it is to take place, or, without one, with why it is not.

        Raises NotAllowed, NotFound, TrainingRefused.
        """
        words = words.strip()
        if planned_on is None and not words:
            raise TrainingRefused(_("No reason was given."), _("Say why it is not possible."))
        if planned_on is not None and planned_on < local_day(self._site.clock):
            raise TrainingRefused(_("This day is over."), _("Give a day that is to come."))
        if request_id not in {one.id for one in self.all(actor)}:
            raise NotFound(_("This request"))
        with self._site.transaction(actor, "training-request.reply") as unit:
            unit.add(
                TrainingReplyRow(
                    request_id=request_id,
                    is_granted=planned_on is not None,
                    planned_on=planned_on,
                    words=words,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )


def _within(scope: frozenset[UUID] | None) -> list[sa.ColumnElement[bool]]:
    return [] if scope is None else [neighbours().listing.org_unit_id.in_(scope)]


def _requests(
    session: Session, conditions: Iterable[sa.ColumnElement[bool]]
) -> tuple[TrainingRequest, ...]:
    """Return requests that meet conditions, the newest first, with their newest replies."""
    listing = neighbours().listing
    found = session.execute(
        sa.select(TrainingRequestRow, RequirementRow.title, listing.number, listing.name)
        .join(listing, listing.person_id == TrainingRequestRow.person_id)
        .outerjoin(RequirementRow, RequirementRow.id == TrainingRequestRow.requirement_id)
        .where(*conditions)
        .order_by(TrainingRequestRow.at.desc(), TrainingRequestRow.id.desc())
    ).all()
    replies = _replies(session, [row.id for row, *_rest in found])
    return tuple(
        TrainingRequest(
            id=row.id,
            person_id=row.person_id,
            number=number,
            name=name,
            title=title or "",
            words=row.words,
            at=row.at,
            reply=replies.get(row.id),
        )
        for row, title, number, name in found
    )


def _replies(session: Session, requests: list[UUID]) -> dict[UUID, TrainingReply]:
    rows = session.scalars(
        sa.select(TrainingReplyRow)
        .where(TrainingReplyRow.request_id.in_(requests))
        .order_by(TrainingReplyRow.at, TrainingReplyRow.id)
    )
    return {
        row.request_id: TrainingReply(
            is_granted=row.is_granted,
            planned_on=row.planned_on,
            words=row.words,
            at=row.at,
            by=row.by_name,
        )
        for row in rows
    }
