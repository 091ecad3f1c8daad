"""Filled forms that come back as scans: whose they are, and by which version of which form."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.words import _
from app.core.documents import located_codes, scanned_pages
from app.core.journal import Site
from app.core.people import place_of, printed_person, who_is
from app.core.training.errors import TrainingRefused
from app.core.training.models import RequirementRow
from app.core.training.practicals.models import PracticalFormRow, PracticalVersionRow
from app.core.training.practicals.sheet_codes import FormCode, read_form_code

_MOST_BYTES = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """What the code on a filled form says."""

    requirement_id: UUID
    code: str
    title: str
    version: int
    is_newest: bool
    """Whether no other version was published since."""
    run: int
    pages: tuple[int, ...]
    person_id: UUID | None
    """None for a form that was printed for nobody in particular."""
    number: str
    name: str


class FilledSheets:
    """Finds them. Who may: holders of ASSESS or ASSIGN, for people within their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

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
        version=version.number,
        is_newest=form.current_version_id == version.id,
        run=codes[0].run,
        pages=tuple(sorted({one.page for one in codes})),
        person_id=whose,
        number="" if person is None else person.number,
        name="" if person is None else person.name,
    )
