"""States of question banks that somebody else approves, and what quizzes may ask where that is asked for."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.approvals import (
    Approval,
    Approvals,
    Fate,
    NotThatState,
    OwnWork,
    Subject,
    SubjectState,
    approval_text,
)
from app.core.assessments import (
    BANK,
    NothingApproved,
    NothingNew,
    NothingToImport,
    QuestionBanks,
    TrueFalseBody,
    plain,
    quiz_of,
)
from app.core.base.actor import Actor, system_actor
from app.core.base.clock import local_day
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.courses import NewCourse, NotPublishable, insert
from app.core.signatures import Proof, Undersigned
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc
from tests.support.signers import LOGIN, PASSWORD, Door, door_of, founded_pc

ASHA = replace(system_actor("Asha"), account_id=new_id())


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> Pc:
    return founded_pc(tmp_path / "one", clock)


@pytest.fixture
def banks(pc: Pc) -> QuestionBanks:
    return QuestionBanks(pc.opened.site, pc.assets)


@pytest.fixture
def door(pc: Pc) -> Door:
    return door_of(pc)


@pytest.fixture
def meera(door: Door) -> Actor:
    return door.enter_to_sign()


@pytest.fixture
def bank(banks: QuestionBanks) -> UUID:
    """A bank of two questions of Asha's."""
    made = banks.create(ASHA, "Lockout")
    for words in ("A tag locks a valve.", "A lock has one key."):
        add(banks, made, words)
    return made


def add(banks: QuestionBanks, bank: UUID, words: str, actor: Actor = ASHA) -> UUID:
    question = replace(banks.blank("true_false", "en"), stem=plain(words))
    return banks.add(actor, bank, replace(question, body=TrueFalseBody(answer=True)))


def edit(banks: QuestionBanks, question: UUID, words: str, actor: Actor = ASHA) -> None:
    entry = banks.question(actor, question)
    banks.edit(actor, question, replace(entry.question, stem=plain(words)), entry.version_id)


def first(banks: QuestionBanks, bank: UUID) -> UUID:
    return banks.questions(ACTOR, bank, PageRequest()).rows[0].id


def ask(pc: Pc, banks: QuestionBanks) -> None:
    approvals = Approvals(pc.opened.site)
    approvals.register(banks.approving.kind)
    approvals.ask(ACTOR, BANK, is_asked=True, reason="QA wants it")


def approve(
    banks: QuestionBanks, door: Door, actor: Actor, subject: Subject, days: int = 0
) -> None:
    review = banks.approving.review(actor, subject)
    day = banks.approving.today + timedelta(days=days)
    pen = door.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD))
    signed = Undersigned(pen, approval_text(review, day))
    approval = Approval(sha256=review.sha256, effective_on=day, signed=signed)
    banks.approving.approve(actor, subject, approval)


def pool(banks: QuestionBanks, bank: UUID) -> tuple[UUID, ...]:
    return quiz_of(banks.pools.lesson(ACTOR, bank)).sections[0].pool


def test_where_the_site_does_not_ask_quizzes_take_what_is_written(
    banks: QuestionBanks, bank: UUID
) -> None:
    assert len(pool(banks, bank)) == 2


def test_where_it_asks_quizzes_take_up_only_what_is_approved(
    pc: Pc, banks: QuestionBanks, bank: UUID, door: Door, meera: Actor
) -> None:
    ask(pc, banks)
    with pytest.raises(NothingApproved):
        pool(banks, bank)
    approve(banks, door, meera, banks.approving.submit(ASHA, bank, "first"))
    approved = pool(banks, bank)
    assert len(approved) == 2

    add(banks, bank, "Written later.")
    edit(banks, first(banks, bank), "A tag does not lock a valve.")

    assert pool(banks, bank) == approved
    lesson = banks.pools.lesson(ACTOR, bank)
    assert banks.pools.banks_of(ACTOR, lesson)[0].total == 0
    approve(banks, door, meera, banks.approving.submit(ASHA, bank))
    assert len(pool(banks, bank)) == 3
    (found,) = banks.pools.banks_of(ACTOR, lesson)
    assert (found.changed, found.added) == (1, 1)
    assert quiz_of(banks.pools.renewed(ACTOR, lesson)).sections[0].pool == pool(banks, bank)


def test_a_question_that_was_withdrawn_is_asked_no_more_though_it_is_approved(
    pc: Pc, banks: QuestionBanks, bank: UUID, door: Door, meera: Actor
) -> None:
    ask(pc, banks)
    approve(banks, door, meera, banks.approving.submit(ASHA, bank))

    banks.withdraw(ASHA, first(banks, bank))

    assert len(pool(banks, bank)) == 1


def test_a_course_that_asks_unapproved_questions_is_not_published(
    pc: Pc, banks: QuestionBanks, bank: UUID, door: Door, meera: Actor
) -> None:
    lesson = banks.pools.lesson(ASHA, bank)
    pc.courses.publish_checks.append(banks.approving.problems_of)
    course = pc.courses.create(ASHA, NewCourse(title="Lockout"))
    pc.courses.save_draft(ASHA, course, insert(pc.courses.draft_of(ASHA, course), lesson))
    ask(pc, banks)

    with pytest.raises(NotPublishable, match="2 of its questions are approved by nobody"):
        pc.courses.publish(ASHA, course)

    approve(banks, door, meera, banks.approving.submit(ASHA, bank))
    pc.courses.publish(ASHA, course)


def test_two_states_are_compared_question_by_question(
    pc: Pc, banks: QuestionBanks, bank: UUID, door: Door, meera: Actor
) -> None:
    ask(pc, banks)
    approve(banks, door, meera, banks.approving.submit(ASHA, bank))
    gone = banks.questions(ACTOR, bank, PageRequest()).rows[1].id
    changed = first(banks, bank)
    entry = banks.question(ASHA, changed)
    wrong = replace(entry.question, body=TrueFalseBody(answer=False), critical=True)
    banks.edit(ASHA, changed, wrong, entry.version_id)
    banks.withdraw(ASHA, gone)
    add(banks, bank, "Three people, three locks.")

    found = banks.approving.compare(ACTOR, bank)

    assert {one.title: one.fate for one in found.parts} == {
        "A tag locks a valve.": Fate.CHANGED,
        "A lock has one key.": Fate.REMOVED,
        "Three people, three locks.": Fate.ADDED,
    }
    lines = {one.name: (one.before, one.after) for one in found.parts[0].differences}
    assert lines["Right answer"] == ("True", "False")
    assert lines["Must be right"] == ("no", "yes")
    review = banks.approving.review(ACTOR, banks.approving.submit(ASHA, bank))
    assert review.comparison == found


def test_nobody_approves_a_bank_of_which_they_wrote_a_question(
    pc: Pc, banks: QuestionBanks, bank: UUID, door: Door, meera: Actor
) -> None:
    ask(pc, banks)
    add(banks, bank, "Mine.", meera)
    subject = banks.approving.submit(ASHA, bank)

    assert banks.approving.review(meera, subject).is_own
    with pytest.raises(OwnWork):
        approve(banks, door, meera, subject)


def test_a_state_waits_for_its_day_and_is_submitted_once(
    pc: Pc, banks: QuestionBanks, bank: UUID, door: Door, meera: Actor, clock: TurnedClock
) -> None:
    ask(pc, banks)
    with pytest.raises(NothingToImport):
        banks.approving.submit(ASHA, banks.create(ASHA, "Empty"))
    subject = banks.approving.submit(ASHA, bank)
    with pytest.raises(NotThatState):
        banks.approving.submit(ASHA, bank)
    banks.approving.reject(meera, subject, "the second is wrong")
    again = banks.approving.submit(ASHA, bank)
    approve(banks, door, meera, again, days=1)
    with pytest.raises(NothingApproved):
        pool(banks, bank)
    clock.turn(timedelta(days=1))

    assert len(pool(banks, bank)) == 2
    with pytest.raises(NothingNew):
        banks.approving.submit(ASHA, bank)
    assert local_day(clock) == banks.approving.today


def test_a_rejection_on_another_pc_takes_an_approved_state_out_of_use_on_both(
    pc: Pc, banks: QuestionBanks, bank: UUID, door: Door, meera: Actor, tmp_path: Path,
    clock: TurnedClock,
) -> None:  # fmt: skip
    second = another_pc(pc, tmp_path / "two", clock)
    stick = tmp_path / "stick"
    stick.mkdir()
    ask(pc, banks)
    subject = banks.approving.submit(ASHA, bank)
    second.take(pc.send(stick, second))
    there = QuestionBanks(second.opened.site, second.assets)
    approve(banks, door, meera, subject)
    there.approving.reject(ACTOR, subject, "the second is wrong")

    second.take(pc.send(stick, second))
    pc.take(second.send(stick, pc))

    for one in (banks, there):
        with pytest.raises(NothingApproved):
            pool(one, bank)
    states = {Approvals(one.opened.site).standing(subject).state for one in (pc, second)}
    assert states == {SubjectState.DRAFT}
