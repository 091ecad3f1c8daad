"""Which keys follow from the anchor by a set of papers: the web of belief under a key ring.

The outcome depends on the set of papers only, never on the order in which they came. Where papers
disagree on whose a key is, `whose.py` says which of them holds (ADR 81).
"""

from dataclasses import dataclass
from functools import lru_cache

from app.core.keys.certificates import (
    KeyCertificate,
    KeyKind,
    KeyRevocation,
    Signed,
    read_certificate,
    read_revocation,
    readable,
)
from app.core.keys.signed import fingerprint
from app.core.keys.whose import Claims, claim_of, rank, says_itself

_Rank = tuple[int, bytes, bytes, bytes]

_RINGS_KEPT = 16
"""So many sets of papers are not worked through again: those on record, and with what a file carries."""


@dataclass(frozen=True, slots=True)
class Own:
    """This site: its anchor's fingerprint, and its id."""

    anchor: bytes
    site_id: bytes


class Web:
    """The keys that follow from the anchor, grown until no paper adds one."""

    def __init__(self, papers: list[KeyCertificate], own: Own) -> None:
        self.believed: dict[bytes, KeyCertificate] = {}
        self.own = {own.anchor}
        self.roots: set[bytes] = set()
        self.sites: dict[bytes, bytes] = {}
        self.enrolments: dict[bytes, KeyCertificate] = {}
        self._own_site = own.site_id
        self._seats = _seats(papers)
        self._papers = frozenset(papers)
        self._claims = Claims(papers)
        grown = True
        while grown:
            grown = False
            for paper in papers:
                if self._adds(paper):
                    self._take(paper)
                    grown = True

    def issuers_over(self, key: bytes) -> set[bytes]:
        """Return the keys that may revoke a key."""
        certificate = self.believed.get(key)
        over = set(self.own)
        if certificate is None:
            return over
        of = {certificate.site_id} | self._claims.sites_named_by(key)
        return over | self.roots | {one for one, site in self.sites.items() if site in of}

    def says_itself(self, key: bytes) -> bool:
        """Tell whether a key has said itself of which site it is."""
        return self._claims.says_itself(key)

    def is_as_believed(self, paper: KeyCertificate) -> bool:
        """Tell whether a paper says of a key what is believed of it: no other one stands in when that falls."""
        known = self.believed.get(paper.fingerprint)
        return known is None or claim_of(known) == claim_of(paper)

    def _adds(self, paper: KeyCertificate) -> bool:
        if says_itself(paper):
            return False  # it certifies nobody, and only tells which of several papers holds
        known = self.believed.get(paper.fingerprint)
        if known is not None and self._weight(known) >= self._weight(paper):
            return False
        return self.founds(paper)

    def _weight(self, paper: KeyCertificate) -> tuple[bool, bool, int, _Rank]:
        """Return which of two papers of one key holds, the greater one; of two of one claim the newest.

        What this site's own keys and the roots say is before all else, and no other site takes a PC of
        this one for its own. Then what the key says itself; then the claim that was there first.
        """
        is_ours = paper.kind is KeyKind.STATION and paper.site_id == self._own_site
        is_vouched = is_ours or self._claims.is_vouched(paper, self.own | self.roots)
        is_own_word, age = self._claims.strength(paper)
        return is_vouched, is_own_word, age, rank(paper)

    def founds(self, paper: KeyCertificate) -> bool:
        """Tell whether a paper was given by a key that might give it."""
        if says_itself(paper):
            return paper.fingerprint in self.believed
        if paper.succeeds == paper.issuer:
            return self._follows(paper)
        if paper.kind is KeyKind.ORGANISATION:
            return paper.issuer in self.own
        if paper.kind is KeyKind.SITE:
            return paper.issuer in self.own or paper.issuer in self.roots
        if paper.kind is KeyKind.STATION and paper.issuer in self.enrolments:
            return self._has_seat(paper)
        return self._speaks_for(paper.issuer, paper.site_id)

    def names_heir(self, paper: KeyCertificate) -> bool:
        """Tell whether a site says that one of its PCs goes on for another one that was lost."""
        lost = self.believed.get(paper.succeeds)
        return (
            lost is not None
            and (paper.kind, lost.kind) == (KeyKind.STATION, KeyKind.STATION)
            and lost.site_id == paper.site_id
            and paper in self._papers
            and self._speaks_for(paper.issuer, paper.site_id)
        )

    def takes_place(self, paper: KeyCertificate) -> bool:
        """Tell whether a key follows another by a paper: by that one's own word, or by its site's."""
        known = self.believed.get(paper.fingerprint)
        if known is not None and known.site_id != paper.site_id:
            return False  # who names a key of another site as its own says nothing of it
        return paper.succeeds == paper.issuer or self.names_heir(paper)

    def _follows(self, paper: KeyCertificate) -> bool:
        """Tell whether a key takes the place of a believed one, which signed it, and of no more."""
        if paper.kind is KeyKind.SITE and paper.issuer in self.own:
            return paper.site_id == self._own_site
        before = self.believed.get(paper.issuer)
        return (
            before is not None
            and paper.kind in {KeyKind.SITE, KeyKind.STATION}
            and (before.kind, before.site_id) == (paper.kind, paper.site_id)
            and set(paper.scopes) <= set(before.scopes)
        )

    def _has_seat(self, paper: KeyCertificate) -> bool:
        enrolment = self.enrolments[paper.issuer]
        seat = self._seats.get(paper.issuer, {}).get(paper.fingerprint, enrolment.stations)
        return (
            paper.site_id == enrolment.site_id
            and paper.issued_at <= enrolment.valid_until
            and seat < enrolment.stations
            and set(paper.scopes) <= set(enrolment.scopes)
        )

    def _speaks_for(self, key: bytes, site_id: bytes) -> bool:
        """Tell whether a key is that of a site; a site speaks for its own stations only."""
        return self.sites.get(key) == site_id or (key in self.own and site_id == self._own_site)

    def _is_ours(self, paper: KeyCertificate) -> bool:
        """Tell whether our own key says so, or a root that names which of our keys was lost."""
        named_by_root = paper.issuer in self.roots and paper.succeeds in self.own
        return paper.issuer in self.own or named_by_root

    def _take(self, paper: KeyCertificate) -> None:
        key = paper.fingerprint
        self.believed[key] = paper
        self.sites.pop(key, None)
        self.enrolments.pop(key, None)
        if paper.kind is KeyKind.ORGANISATION:
            self.roots.add(key)
        elif paper.kind is KeyKind.SITE:
            self.sites[key] = paper.site_id
            if paper.site_id == self._own_site and self._is_ours(paper):
                self.own.add(key)  # the key after ours, or before it
        elif paper.kind is KeyKind.ENROLMENT:
            self.enrolments[key] = paper


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What follows from a set of papers, whatever the time is. Nothing in it is changed."""

    papers: list[KeyCertificate]
    ever: Web
    revoked: dict[bytes, list[KeyRevocation]]
    web: Web
    steps: dict[bytes, set[bytes]]
    """Which keys each one took the place of at once."""


@lru_cache(maxsize=_RINGS_KEPT)
def beliefs_of(certificates: frozenset[bytes], revocations: frozenset[bytes], own: Own) -> Beliefs:
    """Return what follows from papers. A room of forty PCs asks this some hundred times a minute."""
    known = readable(certificates, read_certificate)
    # in one order on every PC, so that equal sets of papers mean equal rings
    papers = sorted((one.says for one in known), key=rank)
    ever = Web(papers, own)
    revoked = _by_subject(readable(revocations, read_revocation), ever)
    fallen = _fallen(known, revoked)
    web = Web([one for one in papers if one not in fallen and ever.is_as_believed(one)], own)
    steps: dict[bytes, set[bytes]] = {}
    for paper in papers:
        if web.takes_place(paper):
            steps.setdefault(paper.fingerprint, set()).add(paper.succeeds)
    return Beliefs(papers, ever, revoked, web, steps)


def _fallen(
    known: list[Signed[KeyCertificate]], revoked: dict[bytes, list[KeyRevocation]]
) -> set[KeyCertificate]:
    """Return the certificates by revoked keys, but for those that every revocation keeps."""
    return {
        one.says
        for one in known
        if one.says.issuer in revoked
        and not all(fingerprint(one.document) in list_.keeps for list_ in revoked[one.says.issuer])
    }


def _seats(papers: list[KeyCertificate]) -> dict[bytes, dict[bytes, int]]:
    """Return which place each station has among those that one key certified: earliest first."""
    seats: dict[bytes, dict[bytes, int]] = {}
    for paper in papers:
        if paper.kind is KeyKind.STATION and paper.succeeds != paper.issuer:
            taken = seats.setdefault(paper.issuer, {})
            taken.setdefault(paper.fingerprint, len(taken))
    return seats


def _by_subject(
    revocations: list[Signed[KeyRevocation]], web: Web
) -> dict[bytes, list[KeyRevocation]]:
    """Return the revocations that their issuers might give, by key.

    An issuer that was revoked itself has not lost what it revoked: that never becomes valid again.
    """
    revoked: dict[bytes, list[KeyRevocation]] = {}
    in_order = sorted(revocations, key=lambda one: (one.says.revoked_at, one.document))
    for one in (signed.says for signed in in_order):
        if one.issuer in web.issuers_over(one.subject) and one.issuer != one.subject:
            revoked.setdefault(one.subject, []).append(one)
    return revoked
