"""`bank` on the command line: what it prints, and what scripts can rely on."""

from pathlib import Path

import pytest

from app.cli.banks import QuestionsLeftOut, commands
from app.core.assessments import QuestionBanks
from app.core.base.errors import NotFound, UserFacingError
from app.core.content import AssetStore
from app.core.journal import Site
from tests.support.command_line import CommandLine

GIFT = """::Lock:: The lock stays on. {T}

// [tag:critical]
::Key:: Whose key is it? {=Mine ~Anybody's}

::Long:: Explain why. {}
"""


@pytest.fixture
def line(site: Site, tmp_path: Path) -> CommandLine:
    assets = AssetStore(tmp_path / "assets", site.clock)
    return CommandLine("bank", commands, banks=QuestionBanks(site, assets))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "Locks.gift"
    file.write_text(GIFT)
    return file


def test_an_import_tells_what_came_in_and_what_did_not(line: CommandLine, file: Path) -> None:
    answer = line.answer("import", file, "--title", "Lockout", "--yes")
    assert (answer["bank"]["title"], answer["bank"]["questions"]) == ("Lockout", 2)
    assert answer["types"] == {"true_false": 1, "choice_one": 1}
    assert [(one["question"], one["left_out"]) for one in answer["problems"]] == [("Long", True)]
    assert line.answer("list")["banks"] == [answer["bank"]]


def test_the_rest_of_a_file_is_imported_only_when_that_is_confirmed(
    line: CommandLine, file: Path
) -> None:
    with pytest.raises(QuestionsLeftOut, match=r"1 question cannot be taken: \d+: Long: .*--yes"):
        line.told("import", file)
    assert line.answer("list") == {"banks": []}


def test_a_dry_run_writes_nothing(line: CommandLine, file: Path, tmp_path: Path) -> None:
    assert line.answer("import", file, "--dry-run")["questions"] == 2
    assert line.answer("list") == {"banks": []}
    (tmp_path / "long.gift").write_text("::L:: Explain. {}")
    result = line.run("import", tmp_path / "long.gift", "--dry-run")
    assert result.return_value == 2


def test_a_file_is_added_to_a_bank(line: CommandLine, file: Path) -> None:
    line.answer("import", file, "--yes")
    assert line.answer("import", file, "--into", "locks", "--yes")["bank"]["questions"] == 4
    with pytest.raises(NotFound):
        line.told("import", file, "--into", "keys", "--yes")


def test_a_bank_is_shown_and_exported(line: CommandLine, file: Path, tmp_path: Path) -> None:
    bank_id = line.answer("import", file, "--yes")["bank"]["id"]
    shown = line.answer("show", bank_id)
    assert [(one["type"], one["critical"], one["version"]) for one in shown["items"]] == [
        ("true_false", False, 1),
        ("choice_one", True, 1),
    ]
    assert "must be right" in line.told("show", bank_id)
    out = tmp_path / "out.gift"
    assert line.answer("export", bank_id, "--format", "gift", "--out", out)["problems"] == []
    assert "::Key::" in out.read_text()
    assert line.answer("import", out, "--dry-run")["questions"] == 2


def test_bad_input_is_told(line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    for arguments in (
        ("import", tmp_path / "gone.gift"),
        ("import", tmp_path / "notes.docx"),
        ("show", "nothing"),
        ("export", "nothing", "--format", "gift", "--out", tmp_path / "x"),
    ):
        error = line.run(*arguments).exception
        assert isinstance(error, UserFacingError)
        assert error.exit_code == 2
