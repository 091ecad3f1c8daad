"""A pen: somebody's key, unlocked for one act, that writes signatures into the act's own transaction.

What is done and the signature under it are kept together or not at all, and only where what was read is
what is kept (ADR 84).
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.clock import offset_minutes
from app.core.base.ids import new_id
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.keys import SigningKey, sign_digest
from app.core.signatures.canonical import (
    LONGEST_REASON,
    LONGEST_SHOWN,
    SIGNATURE,
    Payload,
    Signatory,
    SignedRecord,
    digest_of,
    payload_text,
    record_as_it_is,
    sha256_of,
)
from app.core.signatures.clocks import as_printed, time_of_signature
from app.core.signatures.errors import AnothersPen, NoSigningKey, ReadOtherwise, WordsMissing
from app.core.signatures.keeping import is_ended, stamp_of
from app.core.signatures.meanings import Meaning
from app.core.signatures.models import SignatureRow, SigningKeyRow
from app.core.signatures.parts import with_parts
from app.core.signatures.person_key import key_id
from app.core.storage.tables import Fact, Record, table_of


@dataclass(slots=True)
class Pen:
    """Made by `Signatures.pen`, for one unit of work of its actor. It writes by what was read: `Undersigned`."""

    site: Site
    site_id: UUID
    actor: Actor
    key: SigningKey = field(repr=False)
    components: tuple[str, ...]
    clock: str
    _used_in: bytes = b""

    def take_to(self, unit: Unit) -> None:
        """Be used in a unit of work, and in no other."""
        if self._used_in not in {b"", unit.version}:
            raise RuntimeError("a pen signs within one unit of work")
        self._used_in = unit.version


class Undersigned:
    """What an act is signed with: a pen, and what its holder read.

    Whoever shows the words makes it, never the act: that has to say once more what it is about.
    """

    def __init__(self, pen: Pen, *read: str) -> None:
        """Take a pen and the words that were read; several where each is signed by itself."""
        self._pen = pen
        self._read = read

    @property
    def actor(self) -> Actor:
        """Return who signs."""
        return self._pen.actor

    def sign(
        self, unit: Unit, row: Fact | Record, meaning: Meaning, words: str, reason: str = ""
    ) -> UUID:
        """Sign a record as it stands in the unit now; return the signature's id.

        `words` are what the act is about, as it stands in its unit; they are kept. Raises ReadOtherwise
        where the signer read anything else, AnothersPen where somebody else acts, NoSigningKey where the key was ended meanwhile, WordsMissing,
        LookupError for a row that is not in the unit.
        """
        if unit.by != self.actor.account_id:
            raise AnothersPen
        if words not in self._read:
            raise ReadOtherwise
        _check_words(words, reason)
        pen = self._pen
        pen.take_to(unit)
        unit.flush()
        paper = self._paper(unit)
        station = pen.site.station.fingerprint
        at = time_of_signature(unit, station, pen.site.clock.now(), pen.clock)
        kind = str(table_of(type(row)).name)
        record = record_as_it_is(unit, kind, row.id)
        if record is None:
            raise LookupError(kind)
        record = with_parts(unit, record, row)
        signed = SignedRecord(kind=kind, id=row.id, sha256=sha256_of(record))
        says = Payload(
            id=new_id(),
            signer=self._signatory(),
            meaning=meaning.value,
            reason=reason.strip(),
            signed_at=as_printed(at, offset_minutes(at)),
            stamp=stamp_of(unit),
            clock=pen.clock,
            record=signed,
            shown=sha256_of(words),
            components=pen.components,
            station=station.hex(),
            site=pen.site_id,
            key=pen.key.fingerprint.hex(),
        )
        unit.add(self._row(says, at, record, words, paper))
        unit.flush()
        return says.id

    def _paper(self, unit: Unit) -> bytes:
        key = key_id(self._pen.key.public_key)
        held = unit.get(SigningKeyRow, key)
        if held is None or is_ended(unit, key):
            raise NoSigningKey
        return held.paper

    def _signatory(self) -> Signatory:
        actor = self._pen.actor
        if actor.account_id is None:
            raise NoSigningKey
        return Signatory(
            account=actor.account_id,
            person=actor.person_id,
            number=actor.number,
            name=actor.name,
        )

    def _row(
        self, says: Payload, at: datetime, record: str, words: str, paper: bytes
    ) -> SignatureRow:
        payload, key = payload_text(says), self._pen.key
        return SignatureRow(
            id=says.id,
            record_kind=says.record.kind,
            record_id=says.record.id,
            account_id=says.signer.account,
            name=says.signer.name,
            number=says.signer.number,
            meaning=says.meaning,
            reason=says.reason,
            station=self._pen.site.station.fingerprint,
            signed_at=at,
            offset_minutes=offset_minutes(at),
            payload=payload,
            record=record,
            shown=words,
            public_key=key.public_key,
            signature=sign_digest(SIGNATURE, digest_of(payload), key),
            paper=paper,
        )


def _check_words(words: str, reason: str) -> None:
    if not words.strip() or len(words) > LONGEST_SHOWN:
        raise WordsMissing(_("What is signed"))
    if len(reason) > LONGEST_REASON:
        raise WordsMissing(_("The reason"))
