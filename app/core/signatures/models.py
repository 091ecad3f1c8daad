"""Tables of electronic signatures: people's keys, what was signed, and what signing stands on."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from app.core.storage.columns import Day, Id, Instant, Word
from app.core.storage.tables import BY, NAMES, PERSONAL, Fact, Scope, Spoken, model_of


class KeyEnd(StrEnum):
    """Why somebody's signing key signs no more."""

    RESET = "reset"
    """Somebody else gave its owner another password, or took the password away."""
    REPLACED = "replaced"
    """Its owner chose a password and could not open it, so that they got a new one."""
    REVOKED = "revoked"
    """An administrator ended it: its password is known to somebody else."""


class SigningKeyRow(Fact):
    """A person's Ed25519 key for signatures: its public half, certified by a station.

    Its id is the start of SHA-256 of the public key.
    """

    __tablename__ = "signing_key"
    table_scope = Scope.IDENTITY
    spoken = Spoken({"account_id": "account"}, void=("account_id", "id"))

    account_id: Mapped[UUID] = mapped_column(Id, index=True, info={NAMES: "account"})
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    paper: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """The station's word for whose it is (person_key.py)."""
    made_at: Mapped[datetime] = mapped_column(Instant)


class SigningKeyWrapRow(Fact):
    """The private half of a signing key under one password: that of a credential."""

    __tablename__ = "signing_key_wrap"
    table_scope = Scope.IDENTITY
    spoken = Spoken({"key_id": "signing_key", "credential_id": "credential"})

    key_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("signing_key.id"), index=True)
    credential_id: Mapped[UUID] = mapped_column(Id, index=True, info={NAMES: "credential"})
    salt: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    memory: Mapped[int]
    """Argon2id: KiB, passes and lanes."""
    passes: Mapped[int]
    lanes: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """Nonce and ChaCha20-Poly1305, with the public key as what goes along."""


class SigningKeyEndRow(Fact):
    """A signing key signs no more from an entry on; what it signed before stays valid, unless it is doubted."""

    __tablename__ = "signing_key_end"
    table_scope = Scope.IDENTITY
    spoken = Spoken({"key_id": "signing_key"})

    key_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("signing_key.id"), index=True)
    why: Mapped[KeyEnd] = mapped_column(Word(KeyEnd))
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})
    at: Mapped[datetime] = mapped_column(Instant)
    stamp: Mapped[int] = mapped_column(sa.BigInteger)
    """Of the entry: what was signed with a later one does not hold."""
    doubted_from: Mapped[date | None] = mapped_column(Day)
    """The day from which somebody else may have known the password; None where nobody says so."""


class SignerCheckRow(Fact):
    """Somebody made sure who the owner of a signing key is, before it signs (21 CFR 11.100(b))."""

    __tablename__ = "signer_check"
    table_scope = Scope.IDENTITY
    spoken = Spoken({"key_id": "signing_key"})

    key_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("signing_key.id"), index=True)
    document: Mapped[str]
    """What kind of paper was shown; never its number."""
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})
    by_name: Mapped[str]
    was_alone: Mapped[bool]
    """Whether whoever checked had given the password too, because nobody else could check."""
    at: Mapped[datetime] = mapped_column(Instant)


class AccountabilityRow(Fact):
    """Somebody said that their electronic signature is theirs as one by hand is (21 CFR 11.10(j))."""

    __tablename__ = "accountability"
    table_scope = Scope.RECORDS

    account_id: Mapped[UUID] = mapped_column(Id, index=True, info={NAMES: "account"})
    text: Mapped[str]
    """As it was shown, in the signer's language."""
    at: Mapped[datetime] = mapped_column(Instant)


class SignatureRow(Fact):
    """An electronic signature. What counts stands in `payload`; the other columns repeat it, to search.

    It goes where its record goes: what headquarters approves for all comes to a plant with whoever
    signed it, and is proved there.
    """

    __tablename__ = "signature"
    table_scope = Scope.RECORDS
    concerns = ("record_kind", "record_id")

    record_kind: Mapped[str]
    """The table of the record."""
    record_id: Mapped[UUID] = mapped_column(Id, index=True)
    account_id: Mapped[UUID] = mapped_column(Id, index=True, info={NAMES: "account"})
    name: Mapped[str]
    """Of the signer, as it was printed then."""
    number: Mapped[str]
    meaning: Mapped[str]
    reason: Mapped[str]
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    signed_at: Mapped[datetime] = mapped_column(Instant, index=True)
    offset_minutes: Mapped[int]
    payload: Mapped[str] = mapped_column(sa.Text)
    """What was signed: canonical JSON (canonical.py)."""
    record: Mapped[str] = mapped_column(sa.Text)
    """The version of the record, canonical JSON; its hash stands in the payload."""
    shown: Mapped[str] = mapped_column(sa.Text)
    """What the signer read; its hash stands in the payload."""
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    signature: Mapped[bytes] = mapped_column(sa.LargeBinary(64))
    paper: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """The certificate of the key, so that a signature is whole wherever it comes to."""

    @property
    @override
    def goes_with(self) -> Scope | None:
        is_of_catalogue = model_of(self.record_kind).table_scope is Scope.CATALOGUE
        return Scope.CATALOGUE if is_of_catalogue else self.table_scope


class ClockConfirmationRow(Fact):
    """Somebody said that a PC's clock, though behind what it showed before, is right now."""

    __tablename__ = "clock_confirmation"
    table_scope = Scope.RECORDS

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    """By the clock that was confirmed."""
    newest: Mapped[datetime] = mapped_column(Instant)
    """Of the newest entry then: from later ones on it has to be confirmed anew."""
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})
    reason: Mapped[str]


class AgencyLetterRow(Fact):
    """The letter to the agency about electronic signatures was sent (21 CFR 11.100(c))."""

    __tablename__ = "agency_letter"
    table_scope = Scope.IDENTITY

    company: Mapped[str]
    signatory: Mapped[str]
    sent_on: Mapped[date] = mapped_column(Day)
    how: Mapped[str]
    """By post or courier, with the number that proves it."""
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})
