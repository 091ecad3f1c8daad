"""Bad sticks, as somebody meets them by command on three data folders: each is answered by one clear sentence.

Headquarters, a plant and a PC of its training room. Whatever is refused, nothing of it is on record, and the
right file is taken in afterwards.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.command_line import run_command
from app.core.sync.bundle import manifest
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
    monkeypatch.setenv("DAKSHA_KEYS", str(place / "keys"))  # those of all tests here
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


def people(ask: Ask, folder: str) -> set[str]:
    """Return the numbers of everybody whom a folder knows."""
    return {one["number"] for one in ask(folder, "people", "list").told["people"]}


def whom(good: Path) -> str:
    """Return the number of who comes with a file; with a later one, whoever came with none before."""
    return good.stem.replace("good", "B")


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
    assert whom(good) in people(ask, ROOM)


def test_what_is_for_somebody_else(ask: Ask, good: Path, place: Path) -> None:
    require_one_sentence(ask(HQ, "sync", "import", good))
    up = place / "up.dksb"
    assert ask(PLANT, "sync", "export", "--to", "hq", "--out", up).code == 0
    require_one_sentence(ask(ROOM, "sync", "import", up), "made for another site")


def test_a_stick_that_is_gone_or_empty(ask: Ask, place: Path) -> None:
    require_one_sentence(ask(ROOM, "sync", "import", place / "pulled" / "x.dksb"))
    require_one_sentence(ask(ROOM, "sync", "import", place / "pulled"))
    (place / "empty").mkdir(exist_ok=True)
    require_one_sentence(ask(ROOM, "sync", "import", place / "empty"))
    for out in (place / "pulled" / "gone.dksb", place / "who?.dksb"):
        require_one_sentence(ask(PLANT, "sync", "export", "--to", "pcs", "--out", out))


def export(ask: Ask, folder: str, to: str, out: Path, *more: str) -> Path:
    """Let a folder write for somebody."""
    said = ask(folder, "sync", "export", "--to", to, "--out", out, *more)
    assert said.code == 0, said.err
    return Path(said.told["file"])


def test_a_mixed_stick_gives_what_is_ours_and_says_what_is_not(
    ask: Ask, good: Path, place: Path
) -> None:
    (stick := place / "mixed").mkdir()
    shutil.copy(good, stick)
    export(ask, PLANT, "hq", stick)
    (stick / "holiday.dksb").write_bytes(b"\xff\xd8\xff\xe0 a photo")
    (stick / "notes.txt").write_text("buy bread")
    names = {file.name for file in stick.iterdir()}

    said = ask(ROOM, "sync", "import", stick)

    assert (said.code, said.told["files"], said.told["for_others"]) == (2, 1, 1)
    (text,) = said.told["troubles"]
    assert text.startswith("holiday.dksb: This is not a file that Daksha writes")
    assert whom(good) in people(ask, ROOM)
    assert names < {file.name for file in stick.iterdir()}  # a receipt lies there, too
    (stick / "holiday.dksb").unlink()
    assert ask(ROOM, "sync", "import", stick).code == 0


def test_again_and_under_another_name_brings_nothing_twice(
    ask: Ask, good: Path, place: Path
) -> None:
    shutil.copy(good, place / "renamed.dksb")
    for file in (good, good, place / "renamed.dksb"):
        said = ask(ROOM, "sync", "import", file)
        assert (said.code, said.told["troubles"]) == (0, [])

    assert (said.told["applied"], said.told["repeated"] > 0) == (0, True)
    assert whom(good) in people(ask, ROOM)


def test_what_a_newer_program_wrote_is_told_and_taken_after_the_update(
    ask: Ask, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = people(ask, ROOM)
    with monkeypatch.context() as older:
        older.setattr("app.core.sync.bundle.manifest.VERSION", manifest.VERSION - 1)
        require_one_sentence(ask(ROOM, "sync", "import", good), "newer version of Daksha")
    assert people(ask, ROOM) == before

    assert ask(ROOM, "sync", "import", good).code == 0
    assert whom(good) in people(ask, ROOM)


def test_p11_08_a_revoked_pc_sends_no_more_and_an_older_list_does_not_bring_it_back(
    ask: Ask, place: Path
) -> None:
    known = {one["key"] for one in ask(PLANT, "sync", "keys").told["keys"]}
    asked = ask("lent", "sync", "identity", "--out", place / "lent.paper").told["words"]
    answer = ask(PLANT, "sync", "pair", place / "lent.paper", "--confirm", asked).told
    joined = ask("lent", "site", "join", answer["answer"], "--confirm", answer["words"])
    assert joined.code == 0, joined.err
    assert ask("lent", "sync", "import", export(ask, PLANT, "pcs", place / "lent.dksb")).code == 0
    (key,) = {one["key"] for one in ask(PLANT, "sync", "keys").told["keys"]} - known
    assert ask(PLANT, "sync", "revoke", key[:16], "--reason", "stolen").code == 0
    assert ask("lent", "people", "add", "B-STOLEN", "Nobody").code == 0
    stolen = export(ask, "lent", "pcs", place / "stolen.dksb")
    before = people(ask, PLANT)

    require_one_sentence(
        ask(PLANT, "sync", "import", stolen), "was revoked, so its file is not taken in"
    )
    unaware = export(ask, ROOM, "pcs", place / "unaware.dksb")  # which has not heard of it
    assert ask(PLANT, "sync", "import", unaware).code == 0
    require_one_sentence(ask(PLANT, "sync", "import", stolen), "may not send records here")

    states = {one["key"]: one["state"] for one in ask(PLANT, "sync", "keys").told["keys"]}
    assert states[key] == "revoked"
    assert people(ask, PLANT) == before


def test_a_volume_that_is_missing_or_of_another_file_is_told_and_the_right_one_completes(
    ask: Ask, place: Path
) -> None:
    sticks = []
    for name in ("Lockout", "Ladders"):
        (folder := place / name).mkdir()
        (folder / "1 Read.html").write_text(f"<p>{name}, once more.</p>")
        assert ask(PLANT, "course", "import", folder).code == 0
        (stick := place / f"stick {name}").mkdir()
        export(ask, PLANT, "pcs", stick, "--courses", "all")
        sticks.append(stick)
    (right,), (other,) = (list(stick.glob("*.dksv")) for stick in sticks)
    kept = right.rename(place / right.name)

    said = ask(ROOM, "sync", "import", sticks[0])
    assert (said.code, said.told["assets_missing"] > 0) == (0, True)
    shutil.copy(other, right)
    said = ask(ROOM, "sync", "import", right)
    assert (said.code, said.told.get("assets", 0)) == (2, 0)
    require_one_sentence(said)

    said = ask(ROOM, "sync", "import", kept)
    assert (said.code, said.told["assets"] > 0) == (0, True)
    assert ask(ROOM, "sync", "import", sticks[1]).told["assets_missing"] == 0


def test_two_people_who_take_in_one_stick_at_once_bring_it_once(
    ask: Ask, good: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--data", str(place / ROOM), "--as", "boss", "sync", "import", str(good)]
    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(run_command, [command, command]))
    out, err = capsys.readouterr()

    assert codes == [0, 0], (out, err)
    assert whom(good) in people(ask, ROOM)
    assert ask(ROOM, "journal", "verify").told["ok"]


@pytest.fixture
def small_stick(place: Path) -> Iterator[Path]:
    """A stick of one page."""
    stick = place / "small"
    stick.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(stick)]
    if (
        shutil.which("mount") is None
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("only who administers this PC puts in a small stick")
    yield stick
    subprocess.run(["umount", str(stick)], check=True)


def test_a_full_stick_is_told_and_what_was_to_go_goes_on_the_next(
    ask: Ask, small_stick: Path, place: Path
) -> None:
    assert ask(PLANT, "people", "add", "B-FULL", "Full Stick").code == 0
    require_one_sentence(ask(PLANT, "sync", "export", "--to", "pcs", "--out", small_stick))
    assert list(small_stick.iterdir()) == []

    assert ask(ROOM, "sync", "import", export(ask, PLANT, "pcs", place / "next.dksb")).code == 0
    assert "B-FULL" in people(ask, ROOM)
