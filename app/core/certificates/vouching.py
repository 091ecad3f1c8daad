"""Who vouches for what a certificate stands on: the electronic signatures that its page repeats."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.core.certificates.models import CertificateRow
from app.core.signatures import SignatureLine, lines_under
from app.core.training import proofs_of
from app.core.training.practicals import assessor_signings

_MOST = 2
"""As many as a page has room for; the record of the training has them all."""


def signatures_behind(session: Session, row: CertificateRow) -> tuple[SignatureLine, ...]:
    """Return who signed the class, the assessment or the paper that was credited, oldest first.

    Of a practical it is the assessor; the learner's signature stands in its record. A certificate of
    a course stands on no signature.
    """
    if row.credit_id is None:
        return ()
    proofs = proofs_of(session, row.credit_id)
    found = lines_under(session, [*proofs, *assessor_signings(session, proofs)])
    return tuple(_one_of_each(found))[:_MOST]


def _one_of_each(lines: Iterable[SignatureLine]) -> Iterable[SignatureLine]:
    """Yield the first signature of each person with each meaning."""
    known = {(line.account_id, line.meaning): line for line in reversed(tuple(lines))}
    return sorted(known.values(), key=lambda line: (line.at, line.id))
