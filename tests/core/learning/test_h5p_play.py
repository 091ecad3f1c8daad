"""H5P: what its statements mean for a lesson; what is no statement means nothing."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.content import Activity, PackageIndex, PackageManifest, Standard
from app.core.learning.launches.plays.h5p import H5pPlay, H5pPlayMaker
from app.core.learning.launches.seat import Seat

VERBS = "http://adlnet.gov/expapi/verbs/"


def play(state: Mapping[str, Any] | None = None) -> H5pPlay:
    return H5pPlay(play_seat(state or {}))


def play_seat(state: Mapping[str, Any]) -> Seat:
    manifest = PackageManifest(
        standard=Standard.H5P,
        edition="1.24",
        identifier="H5P.MultiChoice",
        title="Fire",
        root=Activity(id="package", title="Fire"),
    )
    index = PackageIndex(manifest=manifest, files=(), archive_sha256="0" * 64)
    return Seat(
        index=index,
        read=lambda _name: b"",
        learner_id="E-1",
        learner_name="Asha",
        language="en",
        seed=1,
        registration=UUID(int=1),
        agent={},
        state=state,
    )


def statement(verb: str, *, parent: bool = False, **result: object) -> str:
    said: dict[str, object] = {
        "verb": {"id": VERBS + verb},
        "result": result,
        "object": {"id": "x"},
    }
    if parent:
        said["context"] = {"contextActivities": {"parent": [{"id": "y"}]}}
    return json.dumps(said)


def test_an_answered_question_is_done_with_its_score() -> None:
    made = play()

    answer = made.call("Statement", (statement("answered", success=True, score={"scaled": 0.75}),))

    assert (answer.value, answer.must_keep) == ("true", True)
    standing = made.standing()
    assert (standing.is_done, standing.is_passed, standing.score) == (True, True, Fraction(3, 4))


def test_a_failed_one_is_not_done() -> None:
    made = play()
    made.call("Statement", (statement("completed", success=False, score={"scaled": 0.2}),))

    assert not made.standing().is_done
    assert made.standing().score == Fraction(1, 5)


def test_a_part_of_a_larger_content_does_not_complete_it() -> None:
    made = play()
    made.call("Statement", (statement("answered", parent=True, success=True, score={"scaled": 1}),))

    assert not made.standing().is_done
    report = made.report()
    assert report is not None
    assert len(report.data["interactions"]) == 1


def test_it_goes_on_from_the_state_that_was_kept() -> None:
    first = play()
    first.call("SetState", ('{"answers":[1]}',))
    first.call("Statement", (statement("answered", success=True, score={"scaled": 1}),))

    again = play(json.loads(json.dumps(first.state())))

    assert again.call("GetState", ()).value == '{"answers":[1]}'
    assert again.standing() == first.standing()


def test_a_score_beyond_the_scale_is_cut() -> None:
    made = play()
    made.call("Statement", (statement("answered", score={"scaled": 7}),))

    assert made.standing().score == 1


@pytest.mark.parametrize(
    "untrusted",
    [
        statement("answered", score={"scaled": float("inf")}),
        statement("answered", score={"scaled": float("nan")}),
        "",
        "[]",
        "{}",
        '{"verb":1}',
        "nonsense",
        '{"verb":{"id":[]}}',
    ],
)
def test_what_is_no_statement_means_nothing(untrusted: str) -> None:
    made = play()

    made.call("Statement", (untrusted,))

    assert not made.standing().is_done
    assert made.report() is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(_JSON, _JSON, _JSON)
def test_any_statement_is_taken_or_refused(result: object, context: object, thing: object) -> None:
    made = play()
    untrusted = {
        "verb": {"id": VERBS + "answered"},
        "result": result,
        "context": context,
        "object": thing,
    }

    answer = made.call("Statement", (json.dumps(untrusted),))

    assert answer.value in {"true", "false"}
    json.dumps(made.state())
    made.report()


def test_it_opens_with_the_words_of_its_own_parts() -> None:
    made = H5pPlayMaker().make(play_seat({}))

    assert made.begin().opening is not None
    words = json.loads(made.call("Words", ()).value)
    assert {"close", "cannotShow", "confirmLabel"} <= set(words)
