"""Every kind of lesson is declared whole, and every source makes one that exists."""

from collections import Counter

import pytest

from app.core.base.resources import resource
from app.core.courses import LESSON_KINDS, LESSON_SOURCES, LessonKind, LessonSource, lesson_kind

KINDS = pytest.mark.parametrize("kind", LESSON_KINDS, ids=lambda kind: kind.key)


@KINDS
def test_a_kind_is_declared_whole(kind: LessonKind) -> None:
    assert kind.title
    assert kind.share_means.endswith(".")
    assert resource("icons", f"{kind.icon}.svg").is_file()
    assert 0 < kind.default_rule.share <= 1
    assert lesson_kind(kind.key) is kind


def test_keys_and_settings_are_unique() -> None:
    settings = [kind.share_setting for kind in LESSON_KINDS if kind.share_setting]

    assert len({kind.key for kind in LESSON_KINDS}) == len(LESSON_KINDS)
    assert len(set(settings)) == len(settings)


@pytest.mark.parametrize("source", LESSON_SOURCES, ids=lambda source: source.kind)
def test_a_source_makes_lessons_of_a_known_kind(source: LessonSource) -> None:
    kind = lesson_kind(source.kind)
    assert kind.has_content or kind.required_body  # a file, or what the lesson itself says
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in source.suffixes)


def test_no_two_sources_claim_a_suffix_but_pages_and_papers() -> None:
    claimed = Counter(suffix for source in LESSON_SOURCES for suffix in source.suffixes)

    assert [suffix for suffix, count in claimed.items() if count > 1] == [
        ".md"
    ]  # told apart by name
