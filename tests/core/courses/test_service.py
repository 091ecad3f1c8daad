"""Drafts are edited, versions are for good."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.courses import (
    Caption,
    CodeTaken,
    CompletionRule,
    CourseRetired,
    Courses,
    CourseState,
    LessonPlan,
    NewCourse,
    NothingToPublish,
    NotPublishable,
    Outline,
    OutlineInvalid,
    PublishedCourse,
    Variant,
    acknowledgement,
    insert,
    move,
    remove,
    rename,
)
from app.core.courses.models import CourseVersionRow, LessonRow
from app.core.journal import Journal, Site
from tests.core.courses.conftest import FolderOf
from tests.support.clock import TurnedClock
from tests.support.sites import STATION

ACTOR = system_actor()
READ = acknowledgement({"en": "I have read it."}, language="en", title="Read")


def someone_who(*capabilities: Capability) -> Actor:
    grants = frozenset(Grant(capability=one) for one in capabilities)
    return Actor(account_id=uuid4(), person_id=None, name="Somebody", grants=grants)


@pytest.fixture
def course_id(courses: Courses, folder_of: FolderOf) -> UUID:
    folder = folder_of({"1-rules.md": "# Rules", "2-clip.mp4": "=clip.mp4"})
    return courses.import_folder(ACTOR, folder, NoProgress())


def edit(courses: Courses, course_id: UUID, lesson: LessonPlan = READ) -> Outline:
    outline = insert(courses.draft_of(ACTOR, course_id), lesson)
    courses.save_draft(ACTOR, course_id, outline)
    return outline


def states(courses: Courses) -> list[CourseState]:
    return [row.state for row in courses.list(ACTOR, PageRequest(sort="code")).rows]


def test_a_new_course_is_an_empty_draft(courses: Courses) -> None:
    course_id = courses.create(ACTOR, NewCourse(title=" सुरक्षा नियम ", topic="lock", language="hi"))

    detail = courses.detail(ACTOR, course_id)
    assert (detail.code, detail.state) == ("सुरक्षा-नियम", CourseState.DRAFT)
    assert (detail.outline.title, detail.outline.language) == ("सुरक्षा नियम", "hi")
    assert detail.versions == ()


def test_a_code_is_had_by_one_course(courses: Courses) -> None:
    courses.create(ACTOR, NewCourse(title="A", code="X-1"))

    with pytest.raises(CodeTaken):
        courses.create(ACTOR, NewCourse(title="B", code="X-1"))


def test_a_version_is_written_for_good(courses: Courses, site: Site, course_id: UUID) -> None:
    outline = courses.draft_of(ACTOR, course_id)

    published = courses.publish(ACTOR, course_id, "first")

    version = courses.version(published.version_id)
    assert (version.number, version.outline) == (1, outline)
    detail = courses.detail(ACTOR, course_id)
    assert (detail.state, detail.draft) == (CourseState.PUBLISHED, None)
    assert detail.versions[0].note == "first"
    with site.read() as session:
        rows = session.scalars(sa.select(LessonRow).order_by(LessonRow.position)).all()
    assert [(row.position, row.kind, row.key) for row in rows] == [
        (position, lesson.kind, lesson.key)
        for position, lesson in enumerate(outline.lessons, start=1)
    ]
    assert Journal(site, STATION).verify(ACTOR).ok


def test_a_version_is_named_by_the_hash_of_its_outline(
    courses: Courses, site: Site, course_id: UUID
) -> None:
    import hashlib

    courses.publish(ACTOR, course_id)

    with site.read() as session:
        kept, sha256 = session.execute(sa.text("SELECT outline, sha256 FROM course_version")).one()
    assert hashlib.sha256(kept.encode()).hexdigest() == sha256


def test_an_edit_after_publishing_is_a_new_draft_with_the_same_keys(
    courses: Courses, course_id: UUID
) -> None:
    first = courses.publish(ACTOR, course_id)
    outline = edit(courses, course_id)

    assert courses.detail(ACTOR, course_id).state is CourseState.CHANGED
    assert courses.detail(ACTOR, course_id).outline == first.outline
    second = courses.publish(ACTOR, course_id)

    keys = [lesson.key for lesson in first.outline.lessons]
    assert [lesson.key for lesson in second.outline.lessons] == [*keys, READ.key]
    assert (second.number, second.outline) == (2, outline)
    assert courses.version(first.version_id).outline == first.outline


def test_a_draft_that_says_what_is_published_is_no_draft(courses: Courses, course_id: UUID) -> None:
    courses.publish(ACTOR, course_id)
    outline = edit(courses, course_id)
    courses.save_draft(ACTOR, course_id, remove(outline, READ.key))

    assert courses.detail(ACTOR, course_id).state is CourseState.PUBLISHED
    with pytest.raises(NothingToPublish):
        courses.publish(ACTOR, course_id)


def test_a_draft_can_be_discarded(courses: Courses, course_id: UUID) -> None:
    with pytest.raises(NothingToPublish):
        courses.discard_draft(ACTOR, course_id)
    published = courses.publish(ACTOR, course_id)
    edit(courses, course_id)

    courses.discard_draft(ACTOR, course_id)

    assert courses.draft_of(ACTOR, course_id) == published.outline


def test_the_title_in_lists_changes_when_it_is_published(courses: Courses, course_id: UUID) -> None:
    courses.publish(ACTOR, course_id)
    renamed = replace(courses.draft_of(ACTOR, course_id), title="New title")
    courses.save_draft(ACTOR, course_id, renamed)
    assert courses.list(ACTOR, PageRequest()).rows[0].title == "Fire safety"

    courses.publish(ACTOR, course_id)

    assert courses.list(ACTOR, PageRequest()).rows[0].title == "New title"


def test_a_course_without_lessons_is_not_published(courses: Courses) -> None:
    course_id = courses.create(ACTOR, NewCourse(title="Empty"))

    with pytest.raises(NotPublishable, match="no lessons"):
        courses.publish(ACTOR, course_id)
    assert courses.problems(ACTOR, course_id) != ()


def test_what_lessons_lack_is_named(courses: Courses, course_id: UUID) -> None:
    edit(courses, course_id, LessonPlan(kind="video", title="No film"))
    edit(courses, course_id, LessonPlan(kind="acknowledgement", title="No words"))

    problems = courses.problems(ACTOR, course_id)

    assert [problem.partition(":")[0] for problem in problems] == ["No film", "No words"]


def test_a_course_that_nobody_could_complete_is_not_published(courses: Courses) -> None:
    course_id = courses.create(ACTOR, NewCourse(title="Optional"))
    edit(courses, course_id, replace(READ, is_required=False))

    with pytest.raises(NotPublishable, match="required"):
        courses.publish(ACTOR, course_id)


def test_a_missing_file_keeps_a_course_from_being_published(
    courses: Courses, assets: AssetStore, course_id: UUID
) -> None:
    clip = courses.draft_of(ACTOR, course_id).lessons[1].variants[0].asset
    assets.path(clip).unlink()

    with pytest.raises(NotPublishable, match="Clip: a stored file is missing"):
        courses.publish(ACTOR, course_id)
    assert courses.detail(ACTOR, course_id).versions == ()


def test_checks_of_other_features_are_heard(courses: Courses, course_id: UUID) -> None:
    courses.publish_checks.append(lambda _session, outline: [f"{outline.title} asks nothing."])

    with pytest.raises(NotPublishable, match="asks nothing"):
        courses.publish(ACTOR, course_id)


def test_hooks_act_in_the_same_transaction(courses: Courses, site: Site, course_id: UUID) -> None:
    heard: list[PublishedCourse] = []
    courses.on_published.append(lambda _unit, published: heard.append(published))
    courses.on_published.append(lambda _unit, _published: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        courses.publish(ACTOR, course_id)

    assert heard[0].code == "FIRE-SAFETY"
    with site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(CourseVersionRow)) == 0
    assert courses.search(ACTOR, "rules") == ()


RETIRED = [
    lambda courses, one: courses.save_draft(ACTOR, one, courses.draft_of(ACTOR, one)),
    lambda courses, one: courses.publish(ACTOR, one),
    lambda courses, one: courses.retire(ACTOR, one),
]


@pytest.mark.parametrize("act", RETIRED)
def test_a_retired_course_takes_no_changes(courses: Courses, course_id: UUID, act: object) -> None:
    courses.publish(ACTOR, course_id)
    edit(courses, course_id)
    courses.retire(ACTOR, course_id, "replaced")

    assert states(courses) == [CourseState.RETIRED]
    with pytest.raises(CourseRetired):
        act(courses, course_id)  # type: ignore[operator]  # one of RETIRED


def test_a_retired_course_comes_back(courses: Courses, course_id: UUID) -> None:
    courses.publish(ACTOR, course_id)
    courses.retire(ACTOR, course_id)

    courses.bring_back(ACTOR, course_id)

    assert states(courses) == [CourseState.PUBLISHED]
    assert courses.search(ACTOR, "rules")


def test_a_duplicate_has_the_lessons_and_none_of_the_keys(
    courses: Courses, course_id: UUID
) -> None:
    copy_id = courses.duplicate(ACTOR, course_id)

    original, copy = courses.draft_of(ACTOR, course_id), courses.draft_of(ACTOR, copy_id)
    assert copy.title == "Fire safety (copy)"
    assert [one.variants for one in copy.lessons] == [one.variants for one in original.lessons]
    assert {one.key for one in copy.lessons}.isdisjoint(one.key for one in original.lessons)


def test_a_preview_shows_the_draft(courses: Courses, course_id: UUID) -> None:
    courses.publish(ACTOR, course_id)
    outline = edit(courses, course_id)

    assert courses.preview(someone_who(Capability.VIEW_COURSES), course_id) == outline


BAD = [
    replace(Outline(title=" ")),
    Outline(title="x" * 201),
    Outline(title="A", language="Hindi!"),
    Outline(title="A", valid_months=0),
    Outline(title="A", titles={"xx yy": "B"}),
    Outline(title="A", lessons=(READ, READ)),
    Outline(title="A", lessons=(LessonPlan(kind="dance", title="B"),)),
    Outline(title="A", lessons=(LessonPlan(kind="page", title=""),)),
    Outline(title="A", lessons=(replace(READ, seconds=-1),)),
    Outline(title="A", lessons=(replace(READ, rule=CompletionRule(share=Fraction(3, 2))),)),
    Outline(title="A", lessons=(replace(READ, rule=CompletionRule(active_seconds=-1)),)),
    Outline(title="A", lessons=(replace(READ, body={"text": "x" * 2_000_001}),)),
    Outline(
        title="A",
        lessons=(replace(READ, variants=(Variant(language="en", asset="../../etc/passwd"),)),),
    ),
    Outline(
        title="A",
        lessons=(replace(READ, variants=(Variant(language="en", asset="0" * 64),) * 2),),
    ),
    Outline(
        title="A",
        lessons=(
            replace(
                READ,
                variants=(
                    Variant(
                        language="en",
                        asset="0" * 64,
                        captions=(Caption(language="en", asset="x"),),
                    ),
                ),
            ),
        ),
    ),
]


@pytest.mark.parametrize("outline", BAD, ids=range(len(BAD)))
def test_an_outline_that_makes_no_sense_is_not_saved(
    courses: Courses, course_id: UUID, outline: Outline
) -> None:
    before = courses.draft_of(ACTOR, course_id)

    with pytest.raises(OutlineInvalid):
        courses.save_draft(ACTOR, course_id, outline)

    assert courses.draft_of(ACTOR, course_id) == before


def test_what_is_not_there_is_told(courses: Courses) -> None:
    for act in (courses.detail, courses.draft_of, courses.publish, courses.retire):
        with pytest.raises(NotFound):
            act(ACTOR, uuid4())
    with pytest.raises(NotFound):
        courses.version(uuid4())


ACTS = [
    (Capability.AUTHOR_COURSES, lambda c, a, _: c.create(a, NewCourse(title="A"))),
    (Capability.AUTHOR_COURSES, lambda c, a, one: c.save_draft(a, one, Outline(title="A"))),
    (Capability.AUTHOR_COURSES, lambda c, a, one: c.duplicate(a, one)),
    (Capability.AUTHOR_COURSES, lambda c, a, one: c.discard_draft(a, one)),
    (Capability.AUTHOR_COURSES, lambda c, a, one: c.draft_of(a, one)),
    (Capability.AUTHOR_COURSES, lambda c, a, one: c.problems(a, one)),
    (Capability.AUTHOR_COURSES, lambda c, a, _: c.lessons_from_file(a, Path("x"), NoProgress())),
    (Capability.PUBLISH_COURSES, lambda c, a, one: c.publish(a, one)),
    (Capability.PUBLISH_COURSES, lambda c, a, one: c.retire(a, one)),
    (Capability.PUBLISH_COURSES, lambda c, a, one: c.bring_back(a, one)),
    (Capability.VIEW_COURSES, lambda c, a, _: c.list(a, PageRequest())),
    (Capability.VIEW_COURSES, lambda c, a, one: c.detail(a, one)),
    (Capability.VIEW_COURSES, lambda c, a, one: c.preview(a, one)),
    (Capability.VIEW_COURSES, lambda c, a, _: c.search(a, "fire")),
]


@pytest.mark.parametrize(("needed", "act"), ACTS, ids=range(len(ACTS)))
def test_every_act_needs_its_capability(
    courses: Courses, course_id: UUID, needed: Capability, act: object
) -> None:
    others = someone_who(*(one for one in Capability if one is not needed))

    with pytest.raises(NotAllowed):
        act(courses, others, course_id)  # type: ignore[operator]  # one of ACTS


def test_courses_are_listed_sorted_filtered_and_cut(courses: Courses, clock: TurnedClock) -> None:
    ids = {}
    for title, topic in (
        ("beta", "lock"),
        ("Alpha", "flame"),
        ("gamma 100%", "lock"),
        ("delta", ""),
    ):
        ids[title] = courses.create(ACTOR, NewCourse(title=title, topic=topic))
        edit(courses, ids[title], replace(READ, key=uuid4()))
    courses.publish(ACTOR, ids["beta"])
    clock.turn(timedelta(days=1))
    courses.publish(ACTOR, ids["Alpha"])
    edit(courses, ids["Alpha"])
    courses.retire(ACTOR, ids["gamma 100%"])

    def titles(request: PageRequest) -> list[str]:
        return [row.title for row in courses.list(ACTOR, request).rows]

    assert titles(PageRequest()) == ["Alpha", "beta", "delta", "gamma 100%"]
    assert titles(PageRequest(sort="published_at", descending=True))[:2] == ["Alpha", "beta"]
    assert titles(PageRequest(filters=(("state", "draft"),))) == ["delta"]
    assert titles(PageRequest(filters=(("state", "changed"), ("state", "retired")))) == [
        "Alpha",
        "gamma 100%",
    ]
    assert titles(PageRequest(filters=(("topic", "lock"),))) == ["beta", "gamma 100%"]
    assert titles(PageRequest(text="100%")) == ["gamma 100%"]
    assert titles(PageRequest(text="ALPHA")) == ["Alpha"]
    page = courses.list(ACTOR, PageRequest(offset=1, limit=2))
    assert (page.total, [row.title for row in page.rows]) == (4, ["beta", "delta"])
    assert titles(PageRequest(sort="no such column")) == titles(PageRequest())


def test_a_summary_counts_what_learners_begin(courses: Courses, course_id: UUID) -> None:
    courses.publish(ACTOR, course_id)
    edit(courses, course_id)

    (row,) = courses.list(ACTOR, PageRequest()).rows

    assert (row.version, row.lessons, row.languages) == (1, 2, ("en",))
    assert row.seconds > 0


def test_everything_authors_do_is_in_the_journal_and_verifies(
    courses: Courses, site: Site, course_id: UUID
) -> None:
    outline = edit(courses, course_id)
    courses.save_draft(ACTOR, course_id, rename(outline, READ.key, "Signed"))
    courses.publish(ACTOR, course_id)
    courses.save_draft(ACTOR, course_id, move(courses.draft_of(ACTOR, course_id), READ.key, 0))
    courses.publish(ACTOR, course_id)
    courses.duplicate(ACTOR, course_id)
    courses.retire(ACTOR, course_id, "replaced")
    courses.bring_back(ACTOR, course_id)

    assert Journal(site, STATION).verify(ACTOR).ok
