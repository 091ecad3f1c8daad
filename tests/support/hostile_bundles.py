"""Bundles made by chance to do harm: by an insider who holds every key, and by an outsider who holds none."""

import hashlib
import random
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pyrage
from backports import zstd

from app.core.keys import sign_digest
from app.core.sync.bundle.manifest import Manifest
from app.core.sync.bundle.writer import MANIFEST_LABEL
from app.core.sync.envelope import BUNDLE
from tests.support.sealed_files import IDENTITY, SIGNER, FileSigner

Tree = Any
"""What msgpack holds: lists, maps, numbers, words, bytes."""

_HARMFUL: tuple[Callable[[random.Random], Tree], ...] = (
    lambda _chance: 0,
    lambda _chance: -1,
    lambda _chance: 1 << 31,
    lambda _chance: (1 << 63) - 1,
    lambda _chance: (1 << 64) - 1,
    lambda _chance: -(1 << 63),
    lambda _chance: float("nan"),
    lambda _chance: None,
    lambda _chance: True,
    lambda _chance: b"",
    lambda _chance: "",
    lambda _chance: "\0\u202e\U0001f600",
    lambda _chance: [],
    lambda _chance: {},
    lambda _chance: {"": [{}]},
    lambda chance: chance.randbytes(chance.choice([1, 7, 8, 16, 31, 32, 33, 64, 4000])),
    lambda chance: "x" * chance.choice([1, 41, 201, 70_000]),
    lambda chance: chance.randrange(1 << 62),
    lambda chance: [0] * chance.choice([1, 70_000]),
)


class Insider:
    """Holds the sender's key and knows the format: every signature, seal and hash is right."""

    def __init__(self, bundle: bytes, chance: random.Random) -> None:
        self._chance = chance
        sealed_from = bundle.index(b"age-encryption")
        self._prologue: Tree = msgspec.msgpack.decode(bundle[12:sealed_from])
        content = pyrage.decrypt(bundle[sealed_from:-64], [IDENTITY])
        length = int.from_bytes(content[:4], "big")
        self._manifest = msgspec.msgpack.decode(content[4 : 4 + length], type=Manifest)
        self._segments: list[bytes] = []
        place = 4 + length + 64
        for note in self._manifest.segments:
            self._segments.append(content[place : place + note.packed])
            place += note.packed

    def bundles(self, count: int) -> Iterator[bytes]:
        """Yield hostile bundles."""
        kinds = (
            self._manifest_changed,
            self._segment_changed,
            self._segment_bytes_changed,
            self._prologue_changed,
            self._content_changed,
            self._manifest_bytes_changed,
        )
        for _ in range(count):
            yield self._chance.choice(kinds)()

    def _manifest_changed(self) -> bytes:
        tree = _tree(self._manifest)
        self._harm(tree)
        return self._file(self._content(msgspec.msgpack.encode(tree), self._segments))

    def _manifest_bytes_changed(self) -> bytes:
        encoded = self._flipped(msgspec.msgpack.encode(self._manifest))
        return self._file(self._content(encoded, self._segments))

    def _segment_changed(self) -> bytes:
        number = self._chance.randrange(len(self._segments))
        tree = msgspec.msgpack.decode(zstd.decompress(self._segments[number]))
        self._harm(tree)
        unpacked = msgspec.msgpack.encode(tree)
        if self._chance.random() < 0.3:
            unpacked = self._flipped(unpacked)
        return self._with_segment(number, zstd.compress(unpacked), len(unpacked))

    def _segment_bytes_changed(self) -> bytes:
        number = self._chance.randrange(len(self._segments))
        unpacked = self._manifest.segments[number].unpacked
        return self._with_segment(number, self._flipped(self._segments[number]), unpacked)

    def _prologue_changed(self) -> bytes:
        tree = msgspec.msgpack.decode(msgspec.msgpack.encode(self._prologue))
        self._harm(tree)
        encoded = msgspec.msgpack.encode(self._manifest)
        return self._file(self._content(encoded, self._segments), tree)

    def _content_changed(self) -> bytes:
        content = self._content(msgspec.msgpack.encode(self._manifest), self._segments)
        cut = self._chance.randrange(len(content))
        return self._file(
            self._chance.choice([content[:cut], content + content[cut:], self._flipped(content)])
        )

    def _with_segment(self, number: int, packed: bytes, unpacked: int) -> bytes:
        """Return a bundle with one segment exchanged, and a manifest that says so."""
        segments = [*self._segments]
        segments[number] = packed
        notes = [*self._manifest.segments]
        notes[number] = msgspec.structs.replace(
            notes[number],
            packed=len(packed),
            unpacked=unpacked,
            sha256=hashlib.sha256(packed).digest(),
        )
        manifest = msgspec.structs.replace(self._manifest, segments=tuple(notes))
        return self._file(self._content(msgspec.msgpack.encode(manifest), segments))

    def _content(self, manifest: bytes, segments: list[bytes]) -> bytes:
        signature = sign_digest(MANIFEST_LABEL, hashlib.sha256(manifest).digest(), SIGNER)
        return len(manifest).to_bytes(4, "big") + manifest + signature + b"".join(segments)

    def _file(self, content: bytes, prologue: Tree = None) -> bytes:
        outside = msgspec.msgpack.encode(self._prologue if prologue is None else prologue)
        sealed = pyrage.encrypt(content, [IDENTITY.to_public()])
        file = BUNDLE.magic + len(outside).to_bytes(4, "big") + outside + sealed
        return signed(file)

    def _harm(self, tree: Tree) -> None:
        """Exchange, repeat or remove something somewhere in a tree, one to three times."""
        for _ in range(self._chance.randrange(1, 4)):
            places = list(_places(tree))
            if not places:
                return
            holder, key = self._chance.choice(places)
            match self._chance.randrange(5):
                case 0:
                    del holder[key]
                case 1 if isinstance(holder, list):
                    holder.insert(key, holder[self._chance.randrange(len(holder))])
                case 2 if isinstance(holder[key], bytes):
                    holder[key] = self._flipped(holder[key])
                case _:
                    holder[key] = self._chance.choice(_HARMFUL)(self._chance)

    def _flipped(self, content: bytes) -> bytes:
        return flipped(content, self._chance)


def outsiders_bundles(bundle: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    """Yield files by somebody who saw a bundle, and has a key that nobody knows."""
    stranger = FileSigner(b"o" * 32)
    for _ in range(count):
        content = flipped(bundle, chance)
        match chance.randrange(5):
            case 0:
                yield content
            case 1:
                yield content[: chance.randrange(len(content))]
            case 2:
                yield signed(content[:-64], stranger)
            case 3:
                yield signed(
                    content.replace(SIGNER.public_key, stranger.public_key)[:-64], stranger
                )
            case _:
                yield chance.randbytes(chance.randrange(200))


def signed(file: bytes, signer: FileSigner = SIGNER) -> bytes:
    """Return a file with an outer signature behind it."""
    return file + sign_digest(BUNDLE.label, hashlib.sha256(file).digest(), signer)


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them changed, left out or doubled."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8])):
        place = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                del changed[place : place + chance.randrange(1, 40)]
            case 1:
                changed[place:place] = chance.randbytes(chance.randrange(1, 40))
            case _ if place < len(changed):
                changed[place] ^= 1 << chance.randrange(8)
            case _:
                changed += b"\0"
    return bytes(changed)


def _tree(struct: msgspec.Struct) -> Tree:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(struct))


def _places(tree: Tree) -> Iterator[tuple[Tree, Any]]:
    """Yield every place in a tree as its holder and the key there."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree))
    for key in keys:
        yield tree, key
        if isinstance(tree[key], (dict, list)):
            yield from _places(tree[key])
