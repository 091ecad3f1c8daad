"""Whose key is believed here, worked out from key certificates and revocations alone.

One key is believed without a paper: this site's own, the *anchor*. It certifies its stations, its
enrolment keys, the organisations it belongs to and the sites it was paired with; an organisation's
root certifies sites; each site certifies its stations. The outcome depends on the set of papers
only, never on the order in which they came.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from uuid import UUID

from app.core.base.clock import to_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys.beliefs import Own, beliefs_of
from app.core.keys.certificates import KeyCertificate, KeyKind, KeyRevocation
from app.core.keys.pc_names import told_apart
from app.core.keys.signed import fingerprint
from app.core.keys.whose import rank
from app.core.keys.words import shown
from app.core.storage.tables import Scope


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
        own = Own(fingerprint(anchor), site_id.bytes)
        beliefs = beliefs_of(frozenset(certificates), frozenset(revocations), own)
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
        return max(roots, key=rank, default=None)

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

    def says_itself(self, key: bytes) -> bool:
        """Tell whether a key has said itself of which site it is."""
        return self._ever.says_itself(key)

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
        """Return the number of the last entry that is taken from a log of a station; None: no end."""
        until = self.revoked_beyond(station, incarnation, scope)
        return 0 if until is None and station not in self._web.believed else until

    def revoked_beyond(self, station: bytes, incarnation: bytes, scope: Scope) -> int | None:
        """Return beyond which entry of a log its station was revoked by name; None where it was not.

        Of several revocations the strictest holds: nothing that was revoked becomes valid again.
        """
        lists = self._revoked.get(station)
        if lists is None:
            return None
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
        for certificate in sorted(self._ever.believed.values(), key=rank):
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
            if paper.issuer in self._ever.believed and self._ever.is_as_believed(paper):
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
