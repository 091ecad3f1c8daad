"""`people account`, `badge`, `pin`, `role`, `unlock`: what they do, print and refuse."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from typer._click.exceptions import ClickException  # typer carries a click of its own

from app.cli.accounts import NoAccount
from app.cli.frame import Frame, PinNeeded
from app.cli.people import commands
from app.core.base.actor import system_actor
from app.core.base.errors import NotFound
from app.core.base.reasons import ReasonMissing
from app.core.journal import Site
from app.core.keys import SlotCost
from app.core.people import (
    AccountLocked,
    BadgeTaken,
    Destination,
    DetailRefused,
    LastAdministrator,
    LoginTaken,
    NewPerson,
    People,
    SignIn,
    WeakSecret,
    WrongSignIn,
)
from tests.support.clock import TurnedClock
from tests.support.sites import DATA_KEY, empty_database, open_site

LIGHT = SlotCost(memory=32, passes=1, lanes=1)
SYSTEM = system_actor()

Run = Callable[..., str]


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """A site with Meena and Ravi of the press shop, neither of whom signs in."""
    site = open_site(empty_database(tmp_path, DATA_KEY), clock)
    people = People(site)
    place = Destination(org_unit_id=people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop"))
    for number, name in (("E-1", "Meena Rao"), ("E-2", "Ravi Iyer")):
        people.add(SYSTEM, NewPerson(number=number, name=name, place=place))
    yield site
    site.close()


@pytest.fixture
def sign_in(site: Site) -> SignIn:
    return SignIn(site, LIGHT)


@pytest.fixture
def run(site: Site, sign_in: SignIn, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command and return what it prints."""

    def run(*arguments: str, as_json: bool = False) -> str:
        frame = Frame(
            folder=Path(),
            login=None,
            as_json=as_json,
            ways=None,  # type: ignore[arg-type]  # nothing is opened
            _services=SimpleNamespace(people=People(site), sign_in=sign_in),  # type: ignore[arg-type]  # all that it asks for
            _actor=SYSTEM,
        )
        root = typer.Typer()
        root.add_typer(commands)

        @root.callback()
        def options(context: typer.Context) -> None:
            context.obj = frame

        typer.main.get_command(root).main(["people", *arguments], standalone_mode=False)
        return capsys.readouterr().out

    return run


@pytest.fixture
def meena(run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """Meena's number, once she has PIN 7392."""
    monkeypatch.setenv("DAKSHA_PIN", "7392")
    run("pin", "E-1")
    return "E-1"


def told(run: Run, *arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*arguments, as_json=True))
    return answer


def test_a_pin_from_the_environment_gives_an_account_that_must_choose_its_own(
    run: Run, meena: str, sign_in: SignIn
) -> None:
    assert sign_in.sign_in("E-1", "7392").needs_change is not None
    shown = run("account", "e-1")
    assert "e-1  Meena Rao" in shown
    assert "Signs in with: PIN" in shown
    assert "Roles: Learner" in shown
    assert "Must choose their own at the next sign-in." in shown
    assert "7392" not in shown


def test_a_pin_is_never_an_argument_and_is_not_waited_for_where_nobody_types(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ClickException):
        run("pin", "E-1", "7392")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    with pytest.raises(PinNeeded) as refused:
        run("pin", "E-1")
    assert "DAKSHA_PIN" in refused.value.sentence


def test_a_weak_pin_leaves_no_account_behind(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAKSHA_PIN", "1234")
    with pytest.raises(WeakSecret):
        run("pin", "E-1")
    with pytest.raises(NoAccount, match="Meena Rao has no account"):
        run("account", "E-1")


def test_a_badge_names_somebody(run: Run, meena: str, sign_in: SignIn) -> None:
    assert "Signs in with: PIN, Badge" in run("badge", meena, "04 A2 9F")

    assert sign_in.sign_in("04a29f", "7392").actor.name == "Meena Rao"


def test_roles_are_given_for_the_site_and_for_a_unit_and_taken(run: Run, meena: str) -> None:
    run("role", "grant", meena, "author")
    granted = told(run, "role", "grant", meena, "trainer", "--unit", "press")
    assert granted["roles"] == [
        {"role": "learner", "org_unit": None},
        {"role": "author", "org_unit": None},
        {"role": "trainer", "org_unit": "Press shop"},
    ]
    run("role", "revoke", meena, "author")
    assert "Roles: Learner, Trainer (Press shop)" in run("account", meena)


def test_a_login_is_changed_and_found_by(run: Run, meena: str, sign_in: SignIn) -> None:
    assert told(run, "account", meena, "--login", "Meena", "--reason", "easier")["login"] == "meena"

    assert told(run, "account", "MEENA")["name"] == "Meena Rao"
    assert sign_in.sign_in("meena", "7392").actor.number == "E-1"
    with pytest.raises(LoginTaken):
        run("account", meena, "--login", "e-2")
    with pytest.raises(NotFound, match="e-9"):
        run("account", "e-9")


def test_a_locked_account_is_shown_and_unlocked(run: Run, meena: str, sign_in: SignIn) -> None:
    for _try in range(6):
        with pytest.raises((WrongSignIn, AccountLocked)):
            sign_in.sign_in(meena, "0000")
    locked = told(run, "account", meena)
    assert locked["locked"]
    assert locked["locked_until"] is None
    assert "Locked after wrong tries until it is unlocked" in run("account", meena)
    with pytest.raises(ReasonMissing):
        run("unlock", meena)

    assert not told(run, "unlock", meena, "--reason", "Meena had mistyped")["locked"]
    assert sign_in.sign_in(meena, "7392").method == "number+pin"


def test_a_closed_account_says_so(run: Run, meena: str, site: Site, sign_in: SignIn) -> None:
    account_id = People(site).find(SYSTEM, meena).account_id
    assert account_id is not None
    sign_in.accounts.disable(SYSTEM, account_id)

    assert "Closed on 23 Nov 2026" in run("account", meena)
    assert told(run, "account", meena)["closed_at"].startswith("2026-11-23T")


def test_bad_input_is_told_in_one_sentence(
    run: Run, meena: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("role", "grant", meena, "administrator")
    run("badge", meena, "04 A2 9F")
    monkeypatch.setenv("DAKSHA_PIN", "8461")
    run("pin", "E-2")
    for error, arguments in (
        (NotFound, ["account", "E-404"]),
        (BadgeTaken, ["badge", "E-2", "04a29f"]),
        (DetailRefused, ["badge", "E-2", " "]),
        (DetailRefused, ["badge", "E-2", "7" * 300]),
        (NotFound, ["role", "grant", "E-2", "trainer", "--unit", "NOWHERE"]),
        (LastAdministrator, ["role", "revoke", meena, "administrator"]),
    ):
        with pytest.raises(error) as refused:
            run(*arguments)
        assert refused.value.exit_code == 2
        assert refused.value.safe == "Nothing was changed."
        assert refused.value.remedy
    with pytest.raises(ClickException, match="astronaut"):
        run("role", "grant", "E-2", "astronaut")
