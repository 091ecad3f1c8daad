"""Reading signatures and signers."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.base.errors import NotFound
from app.core.base.figures import day
from app.core.base.ids import parse_id
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.keys import fingerprint
from app.core.people import AccountName
from app.core.people.erasing import NamedAs
from app.core.signatures.clocks import as_printed
from app.core.signatures.models import (
    AccountabilityRow,
    SignatureRow,
    SignerCheckRow,
    SigningKeyEndRow,
    SigningKeyRow,
)
from app.core.signatures.types import KeysInUse, SignatureLine, SignerLine
from app.core.signatures.vouching import Vouching
from app.core.storage.folding import says

_Told = TypeVar("_Told")
_WORDS: dict[str, Any] = {"kind": SignatureRow.record_kind, "meaning": SignatureRow.meaning}
_IDS: dict[str, Any] = {"account": SignatureRow.account_id, "record": SignatureRow.record_id}
_SORTS: dict[str, Any] = {"at": SignatureRow.signed_at, "name": SignatureRow.name}
# a column is asked for by name and compared as what it holds, which no one type says


def signature_row(session: Session, signature_id: UUID) -> SignatureRow:
    """Return one signature. Raises NotFound."""
    row = session.get(SignatureRow, signature_id)
    if row is None:
        raise NotFound(_("The signature"))
    return row


def signatures_under(session: Session, records: Iterable[UUID]) -> list[SignatureRow]:
    """Return the signatures under records, oldest first."""
    return list(
        session.scalars(
            sa.select(SignatureRow)
            .where(SignatureRow.record_id.in_(tuple(records)))
            .order_by(SignatureRow.signed_at, SignatureRow.id)
        )
    )


def lines_under(session: Session, records: Iterable[UUID]) -> tuple[SignatureLine, ...]:
    """Return the signatures under records as they are read, oldest first."""
    return tuple(line_of(row) for row in signatures_under(session, records))


def signer_names(session: Session, records: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of who signed records, by account: of other sites, too."""
    return {row.account_id: row.name for row in signatures_under(session, records)}


def _signed_within(request: PageRequest) -> Iterator[sa.ColumnElement[bool]]:
    """Yield from which day on, and up to which, signatures are asked for."""
    for word in request.values("from"):
        yield SignatureRow.signed_at >= start_of(date.fromisoformat(word))
    for word in request.values("to"):
        after = date.fromisoformat(word) + timedelta(days=1)
        yield SignatureRow.signed_at < start_of(after)


def chosen(request: PageRequest) -> sa.Select[SignatureRow]:
    """Return the signatures that a request asks for, newest first unless it says otherwise.

    Filters: `kind` (of record), `meaning`, `account`, `record` (ids), `from`, `to` (ISO days).
    """
    found = sa.select(SignatureRow).where(
        *says(request.text, SignatureRow.name, SignatureRow.number, SignatureRow.reason)
    )
    for key, column in _WORDS.items():
        if asked := request.values(key):
            found = found.where(column.in_(asked))
    for key, column in _IDS.items():
        if asked := request.values(key):
            found = found.where(column.in_([one for word in asked if (one := parse_id(word))]))
    found = found.where(*_signed_within(request))
    order = _SORTS.get(request.sort, SignatureRow.signed_at.expression)
    is_falling = request.descending or request.sort not in _SORTS
    return found.order_by(order.desc() if is_falling else order, SignatureRow.id)


def page_of_signatures(session: Session, request: PageRequest) -> Page[SignatureLine]:
    """Return one stretch of the list."""
    found = chosen(request)
    total = session.scalar(sa.select(sa.func.count()).select_from(found.order_by(None).subquery()))
    rows = session.scalars(found.offset(request.offset).limit(request.limit))
    return Page(rows=tuple(line_of(row) for row in rows), total=total or 0)


def line_of(row: SignatureRow) -> SignatureLine:
    """Return a signature as it is read."""
    return SignatureLine(
        id=row.id,
        account_id=row.account_id,
        name=row.name,
        number=row.number,
        meaning=row.meaning,
        reason=row.reason,
        at=row.signed_at,
        signed_at=as_printed(row.signed_at, row.offset_minutes),
        record_kind=row.record_kind,
        record_id=row.record_id,
        station=row.station,
    )


def signers_among(session: Session, accounts: Iterable[AccountName]) -> tuple[SignerLine, ...]:
    """Return how it stands with the signing of some accounts, in their order.

    The index of mentions must be up to date.
    """
    ends = {row.key_id: row for row in session.scalars(sa.select(SigningKeyEndRow))}
    rows = session.scalars(
        sa.select(SigningKeyRow).order_by(SigningKeyRow.made_at, SigningKeyRow.id)
    ).all()
    # the one that signs, wherever the clock stood when it was made; else the newest
    rows = sorted(rows, key=lambda row: row.id not in ends)
    keys = {row.account_id: row for row in rows}
    # who confirmed counts, not who was alone
    found = sa.select(SignerCheckRow).order_by(SignerCheckRow.was_alone.desc(), SignerCheckRow.id)
    checks = {row.key_id: row for row in session.scalars(found)}
    vouching = Vouching(session)
    accepted = _by_account(session, AccountabilityRow, sa.func.min(AccountabilityRow.at))
    counts = _by_account(session, SignatureRow, sa.func.count())
    return tuple(
        _signer(
            one,
            keys.get(one.id),
            ends,
            checks,
            accepted.get(one.id),
            counts.get(one.id, 0),
            vouching,
        )
        for one in accounts
    )


def _by_account(
    session: Session, model: type[AccountabilityRow | SignatureRow], what: sa.ColumnElement[_Told]
) -> dict[UUID, _Told]:
    """Return something that is worked out of the rows of each account."""
    found = session.execute(sa.select(model.account_id, what).group_by(model.account_id))
    return {row[0]: row[1] for row in found}


def _signer(
    account: AccountName,
    key: SigningKeyRow | None,
    ends: dict[UUID, SigningKeyEndRow],
    checks: dict[UUID, SignerCheckRow],
    accepted_at: datetime | None,
    signatures: int,
    vouching: Vouching,
) -> SignerLine:
    end = ends.get(key.id) if key else None
    check = checks.get(key.id) if key else None
    return SignerLine(
        account_id=account.id,
        name=account.name,
        number=account.number,
        login=account.login,
        key=fingerprint(key.public_key) if key else b"",
        key_made_at=key.made_at if key else None,
        key_ended=end.why if end else None,
        is_checked=check is not None,
        checked_by=check.by_name if check else "",
        document=check.document if check else "",
        was_alone=check.was_alone if check else False,
        is_confirmed=check is not None and vouching.is_confirmed(check.key_id),
        accepted_at=accepted_at,
        signatures=signatures,
    )


def keys_in_use(session: Session) -> KeysInUse:
    """Return how many signing keys there are, and of what age."""
    ended = sa.select(SigningKeyEndRow.key_id).distinct()
    alive = SigningKeyRow.id.not_in(ended)
    count, oldest = session.execute(
        sa.select(sa.func.count(), sa.func.min(SigningKeyRow.made_at)).where(alive)
    ).one()
    checked = sa.select(SignerCheckRow.key_id)
    unchecked = sa.select(sa.func.count()).where(alive, SigningKeyRow.id.not_in(checked))
    return KeysInUse(
        count=count,
        oldest=oldest,
        unchecked=session.scalar(unchecked) or 0,
        ended=session.scalar(sa.select(sa.func.count()).select_from(ended.subquery())) or 0,
    )


def as_read(line: SignatureLine) -> str:
    """Return when somebody signed, by the clock of the PC on which they did, with its zone."""
    return read_as(datetime.fromisoformat(line.signed_at))


def read_as(local: datetime) -> str:
    """Return an instant as a signature shows it: day, time and offset from UTC."""
    return f"{day(local.date())} {_time_and_zone(local)}"


def day_and_time(line: SignatureLine) -> tuple[str, str]:
    """Return the day of a signature, and its time with the zone, for where they stand on two lines."""
    local = datetime.fromisoformat(line.signed_at)
    return day(local.date()), _time_and_zone(local)


def _time_and_zone(local: datetime) -> str:
    zone = local.strftime("%z")
    return f"{local:%H:%M:%S} UTC{zone[:3]}:{zone[3:]}"


def signatures_naming(session: Session, named: NamedAs) -> int:
    """Return how many signatures somebody gave, or name them in what was signed or read."""
    texts = (SignatureRow.payload, SignatureRow.record, SignatureRow.shown)
    naming = [
        text.contains(word, autoescape=True) for word in sorted(named.words) for text in texts
    ]
    by_them = SignatureRow.account_id.in_(named.accounts)
    found = sa.select(sa.func.count()).select_from(SignatureRow).where(sa.or_(by_them, *naming))
    return session.scalar(found) or 0
