""" "May I?" over real records: tasks, badges, evidence of every kind, days gone by, passes and ages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.clock import start_of
from app.core.base.errors import NotAllowed, NotFound
from app.core.documents import codes_in_pdf
from app.core.journal import Site
from app.core.people import (
    Audience,
    GatePass,
    NewPerson,
    People,
    PersonChange,
    PersonId,
    PersonKind,
    RoleName,
    SignIn,
    WrongSignIn,
    person_numbered,
)
from app.core.training import (
    EvidenceRule,
    ReasonNeeded,
    RequirementType,
    Terms,
    TrainingRefused,
    Validity,
)
from app.core.training.assignments import EnteredEvidence
from app.core.training.corrections import COUNTS, VOID, ToCorrect
from app.core.training.permits import (
    GateRules,
    GateShut,
    Holds,
    NoTask,
    Permit,
    Permits,
    Proved,
    Stop,
    TaskCodeTaken,
    TaskWords,
    Verdict,
    Watch,
    gate_in_words,
    reasons_of,
    verdict_in_words,
)
from app.core.training.requirements import NewRequirement, RequirementChange
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School

Add = Callable[..., UUID]
TODAY = date(2026, 11, 23)


@pytest.fixture
def permits(school: School, add: Add) -> Permits:
    """Asha and Ravi in Finance; a press that asks for a licence and for lock-out training."""
    add("E-1")
    add("E-2")
    for code, title in (("FORK", "Forklift licence"), ("LOTO", "Lock-out")):
        terms = Terms(
            from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
        )
        kind = RequirementType.EXTERNAL
        new = NewRequirement(code=code, title=title, type=kind, terms=terms)
        school.training.catalogue.add(SYSTEM, new)
    press = TaskWords(
        code="press 7", title="Press 7", org_unit="FIN", location="Hall 2", needs=("FORK", "LOTO")
    )
    school.training.permits.tasks.add(SYSTEM, press)
    return school.training.permits


def prove(school: School, number: str, code: str, on: date = TODAY) -> None:
    """Let somebody show a certificate of another issuer that was obtained on a day."""
    with school.site.read() as session:
        person_id = person_numbered(session, number)
    requirement = school.training.catalogue.coded(SYSTEM, code).summary.id
    shown = EnteredEvidence(issuer="RTO", obtained_on=on)
    school.training.assignments.evidence.enter(SYSTEM, person_id, requirement, shown)


def ask(permits: Permits, badge: str = "E-1", on: date | None = None) -> Permit:
    return permits.may(SYSTEM, badge, "PRESS-7", on=on)


def test_everything_that_is_needed_must_be_held(school: School, permits: Permits) -> None:
    prove(school, "E-1", "FORK")
    half = ask(permits)
    assert (half.answer.verdict, half.answer.stops) == (Verdict.NOT_ALLOWED, (Stop.NOT_MET,))
    assert reasons_of(half) == (
        "Something that is needed is not held.",
        "Lock-out: never obtained",
        "Forklift licence: held until 23 Nov 2027",
    )
    prove(school, "E-1", "LOTO", TODAY - timedelta(days=355))
    whole = ask(permits)
    assert (whole.answer.verdict, whole.answer.days_left) == (Verdict.EXPIRES, 10)
    assert verdict_in_words(whole) == "Allowed, expires in 10 days"
    assert verified(school.site)


def test_sm_03_who_lapsed_is_stopped_on_the_day_after(
    school: School, permits: Permits, clock: TurnedClock
) -> None:
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    last = date(2027, 11, 23)

    assert ask(permits, on=last).answer.days_left == 0
    after = ask(permits, on=last + timedelta(days=1))
    assert after.answer.verdict is Verdict.NOT_ALLOWED
    assert "Lock-out: lapsed, it was valid until 23 Nov 2027" in reasons_of(after)


def test_who_holds_it_by_something_else_is_stopped_when_that_has_ended(
    school: School, permits: Permits, clock: TurnedClock
) -> None:
    prove(school, "E-1", "LOTO")
    new = NewRequirement(
        code="RTO",
        title="Driving licence",
        type=RequirementType.EXTERNAL,
        terms=Terms(from_on=TODAY, validity=Validity.DAYS, valid_count=5),
    )
    licence = school.training.catalogue.add(SYSTEM, new)
    prove(school, "E-1", "RTO")
    fork = school.training.catalogue.coded(SYSTEM, "FORK").summary.id
    school.training.catalogue.change(SYSTEM, fork, RequirementChange(substitutes=(licence,)))
    clock.turn(timedelta(hours=1))

    assert ask(permits).answer.days_left == 5
    assert ask(permits, on=TODAY + timedelta(days=6)).answer.verdict is Verdict.NOT_ALLOWED


def test_as_of_a_day_gone_by_only_what_was_there_then_counts(
    school: School, permits: Permits, clock: TurnedClock
) -> None:
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    clock.turn(timedelta(days=10))
    now = ask(permits)
    assert now.answer.verdict is Verdict.ALLOWED
    permits.tasks.change(
        SYSTEM, now.task.id, replace(permits.tasks.words_of(now.task), needs=("FORK",)), "Guarded"
    )
    prove(school, "E-2", "FORK", TODAY - timedelta(days=5))

    before = ask(permits, on=TODAY)
    assert [one.code for one in before.task.asks] == ["FORK", "LOTO"]
    assert [one.code for one in ask(permits).task.asks] == ["FORK"]
    assert ask(permits, "E-2", on=TODAY).answer.grounds[0].holds is Holds.HELD
    known = permits.may(
        SYSTEM, "E-2", "PRESS-7", on=TODAY, known_at=start_of(TODAY) + timedelta(days=1)
    )
    assert known.answer.grounds[0].holds is Holds.NEVER
    eve = ask(permits, on=TODAY - timedelta(days=1)).answer  # nothing is asked, nobody is there
    assert (eve.grounds, eve.stops) == ((), (Stop.NOT_JOINED, Stop.NOTHING_ASKED))


def test_what_was_found_forged_counts_no_more(
    school: School, permits: Permits, clock: TurnedClock
) -> None:
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    school.training.assign(SYSTEM, "FORK", Audience(numbers=("E-1",)), due_on=None, origin="Drives")
    assert ask(permits).is_free
    (mine,) = [
        one
        for one in school.training.assignments.of_person(SYSTEM, who(school, "E-1"))
        if one.code == "FORK"
    ]
    clock.turn(timedelta(seconds=1))
    school.training.assignments.ask_again(SYSTEM, mine.id, reason="Forged")

    assert not ask(permits).is_free


def who(school: School, number: str) -> PersonId:
    with school.site.read() as session:
        return PersonId(person_numbered(session, number))


def test_a_waiver_stands_in_and_says_until_when(school: School, permits: Permits) -> None:
    prove(school, "E-1", "FORK")
    school.training.assign(SYSTEM, "LOTO", Audience(numbers=("E-1",)), due_on=None, origin="All")
    (mine,) = school.training.assignments.of_person(SYSTEM, who(school, "E-1"))
    until = TODAY + timedelta(days=3)
    school.training.assignments.waivers.waive(
        SYSTEM, mine.id, until_on=until, reason="Machine is off"
    )

    said = ask(permits)
    assert (said.answer.verdict, said.answer.days_left) == (Verdict.EXPIRES, 3)
    assert "Lock-out: waived until 26 Nov 2026" in reasons_of(said)
    assert ask(permits, on=until + timedelta(days=1)).answer.verdict is Verdict.NOT_ALLOWED


def test_one_of_a_set_is_enough(school: School, permits: Permits) -> None:
    either = TaskWords(code="T2", title="Either", one_of={"Licence": ("FORK", "LOTO")})
    permits.tasks.add(SYSTEM, either)
    assert not permits.may(SYSTEM, "E-1", "T2").is_free
    prove(school, "E-1", "LOTO")
    assert permits.may(SYSTEM, "E-1", "t2").is_free
    assert permits.may(SYSTEM, "E-1", "t2").answer.until == date(2027, 11, 23)


PIN = "274913"


def can_prove(school: School, number: str, *, badge: str = "") -> SignIn:
    """Give somebody a PIN, and a badge where it is said."""
    sign_in = SignIn(school.site)
    account = sign_in.accounts.give_account(SYSTEM, who(school, number), roles=(RoleName.LEARNER,))
    sign_in.accounts.set_pin(SYSTEM, account, PIN, must_change=False)
    if badge:
        sign_in.accounts.set_badge(SYSTEM, account, badge)
    return sign_in


def in_training(school: School, permits: Permits) -> None:
    """Let E-1 learn at the press, where E-2 may work alone."""
    task = permits.tasks.coded(SYSTEM, "PRESS-7")
    words = replace(permits.tasks.words_of(task), allows_supervision=True)
    permits.tasks.change(SYSTEM, task.id, words, "Learners work there")
    for code in ("FORK", "LOTO"):
        school.training.assign(SYSTEM, code, Audience(numbers=("E-1",)), due_on=None, origin="New")
        prove(school, "E-2", code)


def test_a_supervisor_proves_to_be_there_by_badge_or_by_number_with_the_own_pin(
    school: School, permits: Permits
) -> None:
    in_training(school, permits)
    sign_in = can_prove(school, "E-2", badge="0042")

    typed = permits.may(SYSTEM, "E-1", "PRESS-7", supervisor="E-2")
    assert (typed.is_free, typed.asks_secret) == (False, True)
    assert typed.supervisor_refused == "A number alone proves nobody to be there."
    assert permits.kept(SYSTEM, "E-1") == ()
    with pytest.raises(WrongSignIn):
        sign_in.prove_present("E-2", "111111")
    for beside, proved in (
        ("0042", Proved.BADGE),
        (sign_in.prove_present("E-2", PIN), Proved.SECRET),
    ):
        said = permits.may(SYSTEM, "E-1", "PRESS-7", supervisor=beside)
        assert verdict_in_words(said) == "Allowed with Person E-2"
        assert permits.kept(SYSTEM, "E-1")[0].supervisor_proved is proved
    assert verified(school.site)


def test_who_proves_to_be_there_must_still_be_somebody_else_at_work_and_qualified(
    school: School, permits: Permits, people: People, clock: TurnedClock
) -> None:
    in_training(school, permits)
    own = can_prove(school, "E-1", badge="0041").prove_present("E-1", PIN)
    ravi = can_prove(school, "E-2", badge="0042").prove_present("E-2", PIN)
    for beside in (own, "0041"):
        said = permits.may(SYSTEM, "E-1", "PRESS-7", supervisor=beside)
        assert said.supervisor_refused == "Nobody supervises themselves."
    clock.turn(timedelta(days=400))  # what Ravi held has lapsed by now
    said = permits.may(SYSTEM, "E-1", "PRESS-7", supervisor=ravi)
    assert said.supervisor_refused == "Person E-2 may not do this alone."
    for code in ("FORK", "LOTO"):
        prove(school, "E-2", code, TODAY + timedelta(days=400))
    assert permits.may(SYSTEM, "E-1", "PRESS-7", supervisor=ravi).is_free
    people.leave(SYSTEM, who(school, "E-2"))
    said = permits.may(SYSTEM, "E-1", "PRESS-7", supervisor=ravi)
    assert (said.is_free, said.asks_secret) == (False, False)
    assert not permits.may(SYSTEM, "E-1", "PRESS-7", supervisor="0042").is_free


def test_in_training_somebody_works_beside_who_may_do_it_alone(
    school: School, permits: Permits
) -> None:
    can_prove(school, "E-2", badge="0042")
    task = permits.tasks.coded(SYSTEM, "PRESS-7")
    words = replace(permits.tasks.words_of(task), allows_supervision=True)
    permits.tasks.change(SYSTEM, task.id, words, "Learners work there")
    assert ask(permits).answer.stops == (Stop.NOT_IN_TRAINING,)
    for code in ("FORK", "LOTO"):
        school.training.assign(SYSTEM, code, Audience(numbers=("E-1",)), due_on=None, origin="New")
        prove(school, "E-2", code)
    assert ask(permits).answer.verdict is Verdict.NEEDS_SUPERVISOR
    assert ask(permits).answer.watches == (Watch.IN_TRAINING,)

    alone = permits.may(SYSTEM, "E-1", "PRESS-7", supervisor="E-1")
    assert (alone.is_free, alone.supervisor_refused) == (False, "Nobody supervises themselves.")
    beside = permits.may(SYSTEM, "E-1", "PRESS-7", supervisor="0042")
    assert verdict_in_words(beside) == "Allowed with Person E-2"
    (kept,) = permits.kept(SYSTEM, "E-1")
    assert (kept.supervisor, kept.verdict) == ("Person E-2", Verdict.NEEDS_SUPERVISOR)


def test_fa_04_a_minor_at_a_dangerous_machine_needs_a_supervisor_who_is_named_and_kept(
    school: School, permits: Permits
) -> None:
    task = permits.tasks.coded(SYSTEM, "PRESS-7")
    permits.tasks.change(SYSTEM, task.id, replace(permits.tasks.words_of(task), is_dangerous=True))
    for number in ("E-1", "E-2"):
        for code in ("FORK", "LOTO"):
            prove(school, number, code)
    birthday = TODAY + timedelta(days=20)
    permits.passes.note_age(SYSTEM, "E-1", birthday)

    warned = ask(permits)
    assert (warned.answer.verdict, warned.is_free) == (Verdict.NEEDS_SUPERVISOR, False)
    assert "Under 18 at a dangerous machine: only with a supervisor." in reasons_of(warned)
    can_prove(school, "E-2", badge="0042")
    assert permits.may(SYSTEM, "E-1", "PRESS-7", supervisor="0042").is_free
    assert ask(permits, on=birthday).is_free
    assert permits.kept(SYSTEM, "E-1")[0].supervisor == "Person E-2"
    with pytest.raises(TrainingRefused):
        permits.passes.note_age(SYSTEM, "E-1", TODAY)
    permits.passes.note_age(SYSTEM, "E-1", None)
    assert ask(permits).is_free
    assert permits.passes.young(SYSTEM) == ()


def test_sm_02_a_visitor_is_let_in_with_the_escort_on_the_pass(
    school: School, permits: Permits, people: People
) -> None:
    people.add(SYSTEM, NewPerson(number="V-1", name="Vera", kind=PersonKind.VISITOR))
    permits.tasks.add(SYSTEM, TaskWords(code="HALL", title="Enter hall 2", needs=("LOTO",)))
    prove(school, "V-1", "LOTO")
    assert permits.may(SYSTEM, "V-1", "HALL").answer.stops == (Stop.NO_DAY_PASS,)

    given = permits.passes.give(SYSTEM, "V-1", "E-1", purpose="Audit")
    said = permits.may(SYSTEM, "V-1", "HALL")
    assert said.answer.verdict is Verdict.NEEDS_SUPERVISOR
    assert "Escort: Person E-1" in reasons_of(said)
    assert permits.passes.paper(given, "Pune").content.startswith(b"%PDF")
    permits.passes.take_back(SYSTEM, given.number, reason="Gone")
    assert permits.passes.on(SYSTEM) == ()
    for visitor, escort in (("E-1", "E-2"), ("V-1", "V-1")):
        with pytest.raises(TrainingRefused):
            permits.passes.give(SYSTEM, visitor, escort)
    with pytest.raises(TrainingRefused):
        permits.passes.give(SYSTEM, "V-1", "E-1", TODAY - timedelta(days=1))


def test_sm_02_only_who_works_here_on_that_day_goes_with_a_visitor(
    school: School, permits: Permits, people: People
) -> None:
    people.add(SYSTEM, NewPerson(number="V-1", name="Vera", kind=PersonKind.VISITOR))
    permits.tasks.add(SYSTEM, TaskWords(code="HALL", title="Enter hall 2", needs=("LOTO",)))
    prove(school, "V-1", "LOTO")
    later, passes = TODAY + timedelta(days=10), permits.passes
    over = GatePass(number="G-1", until=TODAY - timedelta(days=1))
    new = NewPerson(number="C-1", name="Chandu", kind=PersonKind.CONTRACTOR, gate_pass=over)
    people.add(SYSTEM, new)
    people.add(SYSTEM, NewPerson(number="N-1", name="Nila", joined_on=later))
    passes.note_age(SYSTEM, "E-2", later)
    for escort in ("C-1", "N-1", "E-2"):
        with pytest.raises(TrainingRefused, match="cannot be an escort"):
            passes.give(SYSTEM, "V-1", escort)
    assert passes.give(SYSTEM, "V-1", "N-1", later).escort == "Nila"

    passes.give(SYSTEM, "V-1", "E-1")
    with school.site.read() as session:
        asha = PersonId(person_numbered(session, "E-1"))
    people.leave(SYSTEM, asha, reason="Went at once")

    said = permits.may(SYSTEM, "V-1", "HALL")
    assert (said.answer.verdict, said.answer.stops) == (Verdict.NOT_ALLOWED, (Stop.ESCORT_GONE,))
    assert any("has left: another one is needed" in line for line in reasons_of(said))
    people.add(SYSTEM, NewPerson(number="E-3", name="Esha"))
    passes.give(SYSTEM, "V-1", "E-3")
    assert permits.may(SYSTEM, "V-1", "HALL").answer.stops == ()


def test_a_task_for_which_nothing_is_set_up_says_so_and_lets_nobody(
    permits: Permits,
) -> None:
    permits.tasks.add(SYSTEM, TaskWords(code="MIXER", title="Mixer", allows_supervision=True))
    said = permits.may(SYSTEM, "E-1", "MIXER", supervisor="E-2")
    assert (said.answer.verdict, said.is_free) == (Verdict.NOT_ALLOWED, False)
    told = "Nothing is set up for this: nobody has said yet what it needs, so nobody is let do it."
    assert reasons_of(said) == (told,)
    permits.set_rules(SYSTEM, GateRules(is_open=True))
    at_gate = permits.at_gate("E-1", "MIXER")
    assert gate_in_words(at_gate, at_gate.answer.verdict) == told


def test_a_badge_means_its_owner_until_it_is_taken_away(
    school: School, permits: Permits, site: Site, people: People
) -> None:
    sign_in = SignIn(site)
    account = sign_in.accounts.give_account(SYSTEM, who(school, "E-1"))
    sign_in.accounts.set_badge(SYSTEM, account, "04 A2 7F")
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    assert ask(permits, "04a27f").is_free
    sign_in.accounts.set_badge(SYSTEM, account, "99 99")
    assert ask(permits, "04A27F").answer.stops == (Stop.BADGE_LOST,)
    assert ask(permits, "nobody").answer.stops == (Stop.BADGE_UNKNOWN,)
    assert ask(permits, " ").answer.stops == (Stop.BADGE_UNKNOWN,)


def test_whose_gate_pass_is_over_is_stopped_from_the_day_after_its_last(
    school: School, permits: Permits, people: People
) -> None:
    last = TODAY + timedelta(days=3)
    new = NewPerson(
        number="C-1",
        name="Ravi",
        kind=PersonKind.CONTRACTOR,
        gate_pass=GatePass(number="GP-77", until=last),
    )
    ravi = people.add(SYSTEM, new)
    permits.tasks.add(SYSTEM, TaskWords(code="HALL", title="Enter hall 2", needs=("LOTO",)))
    prove(school, "C-1", "LOTO")

    assert verdict_in_words(permits.may(SYSTEM, "C-1", "HALL")) == "Allowed, expires in 3 days"
    assert permits.may(SYSTEM, "C-1", "HALL", on=last).is_free
    said = permits.may(SYSTEM, "C-1", "HALL", on=last + timedelta(days=1))
    assert said.answer.stops == (Stop.GATE_PASS_OVER,)
    assert reasons_of(said)[0] == "The gate pass ended on 26 Nov 2026."

    people.edit(SYSTEM, ravi, PersonChange(kind=PersonKind.EMPLOYEE))
    assert permits.may(SYSTEM, "C-1", "HALL", on=last + timedelta(days=1)).is_free


def test_who_left_may_nothing(
    school: School, permits: Permits, people: People, clock: TurnedClock
) -> None:
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    clock.turn(timedelta(days=2))
    people.leave(SYSTEM, who(school, "E-1"))
    assert ask(permits, on=TODAY + timedelta(days=1)).is_free
    assert ask(permits).answer.stops == (Stop.LEFT,)


def test_who_leaves_soon_is_told_the_last_day(
    school: School, permits: Permits, people: People
) -> None:
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    people.leave(SYSTEM, who(school, "E-1"), TODAY + timedelta(days=6))
    said = ask(permits)
    assert (verdict_in_words(said), said.answer.until) == (
        "Allowed, expires in 5 days", TODAY + timedelta(days=5),
    )  # fmt: skip
    assert "Works until 28 Nov 2026, gone from 29 Nov 2026" in reasons_of(said)


def test_who_is_on_leave_supervises_nobody_and_it_is_said_of_who_asks(
    school: School, permits: Permits, site: Site, clock: TurnedClock
) -> None:
    """Who is away is not barred: they may have come back without anybody noting it."""
    press = permits.tasks.coded(SYSTEM, "PRESS-7")
    words = replace(permits.tasks.words_of(press), allows_supervision=True)
    permits.tasks.change(SYSTEM, press.id, words, "Learning")
    for code in ("FORK", "LOTO"):
        prove(school, "E-2", code)
        school.training.assign(SYSTEM, code, Audience(numbers=("E-1",)), due_on=None, origin="All")
    sign_in = SignIn(site)
    account = sign_in.accounts.give_account(SYSTEM, who(school, "E-2"))
    sign_in.accounts.set_badge(SYSTEM, account, "04 A2 7F")
    back = TODAY + timedelta(days=3)
    absences = school.training.assignments.absences
    for number in ("E-1", "E-2"):
        absences.note(SYSTEM, who(school, number), TODAY, back, "Leave")

    said = permits.may(SYSTEM, "E-1", "PRESS-7", supervisor="04A27F")
    assert (said.is_free, said.supervisor_refused) == (False, "Person E-2 is on leave.")
    assert "They are noted as on leave." in reasons_of(said)
    assert permits.kept(SYSTEM, "E-1") == ()
    assert ask(permits, "E-2").is_free
    clock.turn(timedelta(days=3))
    assert permits.may(SYSTEM, "E-1", "PRESS-7", supervisor="04A27F").supervisor == "Person E-2"


def test_a_machine_out_of_use_lets_nobody(school: School, permits: Permits) -> None:
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    task = permits.tasks.coded(SYSTEM, "PRESS-7")
    permits.tasks.retire(SYSTEM, task.id, TODAY + timedelta(days=5), "Scrapped")
    assert ask(permits).answer.until == TODAY + timedelta(days=4)
    assert ask(permits, on=TODAY + timedelta(days=5)).answer.stops == (Stop.TASK_RETIRED,)
    permits.tasks.bring_back(SYSTEM, task.id)
    assert ask(permits).answer.until == date(2027, 11, 23)
    with pytest.raises(NoTask):
        permits.may(SYSTEM, "E-1", "PRESS-8")


def test_the_gate_tells_the_verdict_alone_and_only_where_the_site_says_so(
    school: School, permits: Permits
) -> None:
    with pytest.raises(GateShut):
        permits.at_gate("E-1", "PRESS-7")
    permits.set_rules(SYSTEM, GateRules(is_open=True))
    said = permits.at_gate("E-1", "PRESS-7")
    assert said.answer.verdict is Verdict.NOT_ALLOWED
    assert (said.answer.grounds, said.answer.stops, reasons_of(said)) == ((), (), ())
    assert permits.kept(SYSTEM, "E-1") == ()
    permits.set_rules(SYSTEM, GateRules(is_open=True, keeps_checks=True))
    permits.at_gate("E-1", "PRESS-7")
    permits.may(SYSTEM, "E-1", "PRESS-7", on=TODAY)  # a look back is no check
    (kept,) = permits.kept(SYSTEM, "E-1")
    assert (kept.at_gate, kept.by_name, kept.verdict) == (True, "Gate", Verdict.NOT_ALLOWED)
    for wrong in (GateRules(soon_days=-1), GateRules(shown_seconds=0)):
        with pytest.raises(TrainingRefused):
            permits.set_rules(SYSTEM, wrong)


def test_reasons_of_people_elsewhere_are_not_told(
    school: School, permits: Permits, add: Add, people: People
) -> None:
    add("E-9", unit="PRESS")
    (press,) = [one for one in people.organisation.org_units(SYSTEM) if one.code == "PRESS"]
    grant = Grant(capability=Capability.VIEW_RECORDS, org_units=frozenset({press.id}))
    trainer = Actor(account_id=None, person_id=None, name="T", grants=frozenset({grant}))

    assert permits.may(trainer, "E-9", "PRESS-7").is_whole
    elsewhere = permits.may(trainer, "E-1", "PRESS-7")
    assert (elsewhere.is_whole, elsewhere.answer.verdict) == (False, Verdict.NOT_ALLOWED)
    with pytest.raises(NotAllowed):
        permits.may(trainer, "E-9", "PRESS-7", supervisor="E-1")
    with pytest.raises(NotAllowed):
        permits.may(replace(trainer, grants=frozenset()), "E-9", "PRESS-7")


def test_tasks_are_refused_with_a_reason(school: School, permits: Permits) -> None:
    for words, error in (
        (TaskWords(code="press  7", title="Again"), TaskCodeTaken),
        (TaskWords(code="", title="x"), TrainingRefused),
        (TaskWords(code="X", title=" "), TrainingRefused),
        (TaskWords(code="X", title="x", needs=("NONE",)), NotFound),
        (TaskWords(code="X", title="x", needs=("FORK", "fork")), TrainingRefused),
        (TaskWords(code="X", title="x", org_unit="NOWHERE"), NotFound),
    ):
        with pytest.raises(error):
            permits.tasks.add(SYSTEM, words)
    assert len(permits.tasks.all(SYSTEM)) == 1
    assert permits.tasks.all(SYSTEM, "hall FIN")
    assert not permits.tasks.all(SYSTEM, "nothing")


def test_what_a_task_asks_for_is_dated_and_may_come_back_the_same_day(
    school: School, permits: Permits
) -> None:
    task = permits.tasks.coded(SYSTEM, "PRESS-7")
    words = permits.tasks.words_of(task)
    for needs in ((), ("LOTO",), ("FORK", "LOTO"), ("FORK",)):
        permits.tasks.change(SYSTEM, task.id, replace(words, needs=needs), "Guarded")
        found = permits.tasks.coded(SYSTEM, "PRESS-7")
        assert tuple(one.code for one in found.asks) == needs
    assert verified(school.site)


def test_labels_are_read_back_as_the_codes_they_stand_for(permits: Permits) -> None:
    for number in range(11):
        permits.tasks.add(SYSTEM, TaskWords(code=f"M-{number:02}", title="Mixer, large, of hall 3"))
    document = permits.tasks.labels(SYSTEM, ("M-03",), "Pune")
    assert codes_in_pdf(document.content) == ("M-03",)
    assert permits.tasks.labels(SYSTEM, (), "Pune").leaving.records == 12


def test_a_later_change_of_terms_does_not_reach_what_was_proved(
    school: School, permits: Permits
) -> None:
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    found = school.training.catalogue.coded(SYSTEM, "FORK")
    terms = replace(found.summary.terms, valid_count=1)
    school.training.catalogue.change(SYSTEM, found.summary.id, RequirementChange(terms=terms))
    assert ask(permits).answer.until == date(2027, 11, 23)


def test_a_task_that_asks_for_less_says_why(school: School, permits: Permits) -> None:
    press = permits.tasks.coded(SYSTEM, "PRESS-7")
    less = replace(permits.tasks.words_of(press), needs=("FORK",))
    for words in (less, replace(permits.tasks.words_of(press), allows_supervision=True)):
        with pytest.raises(ReasonNeeded):
            permits.tasks.change(SYSTEM, press.id, words)
    with pytest.raises(TrainingRefused):
        permits.tasks.take_in(SYSTEM, [less])

    permits.tasks.change(SYSTEM, press.id, less, "No lock-out since it was guarded")

    prove(school, "E-2", "FORK")
    assert ask(permits, "E-2").answer.verdict is Verdict.ALLOWED


def test_what_a_retired_requirement_or_a_doubted_record_means_is_told(
    school: School, permits: Permits, clock: TurnedClock
) -> None:
    for code in ("FORK", "LOTO"):
        prove(school, "E-1", code)
    loto = school.training.catalogue.coded(SYSTEM, "LOTO").summary.id
    with school.site.read() as session:
        person_id = person_numbered(session, "E-1")
    found = school.training.corrections.records(SYSTEM, person_id)
    record = next(one for one in found if one.requirement_id == loto)
    wrong = ToCorrect(
        kind=record.kind, record_id=record.id, field=COUNTS, new=VOID, reason="Forged"
    )
    school.training.corrections.correct(SYSTEM, wrong)
    assert "A correction of their record waits for a second person." in reasons_of(ask(permits))

    school.training.catalogue.retire(SYSTEM, loto, TODAY + timedelta(days=1), "Replaced")
    clock.turn(timedelta(days=2))
    assert ask(permits).answer.verdict is Verdict.ALLOWED
    assert any("it is retired" in one for one in reasons_of(ask(permits, "E-2")))


def test_who_has_not_joined_yet_may_do_nothing(school: School, permits: Permits) -> None:
    new = NewPerson(number="N-1", name="New", joined_on=TODAY + timedelta(days=30))
    People(school.site).add(SYSTEM, new)
    for code in ("FORK", "LOTO"):
        prove(school, "N-1", code)

    assert ask(permits, "N-1").answer.stops == (Stop.NOT_JOINED,)
