"""What the map says of adding things is so: each tuple is where it says, and how-to.md tells of it."""

import re
from pathlib import Path

import pytest

from app.core.courses import LESSON_KINDS
from app.core.learning.trackers import TRACKERS
from app.ui.learning.lesson_views import LESSON_VIEWS

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = (ROOT / "docs" / "how-to.md").read_text("utf-8")
_MAP = (ROOT / "docs" / "architecture.md").read_text("utf-8")
_TABLE = _MAP.partition("## Adding things")[2].partition("\n## ")[0]
TUPLES = sorted(set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*S)`", _TABLE)))
SOURCES = [*(ROOT / "app").rglob("*.py"), *(ROOT / "tests" / "support").rglob("*.py")]


@pytest.mark.parametrize("name", TUPLES)
def test_a_tuple_of_the_map_is_there_and_told_of(name: str) -> None:
    declared = re.compile(rf"^{name}\b[^=\n]*= [({{]", re.MULTILINE)

    assert any(declared.search(path.read_text("utf-8")) for path in SOURCES)
    assert f"`{name}`" in HOW_TO


@pytest.mark.parametrize("place", re.findall(r"`((?:core|ui|bootstrap|tests)/[a-z0-9/_]+)`", _MAP))
def test_a_place_of_the_map_is_there(place: str) -> None:
    assert any((root / name).exists() for root in (ROOT, ROOT / "app") for name in _names(place))


@pytest.mark.parametrize("place", re.findall(r"`((?:app|tests|resources|docs)/[^`<]+)`", HOW_TO))
def test_a_place_of_the_how_to_is_there(place: str) -> None:
    assert any((ROOT / name).exists() for name in _names(place))


def test_every_kind_of_lesson_has_one_tracker_and_one_view() -> None:
    kinds = sorted(kind.key for kind in LESSON_KINDS)

    assert sorted(kind for tracker in TRACKERS for kind in tracker.kinds) == kinds
    assert sorted(kind for view in LESSON_VIEWS for kind in view.kinds) == kinds


def _names(place: str) -> tuple[str, str]:
    """Return a folder as it is named, and the module that it may be."""
    return place, f"{place}.py"
