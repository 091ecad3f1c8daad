"""Days, circles of managers, private numbers and thresholds: rules that hold for any file."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.core.people.imports.managers import _circles
from app.core.people.imports.mapping import Threshold
from app.core.people.imports.private import is_private_content, is_private_heading
from app.core.people.imports.values import parse_day
from app.core.spreadsheets import (
    DayOrder,
    Evidence,
    evidence_of,
    refuse_old_fonts,
    refuse_old_letters,
)

DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(DayOrder))
def test_days_written_in_one_order_are_read_back_or_asked_about(
    days: list[date], order: DayOrder
) -> None:
    form = "%d/%m/%Y" if order is DayOrder.DAY_FIRST else "%m/%d/%Y"
    texts = [day.strftime(form) for day in days]
    evidence, open_one = evidence_of(texts)

    if evidence is Evidence.EITHER:
        assert open_one in texts
        assert all(day.day <= 12 for day in days)
        return
    used = DayOrder.DAY_FIRST if evidence is Evidence.NONE else DayOrder(evidence.value)
    assert [parse_day(text, used) for text in texts] == days


@given(st.dictionaries(st.integers(0, 30).map(str), st.integers(0, 30).map(str), max_size=30))
def test_each_circle_of_managers_is_found_once(managers: dict[str, str]) -> None:
    found = list(_circles(managers))

    for circle in found:
        assert [managers[one] for one in circle] == [*circle[1:], circle[0]]
    in_circles = {one for circle in found for one in circle}
    assert sum(map(len, found)) == len(in_circles)
    for start in managers:
        at, steps = start, 0
        while at in managers and steps <= len(managers):
            at, steps = managers[at], steps + 1
        assert (at in managers) == (at in in_circles)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_few_are_never_asked_about_and_more_never_pass_where_fewer_do_not(
    count: int, people: int
) -> None:
    threshold = Threshold()

    assert not threshold.is_passed(min(count, threshold.few), people)
    if threshold.is_passed(count, people):
        assert threshold.is_passed(count + 1, people)


def test_private_numbers_are_told_from_numbers_that_are_not() -> None:
    assert is_private_content(["2341 2341 2346", "3456-2341-2348", "ABCPE1234F"])
    assert is_private_content(["SBIN0001234"] * 4)
    assert not is_private_content(["E-1", "E-2", "E-3"])
    assert not is_private_content(["123456", "123457", "123458"])
    assert not is_private_content(["9876543210"])  # one alone tells nothing
    for heading in ("permanent address", "father s name", "uan no", "basic pay", "driving licence"):
        assert is_private_heading(heading)
    for heading in ("mother tongue", "designation", "department", "shift"):
        assert not is_private_heading(heading)


def test_names_in_latin_letters_and_unicode_are_not_taken_for_old_ones() -> None:
    refuse_old_fonts(["आशा कुलकर्णी", "Ravi Iyer", "O'Brien", "K. Anand", "D'Souza"])
    refuse_old_letters("José Peña,Müller,Ångström\n".encode("cp1252") * 9)
