"""The key certificates of a site: what is on record, and whose key is believed by it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from app.core.base.actor import system_actor
from app.core.base.clock import from_microseconds, to_microseconds
from app.core.journal import Site
from app.core.keys.authority import SiteAuthority
from app.core.keys.certificates import (
    KeyCertificate,
    concerning,
    read_certificate,
    read_revocation,
    readable,
)
from app.core.keys.errors import NotTheSitesPc
from app.core.keys.folder import SigningKey, StationKey
from app.core.keys.notary import Named, Notary
from app.core.keys.pairing import REGISTER, SiteRegisterPaper, joined
from app.core.keys.papers import known_papers, record
from app.core.keys.records import SiteRegister
from app.core.keys.ring import KeyRing
from app.core.keys.sealing import SITE_SEALING, STATION_SEALING, SealingKeys
from app.core.keys.signed import Signer, sign_document

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

ANCHOR = "anchor.pub"
_KEY_BYTES = 32


class KnownKeys:
    """Reads and records key certificates; holds what this PC may sign with."""

    def __init__(
        self,
        site: Site,
        register: SiteRegister,
        authority: SiteAuthority,
        station: StationKey,
        pc: str,
    ) -> None:
        """Take the open site, what it is called, its keys, this PC's key and its name until it is certified."""
        self.site = site
        self.register = register
        self.authority = authority
        self.station = station
        self._pc = pc
        self.notary = Notary(authority.folder, authority.site_id, station)

    @property
    def pc(self) -> str:
        """Return what this PC is called, as its key certificate says."""
        paper = self.ring().find(self.station.fingerprint)
        return self._pc if paper is None else paper.label

    @property
    def shown_pc(self) -> str:
        """Return what this PC is called, told apart from others of the site that are called so too."""
        return self.ring().names.get(self.station.fingerprint, self._pc)

    @property
    def site_id(self) -> UUID:
        """Return the site's id."""
        return self.authority.site_id

    @property
    def anchor(self) -> bytes:
        """Return the site's public key that this PC believes without a paper.

        It is the one that founded the site here or that the answer file named; where the records were
        brought from another PC, the first on record.
        """
        kept = self.authority.folder.read_private(ANCHOR)
        return kept if kept and len(kept) == _KEY_BYTES else self.register.first_token_key()

    def ring(self, carried: Iterable[bytes] = (), revocations: Iterable[bytes] = ()) -> KeyRing:
        """Return whose keys are believed, by the records and by papers that a file carried."""
        known, lists = self.papers()
        return KeyRing(
            [*known, *carried],
            [*lists, *revocations],
            self.anchor,
            self.site_id,
            self.site.clock.now(),
        )

    def certified(
        self,
        named: Named,
        signer: Signer,
        ring: KeyRing,
        *,
        after: KeyCertificate | None = None,
        succeeds: bytes = b"",
    ) -> bytes:
        """Certify a key; later than `after`, even where the clock has been set back since."""
        now = self.site.clock.now()
        if after is not None:
            now = max(now, from_microseconds(after.issued_at + 1))
        return self.notary.certificate(named, signer, self.root_key(ring), now, succeeds=succeeds)

    def papers(self) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """Return the key certificates and the revocations on record, to carry them along."""
        with self.site.read() as session:
            return known_papers(session)

    def papers_about(self, keys: Iterable[bytes]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """Return the papers that somebody needs to believe these keys, by their fingerprints, and all revocations."""
        certificates, revocations = self.papers()
        return concerning(certificates, keys), revocations

    def learn(self, certificates: Iterable[bytes], revocations: Iterable[bytes]) -> int:
        """Record the papers of a file that hold here and are not known; return how many."""
        certificates, revocations = tuple(certificates), tuple(revocations)
        known = {one for papers in self.papers() for one in papers}
        if known.issuperset((*certificates, *revocations)):
            return 0  # as of nearly every file: each brings all papers along
        papers = self.believed(certificates, revocations)
        with self.site.transaction(system_actor(), "key.learn") as unit:
            return record(unit, papers)

    def believed(
        self, certificates: Iterable[bytes], revocations: Iterable[bytes], *more: bytes
    ) -> tuple[bytes, ...]:
        """Return the papers that hold here, if those in `more` are added; what is not is left out."""
        certificates, lists = tuple(certificates), tuple(revocations)
        ring = self.ring([*certificates, *more], lists)
        revoked = {one for _paper, known in ring.certificates() for one in known}
        good = {
            one.document for one in readable(certificates, read_certificate) if ring.holds(one.says)
        }
        bad = {one.document for one in readable(lists, read_revocation) if one.says in revoked}
        return joined([good, bad, more])

    def establish(self) -> None:
        """Certify what a site has from its founding on, and let the keys that lie here say whose they are.

        As far as it lacks, and as the keys for it lie on this PC.
        """
        ring, papers = self.ring(), []
        if self.authority.can_sign:
            now, name = self.site.clock.now(), self.register.identity().name
            papers += self.notary.founding_papers(ring, name, self.pc, now)
            ring = self.ring(papers) if papers else ring
        papers += self._own_words(ring)
        if papers:
            with self.site.transaction(system_actor(), "key.certify") as unit:
                record(unit, papers)

    def _own_words(self, ring: KeyRing) -> Iterator[bytes]:
        """Yield what each key of this PC says of itself and has not said yet (ADR 81)."""
        site = self.notary.site if self.authority.can_sign else None
        for key in (self.station, site):
            paper = None if key is None else ring.find(key.fingerprint)
            if key is None or paper is None or ring.says_itself(key.fingerprint):
                continue
            if paper.site == self.site_id:
                named = Named(
                    kind=paper.kind,
                    subject=paper.subject,
                    label=paper.label,
                    sealing=paper.sealing,
                    site_id=paper.site,
                )
                yield self.certified(named, key, ring)

    def site_key(self) -> SigningKey:
        """Return the site's key, and see to what a site must have. Raises NotTheSitesPc."""
        held = self.notary.site
        if held is None or not self.authority.can_sign:
            raise NotTheSitesPc(self.authority.name)
        self.establish()
        return held

    def root_key(self, ring: KeyRing) -> bytes:
        """Return the public key of the organisation's root in force; the anchor while there is none."""
        return ring.organisation.subject if ring.organisation else self.anchor

    def register_paper(self, carried: Iterable[bytes] = ()) -> bytes:
        """Return what this site is called and every key that it knows, signed. Raises NotTheSitesPc."""
        site, identity = self.site_key(), self.register.identity()
        certificates, revocations = self.papers()
        paper = SiteRegisterPaper(
            site_id=self.site_id.bytes,
            name=identity.name,
            code=identity.code,
            language=identity.language,
            pdf_certificate=self.register.trusted().pdf_certificate,
            certificates=joined([certificates, carried]),
            revocations=revocations,
            made_at=to_microseconds(self.site.clock.now()),
        )
        return sign_document(REGISTER, paper, site)

    def identities(self) -> "list[Identity]":
        """Return what opens files sealed to this PC, or to its site where the site's key lies here."""
        names = [STATION_SEALING, *([SITE_SEALING] if self.authority.can_sign else [])]
        folder = self.authority.folder
        return [one for name in names for one in SealingKeys(folder, name).identities()]

    def recipient(self, name: str) -> str:
        """Return what to seal to for the owner of the keys under `name`, this PC or its site."""
        return SealingKeys(self.authority.folder, name).recipient(self.site.clock.now())
