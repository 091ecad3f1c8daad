"""Questions and quizzes for these tests."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import Gap, GapsBody
from app.core.assessments.question_types.matching import MatchAnswer, MatchingBody, MatchPrompt
from app.core.assessments.question_types.numbers import DecimalMark
from app.core.assessments.question_types.numeric import (
    AcceptedNumber,
    NumberNear,
    NumberRange,
    NumericBody,
)
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import OrderingBody, OrderItem
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.assessments.types import (
    NO_TEXT,
    Body,
    Chosen,
    Credit,
    MediaKind,
    MediaRef,
    Question,
    RichText,
    TextFormat,
    plain,
)

HALF = Fraction(1, 2)


def option(
    key: str, share: Fraction | int = 0, *, feedback: str = "", pinned: bool = False
) -> Option:
    said = plain(feedback) if feedback else NO_TEXT
    text = plain(f"option {key}")
    return Option(key=key, text=text, share=Fraction(share), feedback=said, pinned=pinned)


def one_of(*options: Option) -> ChoiceOneBody:
    return ChoiceOneBody(options=options or (option("1", 1), option("2"), option("3")))


def many_of(*options: Option, credit: ChoiceCredit = ChoiceCredit.ALL_OR_NOTHING) -> ChoiceManyBody:
    return ChoiceManyBody(options=options, credit=credit)


def near(value: str, tolerance: str = "0", *, relative: bool = False) -> AcceptedNumber:
    return AcceptedNumber(
        near=NumberNear(value=Decimal(value), tolerance=Decimal(tolerance), relative=relative)
    )


def within(low: str, high: str) -> AcceptedNumber:
    return AcceptedNumber(within=NumberRange(low=Decimal(low), high=Decimal(high)))


def words(*patterns: str, case_matters: bool = False) -> ShortTextBody:
    accepted = tuple(AcceptedText(pattern=pattern) for pattern in patterns)
    return ShortTextBody(accepted=accepted, case_matters=case_matters)


def pairs(*, credit: Credit = Credit.PARTIAL) -> MatchingBody:
    return MatchingBody(
        prompts=(
            MatchPrompt(key="1", text=plain("Canada"), answer="1"),
            MatchPrompt(key="2", text=plain("Italy"), answer="2"),
        ),
        answers=(
            MatchAnswer(key="1", text=plain("Ottawa")),
            MatchAnswer(key="2", text=plain("Rome")),
            MatchAnswer(key="3", text=plain("Oslo")),
        ),
        credit=credit,
    )


def steps(count: int = 4, *, credit: Credit = Credit.PARTIAL) -> OrderingBody:
    items = tuple(OrderItem(key=str(i), text=plain(f"step {i}")) for i in range(1, count + 1))
    return OrderingBody(items=items, credit=credit)


def cloze(*, credit: Credit = Credit.PARTIAL) -> GapsBody:
    return GapsBody(
        text=plain("Lock at [[where]], [[volts]] V, then [[do]]."),
        gaps=(
            Gap(key="where", words=words("source", "the source")),
            Gap(key="volts", number=NumericBody(accepted=(near("0"),))),
            Gap(key="do", choice=one_of(), weight=2),
        ),
        credit=credit,
    )


PICTURE = RichText(
    source='<p>Which? <img src="media:valve.png"></p>',
    format=TextFormat.HTML,
    media=(MediaRef(name="valve.png", sha256="ab" * 32, kind=MediaKind.IMAGE),),
)

READY_BODIES: dict[str, tuple[Body, ...]] = {
    "choice_one": (
        one_of(),
        one_of(option("a", HALF), option("b", 1, feedback="Yes"), option("c", -1, pinned=True)),
        ChoiceOneBody(options=(Option(key="1", text=PICTURE, share=Fraction(1)), option("2"))),
    ),
    "choice_many": (
        many_of(option("1", 1), option("2", 1), option("3")),
        many_of(option("1", 1), option("2", 1), option("3"), credit=ChoiceCredit.PARTIAL),
        many_of(
            option("1", HALF), option("2", HALF), option("3", -1), credit=ChoiceCredit.WEIGHTED
        ),
    ),
    "true_false": (
        TrueFalseBody(answer=True, feedback_false=plain("No")),
        TrueFalseBody(answer=False),
    ),
    "numeric": (
        NumericBody(accepted=(near("1822", "2"),), other_feedback=plain("Look it up")),
        NumericBody(accepted=(near("-40", "0.05", relative=True),)),
        NumericBody(accepted=(within("3.141", "3.142"),), decimal_mark=DecimalMark.COMMA),
    ),
    "short_text": (
        words("no one", "nobody"),
        words("*lock*tag*", case_matters=True),
        words(r"5 \* 2"),
    ),
    "matching": (pairs(), pairs(credit=Credit.ALL_OR_NOTHING)),
    "ordering": (steps(), steps(2), steps(credit=Credit.ALL_OR_NOTHING)),
    "gaps": (cloze(), cloze(credit=Credit.ALL_OR_NOTHING)),
}
"""Bodies without problems, by type; a new type needs some here."""


def question_id(number: int) -> UUID:
    return UUID(int=number)


def a_question(
    *, points: int = 1, critical: bool = False, body: Body | None = None, type_: str = "choice_one"
) -> Question:
    return Question(
        type=type_,
        name="Q",
        stem=plain("Which?"),
        body=body or one_of(),
        points=points,
        critical=critical,
    )


RIGHT = Chosen(keys=("1",))
WRONG = Chosen(keys=("2",))
