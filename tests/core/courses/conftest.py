"""Real courses on a real site, and folders to make them of."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.content import AssetStore
from app.core.courses import LESSON_SOURCES, Courses
from app.core.journal import Site
from tests.support.clock import TurnedClock

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"
VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\nLock it. ताला लगाएँ।\n"

FolderOf = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def assets_folder(tmp_path: Path) -> Path:
    """Where the site keeps files."""
    return tmp_path / "assets"


@pytest.fixture
def assets(assets_folder: Path, clock: TurnedClock) -> AssetStore:
    """An empty asset store."""
    return AssetStore(assets_folder, clock)


@pytest.fixture
def courses(site: Site, assets: AssetStore) -> Courses:
    """The courses of an empty site."""
    return Courses(site, assets, LESSON_SOURCES)


@pytest.fixture
def folder_of(tmp_path: Path) -> FolderOf:
    """Makes a folder `Fire safety` of names and contents; `=name` stands for a file of the suite."""
    root = tmp_path / "Fire safety"

    def make(files: dict[str, str | bytes]) -> Path:
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif content.startswith("="):
                shutil.copyfile(MEDIA / content[1:], path)
            else:
                path.write_text(content, encoding="utf-8")
        return root

    return make
