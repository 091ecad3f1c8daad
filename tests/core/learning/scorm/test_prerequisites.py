"""aicc_script: what must be done before a lesson opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.learning.scorm import PrerequisiteUnreadable, prerequisite

KNOWN = {"A1": "passed", "A2": "completed", "A3": "failed", "A4": "incomplete"}


@pytest.mark.parametrize(
    ("script", "is_met"),
    [
        ("", True),
        ("A1", True),
        ("A3", False),
        ("never-seen", False),
        ("A1 & A2", True),
        ("A1&A3", False),
        ("A3 | A2", True),
        ("~A3", True),
        ("~~A3", False),
        ("A3 | A1 & A4", False),
        ("(A3 | A1) & ~A4", True),
        ('A3 = "failed"', True),
        ("A3=f", True),
        ("A1 <> passed", False),
        ("A9 = 'n'", False),
        ("A9 = n", True),
        ("2*{A1, A2, A3}", True),
        ("3*{A1, A2, A3}", False),
        ("1*{A3, (A1 & A2)}", True),
        ("0*{A3}", True),
    ],
)
def test_scripts(script: str, is_met: bool) -> None:
    assert prerequisite(script)(KNOWN) is is_met


@pytest.mark.parametrize(
    "script",
    [
        "A1 &",
        "& A1",
        "(A1",
        "A1)",
        "A1 A2",
        "x*{A1}",
        "2*{A1",
        "2*A1",
        "A1 =",
        "=",
        "()",
        '""',
        "{",
        "(" * 99 + "A1" + ")" * 99,
        "A" * 5000,
    ],
)
def test_what_is_no_script_is_refused(script: str) -> None:
    with pytest.raises(PrerequisiteUnreadable):
        prerequisite(script)


@given(st.text(alphabet="A12&|~()=<>*{}, \"'", max_size=30))
def test_any_text_is_a_script_or_refused(untrusted: str) -> None:
    try:
        is_met = prerequisite(untrusted)
    except PrerequisiteUnreadable:
        return
    assert is_met(KNOWN) in {True, False}
