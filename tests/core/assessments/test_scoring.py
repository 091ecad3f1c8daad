"""Scores of attempts."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.papers import build_paper
from app.core.assessments.question_types.choice_many import ChoiceCredit
from app.core.assessments.scoring import (
    hundredths_of_percent,
    score_attempt,
    score_without,
    shown_percent,
)
from app.core.assessments.types import (
    AttemptScore,
    Chosen,
    Question,
    Quiz,
    QuizSettings,
    Response,
    Section,
    Shortfall,
)
from tests.core.assessments.builders import (
    RIGHT,
    WRONG,
    a_question,
    many_of,
    option,
    question_id,
)


def scored(
    questions: list[Question],
    responses: Sequence[Response | None],
    *,
    pass_mark: Fraction = Fraction(4, 5),
    sections: tuple[Section, ...] = (),
) -> AttemptScore:
    ids = [question_id(i) for i in range(len(questions))]
    quiz = Quiz(
        sections=sections or (Section(pool=tuple(ids)),), settings=QuizSettings(pass_mark=pass_mark)
    )
    by_id = dict(zip(ids, questions, strict=True))
    given = {one: said for one, said in zip(ids, responses, strict=True) if said is not None}
    return score_attempt(quiz, build_paper(quiz, by_id, 1), by_id, given)


def test_points_are_added() -> None:
    score = scored([a_question(points=3), a_question(), a_question()], [RIGHT, WRONG, None])
    assert (score.earned, score.possible, score.share) == (Fraction(3), 5, Fraction(3, 5))
    assert not score.passed
    assert score.reasons == (Shortfall.BELOW_PASS_MARK,)
    by_id = {one.question_id: one for one in score.questions}
    assert [by_id[question_id(i)].correct for i in range(3)] == [True, False, False]
    assert [by_id[question_id(i)].answered for i in range(3)] == [True, True, False]


def test_the_pass_mark_itself_passes() -> None:
    score = scored([a_question()] * 5, [RIGHT] * 4 + [WRONG])
    assert score.passed
    assert score.reasons == ()


def test_thirds_add_up_to_the_whole() -> None:
    body = many_of(option("1", 1), option("2", 1), option("3", 1), credit=ChoiceCredit.PARTIAL)
    question = a_question(body=body, type_="choice_many")
    score = scored([question] * 3, [Chosen(keys=("2",))] * 3, pass_mark=Fraction(1, 3))
    assert score.earned == 1
    assert score.passed


def test_one_critical_miss_fails_the_attempt() -> None:
    questions = [a_question(points=99), a_question(critical=True)]
    score = scored(questions, [RIGHT, WRONG])
    assert score.share == Fraction(99, 100)
    assert score.critical_failed == (question_id(1),)
    assert score.reasons == (Shortfall.CRITICAL_WRONG,)


def test_a_critical_question_right_in_part_is_missed() -> None:
    body = many_of(option("1", 1), option("2", 1), option("3"), credit=ChoiceCredit.PARTIAL)
    critical = a_question(body=body, type_="choice_many", critical=True)
    score = scored([critical, a_question(points=9)], [Chosen(keys=("1",)), RIGHT])
    assert score.critical_failed == (question_id(0),)


def test_a_section_below_its_minimum_fails_the_attempt() -> None:
    sections = (
        Section(title="LOTO", pool=(question_id(0), question_id(1)), minimum=Fraction(1)),
        Section(title="Rest", pool=tuple(question_id(i) for i in range(2, 10))),
    )
    score = scored([a_question()] * 10, [RIGHT, WRONG] + [RIGHT] * 8, sections=sections)
    assert score.share == Fraction(9, 10)
    assert score.reasons == (Shortfall.SECTION_BELOW_MINIMUM,)
    assert [(one.title, one.earned, one.possible, one.met) for one in score.sections] == [
        ("LOTO", Fraction(1), 2, False),
        ("Rest", Fraction(8), 8, True),
    ]


def test_an_empty_paper_does_not_pass() -> None:
    score = scored([], [])
    assert (score.passed, score.reasons) == (False, (Shortfall.NOTHING_ASKED,))
    assert score.share == 0


def test_a_score_just_below_the_pass_mark_never_shows_as_the_pass_mark() -> None:
    assert shown_percent(Fraction(79_999, 1000), 100) == "79.9%"
    assert shown_percent(Fraction(2), 3) == "66.6%"
    assert shown_percent(Fraction(0), 0) == "–"
    assert hundredths_of_percent(scored([a_question()] * 3, [RIGHT, RIGHT, None])) == 6666


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.booleans()), max_size=8))
def test_a_pass_never_has_a_reason_against_it(asked: list[tuple[int, bool, bool]]) -> None:
    questions = [a_question(points=points, critical=critical) for points, critical, _ in asked]
    score = scored(questions, [RIGHT if right else WRONG for _, _, right in asked])
    assert 0 <= score.earned <= score.possible
    assert score.passed == (not score.reasons)
    assert score.earned == sum(points for points, _, right in asked if right)
    if score.passed:
        assert all(right for _, critical, right in asked if critical)


_ASKED = st.lists(
    st.tuples(
        st.integers(1, 9), st.booleans(), st.sampled_from([RIGHT, WRONG, None]), st.booleans()
    ),
    min_size=1,
    max_size=8,
)


@given(_ASKED, st.fractions(0, 1), st.integers(0, 8), st.sampled_from([None, Fraction(1, 2)]))
def test_leaving_questions_out_scores_as_if_they_had_not_been_asked(
    asked: list[tuple[int, bool, Response | None, bool]],
    pass_mark: Fraction,
    border: int,
    minimum: Fraction | None,
) -> None:
    ids = [question_id(i) for i in range(len(asked))]
    by_id = {
        one: a_question(points=points, critical=critical)
        for one, (points, critical, _said, _out) in zip(ids, asked, strict=True)
    }
    given_ = {
        one: said
        for one, (_points, _critical, said, _out) in zip(ids, asked, strict=True)
        if said is not None
    }
    out = {one for one, (*_rest, is_out) in zip(ids, asked, strict=True) if is_out}
    sections = (
        Section(pool=tuple(ids[:border]), minimum=minimum),
        Section(pool=tuple(ids[border:])),
    )
    settings = QuizSettings(pass_mark=pass_mark, shuffle_questions=False)
    quiz = Quiz(sections=sections, settings=settings)
    paper = build_paper(quiz, by_id, 1)
    rest = replace(paper, questions=tuple(o for o in paper.questions if o.question_id not in out))

    without = score_without(score_attempt(quiz, paper, by_id, given_), out, pass_mark)

    assert without == score_attempt(quiz, rest, by_id, given_)
    assert score_without(without, out, pass_mark) == without
