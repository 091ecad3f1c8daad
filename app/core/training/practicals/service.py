"""Practicals as assessors, learners and keepers of the register see them."""

from datetime import date
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.courses import BegunSample
from app.core.journal import Site, Unit
from app.core.people import place_of
from app.core.training.practicals.doing import Doing
from app.core.training.practicals.filled_sheets import FilledSheets
from app.core.training.practicals.form_service import Forms
from app.core.training.practicals.kinds import Hand
from app.core.training.practicals.qualifying import Qualification
from app.core.training.practicals.records import record_of, waiting
from app.core.training.practicals.register import Assessors
from app.core.training.practicals.register_queries import appointed_for, qualification_of
from app.core.training.practicals.run_queries import begun_by
from app.core.training.practicals.samples import bring_sample
from app.core.training.practicals.sheets import signing_sheet
from app.core.training.practicals.signing import Undersigning
from app.core.training.practicals.types import PracticalRecord, SigningSheet, WaitingPractical


class Practicals:
    """Everything about practicals: forms, the register, doing, signing, and where people stand."""

    def __init__(self, site: Site, assets: AssetStore | None = None) -> None:
        """Take the open site; `assets` is needed where pictures are kept."""
        self._site = site
        self.forms = Forms(site, assets)
        self.assessors = Assessors(site)
        self.doing = Doing(site, assets)
        self.signing = Undersigning(site)
        self.sheets = FilledSheets(site, assets)

    def to_assess(self, actor: Actor) -> tuple[WaitingPractical, ...]:
        """Return who waits for the actor, as an assessor: who asked first, then by due date."""
        scope = actor.scope_of(Capability.ASSESS)
        if actor.person_id is None:
            return ()
        with self._site.read() as session:
            mine = appointed_for(session, actor.person_id)
            return waiting(
                session, self._today(), requirement_ids=mine, scope=scope, but=actor.person_id
            )

    def standing(self, actor: Actor) -> tuple[WaitingPractical, ...]:
        """Return everybody within the actor's scope who has a practical before them."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return waiting(session, self._today(), scope=scope)

    def mine(self, actor: Actor) -> tuple[PracticalRecord, ...]:
        """Return the actor's own practicals: due or under way first, then those that are over."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            return ()
        with self._site.read() as session:
            due = waiting(session, self._today(), person_id=actor.person_id)
            wanted = [one.requirement_id for one in due]
            wanted += begun_by(session, actor.person_id)
            return tuple(
                record_of(session, actor.person_id, one, self._today(), None)
                for one in dict.fromkeys(wanted)
            )

    def record(self, actor: Actor, person_id: UUID, requirement_id: UUID) -> PracticalRecord:
        """Return all of one person and one practical; everybody may look at their own.

        Raises NotFound, NotAllowed unless the actor may assess or see the person's records.
        """
        with self._site.read() as session:
            if actor.person_id != person_id:
                may = Capability.ASSESS if actor.may(Capability.ASSESS) else Capability.VIEW_RECORDS
                actor.require(may, place_of(session, person_id))
            qualification: Qualification | None = None
            if actor.person_id is not None and actor.person_id != person_id:
                qualification = qualification_of(
                    session, actor.person_id, requirement_id, self._today()
                )
            return record_of(session, person_id, requirement_id, self._today(), qualification)

    def sheet(
        self, actor: Actor, person_id: UUID, requirement_id: UUID, result_id: UUID, hand: Hand
    ) -> SigningSheet:
        """Return what one of the two reads and signs. Raises NotFound, NotAllowed."""
        record = self.record(actor, person_id, requirement_id)
        for result in record.all_results:
            if result.id == result_id:
                return signing_sheet(record, result, hand)
        raise NotFound(_("The result"))

    def bring_sample(self, unit: Unit, begun: BegunSample) -> None:
        """Add the practical of a sample course with it (hook of courses)."""
        bring_sample(unit, begun, self._today())

    def _today(self) -> date:
        return local_day(self._site.clock)
