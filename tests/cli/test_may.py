"""`training`: may somebody do something, tasks, labels, passes and ages, as somebody types them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.cli import training
from app.core.base.clock import local_day
from app.core.egress import Egress
from app.core.journal import Site
from app.core.people import (
    Destination,
    NewPerson,
    People,
    PersonKind,
    RoleName,
    SignIn,
    WrongSignIn,
)
from app.core.training import RequirementType, Terms, TrainingRefused, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.permits import NoTask
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM
from tests.support.command_line import CommandLine
from tests.support.teaching import a_school


@pytest.fixture
def command(site: Site) -> CommandLine:
    people, school = People(site), a_school(site)
    finance = people.organisation.add_org_unit(SYSTEM, "FIN", "Finance")
    place = Destination(org_unit_id=finance)
    asha = people.add(SYSTEM, NewPerson(number="E-1", name="Asha", place=place))
    ravi = people.add(SYSTEM, NewPerson(number="E-2", name="Ravi", place=place))
    sign_in = SignIn(site)
    account = sign_in.accounts.give_account(SYSTEM, ravi, roles=(RoleName.LEARNER,))
    sign_in.accounts.set_pin(SYSTEM, account, "274913", must_change=False)
    people.add(SYSTEM, NewPerson(number="V-1", name="Vera", kind=PersonKind.VISITOR))
    terms = Terms(from_on=local_day(site.clock), validity=Validity.FOR_GOOD)
    kind = RequirementType.EXTERNAL
    for code, title in (("FORK", "Licence"), ("SAFE", "Safety")):
        new = NewRequirement(code=code, title=title, type=kind, terms=terms)
        school.training.catalogue.add(SYSTEM, new)
    shown = EnteredEvidence(issuer="RTO", obtained_on=local_day(site.clock))
    safety = school.training.catalogue.coded(SYSTEM, "SAFE").summary.id
    for one in (asha, ravi):
        school.training.assignments.evidence.enter(SYSTEM, one, safety, shown)
    opened: Any = SimpleNamespace(site=site, name="Pune", waits=False)
    return CommandLine(
        "training",
        training.commands,
        people=people,
        training=school.training,
        sign_in=sign_in,
        open_site=opened,
        egress=Egress(site),
    )


def test_may_tells_the_verdict_and_its_reasons(command: CommandLine) -> None:
    added = command.answer(
        "tasks", "add", "press-7", "Press 7", "--unit", "fin", "--needs", "FORK", "--dangerous"
    )
    assert (added["unit"], added["needs"], added["dangerous"]) == ("Finance", ["FORK"], True)
    said = command.answer("may", "E-1", "PRESS-7")
    assert (said["verdict"], said["may"]) == ("not_allowed", False)
    assert said["reasons"] == ["Something that is needed is not held.", "Licence: never obtained"]
    assert "Not allowed" in command.told("may", "E-1", "PRESS-7", "--as-of", "2027-01-01")
    changed = command.answer(
        "tasks", "change", "PRESS-7", "--no-needs", "--location", "Hall 2", "--reason", "Guarded"
    )
    assert changed["location"] == "Hall 2"
    assert command.answer("tasks", "retire", "PRESS-7")["retired_on"] == "2026-11-23"
    assert command.answer("may", "E-1", "PRESS-7")["stops"] == ["task_retired", "nothing_asked"]
    command.answer("tasks", "bring-back", "PRESS-7")
    assert [one["code"] for one in command.answer("tasks", "list")["tasks"]] == ["PRESS-7"]
    assert "Nothing is set up: nobody is let do it." in command.told("tasks", "list")
    with pytest.raises(NoTask):
        command.answer("may", "E-1", "NONE")


def test_a_file_of_tasks_is_taken_whole_or_not_at_all(command: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "tasks.csv"
    path.write_text(
        "\ufeffCode,Title,Unit,Needs,Dangerous\nM1,Mixer,FIN,FORK,yes\nM2,Mill,,,\n", "utf-8"
    )
    assert command.answer("tasks", "import", path) == {"added": 2, "changed": 0}
    assert command.answer("tasks", "import", path) == {"added": 0, "changed": 2}
    path.write_text("code,title\nM3,Third\nM4,\n", "utf-8")
    with pytest.raises(TrainingRefused, match="Line 3: The title is missing"):
        command.answer("tasks", "import", path)
    path.write_bytes(b"code\n\xff\xfe")
    with pytest.raises(TrainingRefused, match="UTF-8"):
        command.answer("tasks", "import", path)
    assert len(command.answer("tasks", "list")["tasks"]) == 2
    out = tmp_path / "labels.pdf"
    assert command.answer("tasks", "labels", "--out", out)["labels"] == 2
    assert out.read_bytes().startswith(b"%PDF")
    with pytest.raises(TrainingRefused, match="names no set"):
        command.answer("tasks", "change", "M1", "--one-of", "FORK")
    sets = command.answer(
        "tasks", "change", "M1", "--no-needs", "--one-of", "Licence=FORK", "--reason", "Cranes too"
    )
    assert sets["one_of"] == {"Licence": ["FORK"]}


def test_a_visitor_is_welcomed_and_known_again(command: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "pass.pdf"
    anna = ("Anna Schmidt", "--company", "Bosch")
    assert command.answer("visitor", *anna) == {"known": []}
    with pytest.raises(TrainingRefused, match="not acknowledged"):
        command.answer("visitor", *anna, "--escort", "E-1")
    given = command.answer(
        "visitor", *anna, "--escort", "E-1", "--contact", "98 2200 1234", "--purpose", "Audit",
        "--induction", "safe", "--acknowledged", "--out", out,
    )  # fmt: skip
    assert (given["name"], given["company"], given["induction"]) == (
        "Anna Schmidt", "Bosch", "Safety (SAFE)",
    )  # fmt: skip
    assert given["was_on_record"] is False
    assert out.read_bytes()[:4] == b"%PDF"
    (known,) = command.answer("visitor", "Anna Schmidt")["known"]
    assert (known["number"], known["contact"]) == (given["number"], "98 2200 1234")
    again = command.answer("visitor", *anna, "--escort", "E-2", "--induction", "SAFE")
    assert (again["number"], again["induction"]) == (given["number"], "Safety (SAFE), held")
    assert again["was_on_record"] is True
    other = command.answer("visitor", *anna, "--escort", "E-2", "--acknowledged", "--new")
    assert (other["number"] != given["number"], other["was_on_record"]) == (True, False)


def test_passes_ages_and_the_gate(command: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "pass.pdf"
    given = command.answer("pass", "V-1", "--escort", "E-1", "--purpose", "Audit", "--out", out)
    assert (given["escort"], out.read_bytes()[:4]) == ("Asha", b"%PDF")
    assert command.answer("pass")["passes"] == [given]
    assert command.answer("pass", "V-1", "--take-back", "--purpose", "Gone") == {"passes": []}
    young = command.answer("young", "E-1", "--adult-on", "2027-01-01")
    assert young["young"] == [{"number": "E-1", "name": "Asha", "adult_on": "2027-01-01"}]
    assert command.answer("young", "E-1", "--by-mistake") == {"young": []}
    assert command.answer("gate") == {
        "open": False, "keeps": False, "soon_days": 30, "shown_seconds": 10,
    }  # fmt: skip
    command.answer("tasks", "add", "M1", "Mixer", "--needs", "SAFE")
    assert command.answer("checks", "E-1") == {"checks": []}
    assert command.answer("gate", "--open", "--keep", "--soon", 7)["soon_days"] == 7
    assert command.answer("may", "E-1", "M1")["verdict"] == "allowed"
    (kept,) = command.answer("checks", "E-1")["checks"]
    assert (kept["task"], kept["verdict"], kept["at_gate"]) == ("Mixer", "allowed", False)


def test_a_supervisor_named_by_number_gives_the_own_pin(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.answer("tasks", "add", "M1", "Mixer", "--needs", "SAFE", "--dangerous")
    command.answer("young", "E-1", "--adult-on", "2027-01-01")
    asked = command.answer("may", "E-1", "M1", "--supervisor", "E-2")
    assert (asked["may"], asked["asks_secret"]) == (False, True)

    monkeypatch.setenv("DAKSHA_SECOND_PASSWORD", "274913")
    said = command.answer("may", "E-1", "M1", "--supervisor", "E-2")
    assert (said["may"], said["supervisor"], said["asks_secret"]) == (True, "Ravi", False)
    (kept,) = command.answer("checks", "E-1")["checks"]
    assert kept["supervisor_proved"] == "secret"
    monkeypatch.setenv("DAKSHA_SECOND_PASSWORD", "111111")
    with pytest.raises(WrongSignIn):
        command.answer("may", "E-1", "M1", "--supervisor", "E-2")
