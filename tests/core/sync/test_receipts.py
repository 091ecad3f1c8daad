"""A receipt is what its receiver signed, or is refused."""

import hashlib

import msgspec
import pytest

from app.core.keys import sign_digest
from app.core.sync.bundle.manifest import NO_BUNDLE, Position
from app.core.sync.limits import MOST_RECEIPT_BYTES
from app.core.sync.receipts import Receipt, Waiting, decode_receipt, encode_receipt
from app.core.sync.refusals import (
    BundleDamaged,
    BundleOverLimits,
    BundleRefused,
    BundleTooNew,
    NotABundle,
)
from tests.support.sealed_files import (
    BUNDLE_ID,
    HEAD_OFFICE_LOG,
    ORGANISATION,
    PLANT_LOG,
    SIGNER,
    FileSigner,
)

RECEIPT = Receipt(
    organisation=ORGANISATION,
    bundle_id=BUNDLE_ID,
    number=7,
    bundle_sha256=NO_BUNDLE,
    sender=FileSigner(b"x" * 32).public_key,
    receiver=bytes(32),
    vector=(Position(PLANT_LOG, 40, b"h" * 32),),
    waiting=(Waiting(HEAD_OFFICE_LOG, 3, 9),),
    made_at=1_795_900_468_000_000,
)


def test_a_receipt_comes_back_with_who_signed_it() -> None:
    signed = msgspec.structs.replace(RECEIPT, receiver=SIGNER.public_key)

    assert decode_receipt(encode_receipt(RECEIPT, SIGNER)) == signed


def test_a_receipt_cut_short_or_altered_anywhere_is_refused() -> None:
    content = encode_receipt(RECEIPT, SIGNER)
    for place in range(len(content)):
        flipped = bytearray(content)
        flipped[place] ^= 0x04
        for changed in (content[:place], bytes(flipped)):
            with pytest.raises(BundleRefused):
                decode_receipt(changed)


def test_a_receipt_signed_by_somebody_else_is_refused() -> None:
    content = encode_receipt(RECEIPT, SIGNER)
    stranger = FileSigner(b"x" * 32)
    signature = stranger.sign(b"daksha-receipt-v1\0" + content[8:-64])

    with pytest.raises(BundleDamaged):
        decode_receipt(content[:-64] + signature)


def test_a_signature_of_another_kind_does_not_make_a_receipt() -> None:
    content = encode_receipt(RECEIPT, SIGNER)
    digest = hashlib.sha256(content[8:-64]).digest()

    with pytest.raises(BundleDamaged):
        decode_receipt(content[:-64] + sign_digest("bundle-manifest-v1", digest, SIGNER))


def test_a_later_receipt_a_huge_one_and_no_receipt_are_told_apart() -> None:
    later = encode_receipt(msgspec.structs.replace(RECEIPT, version=2), SIGNER)

    with pytest.raises(BundleTooNew):
        decode_receipt(later)
    with pytest.raises(BundleOverLimits):
        decode_receipt(later[:8] + bytes(MOST_RECEIPT_BYTES))
    with pytest.raises(NotABundle):
        decode_receipt(b"DKSB" + later)
