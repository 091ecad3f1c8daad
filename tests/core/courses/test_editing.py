"""What authors do to an outline leaves everything else as it was."""

from dataclasses import replace
from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.words import _, offered_languages, worded_in
from app.core.courses import (
    CompletionRule,
    LessonPlan,
    Outline,
    acknowledgement,
    insert,
    move,
    remove,
    rename,
    set_first_view_lock,
    set_required,
    set_rule,
)
from app.core.courses.editing import with_fresh_keys
from app.core.courses.outline import from_json, to_json


def an_outline(count: int = 3) -> Outline:
    lessons = tuple(LessonPlan(kind="page", title=str(number)) for number in range(count))
    return Outline(title="Course", lessons=lessons)


def titles(outline: Outline) -> str:
    return "".join(lesson.title for lesson in outline.lessons)


@pytest.mark.parametrize(
    ("position", "order"), [(0, "201"), (1, "021"), (2, "012"), (9, "012"), (-1, "201")]
)
def test_a_lesson_is_moved(position: int, order: str) -> None:
    outline = an_outline()

    assert titles(move(outline, outline.lessons[2].key, position)) == order


@given(st.integers(1, 6), st.data())
def test_moving_there_and_back_changes_nothing(count: int, data: st.DataObject) -> None:
    outline = an_outline(count)
    places = st.integers(0, count - 1)
    start, end = data.draw(places), data.draw(places)
    key = outline.lessons[start].key

    assert move(move(outline, key, end), key, start) == outline


def test_a_lesson_is_inserted_and_removed() -> None:
    outline = an_outline()
    lesson = LessonPlan(kind="quiz", title="Q")

    assert titles(insert(outline, lesson)) == "012Q"
    assert titles(insert(outline, lesson, 1)) == "0Q12"
    assert remove(insert(outline, lesson, 1), lesson.key) == outline


def test_a_lesson_is_renamed_in_a_language() -> None:
    outline = an_outline(1)
    key = outline.lessons[0].key

    named = rename(rename(outline, key, "New"), key, "नया", "hi")

    assert (named.lessons[0].title, named.lessons[0].titles) == ("New", {"hi": "नया"})
    assert rename(named, key, "", "hi").lessons[0].titles == {}


def test_rules_are_set_on_one_lesson_only() -> None:
    outline = an_outline()
    key = outline.lessons[1].key
    rule = CompletionRule(share=Fraction(1, 2), active_seconds=9)

    edited = set_first_view_lock(
        set_required(set_rule(outline, key, rule), key, is_required=False), key, is_locked=False
    )

    lesson = edited.lesson(key)
    assert (lesson.rule, lesson.is_required, lesson.is_locked_first) == (rule, False, False)
    assert (edited.lessons[0], edited.lessons[2]) == (outline.lessons[0], outline.lessons[2])


def test_a_lesson_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        remove(an_outline(), uuid4())


def test_fresh_keys_are_all_new() -> None:
    outline = an_outline()
    before = {lesson.key for lesson in outline.lessons}

    assert before.isdisjoint(lesson.key for lesson in with_fresh_keys(outline).lessons)


def test_an_outline_survives_json() -> None:
    statement = acknowledgement({"en": "Read.", "hi": "पढ़ा।"}, language="en", is_signed=True)
    outline = insert(an_outline(), statement)

    assert from_json(to_json(outline)) == outline


def test_a_statement_without_a_title_has_the_products_in_every_language() -> None:
    said = {}
    for code in offered_languages():
        with worded_in(code):
            said[code] = _("Read and understood")
    assert len(set(said.values())) == len(said)

    in_english = acknowledgement({}, language="en")
    with worded_in("hi"):  # who makes it speaks Hindi; the course stays English
        made_in_hindi = acknowledgement({}, language="en")

    assert {"en": in_english.title, **in_english.titles} == said
    assert made_in_hindi == replace(in_english, key=made_in_hindi.key)
    for code in said:
        made = acknowledgement({}, language=code)
        assert {code: made.title, **made.titles} == said


def test_a_statement_with_a_title_of_its_own_has_no_other() -> None:
    titled = acknowledgement({}, language="en", title="SOP-12", titles={"mr": "एसओपी-12"})

    assert (titled.title, titled.titles) == ("SOP-12", {"mr": "एसओपी-12"})
