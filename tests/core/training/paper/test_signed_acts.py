"""Waivers, evidence and corrections signed as the site asks; training before the first signature."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.content import AssetMissing
from app.core.people import Audience, NewPerson, PersonId
from app.core.signatures import Meaning, Proof, ReadOtherwise, SignatureState, TrainingFirst
from app.core.spreadsheets import GivenFile
from app.core.training import CheckedBy, EvidenceRule, ReasonNeeded, TrainingRefused
from app.core.training.assignments import (
    AssignmentSummary,
    EnteredEvidence,
    State,
    same_numbers_in_words,
)
from app.core.training.legacy import NoScan, Papers
from app.core.training.signing import (
    NothingWaits,
    NotOneself,
    SignatureMissing,
    SigningRule,
    SigningTerms,
    TwoPeopleNeeded,
)
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.core.training.paper.conftest import PDF, Shop
from tests.support.clock import TurnedClock
from tests.support.signers import LOGIN, PASSWORD

TODAY = date(2026, 11, 23)
UNTIL = date(2027, 3, 31)


def assigned(shop: Shop, number: str = "E-2", code: str = "FORK") -> AssignmentSummary:
    shop.school.training.assign(
        SYSTEM, code, Audience(numbers=(number,)), due_on=None, origin="The law"
    )
    found = shop.school.training.assignments.of_person(SYSTEM, shop.ids[number])
    return next(one for one in found if one.code == code)


def again(shop: Shop, one: AssignmentSummary) -> State:
    return shop.school.training.assignments.detail(SYSTEM, one.id).summary.stands.state


def say(shop: Shop, **rules: SigningRule | str) -> None:
    terms = replace(SigningTerms(from_on=TODAY), **rules)  # type: ignore[arg-type]  # fields of terms
    shop.school.training.signing.say(shop.meera, terms, "The customer asks for it")


def test_a_site_that_says_nothing_asks_for_no_signature(shop: Shop) -> None:
    one, waivers = assigned(shop), shop.school.training.assignments.waivers

    waivers.waive(shop.ravi, one.id, until_on=UNTIL, reason="In the office")

    assert again(shop, one) is State.WAIVED
    assert waivers.rule() is SigningRule.PLAIN


def test_d11_a_waiver_is_signed_in_the_unit_that_writes_it(shop: Shop) -> None:
    say(shop, waivers=SigningRule.SIGNED)
    one, waivers = assigned(shop), shop.school.training.assignments.waivers
    with pytest.raises(SignatureMissing):
        waivers.waive(shop.meera, one.id, until_on=UNTIL, reason="In the office")
    assert again(shop, one) is State.ASSIGNED
    text = waivers.text(shop.meera, one.id, UNTIL, "In the office")
    assert "Forklift licence" in text
    assert "31 Mar 2027" in text

    waivers.waive(
        shop.meera, one.id, until_on=UNTIL, reason="In the office", signed=shop.signed(text)
    )

    assert again(shop, one) is State.WAIVED
    detail = shop.school.training.assignments.detail(SYSTEM, one.id)
    (line,) = shop.door.signatures.under(detail.acts[-1].id)
    assert (line.meaning, line.record_kind, line.reason) == (
        Meaning.WAIVED,
        "assignment_event",
        "In the office",
    )
    assert shop.door.signatures.signature(shop.meera, line.id).state is SignatureState.VALID
    assert verified(shop.pc.opened.site)


def test_one_asks_for_a_waiver_and_somebody_else_signs_it(shop: Shop) -> None:
    say(shop, waivers=SigningRule.TWO_PERSONS)
    one, waivers = assigned(shop), shop.school.training.assignments.waivers
    with pytest.raises(TwoPeopleNeeded):
        waivers.waive(shop.meera, one.id, until_on=None, reason="x", signed=shop.signed("x"))
    waivers.ask(shop.ravi, one.id, until_on=UNTIL, reason="In the office")
    assert again(shop, one) is State.ASSIGNED
    (mine,), (asked,) = waivers.waiting(shop.ravi), waivers.waiting(shop.meera)
    assert (mine.is_mine, asked.is_mine, asked.reason) == (True, False, "In the office")
    with pytest.raises(NotOneself):
        waivers.refuse(shop.ravi, one.id, "No")
    with pytest.raises(SignatureMissing):
        waivers.approve(shop.meera, one.id)

    waivers.approve(shop.meera, one.id, shop.signed(asked.text))

    assert again(shop, one) is State.WAIVED
    assert waivers.waiting(shop.meera) == ()
    acts = shop.school.training.assignments.detail(SYSTEM, one.id).acts
    assert [act.by_name for act in acts] == ["Ravi Das", "Meera Joshi"]
    assert acts[-1].reason == "Ravi Das: In the office"
    with pytest.raises(NothingWaits):
        waivers.approve(shop.meera, one.id, shop.signed(asked.text))


def test_a_waiver_that_was_asked_for_is_refused_with_a_reason(shop: Shop) -> None:
    say(shop, waivers=SigningRule.TWO_PERSONS)
    one, waivers = assigned(shop), shop.school.training.assignments.waivers
    waivers.ask(shop.ravi, one.id, until_on=None, reason="He is busy")
    with pytest.raises(ReasonNeeded):
        waivers.refuse(shop.meera, one.id, "")

    waivers.refuse(shop.meera, one.id, "That is no reason")

    assert again(shop, one) is State.ASSIGNED
    assert waivers.waiting(shop.meera) == ()


def test_what_is_signed_begins_on_a_day_and_not_in_the_past(shop: Shop, clock: TurnedClock) -> None:
    signing = shop.school.training.signing
    with pytest.raises(TrainingRefused):
        signing.say(shop.meera, SigningTerms(from_on=TODAY - timedelta(days=1)), "Late")
    with pytest.raises(ReasonNeeded):
        signing.say(shop.meera, SigningTerms(from_on=TODAY), " ")
    with pytest.raises(NotAllowed):
        signing.say(shop.ravi, SigningTerms(from_on=TODAY), "I may not")
    tomorrow = SigningTerms(from_on=TODAY + timedelta(days=1), waivers=SigningRule.SIGNED)

    signing.say(shop.meera, tomorrow, "From tomorrow on")

    assert signing.now().waivers is SigningRule.PLAIN
    clock.turn(timedelta(days=1))
    assert signing.now().waivers is SigningRule.SIGNED
    assert [one.reason for one in signing.all(shop.ravi)] == ["From tomorrow on"]


def test_p11_09_a11_02_who_lacks_the_training_is_told_what_is_missing_and_signs_nothing(
    shop: Shop,
) -> None:
    signatures = shop.door.signatures
    signatures.asks_first.append(shop.school.training.signing.asks_first)
    shop.add_requirement("E-SIGN", "Electronic signature training")
    say(shop, first="E-SIGN")

    with pytest.raises(TrainingFirst, match="Electronic signature training"):
        signatures.pen(shop.meera, Proof(name=LOGIN, password=PASSWORD))
    assert "Electronic signature training" in signatures.now(shop.meera).trouble

    shop.ids["E-1"] = UUID(str(shop.meera.person_id))
    training = shop.school.training.assignments.evidence
    entered = EnteredEvidence(issuer="QA", obtained_on=TODAY)
    training.enter(shop.ravi, shop.ids["E-1"], shop.requirements["E-SIGN"], entered)

    assert signatures.now(shop.meera).trouble == ""
    assert signatures.pen(shop.meera, Proof(name=LOGIN, password=PASSWORD))


@pytest.fixture
def papers(shop: Shop) -> Papers:
    return Papers(shop.pc.opened.site, shop.pc.assets)


ITI = EnteredEvidence(
    issuer="ITI Pune", number="B-77", obtained_on=date(2026, 6, 1), valid_until=date(2026, 12, 31)
)


def test_h15_a_certificate_is_kept_with_its_scan_checked_by_another_and_holds_no_longer_than_it_says(
    shop: Shop, papers: Papers
) -> None:
    boiler = shop.add_requirement("BOILER", "Boiler attendant", rule=EvidenceRule.CONFIRMED)
    one = assigned(shop, code="BOILER")
    proving = shop.school.training.assignments.evidence
    kept = papers.enter(
        shop.ravi, shop.ids["E-2"], boiler, ITI, [GivenFile(name="iti.pdf", content=PDF)]
    )
    assert again(shop, one) is State.PENDING_EVIDENCE
    (waiting,) = proving.waiting(shop.meera)
    assert (waiting.scans, waiting.is_handed_in) == (1, False)
    (scan,) = papers.scans(shop.meera, kept)
    assert papers.scan(shop.meera, kept, scan.id) == PDF

    proving.confirm(shop.meera, kept, how=CheckedBy.ISSUER)

    assert shop.held("E-2", "BOILER") == date(2026, 12, 31)
    (evidence,) = shop.school.training.assignments.detail(SYSTEM, one.id).evidence
    assert (evidence.how, evidence.is_accepted) == (CheckedBy.ISSUER, True)


def test_p11_13_confirming_is_signed_where_the_site_asks_for_it(shop: Shop, papers: Papers) -> None:
    say(shop, evidence=SigningRule.SIGNED)
    boiler = shop.add_requirement("BOILER", "Boiler attendant", rule=EvidenceRule.CONFIRMED)
    kept = papers.enter(shop.ravi, shop.ids["E-2"], boiler, ITI)
    proving = shop.school.training.assignments.evidence
    with pytest.raises(SignatureMissing):
        proving.confirm(shop.meera, kept, how=CheckedBy.ORIGINAL)
    text = proving.text(shop.meera, kept, CheckedBy.ORIGINAL)
    assert "Saw the original" in text

    proving.confirm(shop.meera, kept, how=CheckedBy.ORIGINAL, signed=shop.signed(text))

    one = assigned(shop, code="BOILER")
    (evidence,) = shop.school.training.assignments.detail(SYSTEM, one.id).evidence
    assert evidence.verdict_id is not None
    (line,) = shop.door.signatures.under(evidence.verdict_id)
    assert (line.meaning, line.name) == (Meaning.CONFIRMED, "Meera Joshi")


def test_one_number_for_two_people_is_told_by_name_and_never_refused(
    shop: Shop, papers: Papers
) -> None:
    boiler = shop.add_requirement("BOILER", "Boiler attendant", rule=EvidenceRule.CONFIRMED)
    crane = shop.add_requirement("CRANE", "Crane", rule=EvidenceRule.CONFIRMED)
    proving = shop.school.training.assignments.evidence
    first, other = shop.ids["E-2"], shop.ids["E-3"]
    written = replace(ITI, number="b 77", issuer="Another institute")
    assert proving.same_numbers(shop.ravi, first, boiler, ITI) == ()
    kept = papers.enter(shop.ravi, first, boiler, ITI)
    assert proving.same_numbers(shop.ravi, first, boiler, ITI) == ()  # it is their own

    (same,) = proving.same_numbers(shop.ravi, other, boiler, written)

    assert same.person.endswith("(E-2)")
    words = same_numbers_in_words([same])
    assert words.startswith(
        f"b 77 is on record for {same.person} too: Boiler attendant, by ITI Pune"
    )
    assert "Look at both papers" in words
    assert proving.same_numbers(shop.ravi, other, crane, replace(ITI, issuer="iti pune"))
    for unlike in (replace(ITI, number="B-78"), replace(ITI, number="")):
        assert proving.same_numbers(shop.ravi, other, boiler, unlike) == ()
    assert proving.same_numbers(shop.ravi, other, crane, written) == ()  # who else counts so
    elsewhere = replace(shop.ravi, grants=_within(new_id()))
    (hidden,) = proving.same_numbers(elsewhere, other, boiler, written)
    assert hidden.person == ""
    assert "somebody of another department" in same_numbers_in_words([hidden])

    twice = papers.enter(shop.ravi, other, boiler, written)
    waiting = {one.id: proving.same_as(shop.meera, one) for one in proving.waiting(shop.meera)}
    assert [len(waiting[one]) for one in (kept, twice)] == [1, 1]
    proving.refuse(shop.meera, kept, "The paper is of E-3")
    (left,) = proving.waiting(shop.meera)
    assert proving.same_as(shop.meera, left) == ()  # what is refused has no number any more


def _within(unit: UUID) -> frozenset[Grant]:
    return frozenset({Grant(capability=Capability.ASSIGN, org_units=frozenset({unit}))})


@pytest.fixture
def asha(shop: Shop) -> Actor:
    """The learner E-2."""
    return replace(somebody("Asha", Capability.LEARN), person_id=shop.ids["E-2"])


def test_a11_06_a_learner_hands_in_a_scan_and_it_waits_for_somebody_else(
    shop: Shop, papers: Papers, asha: Actor
) -> None:
    one = assigned(shop)
    assert papers.to_hand_in(asha) == (("FORK", "Forklift licence"),)

    kept = papers.hand_in(asha, "FORK", ITI, [GivenFile(name="rto.jpg", content=b"\xff\xd8\xff.")])

    assert again(shop, one) is State.PENDING_EVIDENCE
    assert shop.held("E-2", "FORK") is None
    shop.school.training.assignments.evidence.confirm(shop.ravi, kept)
    assert again(shop, one) is State.COMPLETED


def test_nobody_hands_in_what_nobody_asks_for_or_without_a_scan(
    shop: Shop, papers: Papers, asha: Actor
) -> None:
    scan = GivenFile(name="a.pdf", content=PDF)
    with pytest.raises(TrainingRefused, match="Nobody asks you"):
        papers.hand_in(asha, "FORK", ITI, [scan])
    assigned(shop)
    with pytest.raises(TrainingRefused, match="no scan"):
        papers.hand_in(asha, "FORK", ITI, [])
    with pytest.raises(NoScan):
        papers.hand_in(asha, "FORK", ITI, [GivenFile(name="a.pdf", content=b"MZ")])
    with pytest.raises(NotAllowed):
        papers.hand_in(somebody("Guest"), "FORK", ITI, [scan])


def test_somebody_elses_scans_are_not_shown(shop: Shop, papers: Papers, asha: Actor) -> None:
    assigned(shop, "E-3")
    kept = papers.enter(
        shop.ravi,
        shop.ids["E-3"],
        shop.requirements["FORK"],
        ITI,
        [GivenFile(name="a.pdf", content=PDF)],
    )

    with pytest.raises(NotAllowed):
        papers.scans(asha, kept)


def test_scans_of_who_is_erased_go_and_a_page_that_shows_others_stays(
    shop: Shop, papers: Papers
) -> None:
    own, shared = (
        GivenFile(name="own.pdf", content=PDF),
        GivenFile(name="p.pdf", content=PDF + b"2"),
    )
    fork = shop.requirements["FORK"]
    mine = papers.enter(shop.ravi, shop.ids["E-2"], fork, ITI, [own, shared])
    papers.enter(shop.ravi, shop.ids["E-3"], fork, ITI, [shared])

    assert papers.destroy_scans([shop.ids["E-2"]]) == 1
    assert papers.destroy_scans([shop.ids["E-2"]]) == 0

    gone, stays = papers.scans(shop.ravi, mine)
    assert papers.scan(shop.ravi, mine, stays.id) == PDF + b"2"
    with pytest.raises(AssetMissing):
        papers.scan(shop.ravi, mine, gone.id)


def test_nothing_is_signed_that_changed_since_it_was_read(shop: Shop, papers: Papers) -> None:
    """21 CFR 11.70: the words under a signature are what is kept."""
    boiler = shop.add_requirement("BOILER", "Boiler attendant", rule=EvidenceRule.CONFIRMED)
    kept = papers.enter(shop.ravi, shop.ids["E-2"], boiler, ITI)
    proving = shop.school.training.assignments.evidence
    one, waivers = assigned(shop), shop.school.training.assignments.waivers
    batch = shop.bring()

    with pytest.raises(ReadOtherwise):
        proving.confirm(
            shop.meera, kept, how=CheckedBy.ORIGINAL, signed=shop.signed("I have read nothing")
        )
    with pytest.raises(ReadOtherwise):
        waivers.waive(
            shop.meera, one.id, until_on=UNTIL, reason="Ill", signed=shop.signed("Of another")
        )
    text = shop.legacy.batch(shop.meera, batch).text
    shop.legacy.add_scan(shop.ravi, batch, GivenFile(name="page.pdf", content=PDF))
    with pytest.raises(ReadOtherwise):
        shop.legacy.sign(shop.meera, batch, shop.signed(text))

    assert proving.waiting(shop.meera)
    assert again(shop, one) is not State.WAIVED
    assert shop.sign(batch)


def test_two_accounts_of_one_human_are_no_second_person(shop: Shop) -> None:
    boiler = shop.add_requirement("BOILER", "Boiler attendant", rule=EvidenceRule.CONFIRMED)
    twin = shop.people.add(SYSTEM, NewPerson(number="E-1B", name="Meera Joshi"))
    account = shop.door.sign_in.accounts.give_account(SYSTEM, twin)
    her_other = replace(shop.meera, account_id=account, person_id=twin)
    proving = shop.school.training.assignments.evidence
    entered = EnteredEvidence(issuer="ITI", number="7", obtained_on=TODAY)
    kept = proving.enter(her_other, shop.ids["E-2"], boiler, entered)
    assert shop.meera.person_id is not None
    shop.people.merging.merge(SYSTEM, PersonId(shop.meera.person_id), twin, "One card")

    with pytest.raises(TrainingRefused):
        proving.confirm(shop.meera, kept, how=CheckedBy.ORIGINAL)
    assert shop.held("E-2", "BOILER") is None
