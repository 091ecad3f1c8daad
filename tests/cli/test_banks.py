"""`bank` on the command line: what it prints, and what scripts can rely on."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from app.cli import banks as command
from app.cli.frame import Frame
from app.core.assessments import QuestionBanks
from app.core.base.actor import system_actor
from app.core.base.errors import NotFound, UserFacingError
from app.core.content import AssetStore
from app.core.journal import Journal
from tests.support.clock import TurnedClock
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site

GIFT = """::Lock:: The lock stays on. {T}

// [tag:critical]
::Key:: Whose key is it? {=Mine ~Anybody's}

::Long:: Explain why. {}
"""


class Line:
    """The command line of one site, signed in."""

    def __init__(self, folder: Path, clock: TurnedClock) -> None:
        self.site = open_site(empty_database(folder, DATA_KEY), clock)
        self.banks = QuestionBanks(self.site, AssetStore(folder / "assets", clock))

    def run(self, *arguments: object, as_json: bool = True) -> Result:
        services = SimpleNamespace(banks=self.banks)
        ways: Any = SimpleNamespace(open_services=lambda _folder, _password: services)
        frame = Frame(folder=Path(), login="admin", as_json=as_json, ways=ways)
        frame._actor = system_actor()
        application = typer.Typer()

        @application.callback()
        def options(context: typer.Context) -> None:
            context.obj = frame

        application.add_typer(command.commands)
        return CliRunner().invoke(
            application, ["bank", *map(str, arguments)], standalone_mode=False
        )

    def answer(self, *arguments: object) -> dict[str, Any]:
        result = self.run(*arguments)
        assert result.exception is None, result.exception
        answer: dict[str, Any] = json.loads(result.stdout)
        return answer


@pytest.fixture
def line(tmp_path: Path, clock: TurnedClock) -> Any:
    line = Line(tmp_path, clock)
    yield line
    assert Journal(line.site, STATION).verify(system_actor()).ok
    line.site.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "Locks.gift"
    file.write_text(GIFT)
    return file


def test_an_import_tells_what_came_in_and_what_did_not(line: Line, file: Path) -> None:
    answer = line.answer("import", file, "--title", "Lockout")
    assert (answer["bank"]["title"], answer["bank"]["questions"]) == ("Lockout", 2)
    assert answer["types"] == {"true_false": 1, "choice_one": 1}
    assert [(one["question"], one["left_out"]) for one in answer["problems"]] == [("Long", True)]
    assert line.answer("list")["banks"] == [answer["bank"]]


def test_a_dry_run_writes_nothing(line: Line, file: Path, tmp_path: Path) -> None:
    assert line.answer("import", file, "--dry-run")["questions"] == 2
    assert line.answer("list") == {"banks": []}
    (tmp_path / "long.gift").write_text("::L:: Explain. {}")
    result = line.run("import", tmp_path / "long.gift", "--dry-run")
    assert result.return_value == 2


def test_a_file_is_added_to_a_bank(line: Line, file: Path) -> None:
    line.answer("import", file)
    assert line.answer("import", file, "--into", "locks")["bank"]["questions"] == 4
    with pytest.raises(NotFound):
        raise line.run("import", file, "--into", "keys").exception


def test_a_bank_is_shown_and_exported(line: Line, file: Path, tmp_path: Path) -> None:
    bank_id = line.answer("import", file)["bank"]["id"]
    shown = line.answer("show", bank_id)
    assert [(one["type"], one["critical"], one["version"]) for one in shown["items"]] == [
        ("true_false", False, 1),
        ("choice_one", True, 1),
    ]
    assert "must be right" in line.run("show", bank_id, as_json=False).stdout
    out = tmp_path / "out.gift"
    assert line.answer("export", bank_id, "--format", "gift", "--out", out)["problems"] == []
    assert "::Key::" in out.read_text()
    assert line.answer("import", out, "--dry-run")["questions"] == 2


def test_bad_input_is_told(line: Line, tmp_path: Path) -> None:
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
