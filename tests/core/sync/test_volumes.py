"""Course volumes carry assets in pieces, in any order, and take nothing from another bundle."""

import hashlib
import io
import random
from collections.abc import Callable, Sequence
from typing import BinaryIO

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import x25519

from app.core.keys import sign_digest
from app.core.sync.bundle.manifest import Manifest, Piece, VolumeNote, decode_manifest
from app.core.sync.envelope import VOLUME, read_prologue
from app.core.sync.limits import CHUNK_BYTES, MOST_VOLUME_BYTES
from app.core.sync.refusals import (
    BundleDamaged,
    BundleOverLimits,
    BundleRefused,
    NotABundle,
    NotForUs,
    OtherBundlesVolume,
)
from app.core.sync.volumes import (
    MaterialDamaged,
    TravellingAsset,
    VolumeReader,
    VolumeWriter,
    missing_volumes,
    note_volume,
    plan_volumes,
)
from tests.support.sealed_files import (
    IDENTITY,
    RECIPIENT,
    SIGNER,
    FileSigner,
    outline,
    write_bundle,
)


class Assets:
    """Files by hash."""

    def __init__(self, contents: Sequence[bytes]) -> None:
        self.by_hash = {hashlib.sha256(each).digest(): each for each in contents}
        self.listed = [TravellingAsset(name, len(each)) for name, each in self.by_hash.items()]

    def open(self, sha256: bytes) -> BinaryIO:
        """Return a file."""
        try:
            return io.BytesIO(self.by_hash[sha256])
        except KeyError as error:
            raise FileNotFoundError(2, "gone") from error


class Arriving:
    """Puts assets together from pieces."""

    def __init__(self) -> None:
        self.parts: dict[bytes, dict[int, bytes]] = {}

    def take(self, piece: Piece, place: int, data: bytes) -> None:
        """Keep what belongs at `place` of an asset."""
        self.parts.setdefault(piece.sha256, {})[place] = data

    def whole(self) -> dict[bytes, bytes]:
        """Return the assets that came."""
        return {
            name: b"".join(data for _place, data in sorted(parts.items()))
            for name, parts in self.parts.items()
        }


def noted(assets: Assets, most_bytes: int) -> Manifest:
    """Return a manifest for the assets, in volumes of this size."""
    plan = plan_volumes(assets.listed, most_bytes)
    manifest = outline(tuple(note_volume(pieces, assets.open) for pieces in plan))
    return msgspec.structs.replace(manifest, sender=SIGNER.public_key)


def written(manifest: Manifest, assets: Assets, number: int) -> bytes:
    """Return a volume file."""
    file = io.BytesIO()
    VolumeWriter(
        manifest=manifest,
        recipients=[RECIPIENT],
        sender_label="Plant",
        signer=SIGNER,
        open_asset=assets.open,
    ).write(file, number)
    return file.getvalue()


def read(content: bytes, manifest: Manifest, arriving: Arriving) -> None:
    """Read a volume file."""
    VolumeReader(io.BytesIO(content), manifest).read_pieces(arriving.take, [str(IDENTITY)])


@settings(max_examples=40)
@given(
    sizes=st.lists(st.integers(0, 3000), min_size=1, max_size=8),
    most=st.integers(100, 2000),
    order=st.randoms(use_true_random=False),
)
def test_assets_come_back_from_volumes_in_any_order(
    sizes: list[int], most: int, order: random.Random
) -> None:
    assets = Assets([bytes([place]) * size for place, size in enumerate(sizes)])
    manifest = noted(assets, most)
    volumes = [written(manifest, assets, number) for number in range(1, len(manifest.volumes) + 1)]
    arriving = Arriving()

    order.shuffle(volumes)
    for volume in volumes:
        read(volume, manifest, arriving)

    assert arriving.whole() == assets.by_hash
    assert all(note.size == most for note in manifest.volumes[:-1])


def test_volumes_larger_than_a_chunk_come_back() -> None:
    chance = random.Random(1)
    assets = Assets([chance.randbytes(size) for size in (CHUNK_BYTES * 2 + 5, 7, CHUNK_BYTES)])
    manifest = noted(assets, MOST_VOLUME_BYTES)
    arriving = Arriving()

    read(written(manifest, assets, 1), manifest, arriving)

    assert arriving.whole() == assets.by_hash
    assert len(manifest.volumes[0].chunks) == 32 * 4
    assert max(len(part) for parts in arriving.parts.values() for part in parts.values()) <= (
        CHUNK_BYTES
    )


SMALL = Assets([b"one" * 40, b"two" * 40, b"three" * 40])
MANIFEST = noted(SMALL, 200)


def test_a_volume_of_another_bundle_is_refused() -> None:
    others = msgspec.structs.replace(MANIFEST, bundle_id=b"another bundle's")
    content = written(others, SMALL, 1)

    with pytest.raises(OtherBundlesVolume):
        VolumeReader(io.BytesIO(content), MANIFEST)


def test_a_volume_that_says_it_is_of_this_bundle_must_hold_what_the_manifest_says() -> None:
    """Mix and match by somebody who holds the sender's key."""
    others = noted(Assets([b"other" * 100]), 200)
    content = written(others, Assets([b"other" * 100]), 1)
    arriving = Arriving()

    with pytest.raises(BundleDamaged):
        read(content, MANIFEST, arriving)
    assert arriving.parts == {}


def test_a_volume_signed_by_somebody_else_is_refused() -> None:
    stranger = FileSigner(b"x" * 32)
    theirs = msgspec.structs.replace(MANIFEST, sender=stranger.public_key)
    file = io.BytesIO()
    VolumeWriter(
        manifest=theirs,
        recipients=[RECIPIENT],
        sender_label="Plant",
        signer=stranger,
        open_asset=SMALL.open,
    ).write(file, 1)

    with pytest.raises(OtherBundlesVolume):
        VolumeReader(file, MANIFEST)


def test_a_volume_nobody_announced_is_refused() -> None:
    fewer = msgspec.structs.replace(MANIFEST, volumes=MANIFEST.volumes[:1])

    with pytest.raises(BundleDamaged):
        VolumeReader(io.BytesIO(written(MANIFEST, SMALL, 2)), fewer)


def test_a_bundle_is_no_volume(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(NotABundle):
        VolumeReader(io.BytesIO(write_bundle(tmp_path_factory.mktemp("x"))), MANIFEST)


def test_another_identity_opens_no_volume() -> None:
    reader = VolumeReader(io.BytesIO(written(MANIFEST, SMALL, 1)), MANIFEST)

    with pytest.raises(NotForUs):
        reader.read_pieces(Arriving().take, [str(x25519.Identity.generate())])


def test_a_volume_cut_short_or_altered_anywhere_is_refused() -> None:
    content = written(MANIFEST, SMALL, 2)
    sealed_from = content.index(b"age-encryption")
    for place in range(len(content)):
        flipped = bytearray(content)
        flipped[place] ^= 0x10
        for changed in (content[:place], bytes(flipped), _signed_anew(flipped, place, sealed_from)):
            with pytest.raises(BundleRefused):
                read(changed, MANIFEST, Arriving())


def _signed_anew(flipped: bytearray, place: int, sealed_from: int) -> bytes:
    """Return the file with a new outer signature, where only what is sealed was altered."""
    inside = bytes(flipped[:-64])
    if not sealed_from <= place < len(inside):
        return bytes(flipped)
    return inside + sign_digest(VOLUME.label, hashlib.sha256(inside).digest(), SIGNER)


def test_missing_volumes_are_named() -> None:
    here = [
        read_prologue(io.BytesIO(written(manifest, SMALL, number)), VOLUME)
        for manifest, number in (
            (MANIFEST, 2),
            (msgspec.structs.replace(MANIFEST, bundle_id=b"another bundle's"), 1),
        )
    ]

    assert len(MANIFEST.volumes) == 3
    assert missing_volumes(MANIFEST, here) == [1, 3]


def test_an_asset_that_is_not_what_it_was_does_not_travel() -> None:
    damaged = Assets([b"one" * 40, b"two" * 40, b"three" * 40])
    for name, content in damaged.by_hash.items():
        damaged.by_hash[name] = content[:-1] + b"?"
    with pytest.raises(MaterialDamaged):
        written(MANIFEST, damaged, 1)

    for change in (bytes.lower, lambda _content: b""):
        damaged.by_hash = {name: change(each)[:5] for name, each in SMALL.by_hash.items()}
        with pytest.raises(MaterialDamaged):
            written(MANIFEST, damaged, 1)

    with pytest.raises(MaterialDamaged, match="not there"):
        written(MANIFEST, Assets([]), 1)


Breach = Callable[[VolumeNote], VolumeNote]


@pytest.mark.parametrize(
    ("breach", "refusal"),
    [
        (lambda note: VolumeNote(note.pieces, note.chunks[:-1]), BundleDamaged),
        (lambda note: VolumeNote(note.pieces, note.chunks * 2), BundleDamaged),
        (lambda note: VolumeNote((), note.chunks), BundleDamaged),
        (
            lambda note: VolumeNote(
                (Piece(b"a" * 32, 0, MOST_VOLUME_BYTES), Piece(b"a" * 32, 0, 1)), note.chunks
            ),
            BundleOverLimits,
        ),
    ],
)
def test_a_manifest_whose_volumes_do_not_hold_together_is_refused(
    breach: Breach, refusal: type[BundleRefused]
) -> None:
    volumes = (breach(MANIFEST.volumes[0]), *MANIFEST.volumes[1:])

    with pytest.raises(refusal):
        decode_manifest(msgspec.msgpack.encode(msgspec.structs.replace(MANIFEST, volumes=volumes)))
