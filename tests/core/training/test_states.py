"""States follow from what is stored and the day: pure, the same in SQL, and the same looking back."""

from datetime import date, timedelta
from types import SimpleNamespace

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import Audience, NewPerson, People
from app.core.storage.columns import Day
from app.core.training import RequirementType, Terms, Validity
from app.core.training.assignments import AssignmentSummary, EnteredEvidence, State
from app.core.training.assignments.states import AT_WORK, Known, stands, state_in_sql
from app.core.training.kinds import Outcome
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, somebody
from tests.support.clock import TurnedClock
from tests.support.teaching import School

TODAY = date(2026, 11, 23)
near = st.none() | st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))
known = st.builds(
    Known,
    is_closed=st.booleans(),
    outcome=st.none() | st.sampled_from(list(Outcome)),
    is_cancelled=st.booleans(),
    has_later_cycle=st.booleans(),
    due_on=near,
    late_after=near,
    waived_until=near,
    is_away=st.booleans(),
    held_until=near | st.just(date.max),
    is_pending=st.booleans(),
    is_blocked=st.booleans(),
    is_started=st.booleans(),
    is_renewal=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(one=known)
def test_sql_derives_the_state_exactly_as_the_rule_does(site: Site, one: Known) -> None:
    days = {"due_on", "late_after", "waived_until", "held_until"}
    values = {name: getattr(one, name) for name in Known.__slots__}
    row = SimpleNamespace(
        **{
            name: sa.literal(value, Day)
            if name in days
            else sa.literal(value, sa.String)
            if name == "outcome"
            else sa.literal(value)
            for name, value in values.items()
        }
    )
    with site.read() as session:
        found = session.scalar(sa.select(state_in_sql(row, TODAY)))

    assert found == stands(one, TODAY).state.value


@given(one=known, day=near)
def test_overdue_due_soon_and_lapsed_exclude_one_another_and_go_with_a_state(
    one: Known, day: date | None
) -> None:
    where = stands(one, day or TODAY)

    assert stands(one, day or TODAY) == where
    assert where.is_overdue + where.is_due_soon + where.is_lapsed <= 1
    assert not (where.is_overdue or where.is_due_soon) or where.state in AT_WORK
    assert not where.is_lapsed or where.state is State.COMPLETED


@given(one=known)
def test_what_is_overdue_stays_so_until_something_is_done(one: Known) -> None:
    for ahead in range(60):
        day = TODAY + timedelta(days=ahead)
        if stands(one, day).is_overdue:
            assert stands(one, day + timedelta(days=1)).is_overdue


_ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["assign", "prove", "waive", "end", "cancel", "again", "away", "back", "turn"]
        ),
        st.integers(0, 2),
        st.integers(1, 30),
    ),
    max_size=14,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None
)
@given(acts=_ACTS)
def test_whatever_is_done_a_pair_has_one_open_cycle_and_evidence_stays(
    site: Site, school: School, people: People, clock: TurnedClock, acts: list[tuple[str, int, int]]
) -> None:
    """No two open ones a pair; what is overdue by SQL is overdue by the rule; begun days change nothing twice."""
    meera, training = somebody("Meera", *SYSTEM_CAPABILITIES), school.training
    suffix = f"{clock.now().timestamp():.0f}-{len(training.catalogue.all(meera))}"
    asked = [
        people.add(SYSTEM, NewPerson(number=f"X-{suffix}-{number}", name="Somebody"))
        for number in range(3)
    ]
    today = clock.now().astimezone().date()
    terms = Terms(from_on=today, validity=Validity.DAYS, valid_count=40, window_days=10)
    new = NewRequirement(
        code=f"R-{suffix}", title="Licence", type=RequirementType.EXTERNAL, terms=terms
    )
    licence = training.catalogue.add(meera, new)
    doing = _Doing(school, meera, clock, licence, f"R-{suffix}")
    for what, who, days in acts:
        proofs = doing.proofs(asked[who])
        doing.act(what, asked[who], days)
        assert doing.proofs(asked[who])[-len(proofs) or None :] == proofs or not proofs
        mine = training.assignments.of_person(meera, asked[who])
        running = [
            one
            for one in mine
            if one.stands.state not in {State.COMPLETED, State.CANCELLED, State.SUPERSEDED}
        ]
        assert len(running) <= 1
        on = clock.now().astimezone().date()
        assert training.assignments.of_person(meera, asked[who], on) == mine
    training.begin_day(meera)
    done = training.begin_day(meera)
    assert (done.opened, done.cancelled, done.moved, done.assigned) == (0, 0, 0, 0)
    every = training.assignments.page(
        meera, PageRequest(limit=1000, filters=(("requirement", str(licence)),))
    )
    overdue = training.assignments.page(
        meera,
        PageRequest(limit=1000, filters=(("requirement", str(licence)), ("overdue", "yes"))),
    )
    assert {one.id for one in overdue.rows} == {
        one.id for one in every.rows if one.stands.is_overdue
    }
    for one in every.rows:
        state = (("requirement", str(licence)), ("state", one.stands.state.value))
        by_state = training.assignments.page(meera, PageRequest(limit=1000, filters=state))
        assert one in by_state.rows


SYSTEM_CAPABILITIES = tuple(grant.capability for grant in SYSTEM.grants)


class _Doing:
    """Acts of the property, each only where it can be done."""

    def __init__(
        self, school: School, meera: object, clock: TurnedClock, licence: object, code: str
    ) -> None:
        self.training, self.meera, self.clock = school.training, meera, clock
        self.licence, self.code = licence, code

    def proofs(self, person: object) -> list[object]:
        for one in self.training.assignments.of_person(self.meera, person):  # type: ignore[arg-type]  # ids of a test
            return list(self.training.assignments.detail(self.meera, one.id).evidence)  # type: ignore[arg-type]
        return []

    def act(self, what: str, person: object, days: int) -> None:
        acts, meera, now = self.training.assignments, self.meera, self.clock.now()
        today = now.astimezone().date()
        if what == "assign":
            due = today + timedelta(days=days)
            self.training.assign(meera, self.code, Audience(), due_on=due, origin="All")  # type: ignore[arg-type]
            return
        if what == "turn":
            self.clock.turn(timedelta(days=days))
            self.training.begin_day(meera)  # type: ignore[arg-type]
            return
        if what == "prove":
            proof = EnteredEvidence(issuer="RTO", obtained_on=today - timedelta(days=days))
            acts.evidence.enter(meera, person, self.licence, proof)  # type: ignore[arg-type]
            return
        if what == "away":
            if not any(one.to_on is None for one in acts.absences.of_person(meera, person)):  # type: ignore[arg-type]
                acts.absences.note(meera, person, today + timedelta(days=400), None, "Leave")  # type: ignore[arg-type]
            return
        mine = acts.of_person(meera, person)  # type: ignore[arg-type]
        newest = max(mine, key=lambda one: one.cycle, default=None)
        if newest is not None:
            self._act_on(what, newest, today + timedelta(days=days))

    def _act_on(self, what: str, newest: AssignmentSummary, until: date) -> None:
        acts, meera = self.training.assignments, self.meera
        if what == "again" and newest.stands.state is not State.WAIVED:
            acts.ask_again(meera, newest.id, reason="Again")  # type: ignore[arg-type]
        elif newest.closed_at is not None:
            return
        elif what == "waive":
            acts.waivers.waive(meera, newest.id, until_on=until, reason="For a while")  # type: ignore[arg-type]
        elif what == "end":
            acts.waivers.end(meera, newest.id, "Again")  # type: ignore[arg-type]
        elif what == "cancel":
            acts.cancel(meera, newest.id, "No more")  # type: ignore[arg-type]
