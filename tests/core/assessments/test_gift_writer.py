"""Writing GIFT, and reading it back."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.assessments.formats import BankQuestion, export_bank
from app.core.assessments.formats.gift import Gift
from app.core.assessments.markup import clean
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.matching import MatchAnswer, MatchingBody, MatchPrompt
from app.core.assessments.question_types.numbers import DecimalMark
from app.core.assessments.question_types.numeric import (
    AcceptedNumber,
    NumberNear,
    NumberRange,
    NumericBody,
)
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.assessments.rules import question_problems
from app.core.assessments.types import (
    NO_TEXT,
    Body,
    Credit,
    Question,
    RichText,
    TextFormat,
    plain,
)
from app.core.base.progress import NoProgress
from tests.core.assessments.builders import READY_BODIES, a_question, near, pairs, words

SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
LINES = st.one_of(
    st.text(SIGNS, max_size=12),
    st.text(alphabet="\\:#={}~n%[]/->T*$ \n<&", max_size=12),
    st.sampled_from(["[html]x", "// no comment", "$CATEGORY: x", "::a::", "%50%x", "TRUE", "####"]),
)
SOURCES = LINES.map(str.strip).filter(bool)
PLAIN = SOURCES.map(plain)
MARKDOWN = SOURCES.map(lambda one: RichText(source=one, format=TextFormat.MARKDOWN))
HTML = SOURCES.map(lambda one: RichText(source=f"<p>{one}</p>", format=TextFormat.HTML))
TEXTS = st.one_of(PLAIN, MARKDOWN, HTML).map(lambda one: clean(one).text)
FEEDBACK = st.one_of(st.just(NO_TEXT), TEXTS)
PARTS = (Fraction(0), Fraction(1, 2), Fraction(1, 3), Fraction(-1), Fraction(1))
SHARES = st.sampled_from(PARTS)
DECIMALS = st.decimals(-9999, 9999, places=3)
NAMES = LINES.map(lambda one: " ".join(one.split()))
MARKS = (
    st.text(SIGNS, min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda one: one and one[-1] != "\\")
)


def options(
    *needed: Fraction, others: tuple[Fraction, ...]
) -> st.SearchStrategy[tuple[Option, ...]]:
    """Options of which some have the shares needed to make the question ready."""
    more = st.lists(st.sampled_from(others), min_size=1, max_size=2)
    shares = more.flatmap(lambda drawn: st.permutations([*needed, *drawn]))
    return shares.flatmap(lambda drawn: st.tuples(*(option(one) for one in drawn))).map(
        lambda rows: tuple(replace(row, key=number_key(i)) for i, row in enumerate(rows))
    )


def option(share: Fraction) -> st.SearchStrategy[Option]:
    return st.builds(Option, key=st.just(""), text=TEXTS, share=st.just(share), feedback=FEEDBACK)


def accepted(shares: st.SearchStrategy[Fraction]) -> st.SearchStrategy[AcceptedText]:
    patterns = NAMES.filter(lambda name: bool(name) and "->" not in name)
    return st.builds(AcceptedText, pattern=patterns, share=shares, feedback=FEEDBACK)


@st.composite
def numbers(draw: st.DrawFn, shares: st.SearchStrategy[Fraction]) -> AcceptedNumber:
    value, other = sorted((draw(DECIMALS), draw(DECIMALS)))
    share, feedback = draw(shares), draw(FEEDBACK)
    if draw(st.booleans()):
        return AcceptedNumber(
            within=NumberRange(low=value, high=other), share=share, feedback=feedback
        )
    target = NumberNear(value=value, tolerance=abs(other))
    return AcceptedNumber(near=target, share=share, feedback=feedback)


@st.composite
def matchings(draw: st.DrawFn) -> MatchingBody:
    answers = draw(st.lists(NAMES.filter(bool), min_size=2, max_size=4, unique=True))
    served = draw(st.lists(st.sampled_from(range(len(answers))), min_size=2, max_size=4))
    in_order = list(dict.fromkeys(served))
    places = {one: number_key(i) for i, one in enumerate(in_order)}
    left = [one for one in range(len(answers)) if one not in places]
    places |= {one: number_key(len(in_order) + i) for i, one in enumerate(left)}
    return MatchingBody(
        prompts=tuple(
            MatchPrompt(key=number_key(i), text=draw(TEXTS), answer=places[one])
            for i, one in enumerate(served)
        ),
        answers=tuple(
            MatchAnswer(key=places[one], text=plain(answers[one])) for one in (*in_order, *left)
        ),
        credit=Credit.PARTIAL,
    )


BODIES: dict[str, st.SearchStrategy[Body]] = {
    "choice_one": options(Fraction(1), others=PARTS).map(lambda rows: ChoiceOneBody(options=rows)),
    "choice_many": options(Fraction(1, 3), Fraction(2, 3), others=PARTS[:4]).map(
        lambda rows: ChoiceManyBody(options=rows, credit=ChoiceCredit.WEIGHTED)
    ),
    "true_false": st.builds(
        TrueFalseBody, answer=st.booleans(), feedback_true=FEEDBACK, feedback_false=FEEDBACK
    ),
    "short_text": st.tuples(
        accepted(st.just(Fraction(1))), st.lists(accepted(SHARES), max_size=2)
    ).map(lambda drawn: ShortTextBody(accepted=(drawn[0], *drawn[1]))),
    "numeric": st.builds(
        NumericBody,
        accepted=st.tuples(
            numbers(st.just(Fraction(1))), st.lists(numbers(SHARES), max_size=2)
        ).map(lambda drawn: (drawn[0], *drawn[1])),
        other_feedback=FEEDBACK,
    ),
    "matching": matchings(),
}


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
