"""A course goes out as a folder, and what is made of that folder is the same course."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest

from app.bootstrap.benches.small_site import open_small_site
from app.core.assessments import QUIZ_KIND
from app.core.assessments.quiz_lessons import AskedQuestions, quiz_of
from app.core.assessments.stored import question_to_json
from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.base.resources import resource
from app.core.content import read_package_index
from app.core.courses import LessonPlan, Outline
from app.core.courses.editing import acknowledgement
from app.core.courses.outline import CompletionRule, Variant, to_json
from app.core.courses.queries import course_row, newest_outline
from app.core.egress import FileTaken
from app.services import Services

BOSS = system_actor("Author")
NOBODY = UUID(int=0)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, Services]]:
    """Two sites that do not know of each other."""
    opened = [open_small_site(tmp_path_factory.mktemp("site")).services for _one in range(2)]
    yield opened[0], opened[1]
    for one in opened:
        one.close()


def outline_of(services: Services, course_id: UUID) -> Outline:
    with services.open_site.site.read() as session:
        return newest_outline(session, course_id)


def plain(services: Services, outline: Outline) -> Outline:
    """An outline without what is another's in every course: keys, and ids of questions."""
    return replace(outline, lessons=tuple(_plain(services, one) for one in outline.lessons))


def _plain(services: Services, lesson: LessonPlan) -> LessonPlan:
    body = dict(lesson.body)
    if lesson.kind == QUIZ_KIND:
        quiz = quiz_of(lesson)
        with services.open_site.site.read() as session:
            asked = AskedQuestions().of(session, (key for one in quiz.sections for key in one.pool))
        body = {
            "settings": quiz.settings,
            "sections": [replace(one, pool=()) for one in quiz.sections],
            "questions": [
                [question_to_json(asked[key]) for key in one.pool] for one in quiz.sections
            ],
        }
    variants = tuple(replace(one, **_shown(services, lesson, one)) for one in lesson.variants)
    return replace(lesson, key=NOBODY, body=body, variants=variants)


def _shown(services: Services, lesson: LessonPlan, variant: Variant) -> dict[str, str]:
    """What a variant shows, whatever its file was called: of a package, its files."""
    if lesson.kind != "package":
        return {"title": ""}
    index = read_package_index(services.assets, variant.asset)
    return {"title": "", "asset": repr(replace(index, archive_sha256=""))}


@pytest.mark.parametrize("sample", ["fire", "posh"])
def test_what_comes_in_again_is_the_same_course(
    sample: str, sites: tuple[Services, Services], tmp_path: Path
) -> None:
    here, there = sites
    folder = Path(str(resource("demo", "courses", sample)))
    made = here.courses.import_folder(BOSS, folder, NoProgress())
    out = tmp_path / "out"

    count = here.courses.exporting.export(BOSS, made, out, NoProgress())

    assert count == len([one for one in out.rglob("*") if one.is_file()])
    report = there.courses.check_folder(BOSS, out, NoProgress())
    assert (report.problems, report.warnings, report.unused) == ((), (), ())
    again = there.courses.import_folder(BOSS, report, NoProgress())
    assert plain(there, outline_of(there, again)) == plain(here, outline_of(here, made))
    assert there.courses.detail(BOSS, again).code == here.courses.detail(BOSS, made).code
    with pytest.raises(FileTaken):
        here.courses.exporting.export(BOSS, made, out, NoProgress())


def test_rules_statements_and_packages_are_kept(
    sites: tuple[Services, Services], tmp_path: Path
) -> None:
    here, there = sites
    folder = tmp_path / "Forklifts"
    folder.mkdir()
    (folder / "01-read.md").write_text("# Read: this\n\nSlowly.")
    with ZipFile(folder / "02-web.zip", "w") as package:
        package.writestr("index.html", "<h1>Look</h1>")
        package.writestr("pictures/one.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    made = here.courses.import_folder(BOSS, folder, NoProgress())
    outline = outline_of(here, made)
    first, second = outline.lessons
    said = {"en": "I have read it.", "hi": "मैंने पढ़ लिया है।"}
    statement = acknowledgement(said, language="en", title="Sign / here", is_signed=True)
    rule = CompletionRule(share=Fraction(7, 9), active_seconds=11)
    wanted = replace(
        outline,
        certificate=None,
        in_order=False,
        lessons=(
            replace(first, rule=rule, is_required=False, seconds=61),
            replace(statement, seconds=75),
            replace(second, is_locked_first=False),
        ),
    )
    with here.open_site.site.transaction(BOSS, "course.save-draft") as unit:
        course_row(unit, made).draft = to_json(wanted)

    here.courses.exporting.export(BOSS, made, tmp_path / "out", NoProgress())
    again = there.courses.import_folder(BOSS, tmp_path / "out", NoProgress())

    assert plain(there, outline_of(there, again)) == plain(here, wanted)


def test_a_quiz_or_a_statement_that_is_none_is_told(
    sites: tuple[Services, Services], tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    for name, content in (
        ("01-a.quiz", b"{}"),
        ("02-b.quiz", b"\xff"),
        ("03-c.statement", b"[]"),
        ("04-d.statement", b'{"statements": {"en": 3}}'),
        ("05-e.quiz", b'{"quiz": {"schema": 1}, "questions": {"x": 1}}'),
    ):
        (folder / name).write_bytes(content)
    report = sites[0].courses.check_folder(BOSS, folder, NoProgress())
    assert len([one for one in report.problems if "that this program wrote" in one.text]) == 5
