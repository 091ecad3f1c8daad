"""Two sites and the bundles between them, as far as files alone go."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import x25519

from app.core.base.errors import UserFacingError
from app.core.sync.bundle.manifest import (
    NO_BUNDLE,
    LogRef,
    Manifest,
    Position,
    SegmentNote,
    VolumeNote,
)
from app.core.sync.bundle.reader import BundleReader, Receiver
from app.core.sync.bundle.segments import Row
from app.core.sync.bundle.writer import BundleWriter, Recipient
from tests.support.entries import answers

ORGANISATION = hashlib.sha256(b"root").digest()
BUNDLE_ID = bytes(range(16))
PLANT_LOG = LogRef(hashlib.sha256(b"plant").digest(), b"incarn-1", "records")
HEAD_OFFICE_LOG = LogRef(hashlib.sha256(b"office").digest(), b"incarn-9", "catalogue")
Read = list[tuple[SegmentNote, list[Row]]]


class FileSigner:
    """An Ed25519 key that lies in memory."""

    def __init__(self, seed: bytes = b"s" * 32) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> bytes:
        """Return the 32-byte Ed25519 public key."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message`."""
        return self._key.sign(message)


@dataclass
class Trusting:
    """Lets only these keys send; remembers what papers it was shown."""

    senders: Sequence[bytes]
    papers: list[bytes] = field(default_factory=list)

    def objection_to(
        self, sender: bytes, untrusted_papers: Sequence[bytes]
    ) -> UserFacingError | None:
        """Return why the holder of this key may not send; None when it may."""
        self.papers.extend(untrusted_papers)
        return None if sender in self.senders else UserFacingError("Its key is not known here")


SIGNER = FileSigner()
IDENTITY = x25519.Identity.generate()
RECIPIENT = Recipient(label="Head office", address=str(IDENTITY.to_public()))


def receiver(
    identity: x25519.Identity = IDENTITY, senders: Sequence[bytes] = (SIGNER.public_key,)
) -> Receiver:
    """Return who reads: by default the one the bundles are written for."""
    return Receiver(identities=[str(identity)], organisation=ORGANISATION, trust=Trusting(senders))


def outline(volumes: tuple[VolumeNote, ...] = ()) -> Manifest:
    """Return what a bundle says of itself before there is anything in it."""
    return Manifest(
        bundle_id=BUNDLE_ID,
        organisation=ORGANISATION,
        sender=bytes(32),
        recipients=(),
        number=7,
        previous_bundle=NO_BUNDLE,
        revocation_version=3,
        papers=(b"certificate",),
        vector=(Position(PLANT_LOG, 40, b"h" * 32),),
        volumes=volumes,
        made_at=1_795_900_468_000_000,
    )


def sample_stretches() -> list[tuple[LogRef, int, list[Row]]]:
    """Return stretches of two logs, one of them in two segments."""
    rows = answers(50)
    return [
        (PLANT_LOG, 11, rows[:30]),
        (PLANT_LOG, 41, rows[30:]),
        (HEAD_OFFICE_LOG, 1, answers(9, 2)),
    ]


def head_of(log: LogRef, seq: int) -> bytes:
    """Return a hash that stands for the entry with this number."""
    return hashlib.sha256(log.station + seq.to_bytes(8, "big")).digest()


def write_bundle(
    folder: Path,
    manifest: Manifest | None = None,
    stretches: Sequence[tuple[LogRef, int, list[Row]]] | None = None,
    recipients: Sequence[Recipient] = (RECIPIENT,),
    signer: FileSigner = SIGNER,
) -> bytes:
    """Return a whole bundle file."""
    file = io.BytesIO()
    with BundleWriter(manifest or outline(), recipients, signer, folder) as writer:
        for log, first, rows in sample_stretches() if stretches is None else stretches:
            hashes = (head_of(log, first - 1), head_of(log, first + len(rows) - 1))
            writer.add_segment(log, first, hashes, rows)
        writer.write(file, "Plant Puné")
    return file.getvalue()


def read_bundle(content: bytes, by: Receiver | None = None) -> Read:
    """Return everything in a bundle file."""
    read: Read = []
    reader = BundleReader(io.BytesIO(content), by or receiver())
    reader.read_segments(lambda note, rows: read.append((note, list(rows))))
    return read
