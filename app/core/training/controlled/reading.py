"""Reading a document and acknowledging it: the revision is pinned on opening, all of it is seen first.

What is asked before somebody may sign is checked here, whatever a screen lets them press (21 CFR
11.10(f)). Who was reading when another revision became effective signs the one that they read; it
meets nothing that was asked because of the newer one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _, plural
from app.core.content import AssetStore
from app.core.documents import page_of_picture
from app.core.journal import Site, Unit
from app.core.people import ProvedPresent, reads_along
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import mine, queries
from app.core.training.controlled.checks import is_picture
from app.core.training.controlled.errors import NotReadable, NotReadYet, SignatureAsked
from app.core.training.controlled.hashing import content_hash, files_of
from app.core.training.controlled.kinds import RevisionState
from app.core.training.controlled.mine import Pointed
from app.core.training.controlled.models import (
    AcknowledgementRow,
    DocumentOpeningRow,
    DocumentReadingRow,
)
from app.core.training.controlled.states import Known
from app.core.training.controlled.types import MyDocument, Reading, Revision, RevisionFile
from app.core.training.controlled.witnessing import keep_witness, require_witness
from app.core.training.controlled.words import acknowledgement_text, called, statement_of
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.crediting import Met, give_credit
from app.core.training.errors import TrainingRefused
from app.core.training.hindrances import require_first
from app.core.training.kinds import Basis
from app.core.training.requirements.queries import terms_of

_MOST_AT_ONCE = 600
"""Seconds of one page that are told at once."""
_READERS = (Capability.ASSIGN, Capability.VIEW_RECORDS, Capability.APPROVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """What somebody has open: which revision, in which language, for which requirement."""

    requirement_id: UUID
    revision_id: UUID
    language: str


class Readings:
    """What is somebody's to read. Everybody reads for themselves alone."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets
        self.on_credited: list[CreditHook] = []

    def mine(self, actor: Actor) -> tuple[MyDocument, ...]:
        """Return the documents that the actor has to read, or has read, what is due first."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            return ()
        with self._site.read() as session:
            return mine.my_documents(session, actor.person_id, self._today())

    def open(
        self,
        actor: Actor,
        requirement_id: UUID,
        language: str = "",
        revision_id: UUID | None = None,
    ) -> Reading:
        """Open what a requirement wants read, and pin its revision; without `language` the actor's.

        `revision_id` asks for one revision: NotReadable says which took its place. Raises NotFound
        for a requirement that is not the actor's, NotReadable, ComesFirst.
        """
        actor.require_anywhere(Capability.LEARN)
        person_id = actor.require_person()
        with self._site.transaction(actor, "document.open") as unit:
            pointed = mine.pointed(unit, person_id, requirement_id, self._today())
            revision = self._readable(pointed, revision_id)
            file = revision.file_in(language or actor.language)
            row = self._row(unit, person_id, revision.id, file.language)
            if row is None:
                row = DocumentReadingRow(
                    person_id=person_id,
                    revision_id=revision.id,
                    language=file.language,
                    opened_at=self._site.clock.now(),
                    pages={},
                )
                unit.add(row)
            self._note_opening(unit, pointed, revision)
            return self._reading(unit, pointed, revision, file, row)

    def trace(self, actor: Actor, pinned: Pinned, pages: dict[int, int]) -> None:
        """Add seconds on screen by page. What is no page of the file does not count."""
        person_id = actor.require_person()
        with self._site.transaction(actor, "document.read") as unit:
            row = self._opened(unit, person_id, pinned)
            file = _file_of(unit, pinned)
            seen = dict(row.pages)
            for page, seconds in pages.items():
                if 1 <= page <= file.pages and seconds > 0:
                    seen[str(page)] = seen.get(str(page), 0) + min(seconds, _MOST_AT_ONCE)
            row.pages = seen

    def acknowledge(
        self,
        actor: Actor,
        pinned: Pinned,
        signed: Undersigned | None = None,
        *,
        witness: ProvedPresent | None = None,
    ) -> UUID:
        """Say that the actor has read and understood it, signed over `text`; return the acknowledgement's id.

        Raises NotReadYet before all of it was seen, SignatureAsked, NotReadable for what was withdrawn,
        TrainingRefused where nothing is asked, NotFound, ReadOtherwise, and what signing does. `witness` read
        it to who needs that: without, WitnessAsked.
        """
        person_id = actor.require_person()
        with self._site.transaction(actor, "document.acknowledge") as unit:
            unit.take_turn("assignments of", pinned.requirement_id)
            pointed = mine.pointed(unit, person_id, pinned.requirement_id, self._today())
            row = self._opened(unit, person_id, pinned)
            known = pointed.known
            revision_row = known.row(pinned.revision_id)
            if revision_row is None:
                raise NotFound(_("The revision"))
            revision = known.value(revision_row, self._today())
            _require_approved(known, revision)
            if not pointed.is_asked:
                raise TrainingRefused(
                    _("You have acknowledged this already."),
                    _("There is nothing to do until it is asked for again."),
                )
            file = revision.file_in(pinned.language)
            reading = self._reading(unit, pointed, revision, file, row)
            _require_read(reading)
            if reading.needs_signature and signed is None:
                raise SignatureAsked
            heard = require_witness(actor, witness, is_needed=reading.needs_witness)
            fact = self._fact(
                person_id, reading, row, content_hash(revision_row), signed is not None
            )
            unit.add(fact)
            unit.flush()
            if signed is not None:
                text = acknowledgement_text(reading.statement, file.language, file.sha256)
                signed.sign(unit, fact, Meaning.ACKNOWLEDGED, text)
            keep_witness(unit, fact, heard, fact.at)
            self._meet(unit, actor, fact, self._counts_at(pointed, revision, row.opened_at))
            unit.delete(row)
            return fact.id

    def _meet(self, unit: Unit, actor: Actor, fact: AcknowledgementRow, at: datetime) -> None:
        """Let an acknowledgement count for its requirement from an instant on."""
        met = Met(
            person_id=fact.person_id,
            requirement_id=fact.requirement_id,
            at=at,
            basis=Basis.ACKNOWLEDGED,
            proof_id=fact.id,
        )
        tell_credited(self.on_credited, unit, give_credit(unit, actor, met, self._site.clock.now()))

    def text(self, actor: Actor, pinned: Pinned) -> str:
        """Return the words that are signed with an acknowledgement."""
        actor.require_anywhere(Capability.LEARN)
        with self._site.read() as session:
            row = queries.revision_row(session, pinned.revision_id)
            document = queries.document_row(session, row.document_id)
            file = _file_of(session, pinned)
        statement = statement_of(document.number, document.title, row.label)
        return acknowledgement_text(statement, file.language, file.sha256)

    def content(self, actor: Actor, file: RevisionFile, revision_id: UUID) -> bytes:
        """Return a file of a revision as pages (PDF), checked against its hash; a picture is one page.

        Whoever assigns, approves or looks at records reads every revision; others what they have open, until it
        is withdrawn or retired.
        Raises NotReadable, AssetMissing.
        """
        if not any(actor.may(one) for one in _READERS):
            with self._site.read() as session:
                row = self._row(session, actor.require_person(), revision_id, file.language)
                if row is None:
                    raise NotReadable(
                        _("This revision is not open to you."), _("Open it from what is due.")
                    )
                self._require_not_retired(session, revision_id)
        content = self._assets.read(file.sha256)
        return page_of_picture(content) if is_picture(file.name) else content

    def _require_not_retired(self, session: Session, revision_id: UUID) -> None:
        """Raise NotReadable for a revision that was withdrawn, or of a retired document."""
        row, today = queries.revision_row(session, revision_id), self._today()
        known = queries.known(session, row.document_id, today)
        revision = known.value(row, today)
        if revision.state is RevisionState.RETIRED:
            _refuse(known, revision)

    def _note_opening(self, unit: Unit, pointed: Pointed, revision: Revision) -> None:
        """Let it be known on every PC that somebody reads, once for each time that they are asked to."""
        asked = pointed.assignment
        person, requirement = asked.person_id, asked.requirement_id
        if pointed.is_asked and not unit.scalar(sa.select(mine.being_read(pointed))):
            require_first(unit, person, requirement, self._today())
            unit.add(
                DocumentOpeningRow(
                    person_id=person,
                    requirement_id=requirement,
                    revision_id=revision.id,
                    at=self._site.clock.now(),
                )
            )

    def _readable(self, pointed: Pointed, asked: UUID | None) -> Revision:
        """Return the revision to read. Raises NotReadable."""
        known, today = pointed.known, self._today()
        target = pointed.target(today)
        number = known.document.number
        if asked is not None and (target is None or asked != target.id):
            row = known.row(asked)
            if row is not None:
                _refuse(known, known.value(row, today))
        if target is None:
            retired_on = known.document.retired_on
            if retired_on is not None and retired_on <= today:
                raise NotReadable(
                    _("{number} is retired.").format(number=number),
                    _("Ask your trainer what took its place."),
                )
            raise NotReadable(
                _("No revision of {number} is in force yet.").format(number=number),
                _("Come back when it is, or ask your trainer."),
            )
        return known.value(target, today)

    def _reading(
        self,
        session: Session,
        pointed: Pointed,
        revision: Revision,
        file: RevisionFile,
        row: DocumentReadingRow,
    ) -> Reading:
        document = pointed.known.document
        terms = terms_of(session, pointed.requirement_id, self._today())
        return Reading(
            requirement_id=pointed.requirement_id,
            revision=revision,
            number=document.number,
            title=document.title,
            file=file,
            terms=queries.terms_of_document(document),
            needs_signature=terms.signed,
            needs_witness=reads_along(session, pointed.assignment.person_id),
            statement=statement_of(document.number, document.title, revision.label),
            is_done=not pointed.is_asked,
            pages_seen={int(page): seconds for page, seconds in row.pages.items()},
        )

    def _fact(
        self,
        person_id: UUID,
        reading: Reading,
        row: DocumentReadingRow,
        content_sha256: str,
        is_signed: bool,
    ) -> AcknowledgementRow:
        return AcknowledgementRow(
            person_id=person_id,
            requirement_id=reading.requirement_id,
            revision_id=reading.revision.id,
            called=called(reading.number, reading.revision.label),
            file_sha256=reading.file.sha256,
            content_sha256=content_sha256,
            language=reading.file.language,
            statement=reading.statement,
            pages=reading.file.pages,
            seconds=sum(reading.pages_seen.values()),
            opened_at=row.opened_at,
            at=self._site.clock.now(),
            is_signed=is_signed,
        )

    def _counts_at(self, pointed: Pointed, read: Revision, opened_at: datetime) -> datetime:
        """Return when it was met: what is not the revision asked for now was met when it was opened."""
        target = pointed.target(self._today())
        is_asked_for = target is not None and target.id == read.id
        return self._site.clock.now() if is_asked_for else opened_at

    def _opened(self, unit: Unit, person_id: UUID, pinned: Pinned) -> DocumentReadingRow:
        row = self._row(unit, person_id, pinned.revision_id, pinned.language)
        if row is None:
            raise NotReadYet(_("You have not opened this document yet."))
        return row

    def _row(
        self, session: Session, person_id: UUID, revision_id: UUID, language: str
    ) -> DocumentReadingRow | None:
        return session.get(DocumentReadingRow, (person_id, revision_id, language))

    def _today(self) -> date:
        return local_day(self._site.clock)


def _file_of(session: Session, pinned: Pinned) -> RevisionFile:
    row = queries.revision_row(session, pinned.revision_id)
    found = (one for one in files_of(row) if one.language == pinned.language)
    file = next(found, None)
    if file is None:
        raise NotFound(_("The document in this language"))
    return file


def _refuse(known: Known, revision: Revision) -> None:
    """Raise NotReadable for a revision that is not the one to read, saying why."""
    number = known.document.number
    if revision.state is RevisionState.SUPERSEDED:
        raise NotReadable(
            _("Revision {label} of {number} is superseded by revision {newer}.").format(
                label=revision.label, number=number, newer=revision.superseded_by
            ),
            _("Read revision {newer}.").format(newer=revision.superseded_by),
        )
    if revision.state is RevisionState.RETIRED:
        raise NotReadable(
            _("Revision {label} of {number} is retired.").format(
                label=revision.label, number=number
            ),
            _("Ask your trainer what took its place."),
        )
    raise NotReadable(
        _("Revision {label} of {number} is not the one that you are asked to read.").format(
            label=revision.label, number=number
        ),
        _("Open the document from what is due."),
    )


def _require_approved(known: Known, revision: Revision) -> None:
    if revision.approved_at is None or revision.state is RevisionState.RETIRED:
        _refuse(known, revision)


def _require_read(reading: Reading) -> None:
    """Raise NotReadYet while something of it was not seen, or not for long enough."""
    missing, left = reading.missing_pages(), reading.seconds_left()
    if missing:
        raise NotReadYet(
            plural(
                "{count} page was not read yet.", "{count} pages were not read yet.", len(missing)
            )
        )
    if left:
        raise NotReadYet(
            plural(
                "It asks for {count} more second of reading.",
                "It asks for {count} more seconds of reading.",
                left,
            )
        )
