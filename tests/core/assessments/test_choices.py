"""Choices, true and false."""

from fractions import Fraction

import pytest

from app.core.assessments.draws import Draws
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceMany
from app.core.assessments.question_types.choice_one import ChoiceOne
from app.core.assessments.question_types.true_false import TrueFalse, TrueFalseBody
from app.core.assessments.types import Chosen, plain
from tests.core.assessments.builders import HALF, many_of, one_of, option


def chosen(*keys: str) -> Chosen:
    return Chosen(keys=keys)


def test_one_choice_earns_the_share_of_its_option() -> None:
    body = one_of(option("a", 1), option("b", HALF), option("c", -1))
    scores = [ChoiceOne().score(body, chosen(key)) for key in ("a", "b", "c", "strange")]
    assert scores == [1, HALF, 0, 0]


def test_two_options_where_one_is_asked_earn_nothing() -> None:
    assert ChoiceOne().score(one_of(), chosen("1", "2")) == 0


def test_feedback_belongs_to_the_option_chosen() -> None:
    body = one_of(option("a", 1, feedback="Well done"), option("b", feedback="No"))
    assert ChoiceOne().feedback(body, chosen("b")) == (plain("No"),)


@pytest.mark.parametrize(
    ("keys", "all_or_nothing", "partial"),
    [
        (("1", "2"), Fraction(1), Fraction(1)),
        (("1",), Fraction(0), HALF),
        (("1", "3"), Fraction(0), Fraction(0)),
        (("1", "2", "3"), Fraction(0), HALF),
        (("3",), Fraction(0), Fraction(0)),
        (("1", "2", "strange"), Fraction(0), HALF),
        ((), Fraction(0), Fraction(0)),
    ],
)
def test_several_choices_by_rule_of_credit(
    keys: tuple[str, ...], all_or_nothing: Fraction, partial: Fraction
) -> None:
    options = (option("1", 1), option("2", 1), option("3"))
    strict = many_of(*options)
    lenient = many_of(*options, credit=ChoiceCredit.PARTIAL)
    assert ChoiceMany().score(strict, chosen(*keys)) == all_or_nothing
    assert ChoiceMany().score(lenient, chosen(*keys)) == partial


def test_weights_add_up_and_stop_at_both_ends() -> None:
    body = many_of(
        option("1", HALF), option("2", HALF), option("3", -1), credit=ChoiceCredit.WEIGHTED
    )
    scores = [ChoiceMany().score(body, chosen(*keys)) for keys in ("1", "12", "123", "3")]
    assert scores == [HALF, 1, 0, 0]


def test_weights_that_miss_the_whole_are_a_problem() -> None:
    body = many_of(option("1", HALF), option("2"), credit=ChoiceCredit.WEIGHTED)
    assert ChoiceMany().problems(body) == ("The right options together do not earn 100%.",)


def test_ticking_everything_does_not_pay() -> None:
    options = (option("1", 1), option("2"), option("3"), option("4"))
    body = many_of(*options, credit=ChoiceCredit.PARTIAL)
    assert ChoiceMany().score(body, chosen("1", "2", "3", "4")) == 0


def test_a_pinned_option_keeps_its_place() -> None:
    body = one_of(option("1", 1), option("2"), option("3"), option("all", pinned=True))
    orders = {ChoiceOne().shuffle(body, Draws(seed, "x")) for seed in range(40)}
    assert len(orders) == 6
    assert all(order[-1] == "all" for order in orders)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (one_of(option("1", 1)), "There must be at least two options."),
        (one_of(option("1", 1), option("1")), "Two parts of the question have the same key."),
        (one_of(option("1"), option("2")), "No option is marked as right."),
        (one_of(option("1", 1), option("2", -2)), "A share must lie between -100% and 100%."),
    ],
)
def test_problems_are_named(body: object, problem: str) -> None:
    assert problem in ChoiceOne().problems(body)  # type: ignore[arg-type]  # every case is a choice


def test_true_and_false() -> None:
    body = TrueFalseBody(answer=False, feedback_true=plain("Nobody is buried there"))
    assert TrueFalse().score(body, chosen("false")) == 1
    assert TrueFalse().score(body, chosen("true")) == 0
    assert TrueFalse().feedback(body, chosen("true")) == (plain("Nobody is buried there"),)
    assert TrueFalse().describe_response(body, chosen("true")) == "True"
