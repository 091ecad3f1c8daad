"""What holds for every question type."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.assessments.draws import Draws
from app.core.assessments.question_types import (
    QUESTION_TYPES,
    AnyQuestionType,
    MalformedQuestion,
    question_type,
)
from app.core.assessments.question_types.gaps import GAP
from app.core.assessments.types import (
    Body,
    Chosen,
    Filled,
    Ordered,
    Paired,
    Response,
    RichText,
    Typed,
    plain,
)
from tests.core.assessments.builders import READY_BODIES, cloze

CASES = [(type_, body) for type_ in QUESTION_TYPES for body in READY_BODIES.get(type_.key, ())]
SEEDS = st.integers(min_value=-(2**63), max_value=2**63 - 1)
each_body = pytest.mark.parametrize(
    ("type_", "body"), CASES, ids=[f"{type_.key}-{i}" for i, (type_, _body) in enumerate(CASES)]
)
each_type = pytest.mark.parametrize("type_", QUESTION_TYPES, ids=lambda type_: type_.key)

KEYS = st.sampled_from(["1", "2", "3", "4", "a", "b", "true", "false", "where", "volts", "do", "?"])
TEXTS = st.one_of(
    st.text(max_size=20), st.sampled_from(["no one", "0", "source", "1822", "3,1415"])
)
RESPONSES: dict[type[Response], st.SearchStrategy[Response]] = {
    Chosen: st.lists(KEYS, max_size=5).map(lambda keys: Chosen(keys=tuple(keys))),
    Typed: TEXTS.map(lambda text: Typed(text=text)),
    Paired: st.lists(st.tuples(KEYS, KEYS), max_size=5).map(lambda one: Paired(pairs=tuple(one))),
    Ordered: st.one_of(st.permutations(["1", "2", "3", "4"]), st.lists(KEYS, max_size=5)).map(
        lambda keys: Ordered(keys=tuple(keys))
    ),
    Filled: st.lists(st.tuples(KEYS, st.one_of(KEYS, TEXTS)), max_size=5).map(
        lambda gaps: Filled(gaps=tuple(gaps))
    ),
}


def form_of(type_: AnyQuestionType, body: Body) -> type[Response]:
    best = type_.best_response(body)
    assert best is not None
    return type(best)


def test_keys_are_unique() -> None:
    keys = [type_.key for type_ in QUESTION_TYPES]
    assert len(set(keys)) == len(keys) == 8


@each_type
def test_there_are_bodies_to_try(type_: AnyQuestionType) -> None:
    assert READY_BODIES[type_.key]
    assert question_type(type_.key) is type_


def test_an_unknown_type_is_told() -> None:
    with pytest.raises(MalformedQuestion, match="telepathy"):
        question_type("telepathy")


@each_type
def test_a_blank_body_has_problems(type_: AnyQuestionType) -> None:
    assert type_.problems(type_.blank())


@each_body
def test_a_ready_body_has_no_problems(type_: AnyQuestionType, body: Body) -> None:
    assert type_.problems(body) == ()


@each_body
def test_a_body_survives_json(type_: AnyQuestionType, body: Body) -> None:
    text = json.dumps(type_.to_json(body))

    assert type_.from_json(json.loads(text)) == body
    assert type_.from_json(type_.to_json(type_.blank())) == type_.blank()


@each_body
def test_malformed_json_is_told(type_: AnyQuestionType, body: Body) -> None:
    good = type_.to_json(body)
    cases: tuple[object, ...] = (None, [], {}, {**good, "schema": 2}, {"schema": 1})
    for bad in (*cases, {key: {} if key != "schema" else 1 for key in good}):
        with pytest.raises(MalformedQuestion):
            type_.from_json(bad)


@each_body
def test_the_best_response_earns_everything(type_: AnyQuestionType, body: Body) -> None:
    best = type_.best_response(body)

    assert best is not None
    assert type_.score(body, best) == 1
    assert type_.describe_response(body, best)


@each_body
def test_silence_earns_nothing(type_: AnyQuestionType, body: Body) -> None:
    assert type_.score(body, None) == 0
    assert type_.describe_response(body, None) == ""
    assert type_.feedback(body, None) == ()


@each_body
def test_a_response_of_another_form_is_a_bug(type_: AnyQuestionType, body: Body) -> None:
    other = Typed(text="x") if form_of(type_, body) is not Typed else Chosen(keys=("1",))
    with pytest.raises(TypeError):
        type_.score(body, other)


@each_body
@settings(max_examples=30)
@given(data=st.data())
def test_every_score_lies_between_nothing_and_everything(
    type_: AnyQuestionType, body: Body, data: st.DataObject
) -> None:
    response = data.draw(RESPONSES[form_of(type_, body)])

    score = type_.score(body, response)

    assert isinstance(score, Fraction)
    assert 0 <= score <= 1
    type_.describe_response(body, response)
    type_.feedback(body, response)


@each_body
@settings(max_examples=30)
@given(seed=SEEDS)
def test_shuffling_lays_out_the_same_things(type_: AnyQuestionType, body: Body, seed: int) -> None:
    written = type_.as_written(body)

    shown = type_.shuffle(body, Draws(seed, "options"))

    assert sorted(shown) == sorted(written)
    assert shown == type_.shuffle(body, Draws(seed, "options"))


@each_body
@settings(max_examples=30)
@given(data=st.data(), seed=SEEDS)
def test_the_order_shown_does_not_change_the_score(
    type_: AnyQuestionType, body: Body, data: st.DataObject, seed: int
) -> None:
    response = data.draw(RESPONSES[form_of(type_, body)])
    shown = type_.shuffle(body, Draws(seed, "options"))

    moved = as_picked_from(shown, response)

    assert type_.score(body, moved) == type_.score(body, response)


def as_picked_from(shown: tuple[str, ...], response: Response) -> Response:
    """Return the response with what was picked noted in the order it stood on the screen."""

    def place(key: str) -> int:
        return shown.index(key) if key in shown else len(shown)

    match response:
        case Chosen(keys=keys):
            return Chosen(keys=tuple(sorted(keys, key=place)))
        case Paired(pairs=pairs):
            return Paired(pairs=tuple(sorted(pairs, key=lambda pair: place(pair[1]))))
    return response


@each_body
def test_every_text_can_be_changed(type_: AnyQuestionType, body: Body) -> None:
    seen: list[RichText] = []

    def note(text: RichText) -> RichText:
        seen.append(text)
        return plain("changed")

    changed = type_.with_texts(body, note)

    assert type_.with_texts(body, lambda text: text) == body
    if seen:
        assert changed != body


@each_body
def test_what_parts_are_called_says_nothing(type_: AnyQuestionType, body: Body) -> None:
    numbered = type_.numbered(body)
    best = type_.best_response(numbered)

    assert best is not None
    assert type_.score(numbered, best) == 1
    assert type_.describe_response(numbered, best) == type_.describe_response(
        body, type_.best_response(body)
    )
    assert type_.numbered(numbered) == numbered


def test_words_in_place_of_numbers_make_the_same_gaps() -> None:
    named, numbered = cloze(), question_type("gaps").numbered(cloze())

    assert [gap.key for gap in named.gaps] != ["1", "2", "3"]
    assert [gap.key for gap in numbered.gaps] == ["1", "2", "3"]
    assert [mark[1] for mark in GAP.finditer(numbered.text.source)] == ["1", "2", "3"]
