"""Requests for training as learners make them, and as supervisors and coordinators answer them."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.training.errors import TrainingRefused
from app.core.training.neighbours import neighbours
from app.core.training.requests.models import TrainingReplyRow, TrainingRequestRow
from app.core.training.requests.reading import is_waiting, requests_where, waiting_of_pair
from app.core.training.requests.types import TrainingReply, TrainingRequest
from app.core.training.requirements.queries import by_code, by_id
from app.core.training.signing import NotOneself
from app.core.training.supervisors import supervisor_of
from app.core.training.taking import take_for


class TrainingRequests:
    """The requests of a site. Everybody asks for themselves.

    Who assigns training answers within their scope, and who supervises somebody answers them.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    def ask(self, actor: Actor, words: str, requirement: str = "") -> UUID:
        """Ask for training, in words or by the code of a requirement. Raises NotAllowed, TrainingRefused, NotFound."""
        words = words.strip()
        if not (words or requirement):
            raise TrainingRefused(
                _("Nothing was asked for."), _("Say what you want to be trained in.")
            )
        with self._site.transaction(actor, "training-request.ask") as unit:
            wanted = by_code(unit, requirement).id if requirement else None
            return self.ask_in(unit, actor, words, wanted)

    def ask_in(self, unit: Unit, actor: Actor, words: str, requirement_id: UUID | None) -> UUID:
        """Write a request of the actor's inside a unit. Raises NotAllowed."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            raise NotAllowed(_("without being a person here"))
        row = TrainingRequestRow(
            person_id=actor.person_id,
            requirement_id=requirement_id,
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
            return requests_where(session, [TrainingRequestRow.person_id == actor.person_id])

    def all(self, actor: Actor) -> tuple[TrainingRequest, ...]:
        """Return what people asked for whom the actor answers: what waits for a reply first."""
        answered = _answered_by(actor)
        with self._site.read() as session:
            found = requests_where(session, answered)
        return tuple(sorted(found, key=lambda one: one.reply is not None))

    def waiting(self, actor: Actor) -> int:
        """Return how many requests wait for the actor's answer; their own are for somebody else."""
        if actor.person_id is None and not actor.may(Capability.ASSIGN):
            return 0
        listing, row = neighbours().listing, TrainingRequestRow
        counted = (
            sa.select(sa.func.count())
            .select_from(row)
            .join(listing, listing.person_id == row.person_id)
            .where(is_waiting(), *_answered_by(actor))
        )
        if actor.person_id is not None:
            counted = counted.where(row.person_id != actor.person_id)
        with self._site.read() as session:
            return session.scalar(counted) or 0

    def reply(self, actor: Actor, request_id: UUID, planned_on: date | None, words: str) -> None:
        """Reply with the day on which it is to take place, or, without one, with why it is not.

        Raises NotAllowed, NotFound, TrainingRefused.
        """
        words = words.strip()
        if planned_on is None and not words:
            raise TrainingRefused(_("No reason was given."), _("Say why it is not possible."))
        self._refuse_past(planned_on)
        asked = self._found(actor, request_id)
        with self._site.transaction(actor, "training-request.reply") as unit:
            given = TrainingReply(
                is_granted=planned_on is not None,
                planned_on=planned_on,
                words=words,
                at=self._site.clock.now(),
                by=actor.name,
            )
            _write(unit, actor, asked, given)

    def approve(
        self, actor: Actor, request_id: UUID, *, planned_on: date | None = None, words: str = ""
    ) -> UUID:
        """Let whoever asked for a requirement have it, perhaps with a day; return the assignment's id.

        Raises NotAllowed, NotFound, NotOneself, TrainingRefused where it names no requirement, or one
        that is retired.
        """
        self._refuse_past(planned_on)
        asked = self._found(actor, request_id)
        if asked.person_id == actor.person_id:
            raise NotOneself
        if asked.requirement_id is None:
            raise TrainingRefused(
                _("This was asked for in words alone."),
                _("Reply with a day, and assign what fits."),
            )
        now = self._site.clock.now()
        with self._site.transaction(actor, "training-request.approve") as unit:
            origin = _("Chosen in the catalogue, approved by {name}").format(name=actor.name)
            requirement = by_id(unit, asked.requirement_id)
            taken = take_for(unit, actor, asked.person_id, requirement, origin=origin, now=now)
            given = TrainingReply(
                is_granted=True, planned_on=planned_on, words=words.strip(), at=now, by=actor.name
            )
            _write(unit, actor, asked, given)
        return taken

    def _found(self, actor: Actor, request_id: UUID) -> TrainingRequest:
        """Return a request that the actor answers. Raises NotAllowed, NotFound."""
        with self._site.read() as session:
            of_it = [TrainingRequestRow.id == request_id, *_answered_by(actor)]
            found = requests_where(session, of_it)
        if found:
            return found[0]
        if not actor.may(Capability.ASSIGN):
            raise NotAllowed(Capability.ASSIGN.named)
        raise NotFound(_("This request"))

    def _refuse_past(self, planned_on: date | None) -> None:
        if planned_on is not None and planned_on < local_day(self._site.clock):
            raise TrainingRefused(_("This day is over."), _("Give a day that is to come."))


def _answered_by(actor: Actor) -> list[sa.ColumnElement[bool]]:
    """Return the condition that the actor answers whoever is listed. Raises NotAllowed where they answer nobody."""
    listing = neighbours().listing
    ways: list[sa.ColumnElement[bool]] = []
    if actor.may(Capability.ASSIGN):
        scope = actor.scope_of(Capability.ASSIGN)
        if scope is None:
            return []
        ways.append(listing.org_unit_id.in_(scope))
    if actor.person_id is not None:
        ways.append(supervisor_of(listing.person_id) == actor.person_id)
    if not ways:
        raise NotAllowed(Capability.ASSIGN.named)
    return [sa.or_(*ways)]


def _write(unit: Unit, actor: Actor, asked: TrainingRequest, given: TrainingReply) -> None:
    """Write a reply to a request, and to whatever of the same person asks for the same and waits, too."""
    answered = {asked.id}
    if asked.requirement_id is not None:
        answered.update(waiting_of_pair(unit, asked.person_id, asked.requirement_id))
    for request_id in sorted(answered):
        unit.add(
            TrainingReplyRow(
                request_id=request_id,
                is_granted=given.is_granted,
                planned_on=given.planned_on,
                words=given.words,
                at=given.at,
                by=actor.account_id,
                by_name=actor.name,
            )
        )
