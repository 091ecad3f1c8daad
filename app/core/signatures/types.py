"""What the service of signatures tells."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.core.signatures.models import KeyEnd
from app.core.signatures.verification import SignatureState


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What somebody types to sign."""

    password: str = field(repr=False)
    name: str | None = None
    """Number, login or badge; needed for the first signature of a series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningNow:
    """What signing asks of somebody at this moment."""

    asks_id: bool
    statement: str
    """What has to be accepted first; "" where it was."""
    trouble: str
    """Why they cannot sign at all, in a sentence; "" where they can."""
    has_password: bool
    """Whether they have a password; who has none chooses one with their PIN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """One signature, as it is read."""

    id: UUID
    account_id: UUID
    name: str
    number: str
    meaning: str
    reason: str
    at: datetime
    signed_at: str
    """ISO 8601 with the offset of the PC on which it was signed."""
    record_kind: str
    record_id: UUID
    station: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureDetail:
    """One signature in full: all that somebody needs to check it without this program."""

    line: SignatureLine
    payload: str
    record: str
    shown: str
    public_key: bytes
    signature: bytes
    paper: bytes
    components: tuple[str, ...]
    """What proved who signed; empty in one of a newer program."""
    clock: str
    state: SignatureState
    changed: tuple[str, ...]
    certified_by: str
    """The station that says whose key it is; "" where none that is believed does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSignature:
    """What came of proving one signature among many."""

    line: SignatureLine
    state: SignatureState
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerLine:
    """Somebody with an account, and whether they can sign."""

    account_id: UUID
    name: str
    number: str
    login: str
    key: bytes
    """Fingerprint of their newest key; b"" where they have none."""
    key_made_at: datetime | None
    key_ended: KeyEnd | None
    is_checked: bool
    checked_by: str
    document: str
    was_alone: bool
    is_confirmed: bool
    """Whether somebody independent of who gave the secret made sure (`vouching`)."""
    accepted_at: datetime | None
    """When they signed that their signature binds them."""
    signatures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysInUse:
    """How many signing keys there are, and of what age."""

    count: int
    oldest: datetime | None
    """When the oldest of them was made."""
    unchecked: int
    """How many sign nothing yet, because nobody has seen who their owners are."""
    ended: int
