"""What happens to a revision between its draft and its end: each act is a step of approvals (ADR 31)."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from app.core.approvals import Approval, approve, reject, retire, submit
from app.core.approvals import withdraw as take_back
from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.content import AssetMissing, AssetStore, probe_pdf
from app.core.journal import Site, Unit
from app.core.signatures import NotSigned, Undersigned
from app.core.training.controlled import queries
from app.core.training.controlled.access import (
    managed,
    refuse_retired,
    require_later,
    require_look,
)
from app.core.training.controlled.carrying import carry_out
from app.core.training.controlled.ending import withdrawal
from app.core.training.controlled.errors import PlacesOpen, TwoRevisions
from app.core.training.controlled.hashing import content_hash, files_of, impact_of
from app.core.training.controlled.models import DocumentRevisionRow
from app.core.training.controlled.states import subject_of
from app.core.training.controlled.types import RevisionFile
from app.core.training.controlled.unread import ask_readers_of_withdrawn
from app.core.training.controlled.withdrawing import end_withdrawn
from app.core.training.controlled.words import approval_text


class RevisionSteps:
    """Submits, approves with a signature, rejects, takes back and withdraws revisions."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets

    def places_left(self, actor: Actor, revision_id: UUID) -> tuple[str, ...]:
        """Return what only the plant can fill in and still stands in brackets. Raises NotFound."""
        require_look(actor)
        with self._site.read() as session:
            files = files_of(queries.revision_row(session, revision_id))
        found: dict[str, None] = {}
        for file in files:
            if file.name.casefold().endswith(".pdf"):
                found |= dict.fromkeys(self._places_in(file))
        return tuple(found)

    def submit(
        self,
        actor: Actor,
        revision_id: UUID,
        note: str = "",
        confirmed: Collection[str] = (),
    ) -> None:
        """Give a draft to whoever approves; places left open must be confirmed, and the journal tells them.

        Raises NotFound, NotThatState, PlacesOpen.
        """
        places = self.places_left(actor, revision_id)
        if set(places) - set(confirmed):
            raise PlacesOpen(places)
        with self._site.transaction(actor, "document.submit", reason=_reason(note, places)) as unit:
            row = self._revision(actor, unit, revision_id)
            plan = impact_of(row)
            wrote = (row.by, None if plan is None else plan.by)
            submit(
                unit,
                actor,
                subject_of(row.id),
                sha256=content_hash(row),
                authors=[one for one in wrote if one is not None],
                now=self._now(),
                note=note,
                site_id=self._site.site_id,
            )

    def take_back(self, actor: Actor, revision_id: UUID, reason: str) -> None:
        """Take back what was submitted and is not decided. Raises NotFound, NotThatState."""
        with self._site.transaction(actor, "document.take-back", reason=reason) as unit:
            row = self._revision(actor, unit, revision_id)
            now = self._now()
            take_back(unit, actor, subject_of(row.id), reason=reason, now=now)

    def reject(self, actor: Actor, revision_id: UUID, reason: str) -> None:
        """Send what was submitted back to its author. Raises NotFound, NotThatState."""
        with self._site.transaction(actor, "document.reject", reason=reason) as unit:
            row = queries.revision_row(unit, revision_id)
            now = self._now()
            reject(unit, actor, subject_of(row.id), reason=reason, now=now)

    def approve(
        self, actor: Actor, revision_id: UUID, signed: Undersigned, remark: str = ""
    ) -> None:
        """Approve what was submitted, with a signature; from then on it stays as it is.

        It is in force from its day on, from today where that is past. Who reads it again is asked as its
        draft says: now, or on that day. Raises NotFound, NotAllowed,
        NotThatState, OwnWork, ChangedSince, TwoRevisions, TrainingRefused, ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "document.approve", reason=remark) as unit:
            row = queries.revision_row(unit, revision_id)
            unit.take_turn("document", row.document_id)
            document = queries.document_row(unit, row.document_id)
            refuse_retired(document, self._today())
            known = queries.known(unit, row.document_id, self._today())
            if known.is_double(row):
                raise TwoRevisions(document.number, row.label)
            effective_on = max(row.effective_from, self._today())
            require_later(known, effective_on)
            approval = Approval(
                sha256=content_hash(row),
                effective_on=effective_on,
                signed=signed,
                remark=remark,
            )
            value = known.value(row, self._today())
            words = approval_text(document.number, document.title, value)
            approve(unit, actor, subject_of(row.id), approval, words, self._now())
            carry_out(unit, actor, row.id, self._site.site_id, self._now())

    def approval_text(self, actor: Actor, revision_id: UUID) -> str:
        """Return the words that are signed with an approval. Raises NotFound."""
        require_look(actor)
        with self._site.read() as session:
            row = queries.revision_row(session, revision_id)
            document = queries.document_row(session, row.document_id)
            known = queries.known(session, row.document_id, self._today())
            return approval_text(document.number, document.title, known.value(row, self._today()))

    def withdrawal_text(self, actor: Actor, revision_id: UUID, reason: str) -> str:
        """Return the words that are signed with a withdrawal; "" for what nobody approved.

        Raises NotFound, NotAllowed, ReasonMissing, OwnRevision.
        """
        with self._site.read() as session:
            return withdrawal(session, actor, revision_id, reason, self._today())

    def withdraw(
        self, actor: Actor, revision_id: UUID, reason: str, signed: Undersigned | None = None
    ) -> None:
        """End a revision before it is due: what was in force before it is so again, or goes on.

        What is approved somebody else ends, and signs. Who was asked to read it is asked no more, and stands with
        the one before as they stood. Who read nothing else is asked to read what is in force. Raises NotFound,
        NotThatState, OwnRevision, NotSigned, ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "document.withdraw", reason=reason) as unit:
            unit.take_turn("document", queries.revision_row(unit, revision_id).document_id)
            words, now = withdrawal(unit, actor, revision_id, reason, self._today()), self._now()
            if words and signed is None:
                raise NotSigned
            subject, by = subject_of(revision_id), signed if words else None
            retire(unit, actor, subject, reason=reason, now=now, signed=by, words=words)
            end_withdrawn(unit, actor, now)
            ask_readers_of_withdrawn(unit, now)

    def _revision(self, actor: Actor, unit: Unit, revision_id: UUID) -> DocumentRevisionRow:
        row = queries.revision_row(unit, revision_id)
        managed(actor, unit, row.document_id)
        return row

    def _places_in(self, file: RevisionFile) -> tuple[str, ...]:
        try:
            return probe_pdf(self._assets.path(file.sha256)).places
        except AssetMissing:
            return ()  # it has not come to this PC; whoever has it is asked

    def _now(self) -> datetime:
        return self._site.clock.now()

    def _today(self) -> date:
        return local_day(self._site.clock)


def _reason(note: str, places: Collection[str]) -> str:
    """Return what the journal keeps as the reason: the note, and what was confirmed to be open."""
    if not places:
        return note
    told = _("Confirmed: still to be filled in: {places}.").format(places=", ".join(places))
    return f"{note} {told}".strip()
