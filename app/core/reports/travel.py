"""What travelled between PCs, in words: who sent a file, and what two edits of one record say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.figures import day, moment
from app.core.base.words import _, mark
from app.core.journal import Site, row_aside
from app.core.people.account_models import AccountRow
from app.core.people.models import JobRoleRow, OrgUnitRow, PersonRow, PlacementRow
from app.core.reports.aside import WordedAside, worded_asides
from app.core.reports.audit_words import column_in_words, table_in_words, value_in_words
from app.core.storage.columns import to_wire
from app.core.storage.tables import NAMES, model_of, table_of
from app.core.sync import AsideEntry, Choice, Conflict, ConflictValue
from app.core.training.correction_models import CorrectionRow
from app.core.training.corrections import RecordKind, correction_in_words, readable
from app.core.training.models import RequirementLinkRow, RequirementRow
from app.core.training.requirements import ended_for

_GROUPS = (("number", "code", "login"), ("name", "title", "label"))
"""Columns that name a record: the first of each that says something."""
_DEEPEST = 2
"""How far a record without a name is named by those it speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedChoice:
    """Somebody decided for a value, and elsewhere somebody for another."""

    choice: Choice
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedValue:
    """One of the values that stand."""

    standing: ConflictValue
    text: str
    author: str
    chosen: tuple[WordedChoice, ...]
    then: str = ""
    """What a decision for it does beside; empty where that is plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedConflict:
    """One column of one record on which edits disagree."""

    conflict: Conflict
    kind: str
    """What the record is: Person, Department."""
    record: str
    """Which one."""
    column: str
    values: tuple[WordedValue, ...]

    @property
    def was_decided_apart(self) -> bool:
        """Tell whether it was decided before, on several PCs, for different values."""
        return any(value.chosen for value in self.values)


def shown_text(value: WordedValue) -> str:
    """Return a value as it is read; something also where it is empty."""
    return value.text or _("(empty)")


def decision_words(session: Session, conflict: Conflict, kept: ConflictValue) -> str:
    """Return what somebody signs who decides a conflict: all values, who wrote them, which stands (hook of sync)."""
    worded = _all_worded(session, [conflict])[0]
    title = f"{worded.kind} {worded.record}: {worded.column}"
    lines = [title, "", _("These were written by people who did not know of each other:")]
    for value in worded.values:
        standing = value.standing
        when = moment(standing.at) if standing.at else _("before")
        about = _("{value}: by {name} on {station}, {time}").format(
            value=shown_text(value), name=value.author, station=standing.station, time=when
        )
        lines.append(f"• {about} ({standing.reason})" if standing.reason else f"• {about}")
        lines += [f"  {choice_text(one)}" for one in value.chosen]
    chosen = next(one for one in worded.values if one.standing.version == kept.version)
    lines += ["", _("I decide that this stands: {value}").format(value=shown_text(chosen))]
    lines += [chosen.then] if chosen.then else []
    return "\n".join(lines)


def choice_text(choice: WordedChoice) -> str:
    """Return who decided for a value before, when, where and why."""
    at = choice.choice
    return _("chosen by {name} on {station}, {time}: {reason}").format(
        name=choice.author, station=at.station, time=moment(at.at), reason=at.reason
    )


class Travel:
    """Words for what the service of sync tells by ids."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def authors(self, actor: Actor, accounts: Iterable[UUID]) -> dict[UUID, str]:
        """Return the names of those who did something."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return _authors(session, set(accounts))

    def worded(self, actor: Actor, conflicts: Sequence[Conflict]) -> tuple[WordedConflict, ...]:
        """Return conflicts as somebody who decides reads them."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return _all_worded(session, conflicts)

    def aside(self, actor: Actor, entries: Sequence[AsideEntry]) -> tuple[WordedAside, ...]:
        """Return entries that lie aside as somebody who decides over them reads them."""
        actor.require(Capability.MANAGE_SITE)
        wrote = {one.account_id for one in entries if one.account_id is not None}
        with self._site.read() as session:
            return worded_asides(session, entries, _authors(session, wrote))


def _authors(session: Session, accounts: set[UUID]) -> dict[UUID, str]:
    rows = session.execute(
        sa.select(AccountRow.id, PersonRow.name, AccountRow.name, AccountRow.login)
        .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
        .where(AccountRow.id.in_(accounts))
    )
    return {account: person or name or login for account, person, name, login in rows}


def _all_worded(session: Session, conflicts: Sequence[Conflict]) -> tuple[WordedConflict, ...]:
    values = [value for one in conflicts for value in one.values]
    wrote = {value.account_id for value in values}
    wrote |= {one.account_id for value in values for one in value.chosen}
    authors = _authors(session, {account for account in wrote if account is not None})
    return tuple(_worded(session, one, authors) for one in conflicts)


def _worded(session: Session, conflict: Conflict, authors: dict[UUID, str]) -> WordedConflict:
    return WordedConflict(
        conflict=conflict,
        kind=table_in_words(conflict.table),
        record=_called(session, table_of(model_of(conflict.table)), conflict.key),
        column=_column(conflict),
        values=tuple(
            WordedValue(
                standing=one,
                text=_value(session, conflict.table, conflict.column, one.value),
                then=_then(session, conflict, one.value),
                author=_author(one.account_id, authors),
                chosen=tuple(
                    WordedChoice(choice=choice, author=_author(choice.account_id, authors))
                    for choice in one.chosen
                ),
            )
            for one in conflict.values
        ),
    )


def _column(conflict: Conflict) -> str:
    named = _OF_ROWS.get((conflict.table, conflict.column))
    return column_in_words(conflict.column) if named is None else _(named.title)


def _author(account_id: UUID | None, authors: dict[UUID, str]) -> str:
    if account_id is None:
        return _("the program")
    return authors.get(account_id, _("somebody unknown here"))


def _value(session: Session, table: str, column: str, value: Any) -> str:  # whatever it holds
    if (table, column) in _OF_ROWS:
        return _OF_ROWS[table, column].words(session, value)
    of = table_of(model_of(table)).columns[column]
    if value is not None and isinstance(value, UUID):
        named = [str(key.column.table.name) for key in of.foreign_keys]
        if other := next(iter(named), of.info.get(NAMES)):
            return _called(session, table_of(model_of(other)), value) or str(value)
    return value_in_words(table, column, to_wire(of, value))


def _then(session: Session, conflict: Conflict, kept: Any) -> str:  # whatever a column holds
    of_rows = _OF_ROWS.get((conflict.table, conflict.column))
    if of_rows is None or of_rows.then is None:
        return ""
    return of_rows.then(session, [one.value for one in conflict.values], kept)


def _place(session: Session, key: UUID) -> str:
    """Return where a placement says that somebody is."""
    row = session.get(PlacementRow, key)
    if row is None:
        return ""
    places = ((OrgUnitRow, row.org_unit_id), (JobRoleRow, row.job_role_id))
    parts = [_called(session, table_of(one), at) for one, at in places if at is not None]
    return _("{place}, from {day}").format(place=" · ".join(parts), day=day(row.from_on))


def _correction(session: Session, key: UUID) -> str:
    """Return what a correction says of the record."""
    row = session.get(CorrectionRow, key)
    if row is None:
        return ""
    kind = RecordKind(row.record_kind)
    return correction_in_words(
        kind, row.field, *(readable(session, kind, row.field, one) for one in (row.old, row.new))
    )


def _first(session: Session, key: UUID) -> str:
    """Return what a link says comes before what."""
    link = session.get(RequirementLinkRow, key)
    if link is None:
        return ""
    requirements = table_of(RequirementRow)
    after, first = (
        _called(session, requirements, at) for at in (link.requirement_id, link.other_id)
    )
    return _("{first} before {after}").format(first=first, after=after)


def _ended(session: Session, links: Sequence[UUID], kept: UUID) -> str:
    """Return what is asked for first no more where a link of a loop is kept."""
    ended = _first(session, ended_for(links, kept))
    return _("This ends: {link}").format(link=ended)


@dataclass(frozen=True, slots=True)
class _OfRows:
    """What whole rows disagree about: what it is called, and what the id of a row stands for."""

    title: str
    words: Callable[[Session, UUID], str]
    then: Callable[[Session, Sequence[UUID], UUID], str] | None = None
    """What ends where one of several is kept; None where all others do."""


_OF_ROWS = {
    ("person", "place"): _OfRows(mark("Place"), _place),
    ("requirement", "prerequisites"): _OfRows(mark("What comes first"), _first, _ended),
    ("requirement_credit", "corrections"): _OfRows(mark("Correction"), _correction),
}
"""By table and name of a dispute (sync.disputes) that is about no column of the record."""


def _row(session: Session, table: sa.Table, key: UUID) -> Mapping[str, Any] | None:
    """Return a row by the names of its columns, also one that stands aside."""
    found = session.execute(sa.select(table).where(table.c.id == key)).mappings().first()
    if found is not None:
        return dict(found)
    aside = row_aside(session, model_of(table.name), key)
    return None if aside is None else aside.values


def _called(session: Session, table: sa.Table, key: UUID, depth: int = 0) -> str:
    """Return what people call a record: its number and name, or what it speaks of."""
    row = _row(session, table, key)
    if row is None:
        return ""
    parts = [next((str(row[one]) for one in group if row.get(one)), "") for group in _GROUPS]
    if not any(parts) and depth < _DEEPEST:
        parts = _spoken_of(session, table, row, depth + 1)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _spoken_of(session: Session, table: sa.Table, row: Mapping[str, Any], depth: int) -> list[str]:
    """Return what people call the records that a row refers to."""
    return [
        _called(session, reference.column.table, row[column.name], depth)
        for column in table.columns
        for reference in column.foreign_keys
        if isinstance(row[column.name], UUID)
    ]
