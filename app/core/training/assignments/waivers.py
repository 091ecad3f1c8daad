"""Waivers: whoever lets somebody off signs it where the site asks for that, or one asks and another signs.

What is signed is the fact beside the assignment; the signature is written in its unit of work.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import is_own
from app.core.signatures import Meaning, Undersigned
from app.core.training.after_waiver import count_anew
from app.core.training.assignments.reaching import a_reason, open_of
from app.core.training.crediting import note
from app.core.training.errors import TrainingRefused
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import AssignmentEventRow, AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.signing import (
    NothingWaits,
    NotOneself,
    SigningRule,
    TwoPeopleNeeded,
    require_signed,
    signing_terms_on,
)

_ABOUT_WAIVERS = (
    AssignmentEvent.WAIVED,
    AssignmentEvent.WAIVER_ENDED,
    AssignmentEvent.WAIVER_ASKED,
    AssignmentEvent.WAIVER_REFUSED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverAsked:
    """A waiver that somebody asked for, and that waits for somebody else."""

    assignment_id: UUID
    person_id: UUID
    number: str
    name: str
    code: str
    title: str
    until_on: date | None
    reason: str
    at: datetime
    by_name: str
    is_mine: bool
    """Whether the actor asked for it, or it is about them: somebody else answers."""
    text: str
    """What who approves it signs."""


class Waivers:
    """Lets people off. Who may: holders of ASSIGN, in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def rule(self) -> SigningRule:
        """Return how waivers are signed at this site today."""
        with self._site.read() as session:
            return self._rule(session)

    def text(self, actor: Actor, assignment_id: UUID, until_on: date | None, reason: str) -> str:
        """Return what who lets somebody off signs. Raises NotFound, NotOpen."""
        with self._site.read() as session:
            row = open_of(actor, session, assignment_id)
            return _text(session, row, until_on, a_reason(reason), "")

    def waive(
        self,
        actor: Actor,
        assignment_id: UUID,
        *,
        until_on: date | None,
        reason: str,
        signed: Undersigned | None = None,
    ) -> None:
        """Let somebody off until a day, the whole of it; None: for good. Evidence is untouched.

        The days in which it is to be done count anew from the day after.

        Raises NotOpen, ReasonNeeded, TrainingRefused for a day in the past, SignatureMissing and
        TwoPeopleNeeded where the site asks for that, ReadOtherwise, and what signing does.
        """
        reason = self._checked(reason, until_on)
        with self._site.transaction(actor, "assignment.waive", reason=reason) as unit:
            rule = self._rule(unit)
            if rule is SigningRule.TWO_PERSONS:
                raise TwoPeopleNeeded
            require_signed(rule, signed)
            row = open_of(actor, unit, assignment_id)
            words = _text(unit, row, until_on, reason, "")
            event = self._let_off(unit, actor, row, until_on, reason)
            if signed is not None:
                signed.sign(unit, event, Meaning.WAIVED, words, reason)

    def ask(self, actor: Actor, assignment_id: UUID, *, until_on: date | None, reason: str) -> None:
        """Ask for a waiver that somebody else approves. Raises NotOpen, ReasonNeeded, TrainingRefused."""
        reason = self._checked(reason, until_on)
        with self._site.transaction(actor, "assignment.ask-waiver", reason=reason) as unit:
            row = open_of(actor, unit, assignment_id)
            self._note(unit, actor, row, AssignmentEvent.WAIVER_ASKED, reason, until_on)

    def waiting(self, actor: Actor) -> tuple[WaiverAsked, ...]:
        """Return what was asked for and waits, the oldest first."""
        statement = _asked_for(actor.scope_of(Capability.ASSIGN))
        with self._site.read() as session:
            return tuple(
                WaiverAsked(
                    assignment_id=row.id,
                    person_id=row.person_id,
                    number=number,
                    name=name,
                    code=requirement.code,
                    title=requirement.title,
                    until_on=event.until_on,
                    reason=event.reason,
                    at=event.at,
                    by_name=event.by_name,
                    is_mine=_is_ours(session, actor, event, row),
                    text=_text(session, row, event.until_on, event.reason, event.by_name),
                )
                for event, row, requirement, number, name in session.execute(statement)
            )

    def approve(self, actor: Actor, assignment_id: UUID, signed: Undersigned | None = None) -> None:
        """Let somebody off as somebody else asked.

        Raises NotOpen, NothingWaits, NotOneself, SignatureMissing, ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "assignment.approve-waiver") as unit:
            row, asked = self._asked(unit, actor, assignment_id)
            require_signed(self._rule(unit), signed)
            self._checked(asked.reason, asked.until_on)
            words = _text(unit, row, asked.until_on, asked.reason, asked.by_name)
            reason = f"{asked.by_name}: {asked.reason}"
            event = self._let_off(unit, actor, row, asked.until_on, reason)
            if signed is not None:
                signed.sign(unit, event, Meaning.WAIVED, words, reason)

    def refuse(self, actor: Actor, assignment_id: UUID, reason: str) -> None:
        """Let nobody off, and say why. Raises NotOpen, NothingWaits, NotOneself, ReasonNeeded."""
        reason = a_reason(reason)
        with self._site.transaction(actor, "assignment.refuse-waiver", reason=reason) as unit:
            row, _asked = self._asked(unit, actor, assignment_id)
            self._note(unit, actor, row, AssignmentEvent.WAIVER_REFUSED, reason, None)

    def end(self, actor: Actor, assignment_id: UUID, reason: str) -> None:
        """Ask for something again from which somebody was let off; its days count anew. Raises NotOpen, ReasonNeeded."""
        reason = a_reason(reason)
        with self._site.transaction(actor, "assignment.end-waiver", reason=reason) as unit:
            row = open_of(actor, unit, assignment_id)
            now, today = self._site.clock.now(), local_day(self._site.clock)
            if row.waived_until is not None:
                count_anew(unit, actor, row, today, now)
            row.waived_until = None
            self._note(unit, actor, row, AssignmentEvent.WAIVER_ENDED, reason, None)

    def _let_off(
        self,
        unit: Unit,
        actor: Actor,
        row: AssignmentRow,
        until_on: date | None,
        reason: str,
    ) -> AssignmentEventRow:
        if until_on is not None:
            count_anew(unit, actor, row, until_on + timedelta(days=1), self._site.clock.now())
        row.waived_until = until_on or date.max
        return self._note(unit, actor, row, AssignmentEvent.WAIVED, reason, until_on)

    def _note(
        self,
        unit: Unit,
        actor: Actor,
        row: AssignmentRow,
        event: AssignmentEvent,
        reason: str,
        until_on: date | None,
    ) -> AssignmentEventRow:
        now = self._site.clock.now()
        return note(unit, actor, row.id, event, now, reason=reason, until_on=until_on)

    def _asked(
        self, unit: Unit, actor: Actor, assignment_id: UUID
    ) -> tuple[AssignmentRow, AssignmentEventRow]:
        """Return an assignment and the waiver that waits for it, for somebody who may answer it."""
        unit.take_turn("waiver of", assignment_id)
        row = open_of(actor, unit, assignment_id)
        event = unit.scalars(
            sa.select(AssignmentEventRow)
            .where(
                AssignmentEventRow.assignment_id == assignment_id,
                AssignmentEventRow.event.in_(_ABOUT_WAIVERS),
            )
            .order_by(AssignmentEventRow.id.desc())
        ).first()
        if event is None or event.event is not AssignmentEvent.WAIVER_ASKED:
            raise NothingWaits
        if _is_ours(unit, actor, event, row):
            raise NotOneself
        return row, event

    def _rule(self, session: Session) -> SigningRule:
        today = local_day(self._site.clock)
        return signing_terms_on(session, self._site.site_id, today).waivers

    def _checked(self, reason: str, until_on: date | None) -> str:
        if until_on is not None and until_on < local_day(self._site.clock):
            raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
        return a_reason(reason)


def _asked_for(scope: Collection[UUID] | None) -> sa.Select[*tuple[Any, ...]]:
    """Select the waivers that were asked for and not answered, the oldest first."""
    listing = neighbours().listing
    later = aliased(AssignmentEventRow)
    is_answered = sa.exists().where(
        later.assignment_id == AssignmentRow.id,
        later.event.in_(_ABOUT_WAIVERS),
        later.id > AssignmentEventRow.id,
    )
    statement = (
        sa.select(AssignmentEventRow, AssignmentRow, RequirementRow, listing.number, listing.name)
        .join(AssignmentRow, AssignmentRow.id == AssignmentEventRow.assignment_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(listing, listing.person_id == AssignmentRow.person_id)
        .where(
            AssignmentEventRow.event == AssignmentEvent.WAIVER_ASKED,
            ~is_answered,
            AssignmentRow.closed_at.is_(None),
        )
        .order_by(AssignmentEventRow.at, AssignmentEventRow.id)
    )
    return statement if scope is None else statement.where(listing.org_unit_id.in_(scope))


def _is_ours(session: Session, actor: Actor, event: AssignmentEventRow, row: AssignmentRow) -> bool:
    return row.person_id == actor.person_id or is_own(session, actor, [event.by])


def _text(
    session: Session, row: AssignmentRow, until_on: date | None, reason: str, asked_by: str
) -> str:
    listing = neighbours().listing
    requirement = session.get_one(RequirementRow, row.requirement_id)
    number, name = session.execute(
        sa.select(listing.number, listing.name).where(listing.person_id == row.person_id)
    ).one()
    until = _("for good") if until_on is None else _("to {day}").format(day=day_in_words(until_on))
    lines = [
        _("Waiver of “{title}” ({code}) for {name} ({number}), {until}.").format(
            title=requirement.title, code=requirement.code, name=name, number=number, until=until
        ),
        _("Reason: {reason}").format(reason=reason),
    ]
    if asked_by:
        lines.append(_("Asked for by {name}.").format(name=asked_by))
    lines.append(_("Until then they need not meet it; I answer for that."))
    return "\n".join(lines)
