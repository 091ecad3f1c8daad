"""Archives of a year: written by the program, opened and proved by `verify.py` alone (EU GMP Annex 11, 17)."""

import csv
import importlib.util
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.errors import Cancelled, NotAllowed
from app.core.base.paging import PageRequest
from app.core.base.resources import resource
from app.core.journal import Journal
from app.core.keys import SigningKey
from app.core.people import NewPerson, People
from app.core.people.erasing.models import PersonErasureRow
from app.core.reports import FILES_THAT_LEFT, Reports
from app.core.reports.archives import ALL_KEPT, NOT_KEPT, Archived, Archives, NothingInYear
from app.core.reports.archives.packing import Packing
from app.core.signatures import Proof
from app.core.storage.columns import Instant
from app.core.storage.tables import Kind, Scope, journalled_models, table_of
from tests.core.signatures.records import SHOWN, approve, require
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc
from tests.support.left_open import closed_afterwards
from tests.support.progress import Stopper
from tests.support.signers import LOGIN, PASSWORD, door_of, found_administrator

ACTOR = system_actor("Meera Iyer")
VERIFY = resource("archive", "verify.py")


@dataclass(frozen=True, slots=True)
class Kept:
    """A plant with two years on record, and the archive of each."""

    pc: Pc
    archives: Archives
    first: Path
    second: Path
    told: Archived
    """Of the first."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Two years: in each somebody came and something was signed; who came first was erased."""
    place, clock = tmp_path_factory.mktemp("archives"), TurnedClock()
    with closed_afterwards():
        pc = first_pc(place / "one", clock)
        found_administrator(pc)
        site, door = pc.opened.site, door_of(pc)
        actor = door.enter()
        door.accept(actor)
        gone = People(site).add(ACTOR, NewPerson(number="K-4711", name="Kamala Devi"))
        approve(door, actor, require(pc))
        journal = Journal(site, pc.opened.station)
        journal.seal(ACTOR)
        with site.transaction(ACTOR, "person.erase") as unit:
            unit.erase(
                PersonErasureRow(person_id=gone, request_id=None, at=clock.now(), by_name="Two")
            )
        clock.turn(timedelta(days=120))
        People(site).add(ACTOR, NewPerson(number="E-2", name="Asha Kulkarni"))
        approve(door, actor, require(pc, "LOTO"), Proof(name=LOGIN, password=PASSWORD))
        archives = Archives(site, pc.opened.keys, journal)
        told = archives.write(ACTOR, 2026, place / "2026.zip")
        archives.write(ACTOR, 2027, place / "2027.zip")
        yield Kept(pc, archives, place / "2026.zip", place / "2027.zip", told)
        pc.close()


@pytest.fixture(scope="module")
def verify() -> ModuleType:
    """The archive's own program, as a module."""
    spec = importlib.util.spec_from_file_location("archive_verify", VERIFY)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Files(dict[str, bytes]):
    """The files of an archive in memory, as `verify.py` looks at them."""

    @classmethod
    def of(cls, path: Path) -> "Files":
        with zipfile.ZipFile(path) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    def names(self) -> list[str]:
        return list(self)

    def open(self, name: str) -> BytesIO:
        return BytesIO(self[name])

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self[name].decode("utf-8-sig"))))


def first_misfit(verify: ModuleType, files: Files) -> str:
    """Return the first thing that does not fit; "" where everything does."""
    try:
        verify.check(files, tell=lambda _words: None)
    except verify.Misfit as misfit:
        return str(misfit)
    return ""


def test_a11_16_an_archive_is_opened_and_proved_with_python_alone(kept: Kept) -> None:
    """A11-16: on a PC without the program, both as it is and unpacked."""
    for path in (kept.first, kept.second):
        folder = path.with_suffix("")
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        for words in ([str(VERIFY), str(path)], [str(folder / "verify.py")]):
            done = subprocess.run(
                [sys.executable, "-I", "-S", *words], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert "EVERYTHING FITS." in done.stdout
    shown = (folder / "index.html").read_text("utf-8")
    assert "tables/signature.html" in shown
    assert kept.pc.opened.keys.anchor not in kept.first.read_bytes()


def test_a11_16_a_changed_byte_anywhere_is_named(kept: Kept, verify: ModuleType) -> None:
    files = Files.of(kept.first)
    for name, content in files.items():
        middle = len(content) // 2
        changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        named = first_misfit(verify, Files({**files, name: changed}))
        found_at = (name, "manifest.json") if name == "manifest.signature.json" else (name,)
        assert named.startswith(found_at), (name, named)


@pytest.mark.parametrize("seal", [b"{}", b"[]", b'{"public_key": "x", "signature": "00"}'])
def test_a_signature_that_is_none_is_named(kept: Kept, verify: ModuleType, seal: bytes) -> None:
    files = Files({**Files.of(kept.first), "manifest.signature.json": seal})

    assert first_misfit(verify, files).startswith("manifest.signature.json")


def test_what_the_list_of_files_hides_the_chain_and_the_keys_tell(
    kept: Kept, verify: ModuleType
) -> None:
    """Whoever makes the list anew is found by the entry, and with another key by the papers."""
    files = Files.of(kept.first)
    name = next(one for one in files if one.startswith("journal/identity"))
    lines = files[name].splitlines(keepends=True)
    at = [place for place, line in enumerate(lines) if b'"body"' in line][1]
    other = json.loads(lines[at]) | {"reason": "Something else"}
    edited = b"".join([*lines[:at], json.dumps(other).encode() + b"\n", *lines[at + 1 :]])
    station = kept.pc.opened.station

    assert f"entry {other['seq']}" in first_misfit(
        verify, listed_anew(files, station, name, edited)
    )
    gone = b"".join([*lines[:at], *lines[at + 1 :]])
    assert "missing" in first_misfit(verify, listed_anew(files, station, name, gone))
    stranger = SigningKey(bytes(32))
    assert "no paper says" in first_misfit(verify, listed_anew(files, stranger, name, files[name]))


def listed_anew(files: Files, signer: SigningKey, name: str, content: bytes) -> Files:
    """Return an archive of which somebody who has a key changed a file, and made the list anew."""
    out = BytesIO()
    said = json.loads(files["manifest.json"])
    with Packing(out) as packing:
        for one, held in files.items():
            if not one.startswith("manifest"):
                packing.add(one, content if one == name else held)
        packing.seal({key: said[key] for key in said if key not in {"files", "format"}}, signer)
    with zipfile.ZipFile(out) as archive:
        return Files({one: archive.read(one) for one in archive.namelist()})


def test_each_year_has_its_own_and_the_later_goes_on_where_the_former_ended(kept: Kept) -> None:
    first, second = Files.of(kept.first), Files.of(kept.second)

    assert [row["What the signer read"] for row in first.rows("tables/signature.csv")][1:] == [
        SHOWN
    ]
    assert [row["What the signer read"] for row in second.rows("tables/signature.csv")] == [SHOWN]
    by_scope = {
        path: {one["scope"]: one for one in json.loads(files["journal/logs.json"])}
        for path, files in ((1, first), (2, second))
    }
    for scope in ("identity", "catalogue"):
        log = by_scope[1][scope]
        assert by_scope[2][scope]["first"] == log["last"] + 1
        assert any(seal["seq"] >= log["last"] for seal in log["seals"])
    trail = first.rows("trail/entries.csv")
    assert len(trail) == kept.told.entries
    assert kept.told.withheld == 1


def test_who_was_erased_and_keys_under_passwords_stay_out(kept: Kept) -> None:
    for path in (kept.first, kept.second):
        whole = b"".join(Files.of(path).values())
        assert b"Kamala" not in whole
        assert b"K-4711" not in whole
        assert b"signing_key_wrap" not in whole
        assert b"$argon2" not in whole


def test_it_is_on_the_register_of_what_left(kept: Kept) -> None:
    page = Reports(kept.pc.opened.site).page(ACTOR, FILES_THAT_LEFT, PageRequest())

    assert [row for row in page.rows if "2026.zip" in str(row)]


def test_only_who_sees_the_whole_journal_gets_one_and_a_stop_leaves_nothing(
    kept: Kept, tmp_path: Path
) -> None:
    head = Actor(
        account_id=None,
        person_id=None,
        name="Head",
        grants=frozenset({Grant(capability=Capability.VIEW_REPORTS)}),
    )
    with pytest.raises(NotAllowed):
        kept.archives.write(head, 2026, tmp_path / "a.zip")
    with pytest.raises(NothingInYear):
        kept.archives.write(ACTOR, 2019, tmp_path / "a.zip")
    with pytest.raises(Cancelled):
        kept.archives.write(ACTOR, 2026, tmp_path / "a.zip", progress=Stopper(after=1))
    assert not list(tmp_path.iterdir())


def test_every_fact_of_training_has_its_place() -> None:
    facts = {
        str(table_of(model).name): {
            str(one.key) for one in table_of(model).columns if isinstance(one.type, Instant)
        }
        for model in journalled_models()
    }
    records = {
        str(table_of(model).name)
        for model in journalled_models()
        if model.table_kind is Kind.FACT and model.table_scope is Scope.RECORDS
    }

    assert records == records & {name for name, _at in ALL_KEPT} | NOT_KEPT
    assert all(at in facts[name] for name, at in ALL_KEPT)
