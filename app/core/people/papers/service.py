"""Papers of people: put to their file, taken out, looked at, handed out."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.documents import paper_fault
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import Site, Unit, shown_for
from app.core.people.erasing import require_not_erased
from app.core.people.homes import Homes
from app.core.people.models import PersonRow
from app.core.people.papers.errors import PaperRefused, refused, too_heavy
from app.core.people.papers.kinds import MOST_BYTES, MOST_TITLE
from app.core.people.papers.models import PersonPaperRow
from app.core.people.papers.reading import paper_rows, papers_of, place_of_row, standing_rows
from app.core.people.papers.types import NewPaper, PersonPaper
from app.core.people.queries import place_of

_TICK = timedelta(microseconds=1)


class PersonPapers:
    """Kept by holders of MANAGE_PEOPLE in their scope; seen as somebody's record is: by VIEW_RECORDS over
    them, and by themselves."""

    def __init__(self, site: Site, homes: Homes) -> None:
        self._site = site
        self._homes = homes

    def of(self, actor: Actor, person_id: UUID) -> tuple[PersonPaper, ...]:
        """Return somebody's papers, those that stand first. Raises NotAllowed."""
        with self._site.read() as session:
            return papers_of(session, _seen(actor, session, person_id))

    def content(self, actor: Actor, paper_id: UUID) -> bytes:
        """Return the file of a paper, as it was given. Raises NotFound, NotAllowed."""
        with self._site.read() as session:
            return bytes(_row(actor, session, paper_id).content)

    def handed_out(self, actor: Actor, paper_id: UUID) -> Document:
        """Return a paper as a file that leaves. Raises NotFound, NotAllowed."""
        with self._site.read() as session:
            row = _row(actor, session, paper_id)
            leaving = Leaving(
                kind=FileKind.PERSON_PAPER, title=row.file_name, records=1, about=row.person_id
            )
            return Document(content=bytes(row.content), leaving=leaving)

    def put(self, actor: Actor, person_id: UUID, new: NewPaper) -> None:
        """Keep a file as somebody's paper, in the place of the one of its kind and title.

        Raises PaperRefused.
        """
        content, title = _read(new), " ".join(new.title.split())[:MOST_TITLE]
        told = self._homes.told_of(person_id)
        with self._site.transaction(actor, "person.put-paper", for_site=told) as unit:
            row = PersonPaperRow(
                person_id=person_id,
                kind=new.kind,
                title=title,
                file_name=new.file.name,
                dated_on=new.dated_on,
                content=content,
            )
            self._write(actor, unit, row)

    def take_out(self, actor: Actor, paper_id: UUID, reason: str = "") -> None:
        """Let a paper stand no more; it stays sealed in the history until its person is erased.

        Raises NotFound; does nothing where another has taken its place.
        """
        with self._site.read() as session:
            person_id = _found(session, paper_id).person_id
        told = self._homes.told_of(person_id)
        with self._site.transaction(
            actor, "person.remove-paper", reason=reason, for_site=told
        ) as unit:
            row = _found(unit, paper_id)
            if row in standing_rows(paper_rows(unit, person_id)):
                gone = PersonPaperRow(
                    person_id=person_id,
                    kind=row.kind,
                    title=row.title,
                    file_name="",
                    dated_on=None,
                    content=b"",
                )
                self._write(actor, unit, gone)

    def _write(self, actor: Actor, unit: Unit, row: PersonPaperRow) -> None:
        """Add a paper, later than all that are known, unless it is the very one that stands."""
        actor.require(Capability.MANAGE_PEOPLE, place_of(unit, row.person_id))
        require_not_erased(unit, row.person_id)
        before, now = paper_rows(unit, row.person_id), self._site.clock.now()
        standing = {place_of_row(one): one for one in standing_rows(before)}
        same = standing.get(place_of_row(row))
        if same is not None and (same.content, same.dated_on) == (row.content, row.dated_on):
            return
        row.at = max(now, before[-1].at + _TICK) if before else now
        row.by = actor.account_id
        unit.add(row)


def _seen(actor: Actor, session: Session, person_id: UUID) -> UUID:
    """Return who somebody is, where the actor may see their record. Raises NotAllowed."""
    person_id = shown_for(session, PersonRow, person_id)
    if person_id != actor.person_id:
        actor.require(Capability.VIEW_RECORDS, place_of(session, person_id))
    return person_id


def _row(actor: Actor, session: Session, paper_id: UUID) -> PersonPaperRow:
    row = _found(session, paper_id)
    _seen(actor, session, row.person_id)
    return row


def _found(session: Session, paper_id: UUID) -> PersonPaperRow:
    row = session.get(PersonPaperRow, paper_id)
    if row is None or not row.content:
        raise NotFound(_("The paper"))
    return row


def _read(new: NewPaper) -> bytes:
    """Return a file's bytes once it is known to be a paper. Raises PaperRefused."""
    name = new.file.name
    try:
        with new.file.open("rb") as file:
            untrusted = file.read(MOST_BYTES + 1)
    except OSError as refusal:
        raise PaperRefused(
            _("{name} could not be read.").format(name=name), why_refused(refusal)
        ) from refusal
    if len(untrusted) > MOST_BYTES:
        raise too_heavy(name)
    fault = paper_fault(untrusted)
    if fault is not None:
        raise refused(name, fault)
    return untrusted
