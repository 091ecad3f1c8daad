"""The register of drills: what was held, how often each is due, and who is not prepared."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import still_here, who_is
from app.core.storage.columns import Day
from app.core.training.drills.due import Interval, next_due, was_late
from app.core.training.drills.kinds import DrillKind
from app.core.training.drills.models import DrillRow, DrillRuleRow
from app.core.training.drills.reading import run_of
from app.core.training.drills.types import DrillDue, DrillLine, DrillRule, DrillRun, Unprepared
from app.core.training.errors import TrainingRefused
from app.core.training.held import Pair, held_until_of, newest_evidence
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.checks import clean_text
from app.core.training.requirements.queries import by_code
from app.core.training.sessions.models import ClassSessionRow, SessionSigningRow
from app.core.training.sessions.reading import summary
from app.core.training.sessions.refused import refused_in
from app.core.training.sessions.types import Outcome
from app.core.training.sessions.withdrawn import withdrawn_from

_MOST_MONTHS = 60
_MOST = 400


class DrillRegister:
    """Reads and sets what is due. Rules are set by who manages the site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def set_rule(self, actor: Actor, rule: DrillRule) -> None:
        """Say how often a drill is due from a day on; the same day again corrects it.

        A rule begins today or later, so that what was due before stays as it was. Only the first of a
        kind may begin earlier. Raises TrainingRefused.
        """
        actor.require(Capability.MANAGE_SITE)
        if not 0 <= rule.months <= _MOST_MONTHS:
            raise TrainingRefused(
                _("{count} is no number of months.").format(count=rule.months),
                _("Give 1 to {most}, or 0 where none is due any more.").format(most=_MOST_MONTHS),
            )
        law = clean_text(rule.law, what=_("The law"), required=False)
        with self._site.transaction(actor, "drill.rule") as unit:
            known = self._rule_rows(unit, rule.drill)
            if known and rule.from_on < local_day(self._site.clock):
                raise TrainingRefused(
                    _("A rule cannot begin in the past: what was due then stays as it was."),
                    _("Let it begin today or later."),
                )
            row = next((one for one in known if one.from_on == rule.from_on), None)
            if row is None:
                row = DrillRuleRow(
                    site_id=self._site.site_id, drill=rule.drill, from_on=rule.from_on, months=0
                )
                unit.add(row)
            row.months, row.law = rule.months, law

    def propose_in(self, unit: Unit, rule: DrillRule) -> None:
        """Say how often a drill is due where nobody has said it here, in a unit that does more."""
        if not self._rule_rows(unit, rule.drill):
            unit.add(
                DrillRuleRow(
                    site_id=self._site.site_id,
                    drill=rule.drill,
                    from_on=rule.from_on,
                    months=rule.months,
                    law=rule.law,
                )
            )

    def rules(self, actor: Actor) -> tuple[DrillRule, ...]:
        """Return the rules of this site, by drill and first day."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return tuple(
                DrillRule(drill=one.drill, from_on=one.from_on, months=one.months, law=one.law)
                for one in self._rule_rows(session)
            )

    def due(self, actor: Actor) -> tuple[DrillDue, ...]:
        """Return when the next drill of each kind is due that has a rule, the most urgent first."""
        actor.require_anywhere(Capability.ASSIGN)
        today = local_day(self._site.clock)
        with self._site.read() as session:
            held = self._held(session)
            rules = self._by_drill(session)
        found = [self._due(drill, rules[drill], held.get(drill, []), today) for drill in rules]
        return tuple(sorted(found, key=lambda one: (one.due_on or date.max, one.drill)))

    def drills(self, actor: Actor) -> tuple[DrillLine, ...]:
        """Return the drills of this site, the newest first: at most 400."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            rules = self._by_drill(session)
            held = self._held(session)
            rows = session.execute(
                sa.select(ClassSessionRow, DrillRow)
                .join(DrillRow, DrillRow.session_id == ClassSessionRow.id)
                .where(_of_site(self._site))
                .order_by(ClassSessionRow.starts_at.desc())
                .limit(_MOST)
            ).all()
            return tuple(_line(session, row, drill, rules, held) for row, drill in rows)

    def unprepared(
        self, actor: Actor, code: str, drill: DrillKind = DrillKind.FIRE
    ) -> tuple[Unprepared, ...]:
        """Return who neither holds a requirement today nor took part in a drill in its interval.

        People who belong here today, within the actor's scope, by number (Factories Act, 38(2)).
        """
        scope = actor.scope_of(Capability.ASSIGN)
        today = local_day(self._site.clock)
        with self._site.read() as session:
            requirement = by_code(session, code)
            intervals = _intervals(self._by_drill(session).get(drill, []))
            last = _took_part(session, self._site, drill)
            return tuple(
                one
                for one in _without_training(session, requirement, today, scope, last)
                if not _is_in_time(one.last_drill_on, intervals, today)
            )

    def _due(
        self, drill: DrillKind, rules: Sequence[DrillRuleRow], held: Sequence[date], today: date
    ) -> DrillDue:
        last = max(held, default=None)
        due = next_due(last, _intervals(rules), today)
        in_force = [one for one in rules if one.from_on <= today] or list(rules[:1])
        return DrillDue(
            drill=drill,
            last_on=last,
            months=in_force[-1].months,
            law=in_force[-1].law,
            due_on=due,
            is_overdue=due is not None and today > due,
        )

    def _rule_rows(
        self, session: Session | Unit, drill: DrillKind | None = None
    ) -> Sequence[DrillRuleRow]:
        statement = sa.select(DrillRuleRow).where(
            sa.or_(DrillRuleRow.site_id == self._site.site_id, DrillRuleRow.site_id.is_(None))
        )
        if drill is not None:
            statement = statement.where(DrillRuleRow.drill == drill)
        return session.scalars(statement.order_by(DrillRuleRow.drill, DrillRuleRow.from_on)).all()

    def _by_drill(self, session: Session) -> dict[DrillKind, list[DrillRuleRow]]:
        found: dict[DrillKind, list[DrillRuleRow]] = defaultdict(list)
        for row in self._rule_rows(session):
            found[row.drill].append(row)
        return found

    def _held(self, session: Session) -> dict[DrillKind, list[date]]:
        """Return the days of the drills that were signed, in order, by kind."""
        rows = session.execute(
            sa.select(DrillRow.drill, sa.func.min(SessionSigningRow.ended_at))
            .join(SessionSigningRow, SessionSigningRow.session_id == DrillRow.session_id)
            .join(ClassSessionRow, ClassSessionRow.id == DrillRow.session_id)
            .where(_of_site(self._site))
            .group_by(DrillRow.drill, DrillRow.session_id)
        )
        found: dict[DrillKind, list[date]] = defaultdict(list)
        for drill, ended in rows:
            found[drill].append(_local(ended))
        return {drill: sorted(days) for drill, days in found.items()}


def _of_site(site: Site) -> sa.ColumnElement[bool]:
    return sa.or_(ClassSessionRow.site_id == site.site_id, ClassSessionRow.site_id.is_(None))


def _local(instant: datetime) -> date:
    return instant.astimezone().date()


def _intervals(rules: Iterable[DrillRuleRow]) -> list[Interval]:
    return [Interval(from_on=one.from_on, months=one.months) for one in rules]


def _line(
    session: Session,
    row: ClassSessionRow,
    drill: DrillRow,
    rules: dict[DrillKind, list[DrillRuleRow]],
    held: dict[DrillKind, list[date]],
) -> DrillLine:
    run = run_of(session, row.id)
    return DrillLine(
        session=summary(session, row),
        drill=drill.drill,
        shift=drill.shift,
        took=run.took,
        expected=run.heads.expected if run.heads else None,
        counted=run.heads.counted if run.heads else None,
        was_late=_came_late(run, held.get(drill.drill, []), rules.get(drill.drill, [])),
    )


def _came_late(run: DrillRun, days: Sequence[date], rules: Iterable[DrillRuleRow]) -> bool:
    """Tell whether a drill that counts, for it was signed, came later than its rules allowed."""
    on = None if run.clear_at is None else _local(run.clear_at)
    if on is None or on not in days:
        return False
    before = max((one for one in days if one < on), default=None)
    return was_late(before, on, _intervals(rules))


def _took_part(session: Session, site: Site, drill: DrillKind) -> dict[UUID, date]:
    """Return the last day on which each took part in a signed drill of a kind."""
    rows = session.execute(
        sa.select(
            SessionSigningRow.session_id, SessionSigningRow.people, SessionSigningRow.ended_at
        )
        .join(DrillRow, DrillRow.session_id == SessionSigningRow.session_id)
        .join(ClassSessionRow, ClassSessionRow.id == DrillRow.session_id)
        .where(DrillRow.drill == drill, _of_site(site))
        .order_by(SessionSigningRow.ended_at)
    )
    last: dict[UUID, date] = {}
    corrected, refused = withdrawn_from(session), refused_in(session).altogether
    for session_id, people, ended in rows:
        for one in people:
            came = who_is(session, UUID(one["person"]))
            who = corrected.get((session_id, came), came)
            if one["outcome"] == Outcome.TOO_SHORT.value or (session_id, came) in refused:
                continue
            if who is not None:
                last[who] = _local(ended)
    return last


def _without_training(
    session: Session,
    requirement: RequirementRow,
    today: date,
    scope: frozenset[UUID] | None,
    last: dict[UUID, date],
) -> Iterable[Unprepared]:
    """Yield who belongs here and does not hold a requirement on a day, by number."""
    listing = neighbours().listing
    pair = Pair(
        person_id=listing.person_id,
        requirement_id=requirement.id,
        course_id=requirement.course_id,
    )
    until = newest_evidence(held_until_of, pair)
    statement = sa.select(listing.person_id, listing.number, listing.name, listing.org_unit).where(
        still_here(listing.left_on, today),
        sa.func.coalesce(until < sa.literal(today, Day), sa.true()),
    )
    if scope is not None:
        statement = statement.where(listing.org_unit_id.in_(scope))
    for person_id, number, name, unit in session.execute(statement.order_by(listing.number)).all():
        yield Unprepared(
            person_id=person_id,
            number=number,
            name=name,
            org_unit=unit,
            last_drill_on=last.get(person_id),
        )


def _is_in_time(last: date | None, intervals: list[Interval], today: date) -> bool:
    if last is None:
        return False
    due = next_due(last, intervals, today)
    return due is None or today <= due
