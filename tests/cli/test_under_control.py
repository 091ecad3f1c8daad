"""What a site keeps of itself from the command line: passwords, letters, requests, committees, changes."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap.assembly import assemble
from app.cli import committees, reports, reviews, signatures, site, training_requests
from app.core.base.actor import Actor
from app.core.reports import NothingInYear
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.in_touch import first_pc
from tests.support.signers import LIGHT, LOGIN, PASSWORD, found_administrator


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    pc = first_pc(tmp_path_factory.mktemp("pc"), TurnedClock())
    found_administrator(pc)
    opened = assemble(pc.opened, LIGHT)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def boss(services: Services) -> Actor:
    return services.sign_in.sign_in(LOGIN, PASSWORD).actor


def line(services: Services, boss: Actor, group: str) -> CommandLine:
    modules = {
        "site": site,
        "signatures": signatures,
        "requests": training_requests,
        "committees": committees,
        "report": reports,
        "reviews": reviews,
    }
    names = ("archives", "open_site", "egress", "sign_in", "signatures", "training")
    given = {name: getattr(services, name) for name in names}
    return CommandLine(group, modules[group].commands, **given).acting_as(boss, LOGIN)


def test_a_rule_about_passwords_is_said_and_told(services: Services, boss: Actor) -> None:
    typed = line(services, boss, "site")
    told = typed.told("passwords", "--days", 90, "--remember", 5, "--reason", "SOP IT-003")

    assert told == "After 90 days another is asked for. The last 5 do not come again.\n"
    assert typed.answer("passwords") == {"days": 90, "remembered": 5}


def test_a_letter_that_was_sent_is_noted(services: Services, boss: Actor) -> None:
    letter = ("--company", "Sahyadri Pharma", "--signatory", "Meera Joshi", "--how", "EM123")
    answer = line(services, boss, "signatures").answer("letter-sent", *letter, "--on", "2026-11-02")

    assert [(one["sent_on"], one["how"]) for one in answer["letters"]] == [("2026-11-02", "EM123")]


def test_training_is_asked_for_and_replied_to(services: Services, boss: Actor) -> None:
    typed = line(services, boss, "requests")
    asked = typed.answer("ask", "First aid")["request"]
    typed.told("reply", asked, "--on", "2026-12-04", "--words", "With the December batch.")

    (found,) = typed.answer("list")["requests"]
    assert (found["words"], found["reply"]["on"]) == ("First aid", "2026-12-04")
    assert "2026-12-04" in typed.told("list")


def test_a_committee_has_members_and_a_notice(
    services: Services, boss: Actor, tmp_path: Path
) -> None:
    typed = line(services, boss, "committees")
    committee = typed.answer("add", "Internal Committee")["committee"]
    typed.told("seat", committee, "--role", "presiding", "--number", "E-1", "--contact", "ext. 1")
    typed.told("notice", committee, "--out", tmp_path / "notice.pdf")
    (found,) = typed.answer("list")["committees"]
    assert (found["trouble"], found["seats"][0]["name"]) == ("", "Meera Joshi")
    typed.told("terms", committee, "--least", 3, "--reason", "Order of the site")
    (found,) = typed.answer("list")["committees"]
    assert (found["kind"], found["trouble"]) == ("internal", "short")
    assert found["strength"] == [{"shift": "", "have": 1, "need": 3, "short": True}]
    assert "short, In all: 1 of 3" in typed.told("list")

    typed.told("end", found["seats"][0]["id"], "--reason", "Moved")
    (found,) = typed.answer("list")["committees"]
    assert found["trouble"] == "presiding"
    assert found["notices"][0]["superseded"]


def test_the_history_of_changes_is_written(services: Services, boss: Actor, tmp_path: Path) -> None:
    line(services, boss, "reviews").told("changes", "--out", tmp_path / "changes.pdf")

    assert (tmp_path / "changes.pdf").read_bytes().startswith(b"%PDF")


def test_a11_16_a_year_is_archived_and_the_last_one_that_is_over_without_being_named(
    services: Services, boss: Actor, tmp_path: Path
) -> None:
    """A11-16: the file names how much is in it; a year of which nothing is on record is refused."""
    typed, out = line(services, boss, "report"), tmp_path / "2026.zip"
    told = typed.answer("archive", "--year", 2026, "--out", out)

    assert told["file"] == str(out)
    assert told["entries"] > 0
    assert zipfile.is_zipfile(out)
    with pytest.raises(NothingInYear):
        typed.told("archive", "--out", tmp_path / "2025.zip")
