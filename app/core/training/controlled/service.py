"""Documents under a number with their revisions: added, submitted, approved, in force, retired.

Who may: holders of ASSIGN for the org unit in which a document applies, for the site where it is
everywhere. Who approves a revision did not write it (`approvals`). Auditors read all of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    ApprovalKind,
    SubjectTitle,
)
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.progress import NoProgress, Progress
from app.core.base.reasons import explained
from app.core.base.words import _, mark
from app.core.content import AssetStore
from app.core.journal import Site, Unit
from app.core.signatures import Undersigned
from app.core.training.controlled import checks, queries
from app.core.training.controlled.access import (
    managed,
    refuse_retired,
    require_later,
    require_look,
)
from app.core.training.controlled.carrying import carry_out_due
from app.core.training.controlled.comparing import RevisionComparing
from app.core.training.controlled.describing import JobDescriptions
from app.core.training.controlled.errors import NumberTaken, RevisionThere
from app.core.training.controlled.impact import Impacts
from app.core.training.controlled.leaving import pointing_words, sign_leaving
from app.core.training.controlled.models import (
    ControlledDocumentRow,
    DocumentRevisionRow,
)
from app.core.training.controlled.planning import ImpactPlans
from app.core.training.controlled.pointing import point
from app.core.training.controlled.reading import Readings
from app.core.training.controlled.retiring import Retiring, end_open
from app.core.training.controlled.reviewing import Reviewing, name_keeper
from app.core.training.controlled.states import KIND
from app.core.training.controlled.status import TrainingStatuses
from app.core.training.controlled.steps import RevisionSteps
from app.core.training.controlled.types import (
    DocumentDetail,
    DocumentSummary,
    NewDocument,
    NewRevision,
    ReadingTerms,
)
from app.core.training.controlled.unread import ask_readers_of_withdrawn
from app.core.training.controlled.withdrawing import end_withdrawn
from app.core.training.controlled.words import called
from app.core.training.requirements.checks import clean_text


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What is to be said of a document from now on; None leaves it as it is."""

    title: str | None = None
    owner: str | None = None
    terms: ReadingTerms | None = None
    requirements: tuple[UUID, ...] | None = None
    """All that want it read from then on."""
    keeper: str | None = None
    """Number of who sees to its reviews at this site; "" for nobody."""


class ControlledDocuments:
    """The register; revisions take their `steps`, ask people (`impacts`), are read (`readings`) and compared.

    Whole documents are retired and brought back by `retiring`, and looked at again by `reviewing`.
    """

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets
        self.steps = RevisionSteps(site, assets)
        self.retiring = Retiring(site)
        self.reviewing = Reviewing(site)
        self.comparing = RevisionComparing(site, assets)
        self.impacts = Impacts(site)
        self.plans = ImpactPlans(site)
        self.readings = Readings(site, assets)
        self.statuses = TrainingStatuses(site)
        self.descriptions = JobDescriptions(site)

    def all(self, actor: Actor, text: str = "") -> tuple[DocumentSummary, ...]:
        """Return every document by number; with `text` only those that have its words."""
        require_look(actor)
        with self._site.read() as session:
            return queries.summaries(session, self._today(), text)

    def detail(self, actor: Actor, document_id: UUID) -> DocumentDetail:
        """Return a document with its revisions and history. Raises NotFound."""
        require_look(actor)
        with self._site.read() as session:
            return queries.detail(session, document_id, self._today())

    def of_revision(self, actor: Actor, revision_id: UUID) -> DocumentDetail:
        """Return the document that a revision is of. Raises NotFound."""
        require_look(actor)
        with self._site.read() as session:
            row = queries.revision_row(session, revision_id)
            return queries.detail(session, row.document_id, self._today())

    def numbered(self, actor: Actor, number: str) -> DocumentDetail:
        """Return the document with a number. Raises NotFound."""
        require_look(actor)
        with self._site.read() as session:
            row = queries.by_number(session, checks.clean_number(number))
            return queries.detail(session, row.id, self._today())

    def add(self, actor: Actor, new: NewDocument) -> UUID:
        """Add a document. Raises NumberTaken, TrainingRefused."""
        actor.require(Capability.ASSIGN, new.org_unit_id)
        number, terms = checks.clean_number(new.number), checks.check_terms(new.terms)
        with self._site.transaction(actor, "document.add") as unit:
            unit.take_turn("documents")
            taken = sa.select(ControlledDocumentRow.id).where(
                ControlledDocumentRow.number == number
            )
            if unit.scalars(taken).first() is not None:
                raise NumberTaken(number)
            row = ControlledDocumentRow(
                number=number,
                title=clean_text(new.title, what=_("The title")),
                owner=checks.clean_owner(new.owner),
                org_unit_id=new.org_unit_id,
                page_seconds=terms.page_seconds,
                least_seconds=terms.least_seconds,
                may_print=terms.may_print,
            )
            unit.add(row)
            unit.flush()
        return row.id

    def change_text(
        self, actor: Actor, document_id: UUID, change: DocumentChange, reason: str
    ) -> str:
        """Return the words that are signed with a change; "" where no requirement wants less of a document read.

        Raises NotFound, NotAllowed, OwnRevision, ReasonMissing.
        """
        with self._site.read() as session:
            managed(actor, session, document_id)
            wanted = change.requirements
            if wanted is None:
                return ""
            return pointing_words(session, actor, document_id, wanted, reason, self._today())

    def change(
        self,
        actor: Actor,
        document_id: UUID,
        change: DocumentChange,
        reason: str = "",
        signed: Undersigned | None = None,
    ) -> None:
        """Say something else of a document; signed where a requirement wants another read, or none (`change_text`).

        Raises NotFound, TrainingRefused, NotSigned, OwnRevision, ReadOtherwise, ReasonMissing, and what
        signing does.
        """
        with self._site.transaction(actor, "document.change", reason=reason) as unit:
            row = managed(actor, unit, document_id)
            self._require_explained(unit, row, change, reason)
            if change.title is not None:
                row.title = clean_text(change.title, what=_("The title"))
            if change.owner is not None:
                row.owner = checks.clean_owner(change.owner)
            if change.terms is not None:
                terms = checks.check_terms(change.terms)
                row.page_seconds, row.least_seconds = terms.page_seconds, terms.least_seconds
                row.may_print = terms.may_print
            if change.requirements is not None:
                now, wanted = self._site.clock.now(), change.requirements
                sign_leaving(unit, actor, row.id, wanted, reason, signed, now)
                point(actor, unit, row.id, wanted)
            if change.keeper is not None:
                now = self._site.clock.now()
                name_keeper(unit, actor, row.id, change.keeper, self._site, now)

    def _require_explained(
        self, unit: Unit, row: ControlledDocumentRow, change: DocumentChange, reason: str
    ) -> None:
        """Raise ReasonMissing for another title, or other terms of reading, than somebody approved."""
        says_else = change.title not in {None, row.title} or change.terms not in {
            None,
            queries.terms_of_document(row),
        }
        known = queries.known(unit, row.id, self._today())
        if says_else and any(
            known.value(one, self._today()).approved_at is not None for one in known.rows
        ):
            explained(reason)

    def add_revision(
        self,
        actor: Actor,
        document_id: UUID,
        new: NewRevision,
        progress: Progress | None = None,
    ) -> UUID:
        """Add a draft with its files. Raises NotFound, FileRefused, RevisionThere, TrainingRefused."""
        label, summary = checks.clean_label(new.label), checks.clean_summary(new.summary)
        checks.check_days(new)
        probed = checks.probe(new.files, self._site.clock.now())
        with self._assets.staging() as staging:
            checks.stage(staging, probed, progress or NoProgress())
            with self._site.transaction(actor, "document.revise", reason=summary) as unit:
                unit.take_turn("document", document_id)
                document = managed(actor, unit, document_id)
                refuse_retired(document, self._today())
                known = queries.known(unit, document_id, self._today())
                if known.has_label(label):
                    raise RevisionThere(document.number, label)
                require_later(known, new.effective_from)
                newest = known.coming(self._today()) or known.in_force(self._today())
                files = checks.add_files(unit, staging, probed, NoProgress())
                row = DocumentRevisionRow(
                    document_id=document_id,
                    label=label,
                    files=[msgspec.to_builtins(one) for one in files],
                    effective_from=new.effective_from,
                    review_due=new.review_due,
                    supersedes="" if newest is None else newest.label,
                    summary=summary,
                    change_class=new.change_class,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                )
                unit.add(row)
                unit.flush()
                staging.settle()
        return row.id

    def begin_day(self, unit: Unit, actor: Actor) -> int:
        """End what is open of retired documents and withdrawn revisions; ask who read nothing else, whom plans say, latecomers.

        Hook of the new day.
        """
        today = self._today()
        ended = sum(
            end_open(
                unit,
                actor,
                row.id,
                row.retired_on or today,
                self._site.clock.now(),
                called(row.number, ""),
            )
            for row in unit.scalars(
                sa.select(ControlledDocumentRow).where(ControlledDocumentRow.retired_on <= today)
            ).all()
        )
        ended += end_withdrawn(unit, actor, self._site.clock.now())
        ended += ask_readers_of_withdrawn(unit, self._site.clock.now())
        asked = carry_out_due(unit, actor, self._site.site_id, self._site.clock.now())
        return ended + asked + self.impacts.ask_latecomers(unit, actor)

    def approval_kind(self) -> ApprovalKind:
        """Return what approvals know of revisions."""
        title = mark("Documents")
        return ApprovalKind(kind=KIND, title=title, screen="document", called=_titles, always=True)

    def _today(self) -> date:
        return local_day(self._site.clock)


def _titles(session: Session, ids: Collection[UUID]) -> Mapping[UUID, SubjectTitle]:
    """Name revisions for the list of approvals."""
    found = session.execute(
        sa.select(DocumentRevisionRow, ControlledDocumentRow)
        .join(ControlledDocumentRow, ControlledDocumentRow.id == DocumentRevisionRow.document_id)
        .where(DocumentRevisionRow.id.in_(list(ids)))
    )
    return {
        row.id: SubjectTitle(
            code=document.number,
            title=document.title,
            detail=_("revision {label}").format(label=row.label),
        )
        for row, document in found
    }
