"""Old training by command: a dry run, what was rejected, a batch, and nobody who signs their own."""

from pathlib import Path

import pytest

from tests.cli.test_sync import Call, call, founded

__all__ = ["call", "founded"]  # the fixtures

LIST = "Emp No,Code,Date,Score\nE-1,FORK,2024-05-06,80\nE-9,FORK,2024-05-06,80\n"


@pytest.fixture
def plant(founded: Call, tmp_path: Path) -> Call:
    people = tmp_path / "people.csv"
    people.write_text("number,name\nE-1,Asha\n")
    assert founded("first", "people", "import", people)[0] == 0
    added = founded(
        "first", "requirements", "add", "FORK", "Forklift", "--type", "external", "--valid", "12m"
    )
    assert added[0] == 0, added
    (tmp_path / "old.csv").write_text(LIST)
    return founded


def test_a11_04_a_list_is_tried_brought_in_shown_and_taken_back(
    plant: Call, tmp_path: Path
) -> None:
    path, mend = tmp_path / "old.csv", tmp_path / "mend.csv"
    code, tried, err = plant("first", "legacy", "import", path, "--dry-run", "--rejected", mend)
    assert (code, tried["brought_in"]) == (0, False), err
    assert (tried["read"], tried["taken"], tried["rejected"]) == (2, 1, 1)
    assert tried["errors"] == [
        {"sheet": "", "line": 3, "person": "E-9", "reason": "Nobody has the number E-9."}
    ]
    assert "E-9" in mend.read_text("utf-8-sig")
    scan = tmp_path / "E-1 FORK.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")

    code, made, err = plant(
        "first", "legacy", "import", path, "--scan", scan, "--title", "Register"
    )

    assert (code, made["brought_in"], made["scans_matched"]) == (0, True, 1), err
    (batch,) = plant("first", "legacy", "list")[1]["batches"]
    assert (batch["title"], batch["state"], batch["scans"]) == ("Register", "waiting", 1)
    shown = plant("first", "legacy", "show", batch["id"])[1]
    assert [(one["person"], one["score"]) for one in shown["rows"]] == [("E-1", "80")]
    assert shown["rejected"][0]["line"] == 3
    assert batch["rows_sha256"] in shown["text"]
    plant("first", "signatures", "accept", "--agree")
    code, _told, err = plant("first", "legacy", "sign", batch["id"])
    assert code == 2
    assert "does not sign it" in err
    assert plant("first", "legacy", "take-back", batch["id"], "--reason", "Wrong list")[0] == 0
    assert plant("first", "legacy", "list")[1]["batches"][0]["state"] == "taken_back"


def test_columns_are_told_by_command(plant: Call, tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("Worker,What,When\nE-1,FORK,03/04/2024\n")
    assert plant("first", "legacy", "import", path)[0] == 2
    columns = ["Worker=number", "What=requirement", "When=trained_on"]
    told = [part for one in columns for part in ("--column", one)]

    code, tried, err = plant("first", "legacy", "import", path, "--dry-run", *told)
    assert (code, tried["open_day"]) == (0, "03/04/2024"), err
    code, made, err = plant("first", "legacy", "import", path, *told, "--days", "dmy")
    assert (code, made["taken"]) == (0, 1), err


def test_what_cannot_be_read_is_told_in_a_sentence(plant: Call, tmp_path: Path) -> None:
    code, _told, err = plant("first", "legacy", "import", tmp_path / "nowhere.csv")
    assert code == 2
    assert "cannot be read" in err
