"""Receipts, both ways: this PC's word for what it holds now, and what others said of themselves."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.clock import from_microseconds, to_microseconds
from app.core.base.progress import NoProgress
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.egress import Document, Egress, FileKind, Leaving
from app.core.journal import Site, Vector, held_among, vector_of
from app.core.keys import KeyNotTrusted, KnownKeys, fingerprint, revoked_keys
from app.core.sync.bundle.manifest import Manifest, SegmentNote
from app.core.sync.envelope import Written
from app.core.sync.loading import Drive
from app.core.sync.materials import told_to_lack
from app.core.sync.models import IncomingFileRow, PeerRow
from app.core.sync.peers import heard
from app.core.sync.people_keys import told_to_lack_keys, unpack_people
from app.core.sync.positions import from_wires, to_wires, unpack
from app.core.sync.receipts import Receipt, Waiting, decode_receipt, encode_receipt, keys_in
from app.core.sync.refusals import NotForUs, OtherOrganisation, SenderNotTrusted
from app.core.sync.relations import Relations
from app.core.sync.sticks import Stick, stick_name, write_to_stick

RECEIPT_ENDING = ".dksr"
_OF_A_KEY = 8


class AnswerIn(NamedTuple):
    """Where a receipt goes, and who leaves it there."""

    folder: Path
    by: Actor | None
    """None where the folder is the house's own: what stays there is in no register of what left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Of:
    """Which file a receipt is for."""

    bundle_id: bytes
    number: int
    sha256: bytes
    sender: bytes
    says_it_holds: Vector
    """By the sender's own word: which of that is here, too, is said."""
    gaps: tuple[SegmentNote, ...] = ()


class Acknowledging:
    """Writes receipts and takes those of others."""

    def __init__(
        self,
        site: Site,
        keys: KnownKeys,
        assets: AssetStore,
        drive: Drive = Stick,
    ) -> None:
        self._site = site
        self._assets = assets
        self._keys = keys
        self._egress = Egress(site)
        self._drive = drive

    def hear_sender(self, manifest: Manifest) -> None:
        """Keep what the sender of a file says that it holds; a parcel says nothing of that."""
        if not manifest.vector:
            return
        with self._site.database.write() as connection, Session(connection) as session:
            heard(
                session,
                fingerprint(manifest.sender),
                from_wires(manifest.vector),
                lacks_assets=(manifest.lacks_assets,),
                lacks_keys=unpack_people(manifest.lacks_keys),
                knows_revoked=revoked_keys(manifest.papers),
                said_at=from_microseconds(manifest.made_at),
                heard_at=self._site.clock.now(),
                number=manifest.number,
            )

    def write(
        self, place: AnswerIn, manifest: Manifest, sha256: bytes, gaps: list[SegmentNote]
    ) -> Path:
        """Write this PC's receipt beside a file. Raises StickTrouble where the stick does not take it.

        What the file brought is here either way; the sender only sends it once more. One that leaves is
        in the register before it has its name (ADR 86).
        """
        of = _Of(
            bundle_id=manifest.bundle_id,
            number=manifest.number,
            sha256=sha256,
            sender=manifest.sender,
            says_it_holds=from_wires(manifest.vector) or self._said(manifest.sender),
            gaps=tuple(gaps),
        )
        content = encode_receipt(self._receipt(of), self._keys.station)
        own, sender = self._keys.station.fingerprint, fingerprint(manifest.sender)
        keys = (own.hex()[:_OF_A_KEY], sender.hex()[:_OF_A_KEY])
        name = stick_name("receipt", *keys, str(manifest.number), suffix=RECEIPT_ENDING)

        def fill(file: BinaryIO) -> Written:
            file.write(content)
            return Written(len(content), hashlib.sha256(content).digest())

        def note(_written: Written) -> None:
            if place.by is not None:
                self._note(place.by, place.folder / name, content, manifest)

        write_to_stick(self._drive(place.folder), name, len(content), fill, NoProgress(), note)
        return place.folder / name

    def _note(self, actor: Actor, path: Path, content: bytes, manifest: Manifest) -> None:
        sender = fingerprint(manifest.sender)
        to = Relations.now(self._keys).labels.get(sender, sender.hex()[:_OF_A_KEY])
        title = _("Receipt for sync file {number} of {name}").format(
            number=manifest.number, name=to
        )
        document = Document(content=content, leaving=Leaving(kind=FileKind.RECEIPT, title=title))
        with self._site.transaction(actor, "sync.receipt") as unit:
            self._egress.note_beside(unit, actor, [(path, document)])

    def again(self, row: IncomingFileRow) -> bytes:
        """Return this PC's receipt for a file that was taken in, by what is here now; to be printed."""
        if row.bundle_id is None or row.sender is None or row.number is None:
            raise ValueError("a file that was taken in says whose it is")
        of = _Of(
            bundle_id=row.bundle_id.bytes,
            number=row.number,
            sha256=bytes.fromhex(row.sha256),
            sender=row.sender,
            says_it_holds=self._said(row.sender),
        )
        return encode_receipt(self._receipt(of), self._keys.station)

    def take(self, untrusted: bytes) -> str:
        """Keep what a receipt says; return who gave it. Raises BundleRefused."""
        receipt = decode_receipt(untrusted)
        relations = Relations.now(self._keys)
        if receipt.organisation != relations.organisation:
            raise OtherOrganisation
        station = fingerprint(receipt.receiver)
        try:
            relations.ring.trusted(station)
        except KeyNotTrusted as refusal:
            thanked = relations.sites.get(fingerprint(receipt.sender), relations.own_site)
            if thanked != relations.own_site:
                raise NotForUs from refusal
            raise SenderNotTrusted(refusal) from refusal
        with self._site.database.write() as connection, Session(connection) as session:
            heard(
                session,
                station,
                from_wires(receipt.vector),
                lacks_assets=(receipt.lacks_assets,),
                lacks_keys=unpack_people(receipt.lacks_keys),
                knows_revoked=None
                if receipt.knows_revoked is None
                else keys_in(receipt.knows_revoked),
                said_at=from_microseconds(receipt.made_at),
                heard_at=self._site.clock.now(),
            )
        return relations.labels[station]

    def _said(self, sender: bytes) -> Vector:
        """Return what a PC last said that it holds: a parcel says nothing of it."""
        with self._site.read() as session:
            word = session.get(PeerRow, fingerprint(sender))
            return unpack(word.holds) if word is not None else ()

    def _receipt(self, of: _Of) -> Receipt:
        relations = Relations.now(self._keys)
        sender_site = relations.sites.get(fingerprint(of.sender), relations.own_site)
        goes = relations.policy.goes_to(sender_site)
        with self._site.read() as session:
            connection = session.connection()
            both = (*vector_of(connection), *held_among(connection, of.says_it_holds))
            vector = tuple(position for position in dict.fromkeys(both) if goes(position.log))
            lacks_assets = told_to_lack(session, self._assets)
            lacks_keys = told_to_lack_keys(session)
        return Receipt(
            organisation=relations.organisation,
            bundle_id=of.bundle_id,
            number=of.number,
            bundle_sha256=of.sha256,
            sender=of.sender,
            receiver=self._keys.station.public_key,
            vector=to_wires(vector),
            waiting=tuple(Waiting(gap.log, gap.first, gap.last) for gap in of.gaps),
            lacks_assets=lacks_assets,
            lacks_keys=lacks_keys,
            knows_revoked=b"".join(sorted(revoked_keys(self._keys.papers()[1]))),
            made_at=to_microseconds(self._site.moment()),
        )
