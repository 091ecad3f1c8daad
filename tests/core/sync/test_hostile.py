"""Whatever a stick brings, the answer is records or a refusal, within bounded memory."""

import io
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyrage import x25519

from app.core.base.clock import from_microseconds
from app.core.sync.bundle.reader import BundleReader
from app.core.sync.bundle.segments import encode_segment
from app.core.sync.bundle.writer import Recipient
from app.core.sync.limits import MOST_AGE_HEADER_BYTES, MOST_RECIPIENTS
from app.core.sync.refusals import BundleDamaged, BundleOverLimits, BundleRefused
from tests.support.hostile_bundles import Insider, outsiders_bundles, signed
from tests.support.travelling import SIGNER, read_bundle, receiver, write_bundle

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


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux tells it")
@pytest.mark.parametrize(
    ("what", "most_mib"), [("stream", 40), ("bomb", 512)], ids=["large bundle", "bomb"]
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
