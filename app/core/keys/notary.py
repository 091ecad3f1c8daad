"""What this PC may sign key certificates with, and the certificates it makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.core.base.clock import to_microseconds
from app.core.keys.certificates import (
    ALL_SCOPES,
    KeyCertificate,
    KeyKind,
    KeyRevocation,
    LogHead,
    certify,
    end_of,
    revoke,
)
from app.core.keys.folder import KeyFolder, SigningKey, StationKey
from app.core.keys.ring import KeyRing
from app.core.keys.sealing import SITE_SEALING, STATION_SEALING, SealingKeys
from app.core.keys.signed import Signer, fingerprint

SITE_KEY, ORGANISATION_KEY, STATION_KEY = "site.key", "organisation.key", "station.key"
NEXT = ".next"
"""Ends the name of a key that will take the place of the one of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A key that is to be certified: what for, and how to seal something for its owner."""

    kind: KeyKind
    subject: bytes
    label: str
    sealing: str = ""
    site_id: UUID
    until: datetime | None = None
    stations: int = 0


class Notary:
    """Signs for the station, and for the site and its organisation where their keys lie here."""

    def __init__(self, keys: KeyFolder, site_id: UUID, station: StationKey) -> None:
        self.keys = keys
        self.site_id = site_id
        self.station = station

    @property
    def site(self) -> SigningKey | None:
        """Return the site's key, where this PC holds it."""
        return self.keys.signing_key(SITE_KEY)

    def organisation(self, ring: KeyRing) -> SigningKey | None:
        """Return the root in force, where this PC holds it."""
        held, root = self.keys.signing_key(ORGANISATION_KEY), ring.organisation
        return held if held and root and held.public_key == root.subject else None

    def founding_papers(self, ring: KeyRing, name: str, station: str, now: datetime) -> list[bytes]:
        """Return the certificates that a site has from its founding on, as far as `ring` lacks them.

        Where this PC does not hold the site's key there is nothing that it could certify.
        """
        site = self.site
        if site is None:
            return []
        papers = []
        root_key = ring.organisation.subject if ring.organisation else None
        if root_key is None:
            root = self._root()
            root_key = root.public_key
            named = self._named(KeyKind.ORGANISATION, root_key, name)
            papers.append(self.certificate(named, site, root_key, now))
            sealing = SealingKeys(self.keys, SITE_SEALING).recipient(now)
            named = self._named(KeyKind.SITE, site.public_key, name, sealing)
            papers.append(self.certificate(named, root, root_key, now))
        if not _is_believed(ring, self.station.fingerprint):
            sealing = SealingKeys(self.keys, STATION_SEALING).recipient(now)
            named = self._named(KeyKind.STATION, self.station.public_key, station, sealing)
            papers.append(self.certificate(named, site, root_key, now))
        return papers

    def certificate(
        self, named: Named, signer: Signer, root_key: bytes, now: datetime, *, succeeds: bytes = b""
    ) -> bytes:
        """Return the certificate of a key, signed by `signer`."""
        writes = named.kind in {KeyKind.STATION, KeyKind.ENROLMENT}
        until = to_microseconds(named.until) if named.until else end_of(named.kind, now)
        certificate = KeyCertificate(
            organisation=fingerprint(root_key),
            kind=named.kind,
            site_id=named.site_id.bytes,
            subject=named.subject,
            sealing=named.sealing,
            label=named.label[:_LONGEST],
            scopes=ALL_SCOPES if writes else (),
            issued_at=to_microseconds(now),
            valid_until=until,
            issuer=fingerprint(signer.public_key),
            succeeds=succeeds,
            stations=named.stations,
        )
        return certify(certificate, signer)

    def revocation(
        self,
        key: bytes,
        heads: Sequence[LogHead],
        reason: str,
        now: datetime,
        signer: Signer,
        *,
        keeps: Sequence[bytes] = (),
    ) -> bytes:
        """Return the revocation of a key, signed by `signer`; the certificates in `keeps` hold on."""
        return revoke(
            KeyRevocation(
                subject=key,
                up_to=tuple(heads),
                keeps=tuple(keeps),
                reason=reason[:_LONGEST],
                revoked_at=to_microseconds(now),
                issuer=fingerprint(signer.public_key),
            ),
            signer,
        )

    def next_key(self, name: str, sealing: str, now: datetime) -> tuple[SigningKey, str]:
        """Make the keys that will take the place of the ones kept under these names."""
        key = SigningKey.make()
        self.keys.write_private(name + NEXT, key.private)
        SealingKeys(self.keys, sealing).renew(now, under=sealing + NEXT)
        return key, SealingKeys(self.keys, sealing + NEXT).recipient(now)

    def put_in_place(self, name: str, sealing: str) -> None:
        """Let the next keys take their place; the signing key before them is destroyed."""
        put_in_place(self.keys, name, sealing)

    def _root(self) -> SigningKey:
        held = self.keys.signing_key(ORGANISATION_KEY)
        if held is None:
            held = SigningKey.make()
            self.keys.write_private(ORGANISATION_KEY, held.private)
        return held

    def _named(self, kind: KeyKind, subject: bytes, label: str, sealing: str = "") -> Named:
        return Named(kind=kind, subject=subject, label=label, sealing=sealing, site_id=self.site_id)


def put_in_place(keys: KeyFolder, name: str, sealing: str) -> None:
    """Let the next keys take their place: the sealing keys first, which hold the old ones too."""
    keys.put_private(sealing + NEXT, sealing)
    keys.put_private(name + NEXT, name)


def finish_rotation(keys: KeyFolder, recorded_site_key: bytes) -> None:
    """Put in place a site key that is on record already: a rotation was cut short in between."""
    waiting = keys.signing_key(SITE_KEY + NEXT)
    if waiting is None or waiting.public_key != recorded_site_key:
        return
    if keys.read_private(SITE_SEALING + NEXT) is not None:
        keys.put_private(SITE_SEALING + NEXT, SITE_SEALING)
    keys.put_private(SITE_KEY + NEXT, SITE_KEY)


def _is_believed(ring: KeyRing, key: bytes) -> bool:
    return any(certificate.fingerprint == key for certificate, _lists in ring.certificates())


_LONGEST = 200
"""Letters of a label or a reason (certificates.Words)."""
_A_YEAR = timedelta(days=365)
