"""Whatever a stick brings, the answer is records or a refusal, within bounded memory."""

import hashlib
import io
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pyrage
import pytest
from pyrage import x25519

from app.core.base.clock import from_microseconds
from app.core.keys import sign_digest
from app.core.sync.bundle.manifest import Manifest, decode_manifest, encode_manifest
from app.core.sync.bundle.reader import BundleReader
from app.core.sync.bundle.segments import encode_segment
from app.core.sync.bundle.writer import MANIFEST_LABEL, Recipient
from app.core.sync.limits import (
    MOST_AGE_HEADER_BYTES,
    MOST_MANIFEST_BYTES,
    MOST_RECIPIENTS,
    MOST_ROWS,
)
from app.core.sync.refusals import BundleDamaged, BundleOverLimits, BundleRefused, BundleTooNew
from tests.support.hostile_bundles import Insider, outsiders_bundles, signed
from tests.support.sealed_files import (
    IDENTITY,
    SIGNER,
    outline,
    read_bundle,
    receiver,
    write_bundle,
)

ROOT = Path(__file__).parents[3]
CASES = int(os.environ.get("DAKSHA_FUZZ_CASES", "600"))
SEED = int(os.environ.get("DAKSHA_FUZZ_SEED", "1"))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a small bundle."""
    return write_bundle(tmp_path_factory.mktemp("bundle"))


def outcomes(files: Iterable[bytes]) -> Counter[str]:
    """Read files; return how often what came of it. Anything but records or a refusal flies."""
    seen: Counter[str] = Counter()
    for content in files:
        try:
            read = read_bundle(content)
        except BundleRefused as refusal:
            seen[type(refusal).__name__] += 1
            continue
        seen["read"] += 1
        for note, rows in read:
            assert len(rows) == note.rows
            encode_segment(rows)
            assert all(from_microseconds(row[1]).year < 10_000 for row in rows)
    return seen


@pytest.mark.fuzz
@pytest.mark.timeout(0 if CASES > 10_000 else 300)
def test_an_insider_gets_records_or_a_refusal(bundle: bytes) -> None:
    seen = outcomes(Insider(bundle, random.Random(SEED)).bundles(CASES))

    assert sum(seen.values()) == CASES
    # Chance reaches behind the signatures: else it would prove nothing.
    assert len(seen) >= 4
    assert seen["BundleDamaged"] > CASES // 3
    assert seen["read"] > 0


@pytest.mark.fuzz
@pytest.mark.timeout(0 if CASES > 10_000 else 300)
def test_an_outsider_gets_a_refusal(bundle: bytes) -> None:
    seen = outcomes(outsiders_bundles(bundle, random.Random(SEED), CASES))

    assert sum(seen.values()) == CASES
    assert seen["read"] == 0


def test_an_age_header_without_end_is_refused_at_once(bundle: bytes) -> None:
    """The library reads it in time that grows with the square of its length: 20,000 stanzas take most of a minute."""
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
    sealed_from = bundle.index(b"age-encryption")
    endless = bundle[:sealed_from] + b"age-encryption.org/v1\n" + stanza * 20_000
    ending = endless + b"--- " + b"A" * 43 + b"\n" + bytes(100)

    for content in (endless, ending):
        began = time.process_time()
        with pytest.raises(BundleOverLimits):
            read_bundle(signed(content))
        assert time.process_time() - began < 5


def test_no_recipients_take_more_than_an_age_header_may_be_long(tmp_path: Path) -> None:
    identities = [x25519.Identity.generate() for _ in range(MOST_RECIPIENTS)]
    everybody = [
        Recipient(label=f"Plant {number}", address=str(identity.to_public()))
        for number, identity in enumerate(identities)
    ]
    content = write_bundle(tmp_path, recipients=everybody)

    assert content.index(b"\n--- ") < MOST_AGE_HEADER_BYTES
    assert len(read_bundle(content, receiver(identities[-1]))) == 3


class ContentChanged:
    """A bundle of which an insider changed the content at will, and signed and sealed it anew."""

    def __init__(self, bundle: bytes) -> None:
        sealed_from = bundle.index(b"age-encryption")
        self._outside = bundle[:sealed_from]
        content = pyrage.decrypt(bundle[sealed_from:-64], [IDENTITY])
        length = int.from_bytes(content[:4], "big")
        self.manifest = msgspec.msgpack.decode(content[4 : 4 + length], type=Manifest)
        self.segments = content[4 + length + 64 :]

    def bundle(self, manifest: bytes, length: int | None = None) -> bytes:
        """Return the bundle with other bytes for its manifest, and another length before it."""
        stated = len(manifest) if length is None else length
        signature = sign_digest(MANIFEST_LABEL, hashlib.sha256(manifest).digest(), SIGNER)
        content = stated.to_bytes(4, "big") + manifest + signature + self.segments
        return signed(self._outside + pyrage.encrypt(content, [IDENTITY.to_public()]))

    def bundle_with_note(self, **changes: object) -> bytes:
        """Return the bundle with its first segment said to be something else."""
        first, *others = self.manifest.segments
        note = msgspec.structs.replace(first, **changes)
        manifest = msgspec.structs.replace(self.manifest, segments=(note, *others))
        return self.bundle(msgspec.msgpack.encode(manifest))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"packed": (32 << 20) + 1}, BundleOverLimits),
        ({"unpacked": (64 << 20) + 1}, BundleOverLimits),
        ({"last": 11 + 65_536}, BundleOverLimits),
        ({"last": 41}, BundleDamaged),
        ({"first": 12}, BundleDamaged),
        ({"first": 0, "last": 29}, BundleDamaged),
        ({"first": 41, "last": 40}, BundleDamaged),
        ({"unpacked": 4711}, BundleDamaged),
        ({"packed": 100}, BundleDamaged),
        ({"sha256": bytes(32)}, BundleDamaged),
        ({"previous": b"short"}, BundleDamaged),
        ({"head": bytes(32)}, BundleDamaged),
    ],
)
def test_a_segment_that_is_not_what_the_manifest_says_is_refused(
    bundle: bytes, changes: dict[str, object], refusal: type[BundleRefused]
) -> None:
    with pytest.raises(refusal):
        read_bundle(ContentChanged(bundle).bundle_with_note(**changes))


@pytest.mark.parametrize("behind", [b"\0", b"more" * 10_000])
def test_something_behind_the_last_segment_is_refused(bundle: bytes, behind: bytes) -> None:
    insider = ContentChanged(bundle)
    insider.segments += behind

    with pytest.raises(BundleDamaged):
        read_bundle(insider.bundle(msgspec.msgpack.encode(insider.manifest)))


def test_a_bundle_without_its_last_segment_is_refused(bundle: bytes) -> None:
    insider = ContentChanged(bundle)
    insider.segments = insider.segments[: -insider.manifest.segments[-1].packed]

    with pytest.raises(BundleDamaged):
        read_bundle(insider.bundle(msgspec.msgpack.encode(insider.manifest)))


def test_a_manifest_larger_than_any_of_ours_is_refused(bundle: bytes) -> None:
    insider = ContentChanged(bundle)
    papers = msgspec.structs.replace(insider.manifest, papers=(bytes(MOST_MANIFEST_BYTES),))
    encoded = msgspec.msgpack.encode(papers)

    with pytest.raises(BundleOverLimits):
        read_bundle(insider.bundle(encoded))
    with pytest.raises(BundleOverLimits):
        read_bundle(insider.bundle(b"", 0xFFFF_FFFF))
    with pytest.raises(BundleOverLimits):
        decode_manifest(encoded)


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (1, MOST_ROWS, None),
        (1, MOST_ROWS + 1, BundleOverLimits),
        (0, 29, BundleDamaged),
        (5, 4, BundleDamaged),
        (5, 0, BundleDamaged),
    ],
)
def test_a_segment_begins_with_an_entry_and_has_no_more_than_one_may(
    bundle: bytes, first: int, last: int, refusal: type[BundleRefused] | None
) -> None:
    manifest = ContentChanged(bundle).manifest
    note = msgspec.structs.replace(manifest.segments[0], first=first, last=last)
    alone = msgspec.structs.replace(manifest, segments=(note,))

    if refusal is None:
        assert encode_manifest(alone) == msgspec.msgpack.encode(alone)
    else:
        with pytest.raises(refusal):
            decode_manifest(msgspec.msgpack.encode(alone))
        with pytest.raises(ValueError, match="its own rules"):
            encode_manifest(alone)


def test_a_manifest_of_a_later_version_is_told_apart_from_a_damaged_one(bundle: bytes) -> None:
    insider = ContentChanged(bundle)
    tree = msgspec.msgpack.decode(msgspec.msgpack.encode(insider.manifest))
    tree |= {"version": 2, "segments": "in another form"}

    with pytest.raises(BundleTooNew):
        read_bundle(insider.bundle(msgspec.msgpack.encode(tree)))


def test_what_a_later_manifest_adds_is_passed_over(bundle: bytes) -> None:
    insider = ContentChanged(bundle)
    tree = msgspec.msgpack.decode(msgspec.msgpack.encode(insider.manifest))
    tree["weather"] = {"sunny": [True]}
    for note in tree["segments"]:
        note.append("more")

    assert len(read_bundle(insider.bundle(msgspec.msgpack.encode(tree)))) == 3


def test_a_file_larger_than_any_of_ours_is_refused_before_it_is_read(
    bundle: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "endless.dksb"
    path.write_bytes(bundle)
    with path.open("r+b") as file:
        file.truncate(1 << 40)  # a hole: nothing is written

        with pytest.raises(BundleOverLimits):
            BundleReader(file, receiver())


def test_a_seal_without_a_header_is_refused(bundle: bytes) -> None:
    sealed_from = bundle.index(b"age-encryption")
    for sealed in (b"a", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n--- x", bytes(500)):
        with pytest.raises(BundleDamaged):
            read_bundle(signed(bundle[:sealed_from] + sealed))


def test_a_file_exchanged_while_it_is_read_is_refused(bundle: bytes, tmp_path: Path) -> None:
    """The outer signature was checked over other bytes than those that are then unsealed."""
    other = write_bundle(tmp_path, stretches=[])
    file = io.BytesIO(bundle)
    reader = BundleReader(file, receiver(senders=[SIGNER.public_key]))
    file.seek(0)
    file.write(other)

    with pytest.raises(BundleRefused):
        reader.read_segments(lambda _note, _rows: None)


def test_a_bundle_exchanged_for_another_of_the_same_sender_is_refused(
    bundle: bytes, tmp_path: Path
) -> None:
    later = write_bundle(tmp_path, msgspec.structs.replace(outline(), number=8))
    file = io.BytesIO(bundle)
    reader = BundleReader(file, receiver())
    file.seek(bundle.index(b"age-encryption"))
    file.write(later[later.index(b"age-encryption") :])

    with pytest.raises(BundleRefused):
        reader.read_segments(lambda _note, _rows: None)


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux tells it")
@pytest.mark.parametrize(
    ("what", "most_mib"), [("stream", 40), ("bomb", 420)], ids=["large bundle", "bomb"]
)
def test_memory_stays_flat(what: str, most_mib: int, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.bundle_memory", what, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(run.stdout) <= most_mib, run.stdout
