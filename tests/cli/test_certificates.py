"""`certificate` as administrators script it: exit codes, one JSON object, no site for a trust file."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.cli.frame import OpenServices, Ways
from app.cli.main import run
from app.core.base.clock import SystemClock
from app.core.journal import Site
from app.core.keys import SlotCost
from app.core.operations import LockedRecords, Moved, Restoring, SiteFolder, Tried, prove_anywhere
from app.core.people import SignIn, create_first_administrator
from app.core.schema import bring_up_to_date
from tests.core.certificates.plants import Plant, a_plant
from tests.support.clock import TurnedClock
from tests.support.sites import DATA_KEY, empty_database, open_site
from tests.support.teaching import ACTOR

CHEAP = SlotCost(memory=1024, passes=1)
PASSWORD = "a long enough secret"


@dataclass(frozen=True)
class Ran:
    """How a run of the command line ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the one object that was printed."""
        answer: dict[str, Any] = json.loads(self.out)
        return answer


Run = Callable[..., Ran]


def ways(open_services: OpenServices) -> Ways:
    """Return a way into a site, and none else."""
    return Ways(
        open_services=open_services,
        found_services=lambda *_given: open_services(Path(), None),
        join_services=lambda *_given: open_services(Path(), None),
        recover_services=lambda *_given: open_services(Path(), None),
        rekey_services=lambda *_given: open_services(Path(), None),
        move_services=lambda *_given: (open_services(Path(), None), Moved(0, 0, Path())),
        site_folder=lambda folder: SiteFolder(folder, folder / "keys", SystemClock()),
        locked_records=lambda folder: LockedRecords(folder, folder / "keys", SystemClock()),
        benches=tuple,
        demo=lambda *_given: 1,
        restoring=lambda folder: Restoring(
            folder, folder / "keys", SystemClock(), bring_up_to_date
        ),
        prove_backup=lambda path, password, progress: prove_anywhere(
            path, path.parent, bring_up_to_date, password, progress
        ),
        try_version=lambda *_given: Tried(version="", troubles=(), entries=0),
    )


@pytest.fixture
def plant(tmp_path: Path, clock: TurnedClock) -> Iterator[Plant]:
    """A plant with an administrator who signs in as root."""
    site: Site = open_site(empty_database(tmp_path, DATA_KEY), clock)
    create_first_administrator(site, login="root", name="Root", password=PASSWORD, cost=CHEAP)
    yield a_plant(site, clock, tmp_path, "Bharat Forge, Pune", has_keys=True)
    site.close()


@pytest.fixture
def daksha(
    plant: Plant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run a command on the plant's PC."""
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)

    def services(_folder: Path, _password: str | None) -> Any:
        return SimpleNamespace(
            certificates=plant.certificates,
            sign_in=SignIn(plant.site, CHEAP),
            close=lambda: None,
        )

    def command(*arguments: object, login: str | None = "root") -> Ran:
        options = ["--json"] if login is None else ["--as", login, "--json"]
        code = run([*options, "certificate", *map(str, arguments)], Path(), ways(services))
        return Ran(code, *capsys.readouterr())

    return command


@pytest.fixture
def elsewhere(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a PC that has no site."""

    def no_site(*_given: object) -> Any:
        raise AssertionError("a site was opened")

    def command(*arguments: object) -> Ran:
        code = run(["--json", "certificate", *map(str, arguments)], Path(), ways(no_site))
        return Ran(code, *capsys.readouterr())

    return command


@pytest.fixture
def trust_file(plant: Plant, tmp_path: Path) -> Path:
    """The trust file of the plant."""
    path = tmp_path / "pune.trust"
    path.write_text(plant.authority.trusted().to_json(), encoding="utf-8")
    return path


@pytest.fixture
def pdf(plant: Plant, tmp_path: Path) -> Path:
    """A certificate in a file."""
    path = tmp_path / "asha.pdf"
    path.write_bytes(plant.document(plant.certified()[1]))
    return path


def test_a_valid_certificate_verifies_anywhere_with_the_trust_file(
    elsewhere: Run, pdf: Path, trust_file: Path
) -> None:
    ran = elsewhere("verify", pdf, "--trust", trust_file)

    assert (ran.code, ran.err) == (0, "")
    assert ran.json["status"] == "valid"
    assert (ran.json["number"], ran.json["person"]) == ("PUN-2026-000001", "Asha Kulkarni")
    assert ran.json["document"] is True


def test_a_code_verifies_too(
    plant: Plant, elsewhere: Run, daksha: Run, pdf: Path, trust_file: Path
) -> None:
    token = plant.certificates.numbered(ACTOR, "PUN-2026-000001").token

    assert elsewhere("verify", token, "--trust", trust_file).code == 0
    assert daksha("verify", token, login=None).json["status"] == "valid"


def test_anything_but_valid_exits_2(
    plant: Plant, elsewhere: Run, daksha: Run, pdf: Path, trust_file: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(pdf.read_bytes().replace(b"Asha", b"Usha"))
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"hello")
    stranger = a_plant(plant.site, plant.clock, tmp_path, "Nashik", has_keys=True)
    other_trust = tmp_path / "nashik.trust"
    other_trust.write_text(stranger.authority.trusted().to_json(), encoding="utf-8")

    for file, trust, status in (
        (changed, trust_file, "tampered"),
        (junk, trust_file, "unreadable"),
        (pdf, other_trust, "unknown-issuer"),
    ):
        ran = elsewhere("verify", file, "--trust", trust)
        assert (ran.code, ran.json["status"]) == (2, status)

    daksha("revoke", "PUN-2026-000001", "--reason", "mistake")
    ran = daksha("verify", pdf, login=None)
    assert (ran.code, ran.json["status"]) == (2, "revoked")


def test_an_expired_certificate_exits_2(plant: Plant, daksha: Run) -> None:
    _asha, certificate = plant.certified(course_id=plant.course(valid_months=1))
    token = plant.certificates.detail(ACTOR, certificate.id).token
    plant.clock.turn(timedelta(days=31))

    ran = daksha("verify", token, login=None)

    assert (ran.code, ran.json["status"], ran.json["valid_until"]) == (2, "expired", "2026-12-23")


@pytest.mark.parametrize("file", ["missing.pdf", "missing\0.pdf", "."])
def test_a_file_that_cannot_be_read_is_told_in_one_line(
    elsewhere: Run, trust_file: Path, file: str
) -> None:
    ran = elsewhere("verify", file, "--trust", trust_file)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def test_a_trust_file_that_is_none_is_refused(elsewhere: Run, pdf: Path) -> None:
    ran = elsewhere("verify", pdf, "--trust", pdf)

    assert (ran.code, ran.out) == (2, "")
    assert "trust file" in ran.err


def test_the_register_is_listed(plant: Plant, daksha: Run) -> None:
    course = plant.course()
    plant.certified("E-1", "Asha Kulkarni", course)
    plant.certified("E-2", "Ravi Kumar", course)

    everybody = daksha("list").json["certificates"]
    ravi = daksha("list", "--person", "E-2").json["certificates"]

    assert [row["person_number"] for row in everybody] == ["E-2", "E-1"]
    assert [(row["person"], row["state"], row["basis"]) for row in ravi] == [
        ("Ravi Kumar", "valid", "course")
    ]
    assert daksha("list", login=None).code == 3


def test_one_is_saved_and_never_over_another_file(
    plant: Plant, daksha: Run, tmp_path: Path
) -> None:
    _asha, certificate = plant.certified()
    out = tmp_path / "out.pdf"

    assert daksha("save", certificate.number, "--out", out).code == 0
    assert out.read_bytes() == plant.document(certificate)
    again = daksha("save", certificate.number, "--out", out)
    assert again.code == 2
    assert "already a file" in again.err


def test_one_is_revoked_once(plant: Plant, daksha: Run) -> None:
    _asha, certificate = plant.certified()

    done = daksha("revoke", certificate.number, "--reason", "issued to the wrong person")
    again = daksha("revoke", certificate.number, "--reason", "again")

    assert (done.code, done.json["status"]) == (0, "revoked")
    assert (again.code, "already revoked" in again.err) == (2, True)
    assert daksha("revoke", "PUN-2026-000009", "--reason", "x").code == 2
