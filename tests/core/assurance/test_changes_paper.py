"""The history of changes comes from the program, with the version it is of."""

from pathlib import Path

from app import VERSION
from app.core.assurance import changes_paper
from app.core.assurance.history import history, paragraphs
from tests.support.clock import SOME_MORNING
from tests.support.pdfs import text_of


def test_p11_11_the_history_of_changes_is_printed_with_version_and_day(tmp_path: Path) -> None:
    paper = tmp_path / "changes.pdf"
    paper.write_bytes(changes_paper("Baddi plant", SOME_MORNING).content)
    words = text_of(paper)

    assert f"Daksha {VERSION}, program and manual · Baddi plant · 23 Nov 2026" in words
    told = [one.words for one in paragraphs(history())]
    assert len(told) > 100
    for one in (told[0], told[5], told[-1]):
        assert one.split()[-1] in words


def test_lines_that_go_on_are_one_point_without_marks() -> None:
    found = list(paragraphs("# Title\n\nSays.\n## 1.0\n- **One** `point`\n  goes on.\n- Two.\n"))

    assert [one.words for one in found] == [
        "Title",
        "Says.",
        "1.0",
        "• One point goes on.",
        "• Two.",
    ]
    assert [one.is_bold for one in found] == [True, False, True, False, False]
