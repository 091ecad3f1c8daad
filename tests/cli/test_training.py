"""`requirements`, `rules`, `assignments`: the services as somebody types them."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from app.cli import assignments, requirements, rules, training
from app.core.base.errors import NotFound
from app.core.content import AssetStore
from app.core.journal import Site
from app.core.people import Audience, Destination, NewPerson, People
from app.core.people.models import PlacementRow
from app.core.training import TrainingRefused
from app.core.training.enrolment import RuleNamesNothing, RuleReachesMany
from app.core.training.legacy import Papers
from tests.core.training.conftest import SYSTEM
from tests.support.command_line import CommandLine
from tests.support.teaching import a_school

Line = Callable[[str], CommandLine]
_GROUPS = {
    "requirements": requirements,
    "rules": rules,
    "assignments": assignments,
    "training": training,
}


@pytest.fixture
def line(tmp_path: Path, site: Site) -> Line:
    """The three groups over one site, with Asha in Finance."""
    people, taught = People(site), a_school(site).training
    finance = people.organisation.add_org_unit(SYSTEM, "FIN", "Finance")
    place = Destination(org_unit_id=finance)
    people.add(SYSTEM, NewPerson(number="E-1", name="Asha", place=place))
    opened: Any = SimpleNamespace(site=site)
    papers = Papers(site, AssetStore(tmp_path / "assets", site.clock))

    def make(group: str) -> CommandLine:
        return CommandLine(
            group,
            _GROUPS[group].commands,
            people=people,
            training=taught,
            open_site=opened,
            papers=papers,
        )

    return make


def add_fork(line: Line) -> None:
    line("requirements").answer(
        "add", "fork", "Forklift licence", "--type", "external", "--valid", "36m", "--due",
        "joined+14d", "--grace", 7, "--evidence", "entered",
    )  # fmt: skip


def test_a_requirement_is_added_changed_and_shown(line: Line) -> None:
    add_fork(line)
    command = line("requirements")
    command.answer("add", "eye", "Eye test", "--type", "external")
    changed = command.answer(
        "change", "FORK", "--valid", "2027-12-31", "--from", "2027-01-01", "--after", "EYE",
        "--reason", "New rules",
    )  # fmt: skip
    assert changed["after"] == ["EYE"]
    assert [one["from"] for one in changed["all_terms"]] == ["2026-11-23", "2027-01-01"]
    assert changed["terms"]["validity"] == "months"
    law = command.answer("law", "FORK", "OSH Code 2020", "--clause", "s.6", "--from", "2025-11-21")
    assert law["laws"] == [
        {"act": "OSH Code 2020", "clause": "s.6", "from": "2025-11-21", "to": None}
    ]
    assert changed["terms"]["certificate"] is False  # its issuer gives one
    assert command.answer("change", "FORK", "--certificate")["terms"]["certificate"] is True
    assert command.answer("change", "FORK", "--no-certificate")["terms"]["certificate"] is False
    for option, is_asked in (("--registered-trainer", True), ("--any-trainer", False)):
        assert command.answer("change", "FORK", option)["terms"]["trainer_registered"] is is_asked
    taught = command.answer(
        "add", "ind", "Induction", "--type", "session", "--valid", "for-good", "--no-certificate"
    )
    assert taught["terms"]["certificate"] is False
    assert command.answer("add", "talk", "Talk", "--type", "session")["terms"]["certificate"]
    assert command.answer("retire", "FORK")["retired_on"] == "2026-11-23"
    assert command.answer("bring-back", "FORK")["retired_on"] is None
    assert [one["code"] for one in command.answer("list")["requirements"]] == [
        "EYE",
        "FORK",
        "IND",
        "TALK",
    ]
    with pytest.raises(TrainingRefused):
        command.answer("change", "FORK", "--due", "joined+soon")
    with pytest.raises(NotFound):
        command.answer("show", "NONE")


def test_a_rule_is_tried_switched_on_and_explains_itself(line: Line) -> None:
    add_fork(line)
    command = line("rules")
    added = command.answer(
        "add", "fin", "All in Finance drive", "--requirement", "FORK", "--where", "unit=FIN",
    )  # fmt: skip
    assert (added["on"], added["in_words"]) == (False, "Department, with all below it: FIN")
    tried = command.answer("try", "FIN")
    assert (tried["would_assign"], tried["people"][0]["number"]) == (1, "E-1")
    assert command.answer("run", "--dry-run")["rules"]["FIN"] == tried
    assert command.told("try", "FIN").splitlines() == [
        "+\tE-1\tAsha\tFinance\t\t2026-12-07",
        "Whom it means: Department, with all below it: FIN.",
        "1 person would get it.",
    ]
    assert command.answer("on", "FIN")["assigned"] == 1
    assert command.answer("run")["assigned"] == 0
    assert command.answer("off", "FIN", "--reason", "Enough")["on"] is False

    why = line("assignments").answer("why", "E-1", "FORK")
    assert (why["origin"], why["rule"], why["source"]) == ("All in Finance drive",) * 2 + ("rule",)
    with pytest.raises(TrainingRefused):
        command.answer("add", "X", "X", "--requirement", "FORK", "--where", "shoe=9")
    with pytest.raises(TrainingRefused):
        command.answer("add", "X", "X", "--requirement", "FORK", "--condition", "{")


def test_a_rule_that_names_what_is_not_here_is_switched_on_only_knowingly(line: Line) -> None:
    add_fork(line)
    command = line("rules")
    command.answer(
        "add", "BOTH", "Two departments", "--requirement", "FORK", "--where", "unit=FIN,HR"
    )
    tried = command.answer("try", "BOTH")
    assert (tried["unknown"], tried["reaches_nobody"]) == (["HR"], False)
    with pytest.raises(RuleNamesNothing, match="Department, with all below it: HR"):
        command.answer("on", "BOTH")
    assert command.answer("on", "BOTH", "--even-so")["assigned"] == 1

    command.answer("add", "GONE", "Nobody", "--requirement", "FORK", "--where", "role=CFO")
    assert "As it is, it can match nobody." in command.told("try", "GONE").splitlines()
    for act in ("on", "run"):
        with pytest.raises(RuleNamesNothing, match="it can match nobody"):
            command.answer(act, "GONE", "--even-so")


def test_who_came_back_after_long_leave_is_asked_anew_and_told_why(line: Line) -> None:
    add_fork(line)
    rule = line("rules")
    added = rule.answer(
        "add", "back", "Long leave", "--requirement", "FORK", "--away-days", 30, "--due-days", 5,
        "--from", "2026-11-01",
    )  # fmt: skip
    assert (added["away_days"], added["due_days"]) == (30, 5)
    away = ("away", "E-1", "--from", "2026-10-01", "--to", "2026-11-20", "--reason", "Leave")
    line("assignments").answer(*away)
    (told,) = rule.answer("try", "BACK")["people"]
    assert (told["away_from"], told["back"], told["due"]) == (
        "2026-10-01", "2026-11-20", "2026-11-25",
    )  # fmt: skip
    assert rule.told("try", "BACK").splitlines()[:3] == [
        "+\tE-1\tAsha\tFinance\t\t2026-11-25\taway from 1 Oct 2026, back on 20 Nov 2026",
        "Whom it means: everybody.",
        "When: on coming back after 30 days away or more.",
    ]
    assert rule.answer("on", "BACK")["assigned"] == 1
    why = line("assignments").answer("why", "E-1", "FORK")
    assert (why["source"], why["rule"]) == ("return", "Long leave")
    assert why["origin"] == "Long leave: back since 20 Nov 2026, after 50 days away"


def test_a_requirement_is_retired_once_the_number_is_said_that_ends(line: Line, site: Site) -> None:
    add_fork(line)
    a_school(site).training.assign(
        SYSTEM, "FORK", Audience(numbers=("E-1",)), due_on=None, origin="Drives"
    )
    command = line("requirements")
    assert command.told("retire", "FORK", "--dry-run").strip() == "1 open assignment ends."
    with pytest.raises(TrainingRefused, match=r"1 open assignment ends\..*--confirm 1"):
        command.told("retire", "FORK", "--confirm", 2)
    assert command.answer("show", "FORK")["retired_on"] is None
    told = command.answer("retire", "FORK", "--confirm", 1)
    assert (told["retired_on"], told["ended"], told["open"]) == ("2026-11-23", 1, 0)


def test_who_was_moved_is_asked_by_command_and_told_why(line: Line, site: Site) -> None:
    add_fork(line)
    rule = line("rules")
    added = rule.answer(
        "add", "moved", "New here", "--requirement", "FORK", "--moved", "unit", "--after-days", 0,
        "--from", "2026-11-01",
    )  # fmt: skip
    assert (added["moved"], added["after_days"]) == ("unit", 0)
    people = People(site)
    paint = people.organisation.add_org_unit(SYSTEM, "PAINT", "Paint shop")
    asha = people.find(SYSTEM, "E-1")
    with site.transaction(SYSTEM, "person.move") as unit:
        (place,) = unit.scalars(sa.select(PlacementRow).where(PlacementRow.person_id == asha.id))
        place.from_on = date(2026, 10, 1)
    people.move(SYSTEM, asha.id, Destination(org_unit_id=paint))
    (told,) = rule.answer("try", "MOVED")["people"]
    assert (told["moved"], told["moved_from"]) == ("2026-11-23", "Finance")
    assert rule.told("try", "MOVED").splitlines()[2] == "When: on a change of department."
    assert rule.answer("on", "MOVED")["assigned"] == 1
    why = line("assignments").answer("why", "E-1", "FORK")
    assert (why["source"], why["rule"]) == ("move", "New here")
    assert why["origin"] == "New here: in another department since 23 Nov 2026"


def test_a_rule_for_everybody_wants_the_number(line: Line, site: Site) -> None:
    add_fork(line)
    for number in range(2, 30):
        People(site).add(SYSTEM, NewPerson(number=f"E-{number}", name="Somebody"))
    command = line("rules")
    everybody = ("--condition", '{"all": []}')
    command.answer("add", "all", "Everybody", "--requirement", "FORK", *everybody)
    with pytest.raises(RuleReachesMany):
        command.answer("on", "ALL")
    assert command.answer("on", "ALL", "--confirm", 29)["assigned"] == 29


def test_assignments_are_waived_proved_and_listed(line: Line) -> None:
    add_fork(line)
    rule = line("rules")
    rule.answer("add", "fin", "Drives", "--requirement", "FORK", "--where", "unit=FIN")
    rule.answer("on", "FIN")
    command = line("assignments")
    assert command.answer("list")["total"] == 1
    assert command.answer("list", "--state", "waived")["total"] == 0
    assert command.answer("waive", "E-1", "FORK", "--reason", "Office")["state"] == "waived"
    assert command.answer("end-waiver", "E-1", "FORK", "--reason", "Back")["state"] == "assigned"
    away = ("away", "E-1", "--from", "2026-11-20", "--reason", "Leave", "--sure")
    assert command.answer(*away)["absence"]
    assert command.answer("list", "--state", "paused")["total"] == 1
    assert command.answer("back", "E-1")["moved"] == 0  # it was assigned today
    wrong = ("take-back", "E-1", "--from", "2026-11-20", "--reason", "Not her")
    assert command.answer(*wrong)["moved"] == 0
    assert [one["taken_back"] for one in command.answer("absences", "E-1")["absences"]] == [True]
    proof = ("evidence", "E-1", "FORK", "--issuer", "RTO", "--obtained", "2026-11-20")
    told = command.answer(*proof)
    assert (told["waits"], told["same_number"]) == (False, [])
    done = command.answer("why", "E-1", "FORK")
    assert (done["state"], done["valid_until"]) == ("completed", "2029-11-20")
    ordered = command.answer("retrain", "fork", "e-1", "--reason", "Hit a rack")
    assert ordered == {"ordered": 1, "let_off": []}
    again = command.answer("ask-again", "E-1", "FORK", "--reason", "Forged")
    moved = command.answer("due", "E-1", "FORK", "--on", "2026-11-30", "--reason", "Audit")
    assert moved["due"] == "2026-11-30"
    assert (again["cycle"], again["state"]) == (3, "assigned")
    assert command.answer("cancel", "E-1", "FORK", "--reason", "Left the job")["state"] == (
        "cancelled"
    )
    assert command.answer("begin-day")["opened"] == 0
    assert command.answer("waiting")["evidence"] == []


def test_where_somebody_stands_is_told_now_and_on_a_day_gone_by(line: Line, site: Site) -> None:
    add_fork(line)
    rule = line("rules")
    rule.answer("add", "fin", "Drives", "--requirement", "FORK", "--where", "unit=FIN")
    rule.answer("on", "FIN")
    command = line("training")
    assert command.answer("status")["total"] == 1
    (now,) = command.answer("status", "--person", "E-1")["assignments"]
    assert (now["requirement"], now["state"]) == ("FORK", "assigned")
    before = (site.clock.now() - timedelta(days=1)).date().isoformat()
    assert command.answer("status", "--person", "E-1", "--as-of", before)["assignments"] == []
    assert command.answer("status", "--as-of", before)["total"] == 0
    today = site.clock.now().date().isoformat()
    assert command.answer("status", "--as-of", today)["total"] == 1
    assert command.answer("status", "--as-of", today, "--known-at", before)["total"] == 0
    known = ("status", "--person", "E-1", "--known-at", before)
    assert command.answer(*known)["assignments"] == []
    ahead = (site.clock.now() + timedelta(days=200)).date().isoformat()
    for asked in (("status",), ("status", "--person", "E-1")):
        (told,) = command.answer(*asked, "--as-of", ahead)["told_as_of_now"]
        assert "has not come yet" in told
    assert command.answer("status", "--as-of", today)["told_as_of_now"] == []
