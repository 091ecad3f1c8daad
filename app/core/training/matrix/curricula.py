"""Keeping curricula: named, ordered sets of requirements, whose parts are dated."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound, NotOne
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.storage.columns import Day
from app.core.training.errors import Loop, RequirementCodeTaken, TrainingRefused
from app.core.training.matrix.asking import lasts
from app.core.training.matrix.models import CurriculumItemRow, CurriculumRow
from app.core.training.matrix.types import Curriculum, Part
from app.core.training.models import RequirementRow
from app.core.training.requirements.checks import clean_code, clean_text
from app.core.training.terms import loop_of

MOST_PARTS = 500


class Curricula:
    """Which sets there are. Who may: holders of ASSIGN for the whole site.

    What a curriculum holds is changed by a change of the matrix, which says whom that reaches
    (`Matrix.apply`); a new one reaches nobody until it is put into the grid.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    def all(self, actor: Actor, on: date | None = None) -> tuple[Curriculum, ...]:
        """Return every curriculum by code, with what it holds on a day (today)."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return curricula_on(session, on or local_day(self._site.clock))

    def coded(self, actor: Actor, code: str) -> Curriculum:
        """Return the curriculum with a code. Raises NotFound, NotOne."""
        found = [one for one in self.all(actor) if one.code == clean_code(code)]
        what = _("The curriculum {code}").format(code=code)
        if len(found) > 1:
            raise NotOne(what)
        if not found:
            raise NotFound(what)
        return found[0]

    def add(self, actor: Actor, code: str, title: str, parts: Sequence[UUID] = ()) -> UUID:
        """Add a curriculum with its parts in order: ids of requirements or of other curricula.

        Raises RequirementCodeTaken, TrainingRefused, NotFound.
        """
        actor.require(Capability.ASSIGN)
        code, title = clean_code(code), clean_text(title, what=_("The title"))
        with self._site.transaction(actor, "curriculum.add", reason=title) as unit:
            unit.take_turn("training matrix")
            _refuse_taken(unit, code)
            row = CurriculumRow(code=code, title=title)
            unit.add(row)
            unit.flush()
            say_parts(unit, row.id, parts, local_day(self._site.clock))
        return row.id

    def rename(self, actor: Actor, curriculum_id: UUID, title: str) -> None:
        """Call a curriculum otherwise. Raises NotFound, TrainingRefused."""
        actor.require(Capability.ASSIGN)
        title = clean_text(title, what=_("The title"))
        with self._site.transaction(actor, "curriculum.rename") as unit:
            curriculum_row(unit, curriculum_id).title = title

    def retire(self, actor: Actor, curriculum_id: UUID, on: date, reason: str = "") -> None:
        """Give it to nobody any more from a day on; who has something of it keeps that.

        Raises TrainingRefused.
        """
        actor.require(Capability.ASSIGN)
        if on < local_day(self._site.clock):
            raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
        with self._site.transaction(actor, "curriculum.retire", reason=reason) as unit:
            curriculum_row(unit, curriculum_id).retired_on = on

    def bring_back(self, actor: Actor, curriculum_id: UUID, reason: str = "") -> None:
        """Let a retired curriculum be given again."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "curriculum.bring-back", reason=reason) as unit:
            curriculum_row(unit, curriculum_id).retired_on = None


def curriculum_row(session: Session, curriculum_id: UUID) -> CurriculumRow:
    """Return a curriculum's row. Raises NotFound."""
    row = session.get(CurriculumRow, curriculum_id)
    if row is None:
        raise NotFound(_("The curriculum"))
    return row


def curricula_on(session: Session, day: date) -> tuple[Curriculum, ...]:
    """Return every curriculum by code, with what it holds on a day."""
    parts: dict[UUID, list[Part]] = {}
    for owner_id, part in _parts(session, day):
        parts.setdefault(owner_id, []).append(part)
    rows = session.scalars(sa.select(CurriculumRow).order_by(CurriculumRow.code, CurriculumRow.id))
    return tuple(
        Curriculum(
            id=row.id,
            code=row.code,
            title=row.title,
            retired_on=row.retired_on,
            parts=tuple(parts.get(row.id, ())),
        )
        for row in rows
    )


def say_parts(unit: Unit, curriculum_id: UUID, parts: Sequence[UUID], on: date) -> None:
    """Let a curriculum hold these and no others from a day on. Raises Loop, NotFound, TrainingRefused."""
    check_parts(unit, curriculum_id, parts)
    _require_last(unit, curriculum_id, on)
    row = CurriculumItemRow
    _let_go_on(unit, curriculum_id, parts, on)
    there = {
        one.requirement_id or one.part_id: one
        for one in unit.scalars(
            sa.select(row).where(row.curriculum_id == curriculum_id, *lasts(on))
        )
    }
    for thing_id, one in there.items():
        if thing_id not in parts:
            one.to_on = on
    for position, thing_id in enumerate(parts):
        known = there.get(thing_id)
        if known is None:
            unit.add(_new_item(unit, curriculum_id, thing_id, position, on))
        elif known.position != position:
            known.position = position
    unit.flush()


def _require_last(unit: Unit, curriculum_id: UUID, on: date) -> None:
    """Raise TrainingRefused where a change of a curriculum is planned for after a day."""
    planned = last_planned(unit, [curriculum_id])
    if planned is not None and planned > on:
        raise TrainingRefused(
            _("Another change of this curriculum is planned for {day}.").format(
                day=day_in_words(planned)
            ),
            _("Choose that day or a later one."),
        )


def _new_item(
    unit: Unit, curriculum_id: UUID, thing_id: UUID, position: int, on: date
) -> CurriculumItemRow:
    is_requirement = unit.get(RequirementRow, thing_id) is not None
    return CurriculumItemRow(
        curriculum_id=curriculum_id,
        requirement_id=thing_id if is_requirement else None,
        part_id=None if is_requirement else thing_id,
        position=position,
        from_on=on,
    )


def last_planned(session: Session, curriculum_ids: Collection[UUID]) -> date | None:
    """Return the last day on which something comes to some curricula or goes from them; None: nothing ever did."""
    row = CurriculumItemRow
    of_them = row.curriculum_id.in_(list(curriculum_ids))
    was_of_it = sa.or_(row.to_on.is_(None), row.to_on > row.from_on)
    comes = session.scalar(
        sa.select(sa.func.max(row.from_on, type_=Day())).where(of_them, was_of_it)
    )
    goes = session.scalar(sa.select(sa.func.max(row.to_on, type_=Day())).where(of_them, was_of_it))
    return max((one for one in (comes, goes) if one is not None), default=None)


def _let_go_on(unit: Unit, curriculum_id: UUID, parts: Sequence[UUID], on: date) -> None:
    """Let parts stay for good that were to go on a day, and are not to go any more."""
    row = CurriculumItemRow
    going = sa.select(row).where(
        row.curriculum_id == curriculum_id, row.to_on == on, row.from_on < on
    )
    for one in unit.scalars(going):
        if (one.requirement_id or one.part_id) in parts:
            one.to_on = None
    unit.flush()


def check_parts(session: Session, curriculum_id: UUID, parts: Sequence[UUID]) -> None:
    """Raise TrainingRefused for parts that are not there, there twice or too many, Loop for a loop."""
    if len(set(parts)) != len(parts):
        raise TrainingRefused(_("A curriculum has each part once."), _("Take the second away."))
    if len(parts) > MOST_PARTS:
        raise TrainingRefused(
            _("A curriculum has at most {most} parts.").format(most=MOST_PARTS),
            _("Make two of it."),
        )
    for one in parts:
        if session.get(RequirementRow, one) is None:
            curriculum_row(session, one)
    edges = _edges(session)
    edges[curriculum_id] = frozenset(parts)
    way = loop_of(edges, curriculum_id)
    if way:
        raise Loop(tuple(curriculum_row(session, one).code for one in way))


def _edges(session: Session) -> dict[UUID, frozenset[UUID]]:
    """Return which curricula hold which, today or on a day to come."""
    row, found = CurriculumItemRow, dict[UUID, set[UUID]]()
    statement = sa.select(row.curriculum_id, row.part_id).where(
        row.part_id.is_not(None), row.to_on.is_(None)
    )
    for whole, part in session.execute(statement):
        if part is not None:
            found.setdefault(whole, set()).add(part)
    return {one: frozenset(others) for one, others in found.items()}


def _parts(session: Session, day: date) -> Iterable[tuple[UUID, Part]]:
    row, part = CurriculumItemRow, aliased(CurriculumRow)
    statement = (
        sa.select(
            row.curriculum_id,
            RequirementRow.id,
            RequirementRow.code,
            RequirementRow.title,
            part.id,
            part.code,
            part.title,
        )
        .outerjoin(RequirementRow, RequirementRow.id == row.requirement_id)
        .outerjoin(part, part.id == row.part_id)
        .where(*lasts(day))
        .order_by(row.position, row.id)
    )
    for owner_id, requirement_id, code, title, part_id, part_code, part_title in session.execute(
        statement
    ):
        is_curriculum = requirement_id is None
        yield (
            owner_id,
            Part(
                thing_id=part_id if is_curriculum else requirement_id,
                code=part_code if is_curriculum else code,
                title=part_title if is_curriculum else title,
                is_curriculum=is_curriculum,
            ),
        )


def _refuse_taken(session: Session, code: str) -> None:
    """A column is named by its code: neither a curriculum nor a requirement may have it twice."""
    for model in (CurriculumRow, RequirementRow):
        if session.scalars(sa.select(model.id).where(model.code == code)).first() is not None:
            raise RequirementCodeTaken(code)
