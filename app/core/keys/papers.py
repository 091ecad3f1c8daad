"""The key certificates and revocations that the records hold."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Unit, vector_of
from app.core.keys.certificates import CERTIFICATE, REVOCATION, LogHead, document_id
from app.core.keys.models import KeyCertificateRow, KeyRevocationRow
from app.core.keys.signed import label_of

_ROWS = {CERTIFICATE: KeyCertificateRow, REVOCATION: KeyRevocationRow}


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
    """Return how far each log of a station goes in these records, as far as it is proved."""
    heads = [
        LogHead(one.log.incarnation, one.log.scope.value, one.seq, one.head)
        for one in vector_of(session.connection())
        if one.log.station == station
    ]
    return tuple(sorted(heads, key=lambda head: (head.incarnation, head.scope, head.seq)))
