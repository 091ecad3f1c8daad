"""Proving a signature: by itself, by whose key it is, by the journal, and by the record it stands under."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _, mark
from app.core.journal import entries_about
from app.core.keys import KeyRing, fingerprint, is_signed
from app.core.people import home_of_account
from app.core.signatures.canonical import (
    SIGNATURE,
    Payload,
    PayloadUnreadable,
    changed_columns,
    digest_of,
    read_payload,
    record_as_it_is,
    sha256_of,
)
from app.core.signatures.clocks import as_printed
from app.core.signatures.models import SignatureRow, SigningKeyEndRow, SigningKeyRow
from app.core.signatures.parts import Compared, compared, has_parts, parts_in
from app.core.signatures.person_key import Certified, certified, key_id
from app.core.signatures.vouching import Vouching
from app.core.storage.tables import model_of


class SignatureState(StrEnum):
    """What came of proving a signature."""

    VALID = "valid"
    OWN_ROW = "own-row"
    """It holds, and is of before signatures covered what a record stands for: the journal proves that alone."""
    FORGED = "forged"
    """What was signed, or the signature, was changed."""
    COPIED = "copied"
    """It was made under another record, or is a copy of another signature."""
    RECORD_CHANGED = "record-changed"
    """The record is not the version that was signed."""
    RECORD_MISSING = "record-missing"
    """The record is not here."""
    UNKNOWN_KEY = "unknown-key"
    """No station that is believed here says whose key it is."""
    DOUBTED = "doubted"
    """It was made in days in which somebody else may have known the password."""
    NOT_CONFIRMED = "not-confirmed"
    """Nobody independent of who gave the signer the password has made sure who they are (ADR 85)."""
    KEY_ENDED = "key-ended"
    """It was made after the key was ended."""
    NOT_IN_JOURNAL = "not-in-journal"
    """No entry of the journal wrote it at the time it names."""
    TOO_NEW = "too-new"
    """It is of a later version of the program."""

    @property
    def holds(self) -> bool:
        """Tell whether nothing speaks against it."""
        return self in {SignatureState.VALID, SignatureState.OWN_ROW}


STATES = {
    SignatureState.VALID: mark("Valid"),
    SignatureState.OWN_ROW: mark(
        "Valid; made by an earlier Daksha: what the record refers to is proved by the journal"
    ),
    SignatureState.FORGED: mark("Altered: this is not what was signed"),
    SignatureState.COPIED: mark("Copied: it was made under another record"),
    SignatureState.RECORD_CHANGED: mark("The record was changed after it was signed"),
    SignatureState.RECORD_MISSING: mark("The signed record is not here"),
    SignatureState.UNKNOWN_KEY: mark("Nobody who is believed here says whose key it is"),
    SignatureState.DOUBTED: mark(
        "Valid, but somebody else may have known the password on that day"
    ),
    SignatureState.NOT_CONFIRMED: mark(
        "Valid, but who signed was made sure of by nobody but who had given the password"
    ),
    SignatureState.KEY_ENDED: mark("Made after the key was ended"),
    SignatureState.NOT_IN_JOURNAL: mark("No journal entry wrote it at the time it names"),
    SignatureState.TOO_NEW: mark("Made by a newer Daksha"),
}


def state_in_words(state: SignatureState) -> str:
    """Return what came of proving a signature, in words."""
    return _(STATES[state])


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What came of proving one signature."""

    state: SignatureState
    changed: tuple[str, ...] = ()
    """The columns in which the record is not as it was signed, and the tables of what it stood for."""
    certified: Certified | None = None


def prove(
    session: Session, row: SignatureRow, ring: KeyRing, vouching: Vouching | None = None
) -> Proved:
    """Prove one signature; `vouching` of this session where there are several to prove.

    The index of mentions must be up to date.
    """
    digest = digest_of(row.payload)
    if not is_signed(SIGNATURE, digest, row.signature, row.public_key):
        return Proved(state=SignatureState.FORGED)
    try:
        says = read_payload(row.payload)
    except PayloadUnreadable:
        return Proved(state=SignatureState.TOO_NEW)
    state = _of_itself(row, says)
    if state is not None:
        return Proved(state=state)
    whose = certified(ring, row.paper, row.public_key)
    if whose is None or not _is_theirs(session, whose, says, ring):
        return Proved(state=SignatureState.UNKNOWN_KEY)
    state = _in_the_journal(session, row, says)
    if state is not None:
        return Proved(state=state, certified=whose)
    return _of_the_record(session, row, whose, vouching or Vouching(session))


def _is_theirs(session: Session, whose: Certified, says: Payload, ring: KeyRing) -> bool:
    """Tell whether the signer's key it is, by the word of a site that may speak of that account (ADR 74).

    Of an account that is not here nothing is known: headquarters' people sign what a plant gets.
    """
    home = home_of_account(session, whose.account_id)
    may_say = home is None or whose.site_id == home or whose.site_id in ring.headquarters
    return may_say and (whose.account_id, whose.site_id) == (says.signer.account, says.site)


def _of_itself(row: SignatureRow, says: Payload) -> SignatureState | None:
    """Return what is wrong with what stands beside the signed bytes."""
    if (row.record_kind, row.record_id, row.id) != (says.record.kind, says.record.id, says.id):
        return SignatureState.COPIED
    signer = says.signer
    beside = (
        (row.account_id, row.name, row.number) == (signer.account, signer.name, signer.number),
        (row.meaning, row.reason) == (says.meaning, says.reason),
        as_printed(row.signed_at, row.offset_minutes) == says.signed_at,
        fingerprint(row.public_key).hex() == says.key,
        row.station.hex() == says.station,
        sha256_of(row.record) == says.record.sha256,
        sha256_of(row.shown) == says.shown,
    )
    return None if all(beside) else SignatureState.FORGED


def _in_the_journal(session: Session, row: SignatureRow, says: Payload) -> SignatureState | None:
    version = says.stamp.to_bytes(8, "big") + bytes.fromhex(says.station)[:8]
    if version not in entries_about(session, row.id):
        return SignatureState.NOT_IN_JOURNAL
    first_end = session.scalar(
        sa.select(sa.func.min(SigningKeyEndRow.stamp)).where(
            SigningKeyEndRow.key_id == key_id(row.public_key)
        )
    )
    if first_end is not None and says.stamp > first_end:
        return SignatureState.KEY_ENDED
    return None


def _of_the_record(
    session: Session, row: SignatureRow, whose: Certified, vouching: Vouching
) -> Proved:
    try:
        now = record_as_it_is(session, row.record_kind, row.record_id)
    except KeyError:
        now = None
    if now is None:
        return Proved(state=SignatureState.RECORD_MISSING, certified=whose)
    try:
        parts = parts_in(row.record)
    except PayloadUnreadable:
        return Proved(state=SignatureState.TOO_NEW, certified=whose)
    record = session.get(model_of(row.record_kind), row.record_id)
    found = Compared() if parts is None else compared(session, record, parts)
    changed = changed_columns(row.record, now) + found.changed
    if changed:
        return Proved(state=SignatureState.RECORD_CHANGED, changed=changed, certified=whose)
    if found.missing:
        return Proved(state=SignatureState.RECORD_MISSING, changed=found.missing, certified=whose)
    state = _of_the_signer(session, row, vouching)
    if state is SignatureState.VALID and parts is None and has_parts(row.record_kind):
        state = SignatureState.OWN_ROW
    return Proved(state=state, certified=whose)


def _of_the_signer(session: Session, row: SignatureRow, vouching: Vouching) -> SignatureState:
    """Return how far it is to be believed that the signer signed.

    Of a key that is not here, as those of headquarters are at a plant, nothing more is known.
    """
    if _is_doubted(session, row):
        return SignatureState.DOUBTED
    key = key_id(row.public_key)
    if session.get(SigningKeyRow, key) is not None and not vouching.is_confirmed(key):
        return SignatureState.NOT_CONFIRMED
    return SignatureState.VALID


def _is_doubted(session: Session, row: SignatureRow) -> bool:
    """Tell whether it was made when its key was, as somebody said at its end, perhaps in other hands."""
    since = session.scalar(
        sa.select(sa.func.min(SigningKeyEndRow.doubted_from)).where(
            SigningKeyEndRow.key_id == key_id(row.public_key)
        )
    )
    made_on = (row.signed_at + timedelta(minutes=row.offset_minutes)).date()
    return since is not None and made_on >= since
