"""Rows are compared with what the site knows: who they are of, what they meet, whether they came before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.people import name_key, names_to_compare, people_by_numbers
from app.core.training.by_form import form_days
from app.core.training.errors import by_form_in_words
from app.core.training.kinds import EvidenceRule
from app.core.training.legacy.models import LegacyBatchRow, LegacyRecordRow, LegacyVerdictRow
from app.core.training.legacy.reading import SaidRow
from app.core.training.legacy.types import OldTraining, RowTrouble
from app.core.training.models import RequirementRow
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import terms_on

Key = tuple[UUID, UUID, date]
"""Person, requirement and day: what makes two rows the same training."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRequirement:
    """Something that old training may meet."""

    id: UUID
    code: str
    title: str
    takes_paper: bool
    """Whether what is entered by hand counts."""
    by_form_since: date | None = None
    """The day from which its form alone proves it; None where paper goes on to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHere:
    """What a list is compared with, read once."""

    people: dict[str, UUID | None]
    names: Mapping[UUID, frozenset[tuple[str, ...]]]
    """How everybody is called, in either of their languages, as names are compared."""
    requirements: dict[str, KnownRequirement | None]
    """By folded code, and by folded title; None where several have it."""
    before: dict[Key, str]
    """What came in before and stands, with the title of its batch."""


def what_is_known(session: Session, today: date) -> KnownHere:
    """Read people, requirements and what came before."""
    return KnownHere(
        people=people_by_numbers(session),
        names=names_to_compare(session),
        requirements=_requirements(session, today),
        before=_before(session),
    )


def compare(
    rows: Iterable[SaidRow], known: KnownHere
) -> tuple[list[OldTraining], list[RowTrouble]]:
    """Return the rows that can be taken, and those that cannot: each row is in one of them."""
    taken: list[OldTraining] = []
    troubles: list[RowTrouble] = []
    here: dict[Key, SaidRow] = {}
    for row in rows:
        found = _found(row, known, here)
        if isinstance(found, str):
            troubles.append(RowTrouble(row.sheet, row.line, row.number, found, row.cells))
        else:
            taken.append(found)
    return taken, troubles


def _found(row: SaidRow, known: KnownHere, here: dict[Key, SaidRow]) -> OldTraining | str:
    """Return a row with whom and what it is of, or why it cannot be taken."""
    person_id = known.people.get(row.number)
    requirement = known.requirements.get(row.requirement.casefold())
    if person_id is None or requirement is None:
        return _unknown(row, known, is_somebody=person_id is not None)
    if refused := _refused(row, known, person_id, requirement):
        return refused
    key = person_id, requirement.id, row.trained_on
    if key in known.before:
        return _("This was brought in already: {batch}.").format(batch=known.before[key])
    first = here.setdefault(key, row)
    if first is not row:
        place = f"{first.sheet}, {first.line}" if first.sheet else str(first.line)
        return _("Line {line} says the same training already.").format(line=place)
    return OldTraining(
        sheet=row.sheet,
        line=row.line,
        person_id=person_id,
        number=row.number,
        named=row.name,
        requirement_id=requirement.id,
        code=requirement.code,
        title=requirement.title,
        trained_on=row.trained_on,
        valid_until=row.valid_until,
        score=row.score,
        trainer=row.trainer,
        source=row.source,
        scan=row.scan,
    )


def _refused(row: SaidRow, known: KnownHere, person_id: UUID, requirement: KnownRequirement) -> str:
    """Say why a row is not taken of whom and what it names; "" where it is."""
    if row.name and name_key(row.name) not in known.names.get(person_id, ()):
        return _("{number} is not {name} here: look at the number, or at the name.").format(
            number=row.number, name=row.name
        )
    if not requirement.takes_paper:
        return _("{title} is not met by what is entered by hand.").format(title=requirement.title)
    if requirement.by_form_since is not None and row.trained_on >= requirement.by_form_since:
        return by_form_in_words(requirement.title)
    return ""


def _unknown(row: SaidRow, known: KnownHere, *, is_somebody: bool) -> str:
    """Say which of a row's words leads nowhere, or to two."""
    if not is_somebody and row.number in known.people:
        return _("Two people have the number {number}.").format(number=row.number)
    if not is_somebody:
        return _("Nobody has the number {number}.").format(number=row.number)
    if row.requirement.casefold() in known.requirements:
        return _("Several requirements are called {name}.").format(name=row.requirement)
    return _("No requirement has the code or title {name}.").format(name=row.requirement)


def _requirements(session: Session, today: date) -> dict[str, KnownRequirement | None]:
    terms, by_form = all_terms(session), form_days(session)
    by_code: dict[str, KnownRequirement | None] = {}
    by_title: dict[str, KnownRequirement | None] = {}
    for row in session.scalars(sa.select(RequirementRow)):
        rule = terms_on(today, terms.get(row.id, ())).evidence
        one = KnownRequirement(
            id=row.id,
            code=row.code,
            title=row.title,
            takes_paper=rule is not EvidenceRule.NOT_BY_HAND,
            by_form_since=by_form.get(row.id),
        )
        for words, where in ((row.code, by_code), (row.title, by_title)):
            folded = words.casefold()
            where[folded] = None if folded in where else one
    return {**by_title, **by_code}


def _before(session: Session) -> dict[Key, str]:
    row = LegacyRecordRow
    found = session.execute(
        sa.select(row.person_id, row.requirement_id, row.trained_on, LegacyBatchRow.title)
        .join(LegacyBatchRow, LegacyBatchRow.id == row.batch_id)
        .where(~is_taken_back(row.batch_id))
    )
    return {(one[0], one[1], one[2]): one[3] for one in found}


def is_taken_back(batch_id: sa.orm.InstrumentedAttribute[UUID]) -> sa.ColumnElement[bool]:
    """Return the condition that a batch was taken back, and not signed at the same time elsewhere."""
    verdict = LegacyVerdictRow
    of_batch = verdict.batch_id == batch_id
    return sa.and_(
        sa.exists().where(of_batch, verdict.is_accepted.is_(False)),
        ~sa.exists().where(of_batch, verdict.is_accepted.is_(True)),
    )
