"""The command line as administrators script it: exit codes, one JSON object, one line of error."""

import json
from pathlib import Path

import pytest

from app.bootstrap.command_line import run_command
from app.cli.main import COMMANDS, global_first, modules_of

PASSWORD = "correct horse battery"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]  # a function of several shapes
    monkeypatch.setenv("DAKSHA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)

    def run(*arguments: str, login: str = "admin") -> tuple[int, dict[str, object], str]:
        code = run_command(["--as", login, "--json", *arguments])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out.strip() else {}, err

    return run


@pytest.fixture
def founded(call):  # type: ignore[no-untyped-def]  # likewise
    code, answer, _err = call("site", "init", "--name", "Pune plant", "--admin", "admin")
    assert code == 0
    assert answer["code"] == "PP"
    return call


def test_a_site_is_founded_and_named(founded) -> None:  # type: ignore[no-untyped-def]
    code, answer, _err = founded("site", "info")

    assert (code, answer["name"]) == (0, "Pune plant")


def test_the_journal_of_a_fresh_site_holds(founded) -> None:  # type: ignore[no-untyped-def]
    code, answer, _err = founded("journal", "verify")

    assert (code, answer["ok"], answer["first_bad"]) == (0, True, None)


def test_seals_read_as_twelve_words(founded) -> None:  # type: ignore[no-untyped-def]
    _code, answer, _err = founded("journal", "seal")

    assert all(len(seal["words"].split()) == 12 for seal in answer["seals"])


def test_the_doctor_finds_a_fresh_site_well(founded) -> None:  # type: ignore[no-untyped-def]
    code, answer, _err = founded("doctor")

    assert (code, answer["ok"]) == (0, True)


def test_the_doctor_makes_lists_anew_and_says_what_was_wrong(founded) -> None:  # type: ignore[no-untyped-def]
    assert founded("people", "add", "E-1", "Asha")[0] == 0

    code, answer, _err = founded("doctor", "--rebuild")

    assert (code, answer["was_right"]) == (0, True)
    (people,) = [one for one in answer["tables"] if one["key"] == "people"]
    assert people == {
        "key": "people",
        "tables": ["person_listing"],
        "rows": 1,
        "wrong": 0,
        "missing": 0,
    }


def test_without_a_site_one_line_says_what_to_do(call) -> None:  # type: ignore[no-untyped-def]
    code, answer, err = call("site", "info")

    assert (code, answer) == (2, {})
    assert err.count("\n") == 1
    assert "no site" in err


def test_a_wrong_password_is_not_allowed(founded, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DAKSHA_PASSWORD", "something else entirely")

    code, _answer, err = founded("people", "list")

    assert code == 3
    assert err.count("\n") == 1


def test_a_weak_password_founds_nothing(
    call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DAKSHA_PASSWORD", "short")

    code, _answer, _err = call("site", "init", "--name", "Pune plant", "--admin", "admin")

    assert code == 2
    assert not (tmp_path / "data" / "daksha.json").exists()


def test_a_bench_tells_cpu_time_beside_wall_time(call) -> None:  # type: ignore[no-untyped-def]
    code, answer, _err = call("bench", "certificates", "--n", "1")

    assert (code, answer["name"], answer["unit"]) == (0, "certificates", "ms")
    assert {"figure", "raw", "ratio", "memory_mb"} <= set(answer)
    assert answer["cpu"] > 0
    assert answer["raw_cpu"] > 0
    assert answer["cpu_ratio"] == answer["cpu"] / answer["raw_cpu"]


def test_an_unknown_command_is_bad_input(call) -> None:  # type: ignore[no-untyped-def]
    assert call("fly")[0] == 2


def test_a_target_that_names_nobody_is_refused(founded) -> None:  # type: ignore[no-untyped-def]
    code, _answer, err = founded("assign", "--to", "team:blue", "--requirement", "LOTO")

    assert code == 2
    assert "team:blue" in err


def test_who_and_where_is_not_on_record_is_assigned_nothing(founded, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "Fire"
    folder.mkdir()
    (folder / "a.md").write_text("# Leave")
    assert founded("course", "import", str(folder))[0] == 0
    assert founded("course", "publish", "FIRE")[0] == 0

    for target in ("person:E-999", "unit:PAINT", "role:WELDER"):
        code, answer, err = founded("assign", "--to", target, "--requirement", "FIRE")
        assert (code, answer) == (2, {})
        assert target.partition(":")[2] in err


@pytest.mark.parametrize(
    "command",
    [
        "assign",
        "bench",
        "certificate",
        "course",
        "demo",
        "doctor",
        "journal",
        "people",
        "report",
        "site",
    ],
)
def test_every_command_explains_itself(call, command: str) -> None:  # type: ignore[no-untyped-def]
    assert run_command([command, "--help"]) == 0


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (["course", "check", "x.zip", "--json"], ["--json", "course", "check", "x.zip"]),
        (
            ["bench", "start", "--as", "boss", "--data=/d"],
            ["--as", "boss", "--data=/d", "bench", "start"],
        ),
        (["people", "list", "--", "--json"], ["people", "list", "--", "--json"]),
        (
            ["report", "run", "overdue", "--as-of", "now"],
            ["report", "run", "overdue", "--as-of", "now"],
        ),
        (["site", "info", "--as"], ["--as", "site", "info"]),
    ],
)
def test_global_options_stand_anywhere(given: list[str], taken: list[str]) -> None:
    assert global_first(given) == taken


def test_one_object_is_printed_wherever_json_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_command(["version", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"version"}


def test_the_journal_shows_what_was_done_to_a_person_and_since_a_day(founded) -> None:  # type: ignore[no-untyped-def]
    founded("people", "add", "E-7", "Asha Rao")

    _code, about, _err = founded("journal", "show", "--person", "E-7")
    _code, lately, _err = founded("journal", "show", "--since", "2020-01-01")
    _code, ahead, _err = founded("journal", "show", "--since", "2999-01-01")

    assert [entry["action"] for entry in about["entries"]] == ["person.add"]
    assert about["entries"][0] in lately["entries"]
    assert ahead["entries"] == []


def test_a_day_that_is_none_is_refused(founded) -> None:  # type: ignore[no-untyped-def]
    code, _answer, err = founded("journal", "show", "--since", "31/02/26")

    assert code == 2
    assert "31/02/26" in err


def test_a_site_named_in_another_script_gets_a_code_that_certificates_can_bear(call) -> None:  # type: ignore[no-untyped-def]
    code, answer, _err = call("site", "init", "--name", "पुणे कारखाना", "--admin", "admin")

    assert (code, answer["code"]) == (0, "SITE")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["people", "list"], {"app.cli.people"}),
        (["--json", "--data", "sync", "doctor"], {"app.cli.doctor"}),
        (["--data=people", "--as", "people", "assign", "--to", "all"], {"app.cli.assign"}),
        (["peple", "list"], {module.__name__ for module in COMMANDS}),
        (["--help"], {module.__name__ for module in COMMANDS}),
        ([], {module.__name__ for module in COMMANDS}),
    ],
)
def test_only_what_has_the_command_is_built_and_all_where_none_has(
    given: list[str], found: set[str]
) -> None:
    assert {module.__name__ for module in modules_of(given)} == found
