"""Approvals by command: asked for, submitted, compared, approved by somebody else with a signature."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest

from app.bootstrap.assembly import open_services
from app.bootstrap.command_line import run_command
from app.core.base.actor import system_actor
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.courses import Courses
from tests.cli.test_sync import PASSWORD, Call, call, founded

__all__ = ["call", "founded"]  # the fixtures
AUTHOR = system_actor("Asha")
T = TypeVar("T")


class Site:
    """A site with boss, who founded it and approves, and an author at the same PC."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self._capsys = folder, capsys

    def author(self, act: Callable[[Courses], T]) -> T:
        """Let the author do something with the courses."""
        services = open_services(self._folder, PASSWORD)
        try:
            return act(services.courses)
        finally:
            services.close()

    def run(self, who: str, *arguments: object, as_json: bool = True) -> tuple[int, Any, str]:
        """Run a command as somebody; return its exit code, what it told, and what went wrong."""
        flags = ["--json"] if as_json else []
        place = ["--data", str(self._folder), "--as", who, *flags]
        code = run_command([*place, *map(str, arguments)])
        out, err = self._capsys.readouterr()
        return code, json.loads(out) if as_json and out.strip() else out, err


@pytest.fixture
def site(
    founded: Call,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Site:
    made = Site(tmp_path / "first", capsys)
    assert founded("first", "signatures", "accept", "--agree")[0] == 0
    return made


@pytest.fixture
def course(site: Site, tmp_path: Path) -> str:
    """The code of a course that somebody else wrote."""
    folder = tmp_path / "Lockout"
    folder.mkdir()
    (folder / "1-rules.md").write_text("# Rules\n\nLock before you reach in.", encoding="utf-8")
    site.author(lambda courses: courses.import_folder(AUTHOR, folder, NoProgress()))
    return "LOCKOUT"


def test_p11_14_the_whole_way_by_command_ends_with_a_signature_that_is_shown(
    site: Site, course: str
) -> None:
    assert site.run("boss", "approvals", "rules")[1]["rules"][0] == {
        "kind": "course_version",
        "asked": False,
        "approvers": 1,
        "proposal": None,
    }
    code, told, err = site.run(
        "boss", "approvals", "ask", "course_version", "--reason", "QA wants it"
    )
    assert (code, told["asked"]) == (0, True), err
    code, _told, err = site.run("boss", "course", "publish", course)
    assert code == 2
    assert "asks for an approval" in err

    sent = site.author(lambda courses: courses.approving.submit(AUTHOR, id_of(courses), "first"))
    (waiting,) = site.run("boss", "approvals", "list")[1]["waiting"]
    assert (waiting["kind"], waiting["note"], waiting["own"]) == ("course_version", "first", False)
    shown = site.run("boss", "course", "review", course)[1]
    assert shown["comparison"]["parts"][0]["fate"] == "added"

    code, done, err = site.run("boss", "course", "approve", course, "--remark", "read by QA")
    assert (code, done["state"]) == (0, "effective"), err
    (signature,) = done["steps"][-1]["signatures"]
    assert signature["meaning"] == "approved"
    assert site.run("boss", "signatures", "verify")[1]["ok"]
    (version,) = site.run("boss", "course", "show", course)[1]["versions"]
    assert (version["approval"], version["sha256"]) == ("effective", sent.sha256)
    text = site.run("boss", "approvals", "show", waiting["id"], as_json=False)[1]
    assert "Signed:" in text


def id_of(courses: Courses) -> UUID:
    """Return the one course of the site."""
    (row,) = courses.list(AUTHOR, PageRequest()).rows
    return row.id


def propose(site: Site, reason: str) -> None:
    """Let the author propose to retire the course."""
    site.author(
        lambda courses: courses.approving.propose_retirement(AUTHOR, id_of(courses), reason)
    )


def test_nobody_approves_their_own_by_command(site: Site, course: str) -> None:
    site.run("boss", "approvals", "ask", "course_version", "--reason", "QA wants it")
    site.run("boss", "course", "submit", course)

    code, _told, err = site.run("boss", "course", "approve", course)

    assert code == 3
    assert "cannot approve it" in err
    assert site.run("boss", "course", "withdraw", course, "--reason", "mistake")[0] == 0
    assert site.run("boss", "course", "show", course)[1]["state"] == "draft"


def test_a_rejection_and_a_retirement_by_command(site: Site, course: str) -> None:
    site.author(lambda courses: courses.publish(AUTHOR, id_of(courses)))
    site.run("boss", "approvals", "ask", "course_version", "--reason", "QA wants it")
    propose(site, "the line is gone")

    code, told, err = site.run("boss", "course", "reject", course, "--reason", "it is not")
    assert (code, told["state"]) == (0, "draft"), err
    code, told, err = site.run("boss", "course", "retire", course, "--reason", "mine")
    assert (code, told["state"]) == (0, "proposed"), err
    assert site.run("boss", "course", "withdraw", course, "--reason", "not mine")[0] == 0
    propose(site, "now it is")
    code, told, err = site.run("boss", "course", "approve", course)
    assert (code, told["state"]) == (0, "effective"), err
    assert site.run("boss", "course", "show", course)[1]["state"] == "retired"
    code, _told, err = site.run("boss", "course", "bring-back", course)
    assert (code, "A reason is needed" in err) == (2, True)
    code, told, err = site.run("boss", "course", "bring-back", course, "--reason", "it is back")
    assert (code, told["state"]) == (0, "published"), err
    assert site.run("boss", "course", "show", course)[1]["state"] == "published"


def test_versions_are_compared_by_command(site: Site, course: str) -> None:
    site.author(lambda courses: courses.publish(AUTHOR, id_of(courses)))

    code, told, err = site.run("boss", "course", "compare", course)

    assert (code, told["same"]) == (0, True), err
    code, text, _err = site.run("boss", "course", "show", course, as_json=False)
    assert "published without approval" in text
    assert site.run("boss", "course", "compare", course, "--before", "7")[0] == 2


def test_where_a_course_is_used_by_command(site: Site, course: str) -> None:
    assert site.run("boss", "course", "where-used", course)[1]["uses"] == []
    site.author(lambda courses: courses.publish(AUTHOR, id_of(courses)))

    (use,) = site.run("boss", "course", "where-used", course)[1]["uses"]

    assert (use["kind"], use["code"]) == ("requirement", course)
    lesson = site.run("boss", "course", "where-used", course, "--lesson", 1)[1]
    assert [one["kind"] for one in lesson["uses"]] == ["lesson"]
    assert site.run("boss", "course", "where-used", course, "--lesson", 9)[0] == 2


def test_a_bank_goes_the_same_way_by_command(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "lockout.gift"
    file.write_text("A tag locks a valve. {F}\n\nA lock has one key. {T}\n", encoding="utf-8")
    site.run("boss", "approvals", "ask", "question_bank", "--reason", "QA wants it")
    code, told, err = site.run("boss", "bank", "import", file)
    assert code == 0, err
    (bank,) = [one["id"] for one in site.run("boss", "bank", "list")[1]["banks"]]

    code, told, err = site.run("boss", "bank", "submit", bank, "--note", "first")
    assert code == 0, err
    shown = site.run("boss", "bank", "review", bank)[1]
    assert [one["fate"] for one in shown["comparison"]["parts"]] == ["added", "added"]
    assert site.run("boss", "bank", "approve", bank)[0] == 3
    code, told, err = site.run("boss", "bank", "reject", bank, "--reason", "one key each")
    assert (code, told["state"]) == (0, "draft"), err
    assert not site.run("boss", "bank", "compare", bank)[1]["same"]
    assert site.run("boss", "bank", "where-used", bank)[1]["uses"] == []


def test_by_command_too_it_takes_somebody_else_to_ask_for_less(site: Site, course: str) -> None:
    why = ("--reason", "One trainer is left")
    site.run("boss", "approvals", "ask", "course_version", *why)

    code, told, err = site.run("boss", "approvals", "ask", "course_version", "--no", *why)

    assert (code, told["asked"], bool(told["proposal"])) == (0, True, True), err
    assert site.run("boss", "approvals", "rules")[1]["rules"][0]["proposal"] == told["proposal"]
    (waiting,) = site.run("boss", "approvals", "list")[1]["waiting"]
    assert (waiting["kind"], waiting["own"]) == ("approval_easing", True)
    shown = site.run("boss", "approvals", "show", told["proposal"], as_json=False)[1]
    assert "no approval to be asked for" in shown
    assert "One trainer is left" in shown
    code, _told, err = site.run("boss", "approvals", "approve", told["proposal"])
    assert code == 3
    assert "cannot approve it" in err
    assert site.run("boss", "course", "publish", course)[0] == 2
    code, told, err = site.run("boss", "approvals", "withdraw", told["proposal"], *why)
    assert (code, told["state"]) == (0, "draft"), err
