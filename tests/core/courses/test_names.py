"""What file names say of lessons."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.courses.names import (
    MAX_TITLE,
    folded,
    language_of_name,
    natural_key,
    read_lesson_name,
    title_of,
    visible,
)


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("01-first-get-people-out", "First get people out"),
        ("02_rules", "Rules"),
        ("3. Fire classes", "Fire classes"),
        ("1.2 - Valves", "Valves"),
        ("०१-परिचय", "परिचय"),
        ("07", "07"),
        ("5S housekeeping", "5S housekeeping"),
        ("2024-report", "2024 report"),
        ("SOP-QA-004", "SOP QA 004"),
        ("CON", "CON"),
        ("..", ".."),
        ("x" * 300, ("X" + "x" * 299)[:MAX_TITLE]),
        ("a\nb\x00c", "A b c"),
        ("adm\u202egpj", "Admgpj"),
    ],
)
def test_a_title_is_made_of_a_name(stem: str, title: str) -> None:
    assert title_of(stem) == title


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.hi.md", "hi"),
        ("a.HI.md", "hi"),
        ("a.hin.vtt", "hi"),
        ("a.en-in.pdf", "en-in"),
        ("a.md", None),
        ("Dr.No.mp4", None),
        ("how.to.md", None),
        ("hi.md", None),
    ],
)
def test_a_language_is_read_off_a_name(name: str, language: str | None) -> None:
    assert language_of_name(name) == language


def test_files_that_belong_together_share_a_base() -> None:
    names = ["part/03-rules.md", "part/03-rules.hi.md", "part/03-rules.en.vtt"]

    assert {read_lesson_name(name).base for name in names} == {"part/03-rules"}


def test_names_sort_as_people_sort_them() -> None:
    names = ["10 b.md", "2 a.md", "1.md", "B/1.md", "a/10.md", "a/2.md", "०३.md"]

    assert sorted(names, key=natural_key) == [
        "1.md",
        "2 a.md",
        "०३.md",
        "10 b.md",
        "a/2.md",
        "a/10.md",
        "B/1.md",
    ]


NAMES = st.text(max_size=80)


@given(st.lists(NAMES, max_size=20))
def test_any_names_can_be_compared(names: list[str]) -> None:
    keys = [natural_key(name) for name in sorted(names, key=natural_key)]

    assert all(left <= right for left, right in pairwise(keys))


@given(NAMES)
def test_any_name_gives_a_title_that_can_be_kept(name: str) -> None:
    read = read_lesson_name(visible(name).replace("/", " ") + ".md")

    assert len(read.title) <= MAX_TITLE
    read.title.encode("utf-8")
    assert "\n" not in read.title


def test_composition_and_case_make_no_difference() -> None:
    assert folded("ÅNGSTRÖM") == folded("A\u030angstro\u0308m")
