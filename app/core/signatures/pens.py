"""A pen: somebody's key, unlocked for one act, that writes signatures into the act's own transaction.

What is done and the signature under it are kept together or not at all.
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
from app.core.signatures.errors import NoSigningKey, ReadOtherwise, WordsMissing
from app.core.signatures.keeping import is_ended, stamp_of
from app.core.signatures.meanings import Meaning
from app.core.signatures.models import SignatureRow, SigningKeyRow
from app.core.signatures.person_key import key_id
from app.core.storage.tables import Fact, Record, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What is signed, why, and what the signer has read."""

    meaning: Meaning
    shown: str
    reason: str = ""


@dataclass(slots=True)
class Pen:
    """Made by `Signatures.pen`; writes within one unit of work of the actor it was made for."""

    site: Site
    site_id: UUID
    actor: Actor
    key: SigningKey = field(repr=False)
    components: tuple[str, ...]
    clock: str
    _used_in: bytes = b""

    def sign(self, unit: Unit, row: Fact | Record, signing: Signing) -> UUID:
        """Sign a record as it stands in the unit now; return the signature's id.

        Raises NoSigningKey where the key was ended meanwhile, WordsMissing, LookupError for a row
        that is not in the unit.
        """
        if self._used_in not in {b"", unit.version}:
            raise RuntimeError("a pen signs within one unit of work")
        self._used_in = unit.version
        _check_words(signing)
        unit.flush()
        paper = self._paper(unit)
        at = time_of_signature(
            unit, self.site.station.fingerprint, self.site.clock.now(), self.clock
        )
        kind = str(table_of(type(row)).name)
        record = record_as_it_is(unit, kind, row.id)
        if record is None:
            raise LookupError(kind)
        signed = SignedRecord(kind=kind, id=row.id, sha256=sha256_of(record))
        says = self._payload(unit, at, signed, signing)
        payload = payload_text(says)
        unit.add(
            SignatureRow(
                id=says.id,
                record_kind=kind,
                record_id=row.id,
                account_id=says.signer.account,
                name=says.signer.name,
                number=says.signer.number,
                meaning=says.meaning,
                reason=says.reason,
                station=self.site.station.fingerprint,
                signed_at=at,
                offset_minutes=offset_minutes(at),
                payload=payload,
                record=record,
                shown=signing.shown,
                public_key=self.key.public_key,
                signature=sign_digest(SIGNATURE, digest_of(payload), self.key),
                paper=paper,
            )
        )
        unit.flush()
        return says.id

    def _paper(self, unit: Unit) -> bytes:
        key = key_id(self.key.public_key)
        held = unit.get(SigningKeyRow, key)
        if held is None or is_ended(unit, key):
            raise NoSigningKey
        return held.paper

    def _payload(self, unit: Unit, at: datetime, record: SignedRecord, signing: Signing) -> Payload:
        return Payload(
            id=new_id(),
            signer=self._signatory(),
            meaning=signing.meaning.value,
            reason=signing.reason.strip(),
            signed_at=as_printed(at, offset_minutes(at)),
            stamp=stamp_of(unit),
            clock=self.clock,
            record=record,
            shown=sha256_of(signing.shown),
            components=self.components,
            station=self.site.station.fingerprint.hex(),
            site=self.site_id,
            key=self.key.fingerprint.hex(),
        )

    def _signatory(self) -> Signatory:
        if self.actor.account_id is None:
            raise NoSigningKey
        return Signatory(
            account=self.actor.account_id,
            person=self.actor.person_id,
            number=self.actor.number,
            name=self.actor.name,
        )


@dataclass(frozen=True, slots=True)
class Undersigned:
    """What an act is signed with, and the words that the signer read."""

    pen: Pen
    shown: str

    def sign(
        self, unit: Unit, row: Fact | Record, meaning: Meaning, words: str, reason: str = ""
    ) -> UUID:
        """Sign a record with the meaning of the act, in its unit of work.

        `words` are what is signed as it stands in that unit. Raises ReadOtherwise where the signer read
        anything else, and as `Pen.sign` does.
        """
        if self.shown != words:
            raise ReadOtherwise
        return self.pen.sign(unit, row, Signing(meaning=meaning, shown=words, reason=reason))


def _check_words(signing: Signing) -> None:
    if not signing.shown.strip() or len(signing.shown) > LONGEST_SHOWN:
        raise WordsMissing(_("What is signed"))
    if len(signing.reason) > LONGEST_REASON:
        raise WordsMissing(_("The reason"))
