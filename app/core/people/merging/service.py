"""Deciding whether two people are one, and undoing it. Nothing of either is changed or lost by it.

The one who goes stands aside for the one who stays (ADR 16), and every reference leads to who is
shown. A merge is one column of one row, so an undo is, too.
"""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import Site, Unit, row_aside, rows_aside, shown_for
from app.core.people.account_queries import account_of
from app.core.people.derived import refresh_listing
from app.core.people.erasing import require_not_erased
from app.core.people.merging.errors import (
    AlreadyOne,
    NotMerged,
    OwnRecordsGo,
    StandsForOthers,
)
from app.core.people.merging.likeness import alike_pairs, likenesses
from app.core.people.merging.reading import (
    decided_apart,
    merged_into,
    side_of,
    traits_of_all,
    who_stays,
)
from app.core.people.merging.types import MergedPerson, Proposal
from app.core.people.models import PersonDecisionRow, PersonRow, Verdict
from app.core.people.powers import require_power_over
from app.core.people.rules import today
from app.core.people.sign_in_names import take_naming_turn
from app.core.people.types import PersonId

_COMPARED = frozenset({"person", "account", "credential", "person_decision"})
"""Tables of which rows say whether somebody is here twice."""

Moved = Mapping[str, set[UUID]]
"""Rows that stand elsewhere now, by table."""


class Merging:
    """Proposes and decides. Who may: holders of MANAGE_SITE."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_moved: list[Callable[[Moved], None]] = []
        """Who keeps what is derived from records hears which of them moved."""
        self._is_anybody_twice: bool | None = None
        """None where it has to be looked for: half a second for 50,000 people."""
        self._changes = 0
        site.listeners.append(self._hear)

    def proposals(self, actor: Actor) -> tuple[Proposal, ...]:
        """Return who probably is one person, the likeliest first."""
        return self._proposals(actor, None)

    def proposals_for(self, actor: Actor, person_id: PersonId) -> tuple[Proposal, ...]:
        """Return with whom somebody probably is one person."""
        return self._proposals(actor, person_id)

    def is_anybody_twice(self, actor: Actor) -> bool:
        """Tell whether anybody is proposed, or was merged; looked for again when people changed."""
        actor.require(Capability.MANAGE_SITE)
        if self._is_anybody_twice is None:
            changes, found = self._changes, self._look_for_anybody()
            if changes != self._changes:
                return found  # and look again next time
            self._is_anybody_twice = found
        return self._is_anybody_twice

    def _look_for_anybody(self) -> bool:
        with self._site.read() as session:
            if rows_aside(session, PersonRow):
                return True
            apart = decided_apart(session)
            pairs = alike_pairs(traits_of_all(session))
            return any(frozenset((one.id, other.id)) not in apart for one, other, _alike in pairs)

    def _hear(self, topics: frozenset[str]) -> None:
        if not topics.isdisjoint(_COMPARED):
            self._changes += 1
            self._is_anybody_twice = None

    def compare(self, actor: Actor, one: PersonId, other: PersonId) -> Proposal:
        """Lay any two people side by side. Raises NotFound, AlreadyOne."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            first, second = (shown_for(session, PersonRow, key) for key in (one, other))
            if first == second:
                raise AlreadyOne
            traits = {who.id: who for who in traits_of_all(session)}
            if not {first, second} <= traits.keys():
                raise NotFound(_("The person"))
            stays, goes = who_stays(
                side_of(session, first), side_of(session, second), today(self._site.clock)
            )
            alike = likenesses(traits[first], traits[second])
            return Proposal(stays=stays, other=goes, likenesses=alike)

    def merged(self, actor: Actor) -> tuple[MergedPerson, ...]:
        """Return everybody who was merged into another."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return tuple(merged_into(session))

    def merged_into(self, actor: Actor, person_id: PersonId) -> tuple[MergedPerson, ...]:
        """Return who was merged into somebody."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return tuple(merged_into(session, [shown_for(session, PersonRow, person_id)]))

    def merge(self, actor: Actor, stays_id: PersonId, other_id: PersonId, reason: str) -> None:
        """Let the records of two people stand under the first.

        Raises ReasonMissing, AlreadyOne, StandsForOthers, OwnRecordsGo, NotFound.
        """
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason, _("Say in a few words how you know."))
        with self._site.transaction(actor, "person.merge", reason=reason) as unit:
            take_naming_turn(unit)
            stays, other = (_shown(unit, key) for key in (stays_id, other_id))
            self._refuse(actor, unit, stays, other)
            keeps, goes = stays.id, other.id  # rows that stand aside cannot be read again
            moved: dict[str, set[UUID]] = {}
            if stays.merged_as_id != keeps:
                _add(moved, unit.edit_anywhere(PersonRow, keeps, {"merged_as_id": keeps}))
            _add(moved, unit.edit_anywhere(PersonRow, goes, {"merged_as_id": keeps}))
            self._note(unit, actor, Verdict.SAME, keeps, goes, reason)
            refresh_listing(unit, [keeps, goes])
        self._tell(moved)

    def keep_apart(self, actor: Actor, one: PersonId, other: PersonId, reason: str) -> None:
        """Say that two people are two: they are not proposed again. Raises ReasonMissing, NotFound, AlreadyOne."""
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason, _("Say in a few words how you know."))
        with self._site.transaction(actor, "person.keep-apart", reason=reason) as unit:
            first, second = (_shown(unit, key) for key in (one, other))
            if first.id == second.id:
                raise AlreadyOne
            self._note(unit, actor, Verdict.APART, first.id, second.id, reason)

    def undo(self, actor: Actor, merged_id: PersonId, reason: str) -> None:
        """Let somebody who was merged be a person again, with all that was theirs.

        What was recorded of the one person since stays with who stayed. Raises ReasonMissing,
        NotMerged.
        """
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason, _("Say in a few words how you know."))
        with self._site.transaction(actor, "person.unmerge", reason=reason) as unit:
            take_naming_turn(unit)
            merged = row_aside(unit, PersonRow, merged_id)
            if merged is None:
                raise NotMerged
            moved = unit.edit_anywhere(PersonRow, merged_id, {"merged_as_id": None})
            self._note(unit, actor, Verdict.UNDONE, merged.shown_id, merged_id, reason)
            refresh_listing(unit, [merged.shown_id, merged_id])
        self._tell(moved)

    def _refuse(self, actor: Actor, unit: Unit, stays: PersonRow, other: PersonRow) -> None:
        if stays.id == other.id:
            raise AlreadyOne
        if rows_aside(unit, PersonRow, [other.id]):
            raise StandsForOthers(other.name)
        if actor.person_id == other.id:
            raise OwnRecordsGo
        for person in (stays, other):
            account = account_of(unit, person.id)
            require_not_erased(unit, person.id)
            if account is not None:
                require_power_over(actor, unit, account)

    def _note(
        self, unit: Unit, actor: Actor, verdict: Verdict, stays: UUID, other: UUID, reason: str
    ) -> None:
        unit.add(
            PersonDecisionRow(
                verdict=verdict,
                stays_id=stays,
                other_id=other,
                reason=reason,
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
        )

    def _proposals(self, actor: Actor, person_id: PersonId | None) -> tuple[Proposal, ...]:
        actor.require(Capability.MANAGE_SITE)
        now = today(self._site.clock)
        with self._site.read() as session:
            apart = decided_apart(session)
            wanted = None if person_id is None else shown_for(session, PersonRow, person_id)
            found = []
            for one, other, alike in alike_pairs(traits_of_all(session)):
                pair = frozenset((one.id, other.id))
                if pair in apart or (wanted is not None and wanted not in pair):
                    continue
                sides = (side_of(session, one.id), side_of(session, other.id))
                stays, goes = who_stays(*sides, now)
                found.append(Proposal(stays=stays, other=goes, likenesses=alike))
        found.sort(key=lambda one: (not one.is_strong, -len(one.likenesses), one.stays.number))
        return tuple(found)

    def _tell(self, moved: Moved) -> None:
        for tell in self.on_moved:
            tell(moved)


def _shown(unit: Unit, key: UUID) -> PersonRow:
    row = unit.get(PersonRow, shown_for(unit, PersonRow, key))
    if row is None:
        raise NotFound(_("The person"))
    return row


def _add(moved: dict[str, set[UUID]], more: Mapping[str, Collection[UUID]]) -> None:
    for table, keys in more.items():
        moved.setdefault(table, set()).update(keys)
