"""Signed papers: the one way in which anything that leaves a PC is signed, and read again (ADR 15).

A paper is msgpack of `[mark, label, payload, key, signature]`. The signature is Ed25519 over
`"daksha-" label "\\0" SHA-256(payload)`: a key signs several kinds of paper, and none passes for
another. There is one spelling of a paper, so that its hash names it. What is too long for a paper
(sync files) or is to be read without one (electronic signatures) is signed alike, by its hash.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.core.base.errors import UserFacingError
from app.core.base.refusals import why_refused
from app.core.base.words import _, mark

_MARK_OF_ALL = "daksha-paper-"
_MARK = f"{_MARK_OF_ALL}1"
SIGNATURE_BYTES = 64
NEWEST_VERSION = 1
"""Of a payload. Fields may be added within a version; what would be misread without them is a new one."""
MOST_BYTES = 8 * 1024 * 1024

_NAMES = {
    "request-v1": mark("a request of a PC or a site"),
    "answer-v1": mark("an answer to a request"),
    "site-file-v1": mark("a site file"),
    "site-v1": mark("what a site is called"),
    "key-certificate-v1": mark("a key certificate"),
    "key-revocation-v1": mark("the revocation of a key"),
    "escrow-request-v1": mark("a request for a key that headquarters holds"),
    "person-key-v1": mark("the certificate of a person's signing key"),
    "escrow-answer-v1": mark("headquarters' answer to such a request"),
    "program-release-v1": mark("a version of the program that headquarters released"),
}

_Payload = TypeVar("_Payload", bound=msgspec.Struct)


class Signer(Protocol):
    """A private Ed25519 key, wherever it is kept."""

    @property
    def public_key(self) -> bytes:
        """Return the 32-byte public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of `message`."""
        ...


class PaperRefused(UserFacingError):
    """A signed paper that is not taken. Nothing of it was used."""


class PaperUnreadable(PaperRefused):
    """The bytes are no signed paper of this product, or not all of one."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not a file of Daksha's keys, or it was cut short or damaged on its way."),
            safe=_("Nothing was changed."),
            remedy=_("Copy it again from where it was made, or have it made again."),
        )


class PaperForged(PaperRefused):
    """The signature does not belong to what is written."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was changed after it was signed, or somebody else signed it."),
            safe=_("Nothing was changed."),
            remedy=_("Do not use it. Have it made again, and bring it by another way."),
        )


class PaperTooNew(PaperRefused):
    """The paper was made by a later version of the program."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was made by a newer Daksha."),
            safe=_("Nothing was changed."),
            remedy=_("Install the newer Daksha on this PC first."),
        )


class WrongPaper(PaperRefused):
    """The paper is of another kind than was asked for."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(
            _("This file is {found}; wanted is {wanted}.").format(
                found=_name(found), wanted=_name(wanted)
            ),
            safe=_("Nothing was changed."),
            remedy=_("Choose the right file."),
        )


class PaperNotRead(PaperRefused):
    """The file itself could not be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            _("{file} could not be read: {why}").format(file=path.name, why=why),
            safe=_("Nothing was changed."),
            remedy=_("Put the stick back in, or choose the right file."),
        )


class _Paper(msgspec.Struct, array_like=True, frozen=True):
    mark: str
    label: str
    payload: bytes
    key: bytes
    signature: bytes


class _Marked(msgspec.Struct, array_like=True, frozen=True):
    mark: str


class _Versioned(msgspec.Struct, frozen=True):
    version: int


def sign_digest(label: str, digest: bytes, signer: Signer) -> bytes:
    """Return the Ed25519 signature of what has this SHA-256 and is of the kind `label`."""
    return signer.sign(_signed(label, digest))


def is_signed(label: str, digest: bytes, signature: bytes, public_key: bytes) -> bool:
    """Tell whether the holder of `public_key` signed what has this SHA-256 as of the kind `label`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _signed(label, digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_document(label: str, payload: msgspec.Struct, signer: Signer) -> bytes:
    """Return `payload` as a paper of the kind `label`, signed."""
    packed = msgspec.msgpack.encode(payload)
    signature = sign_digest(label, hashlib.sha256(packed).digest(), signer)
    return msgspec.msgpack.encode(_Paper(_MARK, label, packed, signer.public_key, signature))


def open_document(
    label: str, kind: type[_Payload], untrusted: bytes, public_key: bytes
) -> _Payload:
    """Return what a paper says. Raises a PaperRefused unless `public_key` signed just this."""
    paper = _decoded(untrusted)
    _require_label(paper, label)
    if paper.key != public_key:
        raise PaperForged
    _require_signature(paper)
    return _payload(paper, kind)


def read_unverified(label: str, kind: type[_Payload], untrusted: bytes) -> tuple[_Payload, bytes]:
    """Return what a paper says and the key that signed it; whose key that is has yet to be found out.

    Raises a PaperRefused.
    """
    paper = _decoded(untrusted)
    _require_label(paper, label)
    _require_signature(paper)
    return _payload(paper, kind), paper.key


def label_of(untrusted: bytes) -> str:
    """Return which kind a paper says it is. Raises PaperUnreadable, PaperTooNew."""
    return _decoded(untrusted).label


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that should be a paper. Raises PaperNotRead, PaperUnreadable."""
    try:
        with path.open("rb") as file:
            untrusted = file.read(MOST_BYTES + 1)
    except OSError as refusal:
        raise PaperNotRead(path, why_refused(refusal)) from refusal
    if len(untrusted) > MOST_BYTES:
        raise PaperUnreadable
    return untrusted


def fingerprint(public_key: bytes) -> bytes:
    """Return SHA-256 of a public key: its name in logs and in papers."""
    return hashlib.sha256(public_key).digest()


def _signed(label: str, digest: bytes) -> bytes:
    return b"daksha-" + label.encode() + b"\0" + digest


def _decoded(untrusted: bytes) -> _Paper:
    if len(untrusted) > MOST_BYTES:
        raise PaperUnreadable
    try:
        marked = msgspec.msgpack.decode(untrusted, type=_Marked).mark
        if marked != _MARK and marked.removeprefix(_MARK_OF_ALL).isdecimal():
            raise PaperTooNew
        paper = msgspec.msgpack.decode(untrusted, type=_Paper)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as damage:
        raise PaperUnreadable from damage
    if paper.mark != _MARK or msgspec.msgpack.encode(paper) != untrusted:
        raise PaperUnreadable
    return paper


def _require_label(paper: _Paper, label: str) -> None:
    if paper.label == label:
        return
    stem = label.rpartition("-v")[0]
    if paper.label.startswith(f"{stem}-v") and paper.label not in _NAMES:
        raise PaperTooNew
    raise WrongPaper(paper.label, label)


def _require_signature(paper: _Paper) -> None:
    digest = hashlib.sha256(paper.payload).digest()
    if not is_signed(paper.label, digest, paper.signature, paper.key):
        raise PaperForged


def _payload(paper: _Paper, kind: type[_Payload]) -> _Payload:
    """Return the payload, read with the limits of its type; fields that were added later are left."""
    try:
        if msgspec.msgpack.decode(paper.payload, type=_Versioned).version > NEWEST_VERSION:
            raise PaperTooNew
        return msgspec.msgpack.decode(paper.payload, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as damage:
        raise PaperUnreadable from damage


def _name(label: str, names: Mapping[str, str] = _NAMES) -> str:
    return _(names[label]) if label in names else _("something else")
