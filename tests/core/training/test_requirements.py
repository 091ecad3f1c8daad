"""Requirements: every type, dated terms, links without loops, laws as data."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.journal import Site
from app.core.training import (
    DueRule,
    LinkKind,
    Loop,
    RequirementCodeTaken,
    RequirementType,
    Terms,
    TrainingRefused,
    Validity,
)
from app.core.training.requirements import (
    LegalReference,
    NewRequirement,
    RequirementChange,
    Requirements,
)
from tests.core.training.conftest import somebody, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School

TODAY = date(2026, 11, 23)
YEARLY = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=12)


@pytest.fixture
def catalogue(school: School) -> Requirements:
    return school.training.catalogue


def new(code: str, kind: RequirementType = RequirementType.EXTERNAL) -> NewRequirement:
    return NewRequirement(code=code, title=f"About {code}", type=kind, terms=YEARLY)


@pytest.mark.parametrize(
    "kind", [one for one in RequirementType if one is not RequirementType.COURSE]
)
def test_a_requirement_of_every_type_is_added_and_found(
    catalogue: Requirements, meera: Actor, site: Site, kind: RequirementType
) -> None:
    catalogue.add(meera, new("loto 1", kind))

    found = catalogue.coded(meera, "LOTO-1")
    assert (found.summary.type, found.summary.terms) == (kind, YEARLY)
    assert [one.code for one in catalogue.all(meera, "about loto")] == ["LOTO-1"]
    assert catalogue.all(meera, "fire") == ()
    assert verified(site)


def test_a_code_is_given_once_and_a_course_brings_its_own(
    catalogue: Requirements, meera: Actor
) -> None:
    catalogue.add(meera, new("GST"))
    with pytest.raises(RequirementCodeTaken):
        catalogue.add(meera, new(" gst "))
    with pytest.raises(TrainingRefused, match="as soon as it is published"):
        catalogue.add(meera, new("C1", RequirementType.COURSE))


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(from_on=TODAY - timedelta(days=1), validity=Validity.FOR_GOOD), "in the past"),
        (Terms(from_on=TODAY), "Only a course says itself"),
        (Terms(from_on=TODAY, validity=Validity.MONTHS), "for how long"),
        (Terms(from_on=TODAY, validity=Validity.DAYS, valid_count=0), "for how long"),
        (Terms(from_on=TODAY, validity=Validity.UNTIL_DAY), "until which day"),
        (
            Terms(
                from_on=TODAY,
                validity=Validity.UNTIL_DAY,
                valid_until_on=TODAY - timedelta(days=1),
            ),
            "over before these terms begin",
        ),
        (
            Terms(from_on=TODAY, validity=Validity.FOR_GOOD, window_days=30, renewal_due_days=31),
            "opens 30 days before .* due 31 days",
        ),
        (
            Terms(from_on=TODAY, validity=Validity.FOR_GOOD, due_rule=DueRule.AFTER_JOINING),
            "after how many days",
        ),
        (
            Terms(
                from_on=TODAY,
                validity=Validity.FOR_GOOD,
                due_rule=DueRule.ON_DAY,
                due_day=TODAY - timedelta(days=1),
            ),
            "before these terms begin",
        ),
        (Terms(from_on=TODAY, validity=Validity.FOR_GOOD, grace_days=-1), "no number of days"),
    ],
)
def test_terms_that_do_not_hold_together_are_refused_in_a_sentence(
    catalogue: Requirements, meera: Actor, terms: Terms, words: str
) -> None:
    wrong = NewRequirement(code="X", title="X", type=RequirementType.DRILL, terms=terms)
    with pytest.raises(TrainingRefused, match=words):
        catalogue.add(meera, wrong)
    assert catalogue.all(meera) == ()


def test_fa_07_other_terms_take_over_on_their_day_and_those_of_before_stay(
    catalogue: Requirements, meera: Actor, clock: TurnedClock
) -> None:
    """FA-07: from six months to three, from 1 July on."""
    drill = catalogue.add(
        meera,
        NewRequirement(
            code="DRILL",
            title="Fire drill",
            type=RequirementType.DRILL,
            terms=Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=6),
        ),
    )
    july = date(2027, 7, 1)
    quarterly = Terms(from_on=july, validity=Validity.MONTHS, valid_count=3)
    catalogue.change(meera, drill, RequirementChange(terms=quarterly), "New rules of the state")

    def months() -> int | None:
        return catalogue.detail(meera, drill).summary.terms.valid_count

    assert months() == 6
    clock.turn(timedelta(days=(july - TODAY).days))
    assert months() == 3
    assert [one.from_on for one in catalogue.detail(meera, drill).all_terms] == [TODAY, july]


def test_terms_are_corrected_on_their_first_day(catalogue: Requirements, meera: Actor) -> None:
    one = catalogue.add(meera, new("A"))
    longer = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=24, grace_days=7)
    catalogue.change(meera, one, RequirementChange(terms=longer))

    assert catalogue.detail(meera, one).all_terms == (longer,)


def test_links_are_kept_ended_and_never_make_a_loop(catalogue: Requirements, meera: Actor) -> None:
    first, second, third = (catalogue.add(meera, new(code)) for code in ("A", "B", "C"))

    def comes_after(one: UUID, *before: UUID) -> None:
        catalogue.change(meera, one, RequirementChange(prerequisites=before))

    comes_after(second, first)
    comes_after(third, second)
    with pytest.raises(Loop, match="A → C → B → A"):
        comes_after(first, third)
    with pytest.raises(Loop, match="A → A"):
        comes_after(first, first)
    assert catalogue.detail(meera, first).links == ()

    catalogue.change(meera, first, RequirementChange(substitutes=(third,)))
    with pytest.raises(Loop):
        catalogue.change(meera, third, RequirementChange(substitutes=(first,)))
    comes_after(second)
    comes_after(first, third)  # the chain was cut: no loop any more
    prerequisites = catalogue.detail(meera, first).linked(LinkKind.PREREQUISITE)
    assert [one.code for one in prerequisites] == ["C"]


def test_fa_08_a_report_of_a_day_names_the_law_of_that_day(
    catalogue: Requirements, meera: Actor
) -> None:
    fire = catalogue.add(meera, new("FIRE"))
    since = date(2025, 11, 21)
    old = LegalReference(act="Factories Act 1948", clause="s.38", to_on=since)
    code = LegalReference(act="OSH Code 2020", clause="s.6", from_on=since)
    catalogue.change(meera, fire, RequirementChange(laws=(old, code)))

    def acts(day: date) -> list[str]:
        return [f"{one.act} {one.clause}" for one in catalogue.detail(meera, fire).laws_on(day)]

    assert acts(date(2024, 6, 1)) == ["Factories Act 1948 s.38"]
    assert acts(since) == acts(date(2026, 6, 1)) == ["OSH Code 2020 s.6"]

    kept = catalogue.detail(meera, fire).laws
    catalogue.change(meera, fire, RequirementChange(laws=kept[1:]))
    assert acts(date(2024, 6, 1)) == []
    wrong = LegalReference(act="X", from_on=since, to_on=since)
    with pytest.raises(TrainingRefused, match="before it begins"):
        catalogue.change(meera, fire, RequirementChange(laws=(wrong,)))


def test_only_who_assigns_for_the_whole_site_changes_requirements(
    catalogue: Requirements, meera: Actor
) -> None:
    one = catalogue.add(meera, new("A"))
    auditor = somebody("Auditor", Capability.VIEW_RECORDS)
    with pytest.raises(NotAllowed):
        catalogue.all(auditor)
    with pytest.raises(NotAllowed):
        catalogue.add(auditor, new("B"))
    with pytest.raises(NotAllowed):
        catalogue.change(auditor, one, RequirementChange(title="X"))
