"""A bundle comes back as it was written, or is refused whole."""

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyrage import x25519
from typing_extensions import Buffer

from app.core.sync.bundle.manifest import NO_BUNDLE, SegmentNote
from app.core.sync.bundle.reader import BundleReader, Receiver
from app.core.sync.bundle.segments import Row
from app.core.sync.bundle.writer import BundleFull, BundleWriter, Recipient
from app.core.sync.envelope import BUNDLE, VOLUME, read_prologue
from app.core.sync.refusals import (
    BundleDamaged,
    BundleOverLimits,
    BundleRefused,
    BundleTooNew,
    FileUnreachable,
    NotABundle,
    NotForUs,
    OtherOrganisation,
    SenderNotTrusted,
)
from app.core.sync.sealing import NoRecipient, address_of
from tests.support.entries import answers
from tests.support.hostile_bundles import signed
from tests.support.sealed_files import (
    BUNDLE_ID,
    IDENTITY,
    PLANT_LOG,
    RECIPIENT,
    SIGNER,
    FileSigner,
    Trusting,
    outline,
    read_bundle,
    receiver,
    sample_stretches,
    write_bundle,
)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a small bundle."""
    return write_bundle(tmp_path_factory.mktemp("bundle"))


def signed_anew(content: bytes, signer: FileSigner = SIGNER) -> bytes:
    """Return a changed file with an outer signature that holds again."""
    return signed(content[:-64], signer)


def test_a_bundle_comes_back(bundle: bytes) -> None:
    reader = BundleReader(io.BytesIO(bundle), receiver())
    read: list[tuple[SegmentNote, list[Row]]] = []
    reader.read_segments(lambda note, rows: read.append((note, list(rows))))

    assert [(note.log, note.first, rows) for note, rows in read] == sample_stretches()
    assert reader.written.sha256 == hashlib.sha256(bundle).digest()
    assert reader.written.size == len(bundle)
    assert reader.manifest.sender == SIGNER.public_key
    assert reader.manifest.recipients == (RECIPIENT.address,)
    assert (reader.prologue.sender_label, reader.prologue.recipient_labels) == (
        "Plant Puné",
        ("Head office",),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 60), max_size=5), others=st.integers(0, 3))
def test_any_split_comes_back(sizes: list[int], others: int, tmp_path: Path) -> None:
    """I3, as far as a file goes: however a log is cut, the same entries come out, for every recipient."""
    rows, first, stretches = answers(sum(sizes)), 1, []
    for size in sizes:
        stretches.append((PLANT_LOG, first, rows[first - 1 : first - 1 + size]))
        first += size
    strangers = [x25519.Identity.generate() for _ in range(others)]
    also = [Recipient(label="x", address=str(each.to_public())) for each in strangers]

    content = write_bundle(tmp_path, stretches=stretches, recipients=[*also, RECIPIENT])

    for identity in (IDENTITY, *strangers):
        read = read_bundle(content, receiver(identity))
        assert [(note.log, note.first, rows) for note, rows in read] == stretches


def test_segments_that_nobody_wants_are_passed_over(bundle: bytes) -> None:
    read: list[int] = []
    reader = BundleReader(io.BytesIO(bundle), receiver())

    reader.read_segments(lambda note, _rows: read.append(note.first), lambda note: note.first != 41)

    assert read == [11, 1]


def test_whoever_takes_a_segment_may_stop(bundle: bytes) -> None:
    class Enough(OSError):
        """Looks like trouble of the library's, and is not."""

    def take(_note: SegmentNote, _rows: Sequence[Row]) -> None:
        raise Enough(5, "enough")

    with pytest.raises(Enough):
        BundleReader(io.BytesIO(bundle), receiver()).read_segments(take)


def test_nothing_of_the_records_is_readable_outside(bundle: bytes) -> None:
    assert not re.search(rb"attempt|response|certificate|records", bundle)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux shows open files")
def test_a_bundle_waiting_to_be_written_is_readable_by_nobody(tmp_path: Path) -> None:
    with BundleWriter(outline(), [RECIPIENT], SIGNER, tmp_path) as writer:
        writer.add_segment(PLANT_LOG, 1, (bytes(32), bytes(32)), answers(2000))
        # Not to be found in the folder, and no plain segment where the system shows open files.
        assert list(tmp_path.iterdir()) == []
        (waiting,) = [
            link
            for link in Path("/proc/self/fd").iterdir()
            if link.is_symlink() and str(tmp_path) in str(link.readlink())
        ]
        assert b"\x28\xb5\x2f\xfd" not in waiting.read_bytes()


@pytest.mark.parametrize("length", [0, 3, 8, 11, 12, 40])
def test_hardly_anything_is_refused(bundle: bytes, length: int) -> None:
    with pytest.raises(BundleRefused):
        read_bundle(bundle[:length])


def test_a_bundle_cut_short_anywhere_is_refused(bundle: bytes) -> None:
    for length in range(len(bundle)):
        with pytest.raises(BundleRefused):
            BundleReader(io.BytesIO(bundle[:length]), receiver())


def test_a_bundle_cut_short_and_signed_again_is_refused(bundle: bytes) -> None:
    """The insider's cut: the outer signature holds, what is sealed does not."""
    for length in range(100, len(bundle) - 64, 7):
        with pytest.raises(BundleRefused):
            read_bundle(signed_anew(bundle[:length] + bytes(64)))


def test_p11_12_one_flipped_byte_anywhere_is_refused(bundle: bytes) -> None:
    for place in range(len(bundle)):
        flipped = bytearray(bundle)
        flipped[place] ^= 0x40
        with pytest.raises(BundleRefused):
            BundleReader(io.BytesIO(bytes(flipped)), receiver())


def test_one_flipped_byte_under_a_new_outer_signature_is_refused(bundle: bytes) -> None:
    sealed_from = bundle.index(b"age-encryption")
    for place in range(sealed_from, len(bundle) - 64):
        flipped = bytearray(bundle)
        flipped[place] ^= 0x01
        with pytest.raises(BundleRefused):
            read_bundle(signed_anew(bytes(flipped)))


def test_something_behind_the_sealed_part_is_refused(bundle: bytes) -> None:
    with pytest.raises(BundleRefused):
        read_bundle(signed_anew(bundle[:-64] + b"more" + bytes(64)))


def test_another_identity_reads_nothing(bundle: bytes) -> None:
    for stranger in ([str(x25519.Identity.generate())], []):
        with pytest.raises(NotForUs):
            BundleReader(
                io.BytesIO(bundle),
                Receiver(identities=stranger, organisation=b"", trust=Trusting([])),
            )


def test_a_bundle_sealed_again_for_somebody_else_is_refused(bundle: bytes, tmp_path: Path) -> None:
    """Surreptitious forwarding: a recipient seals the signed content for a third site."""
    import pyrage

    sealed_from = bundle.index(b"age-encryption")
    content = pyrage.decrypt(bundle[sealed_from:-64], [IDENTITY])
    third = x25519.Identity.generate()
    forwarded = bundle[:sealed_from] + pyrage.encrypt(content, [third.to_public()]) + bytes(64)

    with pytest.raises(NotForUs):
        BundleReader(io.BytesIO(signed_anew(forwarded)), receiver(third))


def test_another_organisations_bundle_is_refused(tmp_path: Path) -> None:
    manifest = msgspec.structs.replace(outline(), organisation=b"o" * 32)

    with pytest.raises(OtherOrganisation):
        read_bundle(write_bundle(tmp_path, manifest))


def test_a_sender_nobody_knows_is_refused_with_the_reason(tmp_path: Path) -> None:
    content = write_bundle(tmp_path, signer=FileSigner(b"x" * 32))

    with pytest.raises(SenderNotTrusted, match="Its key is not known here"):
        read_bundle(content)


def test_papers_that_came_along_are_shown_to_whoever_judges(bundle: bytes) -> None:
    judge = Trusting([SIGNER.public_key])
    who = Receiver(identities=[str(IDENTITY)], organisation=outline().organisation, trust=judge)

    BundleReader(io.BytesIO(bundle), who)

    assert judge.papers == [b"certificate"]


def test_what_one_key_signed_inside_no_other_signs_outside(bundle: bytes) -> None:
    """A known sender cannot pass off another's sealed content as its own."""
    other = FileSigner(b"x" * 32)
    prologue = read_prologue(io.BytesIO(bundle), BUNDLE)
    renamed = msgspec.msgpack.encode(msgspec.structs.replace(prologue, sender=other.public_key))
    sealed_from = bundle.index(b"age-encryption")
    content = b"".join([bundle[:8], len(renamed).to_bytes(4, "big"), renamed, bundle[sealed_from:]])

    with pytest.raises(BundleDamaged):
        read_bundle(
            signed_anew(content, other), receiver(senders=[other.public_key, SIGNER.public_key])
        )


def test_a_bundle_of_a_later_version_is_told_apart_from_a_damaged_one(
    bundle: bytes, tmp_path: Path
) -> None:
    outside = msgspec.msgpack.decode(bundle[12 : bundle.index(b"age-encryption")])
    outside["version"] = 2
    outside["sender"] = "in another form"
    later = msgspec.msgpack.encode(outside)
    head = bundle[:8] + len(later).to_bytes(4, "big") + later

    with pytest.raises(BundleTooNew):
        read_bundle(signed_anew(head + bundle[bundle.index(b"age-encryption") :]))


def test_fields_that_came_later_are_passed_over(bundle: bytes) -> None:
    sealed_from = bundle.index(b"age-encryption")
    outside = msgspec.msgpack.decode(bundle[12:sealed_from])
    outside["colour"] = ["red", {"of": "stick"}]
    later = msgspec.msgpack.encode(outside)
    head = bundle[:8] + len(later).to_bytes(4, "big") + later

    assert len(read_bundle(signed_anew(head + bundle[sealed_from:]))) == 3


def test_the_prologue_alone_says_where_a_file_goes(bundle: bytes) -> None:
    assert read_prologue(io.BytesIO(bundle), BUNDLE).bundle_id == BUNDLE_ID
    with pytest.raises(NotABundle):
        read_prologue(io.BytesIO(bundle), VOLUME)
    with pytest.raises(BundleOverLimits):
        read_prologue(io.BytesIO(bundle[:8] + b"\xff" * 4 + bundle[12:]), BUNDLE)


def test_segments_of_a_log_that_do_not_follow_each_other_are_not_written(tmp_path: Path) -> None:
    rows = answers(20)

    with pytest.raises(ValueError, match="its own rules"):
        write_bundle(tmp_path, stretches=[(PLANT_LOG, 1, rows[:10]), (PLANT_LOG, 12, rows[10:])])


def test_the_first_bundle_has_none_before_it(bundle: bytes) -> None:
    assert BundleReader(io.BytesIO(bundle), receiver()).manifest.previous_bundle == NO_BUNDLE


class PulledFile(io.BytesIO):
    """A file on a stick that is pulled after so many bytes were read."""

    def __init__(self, content: bytes, reads: int) -> None:
        super().__init__(content)
        self._left = reads

    def read(self, size: int | None = -1, /) -> bytes:
        """Return bytes until the stick is gone."""
        data = super().read(size)
        self._left -= len(data)
        if self._left < 0:
            raise OSError(5, "Input/output error")
        return data


def test_a_stick_pulled_at_any_time_while_reading_is_told(bundle: bytes) -> None:
    reader = BundleReader(file := PulledFile(bundle, 10**9), receiver())
    reader.read_segments(lambda _note, _rows: None)
    needed = 10**9 - file._left

    for reads in [*range(0, needed, 97), needed - 1]:
        with pytest.raises(FileUnreachable):
            BundleReader(PulledFile(bundle, reads), receiver()).read_segments(
                lambda _note, _rows: None
            )


class LostFile(io.BytesIO):
    """A file that can be read but not gone back in, or not even read."""

    fails_at = "seek"

    def seek(self, place: int, whence: int = 0, /) -> int:
        """Go to a place, until the stick is gone."""
        if self.fails_at == "seek":
            raise OSError(5, "Input/output error")
        return super().seek(place, whence)


def test_a_stick_gone_between_two_looks_is_told(bundle: bytes) -> None:
    with pytest.raises(FileUnreachable):
        read_prologue(LostFile(bundle), BUNDLE)
    with pytest.raises(FileUnreachable):
        BundleReader(LostFile(bundle), receiver())

    file = LostFile(bundle)
    file.fails_at = "nothing yet"
    reader = BundleReader(file, receiver())
    file.fails_at = "seek"
    with pytest.raises(FileUnreachable):
        reader.read_segments(lambda _note, _rows: None)


@pytest.mark.parametrize(
    "recipients",
    [[], [Recipient(label="Nobody", address="age1nobody")]],
    ids=["none", "no address"],
)
def test_nothing_is_written_for_nobody(recipients: list[Recipient], tmp_path: Path) -> None:
    with pytest.raises(NoRecipient):
        write_bundle(tmp_path, recipients=recipients)


def test_what_is_no_identity_is_said_to_be_none() -> None:
    with pytest.raises(NoRecipient):
        address_of("AGE-SECRET-KEY-NONE")


def test_labels_longer_than_a_prologue_are_not_written(tmp_path: Path) -> None:
    long = Recipient(label="x" * 20_000, address=RECIPIENT.address)

    with pytest.raises(ValueError, match="labels"):
        write_bundle(tmp_path, recipients=[long])


class FullDisk(io.RawIOBase):
    """A disk that takes so many bytes."""

    def __init__(self, takes: int) -> None:
        self._takes = takes

    def write(self, data: Buffer, /) -> int:
        """Take bytes while there is room."""
        self._takes -= len(memoryview(data))
        if self._takes < 0:
            raise OSError(28, "No space left on device")
        return len(memoryview(data))


def test_a_disk_that_is_full_at_any_time_is_told_as_the_system_tells_it(tmp_path: Path) -> None:
    with BundleWriter(outline(), [RECIPIENT], SIGNER, tmp_path) as writer:
        writer.add_segment(PLANT_LOG, 1, (bytes(32), bytes(32)), answers(50))
        for takes in range(0, 3000, 60):
            with pytest.raises(OSError, match="No space left") as refusal:
                writer.write(FullDisk(takes), "Plant")
            assert refusal.value.errno == 28


def test_a_writer_says_when_a_bundle_is_full(tmp_path: Path) -> None:
    with BundleWriter(outline(), [RECIPIENT], SIGNER, tmp_path) as writer:
        writer.size = (4 << 30) - (24 << 20) - 1000
        with pytest.raises(BundleFull):
            writer.add_segment(PLANT_LOG, 1, (bytes(32), bytes(32)), answers(100))

        assert writer.manifest().segments == ()
