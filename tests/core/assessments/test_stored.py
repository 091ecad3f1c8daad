"""Questions, quizzes, responses and scores as JSON."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from app.core.assessments.papers import build_paper
from app.core.assessments.question_types import MalformedQuestion
from app.core.assessments.scoring import score_attempt
from app.core.assessments.stored import (
    media_of,
    question_from_json,
    question_to_json,
    quiz_from_json,
    quiz_to_json,
    response_from_json,
    response_to_json,
    score_from_json,
    score_to_json,
    with_texts,
)
from app.core.assessments.types import (
    AttemptScore,
    Body,
    Chosen,
    Filled,
    MediaKind,
    MediaRef,
    Ordered,
    Paired,
    Question,
    Quiz,
    QuizSettings,
    Response,
    RichText,
    Section,
    Typed,
    plain,
    with_stored_media,
)
from tests.core.assessments.builders import PICTURE, READY_BODIES, RIGHT, a_question, question_id

BODIES = [(key, body) for key, bodies in READY_BODIES.items() for body in bodies]


@pytest.mark.parametrize(("key", "body"), BODIES)
def test_a_question_survives(key: str, body: Body) -> None:
    question = Question(
        type=key,
        name="Lock out",
        stem=PICTURE,
        body=body,
        feedback=plain("Because."),
        points=3,
        critical=True,
        tags=("loto", "वाल्व"),
        language="hi",
    )
    text = json.dumps(question_to_json(question))
    assert question_from_json(json.loads(text)) == question


def test_a_malformed_question_is_told() -> None:
    good = question_to_json(a_question())
    bad = [
        None,
        {**good, "schema": 9},
        {**good, "type": "x"},
        {**good, "body": None},
        {**good, "points": 0},
        {**good, "points": "many"},
        {**good, "stem": {"format": "word"}},
    ]
    for one in bad:
        with pytest.raises(MalformedQuestion):
            question_from_json(one)


@pytest.mark.parametrize("share", ["1/0", "x", "1e9", "1/" + "9" * 90, 0.5, None])
def test_a_share_that_is_no_fraction_is_told(share: object) -> None:
    document = question_to_json(a_question())
    document["body"]["options"][0]["share"] = share
    with pytest.raises(MalformedQuestion):
        question_from_json(document)


@pytest.mark.parametrize(
    "response",
    [
        Chosen(keys=("1", "2")),
        Typed(text="वोल्ट"),
        Paired(pairs=(("1", "2"),)),
        Ordered(keys=("2", "1")),
        Filled(gaps=(("1", "x"),)),
    ],
)
def test_a_response_survives(response: Response) -> None:
    assert response_from_json(json.loads(json.dumps(response_to_json(response)))) == response


@pytest.mark.parametrize(
    "bad", [None, [], {}, {"form": "sung"}, {"form": "typed"}, {"form": "typed", "text": 1}]
)
def test_a_malformed_response_is_told(bad: object) -> None:
    with pytest.raises(MalformedQuestion):
        response_from_json(bad)


def test_a_quiz_survives() -> None:
    quiz = Quiz(
        sections=(Section(title="A", pool=(question_id(1),), draw=1, minimum=Fraction(1, 3)),),
        settings=QuizSettings(pass_mark=Fraction(2, 3), cool_off_seconds=(60, 120)),
    )
    assert quiz_from_json(json.loads(json.dumps(quiz_to_json(quiz)))) == quiz


def a_score() -> AttemptScore:
    quiz = Quiz(sections=(Section(pool=(question_id(1), question_id(2))),))
    questions = {question_id(1): a_question(critical=True), question_id(2): a_question()}
    paper = build_paper(quiz, questions, 3)
    return score_attempt(quiz, paper, questions, {question_id(2): RIGHT})


def test_a_score_survives() -> None:
    assert score_from_json(json.loads(json.dumps(score_to_json(a_score())))) == a_score()


def test_a_score_names_no_part_of_what_each_question_earned() -> None:
    rows = score_to_json(a_score())["questions"]

    assert sorted(rows) == [
        [str(question_id(1)), 0, "0", 1, False, False],
        [str(question_id(2)), 0, "1", 1, True, True],
    ]


def test_a_score_of_the_first_schema_is_read() -> None:
    document = score_to_json(a_score())
    parts = ("question_id", "section", "earned", "possible", "correct", "answered")
    by_names = [dict(zip(parts, row, strict=True)) for row in document["questions"]]

    assert score_from_json({**document, "schema": 1, "questions": by_names}) == a_score()


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        {},
        {"schema": 3},
        {"questions": None},
        {"questions": [None]},
        {"questions": [[]]},
        {"questions": [{"question_id": str(question_id(1))}]},
        {"questions": [[str(question_id(1)), 0, "one", 1, True, True]]},
        {"questions": [["nobody", 0, "1", 1, True, True]]},
    ],
)
def test_a_malformed_score_is_told(bad: object) -> None:
    untrusted = {**score_to_json(a_score()), **bad} if isinstance(bad, dict) and bad else bad
    with pytest.raises(MalformedQuestion):
        score_from_json(untrusted)


def test_media_are_found_wherever_they_stand_and_get_their_hash() -> None:
    sound = MediaRef(name="read.mp3", kind=MediaKind.AUDIO)
    aloud = replace(plain("option"), media=(sound,))
    body = READY_BODIES["choice_one"][2]
    question = replace(a_question(body=body), stem=aloud, feedback=aloud)

    assert {one.name for one in media_of(question)} == {"read.mp3", "valve.png"}
    assert len(media_of(question)) == 2

    def store(text: RichText) -> RichText:
        return with_stored_media(text, {"read.mp3": "cd" * 32})

    stored = with_texts(question, store)
    assert {one.sha256 for one in media_of(stored)} == {"cd" * 32, "ab" * 32}
