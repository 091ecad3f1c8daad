"""The conflict inbox: what edits that did not see each other say, side by side, and the decision.

Beside columns stand whole rows that cannot both hold (`disputes`). A decision is an edit that saw all
values, and a fact that says what stood there and who chose. In a
regulated column it is signed: nothing wins by itself there, and nobody decides unproved (ADR 26).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

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

    def value(self, version: bytes) -> ConflictValue:
        """Return the value of a version. Raises AlreadyDecided where it stands no more."""
        for one in self.values:
            if one.version == version:
                return one
        raise AlreadyDecided


DecisionWords = Callable[[Session, Conflict, ConflictValue], str]
"""Words what somebody signs who lets a value stand; records of all features are read for it."""


class Conflicts:
    """Lists and decides."""

    def __init__(
        self, site: Site, keys: KnownKeys, settle: Settle, decision_words: DecisionWords
    ) -> None:
        """Take the site, its keys, who brings up what is derived from what a decision changed, and the words."""
        self._site = site
        self._keys = keys
        self._settle = settle
        self._decision_words = decision_words

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
        labels = self._labels(relations)
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

    def text(self, actor: Actor, conflict: Conflict, value: ConflictValue) -> str:
        """Return the words that are signed when a value is let stand. Raises AlreadyDecided."""
        actor.require(Capability.MANAGE_SITE)
        index_mentions(self._site)
        labels = self._labels(Relations.now(self._keys))
        with self._site.read() as session:
            now = _as_it_stands(session, conflict, labels)
            return self._decision_words(session, now, now.value(value.version))

    def decide(
        self,
        actor: Actor,
        conflict: Conflict,
        value: ConflictValue,
        reason: str,
        signed: Undersigned | None = None,
    ) -> UUID:
        """Let one value stand: an edit that saw them all; return the decision's id.

        Raises ReasonMissing, AlreadyDecided, SignatureNeeded, ReadOtherwise, and what signing does.
        """
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason, _("Say in a few words why this value is the right one."))
        if conflict.needs_signature and signed is None:
            raise SignatureNeeded
        index_mentions(self._site)
        labels = self._labels(Relations.now(self._keys))
        with self._site.transaction(actor, "conflict.decide", reason=reason) as unit:
            now = _as_it_stands(unit, conflict, labels)
            kept = now.value(value.version)
            words = "" if signed is None else self._decision_words(unit, now, kept)
            decision = self._decision(actor, now, kept, reason)
            unit.add(decision)
            touched = self._let_stand(unit, actor, now, kept, reason)
            if signed is not None:
                signed.sign(unit, decision, Meaning.DECIDED, words, reason)
            decided = decision.id  # here: deciding may have let go of what was loaded
        self._settle(touched)
        return decided

    def _let_stand(
        self, unit: Unit, actor: Actor, conflict: Conflict, value: ConflictValue, reason: str
    ) -> Mapping[str, set[UUID]]:
        """Let a value stand; return the rows that changed, by table."""
        dispute = dispute_of(unit, conflict.name)
        if dispute is None:
            return _edited(unit, conflict, value)
        at = self._site.clock.now()
        return dispute.settle(
            unit, Ruling(key=conflict.key, value=value.value, actor=actor, reason=reason, at=at)
        )

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

    def _labels(self, relations: Relations) -> Mapping[bytes, str]:
        """Return what every PC is called here."""
        return {self._keys.station.fingerprint: self._keys.shown_pc, **relations.labels}


def _as_it_stands(session: Session, conflict: Conflict, labels: Mapping[bytes, str]) -> Conflict:
    """Return a conflict as it is now. Raises AlreadyDecided unless just the same values stand."""
    model = model_of(conflict.table)
    row = session.get(model, conflict.key)
    is_here = row is not None or row_aside(session, model, conflict.key) is not None
    for contest in waiting(session) if is_here else ():
        if contest.name == conflict.name and _versions(contest) == _versions(conflict):
            return _conflict(contest, labels, choices(session, contest, labels))
    raise AlreadyDecided


def _versions(of: Contest | Conflict) -> set[bytes]:
    return {one.version for one in of.values}


def _wire(conflict: Conflict, value: Any) -> Wire:
    """Return a value as the journal keeps it: that of a column, or the id of a row that stands for it."""
    columns = table_of(model_of(conflict.table)).columns
    column = columns.get(conflict.column)
    return Id().to_wire(value) if column is None else to_wire(column, value)


def _edited(unit: Unit, conflict: Conflict, value: ConflictValue) -> Mapping[str, set[UUID]]:
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
    contest: Contest, labels: Mapping[bytes, str], chosen: Mapping[UUID, tuple[Choice, ...]]
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


def _value(
    one: Contender, labels: Mapping[bytes, str], chosen: tuple[Choice, ...]
) -> ConflictValue:
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
