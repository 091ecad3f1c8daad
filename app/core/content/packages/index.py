"""Package indexes as they lie in the asset store: canonical JSON, named by its SHA-256."""

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.content.assets import AssetStore, StoredAsset
from app.core.content.packages.values import PackageIndex
from app.core.storage.columns import canonical_json

PACKAGE_TYPE = "application/vnd.daksha.package+json"
"""The media type of a stored package index."""
MAX_INDEX_BYTES = 64_000_000


class PackageUnreadable(UserFacingError):
    """A stored file is not the index of a package."""

    def __init__(self) -> None:
        super().__init__(
            _("This package cannot be read."),
            safe=_("Training records are not touched."),
            remedy=_("Import the package again, or restore a backup."),
        )


def index_bytes(index: PackageIndex) -> bytes:
    """Return an index as it is stored."""
    return canonical_json(msgspec.to_builtins(index)).encode()


def index_from(content: bytes) -> PackageIndex:
    """Return the index that was stored. Raises PackageUnreadable."""
    if len(content) > MAX_INDEX_BYTES:
        raise PackageUnreadable
    try:
        document: Any = json.loads(content)  # JSON values of any shape
        return msgspec.convert(document, PackageIndex)
    except (ValueError, RecursionError) as damage:
        raise PackageUnreadable from damage


def read_package_index(assets: AssetStore, sha256: str) -> PackageIndex:
    """Return the package that is stored under a hash. Raises AssetMissing, PackageUnreadable."""
    return index_from(assets.read(sha256))


def files_of_packages(assets: AssetStore, stored: Iterable[StoredAsset]) -> dict[str, PackageIndex]:
    """Return the packages among stored files, by their hash.

    What cannot be read is left out: whoever asks has been told that the asset lies here in full
    length; opening the package says the rest.
    """
    found = {}
    for asset in stored:
        if asset.media_type == PACKAGE_TYPE:
            try:
                found[asset.sha256] = read_package_index(assets, asset.sha256)
            except UserFacingError:
                continue
    return found
