"""When units, blocks and courses are satisfied; what may be opened; what sessions leave behind."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.content import MoveOn
from app.core.learning.cmi5 import (
    LaunchMode,
    Node,
    Verb,
    is_reviewed,
    is_satisfied,
    newly_satisfied,
    open_units,
)
from app.core.learning.cmi5.durations import seconds_of, written_duration
from app.core.learning.launches.plays.cmi5_view import standing_of
from tests.support.cmi5_course import (
    AT,
    Statement,
    a_holder,
    a_unit,
    after,
    launched,
    told,
    voice_of,
)


@pytest.mark.parametrize(
    ("move_on", "satisfying"),
    [
        (MoveOn.PASSED, [{"passed"}, {"completed", "passed"}]),
        (MoveOn.COMPLETED, [{"completed"}, {"completed", "passed"}]),
        (MoveOn.COMPLETED_AND_PASSED, [{"completed", "passed"}]),
        (MoveOn.COMPLETED_OR_PASSED, [{"passed"}, {"completed"}, {"completed", "passed"}]),
        (MoveOn.NOT_APPLICABLE, [set(), {"passed"}, {"completed"}, {"completed", "passed"}]),
    ],
)
def test_a_unit_is_satisfied_by_what_it_asks_for(
    move_on: MoveOn, satisfying: list[set[str]]
) -> None:
    unit = a_unit("alarms", move_on)
    course = a_holder("course", unit)
    for words in [set(), {"completed"}, {"passed"}, {"completed", "passed"}]:
        said = [told(unit, verb) for verb in (Verb.COMPLETED, Verb.PASSED) if verb.word in words]
        standing = after(launched(course, unit), told(unit, Verb.INITIALIZED), *said)
        assert is_satisfied(unit, standing) == (words in satisfying)


def test_a_waived_unit_is_satisfied_whatever_it_asks_for() -> None:
    unit = a_unit("alarms", MoveOn.COMPLETED_AND_PASSED)
    course = a_holder("course", unit)

    said = voice_of(course).waiving(unit, "Tested Out", after(), AT)

    assert [one["verb"]["display"]["en"] for one in said] == ["waived", "satisfied"]
    assert is_satisfied(course, after(*said))
    assert voice_of(course).waiving(unit, "Tested Out", after(*said), AT) == ()
    assert after(*said).sessions == {}


def test_blocks_are_satisfied_before_what_holds_them_and_once() -> None:
    one, two, three = a_unit("one"), a_unit("two"), a_unit("three")
    inner = a_holder("inner", two)
    block = a_holder("block", one, inner)
    course = a_holder("course", block, three)
    said: list[Statement] = []

    def satisfied_by(unit: Node) -> list[str]:
        said.extend([launched(course, unit, unit.title), told(unit, Verb.PASSED, unit.title)])
        fresh = newly_satisfied(course, after(*said))
        said.extend(voice_of(course).satisfied(node, unit.title, AT) for node in fresh)
        return [node.title for node in fresh]

    assert satisfied_by(two) == ["inner"]
    assert satisfied_by(three) == []
    assert satisfied_by(one) == ["block", "course"]
    assert newly_satisfied(course, after(*said)) == ()


def test_in_order_a_unit_opens_when_those_before_it_are_satisfied() -> None:
    one, free, two = a_unit("one"), a_unit("free", MoveOn.NOT_APPLICABLE), a_unit("two")
    course = a_holder("course", one, a_holder("block", free), two)
    begun = after(launched(course, one))
    done = after(launched(course, one), told(one, Verb.PASSED))

    def opened(standing: object, *, in_order: bool) -> set[str]:
        return {name[-3:] for name in open_units(course, standing, in_order=in_order)}  # type: ignore[arg-type]  # as given

    assert opened(begun, in_order=True) == {"one", "ree"}
    assert opened(done, in_order=True) == {"one", "ree", "two"}
    assert opened(begun, in_order=False) == {"one", "ree", "two"}


def test_what_was_passed_is_only_looked_at_again() -> None:
    unit = a_unit("alarms", MoveOn.COMPLETED_AND_PASSED)
    course = a_holder("course", unit)
    passed = [launched(course, unit), told(unit, Verb.PASSED)]

    assert not is_reviewed(unit, after(*passed))
    assert is_reviewed(unit, after(*passed, told(unit, Verb.COMPLETED)))


def test_a_session_is_open_until_it_is_ended_or_abandoned() -> None:
    unit = a_unit("alarms")
    course = a_holder("course", unit)
    begun = after(launched(course, unit), launched(course, unit, "s2", minute=3))
    (first, second) = begun.open_sessions

    said = voice_of(course).abandoned(first, AT)

    assert said is not None
    assert said["result"]["duration"] == "PT0.00S"
    ended = begun.after(said).after(told(unit, Verb.TERMINATED, "s2"))
    assert (first.mode, second.id) == (LaunchMode.NORMAL, "s2")
    assert ended.open_sessions == ()
    assert ended.unit(unit.activity).sessions == 2


def test_a_course_stands_as_its_units_do() -> None:
    one, two = a_unit("one"), a_unit("two")
    course = a_holder("course", one, two)
    half = [launched(course, one), told(one, Verb.PASSED, scaled="0.9")]
    failed = [launched(course, two, "s2"), told(two, Verb.FAILED, "s2", scaled="0.4")]
    mended = [launched(course, two, "s3"), told(two, Verb.PASSED, "s3", scaled="0.8")]

    at_half = standing_of(course, after(*half), {two.activity: Fraction(1, 2)})
    at_failed = standing_of(course, after(*half, *failed), {})
    at_end = standing_of(course, after(*half, *failed, *mended), {})

    assert (at_half.share, at_half.is_done, at_half.is_passed) == (Fraction(3, 4), False, None)
    assert (at_failed.is_passed, at_failed.score) == (False, Fraction(13, 20))
    assert (at_end.is_done, at_end.is_passed, at_end.score) == (True, True, Fraction(17, 20))


TREE = some.recursive(
    some.sampled_from(list(MoveOn)),
    lambda inner: some.lists(inner, min_size=1, max_size=3),
    max_leaves=6,
)


def tree_of(shape: object, place: str = "c") -> Node:
    """Return a course of a shape: a list holds, a word is a unit."""
    if isinstance(shape, MoveOn):
        return a_unit(place, shape)
    assert isinstance(shape, list)
    return a_holder(place, *(tree_of(one, f"{place}.{at}") for at, one in enumerate(shape)))


@given(TREE.map(lambda shape: shape if isinstance(shape, list) else [shape]), some.data())
def test_satisfaction_only_grows_and_holds_what_it_holds(
    shape: object, data: some.DataObject
) -> None:
    course = tree_of(shape)
    units = course.units()
    acts = data.draw(
        some.lists(
            some.tuples(some.sampled_from(units), some.sampled_from([Verb.COMPLETED, Verb.PASSED]))
        )
    )
    standing = after()
    before: set[str] = set()
    for number, (unit, verb) in enumerate(acts):
        standing = standing.after(launched(course, unit, str(number)))
        standing = standing.after(told(unit, verb, str(number)))
        for node in newly_satisfied(course, standing):
            standing = standing.after(voice_of(course).satisfied(node, str(number), AT))
        now = {node.activity for node, _depth in course.walk() if is_satisfied(node, standing)}
        assert before <= now
        before = now
    holders = {node.activity for node in course.holders()}
    assert standing.satisfied == (before & holders if acts else standing.satisfied)
    assert is_satisfied(course, standing) == all(is_satisfied(unit, standing) for unit in units)


@given(some.permutations(range(7)))
def test_the_order_of_statements_decides_nothing_but_the_newest(order: list[int]) -> None:
    unit = a_unit("alarms", MoveOn.COMPLETED_AND_PASSED)
    course = a_holder("course", unit)
    said = [
        launched(course, unit),
        told(unit, Verb.INITIALIZED),
        told(unit, Verb.FAILED),
        launched(course, unit, "s2"),
        told(unit, Verb.PASSED, "s2"),
        told(unit, Verb.COMPLETED, "s2"),
        told(unit, Verb.TERMINATED, "s2"),
    ]
    expected = after(*said)

    standing = after(*(said[place] for place in order))

    assert standing.sessions == expected.sessions
    assert is_satisfied(course, standing)
    assert [one.id for one in standing.open_sessions] == ["s1"]
    assert not standing.unit(unit.activity).is_failed


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT1M30.5S", 90), ("P1DT1H", 90_000), ("P2W", 1_209_600), ("PT", None), ("1 hour", None)],
)
def test_durations(text: str, seconds: int | None) -> None:
    assert seconds_of(text) == seconds


@given(some.timedeltas())
def test_a_written_duration_is_read_again(length: object) -> None:
    read = seconds_of(written_duration(length))  # type: ignore[arg-type]  # timedeltas() gives them
    assert read == max(int(length.total_seconds()), 0)  # type: ignore[attr-defined]  # likewise
