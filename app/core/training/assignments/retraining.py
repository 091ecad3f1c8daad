"""Retraining as somebody orders it: people of theirs learn a requirement again, for a reason they read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.batches import batches
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.journal import Site, Unit
from app.core.people import Audience, audience_ids, named_here
from app.core.training.again import (
    Again,
    AskedBefore,
    ask_again,
    asked_before,
    end_waivers,
    newest_cycles,
)
from app.core.training.assignments.reaching import a_reason
from app.core.training.errors import TrainingRefused
from app.core.training.kinds import Source
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import by_code, terms_of
from app.core.training.terms import Due, first_due, with_grace


@dataclass(frozen=True, slots=True, kw_only=True)
class LetOff:
    """Somebody who is let off: an order leaves them out unless whoever gives it says why not."""

    number: str
    name: str
    until: date | None
    """None: for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrainingReach:
    """Whom an order would reach."""

    code: str
    title: str
    people: int
    """Without those who are let off."""
    open: int
    """Of them: have it open; the order takes the place of what is open."""
    never: int
    """Of them: were never asked for it before."""
    let_off: tuple[LetOff, ...] = ()
    """Who is let off, by number."""
    unknown_numbers: tuple[str, ...] = ()
    """Nobody in the actor's scope has these."""


class Retraining:
    """Who assigns orders it, within their scope. What was held stays on record, and counts no more."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def preview(self, actor: Actor, code: str, numbers: Sequence[str]) -> RetrainingReach:
        """Say whom an order to people with these numbers would reach. Raises NotFound."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            row = by_code(session, code)
            asked = (
                list(_asked_before(session, actor, row, numbers, self._today())) if numbers else []
            )
            known = named_here(session, tuple(numbers), self._today(), scope)
            let_off = _told(session, [one for one in asked if one.is_let_off(self._today())])
            asked = [one for one in asked if not one.is_let_off(self._today())]
        return RetrainingReach(
            code=row.code,
            title=row.title,
            people=len(asked),
            open=sum(one.open_id is not None for one in asked),
            never=sum(one.cycle == 0 for one in asked),
            let_off=let_off,
            unknown_numbers=tuple(one for one in numbers if one not in known),
        )

    def order(
        self,
        actor: Actor,
        code: str,
        numbers: Sequence[str],
        *,
        reason: str,
        due_on: date | None = None,
        about: str = "",
        despite_waiver: str = "",
    ) -> int:
        """Open the next cycle for each of these people; return how many.

        Who is let off is left out, unless `despite_waiver` says why they learn it all the same: their
        waivers end then, with that reason.

        Only evidence from now on counts for it. Without a day it is due as the terms say. `about` is
        the number of the incident, deviation or CAPA that asks for it; the reason begins with it.
        Raises NotAllowed, NotFound, ReasonNeeded, TrainingRefused.
        """
        reason, scope = a_reason(reason), actor.scope_of(Capability.ASSIGN)
        if number := " ".join(about.split()):
            reason = f"{number}: {reason}"
        if due_on is not None and due_on < self._today():
            raise TrainingRefused(_("This day is over."), _("Give a day that is to come."))
        with self._site.transaction(actor, "assignment.retrain", reason=reason) as unit:
            row = by_code(unit, code)
            known = named_here(unit, tuple(numbers), self._today(), scope)
            self._require(row, numbers, known)
            unit.take_turn("assignments of", row.id)
            asked = self._without_let_off(
                unit, actor, _asked_before(unit, actor, row, numbers, self._today()), despite_waiver
            )
            again = Again(
                because=reason,
                at=self._site.clock.now(),
                source=Source.RETRAINING,
                dues={row.id: self._due(unit, row, due_on)},
            )
            ask_again(unit, actor, asked, again)
        return len(asked)

    def _without_let_off(
        self, unit: Unit, actor: Actor, named: Iterable[AskedBefore], despite_waiver: str
    ) -> list[AskedBefore]:
        """Return who is asked: without those who are let off, or all of them, and their waivers end."""
        asked, today = list(named), self._today()
        let_off = [one for one in asked if one.is_let_off(today)]
        if despite_waiver.strip():
            end_waivers(unit, actor, let_off, a_reason(despite_waiver), self._site.clock.now())
            return asked
        kept = [one for one in asked if not one.is_let_off(today)]
        if let_off and not kept:
            raise TrainingRefused(
                _("Everybody who is named is let off this."),
                _("Say why they learn it all the same, or leave it."),
            )
        return kept

    def _require(self, row: RequirementRow, numbers: Sequence[str], known: Collection[str]) -> None:
        """Raise TrainingRefused where nobody is named, or somebody who is not here, or it is retired."""
        unknown = [one for one in numbers if one not in known]
        if unknown or not numbers:
            raise TrainingRefused(
                _("Nobody here has the number {numbers}.").format(numbers=", ".join(unknown))
                if unknown
                else _("Nobody is named."),
                _("Give numbers of people who are yours."),
            )
        if row.retired_on is not None and row.retired_on <= self._today():
            raise TrainingRefused(
                _("{title} is assigned no more.").format(title=row.title),
                _("Bring the requirement back first."),
            )

    def _due(self, unit: Unit, row: RequirementRow, due_on: date | None) -> Due:
        terms = terms_of(unit, row.id, self._today())
        if due_on is not None:
            return with_grace(terms, due_on)
        return first_due(terms, assigned_on=self._today(), joined_on=None)

    def _today(self) -> date:
        return local_day(self._site.clock)


def _told(session: Session, let_off: Collection[AskedBefore]) -> tuple[LetOff, ...]:
    listing, until = neighbours().listing, {one.person_id: one.waived_until for one in let_off}
    found = [
        LetOff(
            number=number,
            name=name,
            until=None if until[person_id] == date.max else until[person_id],
        )
        for people in batches(sorted(until))
        for person_id, number, name in session.execute(
            sa.select(listing.person_id, listing.number, listing.name).where(
                listing.person_id.in_(people)
            )
        )
    ]
    return tuple(sorted(found, key=lambda one: one.number))


def let_off_in_words(let_off: Collection[LetOff]) -> str:
    """Return who is left out of an order because they are let off; "" for nobody."""
    if not let_off:
        return ""
    until = {
        one.number: _("for good") if one.until is None else _("to {day}").format(day=day(one.until))
        for one in let_off
    }
    names = ", ".join(f"{one.name} ({one.number}, {until[one.number]})" for one in let_off)
    told = plural(
        "{count} is let off this and left out:", "{count} are let off this and left out:",
        len(let_off),
    )  # fmt: skip
    return f"{told} {names}."


def _asked_before(
    session: Session,
    actor: Actor,
    requirement: RequirementRow,
    numbers: Sequence[str],
    on: date,
) -> Iterator[AskedBefore]:
    """Return whom numbers mean in the actor's scope, each with the newest cycle of the requirement."""
    people = audience_ids(Audience(numbers=tuple(numbers)), on, actor.scope_of(Capability.ASSIGN))
    cycles = newest_cycles(people.subquery("wanted"), requirement.id)
    return asked_before(requirement.id, session.execute(cycles.order_by("person_id")))
