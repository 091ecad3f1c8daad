"""`people delegate`: a trainer lets a colleague assign for him, who then does on the command line."""

from dataclasses import dataclass

import pytest

from app.cli.assign import commands as assign_commands
from app.cli.assignments import commands as assignment_commands
from app.cli.people import commands
from app.core.base.actor import Actor, system_actor
from app.core.base.errors import LentOnly, NotFound
from app.core.journal import Site
from app.core.keys import SlotCost
from app.core.people import Destination, NewPerson, People, RoleName, SignIn
from app.core.people.delegating import DelegationRefused
from app.core.training import RequirementType, Terms, Validity
from app.core.training.requirements import NewRequirement
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.teaching import a_school

LIGHT = SlotCost(memory=32, passes=1, lanes=1)
SYSTEM = system_actor()
PIN = "8256"


@dataclass
class House:
    """Ravi, the trainer of the press shop, and Asha, who learns there."""

    site: Site
    people: People
    sign_in: SignIn

    def line(self, number: str) -> CommandLine:
        """Return the commands of `people` as somebody types them who comes now."""
        line = CommandLine("people", commands, people=self.people, sign_in=self.sign_in)
        return line.acting_as(self.come(number), number)

    def come(self, number: str) -> Actor:
        return self.sign_in.sign_in(number, PIN).actor


@pytest.fixture
def house(site: Site) -> House:
    people, sign_in = People(site), SignIn(site, LIGHT)
    press = people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    for number, name in (("RAVI", "Ravi Kumar"), ("ASHA", "Asha Rao")):
        new = NewPerson(number=number, name=name, place=Destination(org_unit_id=press))
        account = sign_in.accounts.give_account(SYSTEM, people.add(SYSTEM, new))
        sign_in.accounts.set_pin(SYSTEM, account, PIN, must_change=False)
        if number == "RAVI":
            sign_in.accounts.grant_role(SYSTEM, account, RoleName.TRAINER, press)
    return House(site, people, sign_in)


def test_one_is_given_listed_and_ended(house: House, clock: TurnedClock) -> None:
    ravi = house.line("RAVI")
    given = ravi.answer(
        "delegate", "give", "asha", "--until", "2026-12-04", "--unit", "press", "--reason", "leave"
    )

    assert (given["number"], given["for"], given["unit"]) == ("ASHA", "Ravi Kumar", "PRESS")
    assert (given["from"], given["until"], given["state"]) == (
        "2026-11-23", "2026-12-04", "in_force",
    )  # fmt: skip
    told = house.line("ASHA").told("delegate", "list")
    assert "Asha Rao (ASHA) for Ravi Kumar" in told
    assert "In force" in told
    ended = ravi.answer("delegate", "end", "ASHA", "--reason", "back")
    assert ended["state"] == "ended"
    assert "Nobody gives training" in ravi.told("delegate", "list")
    (past,) = ravi.answer("delegate", "list", "--past")["delegations"]
    assert past["ended"] is not None
    with pytest.raises(NotFound, match="Giving training for somebody else by ASHA"):
        ravi.told("delegate", "end", "ASHA", "--reason", "back")


def test_what_is_refused_is_said(house: House) -> None:
    with pytest.raises(DelegationRefused, match="yourself"):
        house.line("RAVI").told(
            "delegate", "give", "RAVI", "--until", "2026-12-04", "--reason", "x"
        )
    ravi = house.line("RAVI")
    for until in ("2026-12-04", "2026-12-20"):
        first = "2026-11-23" if until == "2026-12-04" else "2026-12-10"
        ravi.told(
            "delegate", "give", "ASHA", "--from", first, "--until", until, "--reason", "x"
        )  # fmt: skip
    with pytest.raises(DelegationRefused, match="several"):
        ravi.told("delegate", "end", "ASHA", "--reason", "x")
    with pytest.raises(LentOnly):
        house.line("ASHA").told(
            "delegate", "give", "RAVI", "--until", "2026-12-04", "--reason", "x"
        )


def test_a_delegate_assigns_and_why_says_for_whom(house: House) -> None:
    school = a_school(house.site)
    school.training.catalogue.add(
        SYSTEM,
        NewRequirement(
            code="FORK",
            title="Licence",
            type=RequirementType.EXTERNAL,
            terms=Terms(from_on=house.site.clock.now().date(), validity=Validity.FOR_GOOD),
        ),
    )
    house.line("RAVI").told(
        "delegate", "give", "ASHA", "--until", "2026-12-04", "--reason", "leave"
    )
    line = CommandLine("assign", assign_commands, training=school.training, people=house.people)
    line.acting_as(house.come("ASHA"), "ASHA")

    told = line.answer("--to", "person:RAVI", "--requirement", "FORK", "--reason", "New forklift")

    assert told["assigned"] == 1
    looked = CommandLine(
        "assignments", assignment_commands, training=school.training, people=house.people
    )
    why = looked.answer("why", "RAVI", "FORK")
    assert (why["origin"], why["given"]) == (
        "New forklift",
        "Given by Asha Rao for Ravi Kumar",
    )
