"""Any call at all: nothing crashes, what was set is read, what is kept comes back."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.learning.scorm import SCORM_12, SCORM_2004, Dialect, ScormRun
from app.core.learning.scorm.elements_12 import TABLE_12
from app.core.learning.scorm.elements_2004 import TABLE_2004
from app.core.learning.scorm.reporting import interactions
from tests.core.learning.scorm.launches import launched

PATTERNS = sorted({*TABLE_12.elements, *TABLE_2004.elements})
ENDINGS = ["", "._count", "._children"]
VALUES = [
    "",
    "passed",
    "completed",
    "unknown",
    "0.5",
    "-1",
    "100",
    "PT1H",
    "00:10:00",
    "2026-11-28T09:00:00",
    "choice",
    "numeric",
    "a[,]b",
    "1[:]2",
    "suspend",
    "continue",
    "{target=a}choice",
    "urn:x:y",
    "x" * 300,
]


@st.composite
def addresses(draw: st.DrawFn) -> str:
    pattern = draw(st.sampled_from(PATTERNS)) + draw(st.sampled_from(ENDINGS))
    parts = [str(draw(st.integers(0, 2))) if part == "n" else part for part in pattern.split(".")]
    return ".".join(parts)


ANYTHING: st.SearchStrategy[Any] = (
    st.text(max_size=20) | st.none() | st.booleans() | st.integers() | st.floats()
)
CALLS = st.lists(
    st.tuples(
        st.sampled_from(list(SCORM_2004.methods.values())),
        addresses() | ANYTHING,
        st.sampled_from(VALUES) | ANYTHING,
    ),
    max_size=25,
)
DIALECTS = st.sampled_from([SCORM_12, SCORM_2004])


def called(run: ScormRun, dialect: Dialect, calls: list) -> None:
    names = {method: name for name, method in dialect.methods.items()}
    run.call(next(iter(dialect.methods)), "")
    for method, first, second in calls:
        answer = run.call(names[method], first, second)
        assert answer.error in dialect.texts
        run.reported()
        run.kept()
        interactions(run.model)


@settings(deadline=None, max_examples=150)
@given(DIALECTS, CALLS)
def test_any_call_is_answered_with_a_code_of_the_book(dialect: Dialect, calls: list) -> None:
    called(launched(dialect), dialect, calls)


@settings(deadline=None, max_examples=150)
@given(DIALECTS, st.lists(st.tuples(addresses(), st.sampled_from(VALUES)), max_size=25))
def test_what_was_set_is_read(dialect: Dialect, pairs: list[tuple[str, str]]) -> None:
    run = launched(dialect)
    initialize, *_ = dialect.methods
    prefix = "LMS" if dialect is SCORM_12 else ""
    run.call(initialize, "")
    for element, value in pairs:
        if run.call(f"{prefix}SetValue", element, value).value != "true":
            continue
        answer = run.call(f"{prefix}GetValue", element)
        write_only = {"404", "405"}
        assert answer.value == value or answer.error in write_only


@settings(deadline=None, max_examples=100)
@given(DIALECTS, CALLS)
def test_what_is_kept_begins_the_next_launch(dialect: Dialect, calls: list) -> None:
    first = launched(dialect)
    called(first, dialect, calls)
    second = launched(dialect, kept=first.kept(), is_resumed=True)

    again, before = second.kept(), first.kept()
    ours = {"cmi.core.!exit"}
    assert {name: again.get(name) for name in before if name not in ours} == {
        name: value for name, value in before.items() if name not in ours
    }
