"""`sync` and `site join`, as an administrator scripts two data folders on one machine."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.command_line import run_command

PASSWORD = "Monsoon-Lathe-27"
Call = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Run a command on a data folder; return its exit code, its JSON and what it said on stderr."""
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    monkeypatch.setenv("DAKSHA_PASSPHRASE", "four words that differ")

    def run(folder: str, *arguments: object) -> tuple[int, dict[str, Any], str]:
        place = ["--data", str(tmp_path / folder), "--as", "boss", "--json"]
        code = run_command([*place, *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out.strip() else {}, err

    return run


@pytest.fixture
def founded(call: Call) -> Call:
    """The commands, with a site in the folder `first`."""
    code, _answer, err = call("first", "site", "init", "--name", "Pune plant", "--admin", "boss")
    assert code == 0, err
    return call


def paired(call: Call, tmp_path: Path, folder: str) -> Path:
    """Let a folder ask and the site answer; return where the answer is."""
    _code, asked, _err = call(folder, "sync", "identity", "--out", tmp_path / f"{folder}.request")
    code, answer, err = call(
        "first", "sync", "pair", tmp_path / f"{folder}.request", "--confirm", asked["words"]
    )
    assert code == 0, err
    return Path(answer["answer"])


def test_a_pc_asks_is_answered_and_joins(founded: Call, tmp_path: Path) -> None:
    request = tmp_path / "second.daksha-request"
    code, asked, _err = founded("second", "sync", "identity", "--out", request)
    assert (code, asked["site"], len(asked["words"].split())) == (0, None, 8)
    assert not (tmp_path / "second").exists()

    code, answer, _err = founded("first", "sync", "pair", request, "--confirm", asked["words"])
    assert code == 0
    assert answer["answer"] == str(tmp_path / "second.daksha-answer")

    code, joined, _err = founded(
        "second", "site", "join", answer["answer"], "--confirm", answer["words"]
    )
    assert (code, joined["site"], joined["waiting"]) == (0, answer["site"], True)
    assert joined["station"] == answer["key"]
    code, told, _err = founded("second", "site", "info")
    assert (code, told["name"], told["waiting"]) == (0, "Pune plant", True)
    assert founded("first", "site", "info")[1]["waiting"] is False


def test_the_words_of_a_request_stay_the_same(founded: Call, tmp_path: Path) -> None:
    words = {
        founded(folder, "sync", "identity", "--out", tmp_path / "r")[1]["words"]
        for folder in ("second", "second", "third")
    }

    assert len(words) == 2


def test_who_wrote_the_identity_of_a_site_stands_in_the_register(
    founded: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site.daksha-identity"
    nobody = ["--data", str(tmp_path / "first"), "sync", "identity", "--out", str(out)]
    assert run_command(nobody) == 3
    assert not out.exists()
    capsys.readouterr()

    assert founded("first", "sync", "identity", "--out", out)[0] == 0

    (left,) = founded("first", "journal", "files")[1]["files"]
    assert left["who"] == "boss"


def test_a_joined_pc_says_that_nobody_can_sign_in_yet(founded: Call, tmp_path: Path) -> None:
    founded("second", "site", "join", paired(founded, tmp_path, "second"))
    code, _answer, err = founded("second", "journal", "verify")

    assert code == 3
    assert "waits for its first sync file" in err


def test_a_joined_pc_gives_out_the_trust_file_of_its_site(founded: Call, tmp_path: Path) -> None:
    founded("second", "site", "join", paired(founded, tmp_path, "second"))
    files = []
    for folder in ("first", "second"):
        files.append(tmp_path / f"{folder}.json")
        assert founded(folder, "site", "trust", "--out", files[-1])[0] == 0

    assert files[0].read_text("utf-8") == files[1].read_text("utf-8")


def test_words_must_be_given_and_be_right(founded: Call, tmp_path: Path) -> None:
    request = tmp_path / "r"
    founded("second", "sync", "identity", "--out", request)
    code, _answer, err = founded("first", "sync", "pair", request)
    assert (code, "--confirm" in err) == (2, True)
    code, _answer, err = founded("first", "sync", "pair", request, "--confirm", "eight others")
    assert (code, "not the eight words" in err) == (2, True)

    assert list(tmp_path.glob("*answer")) == []


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"\x95" * 5000])
def test_what_is_no_such_file_is_one_line_and_changes_nothing(
    founded: Call, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    for folder, command in (("first", ("sync", "pair")), ("second", ("site", "join"))):
        code, answer, err = founded(folder, *command, file)
        assert (code, answer, err.count("\n")) == (2, {}, 1)
        assert "Nothing was changed." in err

    assert not (tmp_path / "second").exists()


def test_an_answer_is_used_once_and_by_one(founded: Call, tmp_path: Path) -> None:
    answer = paired(founded, tmp_path, "second")
    assert founded("second", "site", "join", answer)[0] == 0
    for folder in ("second", "third"):
        code, _answer, err = founded(folder, "site", "join", answer)
        assert (code, "already" in err) == (2, True)


def test_a_password_that_could_be_guessed_joins_nothing(
    founded: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = paired(founded, tmp_path, "second")
    monkeypatch.setenv("DAKSHA_PASSWORD", "password")
    code, _answer, err = founded("second", "site", "join", answer)

    assert code == 2, err
    assert not (tmp_path / "second").exists()


def test_many_pcs_join_by_a_site_file(
    founded: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pune.daksha-site"
    code, made, _err = founded("first", "site", "file", "--out", file, "--days", 3, "--pcs", 2)
    assert (code, made["pcs"]) == (0, 2)
    stations = {founded(name, "site", "join", file)[1]["station"] for name in ("a", "b")}
    assert len(stations) == 2

    monkeypatch.setenv("DAKSHA_PASSPHRASE", "four words that do not")
    code, _answer, err = founded("c", "site", "join", file)
    assert (code, "passphrase does not open" in err) == (3, True)
    monkeypatch.delenv("DAKSHA_PASSPHRASE")
    assert founded("c", "site", "join", file)[0] == 2


def test_a_pc_that_joined_by_a_site_file_is_told_how_it_makes_itself_known(
    founded: Call, tmp_path: Path
) -> None:
    founded("first", "site", "file", "--out", tmp_path / "pune.daksha-site")
    joined = founded("new", "site", "join", tmp_path / "pune.daksha-site", "--pc-name", "TR-1")[1]
    way = "sync export --to pcs --out STICK"
    assert joined["makes_itself_known_by"] == way
    info = founded("new", "site", "info")[1]
    assert (info["makes_itself_known_by"], len(info["peers"])) == (way, 1)

    for command in (("sync", "status"), ("sync", "keys")):
        code, _answer, err = founded("new", *command)
        assert (code, way in err) == (3, True)
    code, _answer, err = founded("new", "sync", "export", "--to", "Pune plant", "--out", tmp_path)
    assert (code, info["peers"][0] in err) == (2, True)
    code, _answer, err = founded("first", "sync", "export", "--to", "TR-1", "--out", tmp_path)
    assert (code, "once a file of its own was taken in" in err) == (2, True)

    (stick := tmp_path / "stick").mkdir()
    assert founded("new", "sync", "export", "--to", "pcs", "--out", stick)[0] == 0
    assert founded("first", "sync", "import", stick)[0] == 0
    assert founded("first", "sync", "export", "--to", "TR-1", "--out", stick)[0] == 0
    assert founded("new", "sync", "import", stick)[0] == 0
    assert founded("new", "site", "info")[1]["makes_itself_known_by"] is None


def test_pcs_are_named_and_two_of_one_name_are_told_apart(call: Call, tmp_path: Path) -> None:
    found = ("site", "init", "--name", "Pune plant", "--admin", "boss")
    assert call("first", *found, "--pc-name", "vm")[0] == 0
    request, words = tmp_path / "second.request", []
    for name in ("second", "third"):
        wish = ("sync", "identity", "--out", request, "--pc-name", "VM")
        asked = call(name, *wish)[1]
        assert asked["label"] == "VM"
        answer = call("first", "sync", "pair", request, "--confirm", asked["words"])[1]["answer"]
        code, _told, err = call(name, "site", "join", answer, "--pc-name", "Other")
        assert (code, "as its request said" in err) == (2, True)
        assert call(name, "site", "join", answer)[0] == 0
        words.append(asked["words"])
    stick = tmp_path / "stick"
    stick.mkdir()
    code, _told, err = call("first", "sync", "export", "--to", "vm", "--out", stick)
    first_of = " ".join(words[0].split()[:2])
    assert (code, f"VM ({first_of})" in err) == (2, True), err
    peers = call("first", "sync", "status")[1]["peers"]
    assert {peer["words"] for peer in peers} == set(words)
    assert call("first", "sync", "export", "--to", first_of, "--out", stick)[0] == 0

    code, told, err = call(
        "first", "sync", "name", first_of, "Press shop", "--reason", "stands there"
    )
    assert (code, told["before"], told["name"]) == (0, "VM", "Press shop"), err
    assert call("first", "sync", "export", "--to", "press shop", "--out", stick)[0] == 0
    assert call("second", "sync", "import", stick)[0] == 0
    code, _told, err = call("second", "sync", "name", "press shop", "Mine")
    assert (code, "does not hold the key" in err) == (3, True), err


def test_keys_are_listed_revoked_and_rotated(founded: Call, tmp_path: Path) -> None:
    paired(founded, tmp_path, "second")
    code, listed, _err = founded("first", "sync", "keys")
    assert code == 0
    other = next(one for one in listed["keys"] if one["kind"] == "station" and not one["this_pc"])
    assert (other["state"], other["own_site"]) == ("in use", True)

    code, _answer, _err = founded("first", "sync", "revoke", other["key"][:16], "--reason", "lost")
    assert code == 0
    assert founded("first", "sync", "rotate")[0] == 0
    states = {one["key"]: one["state"] for one in founded("first", "sync", "keys")[1]["keys"]}
    assert states[other["key"]] == "revoked"
    assert sorted(states.values()).count("replaced") == 1
    assert founded("first", "journal", "verify")[1]["ok"]
    assert founded("first", "sync", "rotate", "--site")[0] == 0
    assert founded("first", "doctor")[1]["ok"]


def test_two_sites_are_paired_by_what_they_say_of_themselves(founded: Call, tmp_path: Path) -> None:
    founded("other", "site", "init", "--name", "Nashik plant", "--admin", "boss")
    for folder, with_one in (("first", "other"), ("other", "first")):
        file = tmp_path / f"{with_one}.id"
        code, told, _err = founded(with_one, "sync", "identity", "--out", file)
        assert code == 0
        assert told["site"] == founded(with_one, "site", "info")[1]["site"]
        code, answer, err = founded(folder, "sync", "pair", file, "--confirm", told["words"])
        assert (code, answer["site"]) == (0, told["site"]), err
    # and one belongs to the other's organisation, when it takes the answer
    code, taken, err = founded(
        "other", "sync", "pair", tmp_path / "other.daksha-answer", "--confirm",
        founded("first", "sync", "identity", "--out", tmp_path / "x")[1]["words"],
    )  # fmt: skip
    assert (code, taken["answer"]) == (0, None), err
    assert founded("other", "journal", "verify")[1]["ok"]


def test_a_course_goes_on_a_stick_with_its_files(founded: Call, tmp_path: Path) -> None:
    answer = paired(founded, tmp_path, "second")
    code, _joined, err = founded("second", "site", "join", answer)
    assert code == 0, err
    folder = tmp_path / "Fire safety"
    folder.mkdir()
    (folder / "1 Read.html").write_text("<p>Leave by the stairs.</p>")
    code, _course, err = founded("first", "course", "import", folder)
    assert code == 0, err
    other = founded("first", "sync", "status")[1]["peers"][0]["key"]
    (stick := tmp_path / "stick").mkdir()

    code, plan, err = founded("first", "sync", "plan", "--to", other)
    assert (code, len(plan["courses"]), plan["sticks"]) == (0, 1, 1), err
    code, _none, err = founded(
        "first", "sync", "export", "--to", other, "--out", stick, "--courses", "no-such"
    )
    assert (code, "no-such" in err) == (2, True)
    wanted = plan["courses"][0]["code"]
    code, exported, err = founded(
        "first", "sync", "export", "--to", other, "--out", stick, "--courses", wanted
    )
    assert (code, exported["files"], exported["files_left"]) == (0, plan["courses"][0]["files"], 0)
    assert [Path(path).suffix for path in exported["volumes"]] == [".dksv"]


def taken_over(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Lose the first PC; restore its backup on other hardware, in the folder `new`."""
    backup = tmp_path / "last.dkbk"
    assert call("first", "backup", "create", backup)[0] == 0
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys of other hardware"))
    assert run_command(["--data", str(tmp_path / "new"), "backup", "restore", str(backup)]) == 0
    return "new"


def test_headquarters_name_a_new_key_for_a_plant_whose_own_is_lost(
    founded: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert founded("hq", "site", "init", "--name", "HQ", "--admin", "boss")[0] == 0
    request = tmp_path / "plant.daksha-request"
    words = founded("first", "sync", "identity", "--out", request)[1]["words"]
    answer = founded("hq", "sync", "pair", request, "--confirm", words)[1]
    taken = ("sync", "pair", answer["answer"], "--confirm", answer["words"])
    assert founded("first", *taken)[0] == 0
    keys_before = os.environ["DAKSHA_KEYS"]
    new = taken_over(founded, tmp_path, monkeypatch)
    capsys.readouterr()

    code, _told, err = founded(new, "sync", "lost-site-key", "--reason", "burnt")
    assert (code, "HQ can name a new key" in err) == (2, True)
    lost = tmp_path / "lost.daksha-request"
    code, asked, err = founded(new, "sync", "lost-site-key", "--out", lost)
    assert (code, asked["asked"]) == (0, True), err
    monkeypatch.setenv("DAKSHA_KEYS", keys_before)
    pair = ("sync", "pair", lost, "--confirm", asked["words"])
    code, _told, err = founded("hq", *pair)
    assert (code, "reason" in err) == (2, True)
    code, answer, err = founded("hq", *pair, "--reason", "burnt")
    assert code == 0, err
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys of other hardware"))
    code, _told, err = founded(new, "sync", "pair", answer["answer"], "--confirm", answer["words"])
    assert code == 0, err
    states = {
        (one["kind"], one["state"])
        for one in founded(new, "sync", "keys")[1]["keys"]
        if one["own_site"]
    }
    assert {("site", "revoked"), ("site", "in use")} <= states


def test_a_site_without_headquarters_begins_a_new_key_for_a_reason(
    founded: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _told, err = founded("first", "sync", "lost-site-key", "--reason", "burnt")
    assert (code, "This PC holds the site's key" in err) == (2, True)
    new = taken_over(founded, tmp_path, monkeypatch)
    capsys.readouterr()
    code, _told, err = founded(new, "sync", "lost-site-key")
    assert (code, "reason" in err) == (2, True)
    code, told, err = founded(new, "sync", "lost-site-key", "--reason", "burnt")
    assert (code, len(told["words"].split())) == (0, 8), err
    assert founded(new, "sync", "lost-site-key", "--reason", "burnt")[0] == 2
