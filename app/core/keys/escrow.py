"""Escrow: a plant's data key sealed to headquarters, and the two papers by which it comes back.

request   a PC that cannot open its records sends what is sealed, and where to seal the answer
answer    headquarters opens it and seals the key anew, to that PC alone

Nothing in either is readable on its way. Who asks is known by eight words that are read out, and by
the station's signature where headquarters knows it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys.certificates import Hash, Number, Recipient, SiteIdBytes, Words
from app.core.keys.signed import (
    NEWEST_VERSION,
    PaperRefused,
    Signer,
    fingerprint,
    read_unverified,
    sign_document,
)
from app.core.keys.words import fingerprint_words, shown

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

ESCROW_REQUEST, ESCROW_ANSWER = "escrow-request-v1", "escrow-answer-v1"
ESCROW_REQUEST_ENDING, ESCROW_ANSWER_ENDING = ".daksha-key-request", ".daksha-key-answer"
ESCROW_SEALING = "escrow.age"
"""Name in the key folder of what opens the answer of the request that was made last."""
Sealed = Annotated[bytes, msgspec.Meta(max_length=4096)]
_Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class NotSealedForHere(PaperRefused):
    """No key here opens what is sealed, or it is of another site."""

    def __init__(self) -> None:
        super().__init__(
            _("No key of this PC opens what is sealed in this file."),
            safe=_("Nothing was changed."),
            remedy=_("Take it to the PC with the keys of the site that it is meant for."),
        )


class NobodyNamed(UserFacingError):
    """Who asks for a key, or why, was not said."""

    def __init__(self) -> None:
        super().__init__(
            _("Who asks, and why, has to be said."),
            safe=_("Nothing was written."),
            remedy=_("Name two people who are here, and give the reason."),
        )


class _Escrowed(msgspec.Struct, frozen=True, kw_only=True):
    version: int = NEWEST_VERSION
    site_id: SiteIdBytes
    key: _Key


class EscrowRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a PC asks with; signed by its station's key."""

    version: int = NEWEST_VERSION
    site_id: SiteIdBytes
    pc: Words
    sealed: Sealed
    """The data key, sealed to headquarters when the records were open."""
    answer_to: Recipient
    people: Words
    reason: Words
    made_at: Number


class EscrowAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The data key, sealed to who asked; signed by headquarters."""

    version: int = NEWEST_VERSION
    request: Hash
    """SHA-256 of the request: an answer is for one alone."""
    sealed: Sealed
    made_at: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForKey:
    """A request as headquarters looks at it."""

    site_id: UUID
    pc: str
    people: str
    reason: str
    made_at: datetime
    words: str
    """Of the whole request: the PC that asks shows the same."""
    station: bytes
    """Fingerprint of the key that signed."""
    request: EscrowRequest = field(repr=False)


def seal_key(site_id: UUID, key: bytes, recipients: list[str]) -> bytes:
    """Return a data key sealed for age recipients."""
    import pyrage  # a library of its own, where something is sealed or opened

    plain = msgspec.msgpack.encode(_Escrowed(site_id=site_id.bytes, key=key))
    addresses = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    return bytes(pyrage.encrypt(plain, addresses))


def unseal_key(site_id: UUID, sealed: bytes, identities: "list[Identity]") -> bytes:
    """Return the data key of a site that was sealed. Raises NotSealedForHere."""
    import pyrage

    try:
        plain = pyrage.decrypt(sealed, identities)
        found = msgspec.msgpack.decode(plain, type=_Escrowed)
    except (pyrage.DecryptError, msgspec.MsgspecError) as refusal:
        raise NotSealedForHere from refusal
    if found.site_id != site_id.bytes:
        raise NotSealedForHere
    return found.key


def make_request(
    *,
    site_id: UUID,
    pc: str,
    sealed: bytes,
    answer_to: str,
    people: list[str],
    reason: str,
    now: datetime,
    signer: Signer,
) -> bytes:
    """Return a signed request for what is sealed. Raises NobodyNamed."""
    names = [" ".join(name.split()) for name in people]
    if len({name.casefold() for name in names if name}) < 2 or not reason.strip():  # noqa: PLR2004  two people
        raise NobodyNamed
    request = EscrowRequest(
        site_id=site_id.bytes,
        pc=pc,
        sealed=sealed,
        answer_to=answer_to,
        people=" + ".join(names),
        reason=" ".join(reason.split()),
        made_at=to_microseconds(now),
    )
    return sign_document(ESCROW_REQUEST, request, signer)


def read_escrow_request(untrusted: bytes) -> AskedForKey:
    """Return what a request says; whose it is the words tell. Raises a PaperRefused."""
    request, key = read_unverified(ESCROW_REQUEST, EscrowRequest, untrusted)
    return AskedForKey(
        site_id=UUID(bytes=request.site_id),
        pc=shown(request.pc),
        people=shown(request.people),
        reason=shown(request.reason),
        made_at=from_microseconds(request.made_at),
        words=fingerprint_words(untrusted),
        station=fingerprint(key),
        request=request,
    )


def answer_request(untrusted_request: bytes, key: bytes, now: datetime, signer: Signer) -> bytes:
    """Return the answer to a request: the key, for the PC that asked alone. Raises a PaperRefused."""
    asked = read_escrow_request(untrusted_request)
    answer = EscrowAnswer(
        request=fingerprint(untrusted_request),
        sealed=seal_key(asked.site_id, key, [asked.request.answer_to]),
        made_at=to_microseconds(now),
    )
    return sign_document(ESCROW_ANSWER, answer, signer)


def key_in_answer(site_id: UUID, untrusted: bytes, identities: "list[Identity]") -> bytes:
    """Return the data key that headquarters sent. Raises a PaperRefused.

    Who signed is not asked: only the records tell whether the key is theirs.
    """
    answer, _signer = read_unverified(ESCROW_ANSWER, EscrowAnswer, untrusted)
    return unseal_key(site_id, answer.sealed, identities)
