"""The answer to "May I?" as a pure function: what must hold whatever the person and the task."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.base.ids import new_id
from app.core.people import GatePass, PersonKind
from app.core.training.permits import (
    FREE,
    DayPass,
    Ground,
    Holds,
    Presented,
    Question,
    Standing,
    Stop,
    Task,
    TaskAsks,
    Verdict,
    Watch,
    answer,
    missing_of,
)

TODAY = date(2028, 2, 29)
_ORDER = tuple(Verdict)
days = st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=800))


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    """How somebody may stand with one requirement: held ends today or later, lapsed before."""
    holds = draw(st.sampled_from(Holds))
    ahead = st.dates(TODAY, TODAY + timedelta(days=800))
    behind = st.dates(TODAY - timedelta(days=800), TODAY - timedelta(days=1))
    until = {
        Holds.HELD: st.none() | ahead,
        Holds.WAIVED: st.none() | ahead,
        Holds.LAPSED: behind,
        Holds.NEVER: st.none(),
    }[holds]
    name = draw(st.sampled_from(["", "", "licence", "course"]))
    asked = TaskAsks(requirement_id=new_id(), code="R", title="R", one_of=name)
    return Ground(asked=asked, holds=holds, until=draw(until), is_assigned=draw(st.booleans()))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Anything that can be asked about somebody who is known."""
    person = new_id()
    kind = draw(st.sampled_from(PersonKind))
    given = DayPass(
        person_id=person, number="V", name="V", day=TODAY, escort_id=new_id(), escort="E",
        purpose="", by_name="B",
    )  # fmt: skip
    return Question(
        day=TODAY,
        presented=Presented.SOMEBODY,
        task=Task(
            id=new_id(), code="T", title="T", org_unit_id=None, org_unit="", org_unit_code="",
            location="", asks=(), is_dangerous=draw(st.booleans()),
            allows_supervision=draw(st.booleans()), retired_on=draw(st.none() | days),
        ),
        standing=Standing(
            person_id=person, number="1", name="A", kind=kind, left_on=draw(st.none() | days),
            is_of_site=draw(st.booleans()), adult_on=draw(st.none() | days),
            day_pass=draw(st.none() | st.just(given)),
            gate_pass=GatePass(until=draw(st.none() | days)),
        ),
        grounds=tuple(draw(st.lists(grounds(), max_size=5))),
        soon_days=draw(st.integers(0, 90)),
    )  # fmt: skip


def worse(one: Verdict, other: Verdict) -> bool:
    return _ORDER.index(one) > _ORDER.index(other)


@given(questions())
def test_yes_is_said_only_where_nothing_is_missing_and_nobody_has_to_watch(asked: Question) -> None:
    said = answer(asked)

    assert (said.verdict is Verdict.NOT_ALLOWED) == bool(said.stops)
    assert (said.verdict is Verdict.NEEDS_SUPERVISOR) == (bool(said.watches) and not said.stops)
    if said.verdict in FREE:
        assert not missing_of(asked.grounds)
        assert said.until is None or said.until >= TODAY
    assert (said.verdict is Verdict.EXPIRES) == (said.days_left is not None)


@given(questions(), grounds())
def test_asking_for_more_never_makes_the_answer_better(asked: Question, more: Ground) -> None:
    assume(asked.grounds)  # where nothing is asked for, nobody has said yet what is needed
    needed = replace(more, asked=replace(more.asked, one_of=""))

    wider = answer(replace(asked, grounds=(*asked.grounds, needed)))

    assert not worse(answer(asked).verdict, wider.verdict)


@given(questions(), st.integers(0, 4))
def test_holding_one_more_never_makes_the_answer_worse(asked: Question, at: int) -> None:
    grounds_now = list(asked.grounds)
    if at < len(grounds_now):
        grounds_now[at] = replace(grounds_now[at], holds=Holds.HELD, until=None)

    assert not worse(
        answer(replace(asked, grounds=tuple(grounds_now))).verdict, answer(asked).verdict
    )


@given(questions())
def test_the_last_day_is_the_last_day(asked: Question) -> None:
    """On the day that is told it is still yes; on the day after, what is held is no longer enough."""
    said = answer(asked)
    if said.verdict not in FREE or said.until is None:
        return
    last = replace(asked, day=said.until)

    assert answer(last).verdict in FREE
    after = said.until + timedelta(days=1)
    ended = tuple(
        replace(one, holds=Holds.LAPSED) if one.until is not None and one.until < after else one
        for one in asked.grounds
    )
    assert answer(replace(asked, day=after, grounds=ended)).verdict not in FREE


@given(questions())
def test_nobody_is_promised_a_day_on_which_they_have_left(asked: Question) -> None:
    said, left = answer(asked), asked.standing.left_on if asked.standing else None
    if said.verdict in FREE and left is not None:
        assert said.until is not None
        assert said.until < left


@given(questions())
def test_a_task_that_asks_for_nothing_lets_nobody(asked: Question) -> None:
    said = answer(replace(asked, grounds=()))

    assert said.verdict is Verdict.NOT_ALLOWED
    assert Stop.NOTHING_ASKED in said.stops


@given(questions())
def test_fa_04_nobody_under_18_works_alone_at_a_dangerous_machine(asked: Question) -> None:
    assert asked.standing is not None
    young = replace(asked.standing, adult_on=TODAY + timedelta(days=1))
    dangerous = replace(asked.task, is_dangerous=True)

    said = answer(replace(asked, standing=young, task=dangerous))

    assert said.verdict not in FREE
    assert Watch.UNDER_AGE in said.watches


@given(questions())
def test_sm_02_a_visitor_is_never_alone(asked: Question) -> None:
    assert asked.standing is not None
    visitor = replace(asked.standing, kind=PersonKind.VISITOR)

    said = answer(replace(asked, standing=visitor))

    assert said.verdict not in FREE
    assert (Stop.NO_DAY_PASS in said.stops) == (visitor.day_pass is None)


def test_a_badge_that_means_nobody_says_why() -> None:
    task = Task(
        id=new_id(), code="T", title="T", org_unit_id=None, org_unit="", org_unit_code="",
        location="", asks=(), is_dangerous=False, allows_supervision=True, retired_on=None,
    )  # fmt: skip
    for how, stop in (
        (Presented.UNKNOWN, Stop.BADGE_UNKNOWN),
        (Presented.LOST, Stop.BADGE_LOST),
        (Presented.DOUBLE, Stop.NUMBER_DOUBLE),
    ):
        said = answer(Question(day=TODAY, presented=how, task=task))
        assert (said.verdict, said.stops) == (Verdict.NOT_ALLOWED, (stop,))
