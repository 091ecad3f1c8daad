"""What a site has set, and one fingerprint over it: a paper says under which settings it was made (Annex 11, 10).

What is asked of whom (requirements, matrix, rules) is no setting: it stands on papers itself, with its dates.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import easings_in_force
from app.core.storage.columns import Wire, to_wire
from app.core.storage.tables import model_of, table_of

_SETTINGS = (
    "approval_rule",
    "password_rule",
    "retention_rule",
    "signing_terms",
    "export_terms",
    "reminder_ladder",
    "gate_rule",
    "drill_rule",
    "oversight_rule",
)
"""Tables of which each row is a setting. Those with `from_on` hold from that day on."""
_NOT_SAID = frozenset({"id", "row_versions", "reason"})
_BEGINS = "from_on"
_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a site: in which table and column, and its value as the journal writes it."""

    table: str
    column: str
    value: Wire
    from_on: date | None
    """Since when it holds, where that is said."""
    of: str
    """Tells the rows of a table apart."""


def settings_in_force(session: Session, today: date) -> tuple[Setting, ...]:
    """Return the settings that hold today, in an order that is the same on every PC."""
    told = (one for name in _SETTINGS for one in _settings_of(session, name, today))
    return (*told, *_eased(session, today))


def settings_fingerprint(session: Session, today: date) -> str:
    """Return sixteen hexadecimal digits that are others as soon as any setting is another."""
    digest = hashlib.sha256()
    for one in settings_in_force(session, today):
        digest.update(f"{one.table}\x1f{one.of}\x1f{one.column}\x1f{one.value!r}\x1e".encode())
    return digest.hexdigest()[:_DIGITS]


def _eased(session: Session, today: date) -> Iterator[Setting]:
    """Yield what sites ask for of approvals where they ask for less than they did (ADR 82)."""
    for one in easings_in_force(session, today):
        of = f"{one.site_id} {one.kind!r}"
        for column, value in (("is_asked", one.asked.is_asked), ("approvers", one.asked.approvers)):
            yield Setting(table="approval_easing", column=column, value=value, from_on=None, of=of)


def _settings_of(session: Session, name: str, today: date) -> Iterator[Setting]:
    table = table_of(model_of(name))
    said = [one for one in table.columns if one.name not in _NOT_SAID]
    told = sorted(
        (
            {column.name: to_wire(column, value) for column, value in zip(said, row, strict=True)}
            for row in session.execute(sa.select(*said))
        ),
        key=repr,
    )
    key = _key_of(table)
    for row in _holding(told, key, today):
        begins = row.get(_BEGINS)
        for column, value in row.items():
            if column not in {_BEGINS, *key}:
                yield Setting(
                    table=table.name,
                    column=column,
                    value=value,
                    from_on=date.fromisoformat(str(begins)) if begins else None,
                    of=_told_by(row, key),
                )


def _key_of(table: sa.Table) -> tuple[str, ...]:
    """Return what makes a row of a table this setting and no other, whatever day it holds from."""
    (unique,) = (one for one in table.constraints if isinstance(one, sa.UniqueConstraint))
    return tuple(column.name for column in unique.columns if column.name != _BEGINS)


def _holding(
    rows: Sequence[Mapping[str, Wire]], key: Sequence[str], today: date
) -> list[Mapping[str, Wire]]:
    """Return the rows that hold today: of dated ones the last that has begun, for each key."""
    newest: dict[str, Mapping[str, Wire]] = {}
    for row in rows:
        begins, told = str(row.get(_BEGINS, "")), _told_by(row, key)
        if begins <= today.isoformat() and begins >= str(newest.get(told, row).get(_BEGINS, "")):
            newest[told] = row
    return list(newest.values())


def _told_by(row: Mapping[str, Wire], key: Sequence[str]) -> str:
    return " ".join(repr(row[name]) for name in key)
