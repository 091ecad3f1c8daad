"""Lengths of time: read exactly, added exactly, written as each book wants them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.learning.scorm.durations import Duration, from_iso, from_timespan

DURATIONS = st.builds(Duration, st.integers(0, 10**12), st.integers(0, 10**4))


@given(DURATIONS)
def test_what_is_written_is_read(duration: Duration) -> None:
    assert from_iso(duration.to_iso()) == duration


@given(st.integers(0, 9999 * 360_000))
def test_what_is_written_in_1_2_is_read(hundredths: int) -> None:
    assert from_timespan(Duration(hundredths).to_timespan()) == Duration(hundredths)


@given(DURATIONS, DURATIONS, DURATIONS)
def test_adding_is_exact(one: Duration, other: Duration, third: Duration) -> None:
    assert one + other == other + one
    assert (one + other) + third == one + (other + third)


@given(st.text(max_size=30))
def test_foreign_text_is_read_or_not(untrusted: str) -> None:
    for duration in (from_iso(untrusted), from_timespan(untrusted)):
        assert duration is None or duration.hundredths >= 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT0S", Duration()),
        ("PT1M", Duration(6_000)),
        ("PT01H059M020S", Duration(360_000 + 354_000 + 2_000)),
        ("P1Y2M3DT4H5M6.07S", Duration(25_920_000 + 1_440_000 + 30_000 + 607, 14)),
        ("PT1.5S", Duration(150)),
        ("P1D", Duration(8_640_000)),
    ],
)
def test_iso_durations(text: str, expected: Duration) -> None:
    assert from_iso(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1DT", "1H", "PT1", "PT-1S", "PT1.234S", "P1W", "PT1H1H", "pt1s", "PT１S"],
)
def test_what_is_no_iso_duration(text: str) -> None:
    assert from_iso(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:00:00", Duration()),
        ("0001:02:03.04", Duration(360_000 + 12_000 + 304)),
        ("01:02:03.5", Duration(360_000 + 12_000 + 350)),
        ("00:90:00", Duration(540_000)),
    ],
)
def test_timespans(text: str, expected: Duration) -> None:
    assert from_timespan(text) == expected


@pytest.mark.parametrize("text", ["", "1:00:00", "00:00", "00:00:00.", "00:00:00.123", "-1:00:00"])
def test_what_is_no_timespan(text: str) -> None:
    assert from_timespan(text) is None


def test_nothing_is_left_out_but_nothing_itself() -> None:
    assert Duration().to_iso() == "PT0H0M0S"
    assert Duration(720_000 + 2_000).to_iso() == "PT2H20S"
    assert Duration(29 * 8_640_000).to_iso() == "P29D"
    assert Duration(10**12).to_timespan() == "9999:59:59.99"
