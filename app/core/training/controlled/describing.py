"""Which document describes a job role: its revision in force is the job description of who has the role.

Whether people have to read and acknowledge it is asked as of every document: by a requirement that
points at it, which the matrix asks of the job role.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.batches import batches
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site
from app.core.training.controlled import queries
from app.core.training.controlled.access import refuse_retired
from app.core.training.controlled.models import AcknowledgementRow, JobDescriptionRow
from app.core.training.controlled.states import known_of
from app.core.training.controlled.types import Revision
from app.core.training.neighbours import neighbours

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDescription:
    """The document that describes a job role, as it stands on a day."""

    job_role_id: UUID
    document_id: UUID
    number: str
    title: str
    retired_on: date | None
    revision: Revision | None
    """The one in force; None where there is none, or the document is retired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """When somebody said that they had read and understood a revision, and in which language."""

    at: datetime
    language: str


class JobDescriptions:
    """Said by holders of ASSIGN for the whole site; told to whoever sees people."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def all(self, actor: Actor) -> dict[UUID, JobDescription]:
        """Return the description of every job role that has one, by the role."""
        actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            return descriptions_of(session, None, local_day(self._site.clock))

    def describe(
        self, actor: Actor, job_role_id: UUID, document_id: UUID | None, reason: str = ""
    ) -> None:
        """Let a document describe a job role from now on; None: no document does.

        Raises NotFound, TrainingRefused for a document that is retired.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "job-role.describe", reason=reason) as unit:
            unit.take_turn("job descriptions")
            if unit.get(neighbours().job_role, job_role_id) is None:
                raise NotFound(_("The job role"))
            if document_id is not None:
                document = queries.document_row(unit, document_id)
                refuse_retired(document, local_day(self._site.clock))
            before, now = _last(unit, [job_role_id]).get(job_role_id), self._site.clock.now()
            if (None if before is None else before.document_id) == document_id:
                return
            unit.add(
                JobDescriptionRow(
                    job_role_id=job_role_id,
                    document_id=document_id,
                    reason=" ".join(reason.split()),
                    at=now if before is None else max(now, before.at + _TICK),
                    by=actor.account_id,
                )
            )


def descriptions_of(
    session: Session, job_roles: Collection[UUID] | None, day: date
) -> dict[UUID, JobDescription]:
    """Return what describes some job roles, or all that have a description, as it stands on a day."""
    last = _last(session, job_roles)
    named = {role: row.document_id for role, row in last.items() if row.document_id is not None}
    known = known_of(session, day, set(named.values()))
    found = {}
    for role, document_id in named.items():
        one = known[document_id]
        row = one.in_force(day)
        found[role] = JobDescription(
            job_role_id=role,
            document_id=document_id,
            number=one.document.number,
            title=one.document.title,
            retired_on=one.document.retired_on,
            revision=None if row is None else one.value(row, day),
        )
    return found


def acknowledged_by(session: Session, person_id: UUID, revision_id: UUID) -> Acknowledged | None:
    """Return when somebody last acknowledged a revision; None where they never did."""
    row = AcknowledgementRow
    mine = sa.select(row.at, row.language).where(
        row.person_id == person_id, row.revision_id == revision_id
    )
    found = session.execute(mine.order_by(row.at.desc(), row.id.desc()).limit(1)).first()
    return None if found is None else Acknowledged(at=found.at, language=found.language)


def _last(session: Session, job_roles: Collection[UUID] | None) -> dict[UUID, JobDescriptionRow]:
    said = sa.select(JobDescriptionRow).order_by(JobDescriptionRow.at, JobDescriptionRow.id)
    some = [None] if job_roles is None else batches(set(job_roles))
    rows = (
        row
        for one in some
        for row in session.scalars(
            said if one is None else said.where(JobDescriptionRow.job_role_id.in_(one))
        )
    )
    return {row.job_role_id: row for row in rows}
