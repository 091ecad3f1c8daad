"""What others made and the product ships comes with its licence, and nothing names this machine."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
MADE_BY_OTHERS = ("fonts", "icons", "web")
SHIPPED = ("app", "resources", "installer", "tools")
TEXTS = {".py", ".sh", ".spec", ".in", ".lock", ".txt", ".json", ".ini", ".mako", ".md"}
LICENCE = re.compile(r"(?i)^(licen[cs]e|copying|ofl)")


def without_licence(folder: Path) -> list[str]:
    """Return the folders under `folder` that hold files while neither they nor a parent hold a licence."""
    licensed = {file.parent for file in folder.rglob("*") if LICENCE.match(file.name)}
    holding = {file.parent for file in folder.rglob("*") if file.is_file() and file.suffix != ".py"}
    return sorted(
        str(one.relative_to(folder)) for one in holding if not licensed & {one, *one.parents}
    )


@pytest.mark.parametrize("name", MADE_BY_OTHERS)
def test_what_others_made_comes_with_its_licence(name: str) -> None:
    assert without_licence(RESOURCES / name) == []


def test_a_folder_without_licence_is_seen(tmp_path: Path) -> None:
    for file in ("inter/Inter.ttf", "inter/LICENSE.txt", "noto/NotoSans.ttf"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()

    assert without_licence(tmp_path) == ["noto"]


def test_no_shipped_text_names_a_folder_of_one_machine() -> None:
    path = re.compile(r"(?<![\w.])/(root|home|work)/[A-Za-z0-9_.-]+")
    files = [file for name in SHIPPED for file in (ROOT / name).rglob("*") if file.suffix in TEXTS]

    assert [file.name for file in files if path.search(file.read_text("utf-8"))] == []
