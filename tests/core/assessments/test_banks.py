"""Question banks on a real site: writing, importing, exporting, and quizzes that take what is new."""

import struct
from base64 import b64encode
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from uuid import UUID
from zlib import crc32

import pytest
import sqlalchemy as sa

from app.core.assessments import (
    EXPORT_FORMATS,
    BankEntry,
    BankInvalid,
    Chosen,
    FormatUnknown,
    MediaKind,
    MediaRefused,
    NothingToImport,
    Question,
    QuestionBanks,
    QuestionChanged,
    TrueFalseBody,
    plain,
    quiz_of,
    with_translation,
)
from app.core.assessments.formats import BankFileTooLarge, BankLimits
from app.core.assessments.models import QuestionVersionRow
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.content import AssetStore, FileUnreadable
from app.core.courses import Outline
from app.core.journal import Journal, Site
from app.core.storage.faults import PlaceGone
from tests.support.sites import STATION
from tests.support.teaching import a_learner, a_school, published

ACTOR = system_actor()
QUIET = NoProgress()
MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"
GIFT = """$CATEGORY: $course$/top/Locks

::Lock:: The lock stays on. {T}

// [tag:critical]
::Key:: Whose key is it? {=Mine ~Anybody's}

::Long:: Explain why. {}
"""


@pytest.fixture
def assets(site: Site, tmp_path: Path) -> AssetStore:
    return AssetStore(tmp_path / "assets", site.clock)


@pytest.fixture
def banks(site: Site, assets: AssetStore):
    yield QuestionBanks(site, assets)
    assert Journal(site, STATION).verify(ACTOR).ok


@pytest.fixture
def bank_id(banks: QuestionBanks) -> UUID:
    return banks.create(ACTOR, "  Lockout ")


def a_statement(words: str, *, answer: bool = True, **fields: object) -> Question:
    body = TrueFalseBody(answer=answer)
    return Question(type="true_false", stem=plain(words), body=body, **fields)  # type: ignore[arg-type]  # test convenience


def entries(banks: QuestionBanks, bank_id: UUID, **request: object) -> tuple[BankEntry, ...]:
    return banks.questions(ACTOR, bank_id, PageRequest(**request)).rows  # type: ignore[arg-type]  # test convenience


def titles(banks: QuestionBanks, bank_id: UUID, **request: object) -> list[str]:
    return [one.title for one in entries(banks, bank_id, **request)]


def filled(banks: QuestionBanks, bank_id: UUID, *words: str) -> list[UUID]:
    return [banks.add(ACTOR, bank_id, a_statement(one)) for one in words]


def test_a_bank_is_begun_and_called_otherwise(banks: QuestionBanks, bank_id: UUID) -> None:
    other = banks.create(ACTOR, "Lockout")
    banks.rename(ACTOR, other, "Fire")
    filled(banks, bank_id, "A", "B")

    page = banks.list(ACTOR, PageRequest(limit=1))
    assert (page.total, [one.title for one in page.rows]) == (2, ["Fire"])
    (found,) = banks.list(ACTOR, PageRequest(text="lock", sort="questions", descending=True)).rows[
        :1
    ]
    assert (found.title, found.questions, found.code) == ("Lockout", 2, "Lockout")
    assert banks.bank(ACTOR, other).changed_at is None
    with pytest.raises(BankInvalid):
        banks.create(ACTOR, "  ")
    with pytest.raises(BankInvalid):
        banks.rename(ACTOR, other, "x" * 201)
    with pytest.raises(NotFound):
        banks.bank(ACTOR, UUID(int=5))


def test_an_edit_writes_another_version_and_keeps_the_first(
    banks: QuestionBanks, bank_id: UUID, site: Site
) -> None:
    (question_id,) = filled(banks, bank_id, "Locks are shared.")
    first = banks.question(ACTOR, question_id)
    better = replace(first.question, body=TrueFalseBody(answer=False), points=2)

    second = banks.edit(ACTOR, question_id, better, first.version_id)

    now = banks.question(ACTOR, question_id)
    assert (now.version_id, now.number, now.question) == (second, 2, better)
    with site.read() as session:
        rows = session.scalars(sa.select(QuestionVersionRow.number)).all()
    assert sorted(rows) == [1, 2]
    assert banks.edit(ACTOR, question_id, better, second) == second
    with pytest.raises(QuestionChanged):
        banks.edit(ACTOR, question_id, first.question, first.version_id)
    assert banks.question(ACTOR, question_id).question == better


def test_questions_are_moved_copied_and_withdrawn(banks: QuestionBanks, bank_id: UUID) -> None:
    first, second, third = filled(banks, bank_id, "A", "B", "C")

    assert banks.move(ACTOR, third, -1)
    assert titles(banks, bank_id) == ["A", "C", "B"]
    assert not banks.move(ACTOR, first, -1)
    assert not banks.move(ACTOR, second, 1)
    banks.duplicate(ACTOR, first)
    assert titles(banks, bank_id) == ["A", "A", "C", "B"]
    banks.withdraw(ACTOR, third)
    assert titles(banks, bank_id, filters=(("state", "withdrawn"),)) == ["C"]
    assert titles(banks, bank_id, filters=(("state", "in_use"),)) == ["A", "A", "B"]
    assert banks.bank(ACTOR, bank_id).withdrawn == 1
    banks.bring_back(ACTOR, third)
    assert banks.bank(ACTOR, bank_id).questions == 4


def test_questions_are_found_by_what_they_say(banks: QuestionBanks, bank_id: UUID) -> None:
    banks.add(ACTOR, bank_id, a_statement("Der “Schlüssel” bleibt.", name="Q1", tags=("loto",)))
    banks.add(ACTOR, bank_id, a_statement("ताला लगा रहता है।", name="Q2"))

    assert titles(banks, bank_id, text="schl") == ["Q1"]
    assert titles(banks, bank_id, text="ताला") == ["Q2"]
    assert titles(banks, bank_id, text="LOTO") == ["Q1"]
    assert titles(banks, bank_id, text="%") == []
    assert titles(banks, bank_id, filters=(("type", "numeric"),)) == []
    assert titles(banks, bank_id, sort="title", descending=True, limit=1) == ["Q2"]


def test_who_may_only_look_changes_nothing(banks: QuestionBanks, bank_id: UUID) -> None:
    looking = frozenset({Grant(capability=Capability.VIEW_COURSES)})
    auditor = Actor(account_id=None, person_id=None, name="Auditor", grants=looking)
    (question_id,) = filled(banks, bank_id, "A")
    seen = banks.question(auditor, question_id)
    for attempt in (
        lambda: banks.create(auditor, "x"),
        lambda: banks.rename(auditor, bank_id, "x"),
        lambda: banks.add(auditor, bank_id, seen.question),
        lambda: banks.edit(auditor, question_id, seen.question, seen.version_id),
        lambda: banks.duplicate(auditor, question_id),
        lambda: banks.move(auditor, question_id, 1),
        lambda: banks.withdraw(auditor, question_id),
        lambda: banks.bring_back(auditor, question_id),
        lambda: banks.files.check(auditor, Path("x"), QUIET),
        lambda: banks.files.attach(auditor, Path("x"), QUIET),
        lambda: banks.pools.lesson(auditor, bank_id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_file_is_looked_over_before_it_is_imported(banks: QuestionBanks, tmp_path: Path) -> None:
    file = tmp_path / "Locks.gift"
    file.write_text(GIFT)

    report = banks.files.check(ACTOR, file, QUIET)

    assert (report.title, report.format, dict(report.counts)) == (
        "Locks", "gift", {"true_false": 1, "choice_one": 1},
    )  # fmt: skip
    assert [one.question_name for one in report.left_out] == ["Long"]
    assert banks.list(ACTOR, PageRequest()).total == 0
    bank_id = banks.files.import_bank(ACTOR, report, "", QUIET)
    assert titles(banks, bank_id) == ["Lock", "Key"]
    key = entries(banks, bank_id)[1].question
    assert (key.critical, key.tags) == (True, ("Locks",))
    assert banks.files.import_into(ACTOR, bank_id, report, QUIET) == 2
    assert [one.position for one in entries(banks, bank_id)] == [1, 2, 3, 4]


def test_pictures_beside_the_file_come_along(
    banks: QuestionBanks, assets: AssetStore, tmp_path: Path
) -> None:
    file = tmp_path / "q.gift"
    stem = '[html]<img src="@@PLUGINFILE@@/picture.png"><img src="@@PLUGINFILE@@/gone.png">'
    file.write_text(f"::P:: {stem} {{T}}")
    (tmp_path / "picture.png").write_bytes((MEDIA / "picture.png").read_bytes())

    report = banks.files.check(ACTOR, file, QUIET)
    bank_id = banks.files.import_bank(ACTOR, report, "Pictures", QUIET)

    assert report.missing == ("gone.png",)
    media = entries(banks, bank_id)[0].question.stem.media
    stored = {one.name: one.sha256 for one in media}
    assert stored["gone.png"] is None
    assert assets.read(stored["picture.png"] or "") == (MEDIA / "picture.png").read_bytes()


def test_pictures_that_cannot_be_shown_are_told(banks: QuestionBanks, tmp_path: Path) -> None:
    huge = b64encode(a_png(50_000, 50_000)).decode()
    (tmp_path / "beside.png").write_bytes(b"no picture")
    text = '<img src="@@PLUGINFILE@@/huge.png"><img src="@@PLUGINFILE@@/beside.png">'
    file = tmp_path / "q.xml"
    file.write_text(
        '<quiz><question type="truefalse"><name><text>Q</text></name><questiontext format="html">'
        f'<text><![CDATA[{text}]]></text><file name="huge.png" encoding="base64">{huge}</file>'
        '</questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0">'
        "<text>false</text></answer></question></quiz>"
    )

    report = banks.files.check(ACTOR, file, QUIET)

    assert report.can_import
    assert [one.left_out for one in report.problems] == [False, False]
    assert report.problems[0].reason.startswith("huge.png ")
    assert report.problems[1].reason.startswith("beside.png is not a picture")


def a_png(width: int, height: int) -> bytes:
    """Return the beginning of a picture that unpacks to far more than it holds."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_files_that_are_none_of_ours_are_told(banks: QuestionBanks, tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"\0PK")
    (tmp_path / "long.gift").write_text("::L:: Explain. {}")
    (tmp_path / "huge.gift").write_bytes(b"x" * (BankLimits().file_bytes + 1))

    with pytest.raises(FormatUnknown):
        banks.files.check(ACTOR, tmp_path / "notes.docx", QUIET)
    with pytest.raises(FileUnreadable):
        banks.files.check(ACTOR, tmp_path / "gone.gift", QUIET)
    with pytest.raises(BankFileTooLarge):
        banks.files.check(ACTOR, tmp_path / "huge.gift", QUIET)
    report = banks.files.check(ACTOR, tmp_path / "long.gift", QUIET)
    with pytest.raises(NothingToImport, match="can be asked: It is an essay"):
        banks.files.import_bank(ACTOR, report, "", QUIET)


@pytest.mark.parametrize("key", [one.key for one in EXPORT_FORMATS])
def test_what_is_exported_can_be_imported(
    key: str, banks: QuestionBanks, bank_id: UUID, tmp_path: Path
) -> None:
    first, withdrawn = filled(banks, bank_id, "The lock stays on.", "Gone")
    banks.withdraw(ACTOR, withdrawn)
    banks.add(ACTOR, bank_id, replace(a_statement("x"), body=TrueFalseBody(answer=None)))
    suffix = next(one.suffixes[0] for one in EXPORT_FORMATS if one.key == key)
    out = tmp_path / f"out{suffix}"

    written = banks.files.export(ACTOR, bank_id, key, out)

    assert [one.left_out for one in written.problems] == [True]
    found = banks.files.check(ACTOR, out, QUIET).found.questions
    assert [one.question.stem.source for one in found] == ["The lock stays on."]
    with pytest.raises(NotFound):
        banks.files.export(ACTOR, bank_id, "clay", out)
    with pytest.raises(PlaceGone):
        banks.files.export(ACTOR, bank_id, key, tmp_path / "no" / "folder.gift")
    assert banks.question(ACTOR, first).number == 1


def test_a_picture_is_stored_under_a_name_that_can_stand_in_a_text(
    banks: QuestionBanks, assets: AssetStore, tmp_path: Path
) -> None:
    file = tmp_path / "a valve (new).PNG"
    file.write_bytes((MEDIA / "picture.png").read_bytes())

    ref = banks.files.attach(ACTOR, file, QUIET)

    assert ref.kind is MediaKind.IMAGE
    assert ref.name == f"a-valve--new-{(ref.sha256 or '')[:8]}.png"
    assert assets.read(ref.sha256 or "") == file.read_bytes()
    sound = banks.files.attach(ACTOR, MEDIA / "clip.mp3", QUIET)
    assert sound.kind is MediaKind.AUDIO
    (tmp_path / "fake.png").write_text("no picture")
    for bad in (tmp_path / "fake.png", MEDIA / "three_pages.pdf"):
        with pytest.raises(MediaRefused):
            banks.files.attach(ACTOR, bad, QUIET)
    with pytest.raises(FileUnreadable):
        banks.files.attach(ACTOR, tmp_path / "gone.png", QUIET)


def test_a_quiz_keeps_what_it_pinned_until_it_takes_what_is_new(
    banks: QuestionBanks, bank_id: UUID
) -> None:
    edited, gone, _same = filled(banks, bank_id, "A", "B", "C")
    plan = banks.pools.lesson(ACTOR, bank_id)
    assert [one.total for one in banks.pools.banks_of(ACTOR, plan)] == [0]
    known = banks.question(ACTOR, edited)
    newest = banks.edit(ACTOR, edited, a_statement("A?"), known.version_id)
    banks.withdraw(ACTOR, gone)
    banks.add(ACTOR, bank_id, a_statement("D"))

    (found,) = banks.pools.banks_of(ACTOR, plan)
    renewed = banks.pools.renewed(ACTOR, plan)

    assert (found.id, found.changed, found.withdrawn, found.added, found.total) == (
        bank_id, 1, 1, 1, 3,
    )  # fmt: skip
    assert known.version_id in quiz_of(plan).sections[0].pool
    pool = quiz_of(renewed).sections[0].pool
    assert pool[0] == newest
    assert len(pool) == 3
    assert renewed.key == plan.key
    assert [one.total for one in banks.pools.banks_of(ACTOR, renewed)] == [0]


def test_a_learner_goes_on_with_the_version_that_was_published(
    banks: QuestionBanks, bank_id: UUID, site: Site
) -> None:
    (question_id,) = filled(banks, bank_id, "Old words")
    school, asha = a_school(site), a_learner(site)
    course_id = published(site, Outline(title="L", lessons=(banks.pools.lesson(ACTOR, bank_id),)))
    lesson_id = school.learning.begin(asha, course_id).lessons[0].lesson_id
    seen = banks.question(ACTOR, question_id).version_id
    banks.edit(ACTOR, question_id, a_statement("New words"), seen)

    attempt = school.quizzes.start(asha, lesson_id)

    assert attempt.questions[0].question.stem.source == "Old words"


def test_a_learner_is_asked_in_the_language_of_the_attempt(
    banks: QuestionBanks, bank_id: UUID, site: Site
) -> None:
    main = a_statement("The lock stays on.")
    hindi = a_statement("ताला लगा रहता है।")
    banks.add(ACTOR, bank_id, with_translation(main, "hi", hindi))
    school, asha = a_school(site), a_learner(site)
    course_id = published(site, Outline(title="L", lessons=(banks.pools.lesson(ACTOR, bank_id),)))
    lesson_id = school.learning.begin(asha, course_id).lessons[0].lesson_id

    attempt = school.quizzes.start(asha, lesson_id, "hi")
    (asked,) = attempt.questions
    school.quizzes.answer(asha, attempt.attempt_id, asked.question_id, Chosen(keys=("true",)))
    outcome = school.quizzes.submit(asha, attempt.attempt_id)

    assert asked.question.stem.source == "ताला लगा रहता है।"
    assert outcome.score.passed


def test_sections_follow_the_first_tag_and_new_questions_find_theirs(
    banks: QuestionBanks, bank_id: UUID
) -> None:
    for words, tag in (("A", "locks"), ("B", "keys"), ("C", "locks")):
        banks.add(ACTOR, bank_id, a_statement(words, tags=(tag,)))
    plan = banks.pools.by_tag(ACTOR, banks.pools.lesson(ACTOR, bank_id))
    sections = quiz_of(plan).sections
    assert [(one.title, len(one.pool)) for one in sections] == [("locks", 2), ("keys", 1)]
    banks.add(ACTOR, bank_id, a_statement("D", tags=("new", "locks")))
    banks.add(ACTOR, bank_id, a_statement("E"))

    renewed = quiz_of(banks.pools.renewed(ACTOR, plan))

    assert [(one.title, len(one.pool)) for one in renewed.sections] == [("locks", 3), ("keys", 2)]


def test_a_section_draws_no_more_than_is_left(banks: QuestionBanks, bank_id: UUID) -> None:
    first, *_rest = filled(banks, bank_id, "A", "B")
    plan = banks.pools.lesson(ACTOR, bank_id)
    plan.body["quiz"]["sections"][0].update(draw=2, minimum="1/2")
    banks.withdraw(ACTOR, first)

    (section,) = quiz_of(banks.pools.renewed(ACTOR, plan)).sections

    assert (section.draw, section.minimum, len(section.pool)) == (None, Fraction(1, 2), 1)


def test_an_empty_bank_makes_no_quiz(banks: QuestionBanks, bank_id: UUID) -> None:
    with pytest.raises(NothingToImport):
        banks.pools.lesson(ACTOR, bank_id)
