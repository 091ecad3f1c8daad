"""What comes with a sample course beside its form: a drill that is planned, and a rule that is off."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.clock import local_day
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.courses import course_samples
from app.core.people import Audience, Destination, NewPerson
from app.core.training import RequirementType, TrainingRefused
from app.core.training.drills import DrillKind, DrillRule
from app.core.training.enrolment import RuleNamesNothing
from app.services import Services

BOSS = system_actor("Author")
MARK = "Sample of "


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = open_small_site(tmp_path).services
    yield opened
    opened.close()


def begin(services: Services, key: str, actor: Actor = BOSS):
    (sample,) = (one for one in course_samples() if one.key == key)
    report = services.courses.check_folder(actor, sample, NoProgress())
    return services.courses.import_folder(actor, report, NoProgress())


def today_at(services: Services) -> date:
    return local_day(services.open_site.site.clock)


def join(services: Services, number: str) -> None:
    organisation = services.people.organisation
    units = {one.code: one.id for one in organisation.org_units(BOSS)}
    if "FIN" not in units:
        units["FIN"] = organisation.add_org_unit(BOSS, "FIN", "Finance")
    place = Destination(org_unit_id=units["FIN"])
    services.people.add(BOSS, NewPerson(number=number, name=number, place=place))


def test_gst_brings_the_rule_that_all_new_joiners_in_finance_get_it_on_day_1(
    services: Services,
) -> None:
    training = services.training
    course_id = begin(services, "gst")
    begin(services, "gst")  # begun twice: each has its rule
    rule = training.enrolment.coded(BOSS, "GST-FIN")
    assert [one.code for one in training.enrolment.rules(BOSS)] == ["GST-FIN", "GST-FIN-2"]
    assert (rule.is_on, rule.requirement_code, rule.words.after_days) == (False, "FIN-101", 0)
    assert MARK in rule.words.title
    with pytest.raises(TrainingRefused, match="is not published yet"):
        training.enrolment.switch_on(BOSS, rule.id)
    with pytest.raises(TrainingRefused, match="is not published yet"):
        training.assign(BOSS, "FIN-101", Audience(), due_on=None, origin="All")
    with pytest.raises(TrainingRefused, match="is not published yet"):
        training.catalogue.bring_back(BOSS, rule.words.requirement_id)

    assert training.catalogue.coded(BOSS, "FIN-101").summary.awaits_publishing
    warnings = services.courses.warnings(BOSS, course_id)
    services.courses.publish(BOSS, course_id, "", warnings)
    assert not training.catalogue.coded(BOSS, "FIN-101").summary.awaits_publishing
    with pytest.raises(RuleNamesNothing, match="below it: FIN"):
        training.enrolment.switch_on(BOSS, rule.id)
    services.people.organisation.add_org_unit(BOSS, "FIN", "Finance")
    training.enrolment.switch_on(BOSS, rule.id)
    join(services, "E-2")
    assert training.enrolment.coded(BOSS, "GST-FIN").open_assignments == 1
    (given,) = training.assignments.page(BOSS, PageRequest()).rows
    assert (given.number, given.code) == ("E-2", "FIN-101")


def test_fire_safety_brings_its_drill(services: Services) -> None:
    begin(services, "fire")
    asked = services.training.catalogue.coded(BOSS, "EHS-102-D")
    assert asked.summary.type is RequirementType.DRILL
    assert asked.titles["hi"]
    assert asked.description.startswith(MARK)
    (planned,) = services.drills.register.drills(BOSS)
    assert (planned.drill, MARK in planned.session.title) == (DrillKind.FIRE, True)
    shown = services.drills.detail(BOSS, planned.session.id).session
    assert [one.code for one in shown.requirements] == ["EHS-102-D"]
    (rule,) = services.drills.register.rules(BOSS)
    assert (rule.from_on, rule.months, MARK in rule.law) == (today_at(services), 6, True)


def test_how_often_a_drill_is_due_stays_as_the_plant_said_it(services: Services) -> None:
    grants = {Capability.AUTHOR_COURSES, Capability.ASSIGN, Capability.VIEW_COURSES}
    author = Actor(
        account_id=None,
        person_id=None,
        name="Author",
        grants=frozenset(Grant(capability=one) for one in grants),
    )
    begin(services, "fire", author)
    assert services.drills.register.rules(BOSS) == ()  # who may not say it does not say it
    own = DrillRule(drill=DrillKind.FIRE, from_on=today_at(services), months=3, law="Rule 62")
    services.drills.register.set_rule(BOSS, own)
    begin(services, "fire")
    assert services.drills.register.rules(BOSS) == (own,)
    assert len(services.drills.register.drills(BOSS)) == 2
