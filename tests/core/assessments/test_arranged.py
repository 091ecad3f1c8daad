"""Matching, ordering, gaps."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.core.assessments.draws import Draws
from app.core.assessments.question_types.gaps import Gap, Gaps, GapsBody
from app.core.assessments.question_types.matching import Matching
from app.core.assessments.question_types.ordering import Ordering
from app.core.assessments.types import NO_TEXT, Credit, Filled, Ordered, Paired, plain
from tests.core.assessments.builders import HALF, cloze, one_of, option, pairs, steps, words


def paired(*given: tuple[str, str]) -> Paired:
    return Paired(pairs=given)


def test_each_pair_earns_its_part() -> None:
    assert Matching().score(pairs(), paired(("1", "1"), ("2", "3"))) == HALF
    strict = pairs(credit=Credit.ALL_OR_NOTHING)
    assert Matching().score(strict, paired(("1", "1"), ("2", "3"))) == 0


def test_a_prompt_paired_twice_earns_nothing() -> None:
    given = paired(("1", "1"), ("1", "2"), ("2", "2"))
    assert Matching().score(pairs(), given) == HALF


def test_pairs_are_told_in_words() -> None:
    assert Matching().describe_response(pairs(), paired(("2", "3"))) == "Italy → Oslo"


@pytest.mark.parametrize(
    "body",
    [
        replace(pairs(), prompts=pairs().prompts[:1]),
        replace(pairs(), answers=pairs().answers[:1]),
        replace(pairs(), answers=(pairs().answers[0], replace(pairs().answers[1], text=NO_TEXT))),
    ],
)
def test_pairs_that_cannot_be_asked(body: object) -> None:
    assert Matching().problems(body)  # type: ignore[arg-type]  # every case is a matching


@pytest.mark.parametrize(
    ("order", "share"),
    [
        ("1234", Fraction(1)),
        ("2341", Fraction(2, 3)),
        ("4321", Fraction(0)),
        ("2143", Fraction(0)),
        ("123", Fraction(0)),
        ("1233", Fraction(0)),
    ],
)
def test_an_order_earns_by_who_follows_whom(order: str, share: Fraction) -> None:
    assert Ordering().score(steps(), Ordered(keys=tuple(order))) == share


def test_steps_of_a_job_count_only_as_a_whole_by_default() -> None:
    strict = steps(credit=Credit.ALL_OR_NOTHING)
    assert Ordering().score(strict, Ordered(keys=tuple("2341"))) == 0


def test_items_are_never_shown_in_their_right_order() -> None:
    orders = {Ordering().shuffle(steps(2), Draws(seed, "x")) for seed in range(30)}
    assert orders == {("2", "1")}
    assert Ordering().always_shuffles


def filled(**gaps: str) -> Filled:
    return Filled(gaps=tuple(gaps.items()))


def test_gaps_earn_by_weight() -> None:
    assert Gaps().score(cloze(), filled(where="The source", volts="0", do="2")) == HALF
    assert Gaps().score(cloze(), filled(do="1")) == HALF
    assert Gaps().score(cloze(), filled(where="x", volts="", strange="1")) == 0


def test_gaps_are_told_in_words() -> None:
    told = Gaps().describe_response(cloze(), filled(where="source", do="1"))
    assert told == "source; –; option 1"


def test_gaps_shuffle_their_options_each_by_itself() -> None:
    assert Gaps().as_written(cloze()) == ("do/1", "do/2", "do/3")


def gap_body(text: str, *gaps: Gap) -> GapsBody:
    return GapsBody(text=plain(text), gaps=gaps)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (gap_body("no gap"), "There is no gap."),
        (gap_body("[[1]] [[1]]", Gap(key="1", words=words("x"))), "stand in the text once"),
        (gap_body("[[2]]", Gap(key="1", words=words("x"))), "stand in the text once"),
        (gap_body("[[1]]", Gap(key="1")), "Gap 1: Say how it is filled."),
        (gap_body("[[1]]", Gap(key="1", words=words("x"), choice=one_of())), "Say how it is"),
        (gap_body("[[1]]", Gap(key="1", words=words(""))), "Gap 1: An accepted answer is empty."),
        (gap_body("[[1]]", Gap(key="1", choice=one_of(option("1", 1)))), "at least two options"),
        (gap_body("[[1]]", Gap(key="1", words=words("x"), weight=0)), "must count at least 1"),
    ],
)
def test_gaps_that_cannot_be_asked(body: GapsBody, problem: str) -> None:
    assert any(problem in one for one in Gaps().problems(body))
