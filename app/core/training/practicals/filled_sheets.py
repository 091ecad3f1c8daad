"""Filled forms that come back as scans: whose they are, by which version of which form, and kept with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.content import AssetStore, destroyed_files
from app.core.documents import located_codes, scanned_pages
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import Site, Unit
from app.core.people import place_of, printed_person, who_is
from app.core.training.errors import TrainingRefused
from app.core.training.models import RequirementRow
from app.core.training.practicals.models import (
    PracticalFormRow,
    PracticalPaperRow,
    PracticalVersionRow,
)
from app.core.training.practicals.sheet_codes import FormCode, read_form_code

_MOST_BYTES = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """What the code on a filled form says."""

    requirement_id: UUID
    code: str
    title: str
    version_id: UUID
    version: int
    is_newest: bool
    """Whether no other version was published since."""
    run: int
    pages: tuple[int, ...]
    person_id: UUID | None
    """None for a form that was printed for nobody in particular."""
    number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledPaper:
    """The scan of a filled form, as it is kept with a practical."""

    id: UUID
    version: int
    run: int
    name: str
    at: datetime
    by: str


_KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


class FilledSheets:
    """Finds and keeps them. Who may: holders of ASSESS or ASSIGN, for people within their scope."""

    def __init__(self, site: Site, assets: AssetStore | None = None) -> None:
        """Take the open site; `assets` is needed where scans are kept."""
        self._site = site
        self._assets = assets

    def take_in(self, actor: Actor, scan: Path) -> tuple[FoundSheet, ...]:
        """Keep a scan with every practical whose form is on it, and return what was found.

        A form that was printed for nobody in particular is found and not kept; a scan that is kept
        already is not kept twice. Raises as `find` does.
        """
        found = self.find(actor, scan)
        theirs = [one for one in found if one.person_id is not None]
        content = _content(scan)
        if not theirs:
            return found
        with self._site.transaction(actor, "practical.keep-paper") as unit:
            stored = self._store.add_bytes(unit, content, _media_type(content), scan.name)
            for one in theirs:
                if not _is_kept(unit, one, stored.sha256):
                    unit.add(self._row(actor, one, scan.name, stored.sha256, _media_type(content)))
        return found

    def kept(self, actor: Actor, person_id: UUID, requirement_id: UUID) -> tuple[FilledPaper, ...]:
        """Return the scans that are kept with a practical, the newest first; everybody sees their own."""
        with self._site.read() as session:
            _require_sight(session, actor, person_id)
            return _papers(session, person_id, requirement_id)

    def document(self, actor: Actor, paper_id: UUID) -> Document:
        """Return a scan to be saved. Raises NotFound, NotAllowed, AssetMissing."""
        with self._site.read() as session:
            row = session.get(PracticalPaperRow, paper_id)
            if row is None:
                raise NotFound(_("The filled form"))
            _require_sight(session, actor, who_is(session, row.person_id))
            leaving = Leaving(
                kind=FileKind.PRACTICAL, title=row.name, records=1, about=row.person_id
            )
            return Document(content=self._store.read(row.sha256), leaving=leaving)

    def destroy_scans(self, people: Collection[UUID]) -> int:
        """Destroy the scans of people who are erased, but for one that shows somebody else, too.

        Return how many lay here (hook of people).
        """
        row = PracticalPaperRow
        with self._site.read() as session:
            theirs = set(session.scalars(sa.select(row.sha256).where(row.person_id.in_(people))))
            others = session.scalars(sa.select(row.sha256).where(row.person_id.not_in(people)))
            hashes = sorted(theirs - set(others) - destroyed_files(session, self._store))
        if not hashes:
            return 0
        with self._site.transaction(system_actor(), "practical.destroy-papers") as unit:
            return self._store.destroy(unit, hashes)

    @property
    def _store(self) -> AssetStore:
        if self._assets is None:
            raise RuntimeError("scans are kept where there is a store for them")
        return self._assets

    def _row(
        self, actor: Actor, one: FoundSheet, name: str, sha256: str, media_type: str
    ) -> PracticalPaperRow:
        return PracticalPaperRow(
            person_id=one.person_id,
            requirement_id=one.requirement_id,
            version_id=one.version_id,
            run=one.run,
            sha256=sha256,
            name=name,
            media_type=media_type,
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )

    def find(self, actor: Actor, scan: Path) -> tuple[FoundSheet, ...]:
        """Return the forms on a scan, in the order of its pages; nothing is kept by it.

        Takes a second a page. Raises TrainingRefused where there is none, or none of this site,
        NotAllowed for somebody out of the actor's scope.
        """
        may = Capability.ASSESS if actor.may(Capability.ASSESS) else Capability.ASSIGN
        actor.require_anywhere(may)
        pages = _codes_on(_content(scan))
        with self._site.read() as session:
            found = tuple(
                sheet
                for (version_id, person_id, _run), codes in pages.items()
                if (sheet := _sheet(session, version_id, person_id, codes)) is not None
            )
            for one in found:
                if one.person_id is not None and one.person_id != actor.person_id:
                    actor.require(may, place_of(session, one.person_id))
        if not found:
            raise TrainingRefused(
                _("{name} has no code of a practical's form of this site.").format(name=scan.name),
                _("Scan the whole page, with the code in its upper corner, and try again."),
            )
        return found


def _codes_on(content: bytes) -> dict[tuple[UUID, UUID | None, int], list[FormCode]]:
    """Return the codes of a scan by whose form they are of."""
    found: dict[tuple[UUID, UUID | None, int], list[FormCode]] = {}
    for picture in scanned_pages(content):
        for one in located_codes(picture):
            code = read_form_code(one.text)
            if code is not None:
                found.setdefault((code.version_id, code.person_id, code.run), []).append(code)
    return found


def _content(scan: Path) -> bytes:
    try:
        if scan.stat().st_size <= _MOST_BYTES:
            return scan.read_bytes()
    except OSError as error:
        raise TrainingRefused(
            _("The scan {name} cannot be read.").format(name=scan.name),
            _("Choose it again where it lies now."),
        ) from error
    raise TrainingRefused(
        _("{name} is no scan that can be kept.").format(name=scan.name),
        _("Scan the sheet as PDF, PNG or JPEG, at most 60 MB."),
    )


def _sheet(
    session: Session, version_id: UUID, person_id: UUID | None, codes: list[FormCode]
) -> FoundSheet | None:
    row = session.execute(
        sa.select(PracticalVersionRow, PracticalFormRow, RequirementRow)
        .join(PracticalFormRow, PracticalFormRow.id == PracticalVersionRow.form_id)
        .join(RequirementRow, RequirementRow.id == PracticalFormRow.requirement_id)
        .where(PracticalVersionRow.id == version_id)
    ).first()
    if row is None:
        return None
    version, form, requirement = row
    whose = None if person_id is None else who_is(session, person_id)
    person = None if whose is None else printed_person(session, whose)
    return FoundSheet(
        requirement_id=requirement.id,
        code=requirement.code,
        title=version.title,
        version_id=version.id,
        version=version.number,
        is_newest=form.current_version_id == version.id,
        run=codes[0].run,
        pages=tuple(sorted({one.page for one in codes})),
        person_id=whose,
        number="" if person is None else person.number,
        name="" if person is None else person.name,
    )


def _media_type(content: bytes) -> str:
    """Return what a scan is by its first bytes: its pages were read, so that it is one of these."""
    return next((kind for begins, kind in _KINDS if content.startswith(begins)), "image/png")


def _is_kept(unit: Unit, one: FoundSheet, sha256: str) -> bool:
    row = PracticalPaperRow
    same = sa.select(row.id).where(
        row.person_id == one.person_id,
        row.version_id == one.version_id,
        row.run == one.run,
        row.sha256 == sha256,
    )
    return unit.scalars(same).first() is not None


def _require_sight(session: Session, actor: Actor, person_id: UUID) -> None:
    """Raise NotAllowed unless somebody may see the practical, as `Practicals.record` asks it."""
    if actor.person_id != person_id:
        may = Capability.ASSESS if actor.may(Capability.ASSESS) else Capability.VIEW_RECORDS
        actor.require(may, place_of(session, person_id))


def _papers(session: Session, person_id: UUID, requirement_id: UUID) -> tuple[FilledPaper, ...]:
    row = PracticalPaperRow
    rows = session.execute(
        sa.select(row, PracticalVersionRow.number)
        .join(PracticalVersionRow, PracticalVersionRow.id == row.version_id)
        .where(row.person_id == person_id, row.requirement_id == requirement_id)
        .order_by(row.at.desc(), row.id.desc())
    )
    return tuple(
        FilledPaper(
            id=one.id, version=version, run=one.run, name=one.name, at=one.at, by=one.by_name
        )
        for one, version in rows
    )
