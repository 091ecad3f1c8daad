"""Keeping enrolment rules: write, try, switch on, run."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import NotFound, NotOne
from app.core.base.paging import has_words
from app.core.base.words import _
from app.core.courses import BegunSample
from app.core.journal import Site, Unit
from app.core.training.enrolment.conditions import from_json, to_json
from app.core.training.enrolment.days import require_days
from app.core.training.enrolment.kept import KeptRules
from app.core.training.enrolment.matching import At
from app.core.training.enrolment.naming import NamedInVain, named_in_vain
from app.core.training.enrolment.offering import OfferedValues, offered_values
from app.core.training.enrolment.running import (
    AskedElsewhere,
    HeldBack,
    Pair,
    Pairs,
    Running,
    asked_by_rules,
    losing_by,
    narrowed,
)
from app.core.training.enrolment.samples import bring_sample
from app.core.training.enrolment.trying import Trying, why_over
from app.core.training.enrolment.types import (
    Rule,
    RuleNamesNothing,
    RuleReachesMany,
    RuleTried,
    RuleWords,
    RunOfRules,
)
from app.core.training.enrolment.working import working_rules
from app.core.training.errors import RequirementCodeTaken
from app.core.training.models import AssignmentRow, EnrolmentRuleRow, RequirementRow
from app.core.training.requirements.checks import clean_code, clean_text
from app.core.training.requirements.queries import by_id, terms_of

_SHOWN = 200
"""People that a dry run names."""


class Enrolment:
    """This site's rules. Who may: holders of ASSIGN for the whole site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept = KeptRules()
        self._held = HeldBack()
        self.asked_elsewhere: AskedElsewhere | None = None
        """Tells for which pairs of person and requirement something else asks: they are not ended."""

    def rules(self, actor: Actor, text: str = "") -> tuple[Rule, ...]:
        """Return this site's rules by code; with `text` only those that have its words."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            found = _rules(session, self._site.site_id, self._held)
        return tuple(
            one
            for one in found
            if has_words(f"{one.code} {one.words.title} {one.requirement_title}", text)
        )

    def held_back(self, actor: Actor) -> tuple[str, ...]:
        """Return the titles of rules that would suddenly reach many, and wait for somebody to look at them."""
        actor.require_anywhere(Capability.ASSIGN)
        return self._held.titles

    def coded(self, actor: Actor, code: str) -> Rule:
        """Return the rule with a code. Raises NotFound, NotOne."""
        found = [one for one in self.rules(actor) if one.code == clean_code(code)]
        if len(found) > 1:
            raise NotOne(_("The rule {code}").format(code=code))
        if not found:
            raise NotFound(_("The rule {code}").format(code=code))
        return found[0]

    def add(self, actor: Actor, code: str, words: RuleWords) -> UUID:
        """Add a rule, which is off. Raises TrainingRefused, NotFound."""
        actor.require(Capability.ASSIGN)
        code = clean_code(code)
        with self._site.transaction(actor, "rule.add", reason=words.title) as unit:
            unit.take_turn("enrolment rules")
            taken = sa.select(EnrolmentRuleRow.id).where(
                EnrolmentRuleRow.code == code, *_is_own(self._site.site_id)
            )
            if unit.scalars(taken).first() is not None:
                raise RequirementCodeTaken(code)
            row = EnrolmentRuleRow(site_id=self._site.site_id, code=code)
            _write(unit, row, words, self._at().today)
        return row.id

    def bring_sample(self, unit: Unit, begun: BegunSample) -> None:
        """Add the rule of a sample course with it, off (hook of courses)."""
        bring_sample(unit, begun, self._site.site_id, self._at().today)

    def change(self, actor: Actor, rule_id: UUID, words: RuleWords, reason: str = "") -> None:
        """Let a rule say something else. It goes off until somebody has tried it. Raises NotFound."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.change", reason=reason) as unit:
            row = _row(unit, rule_id)
            row.is_on = False
            _write(unit, row, words, self._at().today)
        self._held.forget(rule_id)

    def switch_off(self, actor: Actor, rule_id: UUID, reason: str = "") -> None:
        """Let a rule assign no more; what it assigned stays."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.switch", reason=reason) as unit:
            _row(unit, rule_id).is_on = False
        self._held.forget(rule_id)

    def switch_on(
        self,
        actor: Actor,
        rule_id: UUID,
        *,
        confirmed: int | None = None,
        even_so: NamedInVain | None = None,
    ) -> RunOfRules:
        """Let a rule assign from now on, beginning with who matches now.

        One whose first day is to come assigns nothing before it. `confirmed` is the number of people
        that whoever switches it on knows of, `even_so` what they know that it names in vain. Raises
        RuleReachesMany where the number has to be said and is not that one, RuleNamesNothing where it
        names something else that is not here, or can match nobody, and TrainingRefused where the rule
        or its requirement is over.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.switch") as unit:
            row = _row(unit, rule_id)
            row.is_on = True
            unit.flush()
            done = self._run_one(unit, actor, row, confirmed, even_so)
        self._held.forget(rule_id)
        return done

    def run(
        self,
        actor: Actor,
        rule_id: UUID,
        *,
        confirmed: int | None = None,
        even_so: NamedInVain | None = None,
    ) -> RunOfRules:
        """Carry a rule out once, as `switch_on` does, and with its refusals."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.run") as unit:
            done = self._run_one(unit, actor, _row(unit, rule_id), confirmed, even_so)
        self._held.forget(rule_id)
        return done

    def try_out(self, actor: Actor, words: RuleWords, rule_id: UUID | None = None) -> RuleTried:
        """Say what a rule would do now, or on its first day, written or not yet. Nothing is changed."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = EnrolmentRuleRow(id=rule_id, site_id=self._site.site_id, code="")
            _fill(session, row, words, self._at().today)
            return self._tried(session, row)

    def offered(self, actor: Actor) -> OfferedValues:
        """Return what is written of people who are here, and which committees there are: what a rule may ask for."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return offered_values(session, self._at())

    def run_all(self, actor: Actor) -> RunOfRules:
        """Carry out every rule that works today; those that would suddenly reach many are told."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.run") as unit:
            return self.run_in(unit, actor)

    def run_in(self, unit: Unit, actor: Actor) -> RunOfRules:
        """Carry out every rule that works today, inside a unit."""
        at = self._at()
        rules = working_rules(unit, self._site.site_id, at.today)
        return self._running(unit, actor, at).all_rules(rules)

    def run_of(self, unit: Unit, people: Collection[UUID]) -> Running:
        """Return a run over people who have just changed, in the unit that changed them.

        It tells what rules ask of them, lets others act in the unit, and carries the rules out then.
        """
        unit.flush()
        return self._running(unit, system_actor(), self._at(narrowed(people)))

    def came_back(self, unit: Unit, people: Collection[UUID]) -> None:
        """Ask anew people whose absence has just ended, in the unit that ended it."""
        unit.flush()
        at = self._at(narrowed(people))
        rules = working_rules(unit, at.site_id, at.today)
        anew = [row for row in rules if row.asks_anew]
        self._running(unit, system_actor(), at).all_rules(anew)

    def asked_of(self, session: Session, pairs: Pairs) -> set[Pair]:
        """Return those of some pairs of person and requirement for which a rule asks today."""
        return asked_by_rules(session, pairs, at=self._at(), kept=self._kept)

    def _running(self, unit: Unit, actor: Actor, at: At) -> Running:
        asked, held = self.asked_elsewhere, self._held
        return Running(unit, actor, at, self._now(), self._kept, asked, held)

    def _run_one(
        self,
        unit: Unit,
        actor: Actor,
        row: EnrolmentRuleRow,
        confirmed: int | None,
        even_so: NamedInVain | None,
    ) -> RunOfRules:
        today = self._at().today
        _require_not_over(unit, row, today)
        self._require_meant(unit, row, even_so)
        if row.from_on is not None and row.from_on > today:
            return RunOfRules()
        tried = self._tried(unit, row)
        if tried.reaches_many and confirmed != tried.count:
            raise RuleReachesMany(row.title, tried.count, tried.here)
        terms = terms_of(unit, row.requirement_id, today)
        return self._running(unit, actor, self._at()).rule(row, terms)

    def _require_meant(
        self, unit: Unit, row: EnrolmentRuleRow, even_so: NamedInVain | None
    ) -> None:
        """Raise RuleNamesNothing where a rule names, on its first day, what is not here and nobody knows of."""
        at = self._at()
        at = replace(at, today=max(at.today, row.from_on or at.today))
        in_vain = named_in_vain(unit, from_json(row.condition), at)
        if in_vain.named and (in_vain.reaches_nobody or in_vain != even_so):
            raise RuleNamesNothing(row.title, in_vain)

    def _tried(self, session: Session, row: EnrolmentRuleRow) -> RuleTried:
        look = Trying(session=session, at=self._at(), now=self._now(), losing=self._losing)
        return look.rule(row)

    def _losing(self, session: Session, row: EnrolmentRuleRow, at: At) -> list[UUID]:
        asked = partial(asked_by_rules, at=at, kept=self._kept)
        rows = losing_by(session, row, at, asked, self.asked_elsewhere)
        return [one.person_id for one in rows]

    def _at(self, people: Collection[UUID] | None = None) -> At:
        today = local_day(self._site.clock)
        return At(today=today, site_id=self._site.site_id, people=people)

    def _now(self) -> datetime:
        return self._site.clock.now()


def _write(unit: Unit, row: EnrolmentRuleRow, words: RuleWords, today: date) -> None:
    _fill(unit, row, words, today)
    unit.add(row)
    unit.flush()


def _fill(session: Session, row: EnrolmentRuleRow, words: RuleWords, today: date) -> None:
    """Write what a rule says into its row. Raises TrainingRefused for what does not hold together.

    One that asks anew looks at nobody who was back, or moved, before its first day: today, unless it says one.
    """
    by_id(session, words.requirement_id)
    require_days(words)
    row.title = clean_text(words.title, what=_("The title"))
    row.requirement_id = words.requirement_id
    row.condition = to_json(from_json(to_json(words.condition)))
    row.after_days, row.away_days = words.after_days, words.away_days
    row.moved, row.due_days = words.moved, words.due_days
    row.from_on, row.to_on = words.from_on, words.to_on
    if row.asks_anew and row.from_on is None:
        row.from_on = today
    row.cancels = words.cancels


def _row(unit: Unit, rule_id: UUID) -> EnrolmentRuleRow:
    row = unit.get(EnrolmentRuleRow, rule_id)
    if row is None:
        raise NotFound(_("The rule"))
    return row


def _is_own(site_id: UUID | None) -> list[sa.ColumnElement[bool]]:
    return [sa.or_(EnrolmentRuleRow.site_id.is_(None), EnrolmentRuleRow.site_id == site_id)]


def _rules(session: Session, site_id: UUID | None, held: HeldBack) -> list[Rule]:
    count = (
        sa.select(sa.func.count())
        .where(AssignmentRow.rule_id == EnrolmentRuleRow.id, AssignmentRow.closed_at.is_(None))
        .scalar_subquery()
    )
    statement = (
        sa.select(EnrolmentRuleRow, RequirementRow.code, RequirementRow.title, count)
        .join(RequirementRow, RequirementRow.id == EnrolmentRuleRow.requirement_id)
        .where(*_is_own(site_id))
        .order_by(EnrolmentRuleRow.code)
    )
    return [
        Rule(
            id=row.id,
            code=row.code,
            words=_words(row),
            requirement_code=code,
            requirement_title=title,
            is_on=row.is_on,
            open_assignments=open_count,
            is_held_back=row.id in held,
        )
        for row, code, title, open_count in session.execute(statement)
    ]


def _words(row: EnrolmentRuleRow) -> RuleWords:
    return RuleWords(
        title=row.title,
        requirement_id=row.requirement_id,
        condition=from_json(row.condition),
        after_days=row.after_days,
        away_days=row.away_days,
        moved=row.moved,
        due_days=row.due_days,
        from_on=row.from_on,
        to_on=row.to_on,
        cancels=row.cancels,
    )


def _require_not_over(session: Session, row: EnrolmentRuleRow, today: date) -> None:
    """Raise TrainingRefused for a rule that assigns nothing from a day on."""
    if refused := why_over(session, row, today):
        raise refused
