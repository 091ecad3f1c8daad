"""Writing GIFT, and reading it back."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.assessments.formats import BankQuestion, export_bank
from app.core.assessments.formats.gift import Gift
from app.core.assessments.question_types.numbers import DecimalMark
from app.core.assessments.question_types.numeric import (
    NumericBody,
)
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.rules import question_problems
from app.core.assessments.types import (
    NO_TEXT,
    Credit,
    Question,
)
from app.core.base.progress import NoProgress
from tests.core.assessments.builders import READY_BODIES, a_question, near, pairs, words
from tests.core.assessments.question_strategies import BODIES, FEEDBACK, MARKS, NAMES, TEXTS


@pytest.mark.parametrize("key", BODIES)
@given(data=st.data())
def test_what_is_written_is_read_back(key: str, data: st.DataObject) -> None:
    question = Question(
        type=key,
        name=data.draw(NAMES),
        stem=data.draw(TEXTS),
        body=data.draw(BODIES[key]),
        feedback=data.draw(FEEDBACK),
        critical=data.draw(st.booleans()),
        tags=tuple(tag for tag in data.draw(st.lists(MARKS, max_size=2)) if tag != "critical"),
    )
    assume(not question_problems(question))
    category = tuple(data.draw(st.lists(NAMES.filter(_is_category), max_size=2)))
    bank = [
        BankQuestion(question=question, category=category, external_id=data.draw(MARKS)),
        BankQuestion(question=a_question(), category=()),
    ]

    export = export_bank(Gift(), bank)
    assume(not export.problems)
    again = Gift().read(export.content, NoProgress())

    assert [replace(one, line=0) for one in again.questions] == bank
    assert [one.reason for one in again.problems if one.left_out] == []


def _is_category(name: str) -> bool:
    return bool(name) and not name.startswith("/") and not name.endswith("/")


def written(question: Question) -> tuple[str, list[tuple[bool, str]]]:
    export = export_bank(Gift(), [BankQuestion(question=question)])
    return export.content.decode(), [(one.left_out, one.reason) for one in export.problems]


def test_a_file_reads_as_people_write_it() -> None:
    text, problems = written(a_question(type_="matching", body=pairs()))
    assert problems == []
    assert text == (
        "::Q::[plain]Which?{\n    =[plain]Canada -> Ottawa\n    =[plain]Italy -> Rome\n    = -> Oslo}\n"
    )


@pytest.mark.parametrize("key", ["ordering", "gaps"])
def test_what_gift_has_no_word_for_is_left_out_and_told(key: str) -> None:
    text, problems = written(a_question(type_=key, body=READY_BODIES[key][0]))
    assert text == "\n"
    assert problems == [(True, "GIFT has no question of this type.")]


def test_a_question_that_is_not_ready_is_left_out_and_told() -> None:
    _text, problems = written(replace(a_question(), stem=NO_TEXT))
    assert problems == [(True, "It is not ready: The question has no words.")]


def test_an_arrow_where_it_would_mislead_is_left_out_and_told() -> None:
    _text, problems = written(a_question(type_="short_text", body=words("a -> b")))
    assert [left_out for left_out, _reason in problems] == [True]


@pytest.mark.parametrize(
    ("question", "loss"),
    [
        (a_question(points=2), "points"),
        (replace(a_question(), language="hi"), "language"),
        (a_question(type_="choice_many", body=READY_BODIES["choice_many"][0]), "rule of credit"),
        (a_question(type_="choice_one", body=READY_BODIES["choice_one"][1]), "keeps its place"),
        (a_question(type_="choice_one", body=READY_BODIES["choice_one"][2]), "pictures"),
        (a_question(type_="matching", body=pairs(credit=Credit.ALL_OR_NOTHING)), "rule of credit"),
        (a_question(type_="short_text", body=words("pH", case_matters=True)), "capital"),
        (
            a_question(
                type_="numeric", body=NumericBody(accepted=(near("5", "0.1", relative=True),))
            ),
            "tolerance",
        ),
        (
            a_question(
                type_="numeric",
                body=NumericBody(accepted=(near("5"),), decimal_mark=DecimalMark.COMMA),
            ),
            "comma",
        ),
        (
            a_question(
                type_="short_text",
                body=ShortTextBody(
                    accepted=(
                        AcceptedText(pattern="a"),
                        AcceptedText(pattern="b", share=Fraction(355, 1130001)),
                    )
                ),
            ),
            "rounded",
        ),
    ],
)
def test_what_is_lost_is_told(question: Question, loss: str) -> None:
    _text, problems = written(question)
    assert not any(left_out for left_out, _reason in problems)
    assert any(loss in reason for _left_out, reason in problems)


def test_a_relative_tolerance_is_written_as_a_fixed_one() -> None:
    body = NumericBody(accepted=(near("-200", "0.05", relative=True),))
    text, _problems = written(a_question(type_="numeric", body=body))
    [found] = Gift().read(text.encode(), NoProgress()).questions
    assert isinstance(found.question.body, NumericBody)
    target = found.question.body.accepted[0].near
    assert target is not None
    assert target.tolerance == Decimal(10)
