"""Bad sticks, as somebody meets them by command on three data folders: each is answered by one clear sentence.

Headquarters, a plant and a PC of its training room. Whatever is refused, nothing of it is on record, and the
right file is taken in afterwards.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.command_line import run_command
from tests.cli.test_sync import PASSWORD

HQ, PLANT, ROOM = "hq", "plant", "room"


class Folders:
    """Three data folders on one machine."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.stick = place / "stick"
        self.stick.mkdir()
        self.out = place / "out.json"

    def run(self, capsys: pytest.CaptureFixture[str], folder: str, *arguments: object) -> "Said":
        """Run a command on a data folder."""
        code = run_command(
            ["--data", str(self.place / folder), "--as", "boss", "--json", *map(str, arguments)]
        )
        out, err = capsys.readouterr()
        return Said(code, json.loads(out) if out.strip() else {}, err.strip())


class Said:
    """What a command answered."""

    def __init__(self, code: int, told: dict[str, Any], err: str) -> None:
        self.code, self.told, self.err = code, told, err

    @property
    def sentences(self) -> list[str]:
        """Return what was refused, one text for each file."""
        return [*self.told.get("troubles", []), *filter(None, self.err.splitlines())]


Ask = Callable[..., Said]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bad sticks")


_made: dict[Path, Folders] = {}


@pytest.fixture
def ask(place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask one of three folders that know each other: made once."""
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    monkeypatch.setenv("DAKSHA_PASSPHRASE", "four words that differ")
    monkeypatch.setenv("XDG_DATA_HOME", str(place / "keys"))  # of all tests here
    if place not in _made:
        _made[place] = folders = Folders(place)
        _know_each_other(folders, capsys)
    folders = _made[place]
    return lambda folder, *arguments: folders.run(capsys, folder, *arguments)


def _know_each_other(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(folder: str, *arguments: object) -> dict[str, Any]:
        said = folders.run(capsys, folder, *arguments)
        assert said.code == 0, said.err
        return said.told

    def paper(folder: str) -> tuple[Path, str]:
        path = folders.place / f"{folder}.paper"
        return path, ask(folder, "sync", "identity", "--out", path)["words"]

    for folder in (HQ, PLANT):
        ask(folder, "site", "init", "--name", folder, "--admin", "boss")
    path, words = paper(PLANT)
    answer = ask(HQ, "sync", "pair", path, "--confirm", words)
    ask(PLANT, "sync", "pair", answer["answer"], "--confirm", answer["words"])
    path, words = paper(ROOM)
    answer = ask(PLANT, "sync", "pair", path, "--confirm", words)
    ask(ROOM, "site", "join", answer["answer"], "--confirm", answer["words"])
    first = folders.place / "first.dksb"
    ask(PLANT, "sync", "export", "--to", "pcs", "--out", first)
    ask(ROOM, "sync", "import", first)


_numbers = iter(range(1, 10_000))


@pytest.fixture
def good(ask: Ask, place: Path) -> Path:
    """A file with somebody's name from the plant to its training room."""
    number = next(_numbers)
    assert ask(PLANT, "people", "add", f"B-{number}", f"Person {number}").code == 0
    path = place / f"good-{number}.dksb"
    said = ask(PLANT, "sync", "export", "--to", "pcs", "--out", path)
    assert said.code == 0, said.err
    return path


def people(ask: Ask, folder: str) -> int:
    return len(ask(folder, "people", "list").told["people"])


def require_one_sentence(said: Said, words: str = "") -> None:
    """Let an answer be a refusal, of one short text that names what to do, without a trace of code."""
    assert said.code == 2, (said.code, said.told, said.err)
    (text,) = said.sentences
    assert words in text, text
    require_plain(text)


def require_plain(text: str) -> None:
    """Let a refusal be short, end as a sentence does, and say nothing of code."""
    assert len(text) < 400
    assert text.endswith(".")
    for foreign in ("Traceback", "Error", "Exception", "0x", "None", "errno"):
        assert foreign not in text


def spoiled(content: bytes) -> list[bytes]:
    """Return a file cut short at many lengths, and with one byte flipped in many places."""
    step = len(content) // 6
    lengths = [0, 1, 7, 8, 11, 12, 13, 100, *range(400, len(content), step), len(content) - 1]
    cut = [content[:length] for length in lengths]
    for at in [0, 9, 12, 40, *range(200, len(content), step), len(content) - 1]:
        flipped = bytearray(content)
        flipped[at] ^= 0x10
        cut.append(bytes(flipped))
    return cut


def test_p11_12_cut_short_or_altered_anywhere(ask: Ask, good: Path, place: Path) -> None:
    stick, bad, before = place / "spoiled", spoiled(good.read_bytes()), people(ask, ROOM)
    stick.mkdir()
    for number, content in enumerate(bad):
        (stick / f"{number:03d}.dksb").write_bytes(content)

    said = ask(ROOM, "sync", "import", stick)

    assert said.code == 2
    assert said.told["files"] == 0
    assert len(said.told["troubles"]) == len(bad)
    for text in said.told["troubles"]:
        require_plain(text)
    assert people(ask, ROOM) == before
    assert ask(ROOM, "sync", "import", good).code == 0
    assert people(ask, ROOM) == before + 1


def test_what_is_for_somebody_else(ask: Ask, good: Path, place: Path) -> None:
    require_one_sentence(ask(HQ, "sync", "import", good))
    up = place / "up.dksb"
    assert ask(PLANT, "sync", "export", "--to", "hq", "--out", up).code == 0
    said = ask(ROOM, "sync", "import", up)
    assert said.code in (0, 2)
    assert len(said.sentences) <= 1


def test_a_stick_that_is_gone_or_empty(ask: Ask, place: Path) -> None:
    require_one_sentence(ask(ROOM, "sync", "import", place / "pulled" / "x.dksb"))
    require_one_sentence(ask(ROOM, "sync", "import", place / "pulled"))
    (place / "empty").mkdir(exist_ok=True)
    require_one_sentence(ask(ROOM, "sync", "import", place / "empty"))
    for out in (place / "pulled" / "gone.dksb", place / "y"):
        require_one_sentence(ask(PLANT, "sync", "export", "--to", "pcs", "--out", out))
