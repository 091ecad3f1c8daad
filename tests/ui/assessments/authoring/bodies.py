"""Questions of every type as hypothesis draws them, for editors that must give them back."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from app.core.assessments import (
    AcceptedNumber,
    AcceptedText,
    ChoiceCredit,
    ChoiceManyBody,
    ChoiceOneBody,
    Credit,
    DecimalMark,
    Gap,
    GapsBody,
    MatchAnswer,
    MatchingBody,
    MatchPrompt,
    MediaKind,
    MediaRef,
    NumberNear,
    NumberRange,
    NumericBody,
    Option,
    OrderingBody,
    OrderItem,
    Question,
    RichText,
    ShortTextBody,
    TextFormat,
    Translation,
    TrueFalseBody,
)
from app.core.assessments.translations import texts_of
from app.ui.assessments.authoring.drafts import Picture, TextDraft

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WORDS = st.one_of(
    st.sampled_from(["", "Lock out", "ताला लगा", " a\u00a0b ", "x\r\ny", "a<b>&c", "[[1]] *"]),
    st.text(SIGNS, max_size=12),
)
KEYS = st.text("abc123", min_size=1, max_size=3)
SHARES = st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 3), Fraction(-1, 2), Fraction(5)])
DECIMALS = st.decimals(-999, 999, places=3) | st.just(Decimal("1E+3"))
MEDIA = st.builds(
    MediaRef,
    name=st.sampled_from(["valve.png", "ein bild.png", "read.mp3"]),
    sha256=st.none() | st.just("ab" * 32),
    kind=st.sampled_from([MediaKind.IMAGE, MediaKind.AUDIO]),
)
WITH_PICTURES = st.builds(
    lambda words, pictures, media: TextDraft(words=words, pictures=pictures, media=media).built(),
    WORDS,
    st.lists(st.builds(Picture, name=st.sampled_from(["valve.png", "b c.png"]), description=WORDS),
             max_size=2).map(tuple),
    st.lists(MEDIA, max_size=2, unique_by=lambda one: one.name).map(tuple),
)  # fmt: skip
TEXTS = st.one_of(
    st.builds(RichText, source=WORDS),
    WITH_PICTURES,
    st.builds(
        RichText,
        source=WORDS | st.just('<p>Which?</p><img src="media:valve.png">'),
        format=st.sampled_from(TextFormat),
        media=st.lists(MEDIA, max_size=1).map(tuple),
    ),
)
OPTIONS = st.lists(
    st.builds(Option, key=KEYS, text=TEXTS, share=SHARES, feedback=TEXTS, pinned=st.booleans()),
    max_size=4,
).map(tuple)
CREDITS = st.sampled_from(Credit)
ONE = st.builds(ChoiceOneBody, options=OPTIONS)
NEAR = st.builds(NumberNear, value=DECIMALS, tolerance=DECIMALS, relative=st.booleans())
RANGE = st.builds(NumberRange, low=DECIMALS, high=DECIMALS)
ACCEPTED = st.one_of(
    st.builds(AcceptedNumber, near=NEAR, share=SHARES, feedback=TEXTS),
    st.builds(AcceptedNumber, within=RANGE, share=SHARES, feedback=TEXTS),
    st.builds(AcceptedNumber),
)
NUMERIC = st.builds(
    NumericBody,
    accepted=st.lists(ACCEPTED, max_size=3).map(tuple),
    decimal_mark=st.sampled_from(DecimalMark),
    other_feedback=TEXTS,
)
SHORT = st.builds(
    ShortTextBody,
    accepted=st.lists(
        st.builds(AcceptedText, pattern=WORDS, share=SHARES, feedback=TEXTS), max_size=3
    ).map(tuple),
    case_matters=st.booleans(),
)
GAPS = st.lists(
    st.one_of(
        st.builds(Gap, key=KEYS, words=SHORT, weight=st.integers(0, 9)),
        st.builds(Gap, key=KEYS, number=NUMERIC),
        st.builds(Gap, key=KEYS, choice=ONE),
        st.builds(Gap, key=KEYS),
    ),
    max_size=2,
).map(tuple)
BODIES = {
    "choice_one": ONE,
    "choice_many": st.builds(ChoiceManyBody, options=OPTIONS, credit=st.sampled_from(ChoiceCredit)),
    "true_false": st.builds(
        TrueFalseBody,
        answer=st.sampled_from([None, True, False]),
        feedback_true=TEXTS,
        feedback_false=TEXTS,
    ),
    "numeric": NUMERIC,
    "short_text": SHORT,
    "matching": st.builds(
        MatchingBody,
        prompts=st.lists(st.builds(MatchPrompt, key=KEYS, text=TEXTS, answer=KEYS), max_size=3).map(
            tuple
        ),
        answers=st.lists(st.builds(MatchAnswer, key=KEYS, text=TEXTS), max_size=3).map(tuple),
        credit=CREDITS,
    ),
    "ordering": st.builds(
        OrderingBody,
        items=st.lists(st.builds(OrderItem, key=KEYS, text=TEXTS), max_size=3).map(tuple),
        credit=CREDITS,
    ),
    "gaps": st.builds(GapsBody, text=TEXTS, gaps=GAPS, credit=CREDITS),
}
"""A new type needs a strategy here."""


@st.composite
def questions(draw: st.DrawFn, key: str) -> Question:
    """Draw a question of a type, perhaps translated."""
    question = Question(
        type=key,
        name=draw(WORDS),
        stem=draw(TEXTS),
        body=draw(BODIES[key]),
        feedback=draw(TEXTS),
        points=draw(st.integers(1, 9)),
        critical=draw(st.booleans()),
        tags=draw(st.sampled_from([(), ("loto",), ("a, b", "c"), ("", " x")])),
        language=draw(st.sampled_from(["", "en", "xx"])),
    )
    translations = []
    for code in draw(st.sampled_from([(), ("hi",), ("ta", "hi"), ("zz",)])):
        texts = [draw(TEXTS) for _text in texts_of(question)]
        if any(not text.is_blank for text in texts):
            translations.append(Translation(language=code, texts=tuple(texts)))
    return replace(question, translations=tuple(translations))
