"""Reviews of documents in force: somebody looked, said what came of it, and signed that; who sees to them."""

from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import person_numbered
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import queries
from app.core.training.controlled.access import managed
from app.core.training.controlled.hashing import content_hash
from app.core.training.controlled.models import (
    DocumentKeeperRow,
    DocumentReviewRow,
    DocumentRevisionRow,
)
from app.core.training.controlled.review_rules import check_next
from app.core.training.controlled.review_types import NewReview
from app.core.training.controlled.states import Known
from app.core.training.controlled.words import Reviewed, review_text
from app.core.training.errors import TrainingRefused

_TICK = timedelta(microseconds=1)


class Reviewing:
    """Records reviews. Who may: holders of ASSIGN where a document applies, also whoever wrote it (ADR 44)."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def text(self, actor: Actor, document_id: UUID, new: NewReview) -> str:
        """Return the words that are signed with a review. Raises as `review`."""
        with self._site.read() as session:
            return self._words(session, actor, document_id, new)[0]

    def review(self, actor: Actor, document_id: UUID, new: NewReview, signed: Undersigned) -> UUID:
        """Keep what came of a review of the revision in force; return its id.

        Where it stays as it is, the day of its next review counts from now on. Raises NotFound, NotAllowed,
        ReasonMissing, TrainingRefused where no revision is in force or for a day that cannot be,
        ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "document.review", reason=new.remark) as unit:
            unit.take_turn("document", document_id)
            words, known, row = self._words(unit, actor, document_id, new)
            made = DocumentReviewRow(
                document_id=document_id,
                revision_id=row.id,
                content_sha256=content_hash(row),
                outcome=new.outcome,
                remark=explained(new.remark),
                due_on=known.review_due(row),
                next_due=new.next_due,
                at=_after(known, self._site.clock.now()),
                by=actor.account_id,
            )
            unit.add(made)
            unit.flush()
            signed.sign(unit, made, Meaning.REVIEWED, words, made.remark)
        return made.id

    def _words(
        self, session: Session, actor: Actor, document_id: UUID, new: NewReview
    ) -> tuple[str, Known, DocumentRevisionRow]:
        """Return what is signed, and the revision in force."""
        document, why = managed(actor, session, document_id), explained(new.remark)
        check_next(new, self._today())
        known = queries.known(session, document_id, self._today())
        row = known.in_force(self._today())
        if row is None:
            raise TrainingRefused(
                _("No revision of {number} is in force.").format(number=document.number),
                _("What is in force is reviewed: look whether one is to be approved."),
            )
        about = Reviewed(
            number=document.number,
            title=document.title,
            revision=known.value(row, self._today()),
            due_on=known.review_due(row),
        )
        return review_text(about, new, why), known, row

    def _today(self) -> date:
        return local_day(self._site.clock)


def name_keeper(
    unit: Unit, actor: Actor, document_id: UUID, number: str, site: Site, now: datetime
) -> None:
    """Say who of a site sees to a document's reviews from now on, by number; "" for nobody.

    Raises NotFound, NotOne.
    """
    row = DocumentKeeperRow
    person_id = person_numbered(unit, number) if number.strip() else None
    before = unit.scalars(
        sa.select(row)
        .where(row.document_id == document_id, row.site_id == site.site_id)
        .order_by(row.at.desc(), row.id.desc())
        .limit(1)
    ).first()
    if person_id == (None if before is None else before.person_id):
        return
    unit.add(
        row(
            document_id=document_id,
            site_id=site.site_id,
            person_id=person_id,
            at=now if before is None else max(now, before.at + _TICK),
            by=actor.account_id,
            by_name=actor.name,
        )
    )


def _after(known: Known, now: datetime) -> datetime:
    """Return when a review was made: after those that are known, whatever the clock says."""
    return max([now, *(one.at + _TICK for one in known.reviews[-1:])])
