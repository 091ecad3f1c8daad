"""The conflict inbox: what edits that did not see each other say, side by side, and the decision.

Beside columns stand whole rows that cannot both hold (`disputes`). A decision is an edit that saw all
values, and a fact that says what stood there and who chose. In a
regulated column it is signed: nothing wins by itself there, and nobody decides unproved (ADR 26).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import (
    Contender,
    Contest,
    Ruling,
    Site,
    Unit,
    index_mentions,
    is_regulated,
    row_aside,
    says_what_is_one,
)
from app.core.keys import KnownKeys
from app.core.people.ownership import FieldOwner
from app.core.signatures import Meaning, Undersigned
from app.core.storage.columns import Id, Wire, to_wire
from app.core.storage.tables import Base, Record, model_of, table_of
from app.core.sync.applying import Settle
from app.core.sync.choices import Choice, called, choices
from app.core.sync.disputes import dispute_of, disputes, waiting
from app.core.sync.models import ConflictDecisionRow
from app.core.sync.proposing import Proposing
from app.core.sync.relations import Relations


class AlreadyDecided(UserFacingError):
    """Somebody decided meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("This was decided or changed meanwhile."),
            safe=_("Nothing was changed by this."),
            remedy=_("Look at the list again."),
        )


class SignatureNeeded(UserFacingError):
    """A value that rules depend on was to be decided without a signature."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Which of these values is right is decided with a signature only."),
            safe=_("Nothing was decided; both values are kept."),
            remedy=_("Decide it under Conflicts, and sign there."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictValue:
    """One of the values that stand."""

    version: bytes
    value: Any
    is_shown: bool
    at: datetime | None
    station: str
    """The PC on which it was written."""
    account_id: UUID | None
    reason: str
    chosen: tuple[Choice, ...] = ()
    """Who decided for it, the first first: of whole rows, on which several decided apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One column of one record."""

    table: str
    key: UUID
    column: str
    values: tuple[ConflictValue, ...]
    owner: FieldOwner | None = None
    """Whose field it is, where a rule says so."""
    proposed: bytes | None = None
    """The version of the owner's value, which is offered first."""
    needs_signature: bool
    """Whether a decision has to be signed."""

    @property
    def name(self) -> tuple[str, UUID, str]:
        """Return what tells it from every other."""
        return self.table, self.key, self.column


class Conflicts:
    """Lists and decides."""

    def __init__(self, site: Site, keys: KnownKeys, settle: Settle) -> None:
        """Take the site, its keys, and who brings up what is derived from what a decision changed."""
        self._site = site
        self._keys = keys
        self._settle = settle

    def count(self, actor: Actor) -> int:
        """Return how much waits for a decision."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:  # who wrote what is not asked: the index may be behind
            return len(waiting(session))

    def waiting(self, actor: Actor) -> tuple[Conflict, ...]:
        """Return what waits for a decision."""
        actor.require(Capability.MANAGE_SITE)
        index_mentions(self._site)
        relations = Relations.now(self._keys)
        labels = {self._keys.station.fingerprint: self._keys.shown_pc, **relations.labels}
        with self._site.read() as session:
            proposing = Proposing(session, relations)
            return tuple(
                replace(
                    _conflict(contest, labels, choices(session, contest, labels)),
                    owner=proposing.owner_of(contest),
                    proposed=proposing.proposed(contest),
                )
                for contest in waiting(session)
            )

    def decide(
        self,
        actor: Actor,
        conflict: Conflict,
        value: ConflictValue,
        reason: str,
        signed: Undersigned | None = None,
    ) -> UUID:
        """Let one value stand: an edit that saw them all; return the decision's id.

        Raises ReasonMissing, AlreadyDecided, SignatureNeeded, and what signing does.
        """
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason, _("Say in a few words why this value is the right one."))
        if conflict.needs_signature and signed is None:
            raise SignatureNeeded
        with self._site.transaction(actor, "conflict.decide", reason=reason) as unit:
            _require_open(unit, conflict)
            decision = self._decision(actor, conflict, value, reason)
            dispute = dispute_of(unit, conflict.name)
            unit.add(decision)
            at = self._site.clock.now()
            ruling = Ruling(key=conflict.key, value=value.value, actor=actor, reason=reason, at=at)
            touched = (
                _let_stand(unit, conflict, value)
                if dispute is None
                else dispute.settle(unit, ruling)
            )
            if signed is not None:
                signed.sign(unit, decision, Meaning.DECIDED, reason)
            decided = decision.id  # here: deciding may have let go of what was loaded
        self._settle(touched)
        return decided

    def _decision(
        self, actor: Actor, conflict: Conflict, value: ConflictValue, reason: str
    ) -> ConflictDecisionRow:
        return ConflictDecisionRow(
            table_name=conflict.table,
            row_id=conflict.key,
            column_name=conflict.column,
            standing=[_as_kept(one, _wire(conflict, one.value)) for one in conflict.values],
            version=value.version,
            reason=reason,
            at=self._site.clock.now(),
            by=actor.account_id,
        )


def _require_open(unit: Unit, conflict: Conflict) -> None:
    """Raise AlreadyDecided unless just these values stand."""
    model = model_of(conflict.table)
    row = unit.get(model, conflict.key)
    is_here = row is not None or row_aside(unit, model, conflict.key) is not None
    standing = {
        one.version
        for contest in waiting(unit)
        if contest.name == conflict.name
        for one in contest.values
    }
    if not is_here or standing != {one.version for one in conflict.values}:
        raise AlreadyDecided


def _wire(conflict: Conflict, value: Any) -> Wire:
    """Return a value as the journal keeps it: that of a column, or the id of a row that stands for it."""
    columns = table_of(model_of(conflict.table)).columns
    column = columns.get(conflict.column)
    return Id().to_wire(value) if column is None else to_wire(column, value)


def _let_stand(unit: Unit, conflict: Conflict, value: ConflictValue) -> Mapping[str, set[UUID]]:
    """Let a value of a column stand; return the rows that changed, by table."""
    model: type[Base] = model_of(conflict.table)
    row = unit.get(model, conflict.key)
    if isinstance(row, Record) and not says_what_is_one(model, conflict.column):
        unit.decide(row, conflict.column, value.value)
        for column, followed in row.followed().items():
            unit.decide(row, column, followed)
    elif issubclass(model, Record):
        return unit.edit_anywhere(model, conflict.key, {conflict.column: value.value})
    return {conflict.table: {conflict.key}}


def _as_kept(value: ConflictValue, wire: object) -> dict[str, object]:
    return {
        "version": value.version.hex(),
        "value": {"hex": wire.hex()} if isinstance(wire, bytes) else wire,
        "at": value.at.isoformat() if value.at else None,
        "station": value.station,
        "account": str(value.account_id) if value.account_id else None,
        "reason": value.reason,
    }


def _conflict(
    contest: Contest, labels: dict[bytes, str], chosen: Mapping[UUID, tuple[Choice, ...]]
) -> Conflict:
    return Conflict(
        table=contest.table,
        key=contest.key,
        column=contest.column,
        needs_signature=is_regulated(model_of(contest.table), contest.column)
        or any(
            one.is_signed and (one.table, one.column) == (contest.table, contest.column)
            for one in disputes()
        ),
        values=tuple(
            _value(one, labels, chosen.get(one.value, ()) if chosen else ())
            for one in contest.values
        ),
    )


def _value(one: Contender, labels: dict[bytes, str], chosen: tuple[Choice, ...]) -> ConflictValue:
    return ConflictValue(
        version=one.version,
        value=one.value,
        is_shown=one.is_shown,
        at=one.at,
        station=called(one.station, labels),
        account_id=one.actor,
        reason=one.reason,
        chosen=chosen,
    )
