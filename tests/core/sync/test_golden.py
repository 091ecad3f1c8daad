"""Files of every version that ever travelled are read for ever. Never write these anew: add those of a new version."""

import hashlib
import io
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from app.core.base.clock import Clock
from app.core.operations import Join, SiteFolder
from app.core.people.models import PersonRow
from app.core.schema.upgrade import bring_up_to_date
from app.core.sync import BundleReader, Position, Receiver, VolumeReader, Waiting, decode_receipt
from tests.core.sync.test_exchange import names
from tests.core.sync.test_version_skew import apart
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, CHEAP, PASSWORD, Pc, pc_of
from tests.support.sealed_files import (
    BUNDLE_ID,
    HEAD_OFFICE_LOG,
    ORGANISATION,
    PLANT_LOG,
    SIGNER,
    Trusting,
)

GOLDEN = Path(__file__).parent / "golden"
IDENTITY = (GOLDEN / "identity.txt").read_text().strip()
ROWS_SHA256 = "e2fd5c34f9230d98f1b1de8256fea2e9f614deecb791b1c013a8cbac97c5c323"


def opened(version: str) -> BundleReader:
    """Return the bundle of a version."""
    content = (GOLDEN / f"{version}.dksb").read_bytes()
    trust = Trusting([SIGNER.public_key])
    who = Receiver(identities=[IDENTITY], organisation=ORGANISATION, trust=trust)
    return BundleReader(io.BytesIO(content), who)


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value's msgpack."""
    return hashlib.sha256(msgspec.msgpack.encode(value)).hexdigest()


@pytest.mark.parametrize("version", ["v1"])
def test_an_old_bundle_is_read(version: str) -> None:
    reader = opened(version)
    rows: list[object] = []
    reader.read_segments(lambda _note, its_rows: rows.extend(its_rows))

    assert (len(rows), digest_of(rows)) == (59, ROWS_SHA256)
    assert reader.manifest.critical == ("merge",)
    assert [note.log for note in reader.manifest.segments] == [PLANT_LOG] * 2 + [HEAD_OFFICE_LOG]
    assert reader.manifest.acknowledged[0].vector == (Position(PLANT_LOG, 3, b"h" * 32),)


@pytest.mark.parametrize("version", ["v1"])
def test_old_volumes_are_read(version: str) -> None:
    manifest = opened(version).manifest
    content: list[bytes] = []
    for number in (1, 2):
        file = io.BytesIO((GOLDEN / f"{version}-{number}.dksv").read_bytes())
        reader = VolumeReader(file, manifest)
        reader.read_pieces(lambda _piece, _place, data: content.append(data), [IDENTITY])

    assert b"".join(content) == b"A course file." * 20


@pytest.mark.parametrize("version", ["v1"])
def test_an_old_receipt_is_read(version: str) -> None:
    receipt = decode_receipt((GOLDEN / f"{version}.dksr").read_bytes())

    assert (receipt.bundle_id, receipt.receiver) == (BUNDLE_ID, SIGNER.public_key)
    assert receipt.waiting == (Waiting(HEAD_OFFICE_LOG, 3, 9),)


SCHEMAS = ("schema-0079", "schema-0080")
"""Programs whose files lie here, each with two PCs that joined its site and have no records yet."""


def joined(schema: str, which: str, tmp: Path, clock: Clock) -> Pc:
    """Let a PC of today's program join the site of an older one, with the keys that this one certified."""
    golden = GOLDEN / schema / which
    folder = SiteFolder(tmp / which / "data", tmp / which / "keys", clock)
    folder.request()
    (waiting,) = (tmp / which / "keys").iterdir()
    for name in ("station.key", "station.age", "incarnation"):
        (waiting / name).write_bytes((golden / name).read_bytes())
    join = Join(
        paper=(golden / "answer.dksa").read_bytes(),
        password=PASSWORD,
        words=(golden / "words.txt").read_text().strip(),
        cost=CHEAP,
    )
    return pc_of(folder, folder.join(join, bring_up_to_date))


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_records_of_an_older_program_are_taken_in_whole_and_given_on(
    schema: str, tmp_path: Path, clock: TurnedClock
) -> None:
    first, second = (joined(schema, which, tmp_path, clock) for which in "ab")
    taken = first.sync.take_first(GOLDEN / schema / "records.dksb")

    assert (taken.refused, taken.waiting, taken.newer_in_words) == (0, 0, ())
    assert names(first) == {"PKG": "Packing hall"}
    with first.opened.site.read() as session:
        (asha,) = session.scalars(sa.select(PersonRow))
        assert (asha.name, asha.location, asha.former_numbers) == ("Asha Kulkarni", "Hall 2", "")
    assert verified(first.opened.site)

    peer = first.sync.peer(ACTOR, second.key)
    second.sync.take_first(first.sync.export(ACTOR, [peer], tmp_path).path)
    first.take(second.send(tmp_path, first))
    assert verified(second.opened.site)
    assert apart(first, second) == set()
