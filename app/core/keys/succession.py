"""A new key for a site whose own was lost with its PC: asked of headquarters, or begun anew without any.

The records come back from a backup, the site's private key does not. Headquarters' root names the
key that takes the lost one's place, and revokes the lost one up to the papers that are known to be
its own. A site without headquarters begins a key by itself, and its other PCs take it by eight words.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import to_microseconds
from app.core.base.reasons import explained
from app.core.keys.certificates import KeyCertificate, KeyKind, read_certificate, readable
from app.core.keys.errors import (
    HasHeadquarters,
    LostKeyUnknown,
    NotTheRootsPc,
    SiteKeyHere,
)
from app.core.keys.folder import SigningKey
from app.core.keys.known_keys import ANCHOR, KnownKeys
from app.core.keys.notary import NEXT, ORGANISATION_KEY, SITE_KEY, Named
from app.core.keys.pairing import Asked, PairAnswer, PairRequest, SiteTold
from app.core.keys.papers import record
from app.core.keys.ring import KeyRing
from app.core.keys.sealing import SITE_SEALING, STATION_SEALING, SealingKeys
from app.core.keys.signed import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class LostKey:
    """How it stands with the site's key on this PC."""

    is_here: bool
    headquarters: str
    """Who can name a new one; empty where no other site is above this one."""
    is_asked: bool
    """Whether a new key waits here for the answer."""


class Succession:
    """Both ends of it: the PC that takes over, and headquarters."""

    def __init__(self, known: KnownKeys) -> None:
        self._known = known

    def standing(self) -> LostKey:
        """Return how it stands."""
        known = self._known
        root = known.ring().organisation
        above = root is not None and root.site != known.site_id
        return LostKey(
            is_here=known.authority.can_sign,
            headquarters=root.label if root is not None and above else "",
            is_asked=self.waiting is not None,
        )

    @property
    def waiting(self) -> SigningKey | None:
        """Return the key that asks for the place of the lost one; None where none does."""
        return None if self._known.authority.can_sign else self._next

    @property
    def _next(self) -> SigningKey | None:
        return self._known.notary.keys.signing_key(SITE_KEY + NEXT)

    def request(self, actor: Actor) -> tuple[PairRequest, SigningKey]:
        """Return the request for headquarters and the key that signs it; it waits for the answer.

        Asked again, it is the same key: an answer to the request before still fits. Raises SiteKeyHere.
        """
        actor.require(Capability.MANAGE_SITE)
        known, ring = self._known, self._known.ring()
        if known.authority.can_sign:
            raise SiteKeyHere
        key, sealing = self._next_key()
        certificates, revocations = known.papers()
        root = ring.organisation
        request = PairRequest(
            kind=KeyKind.SITE,
            subject=key.public_key,
            sealing=sealing,
            label=known.register.identity().name,
            site_id=known.site_id.bytes,
            organisation=root.fingerprint if root else b"",
            succeeds=fingerprint(known.register.trusted().token_key),
            certificates=certificates,
            revocations=revocations,
            made_at=to_microseconds(known.site.clock.now()),
        )
        return request, key

    def papers_for(self, asked: Asked, reason: str) -> tuple[bytes, ...]:
        """Return what headquarters sign for who asks: the new key's certificate first.

        Raises ReasonMissing, NotTheRootsPc, LostKeyUnknown.
        """
        reason = explained(reason)
        known, request = self._known, asked.request
        ring, now, site_id = known.ring(), known.site.clock.now(), asked.site_id
        root = known.notary.organisation(ring)
        if root is None:
            raise NotTheRootsPc
        lost = _site_key(ring, request.succeeds, site_id)
        if lost is None or site_id is None:
            raise LostKeyUnknown(asked.label)
        named = Named(
            kind=KeyKind.SITE,
            subject=request.subject,
            label=asked.label,
            sealing=request.sealing,
            site_id=site_id,
        )
        first = known.notary.certificate(
            named, root, root.public_key, now, succeeds=lost.fingerprint
        )
        ours, lists = known.papers()
        carried = [*ours, *request.certificates]
        as_the_site = KeyRing(carried, [*lists, *request.revocations], lost.subject, site_id, now)
        keeps = _signed_by(lost.fingerprint, carried, as_the_site)
        revoked = known.notary.revocation(lost.fingerprint, (), reason, now, root, keeps=keeps)
        rest = known.believed(request.certificates, request.revocations, first)
        return tuple(dict.fromkeys([first, revoked, *rest]))

    def is_for(self, answer: PairAnswer) -> bool:
        """Tell whether an answer is to the request that waits here."""
        waiting = self.waiting
        return waiting is not None and answer.subject == waiting.fingerprint

    def take(self, actor: Actor, answer: PairAnswer, told: SiteTold) -> None:
        """Let the key that waits take the place of the lost one. Raises LostKeyUnknown."""
        known, key = self._known, self.waiting
        carried = [*answer.certificates, *told.certificates]
        ring = known.ring(carried, told.revocations)
        if key is None or key.fingerprint not in ring.own_keys:
            raise LostKeyUnknown(told.name)
        root = ring.organisation
        more = [known.certified(self._before(ring), key, ring), self._this_pc(key, ring)]
        if root is not None:
            above = Named(
                kind=KeyKind.ORGANISATION,
                subject=root.subject,
                label=root.label,
                site_id=root.site,
            )
            more.append(known.certified(above, key, ring))
        papers = known.believed(carried, told.revocations, *more)
        self._put_in_force(actor, key, papers, told.name)

    def begin_alone(self, actor: Actor, reason: str) -> None:
        """Begin a new key without anybody above; other PCs of the site take it by eight words.

        Raises SiteKeyHere, HasHeadquarters, ReasonMissing.
        """
        actor.require(Capability.MANAGE_SITE)
        standing = self.standing()
        if standing.is_here:
            raise SiteKeyHere
        if standing.headquarters:
            raise HasHeadquarters(standing.headquarters)
        reason = explained(reason)
        known, ring = self._known, self._known.ring()
        key, sealing = self._next_key()
        lost, root = self._before(ring), SigningKey.make()
        known.notary.keys.write_private(ORGANISATION_KEY, root.private)
        now, name = known.site.clock.now(), known.register.identity().name
        above = self._of_ours(KeyKind.ORGANISATION, root.public_key, name)
        ours = self._of_ours(KeyKind.SITE, key.public_key, name, sealing)
        keeps = _signed_by(fingerprint(lost.subject), known.papers()[0], ring)
        papers = (
            known.certified(lost, key, ring),
            known.certified(above, key, ring, after=ring.organisation),
            known.notary.certificate(ours, root, root.public_key, now),
            self._this_pc(key, ring),
            known.notary.revocation(fingerprint(lost.subject), (), reason, now, key, keeps=keeps),
        )
        # before the records: cut in between, nobody is believed until this is done once more
        known.notary.keys.write_private(ANCHOR, key.public_key)
        self._put_in_force(actor, key, papers, reason)

    def anchor_anew(self, told: SiteTold, papers: Iterable[bytes]) -> bool:
        """Believe another key of this PC's own site, whose words somebody has compared.

        Only one that stands by the key that was believed until now, and by this PC; else False.
        """
        known = self._known
        if not known.register.is_known:
            return False  # it joins anew: nothing was recorded here
        now = known.site.clock.now()
        after = KeyRing(papers, told.revocations, told.token_key, known.site_id, now)
        stands = fingerprint(known.anchor) in after.own_keys
        if not stands or not after.is_believed(known.station.fingerprint):
            return False
        known.notary.keys.write_private(ANCHOR, told.token_key)
        return True

    def _put_in_force(
        self, actor: Actor, key: SigningKey, papers: Iterable[bytes], reason: str
    ) -> None:
        known, now = self._known, self._known.site.clock.now()
        pdf_certificate = known.authority.create_pdf_key(now)
        with known.site.transaction(actor, "key.replace", reason=reason) as unit:
            record(unit, papers)
            known.register.add_key(unit, key.public_key, now, pdf_certificate)
        known.notary.put_in_place(SITE_KEY, SITE_SEALING)
        known.authority.take(known.register.trusted())

    def _next_key(self) -> tuple[SigningKey, str]:
        notary, now = self._known.notary, self._known.site.clock.now()
        waiting = self._next
        if waiting is None:
            return notary.next_key(SITE_KEY, SITE_SEALING, now)
        return waiting, SealingKeys(notary.keys, SITE_SEALING + NEXT).recipient(now)

    def _before(self, ring: KeyRing) -> Named:
        """Return what a new key says of the lost one: what that certified, and knew, stays."""
        lost = self._known.register.trusted().token_key
        papers = {paper.subject: paper for paper, _lists in ring.certificates()}
        sealing = papers[lost].sealing if lost in papers else ""
        return self._of_ours(KeyKind.SITE, lost, self._known.register.identity().name, sealing)

    def _this_pc(self, key: SigningKey, ring: KeyRing) -> bytes:
        known = self._known
        sealing = known.recipient(STATION_SEALING)
        named = self._of_ours(KeyKind.STATION, known.station.public_key, known.pc, sealing)
        return known.certified(named, key, ring, succeeds=known.notary.keys.lost_station)

    def _of_ours(self, kind: KeyKind, subject: bytes, label: str, sealing: str = "") -> Named:
        return Named(
            kind=kind, subject=subject, label=label, sealing=sealing, site_id=self._known.site_id
        )


def _site_key(ring: KeyRing, key: bytes, site_id: UUID | None) -> KeyCertificate | None:
    """Return the certificate of a key that is known to be, or to have been, that site's."""
    return next(
        (
            paper
            for paper, _lists in ring.certificates()
            if paper.kind is KeyKind.SITE and paper.fingerprint == key and paper.site == site_id
        ),
        None,
    )


def _signed_by(key: bytes, documents: Iterable[bytes], ring: KeyRing) -> tuple[bytes, ...]:
    """Return the hashes of the certificates by a key that hold, as far as they are known here."""
    known = readable(set(documents), read_certificate)
    return tuple(
        sorted(
            hashlib.sha256(one.document).digest()
            for one in known
            if one.says.issuer == key and ring.holds(one.says)
        )
    )
