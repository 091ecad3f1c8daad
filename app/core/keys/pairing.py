"""The papers that two PCs exchange so that they know each other, and nothing else (ADR 15).

request    a PC, or a site, says which keys it has; people compare eight words
answer     a site says: these keys are known here; with its register
site file  a site's register and an enrolment key under a passphrase, for many PCs at once
register   what the site is called, its public keys, and every key certificate it knows
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec

from app.core.base.clock import from_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.keys.certificates import (
    Hash,
    KeyKind,
    Number,
    PublicKey,
    Recipient,
    SiteIdBytes,
    Words,
)
from app.core.keys.signed import (
    NEWEST_VERSION,
    PaperForged,
    Signer,
    fingerprint,
    open_document,
    read_unverified,
    sign_document,
)
from app.core.keys.words import fingerprint_words, shown

REQUEST, ANSWER, SITE_FILE, REGISTER = "request-v1", "answer-v1", "site-file-v1", "site-v1"
REQUEST_ENDING, ANSWER_ENDING, SITE_FILE_ENDING = (
    ".daksha-request",
    ".daksha-answer",
    ".daksha-site",
)

_ID_BYTES = 16
Documents = Annotated[tuple[bytes, ...], msgspec.Meta(max_length=20_000)]


class SiteRegisterPaper(msgspec.Struct, frozen=True, kw_only=True):
    """What a PC needs to know of its site before its first sync file; signed by the site."""

    version: int = NEWEST_VERSION
    site_id: SiteIdBytes
    name: Words
    code: Words
    language: Words
    pdf_certificate: Annotated[bytes, msgspec.Meta(max_length=20_000)]
    certificates: Documents
    revocations: Documents
    made_at: Number


class PairRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks to be known; signed by the key that asks."""

    version: int = NEWEST_VERSION
    kind: KeyKind
    subject: PublicKey
    sealing: Recipient
    label: Words
    site_id: bytes = b""
    """Of the site it belongs to already; empty for a new PC."""
    organisation: bytes = b""
    """SHA-256 of the root above the site; empty while the site has none but its own."""
    succeeds: bytes = b""
    """SHA-256 of the site's key that is lost, where a new one asks for its place."""
    certificates: Documents = ()
    """Of a site: what its stations sign with."""
    revocations: Documents = ()
    made_at: Number


class PairAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The key certificate of who asked, and the register; signed by the site that answers."""

    version: int = NEWEST_VERSION
    subject: Hash
    """SHA-256 of the key that asked: an answer is for one alone."""
    certificates: Documents
    register: bytes
    made_at: Number


class WrappedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A private key under a passphrase: Argon2id, ChaCha20-Poly1305."""

    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    sealed: Annotated[bytes, msgspec.Meta(min_length=60, max_length=60)]
    memory: Annotated[int, msgspec.Meta(ge=8, le=1024 * 1024)]
    """KiB. The limits keep a file from asking for all of a PC's memory, or for a day."""
    passes: Annotated[int, msgspec.Meta(ge=1, le=16)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=16)]


class SiteFilePaper(msgspec.Struct, frozen=True, kw_only=True):
    """For many PCs: an enrolment key certificate, its private half wrapped, and the register."""

    version: int = NEWEST_VERSION
    enrolment: bytes
    wrapped: WrappedKey
    register: bytes
    made_at: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTold:
    """What a register says of its site."""

    site_id: UUID
    name: str
    code: str
    language: str
    token_key: bytes
    """The site's own public key: it signed the register."""
    pdf_certificate: bytes
    certificates: tuple[bytes, ...]
    revocations: tuple[bytes, ...]

    @property
    def words(self) -> str:
        """Return the words of the site's key, which the other PC shows too."""
        return fingerprint_words(self.token_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as people see it before they say yes."""

    kind: KeyKind
    label: str
    words: str
    site_id: UUID | None
    made_at: datetime
    request: PairRequest

    @property
    def replaces_lost_key(self) -> bool:
        """Tell whether a site asks for a new key because its own is lost."""
        return self.kind is KeyKind.SITE and bool(self.request.succeeds)


class PaperNotWritten(UserFacingError):
    """A file to be carried could not be written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            _("{file} could not be written: {why}").format(file=path.name, why=why),
            safe=_("Nothing half-written was left there."),
            remedy=_("Choose another place, or put the stick back in, and do it again."),
        )


class NotForThisPc(UserFacingError):
    """An answer to somebody else's request."""

    def __init__(self, site: str) -> None:
        super().__init__(
            _("This answer of {site} is for another PC, or for a request that is gone.").format(
                site=site
            ),
            safe=_("Nothing was changed."),
            remedy=_("Use it on the PC that asked, or make a new request here."),
        )


def ask(request: PairRequest, signer: Signer) -> bytes:
    """Return a request, signed by the key that asks."""
    return sign_document(REQUEST, request, signer)


def read_request(untrusted: bytes) -> Asked:
    """Return who asks. Raises a PaperRefused."""
    request, key = read_unverified(REQUEST, PairRequest, untrusted)
    if request.subject != key or request.kind not in {KeyKind.STATION, KeyKind.SITE}:
        raise PaperForged
    return Asked(
        kind=request.kind,
        label=shown(request.label),
        words=fingerprint_words(key),
        site_id=UUID(bytes=request.site_id) if len(request.site_id) == _ID_BYTES else None,
        made_at=from_microseconds(request.made_at),
        request=request,
    )


def read_register(untrusted: bytes, site_key: bytes | None = None) -> SiteTold:
    """Return what a register says; it must be signed by `site_key` where that is known.

    Raises a PaperRefused.
    """
    if site_key is None:
        paper, site_key = read_unverified(REGISTER, SiteRegisterPaper, untrusted)
    else:
        paper = open_document(REGISTER, SiteRegisterPaper, untrusted, site_key)
    return SiteTold(
        site_id=UUID(bytes=paper.site_id),
        name=shown(paper.name),
        code=shown(paper.code),
        language=paper.language,
        token_key=site_key,
        pdf_certificate=paper.pdf_certificate,
        certificates=paper.certificates,
        revocations=paper.revocations,
    )


def read_answer(untrusted: bytes) -> tuple[PairAnswer, SiteTold]:
    """Return an answer and the register in it, both signed by one site. Raises a PaperRefused."""
    answer, key = read_unverified(ANSWER, PairAnswer, untrusted)
    return answer, read_register(answer.register, key)


def read_site_file(untrusted: bytes) -> tuple[SiteFilePaper, SiteTold]:
    """Return a site file and the register in it, both signed by one site. Raises a PaperRefused."""
    paper, key = read_unverified(SITE_FILE, SiteFilePaper, untrusted)
    return paper, read_register(paper.register, key)


def is_for(answer: PairAnswer, public_key: bytes) -> bool:
    """Tell whether an answer is for the owner of a key."""
    return answer.subject == fingerprint(public_key)


def write_whole(path: Path, paper: bytes) -> None:
    """Write a paper to a file that is there whole, on the disk, or not at all. Raises PaperNotWritten."""
    fresh = path.with_name(f"{path.name}.part")
    try:
        with fresh.open("wb") as file:
            file.write(paper)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as refusal:
        fresh.unlink(missing_ok=True)
        raise PaperNotWritten(path, why_refused(refusal)) from refusal


def joined(papers: Iterable[Iterable[bytes]]) -> tuple[bytes, ...]:
    """Return papers of several sources, each once, in one order."""
    return tuple(sorted({one for some in papers for one in some}))
