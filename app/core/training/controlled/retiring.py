"""Documents that are in force no more, and again: signed by somebody who did not write what is in force."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import Step, keep_decision
from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.signatures import Undersigned
from app.core.training.assignments.ending import cancel
from app.core.training.controlled import queries
from app.core.training.controlled.access import managed
from app.core.training.controlled.ending import has_to_read, require_another, stands
from app.core.training.controlled.leaving import retirement_words, return_words
from app.core.training.controlled.models import ControlledDocumentRow
from app.core.training.controlled.states import document_subject
from app.core.training.controlled.words import retirement_text, return_text
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.in_force import is_open
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.requirements.queries import by_id


class Retiring:
    """Retires documents and brings them back. Who may: holders of ASSIGN where a document applies."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_brought_back: list[Callable[[Unit, Actor, UUID], object]] = []
        """Called with each requirement that comes back with a document, in the unit that says so."""

    def retirement_text(self, actor: Actor, document_id: UUID, on: date, reason: str) -> str:
        """Return the words that are signed with a retirement. Raises as `retire`."""
        with self._site.read() as session:
            return self._retirement(session, actor, document_id, on, reason)

    def retire(
        self, actor: Actor, document_id: UUID, on: date, reason: str, signed: Undersigned
    ) -> None:
        """Let a document be in force no more from a day on: nobody reads it or is assigned it then.

        What wants nothing else read is assigned no more, and what is open of it ends. What people
        acknowledged stays. Raises NotFound, ReasonNeeded, TrainingRefused for a day in the past,
        OwnRevision, ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "document.retire", reason=reason) as unit:
            unit.take_turn("document", document_id)
            words = self._retirement(unit, actor, document_id, on, reason)
            row = queries.document_row(unit, document_id)
            row.retired_on = on
            for requirement in _wanting(unit, document_id):
                if requirement.retired_on is None or requirement.retired_on > on:
                    requirement.retired_on = on
            self._keep(unit, actor, document_id, Step.RETIRED, signed, words, reason)
            if on <= self._today():
                end_open(unit, actor, document_id, on, self._site.clock.now(), reason)

    def return_text(self, actor: Actor, document_id: UUID, reason: str) -> str:
        """Return the words that are signed when a document is brought back. Raises as `bring_back`."""
        with self._site.read() as session:
            return self._return(session, actor, document_id, reason)

    def bring_back(self, actor: Actor, document_id: UUID, reason: str, signed: Undersigned) -> None:
        """Let a retired document be in force again, and be assigned.

        So is what wants it read and was retired with it: whoever had that until then has it again. Raises NotFound, ReasonNeeded, TrainingRefused where it is not retired,
        OwnRevision, ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "document.bring-back", reason=reason) as unit:
            unit.take_turn("document", document_id)
            words = self._return(unit, actor, document_id, reason)
            row = queries.document_row(unit, document_id)
            back = _retired_with(unit, row)
            for requirement in back:
                requirement.retired_on = None
            row.retired_on = None
            unit.flush()
            for requirement in back:
                for act in self.on_brought_back:
                    act(unit, actor, requirement.id)
            self._keep(unit, actor, document_id, Step.WITHDRAWN, signed, words, reason)

    def words_of_requirement(
        self, session: Session, actor: Actor, requirement_id: UUID, on: date | None, reason: str
    ) -> str:
        """Return what is signed when a requirement is retired from a day on, or brought back (no day).

        "" for one that wants no document read (hook of requirements). Raises NotAllowed, OwnRevision,
        ReasonMissing.
        """
        today = self._today()
        if on is None:
            return return_words(session, actor, requirement_id, reason, today)
        return retirement_words(session, actor, requirement_id, on, reason, today)

    def _retirement(
        self, session: Session, actor: Actor, document_id: UUID, on: date, reason: str
    ) -> str:
        row, label, why = self._by_another(session, actor, document_id, reason)
        if on < self._today():
            raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
        ids = [one.id for one in queries.requirements_of(session, document_id)]
        asked = has_to_read(session, ids)
        return retirement_text(row.number, row.title, label, on=on, asked=asked, reason=why)

    def _return(self, session: Session, actor: Actor, document_id: UUID, reason: str) -> str:
        row, label, why = self._by_another(session, actor, document_id, reason)
        if row.retired_on is None:
            raise TrainingRefused(
                _("{number} is not retired.").format(number=row.number),
                _("Look at it again: somebody may have brought it back."),
            )
        codes = [one.code for one in _retired_with(session, row)]
        return return_text(row.number, row.title, label, codes, why)

    def _by_another(
        self, session: Session, actor: Actor, document_id: UUID, reason: str
    ) -> tuple[ControlledDocumentRow, str, str]:
        """Return the document, the label of what stands, and the reason in one line."""
        row, why = managed(actor, session, document_id), " ".join(reason.split())
        if not why:
            raise ReasonNeeded
        known = queries.known(session, document_id, self._today())
        revision = stands(known, self._today())
        require_another(session, actor, known, revision)
        return row, "" if revision is None else revision.label, why

    def _keep(
        self,
        unit: Unit,
        actor: Actor,
        document_id: UUID,
        step: Step,
        signed: Undersigned,
        words: str,
        reason: str,
    ) -> None:
        subject, now = document_subject(document_id), self._site.clock.now()
        keep_decision(unit, actor, subject, step, signed, words=words, reason=reason, now=now)

    def _today(self) -> date:
        return local_day(self._site.clock)


def end_open(
    unit: Unit, actor: Actor, document_id: UUID, on: date, now: datetime, reason: str
) -> int:
    """End what is open of a document that is retired from a day on; return how many cycles that are."""
    ids = [one.id for one in queries.requirements_of(unit, document_id)]
    rows = unit.scalars(
        sa.select(AssignmentRow).where(AssignmentRow.requirement_id.in_(ids), *is_open())
    ).all()
    for row in rows:
        cancel(unit, actor, row, now, reason, retired_on=on)
    unit.flush()
    return len(rows)


def _wanting(session: Session, document_id: UUID) -> list[RequirementRow]:
    return [by_id(session, one.id) for one in queries.requirements_of(session, document_id)]


def _retired_with(session: Session, row: ControlledDocumentRow) -> list[RequirementRow]:
    """Return what wants a document read and was retired on its day."""
    return [one for one in _wanting(session, row.id) if one.retired_on == row.retired_on]
