"""What makes a question poor is told; a sound one is let alone."""

from fractions import Fraction

import pytest

from app.core.assessments import Question, TrueFalseBody, advice, plain
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.options import Option


def choice(*texts: str, right: int = 0) -> Question:
    options = tuple(
        Option(key=str(at), text=plain(text), share=Fraction(int(at == right)))
        for at, text in enumerate(texts)
    )
    return Question(type="choice_one", stem=plain("What?"), body=ChoiceOneBody(options=options))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (choice("Valve", "All of the above."), "points at other options"),
        (choice("वाल्व", "उपरोक्त सभी"), "points at other options"),
        (choice("The valve", "the  Valve"), "say the same"),
        (choice("Shut it down, lock it, tag it and try to start it", "Ask"), "far longer"),
    ],
)
def test_poor_options_are_told(question: Question, told: str) -> None:
    (said,) = advice(question)
    assert told in said


def test_a_sound_question_is_let_alone_and_a_safety_step_has_to_be_right() -> None:
    assert advice(choice("The valve", "The switch")) == ()
    body = TrueFalseBody(answer=True)
    step = Question(type="true_false", stem=plain("Lock it."), body=body, tags=("Safety",))
    assert "tag “safety”" in advice(step)[0]
