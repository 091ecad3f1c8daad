"""Questions in several languages: what learners read, and the order that stored translations keep to."""

import json
from dataclasses import replace

import pytest

from app.core.assessments import (
    NO_TEXT,
    Question,
    RichText,
    in_language,
    plain,
    translated_texts,
    with_translation,
)
from app.core.assessments.papers import build_paper
from app.core.assessments.rules import question_problems
from app.core.assessments.stored import media_of, question_from_json, question_to_json
from app.core.assessments.translations import texts_of, with_own_texts
from app.core.assessments.types import Body, Quiz, Section, Translation
from tests.core.assessments.builders import (
    PICTURE,
    READY_BODIES,
    a_question,
    cloze,
    many_of,
    option,
    pairs,
    question_id,
    steps,
)

BODIES = [(key, body) for key, bodies in READY_BODIES.items() for body in bodies]


def loud(text: RichText) -> RichText:
    return text if text.is_blank else replace(text, source=text.source.upper())


@pytest.mark.parametrize(("key", "body"), BODIES)
def test_a_translated_question_is_read_in_its_language_and_scored_alike(
    key: str, body: Body
) -> None:
    main = Question(type=key, stem=plain("Which?"), body=body, feedback=plain("because"))
    question = with_translation(main, "hi", with_own_texts(main, loud))

    hindi = in_language(question, "hi")

    assert hindi.stem.source == "WHICH?"
    assert texts_of(hindi) == tuple(map(loud, texts_of(main)))
    assert in_language(question, "ta") is question
    assert question_from_json(json.loads(json.dumps(question_to_json(question)))) == question
    assert (hindi.language, hindi.translations) == ("hi", ())
    paper = build_paper(paper_quiz(), {question_id(1): main}, 7)
    again = build_paper(paper_quiz(), {question_id(1): hindi}, 7)
    assert paper.questions == again.questions


def paper_quiz() -> Quiz:
    return Quiz(sections=(Section(pool=(question_id(1),)),))


def test_what_is_not_translated_stands_in_the_main_language() -> None:
    main = a_question()
    only_stem = Translation(language="hi", texts=(plain("कौन?"),))
    question = replace(main, translations=(only_stem,))

    hindi = in_language(question, "hi")

    assert hindi.stem.source == "कौन?"
    assert hindi.body == main.body
    blanks = texts_of(translated_texts(question, "hi"))[1:]
    assert set(blanks) == {NO_TEXT}
    assert len(blanks) == len(texts_of(main)) - 1


def test_an_empty_translation_is_taken_away() -> None:
    main = a_question()
    question = with_translation(main, "hi", with_own_texts(main, loud))
    blank = with_own_texts(main, lambda _text: NO_TEXT)
    assert with_translation(question, "hi", blank) == main


def test_pictures_of_a_translation_belong_to_the_question() -> None:
    question = replace(a_question(), translations=(Translation(language="hi", texts=(PICTURE,)),))
    assert [one.name for one in media_of(question)] == ["valve.png"]


def test_a_gap_that_a_translation_forgot_is_told() -> None:
    main = Question(type="gaps", stem=plain("Fill"), body=cloze())
    texts = [plain("भरो"), NO_TEXT, plain("[[where]] [[volts]]")]
    question = replace(main, translations=(Translation(language="hi", texts=tuple(texts)),))
    (problem,) = question_problems(question)
    assert problem.startswith("In हिन्दी: Each gap")


def test_the_order_of_texts_never_changes() -> None:
    """Stored translations stand in this order: another one would swap the words of questions."""

    def walked(key: str, body: Body) -> list[str]:
        question = Question(type=key, stem=plain("stem"), body=body, feedback=plain("general"))
        return [text.source for text in texts_of(question)]

    options = many_of(option("1", 1, feedback="said 1"), option("2", 1, feedback="said 2"))
    start = ["stem", "general"]
    assert walked("choice_many", options) == [*start, "option 1", "said 1", "option 2", "said 2"]
    assert walked("matching", pairs()) == [*start, "Canada", "Italy", "Ottawa", "Rome", "Oslo"]
    assert walked("ordering", steps(2)) == [*start, "step 1", "step 2"]
    gaps = walked("gaps", cloze())
    assert gaps[2:] == [cloze().text.source, "", "", "", "", "option 1", "", "option 2", "", "option 3", ""]  # fmt: skip
    statement, number = READY_BODIES["true_false"][0], READY_BODIES["numeric"][0]
    assert walked("true_false", statement) == [*start, "", "No"]
    assert walked("numeric", number) == [*start, "", "Look it up"]
