"""What learners answered inside content, as reports read it."""

from fractions import Fraction

from app.core.learning.scorm import Duration, InteractionReport, interactions
from tests.core.learning.scorm.launches import running_12, running_2004, set_all


def test_a_question_of_2004() -> None:
    run = running_2004()
    stem = "cmi.interactions.0"
    set_all(
        run,
        {
            f"{stem}.id": "q1",
            f"{stem}.type": "choice",
            f"{stem}.objectives.0.id": "o1",
            f"{stem}.timestamp": "2026-11-28T09:30:00",
            f"{stem}.correct_responses.0.pattern": "a[,]b",
            f"{stem}.correct_responses.1.pattern": "c",
            f"{stem}.weighting": "1.5",
            f"{stem}.learner_response": "a",
            f"{stem}.result": "incorrect",
            f"{stem}.latency": "PT5.5S",
            f"{stem}.description": "<b>Which?</b>",
            "cmi.interactions.1.id": "q2",
            "cmi.interactions.1.result": "0.25",
        },
    )

    first, second = interactions(run.model)

    assert first == InteractionReport(
        untrusted_id="q1",
        kind="choice",
        untrusted_response="a",
        untrusted_description="<b>Which?</b>",
        untrusted_patterns=("a[,]b", "c"),
        untrusted_objectives=("o1",),
        at="2026-11-28T09:30:00",
        result="incorrect",
        score=None,
        weighting=Fraction(3, 2),
        latency=Duration(550),
    )
    assert second.score == Fraction(1, 4)
    assert second.result == ""
    assert second.latency is None


def test_a_question_of_1_2_reads_the_same() -> None:
    run = running_12()
    stem = "cmi.interactions.0"
    set_all(
        run,
        {
            f"{stem}.id": "q1",
            f"{stem}.time": "09:30:00",
            f"{stem}.student_response": "a",
            f"{stem}.result": "wrong",
            f"{stem}.latency": "00:00:05.5",
        },
    )

    (found,) = interactions(run.model)

    assert found.untrusted_response == "a"
    assert found.result == "incorrect"
    assert found.at == "09:30:00"
    assert found.latency == Duration(550)
