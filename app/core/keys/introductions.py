"""Pairing: two PCs come to know each other by two files and eight words read out."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import to_microseconds
from app.core.keys.certificates import KeyKind, read_certificate, readable
from app.core.keys.errors import (
    OfAnotherOrganisation,
    OfAnotherSite,
    OwnRequest,
    WordsDiffer,
)
from app.core.keys.folder import SigningKey
from app.core.keys.known_keys import KnownKeys
from app.core.keys.notary import Named
from app.core.keys.pairing import (
    ANSWER,
    Asked,
    NotForThisPc,
    PairAnswer,
    PairRequest,
    SiteTold,
    ask,
    is_for,
    read_answer,
    read_request,
)
from app.core.keys.papers import record
from app.core.keys.ring import KeyRevoked, KeyRing
from app.core.keys.sealing import SITE_SEALING, STATION_SEALING
from app.core.keys.signed import Signer, fingerprint, sign_document
from app.core.keys.succession import Succession
from app.core.keys.words import fingerprint_code, fingerprint_words, same_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """A request that is ready to be carried, and the words that prove it."""

    document: bytes
    words: str
    code: str
    """What a QR code of the same holds."""
    kind: KeyKind
    label: str
    site_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What came of a pairing."""

    kind: KeyKind
    label: str
    key: bytes
    """Fingerprint of the key that is known now."""
    site_id: UUID
    answer: bytes | None
    """What to carry back; None where an answer was taken."""
    words: str
    """The words of this site: the other screen shows them when the answer is taken."""


class Pairing:
    """Makes requests, answers them, and takes answers."""

    def __init__(self, known: KnownKeys) -> None:
        self._known = known
        self._succession = Succession(known)

    def introduce(self) -> Introduction:
        """Return what makes this site known to another one, or this PC to its own site.

        Only a PC with the site's key speaks for the site; any other asks for itself.
        """
        known = self._known
        known.establish()
        site = known.notary.site
        if site is not None and known.authority.can_sign:
            return _introduction(self._of_site(site), site)
        request = PairRequest(
            kind=KeyKind.STATION,
            subject=known.station.public_key,
            sealing=known.recipient(STATION_SEALING),
            label=known.pc,
            site_id=known.site_id.bytes,
            succeeds=known.notary.keys.lost_station,
            made_at=to_microseconds(known.site.clock.now()),
        )
        return _introduction(request, known.station)

    def introduce_successor(self, actor: Actor) -> Introduction:
        """Return the request for a new key of this site, whose own was lost. Raises SiteKeyHere."""
        request, key = self._succession.request(actor)
        return _introduction(request, key)

    def pair(
        self, actor: Actor, untrusted_request: bytes, typed_words: str, reason: str = ""
    ) -> Paired:
        """Let a new PC into this site, or make another site known; return the answer to carry back.

        A site whose key was lost gets a new one named, for a `reason`. Raises a PaperRefused,
        WordsDiffer, NotTheSitesPc, OfAnotherSite, OfAnotherOrganisation, OwnRequest, KeyRevoked, and
        what `Succession.papers_for` does.
        """
        actor.require(Capability.MANAGE_SITE)
        asked = read_request(untrusted_request)
        if not same_words(typed_words, asked.words):
            raise WordsDiffer
        known = self._known
        site, ring = known.site_key(), known.ring()
        self._require_stranger(asked, ring)
        reason = " ".join(reason.split())
        if asked.replaces_lost_key:
            papers = self._succession.papers_for(asked, reason)
        else:
            papers = self._papers_for(asked, ring, site)
        about = ": ".join(part for part in (asked.label, reason) if part)
        with known.site.transaction(
            actor, "key.replace" if asked.replaces_lost_key else "key.pair", reason=about
        ) as unit:
            record(unit, papers)
        key = fingerprint(asked.request.subject)
        answer = PairAnswer(
            subject=key,
            certificates=(papers[0],),
            register=known.register_paper(),
            made_at=to_microseconds(known.site.clock.now()),
        )
        return Paired(
            kind=asked.kind,
            label=asked.label,
            key=key,
            site_id=asked.site_id or known.site_id,
            answer=sign_document(ANSWER, answer, site),
            words=fingerprint_words(site.public_key),
        )

    def take(self, actor: Actor, untrusted_answer: bytes, typed_words: str) -> Paired:
        """Take the answer of the site that this one, or this PC, asked.

        A site that takes an answer belongs to the organisation of the one that gave it, from then on.
        Raises a PaperRefused, WordsDiffer, NotForThisPc, NotTheSitesPc.
        """
        actor.require(Capability.MANAGE_SITE)
        answer, told = read_answer(untrusted_answer)
        if not same_words(typed_words, told.words):
            raise WordsDiffer
        if self._succession.is_for(answer):
            self._succession.take(actor, answer, told)
            return self._taken(told)
        if told.site_id == self._known.site_id:
            papers = self._taken_from_own_site(answer, told)
        else:
            papers = self._taken_from_organisation(answer, told)
        with self._known.site.transaction(actor, "key.pair", reason=told.name) as unit:
            record(unit, papers)
        return self._taken(told)

    def _taken(self, told: SiteTold) -> Paired:
        return Paired(
            kind=KeyKind.SITE,
            label=told.name,
            key=fingerprint(told.token_key),
            site_id=told.site_id,
            answer=None,
            words=fingerprint_words(self._known.authority.public_key),
        )

    def _of_site(self, site: SigningKey) -> PairRequest:
        known, ring = self._known, self._known.ring()
        certificates, revocations = known.papers()
        root = ring.organisation
        is_ours = root is None or known.notary.organisation(ring) is not None
        return PairRequest(
            kind=KeyKind.SITE,
            subject=site.public_key,
            sealing=known.recipient(SITE_SEALING),
            label=known.register.identity().name,
            site_id=known.site_id.bytes,
            organisation=b"" if is_ours or root is None else root.fingerprint,
            certificates=certificates,
            revocations=revocations,
            made_at=to_microseconds(known.site.clock.now()),
        )

    def _require_stranger(self, asked: Asked, ring: KeyRing) -> None:
        request, own = asked.request, self._known.site_id
        key = fingerprint(request.subject)
        for paper, revocations in ring.certificates():
            if paper.fingerprint == key and revocations:
                raise KeyRevoked(paper.label, revocations[0].reason)
        if asked.kind is KeyKind.STATION:
            if asked.site_id not in {None, own}:
                raise OfAnotherSite
            return
        if asked.site_id == own:
            raise OwnRequest
        if request.organisation and request.organisation not in self._own_roots(ring):
            raise OfAnotherOrganisation(asked.label)

    def _own_roots(self, ring: KeyRing) -> set[bytes]:
        """Return the root in force, and those that this site had before it began with a new key."""
        certificates, _lists = self._known.papers()
        roots = {
            one.says.fingerprint
            for one in readable(certificates, read_certificate)
            if one.says.kind is KeyKind.ORGANISATION
            and one.says.site == self._known.site_id
            and one.says.issuer in ring.own_keys
        }
        return roots | ({ring.organisation.fingerprint} if ring.organisation else set())

    def _papers_for(self, asked: Asked, ring: KeyRing, site: SigningKey) -> tuple[bytes, ...]:
        """Return the certificate of whoever asks, first, and what else comes to be believed with it."""
        request, known = asked.request, self._known
        named = Named(
            kind=asked.kind,
            subject=request.subject,
            label=asked.label,
            sealing=request.sealing,
            site_id=asked.site_id or known.site_id,
        )
        if asked.kind is KeyKind.STATION:
            lost = request.succeeds if _is_pc_of(ring, request.succeeds, known.site_id) else b""
            return (self._known.certified(named, site, ring, succeeds=lost),)
        first = self._known.certified(named, known.notary.organisation(ring) or site, ring)
        rest = known.believed(request.certificates, request.revocations, first)
        return tuple(dict.fromkeys([first, *rest]))

    def _taken_from_own_site(self, answer: PairAnswer, told: SiteTold) -> tuple[bytes, ...]:
        known = self._known
        if not is_for(answer, known.station.public_key):
            raise NotForThisPc(told.name)
        if fingerprint(told.token_key) not in known.ring(told.certificates).own_keys:
            papers = [*answer.certificates, *told.certificates]
            if not self._succession.anchor_anew(told, papers):
                raise NotForThisPc(told.name)
        return known.believed([*answer.certificates, *told.certificates], told.revocations)

    def _taken_from_organisation(self, answer: PairAnswer, told: SiteTold) -> tuple[bytes, ...]:
        known = self._known
        site = known.site_key()
        if not is_for(answer, site.public_key):
            raise NotForThisPc(told.name)
        ring, carried = known.ring(), [*answer.certificates, *told.certificates]
        own = Named(
            kind=KeyKind.SITE,
            subject=told.token_key,
            label=told.name,
            sealing=_sealing_of(told.token_key, carried),
            site_id=told.site_id,
        )
        more = [self._known.certified(own, known.notary.organisation(ring) or site, ring)]
        for one in readable(answer.certificates, read_certificate):
            if one.says.subject == site.public_key and one.key != told.token_key:
                root = Named(
                    kind=KeyKind.ORGANISATION,
                    subject=one.key,
                    label=told.name,
                    site_id=told.site_id,
                )
                more.append(self._known.certified(root, site, ring, after=ring.organisation))
        return known.believed(carried, told.revocations, *more)


def _is_pc_of(ring: KeyRing, station: bytes, site_id: UUID) -> bool:
    return any(
        paper.kind is KeyKind.STATION and paper.fingerprint == station and paper.site == site_id
        for paper, _lists in ring.certificates()
    )


def _introduction(request: PairRequest, signer: Signer) -> Introduction:
    return Introduction(
        document=ask(request, signer),
        words=fingerprint_words(request.subject),
        code=fingerprint_code(request.subject),
        kind=request.kind,
        label=request.label,
        site_id=UUID(bytes=request.site_id) if request.site_id else None,
    )


def _sealing_of(key: bytes, certificates: Iterable[bytes]) -> str:
    """Return how to seal for a key, by the newest certificate that names it."""
    own = [one.says for one in readable(certificates, read_certificate) if one.says.subject == key]
    newest = max(own, key=lambda paper: paper.issued_at, default=None)
    return newest.sealing if newest else ""
