"""Numbers and words that are typed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.question_types import MalformedQuestion
from app.core.assessments.question_types.numbers import DecimalMark, read_number, written
from app.core.assessments.question_types.numeric import AcceptedNumber, Numeric, NumericBody
from app.core.assessments.question_types.short_text import (
    AcceptedText,
    ShortText,
    ShortTextBody,
    best_text,
)
from app.core.assessments.question_types.typed_text import matches
from app.core.assessments.types import NO_TEXT, Typed, plain
from tests.core.assessments.builders import HALF, near, within, words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42", "42"),
        (" -3.50 ", "-3.50"),
        ("−40", "-40"),
        ("- 5", "-5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1,234.5", "1234.5"),
        ("12,34,567", "1234567"),
        ("1 234 567", "1234567"),
        ("1'234", "1234"),
        ("१२३.५", "123.5"),
        ("௧௨", "12"),
        ("6.02e23", "6.02E+23"),
    ],
)
def test_a_number_is_read_with_the_point(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "3,14",
        "1,2",
        "1,23,4",
        "12 34",
        "1.2.3",
        "NaN",
        "Infinity",
        "1e999",
        "0x10",
        "²",
        "9" * 200,
    ],
)
def test_what_is_not_a_number_is_not_guessed_at(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("3,14", "3.14"), ("1.234,5", "1234.5"), ("1 234,5", "1234.5"), ("-,5", "-0.5")],
)
def test_a_number_is_read_with_the_comma(text: str, value: str) -> None:
    assert read_number(text, DecimalMark.COMMA) == Decimal(value)


def test_the_point_is_no_decimal_mark_where_the_comma_is() -> None:
    assert read_number("3.14", DecimalMark.COMMA) is None


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12
    ),
    st.sampled_from(DecimalMark),
)
def test_a_number_written_is_read_back(number: Decimal, decimal_mark: DecimalMark) -> None:
    assert read_number(written(number, decimal_mark), decimal_mark) == number


def score(body: NumericBody, text: str) -> Fraction:
    return Numeric().score(body, Typed(text=text))


def test_a_tolerance_includes_its_ends_exactly() -> None:
    body = NumericBody(accepted=(near("0.3", "0.1"),))
    assert [score(body, text) for text in ("0.2", "0.4", "0.4000001", "0.1999999")] == [1, 1, 0, 0]


def test_a_relative_tolerance_is_a_share_of_the_value() -> None:
    body = NumericBody(accepted=(near("-200", "0.05", relative=True),))
    assert [score(body, text) for text in ("-190", "-210", "-211")] == [1, 1, 0]


def test_a_range_includes_its_ends() -> None:
    body = NumericBody(accepted=(within("-5", "5"),))
    assert [score(body, text) for text in ("-5", "5", "5.01", "five")] == [1, 1, 0, 0]


def test_the_first_number_that_fits_decides() -> None:
    wide = AcceptedNumber(near=near("1822", "2").near, share=HALF, feedback=plain("Close"))
    body = NumericBody(accepted=(near("1822"), wide), other_feedback=plain("No"))
    assert [score(body, text) for text in ("1822", "1823", "1825")] == [1, HALF, 0]
    assert Numeric().feedback(body, Typed(text="1823")) == (plain("Close"),)
    assert Numeric().feedback(body, Typed(text="7")) == (plain("No"),)


@pytest.mark.parametrize(
    "accepted",
    [
        (),
        (near("1", "-1"),),
        (within("2", "1"),),
        (AcceptedNumber(),),
        (AcceptedNumber(near=near("1").near, within=within("1", "2").within),),
        (AcceptedNumber(near=near("1", "5").near, share=HALF), near("2")),
    ],
)
def test_numbers_that_cannot_be_hit_are_a_problem(accepted: tuple[AcceptedNumber, ...]) -> None:
    assert Numeric().problems(NumericBody(accepted=accepted))


@pytest.mark.parametrize("value", ["1E+999999", "NaN", "Infinity", "1E-5000"])
def test_a_foreign_number_without_bounds_is_refused(value: str) -> None:
    document = Numeric().to_json(NumericBody(accepted=(near("1"),)))
    document["accepted"][0]["near"]["value"] = value
    with pytest.raises(MalformedQuestion):
        Numeric().from_json(document)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("no one", "  No   ONE "),
        ("*lock*", "the padlock!"),
        ("lock*", "Lock"),
        ("*", "anything"),
        (r"5 \* 2", "5 * 2"),
        ("caf\u00e9", "cafe\u0301"),
        ("straße", "STRASSE"),
        ("क्\u200dष", "क्ष"),
        ("a*b*c", "a x b b c"),
    ],
)
def test_words_that_fit(pattern: str, text: str) -> None:
    assert matches(pattern, text, fold_case=True)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("no one", "no"),
        ("*", "   "),
        ("", ""),
        ("a*a", "a"),
        (r"5 \* 2", "5 x 2"),
        ("lock*", "unlock"),
        ("*lock", "locked"),
        ("a*b*c", "a c b"),
    ],
)
def test_words_that_do_not_fit(pattern: str, text: str) -> None:
    assert not matches(pattern, text, fold_case=True)


def test_capital_letters_matter_when_the_author_says_so() -> None:
    body = words("pH", case_matters=True)
    assert [ShortText().score(body, Typed(text=text)) for text in ("pH", "PH")] == [1, 0]


def test_the_first_words_that_fit_decide() -> None:
    body = ShortTextBody(
        accepted=(
            AcceptedText(pattern="cat", share=HALF, feedback=plain("Nearly")),
            AcceptedText(pattern="c*"),
        )
    )
    assert ShortText().score(body, Typed(text="cat")) == HALF
    assert ShortText().score(body, Typed(text="cow")) == 1
    assert ShortText().feedback(body, Typed(text="cat")) == (plain("Nearly"),)


def test_words_behind_a_wildcard_are_a_problem() -> None:
    shadowed = ShortTextBody(
        accepted=(AcceptedText(pattern="*", share=Fraction(0)), AcceptedText(pattern="frog"))
    )
    assert ShortText().problems(shadowed) == ("No answer earns 100%.",)
    assert shadowed.accepted[0].feedback is NO_TEXT


def test_a_hostile_pattern_takes_no_time() -> None:
    assert not matches("*a" * 400 + "*b", "a" * 20_000, fold_case=True)


@given(st.lists(st.text(alphabet="ab* \\", min_size=1, max_size=6), min_size=1, max_size=3))
def test_the_best_text_is_best_or_there_is_none(patterns: list[str]) -> None:
    body = words(*patterns)
    best = best_text(body.accepted, case_matters=False)
    if best is None:
        assert ShortText().problems(body)
    else:
        assert ShortText().score(body, Typed(text=best)) == 1
