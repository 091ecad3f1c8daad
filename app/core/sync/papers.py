"""The papers that a sync file carries: key certificates, revocations, and signed ends of logs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.core.journal import Position
from app.core.keys import CERTIFICATE, REVOCATION, PaperRefused, label_of
from app.core.sync.heads import HEADS, read_heads


class SignedEnd(NamedTuple):
    """The end of a log, who signed for it (a fingerprint), and the paper."""

    position: Position
    signer: bytes
    document: bytes


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers by kind. Those of a kind that came later are left out; none is believed by lying here."""

    certificates: tuple[bytes, ...]
    revocations: tuple[bytes, ...]
    heads: tuple[SignedEnd, ...]


def sorted_papers(untrusted: Iterable[bytes]) -> Papers:
    """Return papers by kind; what is no paper, or whose signature does not hold, is left out."""
    kinds: dict[str, list[bytes]] = {CERTIFICATE: [], REVOCATION: []}
    heads: list[SignedEnd] = []
    for document in untrusted:
        try:
            label = label_of(document)
            if label == HEADS:
                signer, positions = read_heads(document)
                heads += [SignedEnd(position, signer, document) for position in positions]
            elif label in kinds:
                kinds[label].append(document)
        except PaperRefused:
            continue
    return Papers(tuple(kinds[CERTIFICATE]), tuple(kinds[REVOCATION]), tuple(heads))
