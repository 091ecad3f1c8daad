"""Keeping enrolment rules: write, try, switch on, run."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day, start_of
from app.core.base.errors import NotFound, NotOne
from app.core.base.figures import day as day_in_words
from app.core.base.paging import has_words
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import Audience, meaning_nothing
from app.core.training.enrolment.conditions import Condition, from_json, to_json, values_asked
from app.core.training.enrolment.kept import KeptRules
from app.core.training.enrolment.matching import At, matches, newly_matched
from app.core.training.enrolment.running import (
    MANY_PEOPLE,
    AskedElsewhere,
    Pair,
    Pairs,
    Running,
    asked_by_rules,
    grant_of,
    how_many_here,
    losing_by,
    narrowed,
    working_rules,
)
from app.core.training.enrolment.types import (
    Matched,
    Rule,
    RuleReachesMany,
    RuleTried,
    RuleWords,
    RunOfRules,
)
from app.core.training.errors import RequirementCodeTaken, TrainingRefused
from app.core.training.models import AssignmentRow, EnrolmentRuleRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import Grant, due_of
from app.core.training.requirements.checks import clean_code, clean_text
from app.core.training.requirements.queries import by_id, terms_of

_SHOWN = 200
"""People that a dry run names."""
_MOST_DAYS = 36_500


class Enrolment:
    """This site's rules. Who may: holders of ASSIGN for the whole site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept = KeptRules()
        self.asked_elsewhere: AskedElsewhere | None = None
        """Tells for which pairs of person and requirement something else asks: they are not ended."""

    def rules(self, actor: Actor, text: str = "") -> tuple[Rule, ...]:
        """Return this site's rules by code; with `text` only those that have its words."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            found = _rules(session, self._site.site_id)
        return tuple(
            one
            for one in found
            if has_words(f"{one.code} {one.words.title} {one.requirement_title}", text)
        )

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
            _write(unit, row, words)
        return row.id

    def change(self, actor: Actor, rule_id: UUID, words: RuleWords, reason: str = "") -> None:
        """Let a rule say something else. It goes off until somebody has tried it. Raises NotFound."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.change", reason=reason) as unit:
            row = _row(unit, rule_id)
            row.is_on = False
            _write(unit, row, words)

    def switch_off(self, actor: Actor, rule_id: UUID, reason: str = "") -> None:
        """Let a rule assign no more; what it assigned stays."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.switch", reason=reason) as unit:
            _row(unit, rule_id).is_on = False

    def switch_on(self, actor: Actor, rule_id: UUID, *, confirmed: int | None = None) -> RunOfRules:
        """Let a rule assign from now on, beginning with who matches now.

        One whose first day is to come assigns nothing before it. `confirmed` is the number of people
        that whoever switches it on knows of. Raises RuleReachesMany where it has to be said and is
        not that number, TrainingRefused where the rule or its requirement is over.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.switch") as unit:
            row = _row(unit, rule_id)
            row.is_on = True
            unit.flush()
            return self._run_one(unit, actor, row, confirmed)

    def run(self, actor: Actor, rule_id: UUID, *, confirmed: int | None = None) -> RunOfRules:
        """Carry a rule out once, as `switch_on` does, and with its refusals."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "rule.run") as unit:
            return self._run_one(unit, actor, _row(unit, rule_id), confirmed)

    def try_out(self, actor: Actor, words: RuleWords, rule_id: UUID | None = None) -> RuleTried:
        """Say what a rule would do now, or on its first day, written or not yet. Nothing is changed."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = EnrolmentRuleRow(id=rule_id, site_id=self._site.site_id, code="")
            _fill(session, row, words)
            return self._tried(session, row)

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

    def asked_of(self, session: Session, pairs: Pairs) -> set[Pair]:
        """Return those of some pairs of person and requirement for which a rule asks today."""
        return asked_by_rules(session, pairs, at=self._at(), kept=self._kept)

    def _running(self, unit: Unit, actor: Actor, at: At) -> Running:
        return Running(unit, actor, at, self._now(), self._kept, self.asked_elsewhere)

    def _run_one(
        self, unit: Unit, actor: Actor, row: EnrolmentRuleRow, confirmed: int | None
    ) -> RunOfRules:
        today = self._at().today
        _require_not_over(unit, row, today)
        if row.from_on is not None and row.from_on > today:
            return RunOfRules()
        tried = self._tried(unit, row)
        if tried.reaches_many and confirmed != tried.count:
            raise RuleReachesMany(row.title, tried.count, tried.here)
        terms = terms_of(unit, row.requirement_id, today)
        return self._running(unit, actor, self._at()).rule(row, terms)

    def _tried(self, session: Session, row: EnrolmentRuleRow) -> RuleTried:
        today = self._at().today
        first_day = max(today, row.from_on or today)
        at, now = replace(self._at(), today=first_day), max(self._now(), start_of(first_day))
        is_over = _why_over(session, row, first_day) is not None
        newly = newly_matched(row, at)
        fresh = (newly.where(sa.false()) if is_over else newly).subquery("fresh")
        losing = [] if is_over else self._losing(session, row, at)
        given = grant_of(row, terms_of(session, row.requirement_id, first_day), now)
        return RuleTried(
            matched=_count(session, matches(row, at)),
            here=how_many_here(session, at),
            assigned=session.scalar(sa.select(sa.func.count()).select_from(fresh)) or 0,
            cancelled=len(losing),
            first=_named(session, sa.select(fresh.c.person_id), given),
            losing=_named(session, losing[:MANY_PEOPLE], None),
            also_by=_also_by(session, row, at),
            unknown=_unknown(session, from_json(row.condition)),
            begins_on=first_day if first_day > today else None,
        )

    def _losing(self, session: Session, row: EnrolmentRuleRow, at: At) -> list[UUID]:
        asked = partial(asked_by_rules, at=at, kept=self._kept)
        rows = losing_by(session, row, at, asked, self.asked_elsewhere)
        return [one.person_id for one in rows]

    def _at(self, people: Collection[UUID] | None = None) -> At:
        today = local_day(self._site.clock)
        return At(today=today, site_id=self._site.site_id, people=people)

    def _now(self) -> datetime:
        return self._site.clock.now()


def _write(unit: Unit, row: EnrolmentRuleRow, words: RuleWords) -> None:
    _fill(unit, row, words)
    unit.add(row)
    unit.flush()


def _fill(session: Session, row: EnrolmentRuleRow, words: RuleWords) -> None:
    """Write what a rule says into its row. Raises TrainingRefused for what does not hold together."""
    by_id(session, words.requirement_id)
    if words.after_days is not None and not 0 <= words.after_days <= _MOST_DAYS:
        raise TrainingRefused(
            _("{count} is no number of days.").format(count=words.after_days),
            _("Give 0 for the day of joining, or more."),
        )
    if words.from_on and words.to_on and words.to_on < words.from_on:
        raise TrainingRefused(
            _("The rule would end before it begins."), _("Change one of its days.")
        )
    row.title = clean_text(words.title, what=_("The title"))
    row.requirement_id = words.requirement_id
    row.condition = to_json(from_json(to_json(words.condition)))
    row.after_days = words.after_days
    row.from_on, row.to_on = words.from_on, words.to_on
    row.cancels = words.cancels


def _row(unit: Unit, rule_id: UUID) -> EnrolmentRuleRow:
    row = unit.get(EnrolmentRuleRow, rule_id)
    if row is None:
        raise NotFound(_("The rule"))
    return row


def _is_own(site_id: UUID | None) -> list[sa.ColumnElement[bool]]:
    return [sa.or_(EnrolmentRuleRow.site_id.is_(None), EnrolmentRuleRow.site_id == site_id)]


def _rules(session: Session, site_id: UUID | None) -> list[Rule]:
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
        )
        for row, code, title, open_count in session.execute(statement)
    ]


def _words(row: EnrolmentRuleRow) -> RuleWords:
    return RuleWords(
        title=row.title,
        requirement_id=row.requirement_id,
        condition=from_json(row.condition),
        after_days=row.after_days,
        from_on=row.from_on,
        to_on=row.to_on,
        cancels=row.cancels,
    )


def _named(
    session: Session, people: sa.Select[UUID] | Sequence[UUID], given: Grant | None
) -> tuple[Matched, ...]:
    person, listing = neighbours().person, neighbours().listing
    rows = session.execute(
        sa.select(
            person.id,
            listing.number,
            listing.name,
            listing.org_unit,
            listing.job_role,
            person.joined_on,
        )
        .join(listing, listing.person_id == person.id)
        .where(person.id.in_(people))
        .order_by(listing.number)
        .limit(_SHOWN)
    )
    return tuple(
        Matched(
            person_id=person_id,
            number=number,
            name=name,
            org_unit=org_unit,
            job_role=job_role,
            joined_on=joined_on,
            due_on=None if given is None else due_of(given, joined_on).on,
        )
        for person_id, number, name, org_unit, job_role, joined_on in rows
    )


def _unknown(session: Session, condition: Condition) -> tuple[str, ...]:
    units, roles = values_asked(condition, "unit", "unit_only"), values_asked(condition, "role")
    places = meaning_nothing(session, Audience(unit_codes=units, role_codes=roles))
    titles = session.scalars(sa.select(neighbours().committee.title)).all()
    committees = values_asked(condition, "committee")
    return (*places, *(one for one in committees if one not in titles))


def _require_not_over(session: Session, row: EnrolmentRuleRow, today: date) -> None:
    """Raise TrainingRefused for a rule that assigns nothing from a day on."""
    if refused := _why_over(session, row, today):
        raise refused


def _why_over(session: Session, row: EnrolmentRuleRow, today: date) -> TrainingRefused | None:
    if row.to_on is not None and row.to_on < today:
        return TrainingRefused(
            _("The last day of “{title}” was {day}.").format(
                title=row.title, day=day_in_words(row.to_on)
            ),
            _("Give the rule a later last day first."),
        )
    requirement = by_id(session, row.requirement_id)
    if requirement.retired_on is not None and requirement.retired_on <= today:
        return TrainingRefused(
            _("{title} is assigned no more.").format(title=requirement.title),
            _("Bring the requirement back first."),
        )
    return None


def _also_by(session: Session, row: EnrolmentRuleRow, at: At) -> tuple[str, ...]:
    others = [
        one
        for one in working_rules(session, at.site_id, at.today)
        if one.requirement_id == row.requirement_id and one.id != row.id
    ]
    mine = matches(row, at).subquery()
    return tuple(
        one.title
        for one in others
        if session.scalar(
            sa.select(sa.exists().where(mine.c.id.in_(matches(one, at)))),
        )
    )


def _count(session: Session, found: sa.Select[*tuple[object, ...]]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
