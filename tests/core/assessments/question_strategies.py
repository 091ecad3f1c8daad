"""Questions drawn at random, for tests of what formats carry."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from app.core.assessments.markup import clean
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import Gap, GapsBody
from app.core.assessments.question_types.matching import MatchAnswer, MatchingBody, MatchPrompt
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
from app.core.assessments.types import NO_TEXT, Body, Credit, Question, RichText, TextFormat, plain

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

MORE_BODIES: dict[str, st.SearchStrategy[Body]] = {
    **BODIES,
    "choice_many": st.one_of(
        BODIES["choice_many"],
        st.builds(
            lambda texts, right, credit: ChoiceManyBody(
                options=tuple(
                    Option(key=number_key(i), text=text, share=Fraction(i in right))
                    for i, text in enumerate(texts)
                ),
                credit=credit,
            ),
            st.lists(TEXTS, min_size=2, max_size=4),
            st.sets(st.integers(0, 3), min_size=1),
            st.sampled_from([ChoiceCredit.ALL_OR_NOTHING, ChoiceCredit.PARTIAL]),
        ),
    ),
    "ordering": st.builds(
        lambda texts, credit: OrderingBody(
            items=tuple(OrderItem(key=number_key(i), text=text) for i, text in enumerate(texts)),
            credit=credit,
        ),
        st.lists(TEXTS, min_size=2, max_size=4),
        st.sampled_from(Credit),
    ),
    "gaps": st.builds(
        lambda words, number, choice, credit, weight: GapsBody(
            text=plain("a [[1]] b [[2]] c [[3]]"),
            gaps=(
                Gap(key="1", words=words, weight=weight),
                Gap(key="2", number=number),
                Gap(key="3", choice=choice),
            ),
            credit=credit,
        ),
        BODIES["short_text"],
        BODIES["numeric"],
        BODIES["choice_one"],
        st.sampled_from(Credit),
        st.integers(1, 3),
    ),
}


@st.composite
def questions(draw: st.DrawFn, key: str) -> Question:
    """A question of a type, ready or not."""
    return Question(
        type=key,
        name=draw(NAMES),
        stem=draw(TEXTS),
        body=draw(MORE_BODIES[key]),
        feedback=draw(FEEDBACK),
        points=draw(st.integers(1, 5)),
        critical=draw(st.booleans()),
        tags=tuple(tag for tag in draw(st.lists(MARKS, max_size=2)) if tag != "critical"),
        language=draw(st.sampled_from(["", "en", "hi"])),
    )
