"""The file that an archive is: parts of a zip, each hashed, under a list that is signed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZipFile

from app.core.keys import Signer, sign_digest
from app.core.storage.columns import canonical_json

ARCHIVE = "archive-v1"
FORMAT = "daksha-archive-1"
_MANIFEST, _SEAL = "manifest.json", "manifest.signature.json"
_MOST_BYTES = 8 << 20
"""Of a part that is under way: so much is in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file in the archive."""

    name: str
    size: int
    sha256: str


class Packing:
    """Takes files one after another, and the list of them at the end. A context: left, the zip is whole."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self._parts: list[Part] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self._zip.close()

    def add(self, name: str, content: bytes) -> None:
        """Put a file in."""
        self._zip.writestr(name, content)
        digest = hashlib.sha256(content).hexdigest()
        self._parts.append(Part(name=name, size=len(content), sha256=digest))

    def seal(self, says: Mapping[str, object], signer: Signer) -> str:
        """Put the signed list of all files in; return the list's hash."""
        parts = sorted(self._parts, key=lambda part: part.name)
        files = [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in parts]
        listed = as_json({"format": FORMAT, **says, "files": files})
        digest = hashlib.sha256(listed)
        signature = sign_digest(ARCHIVE, digest.digest(), signer)
        seal = {"public_key": signer.public_key.hex(), "signature": signature.hex()}
        self._zip.writestr(_MANIFEST, listed)
        self._zip.writestr(_SEAL, as_json(seal))
        return digest.hexdigest()


class Lines:
    """A file of JSON lines, put in a part at a time."""

    def __init__(self, packing: Packing, name: str, most_bytes: int = _MOST_BYTES) -> None:
        self.files: list[str] = []
        self._packing = packing
        self._name = name
        self._most = most_bytes
        self._held: list[bytes] = []
        self._size = 0

    def add(self, line: Mapping[str, object]) -> None:
        """Add a line."""
        content = canonical_json(line).encode() + b"\n"
        self._held.append(content)
        self._size += len(content)
        if self._size >= self._most:
            self.finish()

    def finish(self) -> None:
        """Put in what is held."""
        if self._held:
            name = f"{self._name}-{len(self.files) + 1:04}.jsonl"
            self._packing.add(name, b"".join(self._held))
            self.files.append(name)
            self._held, self._size = [], 0


def as_json(value: object) -> bytes:
    """Return a value as JSON that people can read, too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
