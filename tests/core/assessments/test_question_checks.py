"""Every problem of a question is placed at a field, and none is lost."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from app.core.assessments import FieldProblem, Question, field_problems, plain
from app.core.assessments.question_checks import QUESTION_CHECKS
from app.core.assessments.question_types import QUESTION_TYPES
from app.core.assessments.question_types.numeric import AcceptedNumber, NumericBody
from app.core.assessments.rules import question_problems
from app.core.assessments.types import NO_TEXT, Body
from tests.core.assessments.builders import (
    READY_BODIES,
    cloze,
    many_of,
    near,
    one_of,
    option,
    pairs,
    steps,
    within,
    words,
)


def asked(key: str, body: Body) -> Question:
    return Question(type=key, stem=plain("Which?"), body=body)


def test_every_type_has_a_check() -> None:
    assert [one.key for one in QUESTION_CHECKS] == [one.key for one in QUESTION_TYPES]


@pytest.mark.parametrize("key", [one.key for one in QUESTION_TYPES])
def test_a_ready_question_has_no_problem_and_a_blank_one_loses_none(key: str) -> None:
    for body in READY_BODIES[key]:
        assert field_problems(asked(key, body)) == ()
    blank = next(one for one in QUESTION_TYPES if one.key == key).blank()
    question = Question(type=key, body=blank, points=0)
    placed = field_problems(question)
    assert {one.text for one in placed} == set(question_problems(question))
    assert {"stem", "points"} <= {one.field for one in placed}
    assert all(
        one.field.split("/")[0] in {*(each.name for each in fields(blank)), "stem", "points"}
        for one in placed
    )


BROKEN: list[tuple[str, Body, set[str]]] = [
    ("choice_one", one_of(option("1", 1), replace(option("2"), text=NO_TEXT)), {"options/1/text"}),
    ("choice_one", one_of(option("1", 1), option("2", 2)), {"options/1/share"}),
    ("choice_one", one_of(option("1"), option("2")), {"options"}),
    ("choice_many", many_of(option("1", 1)), {"options"}),
    ("numeric", NumericBody(accepted=(near("1"), within("3", "2"))), {"accepted/1"}),
    ("numeric", NumericBody(accepted=(near("1"), near("2", "-1"), AcceptedNumber())),
     {"accepted/1", "accepted/2"}),
    ("short_text", words("yes", " "), {"accepted/1"}),
    ("short_text", words(), {"accepted"}),
    ("ordering", replace(steps(2), items=(*steps(2).items, replace(steps(1).items[0], key="9", text=NO_TEXT))),
     {"items/2/text"}),
    ("matching", replace(pairs(), prompts=(pairs().prompts[0], replace(pairs().prompts[1], answer="7"))),
     {"prompts/1/answer"}),
    ("gaps", replace(cloze(), gaps=(replace(cloze().gaps[0], weight=0), *cloze().gaps[1:])), {"gaps/0"}),
    ("gaps", replace(cloze(), text=plain("No gap")), {"text"}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "body", "places"), BROKEN)
def test_a_problem_is_placed_where_it_lies(key: str, body: Body, places: set[str]) -> None:
    found = field_problems(asked(key, body))
    assert {one.field for one in found} == places
    assert {one.text for one in found} == set(question_problems(asked(key, body)))


def test_what_no_check_places_belongs_to_the_whole() -> None:
    twice = one_of(option("1", 1), option("1"))
    (found,) = field_problems(asked("choice_one", twice))
    assert found == FieldProblem("", question_problems(asked("choice_one", twice))[0])


def test_a_number_out_of_bounds_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="bounds"):
        near(str(Decimal(10) ** 50))
