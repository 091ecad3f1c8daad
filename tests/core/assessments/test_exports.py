"""Every format: what is written comes back as it was, or what is lost is told."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.core.assessments.formats import (
    EXPORT_FORMATS,
    BankQuestion,
    ExportFormat,
    differences,
    export_bank,
    export_format,
)
from app.core.assessments.rules import question_problems
from app.core.assessments.types import MediaRef, Question
from app.core.base.progress import NoProgress
from tests.core.assessments.builders import READY_BODIES, a_question
from tests.core.assessments.question_strategies import MORE_BODIES, questions

each_export = pytest.mark.parametrize("format_", EXPORT_FORMATS, ids=lambda one: one.key)
PICTURE = b"bytes of a picture"

# What each format carries whole, by type and place in READY_BODIES; the rest loses something.
WHOLE = {
    "gift": {"choice_one": {0}, "choice_many": {2}, "true_false": {0, 1}, "numeric": {0}, "short_text": {0, 2}, "matching": {0}},
    "moodle-xml": {
        "choice_one": {0, 2}, "choice_many": {0, 1, 2}, "true_false": {0, 1}, "numeric": {0},
        "short_text": {0, 1, 2}, "matching": {0}, "ordering": {0, 1, 2},
    },
    "qti": {
        "choice_one": {0, 1, 2}, "choice_many": {0, 1, 2}, "true_false": {0, 1}, "numeric": {1},
        "short_text": {0, 2}, "matching": {0, 1}, "ordering": {2}, "gaps": {0, 1},
    },
    "xlsx": {
        "choice_one": {0}, "choice_many": {0, 1, 2}, "true_false": {1}, "numeric": {1},
        "short_text": {0, 1, 2}, "matching": {0, 1}, "ordering": {0, 1, 2},
    },
}  # fmt: skip


def picture_of(_wanted: MediaRef) -> bytes:
    return PICTURE


@each_export
@pytest.mark.parametrize("key", READY_BODIES)
def test_a_format_carries_whole_what_it_should(format_: ExportFormat, key: str) -> None:
    told = [
        export_bank(format_, [BankQuestion(question=a_question(type_=key, body=body))], picture_of)
        for body in READY_BODIES[key]
    ]

    whole = {place for place, export in enumerate(told) if not export.problems}

    assert whole == WHOLE[format_.key].get(key, set())


@each_export
@pytest.mark.parametrize("key", MORE_BODIES)
@settings(max_examples=12)
@given(data=st.data())
def test_what_comes_back_is_what_was_written_or_was_told(
    format_: ExportFormat, key: str, data: st.DataObject
) -> None:
    question = data.draw(questions(key))
    assume(not question_problems(question))

    export = export_bank(format_, [BankQuestion(question=question)])
    back = format_.read(export.content, NoProgress()).questions

    if any(problem.left_out for problem in export.problems):
        assert back == ()
        return
    assert len(back) == 1
    told = {problem.reason for problem in export.problems}
    assert set(differences(question, back[0].question)) <= told


@each_export
def test_a_bank_keeps_its_order(format_: ExportFormat) -> None:
    bank = [
        BankQuestion(question=replace(a_question(), name=f"Question {number}"))
        for number in range(12)
    ]

    back = format_.read(export_bank(format_, bank).content, NoProgress())

    assert [one.question.name for one in back.questions] == [one.question.name for one in bank]


@pytest.mark.parametrize("key", ["moodle-xml", "qti"])
def test_pictures_travel_in_the_file(key: str) -> None:
    format_ = export_format(key)
    question = a_question(type_="choice_one", body=READY_BODIES["choice_one"][2])

    export = export_bank(format_, [BankQuestion(question=question)], picture_of)
    back = format_.read(export.content, NoProgress())

    assert [(one.name, one.content) for one in back.files] == [("valve.png", PICTURE)]
    assert export.problems == ()


@each_export
def test_the_same_questions_make_the_same_bytes(format_: ExportFormat) -> None:
    bank = [BankQuestion(question=a_question())]

    assert export_bank(format_, bank).content == export_bank(format_, bank).content


def test_a_picture_that_is_not_to_be_had_is_told() -> None:
    question: Question = a_question(type_="choice_one", body=READY_BODIES["choice_one"][2])

    export = export_bank(export_format("qti"), [BankQuestion(question=question)])

    assert "Its pictures and recordings do not come with the file." in {
        one.reason for one in export.problems
    }
