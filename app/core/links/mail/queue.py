"""The messages of the outbox as rows of this PC: put in, claimed, noted, listed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.ids import new_id
from app.core.base.paging import Page, PageRequest
from app.core.journal import Unit
from app.core.links.mail.kinds import WAITING, MailKind, MailState
from app.core.links.mail.letters import first_key, key_again
from app.core.links.mail.models import OutboxRow
from app.core.links.mail.types import Counts, Letter, Message

LEASE = timedelta(minutes=15)
"""So long whoever claimed a message may take to hand it over; then it is tried again."""
_NEXT_ROUND = timedelta(minutes=5)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=12)
_SORTS = {
    "made_at": OutboxRow.made_at,
    "name": OutboxRow.name,
    "subject": OutboxRow.subject,
    "state": OutboxRow.state,
}


def put_in(unit: Unit, letters: Iterable[Letter], now: datetime) -> int:
    """Put letters into the outbox, but those that are there; return how many came in."""
    wanted = {one.key: one for one in letters}
    for key in _there(unit, wanted):
        del wanted[key]
    return unit.insert_many(
        OutboxRow,
        (
            {
                "id": new_id(),
                "key": one.key,
                "kind": one.kind,
                "person_id": one.person_id,
                "address": one.address,
                "name": one.name,
                "subject": one.subject,
                "text": one.text,
                "about": one.about,
                "attachment": one.attachment,
                "attachment_name": one.attachment_name,
                "made_at": now,
                "state": MailState.QUEUED,
                "tries": 0,
                "next_at": now,
                "left_at": None,
                "why": "",
            }
            for one in wanted.values()
        ),
    )


def keys(session: Session, kind: MailKind) -> frozenset[str]:
    """Return what the messages of a kind are for, those that have left among them."""
    return frozenset(session.scalars(sa.select(OutboxRow.key).where(OutboxRow.kind == kind)))


def claim(unit: Unit, now: datetime, most: int, *, at_once: bool) -> list[Message]:
    """Take the oldest messages that are due, so that nobody else hands them over; return them.

    One that is being sent longer than the lease is due again: whether it was taken is not known.
    `at_once` does not wait for those that were put off.
    """
    unit.take_turn("outbox")
    rows = unit.scalars(
        sa.select(OutboxRow)
        .where(OutboxRow.state.in_(WAITING), _is_due(now, at_once=at_once))
        .order_by(OutboxRow.made_at, OutboxRow.id)
        .limit(most)
    ).all()
    found = [_message(row) for row in rows]
    for row in rows:
        row.state, row.next_at = MailState.SENDING, now + LEASE
    unit.flush()
    return found


def note(unit: Unit, message_id: UUID, state: MailState, now: datetime, why: str = "") -> None:
    """Note what became of a message. The text of one that is not to leave any more is not kept."""
    row = unit.get(OutboxRow, message_id)
    if row is None:
        return  # it was forgotten meanwhile: whom it was for is erased
    row.state, row.why = state, why
    if state in {MailState.SENT, MailState.WRITTEN}:
        row.left_at = now
    if state in {MailState.SENT, MailState.WRITTEN, MailState.OVERTAKEN}:
        row.text = ""
    if state in {MailState.FAILED, MailState.GIVEN_UP}:
        row.tries += 1
    if state is MailState.FAILED:
        row.next_at = now + wait_after(row.tries)
    if state is MailState.QUEUED:
        row.next_at = now


def write_anew(unit: Unit, message_id: UUID, letter: Letter, now: datetime) -> Message | None:
    """Let a message that waits say what is so by now; None where it was forgotten meanwhile."""
    row = unit.get(OutboxRow, message_id)
    if row is None:
        return None
    row.subject, row.text, row.about = letter.subject, letter.text, letter.about
    row.address, row.name, row.made_at = letter.address, letter.name, now
    unit.flush()
    return _message(row)


def send_to(unit: Unit, message_id: UUID, address: str, now: datetime) -> Message | None:
    """Let a message that waits go to another address; None where it was forgotten meanwhile."""
    row = unit.get(OutboxRow, message_id)
    if row is None:
        return None
    row.address, row.made_at = address, now
    unit.flush()
    return _message(row)


def said_of_left(unit: Unit, message_id: UUID, why: str) -> None:
    """Keep with a message that has left what was done about it."""
    row = unit.get(OutboxRow, message_id)
    if row is not None:
        row.why = why


def written_with(session: Session, message: Message) -> list[Message]:
    """Return every message that left on the stick on which one did, the oldest first."""
    rows = session.scalars(
        sa.select(OutboxRow)
        .where(OutboxRow.state == MailState.WRITTEN, OutboxRow.left_at == message.left_at)
        .order_by(OutboxRow.made_at, OutboxRow.id)
    )
    return [_message(row) for row in rows]


def of_one(session: Session, key: str) -> list[Message]:
    """Return the first message of a key, and those that were sent again."""
    first = first_key(key)
    is_again = OutboxRow.key.startswith(key_again(key, 0)[:-1], autoescape=True)
    rows = session.scalars(sa.select(OutboxRow).where(sa.or_(OutboxRow.key == first, is_again)))
    return [_message(row) for row in rows]


def put_back(unit: Unit, message_id: UUID, now: datetime, why: str) -> None:
    """Let a message wait for the next round: the relay was gone, which is not the message's fault."""
    row = unit.get(OutboxRow, message_id)
    if row is not None:
        row.state, row.why, row.next_at = MailState.FAILED, why, now + _NEXT_ROUND


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries: twice as long each time, half a day at most."""
    times: int = 2 ** min(max(tries, 1) - 1, 20)
    return min(_FIRST_WAIT * times, _LONGEST_WAIT)


def waiting(session: Session) -> list[Message]:
    """Return every message that is still to leave, the oldest first."""
    rows = session.scalars(
        sa.select(OutboxRow)
        .where(OutboxRow.state.in_(WAITING))
        .order_by(OutboxRow.made_at, OutboxRow.id)
    )
    return [_message(row) for row in rows]


def by_id(session: Session, message_id: UUID) -> Message | None:
    """Return a message, if there is one."""
    row = session.get(OutboxRow, message_id)
    return None if row is None else _message(row)


def counts(session: Session) -> Counts:
    """Return how many messages there are of each state."""
    rows = session.execute(sa.select(OutboxRow.state, sa.func.count()).group_by(OutboxRow.state))
    found: dict[MailState, int] = {state: count for state, count in rows}  # noqa: C416  rows, not tuples
    return Counts(
        waiting=sum(found.get(state, 0) for state in WAITING),
        failed=found.get(MailState.FAILED, 0),
        given_up=found.get(MailState.GIVEN_UP, 0),
        left=found.get(MailState.SENT, 0) + found.get(MailState.WRITTEN, 0),
    )


def page(session: Session, request: PageRequest) -> Page[Message]:
    """Return one stretch of the outbox. Filters: state. Sorts: made_at, name, subject, state."""
    conditions: list[sa.ColumnElement[bool]] = []
    if states := request.values("state"):
        conditions.append(OutboxRow.state.in_([MailState(one) for one in states]))
    columns = (OutboxRow.name, OutboxRow.address, OutboxRow.subject)
    conditions += [
        sa.or_(*(sa.func.lower(one).contains(word, autoescape=True) for one in columns))
        for word in request.text.casefold().split()
    ]
    listed = sa.select(OutboxRow).where(*conditions)
    total = session.scalar(sa.select(sa.func.count()).select_from(listed.subquery())) or 0
    sort: Any = _SORTS.get(request.sort, OutboxRow.made_at)
    first = sort.desc() if request.descending else sort.asc()
    rows = session.scalars(
        listed.order_by(first, OutboxRow.id).limit(request.limit).offset(request.offset)
    )
    return Page(rows=tuple(map(_message, rows)), total=total)


def give_up(unit: Unit, message_id: UUID, now: datetime, why: str) -> None:
    """Let somebody give a message up: whatever was tried, it is not tried again with the others."""
    note(unit, message_id, MailState.GIVEN_UP, now, why)
    row = unit.get(OutboxRow, message_id)
    if row is not None:
        row.tries = 0


def try_refused_again(unit: Unit, now: datetime) -> int:
    """Let every message wait again that was refused, not those that somebody gave up; return how many."""
    refused = (OutboxRow.state == MailState.GIVEN_UP, OutboxRow.tries > 0)
    rows = unit.scalars(sa.select(OutboxRow).where(*refused)).all()
    for row in rows:
        row.state, row.why, row.next_at = MailState.QUEUED, "", now
    unit.flush()
    return len(rows)


def forget(unit: Unit, people: Iterable[UUID]) -> int:
    """Forget the messages to some people; return how many there were."""
    rows = unit.scalars(sa.select(OutboxRow).where(OutboxRow.person_id.in_(list(people)))).all()
    for row in rows:
        unit.delete(row)
    unit.flush()
    return len(rows)


def _is_due(now: datetime, *, at_once: bool) -> sa.ColumnElement[bool]:
    is_time = OutboxRow.next_at <= now
    return sa.or_(is_time, OutboxRow.state != MailState.SENDING) if at_once else is_time


def _there(unit: Unit, keys: Iterable[str]) -> list[str]:
    found: list[str] = []
    every = list(keys)
    for first in range(0, len(every), 500):
        some = every[first : first + 500]
        found += unit.scalars(sa.select(OutboxRow.key).where(OutboxRow.key.in_(some)))
    return found


def _message(row: OutboxRow) -> Message:
    return Message(
        id=row.id,
        kind=row.kind,
        person_id=row.person_id,
        address=row.address,
        name=row.name,
        subject=row.subject,
        text=row.text,
        attachment=row.attachment,
        attachment_name=row.attachment_name,
        made_at=row.made_at,
        state=row.state,
        tries=row.tries,
        next_at=row.next_at,
        left_at=row.left_at,
        why=row.why,
        key=row.key,
        about=row.about,
    )
