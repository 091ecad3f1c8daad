"""Whose key is believed here, worked out from key certificates and revocations alone.

One key is believed without a paper: this site's own, the *anchor*. It certifies its stations, its
enrolment keys, the organisations it belongs to and the sites it was paired with; an organisation's
root certifies sites; each site certifies its stations. The outcome depends on the set of papers
only, never on the order in which they came.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from uuid import UUID

from app.core.base.clock import to_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys.certificates import (
    KeyCertificate,
    KeyKind,
    KeyRevocation,
    Signed,
    read_certificate,
    read_revocation,
    readable,
)
from app.core.keys.pc_names import told_apart
from app.core.keys.signed import fingerprint
from app.core.keys.words import shown
from app.core.storage.tables import Scope

_RINGS_KEPT = 16
"""So many sets of papers are not worked through again: those on record, and with what a file carries."""


class KeyNotTrusted(UserFacingError):
    """A key that is not believed here, and why."""


class KeyUnknown(KeyNotTrusted):
    """Nobody whom this site believes has certified the key."""

    def __init__(self) -> None:
        super().__init__(
            _("No key that this site trusts stands behind the PC that signed this."),
            safe=_("Nothing was taken from it."),
            remedy=_("Pair this site with the other one first, or pair the PC."),
        )


class KeyExpired(KeyNotTrusted):
    """The key's certificate has run out."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("The key of {name} was certified for a time that is over.").format(name=label),
            safe=_("Nothing was taken from it."),
            remedy=_("Pair that PC again, or set the clock of this PC right."),
        )


class KeyRevoked(KeyNotTrusted):
    """The key was revoked."""

    def __init__(self, label: str, reason: str) -> None:
        super().__init__(
            _("The key of {name} was revoked: {reason}.").format(name=label, reason=reason),
            safe=_("What it wrote up to then stays; nothing more was taken from it."),
            remedy=_(
                "Take in nothing more from that PC, and tell whoever looks after the keys where the "
                "file came from. If the PC is in good hands, let it join anew: it gets new keys."
            ),
        )


class KeyRing:
    """Which keys are believed, given the papers known here and the anchor."""

    def __init__(
        self,
        certificates: Iterable[bytes],
        revocations: Iterable[bytes],
        anchor: bytes,
        site_id: UUID,
        now: datetime,
    ) -> None:
        """Take papers as bytes; `anchor` is the site's own public key, `now` what runs out by."""
        self._now = to_microseconds(now)
        self._site = site_id
        own = _Own(fingerprint(anchor), site_id.bytes)
        beliefs = _beliefs(frozenset(certificates), frozenset(revocations), own)
        self._papers, self._steps = beliefs.papers, beliefs.steps
        self._ever, self._revoked, self._web = beliefs.ever, beliefs.revoked, beliefs.web

    @property
    def own_keys(self) -> frozenset[bytes]:
        """Return the fingerprints of this site's own keys: the anchor and those that followed it."""
        return frozenset(self._ever.own)

    @property
    def organisation(self) -> KeyCertificate | None:
        """Return the certificate of the organisation's root in force: the one taken last."""
        roots = [self._web.believed[one] for one in self._web.roots]
        return max(roots, key=_rank, default=None)

    @property
    def headquarters(self) -> frozenset[UUID]:
        """Return the sites that are or were headquarters here: those of every root that was ever believed.

        Each site has a root of its own, which says nothing while another one is in force.
        """
        sites = {self._ever.believed[one].site for one in self._ever.roots}
        in_force = self.organisation
        return frozenset(sites - {self._site} | ({in_force.site} if in_force else set()))

    @property
    def revocation_version(self) -> int:
        """Return how many keys are revoked: it only rises, so that an older list is seen to be one."""
        return len(self._revoked)

    def find(self, key: bytes) -> KeyCertificate | None:
        """Return the certificate that a key has or had; None where it was never believed."""
        return self._ever.believed.get(key)

    def known(self, key: bytes) -> KeyCertificate:
        """Return the certificate that a key has or had, named by its fingerprint. Raises KeyUnknown."""
        certificate = self._ever.believed.get(key)
        if certificate is None:
            raise KeyUnknown
        return certificate

    def trusted(self, key: bytes) -> KeyCertificate:
        """Return the certificate of a key that is believed now. Raises a KeyNotTrusted."""
        certificate = self.known(key)
        if key in self._revoked:
            raise KeyRevoked(shown(certificate.label), shown(self._revoked[key][0].reason))
        standing = self._web.believed.get(key)
        if standing is None:
            raise KeyRevoked(shown(certificate.label), _("so was the key that certified it"))
        if standing.valid_until < self._now:
            raise KeyExpired(shown(standing.label))
        return standing

    def is_believed(self, key: bytes) -> bool:
        """Tell whether a key is believed now; what runs out with time is not asked."""
        return key in self._web.believed and key not in self._revoked

    def holds(self, certificate: KeyCertificate) -> bool:
        """Tell whether a certificate was given by who might give it, revoked since or not."""
        return self._ever.founds(certificate)

    def may_write(self, station: bytes, scope: Scope) -> bool:
        """Tell whether a station was ever certified to write in a scope; see `last_accepted` too."""
        certificate = self._ever.believed.get(station)
        return (
            certificate is not None
            and certificate.kind is KeyKind.STATION
            and scope.value in certificate.scopes
        )

    def took_place_of(self, key: bytes, former: bytes) -> bool:
        """Tell whether a former key signed that this one takes its place, at once or by others between.

        Such a certificate is the former key's own word, so it proves itself. Where a PC was lost, its site
        says which one took its place.
        """
        before: set[bytes] = set()
        reached = {key}
        while reached:  # two keys that name each other end it too
            reached = {old for new in reached for old in self._steps.get(new, ())} - before - {key}
            before |= reached
        return former in before

    def last_accepted(self, station: bytes, incarnation: bytes, scope: Scope) -> int | None:
        """Return the number of the last entry that is taken from a log of a station; None: no end.

        Of several revocations the strictest holds: nothing that was revoked becomes valid again.
        """
        lists = self._revoked.get(station)
        if lists is None:
            return None if station in self._web.believed else 0
        return min(
            max(
                (
                    head.seq
                    for head in one.up_to
                    if (head.incarnation, head.scope) == (incarnation, scope.value)
                ),
                default=0,
            )
            for one in lists
        )

    def certificates(self) -> Iterator[tuple[KeyCertificate, tuple[KeyRevocation, ...]]]:
        """Yield every key that was ever believed, with its revocations, oldest first."""
        for certificate in sorted(self._ever.believed.values(), key=_rank):
            yield certificate, tuple(self._revoked.get(certificate.fingerprint, ()))

    @cached_property
    def names(self) -> dict[bytes, str]:
        """Return what the owner of every key that was ever believed is called, by its fingerprint.

        PCs of one site with one name, and sites with one name, have words of their keys behind it.
        """
        papers = self._ever.believed.values()
        alike = told_apart(papers, self.took_place_of)
        return {**{paper.fingerprint: shown(paper.label) for paper in papers}, **dict(alike)}

    def first_certified(self) -> dict[bytes, int]:
        """Return since when each key is certified, by its oldest paper of a key that was ever believed.

        A key that is replaced gets a new paper of the one that takes its place. In microseconds.
        """
        since: dict[bytes, int] = {}
        for paper in self._papers:
            if paper.issuer in self._ever.believed:
                oldest = since.get(paper.fingerprint, paper.issued_at)
                since[paper.fingerprint] = min(oldest, paper.issued_at)
        return since

    def refused_by_number(self) -> tuple[KeyCertificate, ...]:
        """Return the stations beyond the number that their site file allowed."""
        return tuple(
            paper
            for paper in self._papers
            if paper.kind is KeyKind.STATION
            and paper.fingerprint not in self._ever.believed
            and paper.issuer in self._ever.enrolments
        )


@dataclass(frozen=True, slots=True)
class _Own:
    """This site: its anchor's fingerprint, and its id."""

    anchor: bytes
    site_id: bytes


class _Web:
    """The keys that follow from the anchor, grown until no paper adds one."""

    def __init__(self, papers: list[KeyCertificate], own: _Own) -> None:
        self.believed: dict[bytes, KeyCertificate] = {}
        self.own = {own.anchor}
        self.roots: set[bytes] = set()
        self.sites: dict[bytes, bytes] = {}
        self.enrolments: dict[bytes, KeyCertificate] = {}
        self._own_site = own.site_id
        self._seats = _seats(papers)
        self._papers = frozenset(papers)
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
        over |= self.roots
        return over | {one for one, site in self.sites.items() if site == certificate.site_id}

    def _adds(self, paper: KeyCertificate) -> bool:
        known = self.believed.get(paper.fingerprint)
        if known is not None and self._weight(known) >= self._weight(paper):
            return False
        return self.founds(paper)

    def _weight(self, paper: KeyCertificate) -> tuple[bool, tuple[int, bytes, bytes, bytes]]:
        """Return which of two papers of one key holds: no other site takes a PC of this one for its own."""
        is_ours = paper.kind is KeyKind.STATION and paper.site_id == self._own_site
        return is_ours, _rank(paper)

    def founds(self, paper: KeyCertificate) -> bool:
        """Tell whether a paper was given by a key that might give it."""
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
        if paper.kind is KeyKind.ORGANISATION:
            self.roots.add(key)
        elif paper.kind is KeyKind.SITE:
            self.sites[key] = paper.site_id
            if paper.site_id == self._own_site and self._is_ours(paper):
                self.own.add(key)  # the key after ours, or before it
        elif paper.kind is KeyKind.ENROLMENT:
            self.enrolments[key] = paper


@dataclass(frozen=True, slots=True)
class _Beliefs:
    """What follows from a set of papers, whatever the time is. Nothing in it is changed."""

    papers: list[KeyCertificate]
    ever: _Web
    revoked: dict[bytes, list[KeyRevocation]]
    web: _Web
    steps: dict[bytes, set[bytes]]
    """Which keys each one took the place of at once."""


@lru_cache(maxsize=_RINGS_KEPT)
def _beliefs(certificates: frozenset[bytes], revocations: frozenset[bytes], own: _Own) -> _Beliefs:
    """Return what follows from papers. A room of forty PCs asks this some hundred times a minute."""
    known = readable(certificates, read_certificate)
    # in one order on every PC, so that equal sets of papers mean equal rings
    papers = sorted((one.says for one in known), key=_rank)
    ever = _Web(papers, own)
    revoked = _by_subject(readable(revocations, read_revocation), ever)
    fallen = _fallen(known, revoked)
    web = _Web([paper for paper in papers if paper not in fallen], own)
    steps: dict[bytes, set[bytes]] = {}
    for paper in papers:
        if paper.succeeds == paper.issuer or web.names_heir(paper):
            steps.setdefault(paper.fingerprint, set()).add(paper.succeeds)
    return _Beliefs(papers, ever, revoked, web, steps)


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


def _rank(paper: KeyCertificate) -> tuple[int, bytes, bytes, bytes]:
    return paper.issued_at, paper.issuer, paper.subject, paper.succeeds


def _seats(papers: list[KeyCertificate]) -> dict[bytes, dict[bytes, int]]:
    """Return which place each station has among those that one key certified: earliest first."""
    seats: dict[bytes, dict[bytes, int]] = {}
    for paper in papers:
        if paper.kind is KeyKind.STATION and paper.succeeds != paper.issuer:
            taken = seats.setdefault(paper.issuer, {})
            taken.setdefault(paper.fingerprint, len(taken))
    return seats


def _by_subject(
    revocations: list[Signed[KeyRevocation]], web: _Web
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
