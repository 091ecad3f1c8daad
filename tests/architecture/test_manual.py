"""The manual beside the work: a page for every screen, and no link that leads nowhere."""

import re
from pathlib import Path

import pytest

from app.ui.shell.screens import SCREENS

MANUAL = Path(__file__).resolve().parents[2] / "resources" / "manual"
PAGES = sorted(MANUAL.rglob("*.md"))


@pytest.mark.parametrize("key", [spec.key for spec in SCREENS])
def test_every_screen_has_a_page(key: str) -> None:
    assert (MANUAL / f"{key}.md").read_text("utf-8").startswith("# ")


@pytest.mark.parametrize("key", [spec.key for spec in SCREENS])
def test_every_page_is_there_in_hindi_too(key: str) -> None:
    english = (MANUAL / f"{key}.md").read_text("utf-8")
    hindi = (MANUAL / "hi" / f"{key}.md").read_text("utf-8")

    assert hindi.startswith("# ")
    assert hindi.count("\n## ") == english.count("\n## ")
    assert [line.count("|") for line in hindi.splitlines() if line.startswith("|")] == [
        line.count("|") for line in english.splitlines() if line.startswith("|")
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(MANUAL)))
def test_links_lead_to_pages(page: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8"))

    assert [link for link in links if not (MANUAL / link).is_file()] == []
