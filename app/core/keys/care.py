"""Looking after a site's keys: the list of them, revocation, rotation, the site file."""

from dataclasses import replace
from datetime import timedelta

from app.core.base.actor import Actor, Capability
from app.core.base.clock import from_microseconds
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.keys.certificates import KeyCertificate, KeyKind
from app.core.keys.errors import CannotRevoke, NoSuchKey, NoSuchPc, SeveralPcs
from app.core.keys.folder import SigningKey
from app.core.keys.inventory import KeyLine, KeyState, inventory
from app.core.keys.known_keys import KnownKeys
from app.core.keys.notary import SITE_KEY, STATION_KEY, Named
from app.core.keys.papers import heads_of, record
from app.core.keys.pc_names import PcNameTaken, clean_pc_name, meant_by
from app.core.keys.ring import KeyRing
from app.core.keys.sealing import SITE_SEALING, STATION_SEALING
from app.core.keys.signed import Signer
from app.core.keys.site_file import make_site_file
from app.core.keys.slot_file import SlotCost
from app.core.keys.slots import DEFAULT_COST
from app.core.keys.words import shown

_LEAST_START = 8


class KeyCare:
    """What an administrator does with keys that are known."""

    def __init__(self, known: KnownKeys) -> None:
        self._known = known

    def inventory(self, actor: Actor) -> tuple[KeyLine, ...]:
        """Return every key that is or was believed here."""
        actor.require(Capability.MANAGE_SITE)
        known = self._known
        now = known.site.clock.now()
        return inventory(known.ring(), known.site_id, known.station.fingerprint, now)

    def named(self, actor: Actor, start: str) -> KeyLine:
        """Return the one key whose fingerprint begins so, in hexadecimal. Raises NoSuchKey."""
        wanted = start.strip().casefold()
        found = [one for one in self.inventory(actor) if one.key.hex().startswith(wanted)]
        if len(found) != 1 or len(wanted) < _LEAST_START:
            raise NoSuchKey(start, found=len(found), least=_LEAST_START)
        return found[0]

    def revoke(self, actor: Actor, key: bytes, reason: str) -> None:
        """Believe a key no longer, for good; what its station wrote so far, as known here, stays.

        Nor those whose place it took: they were of the same PC, and a copy of it from before signs by them.
        The PCs that joined by a site file are certified by the site itself first, so that a lost
        site file can be revoked without them. Raises CannotRevoke, ReasonMissing, NotTheSitesPc.
        """
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason, _("Say in a few words why: lost, stolen, taken out of use."))
        known = self._known
        site, ring = known.site_key(), known.ring()
        certificate = ring.known(key)
        if not self._may_be_revoked(certificate, ring):
            raise CannotRevoke
        now = known.site.clock.now()
        papers: list[bytes] = []
        for one in (certificate, *self._places_taken(certificate, ring)):
            with known.site.read() as session:
                heads = heads_of(session, one.fingerprint)
            papers += self._certified_anew(one, ring, site)
            papers.append(known.notary.revocation(one.fingerprint, heads, reason, now, site))
        with known.site.transaction(actor, "key.revoke", reason=reason) as unit:
            record(unit, papers)

    def rotate(self, actor: Actor, kind: KeyKind) -> None:
        """Let new keys take the place of this PC's (STATION), or of the site's (SITE).

        The old key signs for the new one. The site's is in use at once; this PC's from the next start
        of the program on, because its logs are open under the old one.
        Raises NotTheSitesPc.
        """
        actor.require(Capability.MANAGE_SITE)
        if kind is KeyKind.SITE:
            self._rotate_site(actor)
        else:
            self._rotate_station(actor)

    def pc_called(self, actor: Actor, untrusted_name: str) -> KeyLine:
        """Return the key of a PC of this site by its name, its words or how the key begins.

        Raises NoSuchPc, SeveralPcs.
        """
        wanted = untrusted_name.strip()
        used = {KeyState.IN_USE, KeyState.OLD, KeyState.EXPIRED}
        pcs = [
            one
            for one in self.inventory(actor)
            if one.kind is KeyKind.STATION and one.is_own_site and one.state in used
        ]
        found = meant_by(wanted, pcs, lambda one: one.key.hex(), _LEAST_START)
        if not found:
            raise NoSuchPc(wanted)
        if len(found) > 1:
            raise SeveralPcs(wanted, [one.label for one in found])
        return found[0]

    def rename_pc(self, actor: Actor, key: bytes, name: str, reason: str = "") -> str:
        """Call a PC of this site otherwise, by a newer certificate of its key; return the name.

        Raises PcNameRefused, PcNameTaken, NotTheSitesPc, a KeyNotTrusted.
        """
        actor.require(Capability.MANAGE_SITE)
        name, known = clean_pc_name(name), self._known
        site, ring = known.site_key(), known.ring()
        paper = ring.trusted(key)
        if paper.kind is not KeyKind.STATION or paper.site != known.site_id:
            raise NoSuchPc(shown(paper.label))
        if paper.label == name:
            return name
        lines = self.inventory(actor)
        if any(_is_pc_called(one, name) for one in lines if one.key != key):
            raise PcNameTaken(name)
        named = Named(
            kind=KeyKind.STATION,
            subject=paper.subject,
            label=name,
            sealing=paper.sealing,
            site_id=known.site_id,
            until=from_microseconds(paper.valid_until),
        )
        renamed = known.certified(named, site, ring, after=paper, succeeds=paper.succeeds)
        with known.site.transaction(actor, "key.rename", reason=reason) as unit:
            record(unit, [renamed])
        return name

    def site_file(
        self,
        actor: Actor,
        passphrase: str,
        *,
        days: int,
        stations: int,
        cost: SlotCost = DEFAULT_COST,
    ) -> bytes:
        """Return a file with which so many PCs may join within so many days, with the passphrase.

        Raises WeakPassphrase, NotTheSitesPc.
        """
        actor.require(Capability.MANAGE_SITE)
        known = self._known
        site, key, now = known.site_key(), SigningKey.make(), known.site.clock.now()
        named = Named(
            kind=KeyKind.ENROLMENT,
            subject=key.public_key,
            label=known.authority.name,
            site_id=known.site_id,
            until=now + timedelta(days=days),
            stations=stations,
        )
        enrolment = known.notary.certificate(named, site, known.root_key(known.ring()), now)
        made = make_site_file(
            enrolment, key, known.register_paper([enrolment]), passphrase, now, site, cost
        )
        with known.site.transaction(actor, "key.site-file") as unit:
            record(unit, [enrolment])
        return made

    def _rotate_station(self, actor: Actor) -> None:
        known = self._known
        known.establish()
        now, ring = known.site.clock.now(), known.ring()
        before = ring.trusted(known.station.fingerprint)
        key, sealing = known.notary.next_key(STATION_KEY, STATION_SEALING, now)
        named = Named(
            kind=KeyKind.STATION,
            subject=key.public_key,
            label=before.label,
            sealing=sealing,
            site_id=known.site_id,
        )
        papers = [self._signed(named, known.station, ring, known.station)]
        if known.authority.can_sign:
            papers.append(self._signed(named, known.site_key(), ring, known.station))
        with known.site.transaction(actor, "key.rotate") as unit:
            record(unit, papers)
        known.notary.put_in_place(STATION_KEY, STATION_SEALING)

    def _rotate_site(self, actor: Actor) -> None:
        known = self._known
        site, now, ring = known.site_key(), known.site.clock.now(), known.ring()
        key, sealing = known.notary.next_key(SITE_KEY, SITE_SEALING, now)
        named = Named(
            kind=KeyKind.SITE,
            subject=key.public_key,
            label=known.register.identity().name,
            sealing=sealing,
            site_id=known.site_id,
        )
        before = replace(
            named, subject=site.public_key, sealing=ring.known(site.fingerprint).sealing
        )
        papers = [self._signed(named, site, ring, site), self._signed(before, key, ring)]
        root = known.notary.organisation(ring)
        if root is not None:
            papers.append(self._signed(named, root, ring, site))
        with known.site.transaction(actor, "key.rotate") as unit:
            record(unit, papers)
            known.register.add_key(unit, key.public_key, now)
        known.notary.put_in_place(SITE_KEY, SITE_SEALING)
        known.authority.take(known.register.trusted())

    def _signed(
        self, named: Named, signer: Signer, ring: KeyRing, before: SigningKey | None = None
    ) -> bytes:
        """Certify a key, which may take the place of the one before."""
        known, now = self._known, self._known.site.clock.now()
        succeeds = before.fingerprint if before else b""
        root = known.root_key(ring)
        return known.notary.certificate(named, signer, root, now, succeeds=succeeds)

    def _may_be_revoked(self, certificate: KeyCertificate, ring: KeyRing) -> bool:
        """Tell whether a key is one that the site can do without."""
        if certificate.kind is KeyKind.ORGANISATION:
            return False
        key = certificate.fingerprint
        return key not in ring.own_keys and key != self._known.station.fingerprint

    def _places_taken(self, certificate: KeyCertificate, ring: KeyRing) -> list[KeyCertificate]:
        """Return the keys of PCs whose place one took, but for those that are revoked already."""
        return [
            one
            for one, revocations in ring.certificates()
            if one.kind is KeyKind.STATION
            and not revocations
            and self._may_be_revoked(one, ring)
            and ring.took_place_of(certificate.fingerprint, one.fingerprint)
        ]

    def _certified_anew(
        self, enrolment: KeyCertificate, ring: KeyRing, site: SigningKey
    ) -> list[bytes]:
        """Return certificates by the site itself for the stations that an enrolment key let in."""
        return [
            self._signed(
                Named(
                    kind=KeyKind.STATION,
                    subject=paper.subject,
                    label=paper.label,
                    sealing=paper.sealing,
                    site_id=paper.site,
                ),
                site,
                ring,
            )
            for paper, revocations in ring.certificates()
            if paper.issuer == enrolment.fingerprint and not revocations
        ]


def _is_pc_called(line: KeyLine, name: str) -> bool:
    """Tell whether a PC of this site that is in use has a name."""
    is_pc = line.kind is KeyKind.STATION and line.is_own_site
    is_over = line.state in {KeyState.REPLACED, KeyState.REVOKED, KeyState.TOO_MANY}
    return is_pc and not is_over and line.name.casefold() == name.casefold()
