"""`training plan` and `training effectiveness`, on a site in a folder."""

from pathlib import Path
from typing import Any

from tests.cli.test_sync import Call, call, founded

__all__ = ["call", "founded"]  # the fixtures


def test_sm_01_a_plan_is_written_signed_and_compared_and_what_is_checked_is_said(
    founded: Call, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("number,name\nE-1,Asha\n")
    for arguments in (
        ("people", "import", people),
        ("requirements", "add", "FORK", "Forklift", "--type", "external", "--evidence", "entered"),
        ("assign", "--to", "person:E-1", "--requirement", "FORK", "--due", "2099-12-20"),
        ("signatures", "accept", "--agree"),
    ):
        code, _told, err = founded("first", *arguments)
        assert code == 0, err

    def told(*arguments: object) -> dict[str, Any]:
        code, answer, err = founded("first", "training", *arguments)
        assert code == 0, err
        return answer

    assert told("plan", "propose", 2099)["proposed"] == [
        {"month": "2099-12", "code": "FORK", "people": 1}
    ]
    told("plan", "propose", 2099, "--write")
    told("plan", "put", "2099-03-05", "fork", 4, "--note", "Yard")
    told("plan", "sign", 2099)
    code, _answer, err = founded("first", "training", "plan", "put", "2099-03-01", "FORK", 5)
    assert (code, "A reason is needed" in err) == (2, True)
    assert told("plan", "remove", "2099-03-01", "FORK", "--reason", "No forklift")["removed"]
    shown = told("plan", "show", 2099)
    (line,) = shown["lines"]
    assert (line["month"], line["planned"], line["state"]) == ("2099-12", 1, "to_come")
    assert shown["signed"]["holds"] is False

    rule = ("effectiveness", "rule", "fork", "--days", 30, "--question", "Horn used?")
    told(*rule, "--reason", "SOP 7")
    (asked,) = told("effectiveness", "rules")["rules"]
    assert (asked["code"], asked["days"], asked["questions"]) == ("FORK", 30, ["Horn used?"])
    assert told("effectiveness", "due")["due"] == []
    code, _answer, err = founded("first", "training", "effectiveness", "check", "E-1", "FORK")
    assert code != 0
    report = tmp_path / "plan.csv"
    code, _answer, err = founded(
        "first", "report", "run", "training-plan", "--filter", "year=2099", "--format", "csv",
        "--out", report,
    )  # fmt: skip
    assert code == 0, err
    assert "FORK" in report.read_text("utf-8-sig")
