"""The plan of a year as a coordinator writes it, and as whoever answers for it signs it."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.figures import month as month_called
from app.core.base.figures import number
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.signatures import Meaning, Undersigned
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.models import RequirementRow
from app.core.training.programme.actual import trained_by_month
from app.core.training.programme.models import PlanLineRow, PlanSigningRow
from app.core.training.programme.proposing import forecast
from app.core.training.programme.types import (
    NewPlanLine,
    PlanLine,
    PlanProposal,
    PlanSigned,
    YearPlan,
)
from app.core.training.requirements.queries import by_code

_YEARS = range(2000, 2200)


class YearPlans:
    """Who writes and signs them: holders of ASSIGN for the whole site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def plan(self, actor: Actor, year: int) -> YearPlan:
        """Return the plan of a year beside what happened. Raises NotAllowed, TrainingRefused."""
        actor.require(Capability.ASSIGN)
        _require_year(year)
        with self._site.read() as session:
            lines = lines_of(session, year, self._site.site_id, None)
            return YearPlan(year=year, lines=lines, signed=self._signed(session, year, lines))

    def proposals(self, actor: Actor, year: int) -> tuple[PlanProposal, ...]:
        """Return what due dates and renewals come to in months for which nothing is planned."""
        actor.require(Capability.ASSIGN)
        _require_year(year)
        with self._site.read() as session:
            rows = _rows(session, year, self._site.site_id)
            planned = {(row.requirement_id, row.month) for row in rows}
            found = [
                _proposal(session.get_one(RequirementRow, key), month, people)
                for (key, month), people in forecast(session, year, self._today()).items()
                if (key, month) not in planned
            ]
        return tuple(sorted(found, key=lambda one: (one.month, one.title, one.code)))

    def put(self, actor: Actor, lines: Sequence[NewPlanLine], reason: str = "") -> int:
        """Write lines into the plan; return how many. What was planned for a month is replaced.

        Raises NotAllowed, NotFound, TrainingRefused, ReasonNeeded where a plan that was signed changes.
        """
        actor.require(Capability.ASSIGN)
        for one in lines:
            _require_line(one)
        with self._site.transaction(actor, "plan.put", reason=reason.strip()) as unit:
            self._require_reason(unit, {one.month.year for one in lines}, reason)
            for one in lines:
                row = self._row(unit, by_code(unit, one.code).id, one.month.replace(day=1))
                row.people, row.note, row.removed = one.people, " ".join(one.note.split()), False
        return len(lines)

    def remove(self, actor: Actor, line_id: UUID, reason: str) -> None:
        """Take a line out of the plan. Raises NotAllowed, NotFound, ReasonNeeded."""
        actor.require(Capability.ASSIGN)
        if not reason.strip():
            raise ReasonNeeded
        with self._site.transaction(actor, "plan.remove", reason=reason.strip()) as unit:
            row = unit.get(PlanLineRow, line_id)
            if row is None or row.removed:
                raise NotFound(_("This line of the plan"))
            row.removed = True

    def shown(self, actor: Actor, year: int) -> str:
        """Return the text that is signed. Raises TrainingRefused for a plan without lines."""
        return _all_in_words(self.plan(actor, year))

    def sign(self, actor: Actor, year: int, signed: Undersigned) -> UUID:
        """Keep a signature under the plan as it stands.

        Raises as `shown`, ReadOtherwise where it changed since it was shown, and what signing does.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "plan.sign") as unit:
            lines = lines_of(unit, year, self._site.site_id, None)
            words = _all_in_words(YearPlan(year=year, lines=lines, signed=None))
            row = PlanSigningRow(
                site_id=self._site.site_id,
                year=year,
                lines=sum(one.id is not None for one in lines),
                sha256=plan_digest(lines),
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
            unit.add(row)
            signed.sign(unit, row, Meaning.APPROVED, words)
            return row.id

    def _row(self, unit: Unit, requirement_id: UUID, month: date) -> PlanLineRow:
        """Return the line of a month, which is made where it is not there."""
        row = PlanLineRow
        found = unit.scalars(
            sa.select(row).where(
                _is_of(row.site_id, self._site.site_id),
                row.requirement_id == requirement_id,
                row.month == month,
            )
        ).first()
        if found is None:
            found = PlanLineRow(
                site_id=self._site.site_id,
                requirement_id=requirement_id,
                month=month,
                people=0,
                note="",
            )
            unit.add(found)
        return found

    def _require_reason(self, unit: Unit, years: Iterable[int], reason: str) -> None:
        if reason.strip():
            return
        for year in years:
            if _newest_signing(unit, year, self._site.site_id) is not None:
                raise ReasonNeeded

    def _signed(self, session: Session, year: int, lines: Sequence[PlanLine]) -> PlanSigned | None:
        row = _newest_signing(session, year, self._site.site_id)
        if row is None:
            return None
        still_holds = row.sha256 == plan_digest(lines)
        return PlanSigned(id=row.id, at=row.at, by=row.by_name, still_holds=still_holds)

    def _today(self) -> date:
        return local_day(self._site.clock)


def lines_of(
    session: Session, year: int, site_id: UUID | None, scope: frozenset[UUID] | None
) -> tuple[PlanLine, ...]:
    """Return the lines of a site's plan, and what was not planned, by month and title.

    With a scope only people within it are counted.
    """
    done = trained_by_month(session, year, scope)
    rows = {(row.requirement_id, row.month): row for row in _rows(session, year, site_id)}
    called = {one.id: one for one in session.scalars(sa.select(RequirementRow))}
    lines = [
        PlanLine(
            id=rows[key].id if key in rows else None,
            code=called[key[0]].code,
            title=called[key[0]].title,
            month=key[1],
            people=rows[key].people if key in rows else 0,
            note=rows[key].note if key in rows else "",
            trained=done.people.get(key, 0),
            sessions=done.sessions.get(key, 0),
        )
        for key in {**rows, **done.people, **done.sessions}
    ]
    return tuple(sorted(lines, key=lambda one: (one.month, one.title, one.code)))


def plan_digest(lines: Iterable[PlanLine]) -> str:
    """Return the SHA-256 of what is planned, whatever came of it."""
    said = "\n".join(
        f"{one.month.isoformat()}\t{one.code}\t{one.people}\t{one.note}"
        for one in lines
        if one.id is not None
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _rows(session: Session, year: int, site_id: UUID | None) -> Sequence[PlanLineRow]:
    row = PlanLineRow
    return session.scalars(
        sa.select(row).where(
            _is_of(row.site_id, site_id),
            row.removed.is_(False),
            row.month >= date(year, 1, 1),
            row.month <= date(year, 12, 1),
        )
    ).all()


def _newest_signing(session: Session, year: int, site_id: UUID | None) -> PlanSigningRow | None:
    row = PlanSigningRow
    return session.scalars(
        sa.select(row)
        .where(_is_of(row.site_id, site_id), row.year == year)
        .order_by(row.at.desc(), row.id.desc())
        .limit(1)
    ).one_or_none()


def _is_of(
    column: InstrumentedAttribute[UUID | None], site_id: UUID | None
) -> sa.ColumnElement[bool]:
    return column.is_(None) if site_id is None else column == site_id


def _proposal(requirement: RequirementRow, month: date, people: int) -> PlanProposal:
    return PlanProposal(code=requirement.code, title=requirement.title, month=month, people=people)


def _all_in_words(plan: YearPlan) -> str:
    """Return what is signed. Raises TrainingRefused for a plan without lines."""
    lines = plan.planned
    if not lines:
        raise TrainingRefused(_("Nothing is planned."), _("Write its lines first."))
    title = _("Training planned for {year}, {count} lines:").format(
        year=plan.year, count=number(len(lines))
    )
    return "\n".join([title, *(_in_words(one) for one in lines)])


def _in_words(one: PlanLine) -> str:
    said = f"– {month_called(one.month)}: {one.title} ({one.code}), {number(one.people)}"
    return f"{said}; {one.note}" if one.note else said


def _require_year(year: int) -> None:
    if year not in _YEARS:
        raise TrainingRefused(
            _("{year} is no year to plan for.").format(year=year), _("Give a year such as 2027.")
        )


def _require_line(one: NewPlanLine) -> None:
    _require_year(one.month.year)
    if one.people < 1:
        raise TrainingRefused(
            _("It says for how many people: at least one."), _("Give a number of people.")
        )
