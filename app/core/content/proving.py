"""Stored files looked at bit by bit: what is no longer what it was is set aside, and counts as missing.

What is missing is asked of others with the next sync file; what is only damaged nobody would ever ask for.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from app.core.content.assets import AssetStore, StoredAsset

_BLOCK = 1 << 20


class FilesProved(NamedTuple):
    """What was found."""

    looked: int
    damaged: tuple[str, ...]
    """Hashes of those that were set aside."""
    reached: str
    """Hash of the last one that was looked at; "" where it was the last there is."""


def prove_files(
    store: AssetStore,
    files: Sequence[StoredAsset],
    breathe: Callable[[], None],
    *,
    after: str = "",
    most_bytes: int,
) -> FilesProved:
    """Look at the files that lie here, in the order of their hashes, from after one on and up to so many bytes.

    Raises what `breathe` raises, which is called after each megabyte, and OSError.
    """
    looked, read, reached = 0, 0, ""
    damaged: list[str] = []
    for file in sorted(files, key=lambda one: one.sha256):
        if file.sha256 <= after or not store.holds(file.sha256, file.size):
            continue
        if read and read + file.size > most_bytes:
            return FilesProved(looked, tuple(damaged), reached)
        path = store.path(file.sha256)
        if _hash_of(path, breathe) != file.sha256:
            store.set_aside(file.sha256)
            damaged.append(file.sha256)
        looked, read, reached = looked + 1, read + file.size, file.sha256
    return FilesProved(looked, tuple(damaged), "")


def _hash_of(path: Path, breathe: Callable[[], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            breathe()
    return digest.hexdigest()
