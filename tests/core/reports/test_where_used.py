"""Where courses, files, banks and questions are used: in force, in review and as drafts."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from app.core.assessments import QuestionBanks, plain
from app.core.base.actor import system_actor
from app.core.base.errors import NotFound
from app.core.base.ids import new_id
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.courses import (
    LESSON_SOURCES,
    Courses,
    NewCourse,
    acknowledgement,
    assets_of,
    insert,
    remove,
)
from app.core.journal import Site
from app.core.reports import UseKind, WhereUsed
from app.core.training.models import EnrolmentRuleRow, RequirementRow
from tests.support.clock import TurnedClock

ACTOR = system_actor()


@pytest.fixture
def assets(tmp_path: Path, clock: TurnedClock) -> AssetStore:
    return AssetStore(tmp_path / "assets", clock)


@pytest.fixture
def courses(site: Site, assets: AssetStore) -> Courses:
    return Courses(site, assets, LESSON_SOURCES)


@pytest.fixture
def banks(site: Site, assets: AssetStore) -> QuestionBanks:
    return QuestionBanks(site, assets)


def two_questions(banks: QuestionBanks) -> tuple[UUID, UUID]:
    """Return a bank and its first question."""
    bank = banks.create(ACTOR, "Lockout")
    first, _second = (
        banks.add(ACTOR, bank, replace(banks.blank("true_false", "en"), stem=plain(words)))
        for words in ("A tag locks a valve.", "A lock has one key.")
    )
    return bank, first


def test_a_bank_and_a_question_know_the_quizzes_that_ask_them(
    site: Site, courses: Courses, banks: QuestionBanks
) -> None:
    bank, question = two_questions(banks)
    lesson = banks.pools.lesson(ACTOR, bank)
    course = courses.create(ACTOR, NewCourse(title="Lockout", code="LOTO"))
    courses.save_draft(ACTOR, course, insert(courses.draft_of(ACTOR, course), lesson))
    used = WhereUsed(site)
    (draft,) = used.bank(ACTOR, bank).uses
    assert (draft.kind, draft.code, draft.id) == (UseKind.QUIZ, "LOTO", course)
    assert draft.where == "draft: lesson 1, Lockout, 2 questions"

    courses.publish(ACTOR, course)

    (in_force,) = used.question(ACTOR, question).uses
    assert in_force.where == "version 1, in force: lesson 1, Lockout, asked in version 1"
    outline = courses.draft_of(ACTOR, course)
    statement = acknowledgement({"en": "Read."}, language="en")
    courses.save_draft(ACTOR, course, insert(remove(outline, lesson.key), statement))
    assert [one.where for one in used.bank(ACTOR, bank).uses] == [
        "version 1, in force: lesson 1, Lockout, 2 questions"
    ]


def test_a_course_knows_what_asks_for_it_and_who_shows_its_files(
    site: Site, courses: Courses, tmp_path: Path
) -> None:
    folder = tmp_path / "Fire"
    folder.mkdir()
    (folder / "1-rules.md").write_text("# Rules", encoding="utf-8")
    course = courses.import_folder(ACTOR, folder, NoProgress())
    courses.publish(ACTOR, course)
    twin = courses.duplicate(ACTOR, course, "Fire for visitors")
    with site.transaction(ACTOR, "test") as unit:
        requirement = RequirementRow(
            code="FIRE", title="Fire safety", course_id=course, valid_months=12
        )
        unit.add(requirement)
        unit.flush()
        unit.add(
            EnrolmentRuleRow(
                code="ALL",
                title="Everybody",
                requirement_id=requirement.id,
                condition={},
                site_id=None,
                after_days=None,
                from_on=None,
                to_on=None,
            )
        )
    used = WhereUsed(site)

    found = used.course(ACTOR, course)

    assert [(one.kind, one.code) for one in found.uses] == [
        (UseKind.REQUIREMENT, "FIRE"),
        (UseKind.RULE, "ALL"),
        (UseKind.LESSON, courses.detail(ACTOR, twin).code),
    ]
    (sha256,) = assets_of(courses.preview(ACTOR, course))
    assert len(used.file(ACTOR, sha256).uses) == 2
    with pytest.raises(NotFound):
        used.course(ACTOR, new_id())


def test_what_waits_for_an_approval_counts_as_a_use(
    site: Site, courses: Courses, banks: QuestionBanks
) -> None:
    bank, _question = two_questions(banks)
    course = courses.create(ACTOR, NewCourse(title="Lockout", code="LOTO"))
    lesson = banks.pools.lesson(ACTOR, bank)
    courses.save_draft(ACTOR, course, insert(courses.draft_of(ACTOR, course), lesson))
    courses.approving.submit(ACTOR, course)

    places = [one.where.partition(":")[0] for one in WhereUsed(site).bank(ACTOR, bank).uses]

    assert places == ["version 1, in review", "draft"]
