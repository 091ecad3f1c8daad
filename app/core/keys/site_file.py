"""The site file: one file and a passphrase let many PCs join without going back and forth.

It carries an enrolment key under the passphrase. What that key may do stands in its key
certificate: certify so many stations of one site, until a day.
"""

import os
from datetime import datetime
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.base.figures import day
from app.core.keys.certificates import KeyCertificate, KeyKind, read_certificate
from app.core.keys.errors import SiteFileExpired, WeakPassphrase, WrongPassphrase
from app.core.keys.folder import SigningKey
from app.core.keys.pairing import SITE_FILE, SiteFilePaper, SiteTold, WrappedKey, read_site_file
from app.core.keys.signed import PaperForged, Signer, sign_document
from app.core.keys.slot_file import SlotCost
from app.core.keys.slots import DEFAULT_COST

LEAST_PASSPHRASE = 12
_NONCE_BYTES = 12


def make_site_file(
    enrolment: bytes,
    key: SigningKey,
    register: bytes,
    passphrase: str,
    now: datetime,
    signer: Signer,
    cost: SlotCost = DEFAULT_COST,
) -> bytes:
    """Return a site file. Takes about a second by design. Raises WeakPassphrase."""
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise WeakPassphrase(LEAST_PASSPHRASE)
    salt, nonce = os.urandom(16), os.urandom(_NONCE_BYTES)
    stretched = _stretched(passphrase, salt, cost)
    sealed = ChaCha20Poly1305(stretched).encrypt(nonce, key.private, enrolment)
    wrapped = WrappedKey(
        salt=salt,
        sealed=nonce + sealed,
        memory=cost.memory,
        passes=cost.passes,
        lanes=cost.lanes,
    )
    paper = SiteFilePaper(
        enrolment=enrolment, wrapped=wrapped, register=register, made_at=to_microseconds(now)
    )
    return sign_document(SITE_FILE, paper, signer)


def read_enrolment(untrusted: bytes, now: datetime) -> tuple[SiteFilePaper, SiteTold]:
    """Return a site file that is in order and not run out; its passphrase is not asked yet.

    Raises a PaperRefused, SiteFileExpired.
    """
    paper, told = read_site_file(untrusted)
    enrolment = _enrolment_of(paper, told.site_id)
    if to_microseconds(now) > enrolment.valid_until:
        until = from_microseconds(enrolment.valid_until).astimezone().date()
        raise SiteFileExpired(told.name, day(until))
    return paper, told


def open_enrolment(paper: SiteFilePaper, passphrase: str) -> SigningKey:
    """Return the enrolment key. Takes about a second by design. Raises WrongPassphrase, PaperForged."""
    wrapped = paper.wrapped
    cost = SlotCost(memory=wrapped.memory, passes=wrapped.passes, lanes=wrapped.lanes)
    nonce, sealed = wrapped.sealed[:_NONCE_BYTES], wrapped.sealed[_NONCE_BYTES:]
    try:
        private = ChaCha20Poly1305(_stretched(passphrase, wrapped.salt, cost)).decrypt(
            nonce, sealed, paper.enrolment
        )
    except InvalidTag:
        raise WrongPassphrase from None
    key = SigningKey(private)
    if key.public_key != read_certificate(paper.enrolment).says.subject:
        raise PaperForged
    return key


def _enrolment_of(paper: SiteFilePaper, site_id: UUID) -> KeyCertificate:
    enrolment = read_certificate(paper.enrolment).says
    if enrolment.kind is not KeyKind.ENROLMENT or enrolment.site != site_id:
        raise PaperForged
    return enrolment


def _stretched(passphrase: str, salt: bytes, cost: SlotCost) -> bytes:
    return hash_secret_raw(
        passphrase.strip().encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
