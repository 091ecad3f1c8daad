"""The key certificates and revocations that the records hold."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Unit
from app.core.keys.certificates import CERTIFICATE, REVOCATION, LogHead, document_id
from app.core.keys.models import KeyCertificateRow, KeyRevocationRow
from app.core.keys.signed import label_of
from app.core.storage.tables import Base

_ROWS = {CERTIFICATE: KeyCertificateRow, REVOCATION: KeyRevocationRow}
_SEQ_BITS = 40


def known_papers(session: Session) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Return the certificates and the revocations on record."""
    certificates = session.scalars(sa.select(KeyCertificateRow.document)).all()
    revocations = session.scalars(sa.select(KeyRevocationRow.document)).all()
    return tuple(certificates), tuple(revocations)


def record(unit: Unit, papers: Iterable[bytes]) -> int:
    """Record the papers that are not known yet; return how many those are."""
    added = 0
    for document in dict.fromkeys(papers):
        row = _ROWS[label_of(document)]
        paper_id = document_id(document)
        if unit.get(row, paper_id) is None:
            unit.add(row(id=paper_id, document=document))
            added += 1
    unit.flush()
    return added


def heads_of(session: Session, station: bytes) -> tuple[LogHead, ...]:
    """Return how far each log of a station goes in these records."""
    log, entry = Base.metadata.tables["journal_log"], Base.metadata.tables["journal_entry"]
    first = log.c.id * sa.literal_column(str(1 << _SEQ_BITS), sa.BigInteger)
    after_last = first + sa.literal_column(str(1 << _SEQ_BITS), sa.BigInteger)
    newest = (
        sa.select(sa.func.max(entry.c.place))
        .where(entry.c.place > first, entry.c.place < after_last)
        .correlate(log)
        .scalar_subquery()
    )
    logs = session.execute(
        sa.select(log.c.incarnation, log.c.scope, entry.c.place, entry.c.hash)
        .select_from(log)
        .join(entry, entry.c.place == newest)
        .where(log.c.station == station)
    )
    heads = [
        LogHead(incarnation, str(scope), place & ((1 << _SEQ_BITS) - 1), digest)
        for incarnation, scope, place, digest in logs
    ]
    return tuple(sorted(heads, key=lambda head: (head.incarnation, head.scope)))
