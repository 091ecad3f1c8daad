"""Whoever looks at a file without a key says so beside it: a statement, bound to the file, never proof."""

import hashlib
import os
import sys
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core.base.clock import SystemClock
from app.core.egress import FileKind, SavedFileRow
from app.core.sync import (
    Inspected,
    Inspection,
    Scan,
    ScanResult,
    StampRefused,
    inspect_outside,
    put_stamp,
    scan,
)
from app.core.sync.acknowledging import Acknowledging, AnswerIn
from app.core.sync.scanning import CHOSEN_SCANNER
from app.core.sync.stamps import Stamped, bad_stamp_in_words, stamps_beside
from app.core.sync.sticks import Stick
from tests.support.in_touch import ACTOR, Pc

CLEAN = Scan(result=ScanResult.CLEAN, scanner="clamscan", exit_code=0, said="OK")


def stamp(seen: Inspected, path: Path, by: str = "Anil, gate 2", found: Scan = CLEAN) -> Inspection:
    return put_stamp(path, seen.stamped, by, found, SystemClock().now())


def test_a_stamp_goes_with_the_file_and_is_kept_once_where_it_is_taken_in(
    one: Pc, two: Pc, stick: Path
) -> None:
    path = one.send(stick, two)
    before = path.read_bytes()
    seen = inspect_outside(path)
    first, second = stamp(seen, path), stamp(seen, path, "Bela")
    assert path.read_bytes() == before
    assert "Anil, gate 2" in (stick / f"{path.name}.dksi").read_text("utf-8")  # for anybody to read
    assert inspect_outside(path).stamps.inspections == (first, second)

    took = two.take(stick)
    two.take(path)

    assert ([one.inspection for one in took.stated], took.bad_stamps) == ([first, second], [])
    (came,) = two.sync.board(ACTOR).incoming
    assert came.inspections == (first, second)


@pytest.mark.parametrize("change", ["other file", "cut", "altered", "not text"])
def test_one_sentence_for_every_bad_stamp(change: str, tmp_path: Path) -> None:
    path = tmp_path / "a.dksb"
    path.write_bytes(b"x")
    file = Stamped(name=path.name, bundle_id=uuid4(), part=0, size=1, sha256="a" * 64)
    put_stamp(path, file, "Anil", CLEAN, SystemClock().now())
    place, sha256 = tmp_path / "a.dksb.dksi", "a" * 64
    text = place.read_text("utf-8")
    if change == "other file":
        sha256 = "b" * 64
    else:
        place.write_bytes(
            {
                "cut": text[:-20],
                "altered": text.replace("clean", "found"),
                "not text": "\xff\x00",
            }[change].encode("latin-1")
        )

    stamps = stamps_beside(path, sha256)

    assert (stamps.inspections, stamps.trouble) == ((), bad_stamp_in_words("a.dksb"))
    with pytest.raises(StampRefused):  # what lies there is not overwritten
        put_stamp(path, Stamped(name=path.name, bundle_id=uuid4(), part=0, size=1, sha256=sha256),
                  "Bela", CLEAN, SystemClock().now())  # fmt: skip


def test_receipts_and_stamps_on_a_stick_are_in_the_register_and_those_of_a_folder_are_not(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    path = one.send(stick, two)
    one.sync.stamp(ACTOR, path, inspect_outside(path).stamped, "Anil", CLEAN)

    two.take(stick)

    ((stamp,), (receipt,)) = left(one), [row for row in left(two) if row.kind is FileKind.RECEIPT]
    assert (stamp.kind, Path(stamp.saved_to).suffix) == (FileKind.STAMP, ".dksi")
    assert (receipt.kind, receipt.title.split()[0]) == (FileKind.RECEIPT, "Receipt")
    for row in (stamp, receipt):
        content = Path(row.saved_to).read_bytes()
        assert (row.sha256, row.size) == (hashlib.sha256(content).hexdigest(), len(content))
    (folder := tmp_path / "shared").mkdir()
    for _round in range(3):
        for pc in (one, two):
            pc.sync.go_round(ACTOR, folder)
    ids = {stamp.id, receipt.id}
    assert {row.id for row in left(one)} == {row.id for row in left(two)} == ids  # and no more


class Pulled(BaseException):
    """The power went."""


class LastBreath(Stick):
    """A stick on which a file gets its name, and nothing happens on the PC after that."""

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        raise Pulled


def test_a_receipt_that_got_its_name_is_in_the_register_whatever_comes_after(
    one: Pc, two: Pc, stick: Path
) -> None:
    came = two.take(one.send(stick, two))
    manifest = came.seen[0].manifest
    (written,) = came.answers
    written.unlink()
    acknowledging = Acknowledging(two.opened.site, two.opened.keys, two.assets, LastBreath)

    with pytest.raises(Pulled):
        acknowledging.write(AnswerIn(stick, ACTOR), manifest, bytes(32), [])

    receipts = [row for row in left(two) if row.kind is FileKind.RECEIPT]
    assert hashlib.sha256(written.read_bytes()).hexdigest() == receipts[-1].sha256
    assert len(receipts) == 2


def left(pc: Pc) -> list[SavedFileRow]:
    with pc.opened.site.read() as session:
        return list(session.scalars(sa.select(SavedFileRow).order_by(SavedFileRow.id)))


def test_the_scanner_of_the_house_is_run_and_its_words_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a b.dksb"
    file.write_bytes(b"x")
    for code, result in ((0, ScanResult.CLEAN), (1, ScanResult.FOUND), (2, ScanResult.FAILED)):
        script = tmp_path / "scan.py"
        script.write_text(f"import sys\nprint('seen', sys.argv[-1])\nsys.exit({code})")
        monkeypatch.setenv(CHOSEN_SCANNER, f"{sys.executable} {script} --all")
        found = scan(file)
        assert (found.result, found.exit_code) == (result, code)
        assert found.said == f"seen {file}"
    monkeypatch.setenv(CHOSEN_SCANNER, str(tmp_path / "nothing"))
    assert scan(file).result is ScanResult.FAILED

    monkeypatch.delenv(CHOSEN_SCANNER)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert scan(file) == Scan(result=ScanResult.UNSCANNED)
    program = tmp_path / "clamscan"
    program.write_text(f"#!{sys.executable}\nimport sys\nprint('Eicar FOUND')\nsys.exit(1)\n")
    program.chmod(0o755)
    if os.name != "nt":
        assert scan(file).words == "The virus scanner found something (clamscan, exit code 1)"
