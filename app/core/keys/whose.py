"""Whose a key is, where papers of several sites name it as their own (ADR 81).

A certificate names the key of somebody, who need not have asked for it. So a key says itself of which
site it is: by a certificate of itself that it signs, and by one for the key that takes its place.
"""

from collections.abc import Iterable, Set

from app.core.keys.certificates import KeyCertificate, KeyKind

Claim = tuple[bytes, KeyKind, bytes]
"""A key, what it is said to be for, and of which site."""


class Claims:
    """What papers say keys are, whether or not anybody who might has signed them."""

    def __init__(self, papers: Iterable[KeyCertificate]) -> None:
        self._own_words: set[Claim] = set()
        self._first: dict[Claim, int] = {}
        self._issuers: dict[Claim, set[bytes]] = {}
        for paper in papers:
            if says_itself(paper) or paper.succeeds == paper.issuer:
                self._own_words.add((paper.issuer, paper.kind, paper.site_id))
            if not says_itself(paper):
                claim = claim_of(paper)
                first = self._first.setdefault(claim, paper.issued_at)
                self._first[claim] = min(first, paper.issued_at)
                self._issuers.setdefault(claim, set()).add(paper.issuer)
        self._sites = _by_key(self._own_words)
        self._said = {paper.issuer for paper in papers if says_itself(paper)}

    def is_vouched(self, paper: KeyCertificate, issuers: Set[bytes]) -> bool:
        """Tell whether one of these keys says of a key the same as a paper."""
        return not self._issuers[claim_of(paper)].isdisjoint(issuers)

    def strength(self, paper: KeyCertificate) -> tuple[bool, int]:
        """Return whether the key says the same of itself, and, greater the older, since when it is said."""
        claim = claim_of(paper)
        return claim in self._own_words, -self._first[claim]

    def sites_named_by(self, key: bytes) -> frozenset[bytes]:
        """Return of which sites a key said itself that it is: one, unless somebody else holds it too."""
        return frozenset(self._sites.get(key, ()))

    def says_itself(self, key: bytes) -> bool:
        """Tell whether a key signed a certificate of itself."""
        return key in self._said


def claim_of(paper: KeyCertificate) -> Claim:
    """Return what a paper says of its key."""
    return paper.fingerprint, paper.kind, paper.site_id


def says_itself(paper: KeyCertificate) -> bool:
    """Tell whether a paper is a key's own word on whose it is."""
    return paper.issuer == paper.fingerprint


def rank(paper: KeyCertificate) -> tuple[int, bytes, bytes, bytes]:
    """Return what papers are ordered by, the same on every PC: the oldest is the least."""
    return paper.issued_at, paper.issuer, paper.subject, paper.succeeds


def _by_key(claims: Iterable[Claim]) -> dict[bytes, set[bytes]]:
    sites: dict[bytes, set[bytes]] = {}
    for key, _kind, site in claims:
        sites.setdefault(key, set()).add(site)
    return sites
