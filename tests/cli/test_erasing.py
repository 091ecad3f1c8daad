"""`people erase …` on the command line: as people read it, and as scripts do."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from app.bootstrap.assembly import assemble
from app.cli.frame import Frame
from app.cli.people import commands
from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotFound
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.people import NewPerson
from app.core.people.erasing import ErasureHindered, RetentionRefused, SecondPersonNeeded
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.in_touch import first_pc
from tests.support.traces import traces

SYSTEM = system_actor()
ONE = replace(SYSTEM, account_id=new_id(), name="Asha Rao")
OTHER = replace(SYSTEM, account_id=new_id(), name="Binod Das")
Run = Callable[..., Any]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A site with its keys, where somebody left long ago."""
    made = assemble(first_pc(tmp_path, TurnedClock()).opened)
    who = made.people.add(
        SYSTEM, NewPerson(number="K-1", name="Kamala Devi", joined_on=date(2010, 1, 1))
    )
    made.people.leave(SYSTEM, who, date(2015, 3, 1))
    yield made
    assert made.journal.verify(SYSTEM).ok
    made.close()


@pytest.fixture
def site(services: Services) -> Site:
    """Its records."""
    return services.open_site.site


@pytest.fixture
def run(services: Services) -> Run:
    """Run a command as somebody; return its JSON."""
    line = CommandLine(
        "people",
        commands,
        people=services.people,
        backups=services.backups,
        open_site=services.open_site,
    )

    def told(actor: Actor, *arguments: object) -> Any:
        acting = line.acting_as(actor, actor.name)
        return acting.answer("erase", *arguments)

    return told


def test_one_asks_and_another_confirms(run: Run, site: Site) -> None:
    asked = run(ONE, "request", "K-1", "--reason", "In writing")
    (request,) = run(OTHER, "list")["requests"]
    assert request["request"] == asked["request"]
    assert (request["number"], request["by"], request["hindrances"]) == ("K-1", "Asha Rao", [])
    with pytest.raises(SecondPersonNeeded):
        run(ONE, "confirm", asked["request"])
    assert run(OTHER, "confirm", "K-1")["erased"] == asked["person"]
    (erased,) = run(ONE, "list")["erased"]
    assert erased["name"].startswith("Person ")
    assert traces(site, "Kamala") == []


def test_a_dry_run_says_what_goes_and_changes_nothing(run: Run, site: Site) -> None:
    for arguments in (("plan", "K-1"), ("request", "K-1", "--reason", "x", "--dry-run")):
        plan = run(ONE, *arguments)
        assert (plan["name"], plan["goes"], plan["hindrances"]) == (
            "Kamala Devi",
            {"person": 1},
            [],
        )
    assert run(ONE, "list")["requests"] == []
    assert traces(site, "Kamala") != []


def test_a_hold_and_the_retention_stand_in_the_way(run: Run) -> None:
    held = run(ONE, "hold", "K-1", "--reason", "Inquiry 12")["hold"]
    run(ONE, "retention", 60, "--reason", "The law")
    run(ONE, "request", "K-1", "--reason", "In writing")
    with pytest.raises(ErasureHindered):
        run(OTHER, "confirm", "K-1")
    kinds = [one["kind"] for one in run(ONE, "plan", "K-1")["hindrances"]]
    assert kinds == ["retention", "hold"]
    run(OTHER, "lift", held, "--reason", "Closed")
    assert run(ONE, "list")["holds"] == []
    run(OTHER, "withdraw", "K-1", "--reason", "Changed their mind")
    assert run(ONE, "list")["requests"] == []


def test_what_is_not_there_is_told(run: Run) -> None:
    for arguments in (
        ("plan", "Z-9"),
        ("confirm", "Z-9"),
        ("withdraw", "Z-9", "--reason", "x"),
        ("lift", "no-id", "--reason", "x"),
    ):
        with pytest.raises(NotFound):
            run(ONE, *arguments)
    with pytest.raises(RetentionRefused):
        run(ONE, "retention", 0, "--reason", "x")


def test_backups_that_hold_it_still_are_named(run: Run, services: Services) -> None:
    made = services.backups.make(SYSTEM)
    run(ONE, "request", "K-1", "--reason", "In writing")
    clock = services.open_site.site.clock
    assert isinstance(clock, TurnedClock)
    clock.turn(timedelta(hours=1))
    (named,) = run(OTHER, "confirm", "K-1")["backups"]
    assert named["path"] == str(made.backup.path)
    clock.turn(timedelta(hours=1))
    services.backups.make(SYSTEM)
    assert [one["path"] for one in run(ONE, "list")["backups"]] == [named["path"]]


def test_people_read_it_too(run: Run, services: Services) -> None:
    ways: Any = SimpleNamespace()
    run(ONE, "request", "K-1", "--reason", "In writing")
    run(ONE, "hold", "K-1", "--reason", "Inquiry 12")
    frame = Frame(folder=None, login=None, as_json=False, ways=ways, _services=services)  # type: ignore[arg-type]  # no folder is asked for
    frame._actor = ONE
    text = CliRunner().invoke(commands, ["erase", "list"], obj=frame, standalone_mode=False).stdout
    assert "K-1" in text
    assert "Inquiry 12" in text
    assert "3 years" in text
