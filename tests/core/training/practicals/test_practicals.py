"""A practical from the first round to both signatures, and everything that is refused on the way."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.content import AssetMissing
from app.core.people import AccountId, Audience, People, PersonId, RoleName, WrongSecret
from app.core.reports import Reports
from app.core.signatures import (
    IdNeeded,
    Meaning,
    NoSigningKey,
    NotChecked,
    Proof,
    Undersigned,
    as_read,
    meaning_in_words,
)
from app.core.training import TrainingRefused
from app.core.training.assignments import State
from app.core.training.models import RequirementCreditRow
from app.core.training.practicals import (
    AssessmentVerdict,
    AssessorLapsed,
    BlankFor,
    FormSection,
    FormStep,
    Hand,
    MayNotAssess,
    NotAnAssessor,
    NotInOrder,
    NotTheLearner,
    OwnPractical,
    Qualified,
    RunState,
    SeenOtherwise,
    SeenUnqualified,
    SignedAlready,
    Stage,
    StepMark,
    blank_form,
    revised_in_words,
)
from app.core.training.practicals.models import PracticalRefusalRow
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.practicals import FORM, SYSTEM, TODAY, Floor
from tests.support.signers import door_of
from tests.support.teaching import a_school


def credits_of(floor: Floor) -> int:
    with floor.door.pc.opened.site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(RequirementCreditRow)) or 0


def refusals(floor: Floor) -> list[tuple[str, str]]:
    with floor.door.pc.opened.site.read() as session:
        rows = session.scalars(sa.select(PracticalRefusalRow).order_by(PracticalRefusalRow.id))
        return [(row.deed, row.by_name) for row in rows]


def test_stages_follow_one_another_up_to_competent(floor: Floor) -> None:
    stages = []
    for _turn in range(4):
        stages.append((floor.record().stands.stage, floor.record().stands.done))
        floor.round()
    assert stages == [
        (Stage.OBSERVED, 0),
        (Stage.GUIDED, 0),
        (Stage.GUIDED, 1),
        (Stage.INDEPENDENT, 0),
    ]
    result = floor.assess()
    assert floor.record().stands.state is RunState.TO_SIGN
    assert floor.record().held_until is None

    first = floor.sign(result, Hand.LEARNER, floor.asha)
    assert (first.is_complete, first.credit_id) == (False, None)
    assert credits_of(floor) == 0
    last = floor.sign(result, Hand.ASSESSOR, floor.ravi)
    assert last.is_complete
    assert last.credit_id is not None

    (mine,) = floor.training.assignments.of_person(SYSTEM, floor.asha_id)
    assert mine.stands.state is State.COMPLETED
    record = floor.record()
    assert record.stands.state is RunState.COMPETENT
    assert record.held_until == TODAY.replace(year=2027)
    assert floor.practicals.to_assess(floor.ravi) == ()
    assert verified(floor.door.pc.opened.site)


def test_an_assignment_is_in_progress_from_the_first_round_until_both_have_signed(
    floor: Floor, clock: TurnedClock
) -> None:
    assignments = floor.training.assignments

    def state() -> State:
        (mine,) = assignments.of_person(SYSTEM, floor.asha_id)
        in_progress = PageRequest(filters=(("state", State.IN_PROGRESS.value),))
        listed = assignments.page(SYSTEM, in_progress).total
        assert bool(listed) is (mine.stands.state is State.IN_PROGRESS)
        return mine.stands.state

    assert state() is State.ASSIGNED
    floor.round()
    begun_on = clock.now().astimezone().date()
    assert state() is State.IN_PROGRESS
    clock.turn(timedelta(days=1))
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    assert state() is State.IN_PROGRESS
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    assert state() is State.COMPLETED

    clock.turn(timedelta(days=1))
    (then,) = assignments.of_person(SYSTEM, floor.asha_id, begun_on)
    (before,) = assignments.of_person(SYSTEM, floor.asha_id, begun_on - timedelta(days=1)) or (
        None,
    )
    assert then.stands.state is State.IN_PROGRESS
    assert before is None


def test_the_assessor_may_sign_first(floor: Floor) -> None:
    floor.practise()
    result = floor.assess()
    assert floor.sign(result, Hand.ASSESSOR, floor.ravi).credit_id is None

    assert floor.sign(result, Hand.LEARNER, floor.asha).credit_id is not None


def test_p11_06_no_stage_is_skipped_and_nothing_is_concluded_early(floor: Floor) -> None:
    doing = floor.practicals.doing
    for stage in (Stage.GUIDED, Stage.INDEPENDENT, Stage.ASSESSED):
        with pytest.raises(NotInOrder):
            doing.begin(floor.ravi, floor.asha_id, floor.loto, stage)
    practice = floor.round()
    with pytest.raises(NotInOrder, match="practice"):
        doing.conclude(floor.ravi, practice, AssessmentVerdict.COMPETENT)
    floor.practise()
    one = doing.begin(floor.ravi, floor.asha_id, floor.loto)
    with pytest.raises(NotInOrder, match="Not every step"):
        doing.conclude(floor.ravi, one, AssessmentVerdict.COMPETENT)
    assert credits_of(floor) == 0
    assert [deed for deed, _name in refusals(floor)] == [*["watch"] * 3, "conclude", "conclude"]


def test_nobody_is_competent_with_a_critical_step_that_is_not_done(floor: Floor) -> None:
    floor.practise()
    one = floor.round(Stage.ASSESSED, missed=2)
    doing = floor.practicals.doing
    with pytest.raises(NotInOrder, match="Puts on the own lock"):
        doing.conclude(floor.ravi, one, AssessmentVerdict.COMPETENT)
    critical = floor.record().facts.rounds[-1].steps[2]
    with pytest.raises(NotInOrder, match="cannot be left out"):
        doing.mark(floor.ravi, one, critical.key, StepMark.NOT_APPLICABLE)

    result = doing.conclude(floor.ravi, one, AssessmentVerdict.NOT_YET)
    for hand, actor in ((Hand.LEARNER, floor.asha), (Hand.ASSESSOR, floor.ravi)):
        assert floor.sign(result, hand, actor).credit_id is None
    record = floor.record()
    assert record.stands.state is RunState.NOT_YET
    assert record.stands.result is not None
    assert record.stands.result.retry_on == TODAY + timedelta(days=14)

    again = floor.assess()
    floor.sign(again, Hand.LEARNER, floor.asha)
    assert floor.sign(again, Hand.ASSESSOR, floor.ravi).credit_id is not None


def test_not_yet_without_a_missed_step_needs_a_word(floor: Floor) -> None:
    floor.practise()
    with pytest.raises(NotInOrder, match="Say why"):
        floor.assess(AssessmentVerdict.NOT_YET)


def test_a_round_in_which_a_critical_step_is_missed_is_practice_that_does_not_count(
    floor: Floor,
) -> None:
    floor.round(missed=3)
    assert (floor.record().stands.stage, floor.record().stands.done) == (Stage.OBSERVED, 0)
    assert len(floor.record().facts.rounds) == 1


def test_an_unfinished_round_is_gone_on_with(floor: Floor) -> None:
    doing = floor.practicals.doing
    one = doing.begin(floor.ravi, floor.asha_id, floor.loto)
    step = floor.record().facts.rounds[0].steps[0]
    doing.mark(floor.ravi, one, step.key, StepMark.DONE)
    doing.mark(floor.ravi, one, step.key, StepMark.DONE)

    assert doing.begin(floor.ravi, floor.asha_id, floor.loto) == one
    (seen,) = floor.record().facts.rounds
    assert len(seen.marks) == 1


def test_p11_07_an_assessor_of_another_department_is_refused_and_the_refusal_is_kept(
    floor: Floor,
) -> None:
    people = People(floor.door.pc.opened.site)
    paint = people.organisation.add_org_unit(SYSTEM, "PAINT", "Paint shop")
    sunil = floor.add_person("E-20", "Sunil Rao", paint)
    floor.practise()
    doing = floor.practicals.doing
    with pytest.raises(NotAllowed):
        doing.begin(floor.ravi, sunil, floor.loto)
    with pytest.raises(NotAllowed):
        floor.practicals.record(floor.ravi, sunil, floor.loto)

    assert refusals(floor) == [("watch", "Ravi Das")]


def test_p11_07_who_was_never_appointed_watches_and_signs_nothing(floor: Floor) -> None:
    person = floor.add_person("E-11", "Kavita Shah")
    kavita = floor.let_sign(person, "E-11", "green tall grass", RoleName.TRAINER)
    floor.practise()
    result = floor.assess()
    with pytest.raises(NotAnAssessor):
        floor.practicals.doing.begin(kavita, floor.asha_id, floor.loto)
    with pytest.raises(NotAnAssessor):
        floor.sign(result, Hand.ASSESSOR, kavita)
    floor.practicals.assessors.appoint(SYSTEM, person, floor.loto, reason="Fitter")
    with pytest.raises(MayNotAssess, match="concluded"):
        floor.sign(result, Hand.ASSESSOR, kavita)

    assert [deed for deed, _name in refusals(floor)] == [
        "watch",
        "sign as assessor",
        "sign as assessor",
    ]
    assert credits_of(floor) == 0


def test_nobody_assesses_themselves_nor_appoints_themselves(floor: Floor) -> None:
    doing = floor.practicals.doing
    with pytest.raises(OwnPractical):
        doing.begin(floor.ravi, floor.ravi_id, floor.loto)
    grants = frozenset({Grant(capability=Capability.ASSIGN)})
    ravi = Actor(account_id=new_id(), person_id=floor.ravi_id, name="Ravi", grants=grants)
    with pytest.raises(TrainingRefused, match="appoints themselves"):
        floor.practicals.assessors.appoint(ravi, floor.ravi_id, floor.loto, reason="I am good")
    assert refusals(floor) == [("watch", "Ravi Das")]


def test_the_learner_signs_as_nobody_else_and_nobody_as_the_learner(floor: Floor) -> None:
    floor.practise()
    result = floor.assess()
    with pytest.raises(NotTheLearner):
        floor.sign(result, Hand.LEARNER, floor.ravi)
    with pytest.raises(OwnPractical):
        floor.sign(result, Hand.ASSESSOR, floor.asha)
    floor.sign(result, Hand.LEARNER, floor.asha)
    with pytest.raises(SignedAlready):
        floor.sign(result, Hand.LEARNER, floor.asha)


def test_who_lapses_in_the_middle_goes_on_watching_and_signs_nothing(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    clock.turn(timedelta(days=91))

    told = "ended"
    with pytest.raises(AssessorLapsed, match=told) as lapsed:
        floor.sign(result, Hand.ASSESSOR, floor.ravi)
    assert lapsed.value.since == TODAY + timedelta(days=91)
    with pytest.raises(AssessorLapsed):
        floor.practicals.doing.begin(floor.ravi, floor.asha_id, floor.loto, Stage.ASSESSED)
    floor.round(Stage.GUIDED)  # they may still watch
    assert credits_of(floor) == 0

    later = TODAY + timedelta(days=91)
    floor.practicals.assessors.appoint(
        SYSTEM, floor.ravi_id, floor.loto, from_on=later, reason="Renewed after a test"
    )
    again = floor.assess()
    floor.sign(again, Hand.LEARNER, floor.asha)
    assert floor.sign(again, Hand.ASSESSOR, floor.ravi).credit_id is not None
    (line,) = floor.practicals.assessors.of_person(SYSTEM, floor.ravi_id)
    assert len(line.appointments) == 2  # renewal keeps the history


def test_an_appointment_that_is_dated_back_counts_from_the_day_on_which_it_was_recorded(
    floor: Floor, clock: TurnedClock
) -> None:
    assessors, vikram = floor.practicals.assessors, floor.add_person("E-19", "Vikram Rao")
    back, today = TODAY - timedelta(days=30), TODAY
    with pytest.raises(TrainingRefused, match="over already"):
        assessors.appoint(
            SYSTEM, vikram, floor.loto, from_on=back, until_on=today - timedelta(1), reason="Past"
        )
    assessors.appoint(SYSTEM, vikram, floor.loto, from_on=back, reason="Letter of October")

    assert assessors.qualification(vikram, floor.loto).may_sign
    for days in (1, 30):
        then = assessors.qualification(vikram, floor.loto, today - timedelta(days=days))
        assert then.state is Qualified.TO_COME
        assert then.since == today
    (line,) = assessors.of_person(SYSTEM, vikram)
    (one,) = line.appointments
    assert (one.from_on, one.counts_from) == (back, today)  # what the letter says stays written


def test_what_was_seen_before_a_renewal_was_recorded_is_seen_again_before_it_is_concluded(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    doing = floor.practicals.doing
    clock.turn(timedelta(days=89))  # Ravi is an assessor until tomorrow
    one = doing.begin(floor.ravi, floor.asha_id, floor.loto, Stage.ASSESSED)
    steps = next(found for found in floor.record().facts.rounds if found.id == one).steps
    clock.turn(timedelta(days=2))
    lapsed_on = TODAY + timedelta(days=91)
    for step in steps:
        doing.mark(floor.ravi, one, step.key, StepMark.DONE)
    clock.turn(timedelta(days=3))
    floor.practicals.assessors.appoint(
        SYSTEM, floor.ravi_id, floor.loto, from_on=lapsed_on, reason="Forgotten until today"
    )
    assert floor.practicals.assessors.qualification(floor.ravi_id, floor.loto).may_sign

    with pytest.raises(SeenUnqualified, match="when you were no assessor"):
        doing.conclude(floor.ravi, one, AssessmentVerdict.COMPETENT)

    assert refusals(floor)[-1][0] == "conclude"
    for step in steps:
        doing.mark(floor.ravi, one, step.key, StepMark.DONE)
    result = doing.conclude(floor.ravi, one, AssessmentVerdict.COMPETENT)
    floor.sign(result, Hand.LEARNER, floor.asha)
    assert floor.sign(result, Hand.ASSESSOR, floor.ravi).credit_id is not None


def test_an_appointment_that_is_ended_signs_no_more(floor: Floor) -> None:
    floor.practise()
    result = floor.assess()
    assessors = floor.practicals.assessors
    assert assessors.end(SYSTEM, floor.ravi_id, floor.loto, reason="Hurt a finger") == 1
    with pytest.raises(AssessorLapsed):
        floor.sign(result, Hand.ASSESSOR, floor.ravi)
    with pytest.raises(TrainingRefused):
        assessors.end(SYSTEM, floor.ravi_id, floor.loto, reason="Again")
    found = assessors.page(SYSTEM, PageRequest(filters=(("state", Qualified.LAPSED.value),)))
    assert [one.name for one in found.rows] == ["Ravi Das"]


def test_the_register_tells_who_runs_out(floor: Floor, clock: TurnedClock) -> None:
    expiring = PageRequest(filters=(("expiring", "yes"),))
    assessors = floor.practicals.assessors
    assert assessors.page(SYSTEM, expiring).total == 0
    clock.turn(timedelta(days=40))
    assert assessors.page(SYSTEM, expiring).total == 1
    assert assessors.page(SYSTEM, PageRequest(text="ravi lock")).total == 1
    assert assessors.page(SYSTEM, PageRequest(text="nobody")).total == 0


def test_an_assessor_must_hold_what_the_form_asks_of_assessors(floor: Floor) -> None:
    forms, assessors = floor.practicals.forms, floor.practicals.assessors
    forms.require_of_assessors(SYSTEM, floor.loto, floor.loto, "Assessors hold it themselves")
    with pytest.raises(TrainingRefused, match="must hold"):
        assessors.appoint(SYSTEM, floor.asha_id, floor.loto, reason="Knows it")
    assert not assessors.qualification(floor.ravi_id, floor.loto).may_sign
    floor.practise()  # who may not assess may still watch
    with pytest.raises(AssessorLapsed):
        floor.assess()


def test_steps_that_are_marked_anew_are_not_signed_as_they_were(floor: Floor) -> None:
    floor.practise()
    result = floor.assess()
    record = floor.record()
    seen = record.round_of(record.all_results[0])
    floor.practicals.doing.mark(
        floor.ravi, seen.id, seen.steps[0].key, StepMark.NOT_DONE, "Forgot one"
    )
    with pytest.raises(SeenOtherwise):
        floor.sign(result, Hand.LEARNER, floor.asha)

    anew = floor.practicals.doing.conclude(floor.ravi, seen.id, AssessmentVerdict.COMPETENT)
    floor.sign(anew, Hand.LEARNER, floor.asha)
    with pytest.raises(SignedAlready):
        floor.practicals.doing.mark(floor.ravi, seen.id, seen.steps[0].key, StepMark.DONE)


def test_p11_13_a11_14_a_signature_says_name_local_time_with_zone_and_meaning(floor: Floor) -> None:
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)

    lines = floor.door.signatures.under(*floor.record().signing_ids)
    told = {line.name: meaning_in_words(line.meaning) for line in lines}
    assert told == {"Asha Kulkarni": "Performed", "Ravi Das": "Assessed competent"}
    assert all(" UTC+" in as_read(line) or " UTC-" in as_read(line) for line in lines)
    assert {line.meaning for line in lines} == {Meaning.PERFORMED, Meaning.ASSESSED_COMPETENT}
    (ravis,) = [line for line in lines if line.name == "Ravi Das"]
    detail = floor.door.signatures.signature(SYSTEM, ravis.id)
    assert detail.state.value == "valid"
    assert "3. Puts on the own lock and tag ★: Done" in detail.shown
    assert "Result: Competent" in detail.shown


def test_p11_20_an_assessor_signs_ten_and_gives_the_id_once(floor: Floor) -> None:
    results = []
    for place in range(10):
        person = floor.add_person(f"E-{40 + place}", f"Person {place}")
        floor.practise(person)
        results.append((person, floor.assess(of=person)))
    (first, result), *others = results
    with pytest.raises(IdNeeded):
        floor.sign(result, Hand.ASSESSOR, floor.ravi, of=first, alone=True)
    with pytest.raises(WrongSecret):
        floor.door.signatures.pen(floor.ravi, Proof(name="E-9", password="not this"))
    floor.sign(result, Hand.ASSESSOR, floor.ravi, of=first)
    for person, one in others:
        floor.sign(one, Hand.ASSESSOR, floor.ravi, of=person, alone=True)

    assert credits_of(floor) == 0
    assert all(
        floor.record(person).all_results[0].hands == {Hand.ASSESSOR} for person, _one in results
    )


def test_somebody_signs_at_the_pc_of_another_and_ends_their_series(floor: Floor) -> None:
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    guest = floor.door.sign_in.signer(floor.asha_id)

    assert guest.grants == frozenset()
    assert floor.sign(result, Hand.LEARNER, guest).credit_id is not None
    assert floor.door.signatures.now(floor.ravi).asks_id


def test_a_learner_with_a_pin_alone_chooses_a_password_and_signs_once_they_are_checked(
    floor: Floor,
) -> None:
    person = floor.add_person("E-30", "Imran Khan")
    accounts = floor.door.sign_in.accounts
    account = accounts.give_account(SYSTEM, person)
    accounts.set_pin(SYSTEM, account, "739201", must_change=False)
    floor.practise(person)
    result = floor.assess(of=person)
    guest = floor.door.sign_in.signer(person)
    assert not floor.door.signatures.now(guest).has_password

    floor.door.sign_in.choose_password(guest, "739201", "nine yellow boats")
    floor.passwords["E-30"] = "nine yellow boats"
    proof = Proof(name="E-30", password="nine yellow boats")
    with pytest.raises(NotChecked):
        floor.door.signatures.accept_statement(guest, proof)
    floor.door.signatures.check_signer(SYSTEM, account, "Company badge")
    floor.door.signatures.accept_statement(guest, proof)
    floor.sign(result, Hand.LEARNER, guest, of=person)
    assert floor.record(person).all_results[0].hands == {Hand.LEARNER}


def test_a_crash_between_the_two_leaves_the_first_signature_and_nothing_held(floor: Floor) -> None:
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    sheet = floor.practicals.sheet(floor.ravi, floor.asha_id, floor.loto, result, Hand.ASSESSOR)
    proof = Proof(name="E-9", password=floor.passwords["E-9"])
    pen = floor.door.signatures.pen(floor.ravi, proof)
    ravi = AccountId(floor.ravi.account_id or new_id())
    floor.door.signatures.end_key(floor.ravi, ravi, "Somebody looked over the shoulder")
    with pytest.raises(NoSigningKey):  # in the midst of the unit, the fact was written
        floor.practicals.signing.sign(floor.ravi, Undersigned(pen, sheet.shown), sheet)

    floor.door.pc.reopen()
    site = floor.door.pc.opened.site
    door, training = door_of(floor.door.pc), a_school(site).training
    record = training.practicals.record(SYSTEM, floor.asha_id, floor.loto)
    assert record.stands.state is RunState.TO_SIGN
    assert record.all_results[0].hands == {Hand.LEARNER}
    assert len(door.signatures.under(*record.signing_ids)) == 1
    assert record.held_until is None
    assert verified(site)


def test_who_asks_is_first_in_the_list_until_somebody_watches(floor: Floor) -> None:
    other = floor.add_person("E-31", "Bela Bose")
    floor.training.assign(
        SYSTEM, "LOTO-P", Audience(numbers=("E-31",)),
        due_on=None, origin="Works here",
    )  # fmt: skip
    asks = Actor(
        account_id=None,
        person_id=other,
        name="Bela Bose",
        grants=frozenset({Grant(capability=Capability.LEARN)}),
    )
    doing = floor.practicals.doing
    with pytest.raises(TrainingRefused):
        doing.ask(asks, floor.loto, TODAY - timedelta(days=1))
    doing.ask(asks, floor.loto, TODAY + timedelta(days=2), "On the early shift")

    first, second = floor.practicals.to_assess(floor.ravi)
    assert (first.name, second.name) == ("Bela Bose", "Asha Kulkarni")
    assert first.request is not None
    assert first.request.note == "On the early shift"
    (mine,) = floor.practicals.mine(asks)
    assert mine.request == first.request
    assert mine.assessors == ("Ravi Das",)
    floor.round(of=other)
    assert all(one.request is None for one in floor.practicals.to_assess(floor.ravi))


def test_sm_03_a_lapsed_practical_is_red_and_its_renewal_is_another_run(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    clock.turn(timedelta(days=340))
    floor.training.begin_day(SYSTEM)
    (waiting,) = floor.practicals.to_assess(floor.ravi)
    assert (waiting.run, waiting.stands.state, waiting.stands.stage) == (
        2,
        RunState.OPEN,
        Stage.ASSESSED,  # the form asks for the assessment alone when it is renewed
    )
    clock.turn(timedelta(days=30))
    newest, first = floor.training.assignments.of_person(SYSTEM, floor.asha_id)
    assert (newest.is_held, newest.stands.is_overdue) == (False, True)
    assert first.stands.is_lapsed
    with pytest.raises(AssessorLapsed):
        floor.assess()
    day = TODAY + timedelta(days=370)
    floor.practicals.assessors.appoint(
        SYSTEM, floor.ravi_id, floor.loto, from_on=day, reason="Renewed"
    )
    again = floor.assess()
    floor.sign(again, Hand.LEARNER, floor.asha)
    floor.sign(again, Hand.ASSESSOR, floor.ravi)
    record = floor.record()
    assert (record.run, record.stands.state, len(record.earlier)) == (2, RunState.COMPETENT, 1)


def test_a_filled_form_that_comes_back_as_a_scan_finds_its_form_version_and_person(
    floor: Floor, clock: TurnedClock, tmp_path: Path
) -> None:
    forms = floor.practicals.forms
    first = floor.record().form
    assert first is not None
    longer = replace(FORM, sections=FORM.sections + many_steps(40))
    forms.save_draft(SYSTEM, floor.loto, longer)
    forms.publish(SYSTEM, floor.loto)
    second = floor.record().form
    assert second is not None
    whose = BlankFor(person_id=floor.asha_id, number="E-7", name="Asha Kulkarni")
    scan, nobodys = tmp_path / "scan.pdf", tmp_path / "blank.pdf"
    scan.write_bytes(blank_form("LOTO-P", second, "Baddi", clock.now(), whose).content)
    nobodys.write_bytes(blank_form("LOTO-P", first, "Baddi", clock.now()).content)

    (hers,) = floor.practicals.sheets.find(floor.ravi, scan)
    (old,) = floor.practicals.sheets.find(floor.ravi, nobodys)

    assert (hers.requirement_id, hers.version, hers.is_newest) == (floor.loto, 2, True)
    assert (hers.person_id, hers.number, hers.pages) == (floor.asha_id, "E-7", (1, 2))
    assert (old.version, old.is_newest, old.person_id) == (1, False, None)
    with pytest.raises(TrainingRefused, match="no code of a practical"):
        floor.practicals.sheets.find(floor.ravi, other_paper(tmp_path))
    with pytest.raises(NotAllowed):
        floor.practicals.sheets.find(floor.asha, scan)


def test_the_scan_of_a_filled_form_is_kept_with_the_practical_once_and_goes_with_its_person(
    floor: Floor, clock: TurnedClock, tmp_path: Path
) -> None:
    form, sheets = floor.record().form, floor.practicals.sheets
    assert form is not None
    whose = BlankFor(person_id=floor.asha_id, number="E-7", name="Asha Kulkarni")
    scan, nobodys = tmp_path / "scan.pdf", tmp_path / "blank.pdf"
    scan.write_bytes(blank_form("LOTO-P", form, "Baddi", clock.now(), whose).content)
    nobodys.write_bytes(blank_form("LOTO-P", form, "Baddi", clock.now()).content)

    for _again in range(2):
        sheets.take_in(floor.ravi, scan)
    sheets.take_in(floor.ravi, nobodys)
    with pytest.raises(NotAllowed):
        sheets.take_in(floor.asha, scan)

    (kept,) = sheets.kept(floor.asha, floor.asha_id, floor.loto)
    assert (kept.name, kept.version, kept.run, kept.by) == ("scan.pdf", 1, 1, floor.ravi.name)
    assert sheets.document(floor.asha, kept.id).content == scan.read_bytes()
    assert sheets.destroy_scans([floor.ravi_id]) == 0
    assert sheets.destroy_scans([floor.asha_id]) == 1
    with pytest.raises(AssetMissing):
        sheets.document(floor.asha, kept.id)


def many_steps(count: int) -> tuple[FormSection, ...]:
    steps = tuple(FormStep(text=f"Checks point {number}") for number in range(count))
    return (FormSection(title="Round", steps=steps),)


def other_paper(folder: Path) -> Path:
    """Return a scan of something else."""
    paper = folder / "other.png"
    Image.new("L", (600, 800), 255).save(paper)
    return paper


def test_who_is_to_leave_is_assessed_until_then(floor: Floor, clock: TurnedClock) -> None:
    floor.training.assign(
        SYSTEM, "LOTO-P", Audience(numbers=("E-7",)), due_on=None, origin="The law"
    )
    people, day = People(floor.door.pc.opened.site), local_day(clock)
    people.leave(SYSTEM, PersonId(floor.asha_id), day + timedelta(days=60))

    assert [one.number for one in floor.practicals.to_assess(floor.ravi)] == ["E-7"]

    clock.turn(timedelta(days=60))
    assert floor.practicals.to_assess(floor.ravi) == ()


def test_a_persons_record_shows_both_signatures_under_a_practical(floor: Floor) -> None:
    """21 CFR 11.50(b): the signature is part of what is read, on screen and on paper."""
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    pc = floor.door.pc

    dossier = Reports(pc.opened.site, pc.opened.keys).dossiers.of(SYSTEM, floor.asha_id)

    assert [one.line.name for one in dossier.signatures] == [floor.asha.name, floor.ravi.name]
    assert len({one.line.meaning for one in dossier.signatures}) == 2


def test_a_skill_is_valid_from_the_day_it_was_seen_whenever_the_last_one_signs(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    result = floor.assess()
    seen_on = local_day(clock)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    clock.turn(timedelta(days=100))

    floor.sign(result, Hand.LEARNER, floor.asha)

    held_until = floor.record().held_until
    assert held_until is not None
    assert held_until < seen_on + timedelta(days=366)


def test_a_skill_is_valid_from_the_day_it_was_seen_whenever_it_was_concluded(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    watched = floor.round(Stage.ASSESSED)
    seen_at = clock.now()
    clock.turn(timedelta(days=3))
    verdict = AssessmentVerdict.COMPETENT
    result = floor.practicals.doing.conclude(floor.ravi, watched, verdict, "")
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    floor.sign(result, Hand.LEARNER, floor.asha)

    with floor.door.pc.opened.site.read() as session:
        assert [row.at for row in session.scalars(sa.select(RequirementCreditRow))] == [seen_at]


def test_what_was_assessed_before_retraining_was_ordered_does_not_meet_it_whenever_it_is_signed(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    clock.turn(timedelta(days=1))
    assignments = floor.training.assignments
    assignments.retraining.order(SYSTEM, "LOTO-P", ["E-7"], reason="A finger was caught")
    clock.turn(timedelta(hours=1))

    floor.sign(result, Hand.LEARNER, floor.asha)

    (newest,) = (one for one in assignments.of_person(SYSTEM, floor.asha_id) if one.cycle == 2)
    assert newest.stands.state is not State.COMPLETED
    floor.practise()
    clock.turn(timedelta(hours=1))
    again = floor.assess()
    floor.sign(again, Hand.ASSESSOR, floor.ravi)
    floor.sign(again, Hand.LEARNER, floor.asha)
    (newest,) = (one for one in assignments.of_person(SYSTEM, floor.asha_id) if one.cycle == 2)
    assert newest.stands.state is State.COMPLETED


def watched_stages(floor: Floor) -> tuple[Stage, int]:
    stands = floor.record().stands
    return stands.stage, stands.done


def test_what_was_practised_before_retraining_was_ordered_is_practised_again(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    assert watched_stages(floor) == (Stage.ASSESSED, 0)
    clock.turn(timedelta(days=1))
    assignments = floor.training.assignments
    assignments.retraining.order(SYSTEM, "LOTO-P", ["E-7"], reason="A finger was caught")

    assert watched_stages(floor) == (Stage.OBSERVED, 0)
    (newest,) = (one for one in assignments.of_person(SYSTEM, floor.asha_id) if one.cycle == 2)
    assert newest.stands.state is State.ASSIGNED
    (waits,) = floor.practicals.to_assess(floor.ravi)
    assert waits.stands.stage is Stage.OBSERVED
    with pytest.raises(NotInOrder, match="not finished yet"):
        floor.round(Stage.ASSESSED)
    record = floor.record()
    assert not any(record.facts.counts(one) for one in record.facts.rounds)
    floor.practise()
    assert floor.record().run == 1
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    (newest,) = (one for one in assignments.of_person(SYSTEM, floor.asha_id) if one.cycle == 2)
    assert newest.stands.state is State.COMPLETED


def test_retraining_that_is_called_off_leaves_what_was_practised(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    clock.turn(timedelta(days=1))
    assignments = floor.training.assignments
    assignments.retraining.order(SYSTEM, "LOTO-P", ["E-7"], reason="A finger was caught")
    (newest,) = (one for one in assignments.of_person(SYSTEM, floor.asha_id) if one.cycle == 2)
    assignments.cancel(SYSTEM, newest.id, "It was somebody else's finger")

    assert watched_stages(floor) == (Stage.ASSESSED, 0)


def test_an_assessment_watched_before_retraining_was_ordered_is_not_concluded_after_it(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    watched = floor.round(Stage.ASSESSED)
    clock.turn(timedelta(days=1))
    order = floor.training.assignments.retraining.order
    order(SYSTEM, "LOTO-P", ["E-7"], reason="A finger was caught")
    clock.turn(timedelta(hours=1))

    with pytest.raises(NotInOrder, match="begun before"):
        floor.practicals.doing.conclude(floor.ravi, watched, AssessmentVerdict.COMPETENT)
    step = FORM.sections[0].steps[0].key
    with pytest.raises(NotInOrder, match="begun before"):
        floor.practicals.doing.mark(floor.ravi, watched, step, StepMark.DONE)
    floor.practise()
    assert floor.practicals.doing.begin(floor.ravi, floor.asha_id, floor.loto) != watched


def test_who_left_and_comes_back_practises_from_the_first_stage(
    floor: Floor, clock: TurnedClock
) -> None:
    people = People(floor.door.pc.opened.site)
    floor.practise()
    clock.turn(timedelta(days=1))
    people.leave(SYSTEM, floor.asha_id, reason="By mistake")
    people.rejoin(SYSTEM, floor.asha_id, reason="Never went")
    assert watched_stages(floor) == (Stage.ASSESSED, 0)
    people.leave(SYSTEM, floor.asha_id, reason="Went to another plant")
    clock.turn(timedelta(days=800))

    people.rejoin(SYSTEM, floor.asha_id, reason="Came back")

    assert watched_stages(floor) == (Stage.OBSERVED, 0)


def test_who_left_and_comes_back_assesses_once_they_are_appointed_anew(
    floor: Floor, clock: TurnedClock
) -> None:
    people, register = People(floor.door.pc.opened.site), floor.practicals.assessors
    register.appoint(SYSTEM, floor.ravi_id, floor.loto, reason="Without end")
    clock.turn(timedelta(days=1))
    gone_on = local_day(clock)
    people.leave(SYSTEM, floor.ravi_id, reason="Went to another plant")
    with pytest.raises(TrainingRefused, match="Ravi Das left on"):
        register.appoint(SYSTEM, floor.ravi_id, floor.loto, reason="He is gone")
    clock.turn(timedelta(days=1000))

    people.rejoin(SYSTEM, floor.ravi_id, reason="Came back")

    lapsed = register.qualification(floor.ravi_id, floor.loto)
    assert (lapsed.state, lapsed.since) == (Qualified.LAPSED, gone_on)
    assert floor.record().assessors == ()
    register.appoint(SYSTEM, floor.ravi_id, floor.loto, reason="Shown again that he can")
    assert register.qualification(floor.ravi_id, floor.loto).may_sign
    people.leave(SYSTEM, floor.ravi_id, reason="By mistake")
    people.rejoin(SYSTEM, floor.ravi_id, reason="Never went")
    assert register.qualification(floor.ravi_id, floor.loto).may_sign


def test_an_assessor_who_has_left_is_qualified_no_more(floor: Floor, clock: TurnedClock) -> None:
    people, last = People(floor.door.pc.opened.site), local_day(clock)
    people.leave(SYSTEM, PersonId(floor.ravi_id), last + timedelta(days=1))
    register = floor.practicals.assessors
    assert register.qualification(floor.ravi_id, floor.loto).until == last

    clock.turn(timedelta(days=1))

    assert register.qualification(floor.ravi_id, floor.loto).state is Qualified.LAPSED
    assert floor.record().assessors == ()


def revised(floor: Floor) -> None:
    """Publish the form anew, with a step more."""
    more = FormStep(text="Hangs the key where nobody else reaches it", is_critical=True)
    content = floor.practicals.forms.detail(SYSTEM, floor.loto).draft
    sections = (*content.sections, FormSection(title="After", steps=(more,)))
    floor.practicals.forms.save_draft(SYSTEM, floor.loto, replace(content, sections=sections))
    floor.practicals.forms.publish(SYSTEM, floor.loto, "The key")


def test_a_form_that_was_revised_since_is_told_and_what_was_marked_stays(
    floor: Floor, clock: TurnedClock
) -> None:
    floor.practise()
    result = floor.assess()
    before = floor.record()
    assert not any(before.is_revised_since(one) for one in before.facts.rounds)
    clock.turn(timedelta(days=2))
    revised(floor)

    record = floor.record()
    seen = record.round_of(record.all_results[0])
    assert record.is_revised_since(seen)
    assert (seen.version, len(seen.steps)) == (1, 4)
    assert record.form is not None
    assert (record.form.number, len(record.form.content.steps)) == (2, 5)
    told = "Marked by version 1 of the form; version 2 is in force since 25 Nov 2026"
    assert revised_in_words(record, seen) == told
    sheet = floor.practicals.sheet(SYSTEM, floor.asha_id, floor.loto, result, Hand.LEARNER)
    assert "Form: version 1 (revised since: version 2 is in force from 25 Nov 2026)" in sheet.shown
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    assert floor.record().stands.state is RunState.COMPETENT


def test_the_round_after_a_revision_is_by_the_new_version(floor: Floor) -> None:
    first = floor.practicals.doing.begin(floor.ravi, floor.asha_id, floor.loto)
    revised(floor)
    second = floor.practicals.doing.begin(floor.ravi, floor.asha_id, floor.loto)

    assert first != second
    record = floor.record()
    by_id = {one.id: one for one in record.facts.rounds}
    assert record.is_revised_since(by_id[first])
    assert not record.is_revised_since(by_id[second])
    assert revised_in_words(record, by_id[second]) == ""
