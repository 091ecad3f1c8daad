"""The signed part of an upgrade file: which version it is, who released it, and the hash of each of its files."""

from typing import Annotated

import msgspec

from app.core.keys import (
    KeyKind,
    KeyNotTrusted,
    KeyRing,
    Signer,
    SiteKeys,
    fingerprint,
    read_unverified,
    sign_document,
)
from app.core.operations.program.errors import (
    NotHeadquarters,
    NotOfHeadquarters,
    ReleaserNotTrusted,
)

RELEASE = "program-release-v1"
MOST_CHANGES = 400
LONGEST_LINE, LONGEST_WORDS = 600, 200
"""Letters of a line of changes; of a name or a reason."""
_VERSION = 1
_MOST_FILES = 50_000
Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Words = Annotated[str, msgspec.Meta(max_length=LONGEST_WORDS)]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**62)]
_Path = Annotated[str, msgspec.Meta(max_length=400)]
_Line = Annotated[str, msgspec.Meta(max_length=LONGEST_LINE)]
_Paper = Annotated[bytes, msgspec.Meta(max_length=50_000)]


class ReleasedFile(msgspec.Struct, frozen=True, array_like=True):
    """One file of a version."""

    path: _Path
    size: Number
    sha256: Hash
    is_program: bool
    """Whether it may be run."""


class ReleasedLink(msgspec.Struct, frozen=True, array_like=True):
    """Another name of a file of the same version."""

    path: _Path
    leads_to: _Path
    """Seen from the folder that the link lies in."""


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What headquarters sign."""

    version: int = _VERSION
    program: Words
    """The version of the program."""
    schema: Words
    upgrades_from: Words
    platform: Words
    released_by: Words
    reason: Words
    released_at: Number
    changes: Annotated[tuple[_Line, ...], msgspec.Meta(max_length=MOST_CHANGES)]
    files: Annotated[tuple[ReleasedFile, ...], msgspec.Meta(min_length=1, max_length=_MOST_FILES)]
    links: Annotated[tuple[ReleasedLink, ...], msgspec.Meta(max_length=_MOST_FILES)] = ()
    certificates: Annotated[tuple[_Paper, ...], msgspec.Meta(max_length=1000)] = ()
    """What headquarters know of keys, so that a PC which has met nobody for long believes their new one."""
    revocations: Annotated[tuple[_Paper, ...], msgspec.Meta(max_length=1000)] = ()

    @property
    def size(self) -> int:
        """Return how many bytes the files have."""
        return sum(file.size for file in self.files)


def sign_release(release: Release, signer: Signer) -> bytes:
    """Return the release as a signed paper."""
    return sign_document(RELEASE, release, signer)


def read_release(untrusted: bytes) -> tuple[Release, bytes]:
    """Return what a paper says and the key that signed it. Raises a PaperRefused."""
    return read_unverified(RELEASE, Release, untrusted)


def headquarters_of(ring: KeyRing, own_site: bytes) -> tuple[bytes, str]:
    """Return the id of the site that releases versions, and its name: the one with the organisation's root."""
    root = ring.organisation
    return (own_site, "") if root is None else (root.site_id, root.label)


def check_may_release(keys: SiteKeys) -> None:
    """Raise NotHeadquarters where another site holds the root."""
    site_id, name = headquarters_of(keys.ring(), keys.site_id.bytes)
    if site_id != keys.site_id.bytes:
        raise NotHeadquarters(name)


def believed_releaser(keys: SiteKeys, release: Release, key: bytes) -> str:
    """Return the name of headquarters, whose key signed the release. Raises an UpgradeRefused.

    What the file carries of keys is weighed with what is known here, as that of a sync file is.
    """
    ring = keys.ring(release.certificates, release.revocations)
    site_id, name = headquarters_of(ring, keys.site_id.bytes)
    try:
        certificate = ring.trusted(fingerprint(key))
    except KeyNotTrusted as refusal:
        raise ReleaserNotTrusted(refusal.happened) from refusal
    if certificate.kind is not KeyKind.SITE or certificate.site_id != site_id:
        raise NotOfHeadquarters(certificate.label, name)
    return name or certificate.label
