"""`doctor --iq --oq --out`: a qualification on the command line, its report and its exit code."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.bootstrap.assembly import assemble
from app.cli import doctor
from app.core.assurance import Qualifications, StepFailed, Trial
from app.core.base.actor import system_actor
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.in_touch import first_pc
from tests.support.pdfs import text_of


@pytest.fixture
def services(tmp_path: Path, clock: TurnedClock) -> Iterator[Services]:
    opened = assemble(first_pc(tmp_path, clock).opened)
    yield opened
    opened.close()


def line(services: Services, *trials: Trial) -> CommandLine:
    @contextmanager
    def given() -> Iterator[Sequence[Trial]]:
        yield trials

    qualifications = Qualifications(services.open_site, services.assets, given)
    return CommandLine(
        "doctor",
        doctor.commands,
        open_site=services.open_site,
        egress=services.egress,
        qualifications=qualifications,
    )


def breaks() -> str:
    raise StepFailed("the door stood open")


def test_p11_01_a_qualification_tells_each_step_and_writes_its_report(
    services: Services, tmp_path: Path
) -> None:
    lamp = Trial(key="lamp", title="Lamp", expected="It is lit.", run=lambda: "lit")
    out = tmp_path / "oq.pdf"

    result = line(services, lamp).run("--oq", "--out", out, as_json=True)

    assert result.return_value == 0
    answer = json.loads(result.stdout)
    assert (answer["ok"], answer["passed"], answer["failed"]) == (True, 1, 0)
    assert answer["steps"] == [
        {
            "key": "lamp",
            "part": "oq",
            "title": "Lamp",
            "expected": "It is lit.",
            "actual": "lit",
            "result": "passed",
        }
    ]
    assert "Lamp It is lit. lit Passed" in text_of(out)
    (kept,) = services.qualifications.past(system_actor())
    assert str(kept.id) == answer["id"]


def test_a_step_that_failed_ends_with_two_and_says_what_was_expected(services: Services) -> None:
    door = Trial(key="door", title="Door", expected="It is shut.", run=breaks)

    result = line(services, door).run("--oq")

    assert result.return_value == 2
    assert "Expected of “Door”: It is shut." in result.stdout
    assert result.stdout.endswith("1 step failed.\n")


def test_a_report_without_a_qualification_is_refused(services: Services, tmp_path: Path) -> None:
    result = line(services).run("--out", tmp_path / "oq.pdf")

    assert result.exception is not None
    assert "--iq, --oq" in str(result.exception)
