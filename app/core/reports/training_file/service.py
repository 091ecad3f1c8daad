"""Making a person's training file: the cover, what is enclosed, then the record with its signatures."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.base.figures import day, size
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _, plural
from app.core.content import AssetStore
from app.core.documents import Inset, joined_pdf, numbered, page_count, set_in
from app.core.egress import Document
from app.core.journal import Site
from app.core.people import place_of
from app.core.people.photos import photo_of
from app.core.reports.as_of import reading
from app.core.reports.dossier import Dossiers
from app.core.reports.dossier_file import record_leaving, record_parts
from app.core.reports.dossier_types import Dossier
from app.core.reports.tables import ReportTable
from app.core.reports.training_file.cover import cover_pages
from app.core.reports.training_file.gathering import job_descriptions, personal_papers
from app.core.reports.training_file.types import Bearer, ContentsLine, Enclosure
from app.core.storage.past import then_of


class TrainingFiles:
    """Made for whoever may see the record: that person, and holders of VIEW_RECORDS over them."""

    def __init__(self, site: Site, dossiers: Dossiers, assets: AssetStore) -> None:
        self._site = site
        self._dossiers = dossiers
        self._assets = assets

    def enclosed(
        self,
        actor: Actor,
        person_id: UUID,
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> tuple[Enclosure, ...]:
        """Return what goes before the record, in order; `on` and `known_at` as of a record.

        Raises NotFound, NotAllowed.
        """
        self._dossiers.require_seen(actor, person_id)
        then = then_of(self._site.clock, on, known_at)
        with reading(self._site, None if on is None and known_at is None else then) as session:
            return (
                *job_descriptions(session, self._assets, person_id, then.day, actor.language),
                *personal_papers(session, person_id),
            )

    def made(
        self,
        actor: Actor,
        person_id: UUID,
        on: date | None = None,
        known_at: datetime | None = None,
        progress: Progress | None = None,
    ) -> Document:
        """Return somebody's training file as one PDF. Raises NotFound, NotAllowed."""
        dossier = self._dossiers.of(actor, person_id, on, known_at)
        tables = self._dossiers.tables(actor, person_id, on, known_at)
        enclosed = self.enclosed(actor, person_id, on, known_at)
        first = tables[0]
        insets = [_set_in(one, first) for one in enclosed]
        record = joined_pdf(record_parts(dossier, tables, progress or NoProgress()))
        bearer = self._bearer(actor, dossier, on)
        last = _last_line(dossier, first)
        cover = _cover(bearer, (*enclosed, last), [*insets, record], first)
        title = _("Training file {number}").format(number=dossier.number)
        content = numbered(joined_pdf([cover, *filter(None, insets), record]), title)
        rows = sum(len(table.rows) for table in tables) + sum(map(bool, insets))
        return Document(content=content, leaving=record_leaving(title, person_id, rows))

    def _bearer(self, actor: Actor, dossier: Dossier, on: date | None) -> Bearer:
        with reading(self._site, None if on is None else then_of(self._site.clock, on)) as session:
            photo = _photo(actor, session, dossier.person_id)
        return Bearer(
            name=dossier.name,
            name_local=dossier.name_local,
            number=dossier.number,
            facts=_facts(dossier, then_of(self._site.clock, on).day),
            photo=photo,
        )


def _photo(actor: Actor, session: Session, person_id: UUID) -> bytes:
    """Return somebody's photo where the actor may see it."""
    if actor.person_id != person_id:
        try:
            actor.require(Capability.VIEW_PEOPLE, place_of(session, person_id))
        except NotAllowed:
            return b""
    return photo_of(session, person_id)


def _facts(dossier: Dossier, today: date) -> tuple[tuple[str, str], ...]:
    """Return where somebody is on a day, and what they do there."""
    held = [one for one in dossier.placements if one.holds_on(today)]
    further = [one.job_role for one in dossier.further_roles if one.holds_on(today)]
    roles = [one.job_role for one in held if one.job_role] + further
    facts = (
        (_("Department"), ", ".join(one.department for one in held)),
        (_("Job role"), ", ".join(dict.fromkeys(roles))),
        (_("Joined on"), _day_or_blank(dossier.joined_on)),
        (_("Left on"), _day_or_blank(dossier.left_on)),
    )
    return tuple((words, value) for words, value in facts if value)


def _day_or_blank(one: date | None) -> str:
    return "" if one is None else day(one)


def _set_in(one: Enclosure, first: ReportTable) -> bytes:
    """Return the sheets of an enclosure; b"" where there is none."""
    if not one.content:
        return b""
    foot = _("File of {size}, SHA-256 {hash}").format(size=size(len(one.content)), hash=one.sha256)
    inset = Inset(
        title=one.title, about=f"{first.subtitle} · {one.about}", foot=foot, content=one.content
    )
    return set_in(inset, author=first.site, made_at=first.generated_at)


def _last_line(dossier: Dossier, first: ReportTable) -> Enclosure:
    """Return what the contents say of the record itself."""
    count = len(dossier.signatures)
    signed = plural("with {count} signature", "with {count} signatures", count)
    return Enclosure(title=first.title, about=signed if count else _("with no signature"))


def _cover(
    bearer: Bearer, enclosed: Sequence[Enclosure], parts: Sequence[bytes], first: ReportTable
) -> bytes:
    """Return the cover. It is set twice: only the first says how many pages it takes itself."""
    before = 1
    while True:
        cover = cover_pages(bearer, _lines(enclosed, parts, before), first)
        taken = page_count(cover)
        if taken == before:
            return cover
        before = taken


def _lines(
    enclosed: Sequence[Enclosure], parts: Sequence[bytes], before: int
) -> list[ContentsLine]:
    lines, next_page = [], before + 1
    for one, part in zip(enclosed, parts, strict=True):
        page = next_page if part else None
        lines.append(ContentsLine(title=one.title, about=one.about, page=page, sha256=one.sha256))
        next_page += page_count(part) if part else 0
    return lines
