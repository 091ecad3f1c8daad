"""Records go from folder to folder by command: the first file, there and back, status, inspection."""

import hashlib
import json
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from app.bootstrap.assembly import open_services
from app.bootstrap.command_line import run_command
from tests.cli.test_sync import PASSWORD, Call, call, founded, paired
from tests.support.signers import SECOND, SECOND_PASSWORD, second_administrator

__all__ = ["call", "founded"]  # the fixtures


def joined(founded: Call, tmp_path: Path) -> str:
    """Let a second folder join; return the key that `first` knows it by."""
    answer = paired(founded, tmp_path, "second")
    code, _told, err = founded("second", "site", "join", answer)
    assert code == 0, err
    _code, status, _err = founded("first", "sync", "status")
    return str(status["peers"][0]["key"])


def test_a_joined_pc_gets_everything_by_its_first_file(founded: Call, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    key = joined(founded, tmp_path)
    founded("first", "people", "add", "E-1", "Asha Rao")

    code, written, err = founded("first", "sync", "export", "--to", key[:16], "--out", stick)
    assert code == 0, err
    code, came, err = founded("second", "sync", "import", stick)
    assert (code, came["files"], came["waiting"], came["troubles"]) == (0, 1, 0, []), err
    assert (came["conflicts"], came["forks"]) == (0, 0)

    code, people, err = founded("second", "people", "list")
    assert code == 0, err
    assert [one["number"] for one in people["people"]] == ["E-1"]
    (left,) = founded("second", "journal", "files", "--kind", "receipt")[1]["files"]
    assert Path(left["place"]).parent == stick
    inside = founded("second", "sync", "inspect", written["file"])[1]["content"]
    assert {"table": "person", "called": "Person", "new": 1, "changed": 0, "known": True} in inside[
        "tables"
    ]
    assert (inside["seals"] > 0, inside["newer"], inside["logs"][0]["first"]) == (True, False, 1)
    assert written["entries"] == came["applied"] + came["waiting"]
    assert founded("second", "journal", "verify")[1]["ok"] is True
    _code, told, _err = founded("second", "journal", "show")
    assert "journal.seal" in {one["action"] for one in told["entries"]}  # of the first's export


def test_there_and_back_and_again(founded: Call, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    key = joined(founded, tmp_path)
    founded("first", "sync", "export", "--to", key, "--out", stick)
    founded("second", "sync", "import", stick)
    founded("second", "people", "add", "E-2", "Ravi")
    _code, status, _err = founded("second", "sync", "status")

    code, _written, err = founded(
        "second", "sync", "export", "--to", status["peers"][0]["key"], "--out", stick
    )
    assert code == 0, err
    code, came, err = founded("first", "sync", "import", stick)
    assert code == 0, err
    assert (came["files"], came["receipts"], came["conflicts"], came["forks"]) == (1, 1, 0, 0)
    again = founded("first", "sync", "import", stick)[1]

    assert again["applied"] == 0
    assert [p["number"] for p in founded("first", "people", "list")[1]["people"]] == ["E-2"]
    code, status, _err = founded("first", "sync", "status")
    (peer,) = status["peers"]
    assert (code, peer["on_the_way"]) == (0, 0)
    assert (peer["state"], peer["alarm"], peer["days_silent"]) == ("lacks", "none", 0)
    assert founded("first", "sync", "twins")[1] == {"twins": [], "seen": False}
    assert founded("first", "sync", "claims", "--seen")[1] == {"claims": [], "seen": True}
    assert founded("first", "people", "list", "--site", "NOWHERE")[0] != 0


def test_a_file_is_looked_into_from_outside_and_inside(founded: Call, tmp_path: Path) -> None:
    key = joined(founded, tmp_path)
    out = tmp_path / "a.dksb"
    founded("first", "sync", "export", "--to", key, "--out", out)

    code, seen, err = founded("first", "sync", "inspect", out)

    assert code == 0, err
    assert (seen["content"], bool(seen["refusal"])) == (None, True)
    assert len(seen["sender_words"].split()) == 8


def test_the_outside_is_seen_by_anybody_and_where_there_is_no_site(
    founded: Call,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = joined(founded, tmp_path)
    out = tmp_path / "a.dksb"
    founded("first", "sync", "export", "--to", key, "--out", out)
    inside = founded("first", "sync", "inspect", out)[1]

    code = run_command(["--data", str(tmp_path / "nowhere"), "--json", "sync", "inspect", str(out)])

    seen = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (seen["content"], seen["refusal"]) == (None, "")
    assert seen["sender_words"] == inside["sender_words"]
    assert not (tmp_path / "nowhere").exists()

    stamp = ["sync", "inspect", str(out), "--stamp", "Gate 2, Anil"]
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DAKSHA_SCANNER", raising=False)
    assert run_command(["--data", str(tmp_path / "nowhere"), *stamp]) == 2
    assert "nothing was scanned" in capsys.readouterr().err
    assert run_command(["--data", str(tmp_path / "nowhere"), *stamp[:3], "--scan"]) == 2
    assert list(tmp_path.glob("*.dksi")) == []
    assert run_command(["--data", str(tmp_path / "nowhere"), *stamp, "--unscanned"]) == 0
    assert "Gate 2, Anil" in (told := capsys.readouterr().out)
    assert "Nobody scanned it" in told
    out.with_name("a.dksb.dksi").unlink()

    scanner = tmp_path / "scanner.py"
    scanner.write_text("import sys; print(sys.argv[1] + ': OK'); sys.exit(0)")
    monkeypatch.setenv("DAKSHA_SCANNER", shlex.join([sys.executable, str(scanner), "{file}"]))
    code = run_command(["--data", str(tmp_path / "nowhere"), "--json", *stamp])
    (said,) = json.loads(capsys.readouterr().out)["stamps"]
    assert (code, said["by"], said["scan"]["exit_code"]) == (0, "Gate 2, Anil", 0)
    assert said["scan"]["said"] == f"{out}: OK"
    came = founded("second", "sync", "import", out)[1]
    assert [one["by"] for one in came["stamps"]] == ["Gate 2, Anil"]


def test_two_people_write_a_sync_file_by_command(
    founded: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = joined(founded, tmp_path)
    out = tmp_path / "a.dksb"
    code, told, err = founded("first", "sync", "two-persons", "--on", "--reason", "The auditor")
    assert (code, told["terms"][0]["two_persons"]) == (0, True), err

    code, _told, err = founded("first", "sync", "export", "--to", key, "--out", out)
    assert (code, "second person signs" in err) == (3, True)
    monkeypatch.setenv("DAKSHA_SECOND_PASSWORD", PASSWORD)
    code, _told, err = founded(
        "first", "sync", "export", "--to", key, "--out", out, "--confirmed-by", "boss"
    )
    assert (code, "prepared a sync file does not confirm" in err) == (3, True)
    assert not out.exists()

    services = open_services(tmp_path / "first", PASSWORD)
    boss = services.sign_in.sign_in("boss", PASSWORD).actor
    site, signatures = services.open_site.site, services.signatures
    second_administrator(site, services.sign_in, signatures, boss)
    services.close()
    monkeypatch.setenv("DAKSHA_SECOND_PASSWORD", SECOND_PASSWORD)
    code, _told, err = founded(
        "first", "sync", "export", "--to", key, "--out", out, "--confirmed-by", SECOND
    )
    assert (code, "Prepared by boss" in err) == (0, True), err
    (sent,) = founded("first", "sync", "status")[1]["sent"]
    assert sent["confirmed_by"].startswith("Ravi Iyer (E-2) · Confirmed")


def test_what_is_no_sync_file_is_refused_in_one_sentence(founded: Call, tmp_path: Path) -> None:
    (tmp_path / "x.dksb").write_bytes(b"not ours")

    code, _answer, err = founded("first", "sync", "import", tmp_path / "x.dksb")

    assert code == 2
    assert len(err.strip().splitlines()) == 1


def test_nobody_of_that_name(founded: Call, tmp_path: Path) -> None:
    code, _answer, err = founded("first", "sync", "export", "--to", "Nagpur", "--out", tmp_path)

    assert code == 2
    assert "Nagpur" in err


def test_folders_keep_two_pcs_together(founded: Call, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    key = joined(founded, tmp_path)
    founded("first", "sync", "export", "--to", key, "--out", tmp_path / "a.dksb")
    founded("second", "sync", "import", tmp_path / "a.dksb")
    founded("second", "people", "add", "E-3", "Meera")

    code, _told, err = founded("second", "sync", "folder", shared)
    assert code == 2
    assert "cannot be reached" in err
    assert not shared.exists()

    code, told, err = founded("second", "sync", "folder", shared, "--make")
    assert (code, told["written"]) == (0, 1), err
    (laid,) = founded("second", "sync", "status")[1]["laid"]
    assert laid["sha256"] == hashlib.sha256(Path(laid["laid_in"]).read_bytes()).hexdigest()
    assert (laid["files"], laid["gone_at"]) == (1, None)
    assert founded("first", "sync", "folder", shared)[1]["files"] == 1
    assert [p["number"] for p in founded("first", "people", "list")[1]["people"]] == ["E-3"]


def site_file(founded: Call, tmp_path: Path) -> Path:
    """Let `first` write a file with which two PCs may join."""
    file = tmp_path / "pune.daksha-site"
    code, _made, err = founded("first", "site", "file", "--out", file, "--days", 3, "--pcs", 2)
    assert code == 0, err
    return file


def test_pcs_of_a_site_file_make_themselves_known_by_a_stick(founded: Call, tmp_path: Path) -> None:
    file = site_file(founded, tmp_path)
    founded("first", "people", "add", "E-1", "Asha Rao")
    for folder, is_let_in in {"a": True, "b": True, "c": False}.items():
        assert founded(folder, "site", "join", file)[0] == 0
        out = tmp_path / f"{folder}.dksb"
        code, written, err = founded(folder, "sync", "export", "--to", "pcs", "--out", out)
        # what it wrote, what its key says of itself, and its seal
        assert (code, written["entries"]) == (0, 3), err
        code, _came, err = founded("first", "sync", "import", out)
        assert (code == 0, "No key that this site trusts" in err) == (is_let_in, not is_let_in)

    stick = tmp_path / "stick"
    stick.mkdir()
    founded("first", "sync", "export", "--to", "pcs", "--out", stick)
    for folder in ("a", "b"):
        code, came, err = founded(folder, "sync", "import", stick)
        assert (code, came["troubles"]) == (0, []), err
        told = founded(folder, "people", "list")[1]["people"]
        assert [one["number"] for one in told] == ["E-1"]


def test_a_pc_of_a_site_file_gets_everything_through_the_shared_folder(
    founded: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    founded("first", "people", "add", "E-1", "Asha Rao")
    assert founded("a", "site", "join", site_file(founded, tmp_path))[0] == 0
    assert founded("first", "sync", "folder", shared, "--make")[0] == 0
    for folder in ("a", "first", "a"):
        code, _told, err = founded(folder, "sync", "folder", shared)
        assert code == 0, err

    assert founded("a", "site", "info")[1]["waiting"] is False
    told = founded("a", "people", "list")[1]["people"]
    assert [one["number"] for one in told] == ["E-1"]
    monkeypatch.setenv("DAKSHA_PASSWORD", "nobody-knows-this")
    assert founded("a", "sync", "folder", shared)[0] == 3  # who is there signs in from now on


def test_a_slip_goes_with_the_file_and_tells_whether_the_stick_is_right(
    founded: Call, tmp_path: Path
) -> None:
    stick, paper = tmp_path / "stick", tmp_path / "slip.pdf"
    stick.mkdir()
    key = joined(founded, tmp_path)
    code, written, err = founded(
        "first", "sync", "export", "--to", key, "--out", stick, "--slip", paper
    )
    assert code == 0, err
    founded("second", "sync", "import", stick)

    again = tmp_path / "again.pdf"
    code, slip, err = founded("first", "sync", "slip", written["file"], "--out", again)
    assert code == 0, err
    assert again.read_bytes() == paper.read_bytes()
    assert slip["files"] == [
        {
            "name": Path(written["file"]).name,
            "size": written["size"],
            "sha256": written["sha256"],
        }
    ]
    code, compared, err = founded("second", "sync", "compare", stick, "--picture", paper)
    assert (code, compared["verdict"]) == (0, "same"), err

    path = Path(written["file"])
    path.write_bytes(path.read_bytes()[:-1])
    code, compared, _err = founded("second", "sync", "compare", stick, "--code", slip["code"])
    assert (code, compared["verdict"]) == (2, "damaged")
    code, _told, err = founded("second", "sync", "compare", stick)
    assert code == 2
    assert "--code" in err


def test_only_courses_of_a_language_and_a_job_role_go_along(founded: Call, tmp_path: Path) -> None:
    for title, suffix in (("Fire", ".hi.html"), ("Lockout", ".html")):
        folder = tmp_path / title
        folder.mkdir()
        (folder / f"1 Read{suffix}").write_text(f"<h1>{title}</h1><p>Leave by the stairs.</p>")
        code, _told, err = founded("first", "course", "import", folder)
        assert code == 0, err
    key = joined(founded, tmp_path)
    out = tmp_path / "stick"
    out.mkdir()

    _code, plan, err = founded("first", "sync", "plan", "--to", key, "--language", "hi")
    assert [one["title"] for one in plan["courses"]] == ["Fire"], err
    assert "hi" in plan["courses"][0]["languages"]
    arguments = ("first", "sync", "export", "--to", key, "--out", out)
    code, _answer, err = founded(*arguments, "--role", "WELDER")
    assert (code, list(out.iterdir())) == (2, [])
    assert "job role" in err
    code, written, err = founded(*arguments, "--language", "hi")
    assert (code, written["files"]) == (0, 1), err


def test_every_file_that_left_is_listed(founded: Call, tmp_path: Path) -> None:
    key = joined(founded, tmp_path)
    founded("first", "sync", "export", "--to", key, "--out", tmp_path / "a.dksb")
    founded("first", "report", "run", "overdue", "--out", tmp_path / "overdue.csv")
    founded("first", "site", "trust", "--out", tmp_path / "trust.json")

    code, told, err = founded("first", "journal", "files")

    assert code == 0, err
    left = {Path(one["place"]).name: one for one in told["files"]}
    assert left["overdue.csv"]["kind"] == "report"
    assert left["overdue.csv"]["who"] == "boss"
    for name in ("a.dksb", "overdue.csv", "trust.json", "second.daksha-answer"):
        content = (tmp_path / name).read_bytes()
        assert left[name]["sha256"] == hashlib.sha256(content).hexdigest()
        assert left[name]["size"] == len(content)
    _code, told, _err = founded("first", "journal", "files", "--kind", "report")
    assert [Path(one["place"]).name for one in told["files"]] == ["overdue.csv"]


def test_headquarters_send_back_the_key_of_a_plants_records(
    founded: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _told, err = founded("hq", "site", "init", "--name", "Head office", "--admin", "boss")
    assert code == 0, err
    request, answer = tmp_path / "a.daksha-request", tmp_path / "b.daksha-answer"
    _code, asked, _err = founded("first", "sync", "identity", "--out", request)
    code, paired, err = founded(
        "hq", "sync", "pair", request, "--confirm", asked["words"], "--out", answer
    )
    assert code == 0, err
    founded("first", "sync", "pair", answer, "--confirm", paired["words"])
    code, told, err = founded("first", "site", "key", "hq")
    assert (code, told["headquarters"]) == (0, "Head office"), err

    people = ("--person", "Asha Rao", "--person", "Farida Khan")
    wish, sent = tmp_path / "c.daksha-key-request", tmp_path / "d.daksha-key-answer"
    code, wished, err = founded(
        "first", "site", "key-request", "--out", wish, *people, "--reason", "all have left"
    )
    assert code == 0, err
    code, told, err = founded(
        "hq", "site", "key-answer", wish, "--out", sent, "--confirm", wished["words"]
    )
    assert (code, told["known_pc"], told["name"]) == (0, True, "Pune plant"), err
    monkeypatch.setenv("DAKSHA_NEW_PASSWORD", "Harvest-Gantry-58")
    code, _told, err = founded(
        "first", "site", "recover", "--login", "boss", *people, "--answer", sent
    )
    assert code == 0, err

    monkeypatch.setenv("DAKSHA_PASSWORD", "Harvest-Gantry-58")
    assert founded("first", "site", "key", "list")[0] == 0
    assert founded("first", "site", "recover", "--login", "boss", *people, "--answer", sent)[0] == 2


def test_records_go_on_paper_and_the_receipt_comes_back_so(founded: Call, tmp_path: Path) -> None:
    key = joined(founded, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    founded("first", "sync", "export", "--to", key, "--out", stick)
    founded("second", "sync", "import", stick)
    founded("first", "sync", "import", stick)
    founded("first", "people", "add", "E-1", "Asha Rao")
    sheets, slip, receipt = (tmp_path / name for name in ("a.pdf", "slip.pdf", "r.pdf"))

    code, told, err = founded(
        "first", "sync", "one-way", key[:16], "--reason", "No sticks in the clean room"
    )
    assert (code, told["one_way"]) == (0, True), err
    to_paper = ("first", "sync", "export", "--paper", "--to", key)
    assert founded(*to_paper, "--out", sheets, "--courses", "all")[0] == 2
    code, made, err = founded(*to_paper, "--out", sheets, "--slip", slip)
    assert code == 0, err
    assert (made["sheets"] >= 1, slip.exists()) == (True, True)
    assert founded(*to_paper, "--out", sheets)[0] == 2  # there is a file of that name

    code, came, err = founded("second", "sync", "sheets", sheets)
    assert (code, came["files"], came["troubles"], came["waiting_sheets"]) == (0, 1, [], []), err
    code, written, err = founded("second", "sync", "receipt", "--out", receipt)
    assert (code, written["number"]) == (0, made["number"]), err
    assert founded("first", "sync", "import", receipt)[1]["receipts"] == 1
    status = founded("first", "sync", "status")[1]
    assert status["peers"][0]["one_way"] == "No sticks in the clean room"
    assert (status["peers"][0]["on_the_way"], status["sent"][0]["acknowledged"]) == (0, True)
    left = [line["kind"] for line in founded("first", "journal", "files")[1]["files"]]
    assert {"sync-sheets", "courier-slip", "records"} <= set(left)
    assert founded("first", "sync", "sheets")[1] == {"waiting": []}
    assert founded("first", "sync", "sheets", stick / "nothing.png")[0] == 2


def plants_of_headquarters(call: Call, tmp_path: Path, *names: str) -> None:
    """Found headquarters in the folder `hq`, and plants that it knows, each in a folder of its name."""
    code, _told, err = call("hq", "site", "init", "--name", "Head office", "--admin", "boss")
    assert code == 0, err
    for name in names:
        call(name, "site", "init", "--name", f"{name} plant", "--admin", "boss")
        request, answer = tmp_path / f"{name}.request", tmp_path / f"{name}.answer"
        _code, asked, _err = call(name, "sync", "identity", "--out", request)
        code, paired, err = call(
            "hq", "sync", "pair", request, "--confirm", asked["words"], "--out", answer
        )
        assert code == 0, err
        code, _told, err = call(name, "sync", "pair", answer, "--confirm", paired["words"])
        assert code == 0, err


def test_several_plants_at_once_and_who_has_which_version(call: Call, tmp_path: Path) -> None:
    plants_of_headquarters(call, tmp_path, "Baddi", "Goa")
    folder, stick, slips = tmp_path / "Lockout", tmp_path / "stick", tmp_path / "slips.pdf"
    folder.mkdir()
    stick.mkdir()
    (folder / "1 Read.html").write_text("<h1>Lockout</h1><p>Tell, stop, lock.</p>")
    (course,) = call("hq", "course", "import", folder)[1]["courses"]
    if course["version"] is None:
        assert call("hq", "course", "publish", course["id"], "--yes")[0] == 0

    both = ("--to", "Baddi plant, Goa plant")
    _code, plan, err = call("hq", "sync", "plan", *both)
    assert [one["to"] for one in plan["recipients"]] == [["Baddi plant"], ["Goa plant"]], err
    assert {one["size"] for one in plan["recipients"]} == {plan["courses"][0]["size"]}
    arguments = ("hq", "sync", "export", "--to", "sites", "--courses", "all")
    assert call(*arguments, "--out", tmp_path / "a.dksb")[0] == 2
    assert call("hq", "sync", "export", "--paper", *both, "--out", tmp_path / "a.pdf")[0] == 2
    code, done, err = call(*arguments, "--out", stick, "--slip", slips)
    assert (code, done["trouble"], len(done["parcels"])) == (0, "", 1), err
    assert [one["to"] for one in done["recipients"]] == [["Baddi plant"], ["Goa plant"]]
    assert all(one["files"] == done["parcels"][0]["files"] > 0 for one in done["recipients"])
    assert slips.exists()
    written = {Path(one["written"]["file"]) for one in done["recipients"]}
    assert written < set(stick.iterdir())

    code, came, err = call("Baddi", "sync", "import", stick)
    assert (code, came["troubles"], came["assets_missing"]) == (0, [], 0), err
    call("hq", "sync", "import", stick)
    _code, told, err = call("hq", "sync", "versions", "--course", "lockout")
    (board,) = told["courses"]
    assert (board["newest"], board["have"], len(board["sites"])) == (1, 1, 2), err
    (goa,) = [site for site in board["sites"] if site["label"] == "Goa plant"]
    assert (goa["version"], goa["has_newest"]) == (None, False)
    assert goa["on_the_way"]["number"] == 1

    shutil.rmtree(stick)
    code, _done, err = call(*arguments, "--out", stick)
    assert (code, "stick could not be written" in err) == (2, True)


def test_a_plant_with_the_same_administrator_locks_nobody_out(call: Call, tmp_path: Path) -> None:
    """Both were founded as the README shows, with one name for their administrators."""
    plants_of_headquarters(call, tmp_path, "Baddi")
    stick = tmp_path / "stick"
    stick.mkdir()
    assert call("Baddi", "sync", "export", "--to", "Head office", "--out", stick)[0] == 0
    assert call("hq", "sync", "import", stick)[0] == 0

    code, told, err = call("hq", "people", "account", "boss")
    assert (code, told["login"]) == (0, "boss"), err
    code, told, err = call("hq", "people", "account", "BP/boss", "--login", "baddi-boss")
    assert (code, told["login"]) == (0, "baddi-boss"), err
    assert call("hq", "--as", "BP/baddi-boss", "people", "account", "boss")[0] != 0  # not its site
    assert call("hq", "people", "account", "boss", "--login", "hq-boss")[0] == 0
    code, _told, err = call("hq", "people", "account", "hq-boss")
    assert code != 0
    assert "hq-boss" not in err  # wrong login or password: not which
    assert call("hq", "--as", "hq-boss", "people", "account", "hq-boss")[1]["login"] == "hq-boss"


def test_what_a_revoked_pc_wrote_since_is_listed_read_and_left_aside(
    founded: Call, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    key = joined(founded, tmp_path)
    founded("first", "sync", "export", "--to", key, "--out", stick)
    founded("second", "sync", "import", stick)
    assert founded("first", "sync", "aside")[:2] == (0, {"aside": []})
    founded("first", "sync", "revoke", key, "--reason", "Stolen from the gate")
    founded("second", "people", "add", "E-2", "Ravi")
    peer = founded("second", "sync", "status")[1]["peers"][0]["key"]
    written = founded("second", "sync", "export", "--to", peer, "--out", stick)[1]["file"]

    code, _none, err = founded("first", "sync", "import", written)

    assert code == 2
    assert "kept aside" in err
    assert founded("first", "people", "list")[1]["people"] == []
    code, lying, _err = founded("first", "sync", "aside")
    assert (code, lying["aside"][0]["key"], lying["aside"][0]["decided"]) == (2, key, False)
    said = founded("first", "sync", "aside", key)[1]["written"]
    assert any("Ravi" in line for one in said for line in one["said"])
    founded("first", "signatures", "accept", "--agree")
    code, done, err = founded("first", "sync", "leave-aside", key, "--reason", "Not one of ours")
    assert (code, done["entries"]) == (0, lying["aside"][0]["entries"]), err
    assert founded("first", "sync", "aside")[0] == 0


def test_a_peer_is_given_again_what_it_is_thought_to_hold(founded: Call, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    key = joined(founded, tmp_path)
    first = founded("first", "sync", "export", "--to", key, "--out", stick)[1]
    founded("second", "sync", "import", stick)
    founded("first", "sync", "import", stick)

    code, told, err = founded("first", "sync", "again", key)

    assert code == 0, err
    assert told["entries"] > first["entries"]
    assert founded("first", "sync", "again", key, "--from-entry", "records/none/1")[0] == 2
    both = ("--since", "2026-11-01", "--from-entry", "records/none/1")
    assert founded("first", "sync", "again", key, *both)[0] == 2
    code, written, err = founded("first", "sync", "export", "--to", key, "--out", stick)
    assert (code, written["entries"] >= told["entries"]) == (0, True), err
