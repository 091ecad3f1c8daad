"""Running rules inside a unit: by hand, on a new day, and for people who have just changed."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.assignments.ending import cancel
from app.core.training.coming_back import was_ever_away
from app.core.training.enrolment.kept import KeptRules, RuleMatch, WorkingRule
from app.core.training.enrolment.matching import (
    At,
    is_of_here,
    matches,
    newly_matched,
    no_longer_matched,
)
from app.core.training.enrolment.returning import Back, ask_who_is_back, newly_back, to_ask
from app.core.training.enrolment.types import RunOfRules, is_many
from app.core.training.enrolment.working import rules_among, working_rules, working_versions
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow, EnrolmentRuleRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import Grant, Opened, open_each, open_first, to_open
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import Terms, terms_on

Pair = tuple[UUID, UUID]
"""A person and a requirement."""
Pairs = Collection[Pair]
AskedElsewhere = Callable[[Session, Pairs], set[Pair]]
AskedByOthers = Callable[[Session, Pairs, UUID | None], set[Pair]]
"""Tells for which pairs a rule asks, but for one."""


class HeldBack:
    """Rules that the last runs over everybody held back, as this program knows: a new day finds them again."""

    def __init__(self) -> None:
        self._titles: dict[UUID, str] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        """Return what they are called, in order."""
        return tuple(sorted(self._titles.values()))

    def __contains__(self, rule_id: UUID) -> bool:
        return rule_id in self._titles

    def note(self, rule_id: UUID, title: str, *, is_held: bool) -> None:
        """Note whether a rule was held back, or is no more."""
        if is_held:
            self._titles[rule_id] = title
        else:
            self.forget(rule_id)

    def forget(self, rule_id: UUID) -> None:
        """Let a rule be held back no more: somebody looked at it."""
        self._titles.pop(rule_id, None)


MANY_PEOPLE = 500
"""Beyond so many people that changed at once, rules look at everybody."""


def how_many_here(session: Session, at: At) -> int:
    """Return how many people are here."""
    people = sa.select(sa.func.count()).select_from(neighbours().person)
    return session.scalar(people.where(*is_of_here(at))) or 0


def asked_by_rules(
    session: Session, pairs: Pairs, but: UUID | None = None, *, at: At, kept: KeptRules
) -> set[Pair]:
    """Return those of some pairs of person and requirement for which a rule asks on a day; `but` for one rule.

    Rules that ask anew who comes back, or was moved, do so once: nothing else stands because of them.
    """
    at = replace(at, people=narrowed({person_id for person_id, _requirement in pairs}))
    if at.people is not None and len(at.people) == 1:
        (person_id,) = at.people
        rules = [
            one for one in working_versions(session, at.site_id, at.today) if not one.asks_anew
        ]
        return asked_of_one(kept.matching(session, rules, at, person_id), person_id, pairs, but)
    ids = {requirement_id for _person, requirement_id in pairs}
    found = {
        (person_id, row.requirement_id)
        for row in working_rules(session, at.site_id, at.today, ids)
        if row.id != but and not row.asks_anew
        for person_id in session.scalars(matches(row, at))
    }
    return found & set(pairs)


def asked_of_one(
    matching: Iterable[RuleMatch], person_id: UUID, pairs: Pairs, but: UUID | None
) -> set[Pair]:
    """Return those of some pairs for which one of the rules asks that match a person."""
    found = {(person_id, one.requirement_id) for one in matching if one.rule_id != but}
    return found & set(pairs)


def losing_by(
    session: Session,
    row: EnrolmentRuleRow,
    at: At,
    asked: AskedByOthers,
    asked_elsewhere: AskedElsewhere | None,
) -> list[AssignmentRow]:
    """Return what a rule ends: of its making, matched by it no more, and asked for by nothing else."""
    if not row.cancels or row.id is None:
        return []
    rows = list(session.scalars(no_longer_matched(row, at)))
    if not rows:
        return []
    pairs = [(one.person_id, one.requirement_id) for one in rows]
    stay = asked(session, pairs, row.id)
    if asked_elsewhere is not None:
        stay |= asked_elsewhere(session, pairs)
    return [one for one in rows if (one.person_id, one.requirement_id) not in stay]


class Running:
    """One run, in one unit, at one moment."""

    def __init__(
        self,
        unit: Unit,
        actor: Actor,
        at: At,
        now: datetime,
        kept: KeptRules,
        asked_elsewhere: AskedElsewhere | None = None,
        held: HeldBack | None = None,
    ) -> None:
        """Take where and when; `asked_elsewhere` tells for which pairs something else asks.

        `held` keeps what is held back until somebody looks at it.
        """
        self._unit, self._actor, self._at, self._now = unit, actor, at, now
        self._kept = kept
        self._asked_elsewhere = asked_elsewhere
        self._held = held if held is not None else HeldBack()
        self._here: int | None = None
        self._matching: list[RuleMatch] | None = None
        """What matches the one person who is looked at, once that was asked."""
        self._versions: Sequence[WorkingRule] | None = None
        self._cancelling: set[UUID] = set()
        """Rules that also end what they gave; known then, too."""

    def carry_out(self) -> RunOfRules:
        """Carry out every rule that works, for the people who are looked at."""
        if self._one is not None:
            return self._for_one(self._one)
        if self._at.people is not None and not self._at.people:
            return RunOfRules()
        return self.all_rules(working_rules(self._unit, self._at.site_id, self._at.today))

    def asked_of(self, session: Session, pairs: Pairs, but: UUID | None = None) -> set[Pair]:
        """Return those of some pairs of these people for which a rule asks; `but` for one rule.

        What one person is asked for does not change while it is carried out.
        """
        if self._one is None:
            return asked_by_rules(session, pairs, but, at=self._at, kept=self._kept)
        return asked_of_one(self._matches_of(self._one), self._one, pairs, but)

    def rule(self, row: EnrolmentRuleRow, terms: Terms) -> RunOfRules:
        """Carry a rule out, however many it reaches."""
        self._unit.take_turn("assignments of", row.requirement_id)
        found: Sequence[Opened | Back]
        if row.asks_anew:
            found = self._back(row)
        else:
            found = to_open(self._unit.execute(newly_matched(row, self._at)))
        return self._carry_out(row, terms, found, self._losing(row))

    def all_rules(self, rules: Iterable[EnrolmentRuleRow]) -> RunOfRules:
        """Carry out every rule but those that would suddenly reach many: these are told."""
        chosen = in_turn(rules)
        said = all_terms(self._unit, {row.requirement_id for row in chosen})
        assigned, cancelled, held_back = 0, 0, []
        for row in chosen:
            found = self._found(row)
            losing = self._losing(row)
            is_held = self._reaches_many(len(found)) or self._reaches_many(len(losing))
            if self._at.people is None:
                self._held.note(row.id, row.title, is_held=is_held)
            if is_held:
                held_back.append(row.title)
            if is_held or not (found or losing):
                continue
            terms = terms_on(self._at.today, said.get(row.requirement_id, []))
            done = self._carry_out(row, terms, found, losing)
            assigned, cancelled = assigned + done.assigned, cancelled + done.cancelled
        return RunOfRules(assigned=assigned, cancelled=cancelled, held_back=tuple(held_back))

    @property
    def _one(self) -> UUID | None:
        """Return who is looked at, if that is one person."""
        people = self._at.people
        return next(iter(people)) if people is not None and len(people) == 1 else None

    def _matches_of(self, person_id: UUID) -> list[RuleMatch]:
        if self._matching is None:
            rules = self._working()
            self._cancelling = {rule.id for rule in rules if rule.cancels}
            standing = [rule for rule in rules if not rule.asks_anew]
            self._matching = (
                self._kept.matching(self._unit, standing, self._at, person_id) if standing else []
            )
        return self._matching

    def _working(self) -> Sequence[WorkingRule]:
        if self._versions is None:
            self._versions = working_versions(self._unit, self._at.site_id, self._at.today)
        return self._versions

    def _for_one(self, person_id: UUID) -> RunOfRules:
        """Carry out every rule for one person. Most do nothing: only what does is read whole."""
        anew = self._anew_for_one(person_id)
        if anew.assigned:
            self._matching = None  # what was asked anew is not given once more
        found = {one.rule_id: one for one in self._matches_of(person_id) if one.is_new}
        held = self._held_by(person_id) if self._cancelling else frozenset()
        wanted = found.keys() | (self._cancelling & held)
        if not wanted:
            return anew
        done = self._each_for_one(self._rules(wanted), found, person_id)
        return RunOfRules(assigned=anew.assigned + done.assigned, cancelled=done.cancelled)

    def _each_for_one(
        self, chosen: Sequence[EnrolmentRuleRow], found: Mapping[UUID, RuleMatch], person_id: UUID
    ) -> RunOfRules:
        cancelled = sum(self._end(row, self._losing(row)) for row in chosen)
        # what several rules give is given by the first of them
        giving = {row.requirement_id: row for row in reversed(chosen) if row.id in found}
        said = all_terms(self._unit, giving)
        grants = []
        for requirement_id, row in giving.items():
            terms = terms_on(self._at.today, said.get(requirement_id, []))
            given = grant_of(row, terms, self._now)
            grants.append((given, [found[row.id].opened(person_id)]))
        assigned = open_each(self._unit, self._actor, self._now, grants)
        return RunOfRules(assigned=assigned, cancelled=cancelled)

    def _anew_for_one(self, person_id: UUID) -> RunOfRules:
        """Carry out the rules that ask anew, before the others give what somebody lost by leaving."""
        rule_ids = [rule.id for rule in self._working() if rule.asks_anew]
        if not rule_ids or not self._unit.scalar(sa.select(was_ever_away(person_id))):
            return RunOfRules()
        return self.all_rules(self._rules(rule_ids))

    def _rules(self, ids: Collection[UUID]) -> Sequence[EnrolmentRuleRow]:
        return self._unit.scalars(rules_among(), {"rules": list(ids)}).all()

    def _found(self, row: EnrolmentRuleRow) -> Sequence[Opened | Back]:
        """Return to whom a rule gives something, by the statement that is kept where there is one."""
        if row.asks_anew:
            return self._back(row)
        return self._kept.newly_matched(self._unit, row, self._at)

    def _back(self, row: EnrolmentRuleRow) -> list[Back]:
        return to_ask(row, self._unit.execute(newly_back(row, self._at)))

    def _held_by(self, person_id: UUID) -> frozenset[UUID | None]:
        """Return the rules whose assignments somebody has open."""
        statement = sa.select(AssignmentRow.rule_id).where(
            AssignmentRow.person_id == person_id,
            AssignmentRow.rule_id.is_not(None),
            AssignmentRow.closed_at.is_(None),
        )
        return frozenset(self._unit.scalars(statement))

    def _losing(self, row: EnrolmentRuleRow) -> list[AssignmentRow]:
        return losing_by(self._unit, row, self._at, self.asked_of, self._asked_elsewhere)

    def _carry_out(
        self,
        row: EnrolmentRuleRow,
        terms: Terms,
        found: Sequence[Opened | Back],
        losing: list[AssignmentRow],
    ) -> RunOfRules:
        self._end(row, losing)
        back = [one for one in found if isinstance(one, Back)]
        first = [one for one in found if isinstance(one, Opened)]
        assigned = ask_who_is_back(self._unit, self._actor, row, terms, back, self._now)
        assigned += open_first(self._unit, self._actor, grant_of(row, terms, self._now), first)
        return RunOfRules(assigned=assigned, cancelled=len(losing))

    def _end(self, row: EnrolmentRuleRow, losing: Collection[AssignmentRow]) -> int:
        reason = _("The rule “{title}” no longer matches").format(title=row.title)
        for one in losing:
            cancel(self._unit, self._actor, one, self._now, reason)
        self._unit.flush()
        return len(losing)

    def _reaches_many(self, count: int) -> bool:
        if self._at.people is not None:
            return False  # whoever changed them knows how many they are
        if self._here is None:
            self._here = how_many_here(self._unit, self._at)
        return is_many(count, self._here)


def in_turn(rules: Iterable[EnrolmentRuleRow]) -> list[EnrolmentRuleRow]:
    """Return rules in the order in which they run: what is asked anew is not given once more."""
    return sorted(rules, key=lambda row: not row.asks_anew)


def grant_of(row: EnrolmentRuleRow, terms: Terms, now: datetime) -> Grant:
    """Return what a rule gives."""
    return Grant(
        requirement_id=row.requirement_id,
        terms=terms,
        at=now,
        origin=row.title,
        source=Source.RULE,
        rule_id=row.id,
    )


def narrowed(people: Collection[UUID]) -> Collection[UUID] | None:
    """Return the people to look at; None, for everybody, where they are many."""
    return people if len(people) <= MANY_PEOPLE else None
