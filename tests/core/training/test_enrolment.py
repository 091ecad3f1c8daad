"""Enrolment rules: one statement tells whom a rule reaches, and the same one assigns."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.actor import Actor
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import (
    Destination,
    JobRoleId,
    NewPerson,
    OrgUnitId,
    People,
    PersonChange,
    PersonId,
    PersonKind,
    Reads,
)
from app.core.training import DueRule, RequirementType, Source, Terms, TrainingRefused, Validity
from app.core.training.assignments import EnteredEvidence, State
from app.core.training.enrolment import (
    All,
    Between,
    Condition,
    Either,
    Enrolment,
    Not,
    OneOf,
    RuleNamesNothing,
    RuleReachesMany,
    RuleWords,
    RunOfRules,
    from_json,
    in_words,
    to_json,
)
from app.core.training.enrolment.kept import KeptRules, WorkingRule
from app.core.training.enrolment.matching import At
from app.core.training.models import EnrolmentRuleRow
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School

TODAY = date(2026, 11, 23)
Add = Callable[..., UUID]
FINANCE = OneOf("unit", ("FIN",))


@pytest.fixture
def rules(school: School, people: People) -> Enrolment:
    people.on_changed.append(school.training.people_changed)
    return school.training.enrolment


@pytest.fixture
def gst(school: School, meera: Actor) -> UUID:
    terms = Terms(
        from_on=TODAY,
        validity=Validity.FOR_GOOD,
        due_rule=DueRule.AFTER_JOINING,
        due_days=7,
    )
    kind = RequirementType.SESSION
    new = NewRequirement(code="GST", title="GST compliance", type=kind, terms=terms)
    return school.training.catalogue.add(meera, new)


def words(requirement: UUID, condition: Condition, **said: Any) -> RuleWords:
    return RuleWords(
        title=said.pop("title", "For Finance"),
        requirement_id=requirement,
        condition=condition,
        **said,
    )


def sources(school: School, meera: Actor, person: UUID) -> list[tuple[Source, State]]:
    mine = school.training.assignments.of_person(meera, person)
    return [(one.source, one.stands.state) for one in sorted(mine, key=lambda one: one.cycle)]


def test_all_new_joiners_in_finance_get_gst_training_on_day_1(
    school: School,
    rules: Enrolment,
    gst: UUID,
    meera: Actor,
    add: Add,
    clock: TurnedClock,
    site: Site,
) -> None:
    """D3, word for word."""
    old = add("E-1", joined_on=date(2020, 1, 1))
    newcomers = All((FINANCE, Between("joined_on", first=TODAY)))
    title = "New in Finance: GST from the first day"
    rule = rules.add(meera, "GST-FIN", words(gst, newcomers, after_days=0, title=title))
    assert rules.switch_on(meera, rule).assigned == 0
    today = add("E-2", joined_on=TODAY)
    add("E-3", unit="PRESS", joined_on=TODAY)
    tomorrow = add("E-4", joined_on=TODAY + timedelta(days=1))

    assert sources(school, meera, today) == [(Source.RULE, State.ASSIGNED)]
    assert sources(school, meera, tomorrow) == []
    clock.turn(timedelta(days=1))
    assert school.training.begin_day(meera).assigned == 1
    (mine,) = school.training.assignments.of_person(meera, tomorrow)
    assert mine.due_on == TODAY + timedelta(days=8)
    why = school.training.assignments.detail(meera, mine.id).why
    assert (why.origin, why.rule) == (title, title)
    assert sources(school, meera, old) == []
    assert verified(site)


def test_a_dry_run_names_them_and_changes_nothing(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, add: Add
) -> None:
    asha = add("E-1", role="CLERK")
    add("E-2", unit="PRESS")
    tried = rules.try_out(meera, words(gst, FINANCE))

    assert (tried.matched, tried.assigned, tried.here) == (1, 1, 2)
    assert [(one.number, one.org_unit, one.job_role) for one in tried.first] == [
        ("E-1", "Department FIN", "Role CLERK")
    ]
    assert tried.first[0].due_on == TODAY + timedelta(days=7)
    assert sources(school, meera, asha) == []


def test_somebody_who_moves_in_gets_it_and_who_moves_out_loses_what_is_open(
    school: School,
    rules: Enrolment,
    gst: UUID,
    meera: Actor,
    people: People,
    add: Add,
    clock: TurnedClock,
) -> None:
    add("E-0")
    asha = add("E-1", unit="PRESS")
    rules.switch_on(meera, rules.add(meera, "FIN", words(gst, FINANCE, cancels=True)))
    units = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}

    def move(code: str) -> None:
        people.move(SYSTEM, PersonId(asha), Destination(org_unit_id=units[code]))

    move("FIN")
    assert sources(school, meera, asha) == [(Source.RULE, State.ASSIGNED)]
    move("PRESS")
    assert sources(school, meera, asha) == [(Source.RULE, State.CANCELLED)]
    clock.turn(timedelta(days=1))
    move("FIN")
    assert [state for _source, state in sources(school, meera, asha)] == [
        State.CANCELLED,
        State.ASSIGNED,
    ]


def test_a_rule_may_name_hundreds_of_departments(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People, add: Add
) -> None:
    asha = add("E-1", unit="PRESS")
    many = OneOf("unit", (*(f"D{number}" for number in range(600)), "FIN"))
    add("E-2", unit="FIN")
    known = rules.try_out(meera, words(gst, many)).in_vain
    assert known.in_words().endswith("D8, D9 and 590 more")
    rules.switch_on(meera, rules.add(meera, "MANY", words(gst, many)), even_so=known)
    assert sources(school, meera, asha) == []

    units = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}
    people.move(SYSTEM, PersonId(asha), Destination(org_unit_id=units["FIN"]))
    assert sources(school, meera, asha) == [(Source.RULE, State.ASSIGNED)]


def test_who_comes_to_match_several_rules_has_each_thing_once_from_the_first(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People, add: Add, site: Site
) -> None:
    """What ends ends before, and all that opens is written together."""
    terms, kind = Terms(from_on=TODAY, validity=Validity.FOR_GOOD), RequirementType.SESSION
    loto, fire = (
        school.training.catalogue.add(
            meera, NewRequirement(code=code, title=code, type=kind, terms=terms)
        )
        for code in ("LOTO", "FIRE")
    )
    add("E-0")
    asha = add("E-1", unit="PRESS")
    for code, requirement, unit in (
        ("A", loto, "PRESS"), ("B", gst, "FIN"), ("C", fire, "FIN"), ("D", gst, "FIN"),
    ):  # fmt: skip
        said = words(requirement, OneOf("unit", (unit,)), cancels=True, title=f"Rule {code}")
        rules.switch_on(meera, rules.add(meera, code, said))
    units = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}
    people.move(SYSTEM, PersonId(asha), Destination(org_unit_id=units["FIN"]))

    mine = school.training.assignments.of_person(meera, asha)
    whys = [school.training.assignments.detail(meera, one.id).why.origin for one in mine]
    found = sorted(zip(whys, (one.stands.state for one in mine), strict=True))
    assert found == [
        ("Rule A", State.CANCELLED),
        ("Rule B", State.ASSIGNED),
        ("Rule C", State.ASSIGNED),
    ]
    assert verified(site)


def test_a_file_with_which_hundreds_leave_ends_what_they_had_open(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People, site: Site
) -> None:
    """Of so many everybody is looked at: nobody's number is said in the statement."""
    heads, count = "employee_no,name,department,left_on", 520
    here = "\n".join([heads, *(f"E-{at},Person {at},FIN," for at in range(count + 5))])
    gone = "\n".join([heads, *(f"E-{at},Person {at},FIN,{TODAY}" for at in range(count))])
    everybody = words(gst, All())
    rules.switch_on(meera, rules.add(meera, "ALL", everybody))
    for file in (here, gone):
        plan = people.imports.plan(SYSTEM, file.encode())
        people.imports.apply(SYSTEM, plan, typed=plan.guard.count if plan.guard else None)

    page = school.training.assignments.page(meera, PageRequest(filters=(("open", "yes"),)))
    assert sorted(row.number for row in page.rows) == [f"E-{at}" for at in range(count, count + 5)]
    assert verified(site)


def test_who_leaves_loses_it_and_who_comes_back_gets_it_again(
    school: School,
    rules: Enrolment,
    gst: UUID,
    meera: Actor,
    people: People,
    add: Add,
    clock: TurnedClock,
) -> None:
    asha = add("E-1")
    rules.switch_on(meera, rules.add(meera, "FIN", words(gst, FINANCE)))
    people.leave(SYSTEM, PersonId(asha), TODAY)
    assert sources(school, meera, asha) == [(Source.RULE, State.CANCELLED)]
    clock.turn(timedelta(days=30))
    people.rejoin(SYSTEM, PersonId(asha))

    assert [state for _source, state in sources(school, meera, asha)] == [
        State.CANCELLED,
        State.ASSIGNED,
    ]


def test_a_rule_that_reaches_everybody_needs_the_number_to_be_said(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, add: Add
) -> None:
    people = [add(f"E-{number}") for number in range(25)]
    rule = rules.add(meera, "ALL", words(gst, All()))
    with pytest.raises(RuleReachesMany, match="25 of 25 people"):
        rules.switch_on(meera, rule)
    with pytest.raises(RuleReachesMany):
        rules.switch_on(meera, rule, confirmed=24)
    assert sources(school, meera, people[0]) == []
    assert not rules.coded(meera, "ALL").is_on
    assert rules.switch_on(meera, rule, confirmed=25).assigned == 25


def test_a_rule_that_suddenly_reaches_many_is_held_back_at_the_change_of_a_day(
    school: School,
    rules: Enrolment,
    gst: UUID,
    meera: Actor,
    people: People,
    add: Add,
    clock: TurnedClock,
) -> None:
    rule = rules.add(meera, "LATER", words(gst, All(), from_on=TODAY + timedelta(days=1)))
    rules.switch_on(meera, rule)
    people.on_changed.clear()
    for number in range(25):
        add(f"E-{number}")
    clock.turn(timedelta(days=1))
    done = school.training.begin_day(meera)

    assert (done.assigned, done.held_back) == (0, ("For Finance",))
    assert rules.run(meera, rule, confirmed=25).assigned == 25


def test_a_rule_asks_who_needs_somebody_to_read_along(
    people: People, rules: Enrolment, gst: UUID, meera: Actor, add: Add
) -> None:
    asha = add("E-1")
    add("E-2")
    people.edit(SYSTEM, PersonId(asha), PersonChange(reads=Reads.ALONG))
    assert rules.try_out(meera, words(gst, OneOf("reads", ("along",)))).count == 1


def test_rules_that_overlap_are_told_and_nobody_has_it_twice(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, add: Add
) -> None:
    asha = add("E-1", role="CLERK")
    rules.switch_on(meera, rules.add(meera, "FIN", words(gst, FINANCE)))
    clerks = words(gst, OneOf("role", ("CLERK",)), title="For clerks")
    assert rules.try_out(meera, clerks).also_by == ("For Finance",)
    rules.switch_on(meera, rules.add(meera, "CLERKS", clerks))

    assert len(sources(school, meera, asha)) == 1


def test_a_rule_asks_for_a_number_in_small_letters_too(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, add: Add
) -> None:
    asha = add("E-1")
    rules.switch_on(meera, rules.add(meera, "HERS", words(gst, OneOf("number", ("e-1",)))))
    assert sources(school, meera, asha) == [(Source.RULE, State.ASSIGNED)]


def test_a_rule_that_is_changed_is_off_until_it_was_tried(
    rules: Enrolment, gst: UUID, meera: Actor, add: Add
) -> None:
    add("E-1")
    rule = rules.add(meera, "FIN", words(gst, FINANCE))
    rules.switch_on(meera, rule)
    rules.change(meera, rule, words(gst, All()), "For everybody")

    assert not rules.coded(meera, "FIN").is_on
    assert rules.run_all(meera).assigned == 0


def test_rules_that_run_again_reach_whom_they_mean_by_then(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People, add: Add
) -> None:
    add("E-1")
    rule = rules.add(meera, "FIN", words(gst, FINANCE))
    rules.switch_on(meera, rule)
    people.on_changed.clear()
    assert rules.run_all(meera).assigned == 0
    newcomer, elsewhere = add("E-2"), add("E-3", unit="PRESS")
    assert rules.run_all(meera).assigned == 1
    rules.change(meera, rule, words(gst, OneOf("unit", ("PRESS",))), "For the press shop")
    rules.switch_on(meera, rule)
    late = add("E-4", unit="PRESS")
    assert rules.run_all(meera).assigned == 1

    held = [len(sources(school, meera, one)) for one in (newcomer, elsewhere, late)]
    assert held == [1, 1, 1]


def test_a_rule_works_between_its_days(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, add: Add, clock: TurnedClock
) -> None:
    add("E-0")
    week = words(gst, FINANCE, from_on=TODAY + timedelta(days=7), to_on=TODAY + timedelta(days=8))
    rule = rules.add(meera, "WEEK", week)
    rules.switch_on(meera, rule)
    first = add("E-1")
    clock.turn(timedelta(days=9))
    last = add("E-2")
    assert rules.run_all(meera).assigned == 0
    assert sources(school, meera, last) == []
    assert sources(school, meera, first) == []


def test_a_rule_that_is_switched_on_before_its_first_day_waits_for_it(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1")
    begins = TODAY + timedelta(days=7)
    later = words(gst, FINANCE, from_on=begins)
    rule = rules.add(meera, "LATER", later)

    tried = rules.try_out(meera, later, rule)
    assert (tried.assigned, tried.begins_on) == (1, begins)
    assert tried.first[0].due_on == begins
    assert rules.switch_on(meera, rule) == rules.run(meera, rule) == RunOfRules()
    assert sources(school, meera, asha) == []
    clock.turn(timedelta(days=7))
    assert school.training.begin_day(meera).assigned == 1
    (mine,) = school.training.assignments.of_person(meera, asha)
    assert mine.due_on == begins


def test_a_rule_that_is_over_or_gives_what_is_retired_is_not_switched_on(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, add: Add
) -> None:
    asha = add("E-1")
    over = words(gst, FINANCE, to_on=TODAY - timedelta(days=1))
    rule = rules.add(meera, "OVER", over)
    assert rules.try_out(meera, over, rule).assigned == 0
    with pytest.raises(TrainingRefused, match="last day of “For Finance” was"):
        rules.switch_on(meera, rule)
    school.training.catalogue.retire(meera, gst, TODAY)
    retired = rules.add(meera, "RETIRED", words(gst, FINANCE))
    with pytest.raises(TrainingRefused, match="GST compliance is assigned no more"):
        rules.switch_on(meera, retired)

    assert not any(one.is_on for one in rules.rules(meera))
    assert sources(school, meera, asha) == []


def test_who_reports_to_somebody_can_be_asked_for(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People, add: Add
) -> None:
    boss, asha = add("E-1"), add("E-2")
    rules.switch_on(meera, rules.add(meera, "HIS", words(gst, OneOf("manager", ("e-1",)))))
    assert sources(school, meera, asha) == []
    unit = people.organisation.org_units(SYSTEM)[0].id
    people.move(SYSTEM, PersonId(asha), Destination(org_unit_id=unit, manager_id=PersonId(boss)))

    assert sources(school, meera, asha) == [(Source.RULE, State.ASSIGNED)]
    assert rules.run_all(meera).assigned == 0
    assert sources(school, meera, boss) == []


def test_what_another_rule_asks_for_is_not_ended_and_the_dry_run_knows(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People, add: Add
) -> None:
    add("E-0", unit="PRESS")
    people.organisation.add_org_unit(SYSTEM, "SALES", "Sales")
    asha, ravi = add("E-1", role="CLERK"), add("E-2")
    finance = rules.add(meera, "FIN", words(gst, FINANCE, cancels=True))
    rules.switch_on(meera, finance)
    rules.switch_on(meera, rules.add(meera, "CLERKS", words(gst, OneOf("role", ("CLERK",)))))
    press = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}["PRESS"]
    clerk = {one.code: one.id for one in people.organisation.job_roles(SYSTEM)}["CLERK"]
    place = Destination(org_unit_id=OrgUnitId(press), job_role_id=JobRoleId(clerk))
    people.move(SYSTEM, PersonId(asha), place, TODAY)
    assert sources(school, meera, asha) == [(Source.RULE, State.ASSIGNED)]

    sales = words(gst, OneOf("unit", ("SALES",)), cancels=True)
    tried = rules.try_out(meera, sales, finance)
    assert (tried.cancelled, [one.number for one in tried.losing]) == (1, ["E-2"])
    rules.change(meera, finance, sales)
    assert rules.switch_on(meera, finance).cancelled == 1
    assert sources(school, meera, asha) == [(Source.RULE, State.ASSIGNED)]
    assert sources(school, meera, ravi) == [(Source.RULE, State.CANCELLED)]


@pytest.mark.parametrize(
    ("untrusted", "told"),
    [
        ({"is": "shoe_size", "of": ["9"]}, "no “shoe_size”"),
        ({"is": "kind", "of": ["robot"]}, "no value “robot”"),
        ({"is": "unit", "of": []}, "cannot be read"),
        ({"any": []}, "cannot be read"),
        ({"between": "unit", "first": None, "last": None}, "no “unit”"),
        ({"between": "joined_on", "first": "yesterday", "last": None}, "cannot be read"),
        ("everybody", "cannot be read"),
        ({"all": [{"all": []}] * 200}, "too many parts"),
    ],
)
def test_what_is_no_condition_is_refused_in_a_sentence(untrusted: object, told: str) -> None:
    with pytest.raises(TrainingRefused, match=told):
        from_json(untrusted)


def test_a_condition_is_told_in_words() -> None:
    tree = All((FINANCE, Either((OneOf("kind", ("contractor",)), Not(OneOf("role", ("CFO",)))))))

    assert in_words(tree) == (
        "Department, with all below it: FIN and (Kind of person: contractor or not Job role: CFO)"
    )
    assert in_words(All()) == "everybody"


def test_location_shift_and_agency_can_be_asked_for(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People
) -> None:
    night = All((OneOf("shift", ("C",)), OneOf("agency", ("Sai Labour",))))
    known = rules.try_out(meera, words(gst, night)).in_vain
    rules.switch_on(meera, rules.add(meera, "NIGHT", words(gst, night)), even_so=known)
    new = NewPerson(number="C-1", name="Ravi", shift="C", agency="Sai Labour", location="Plot 4")
    ravi = people.add(SYSTEM, new)
    assert len(sources(school, meera, ravi)) == 1
    other = people.add(SYSTEM, NewPerson(number="C-2", name="Asha", shift="A"))
    assert sources(school, meera, other) == []
    people.edit(SYSTEM, other, PersonChange(shift="C", agency="Sai Labour"))
    assert len(sources(school, meera, other)) == 1


@pytest.mark.parametrize("spelt", ["shift a", "SHIFT  A ", "Shift A"])
def test_a_rule_means_a_shift_a_location_and_an_agency_however_they_are_spelt(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People, spelt: str
) -> None:
    first = people.add(
        SYSTEM,
        NewPerson(number="C-1", name="Ravi", shift="Shift A", location="Chakan", agency="Étoile"),
    )
    meant = (
        OneOf("shift", (spelt,)),
        OneOf("location", ("CHAKAN ",)),
        OneOf("agency", ("E\u0301TOILE",)),
    )
    rules.switch_on(meera, rules.add(meera, "A", words(gst, All(meant))))
    assert len(sources(school, meera, first)) == 1

    later = people.add(
        SYSTEM,
        NewPerson(number="C-2", name="Asha", shift="sHiFt a", location="chakan", agency="étoile"),
    )
    assert len(sources(school, meera, later)) == 1
    other = people.add(
        SYSTEM, NewPerson(number="C-3", name="Om", shift="Shift B", location="Chakan")
    )
    assert sources(school, meera, other) == []
    people.edit(SYSTEM, other, PersonChange(shift="SHIFT A", agency="étoile"))
    assert len(sources(school, meera, other)) == 1


def test_what_is_written_of_people_is_offered_once_however_it_is_spelt(
    rules: Enrolment, meera: Actor, people: People
) -> None:
    for number, shift in (("C-1", "Shift A"), ("C-2", "shift a"), ("C-3", "B"), ("C-4", "")):
        people.add(
            SYSTEM, NewPerson(number=number, name="Ravi", shift=shift, location="Plot 5, Chakan")
        )
    offered = rules.offered(meera)
    assert (offered.shifts, offered.locations, offered.agencies) == (
        ("B", "Shift A"),
        ("Plot 5, Chakan",),
        (),
    )


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        (OneOf("unit", ("SALES", "HR")), "Department, with all below it: SALES, HR"),
        (All((FINANCE, OneOf("role", ("CFO",)))), "Job role: CFO"),
        (OneOf("committee", ("Canteen",)), "Sits on the committee: Canteen"),
        (Either((OneOf("unit", ("HR",)), OneOf("role", ("CFO",)))), "CFO"),
    ],
)
def test_a_rule_that_can_match_nobody_is_not_switched_on(
    school: School,
    rules: Enrolment,
    gst: UUID,
    meera: Actor,
    add: Add,
    condition: Condition,
    named: str,
) -> None:
    add("E-1")
    rule = rules.add(meera, "GONE", words(gst, condition))
    known = rules.try_out(meera, words(gst, condition)).in_vain
    assert known.reaches_nobody
    with pytest.raises(RuleNamesNothing, match="it can match nobody") as refused:
        rules.switch_on(meera, rule, even_so=known)
    assert named in str(refused.value)
    assert not rules.coded(meera, "GONE").is_on


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        (OneOf("unit", ("FIN", "SALES")), OneOf("unit", ("SALES",))),
        (All((FINANCE, Not(OneOf("role", ("CFO",))))), OneOf("role", ("CFO",))),
        (Either((FINANCE, OneOf("unit_only", ("HR",)))), OneOf("unit_only", ("HR",))),
        (OneOf("location", ("Chakn",)), OneOf("location", ("Chakn",))),
        (OneOf("number", ("e-1", "E-77")), OneOf("number", ("E-77",))),
        (OneOf("manager", ("E-77",)), OneOf("manager", ("E-77",))),
    ],
)
def test_what_a_rule_names_and_is_not_here_has_to_be_known_by_who_switches_it_on(
    rules: Enrolment, gst: UUID, meera: Actor, add: Add, condition: Condition, named: OneOf
) -> None:
    add("E-1")
    rule = rules.add(meera, "SOME", words(gst, condition))
    with pytest.raises(RuleNamesNothing, match="not here") as asked:
        rules.switch_on(meera, rule)
    assert asked.value.in_vain.named == (named,)
    with pytest.raises(RuleNamesNothing):
        rules.run(meera, rule)
    rules.switch_on(meera, rule, even_so=asked.value.in_vain)
    assert rules.coded(meera, "SOME").is_on


# Dry run = live result, for any tree: the same people, whatever the rule says.

_words = st.sampled_from(
    [
        OneOf("unit", ("FIN",)),
        OneOf("unit_only", ("TOP",)),
        OneOf("unit", ("TOP", "PRESS")),
        OneOf("role", ("R1",)),
        OneOf("kind", ("contractor", "visitor")),
        OneOf("language", ("hi",)),
        OneOf("shift", ("A",)),
        Between("joined_on", first=date(2026, 1, 1)),
        Between("joined_on", last=date(2025, 6, 30)),
        Between("joined_on"),
    ]
)
_trees = st.recursive(
    _words,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3).map(lambda found: All(tuple(found))),
        st.lists(parts, min_size=1, max_size=3).map(lambda found: Either(tuple(found))),
        parts.map(Not),
    ),
    max_leaves=6,
)


@pytest.fixture
def crowd(people: People) -> dict[UUID, dict[str, Any]]:
    """Eighteen people of every sort, and what is known of each."""
    organisation = people.organisation
    top = organisation.add_org_unit(SYSTEM, "TOP", "Top")
    units: dict[str, OrgUnitId | None] = {
        "TOP": top,
        "FIN": organisation.add_org_unit(SYSTEM, "FIN", "Finance", top),
        "PRESS": organisation.add_org_unit(SYSTEM, "PRESS", "Press shop"),
        "": None,
    }
    roles: dict[str, JobRoleId | None] = {
        "R1": organisation.add_job_role(SYSTEM, "R1", "Role 1"),
        "": None,
    }
    kinds, found = list(PersonKind), {}
    for number in range(18):
        code, role = list(units)[number % 4], list(roles)[number % 2]
        unit = units[code]
        known: dict[str, Any] = {
            "unit": code,
            "role": role if unit else "",
            "kind": kinds[number % len(kinds)].value,
            "language": ("en", "hi")[number % 2],
            "shift": ("", "A", "B")[number % 3],
            "joined_on": date(2025, 1, 1) + timedelta(days=50 * number),
        }
        place = Destination(org_unit_id=unit, job_role_id=roles[role]) if unit else None
        new = NewPerson(
            number=f"P-{number}",
            name=f"Person {number}",
            kind=kinds[number % len(kinds)],
            language=known["language"],
            shift=known["shift"],
            joined_on=known["joined_on"],
            place=place,
        )
        found[people.add(SYSTEM, new)] = known
    return found


def holds(condition: Condition, known: dict[str, Any]) -> bool:
    """Say the same as the statement, about one person, without a database."""
    match condition:
        case All(parts):
            return all(holds(one, known) for one in parts)
        case Either(parts):
            return any(holds(one, known) for one in parts)
        case Not(part):
            return not holds(part, known)
        case OneOf("unit", values):
            above = {"FIN": {"FIN", "TOP"}}.get(known["unit"], {known["unit"]})
            return bool(above & set(values))
        case OneOf(key, values):
            return known[key.removesuffix("_only")] in values
        case Between(_key, first, last):
            joined = known["joined_on"]
            return (first is None or joined >= first) and (last is None or joined <= last)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(tree=_trees, after_days=st.none() | st.integers(0, 400))
def test_a_dry_run_is_the_live_result_and_what_the_words_say(
    school: School,
    gst: UUID,
    meera: Actor,
    crowd: dict[UUID, dict[str, Any]],
    tree: Condition,
    after_days: int | None,
) -> None:
    rules, acts = school.training.enrolment, school.training.assignments
    assert from_json(to_json(tree)) == tree
    tried = rules.try_out(meera, words(gst, tree, after_days=after_days))
    meant = {
        one
        for one, known in crowd.items()
        if holds(tree, known) and known["joined_on"] + timedelta(days=after_days or 0) <= TODAY
    }
    assert {one.person_id for one in tried.first} == meant
    assert (tried.matched, tried.assigned) == (len(meant), len(meant))

    code = f"R-{len(rules.rules(meera))}"
    rule = rules.add(meera, code, words(gst, tree, after_days=after_days))
    assert _found_one_by_one(rules, rule, crowd) == meant
    done = rules.switch_on(meera, rule, confirmed=tried.count)
    assigned = {
        one
        for one in crowd
        if any(each.stands.state is State.ASSIGNED for each in acts.of_person(meera, one))
    }
    assert done.assigned == len(meant)
    assert assigned == meant
    rules.switch_off(meera, rule)
    for one in crowd:
        for each in acts.of_person(meera, one):
            if each.stands.state is State.ASSIGNED:
                acts.cancel(meera, each.id, "The next example")


def _found_one_by_one(rules: Enrolment, rule_id: UUID, people: Iterable[UUID]) -> set[UUID]:
    """Ask as a change of one person does."""
    kept, at = KeptRules(), At(today=TODAY, site_id=rules._site.site_id)
    with rules._site.read() as session:
        row = session.get_one(EnrolmentRuleRow, rule_id)
        working = [WorkingRule(row.id, row.row_versions, row.cancels)]
        found = {one: kept.matching(session, working, at, one) for one in people}
        assert all(match.is_new for matches in found.values() for match in matches)
        return {one for one, matches in found.items() if matches}


@pytest.mark.parametrize("while_open", [False, True])
def test_a_renewal_of_what_a_rule_asked_for_ends_with_the_rule(
    school: School, rules: Enrolment, meera: Actor, people: People, add: Add, clock: TurnedClock,
    while_open: bool,
) -> None:  # fmt: skip
    asha, press = add("E-1"), add("E-2", unit="PRESS")
    terms = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=12)
    new = NewRequirement(code="GST", title="GST", type=RequirementType.EXTERNAL, terms=terms)
    gst = school.training.catalogue.add(meera, new)
    rules.switch_on(meera, rules.add(meera, "FIN", words(gst, FINANCE, cancels=True)))
    acts = school.training.assignments
    acts.evidence.enter(meera, asha, gst, EnteredEvidence(issuer="ICAI", obtained_on=TODAY))
    assert sources(school, meera, press) == []
    units = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}

    def move(code: str) -> None:
        people.move(SYSTEM, PersonId(asha), Destination(org_unit_id=units[code]))

    if not while_open:
        move("PRESS")
    clock.turn(timedelta(days=340))
    assert school.training.begin_day(meera).opened == 1
    if while_open:
        assert sources(school, meera, asha)[1] == (Source.RENEWAL, State.ASSIGNED)
        move("PRESS")
    done, ended = sources(school, meera, asha)
    assert (done[1], ended) == (State.COMPLETED, (Source.RENEWAL, State.CANCELLED))
    assert school.training.begin_day(meera).opened == 0

    clock.turn(timedelta(days=60))
    school.training.begin_day(meera)
    overdue = PageRequest(filters=(("overdue", "yes"),))
    assert not acts.page(meera, overdue).rows
    move("FIN")
    assert sources(school, meera, asha)[2] == (Source.RULE, State.ASSIGNED)


def test_a_renewal_after_retraining_still_stands_on_the_rule(
    school: School, rules: Enrolment, meera: Actor, people: People, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1")
    add("E-2", unit="PRESS")
    terms = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=12)
    new = NewRequirement(code="GST", title="GST", type=RequirementType.EXTERNAL, terms=terms)
    gst = school.training.catalogue.add(meera, new)
    rules.switch_on(meera, rules.add(meera, "FIN", words(gst, FINANCE, cancels=True)))
    acts = school.training.assignments
    acts.retraining.order(meera, "GST", ("E-1",), reason="CAPA 7")
    clock.turn(timedelta(hours=1))
    acts.evidence.enter(meera, asha, gst, EnteredEvidence(issuer="ICAI", obtained_on=TODAY))
    clock.turn(timedelta(days=340))
    school.training.begin_day(meera)
    assert sources(school, meera, asha)[2] == (Source.RENEWAL, State.ASSIGNED)
    units = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}
    people.move(SYSTEM, PersonId(asha), Destination(org_unit_id=units["PRESS"]))

    assert sources(school, meera, asha)[2] == (Source.RENEWAL, State.CANCELLED)


def test_due_days_after_joining_count_from_the_return_of_who_had_left(
    school: School, rules: Enrolment, gst: UUID, meera: Actor, people: People, add: Add,
    clock: TurnedClock,
) -> None:  # fmt: skip
    asha = add("E-1", joined_on=date(2020, 1, 1))
    rules.switch_on(meera, rules.add(meera, "FIN", words(gst, FINANCE, cancels=True)))
    people.leave(SYSTEM, PersonId(asha))
    clock.turn(timedelta(days=100))
    rejoined = TODAY + timedelta(days=98)
    people.rejoin(SYSTEM, PersonId(asha), on=rejoined)

    mine = school.training.assignments.of_person(meera, asha)
    assert [one.due_on for one in sorted(mine, key=lambda one: one.cycle)] == [
        TODAY,
        rejoined + timedelta(days=7),
    ]
