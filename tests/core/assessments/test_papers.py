"""Papers: drawn, shuffled, rebuilt."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.papers import PoolTooSmall, build_paper
from app.core.assessments.types import Question, Quiz, QuizSettings, Section
from tests.core.assessments.builders import READY_BODIES, a_question, question_id, steps

POOL = tuple(question_id(i) for i in range(1, 21))
QUESTIONS: dict[UUID, Question] = {one: a_question() for one in POOL}
STILL = QuizSettings(shuffle_questions=False, shuffle_options=False)
SEEDS = st.integers(0, 2**63 - 1)
KNOWN_PAPER = [
    (2, ("4", "3", "2", "1")),
    (3, ("2", "3", "1")),
    (1, ("2", "1", "3")),
    (6, ("2", "1", "3")),
]


def quiz(*sections: Section, settings: QuizSettings | None = None) -> Quiz:
    return Quiz(sections=sections, settings=settings or QuizSettings())


@given(SEEDS, st.integers(1, 10), st.booleans(), st.booleans())
def test_a_paper_is_rebuilt_from_its_seed(
    seed: int, draw: int, questions: bool, options: bool
) -> None:
    settings = QuizSettings(shuffle_questions=questions, shuffle_options=options)
    asked = quiz(Section(pool=POOL[:10], draw=draw), Section(pool=POOL[10:]), settings=settings)
    assert build_paper(asked, QUESTIONS, seed) == build_paper(asked, dict(QUESTIONS), seed)


@given(SEEDS, st.integers(1, 10))
def test_each_section_draws_from_its_pool(seed: int, draw: int) -> None:
    asked = quiz(Section(pool=POOL[:10], draw=draw), Section(pool=POOL[10:]))

    paper = build_paper(asked, QUESTIONS, seed)

    first = [one.question_id for one in paper.questions if one.section == 0]
    second = [one.question_id for one in paper.questions if one.section == 1]
    assert len(set(first)) == len(first) == draw
    assert set(first) <= set(POOL[:10])
    assert sorted(second) == sorted(POOL[10:])
    assert [one.section for one in paper.questions] == [0] * draw + [1] * 10


def test_a_paper_is_the_one_it_always_was() -> None:
    questions = {**QUESTIONS, POOL[1]: a_question(type_="ordering", body=steps())}
    paper = build_paper(quiz(Section(pool=POOL[:6], draw=4)), questions, 20260101)
    assert [(one.question_id.int, one.order) for one in paper.questions] == KNOWN_PAPER


def test_nothing_moves_where_nothing_is_shuffled() -> None:
    paper = build_paper(quiz(Section(pool=POOL), settings=STILL), QUESTIONS, 5)
    assert [one.question_id for one in paper.questions] == list(POOL)
    assert {one.order for one in paper.questions} == {("1", "2", "3")}


def test_what_would_give_itself_away_is_shuffled_all_the_same() -> None:
    questions = {POOL[0]: a_question(type_="ordering", body=steps())}
    paper = build_paper(quiz(Section(pool=POOL[:1]), settings=STILL), questions, 5)
    assert paper.questions[0].order != ("1", "2", "3", "4")


def test_papers_differ_from_seed_to_seed() -> None:
    asked = quiz(Section(pool=POOL, draw=5))
    papers = {build_paper(asked, QUESTIONS, seed).questions for seed in range(50)}
    assert len(papers) == 50


def test_one_question_changed_leaves_the_others_as_they_were() -> None:
    asked = quiz(Section(pool=POOL[:5]))
    before = build_paper(asked, QUESTIONS, 9)
    changed = {
        **QUESTIONS,
        POOL[2]: a_question(type_="choice_many", body=READY_BODIES["choice_many"][0]),
    }
    after = build_paper(asked, changed, 9)
    assert [one for one in after.questions if one.question_id != POOL[2]] == [
        one for one in before.questions if one.question_id != POOL[2]
    ]


def test_a_pool_that_is_too_small_is_told() -> None:
    with pytest.raises(PoolTooSmall, match="Safety draws 9 questions, but has only 3"):
        build_paper(quiz(Section(title="Safety", pool=POOL[:3], draw=9)), QUESTIONS, 1)
