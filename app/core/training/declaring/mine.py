"""What somebody has to declare: their requirements of that type with a wording, and what they hold of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.people import reads_along
from app.core.storage.columns import Day, Instant
from app.core.training.asked import AskedOf
from app.core.training.declaring.types import MyDeclaration
from app.core.training.given import origins_of
from app.core.training.held import held_until_of, newest_evidence
from app.core.training.hindrances import missing_by_requirement
from app.core.training.in_force import in_force, is_waived
from app.core.training.kinds import RequirementType
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.requirements.queries import terms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked(AskedOf):
    requirement: RequirementRow

    def is_said_in(self, language: str) -> bool:
        """Tell whether there are words of a language for it."""
        return language in (self.requirement.wordings or {})

    def statement(self, language: str) -> str:
        """Return the words in a language, else the site's own."""
        requirement = self.requirement
        return (requirement.wordings or {}).get(language, requirement.wording)


def declarations_of(
    session: Session, person_id: UUID, language: str, today: date
) -> tuple[MyDeclaration, ...]:
    """Return what somebody has to declare or has declared: what is asked first, by due date."""
    found = _told(session, person_id, language, today, _asked(session, person_id, today))
    return tuple(sorted(found, key=lambda one: (one.is_done, one.due_on or date.max, one.code)))


def declaration_of(
    session: Session, person_id: UUID, requirement_id: UUID, language: str, today: date
) -> MyDeclaration:
    """Return one of them. Raises NotFound where it is not theirs, or has no wording."""
    asked = _asked(session, person_id, today, requirement_id)
    for one in _told(session, person_id, language, today, asked):
        return one
    raise NotFound(_("The declaration"))


def _asked(
    session: Session, person_id: UUID, today: date, requirement_id: UUID | None = None
) -> list[_Asked]:
    conditions = [] if requirement_id is None else [AssignmentRow.requirement_id == requirement_id]
    # Any: rows of an assignment and its requirement, and what is held
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            AssignmentRow,
            RequirementRow,
            sa.type_coerce(newest_evidence(held_until_of), Day),
            sa.type_coerce(newest_evidence(lambda met: met.at), Instant),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            AssignmentRow.person_id == person_id,
            RequirementRow.type == RequirementType.DECLARATION,
            RequirementRow.wording != "",
            *in_force(),
            ~is_waived(today),
            *conditions,
        )
    )
    return [
        _Asked(assignment=row, requirement=requirement, held_until=held, met_at=at, today=today)
        for row, requirement, held, at in session.execute(statement)
    ]


def _told(
    session: Session, person_id: UUID, language: str, today: date, found: Iterable[_Asked]
) -> list[MyDeclaration]:
    """Return them as the person reads them."""
    every = list(found)
    origins = origins_of(session, [one.assignment for one in every])
    open_now = [one.requirement.id for one in every if one.is_asked]
    first = missing_by_requirement(session, person_id, open_now, today) if open_now else {}
    needs_witness = bool(every) and reads_along(session, person_id)
    return [
        MyDeclaration(
            requirement_id=one.requirement.id,
            code=one.requirement.code,
            title=(one.requirement.titles or {}).get(language, one.requirement.title),
            statement=one.statement(language),
            language=language if one.is_said_in(language) else "",
            needs_signature=terms_of(session, one.requirement.id, today).signed,
            needs_witness=needs_witness,
            origin=origins[one.assignment.id],
            due_on=one.assignment.due_on,
            late_after=one.assignment.late_after,
            is_done=not one.is_asked,
            done_at=one.met_at,
            valid_until=one.valid_until,
            comes_first=first.get(one.requirement.id, ()),
        )
        for one in every
    ]
