"""`course`: check and import folders and packages, list, show, publish and retire courses."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli import course_approvals
from app.cli.course_called import CourseCalled, course_called
from app.cli.course_export import export
from app.cli.course_versions import version_data, version_line
from app.cli.frame import Frame, frame_of
from app.cli.signing import undersigned
from app.cli.where_used import course_where_used
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.figures import duration, number, size
from app.core.base.paging import PageRequest
from app.core.base.words import _, current_language, plural
from app.core.content import LookedOver, standard_words
from app.core.courses import (
    CourseDetail,
    CourseRecordings,
    CourseSample,
    CourseSummary,
    Finding,
    FolderRefused,
    ImportBlocked,
    ImportReport,
    PlannedLesson,
    brought_along,
    course_samples,
)

commands = typer.Typer(name="course", help=_("Courses: import, publish, retire."))

course_approvals.add_commands(commands)
commands.command("where-used")(course_where_used)
commands.command()(export)
_EVERYTHING = 1_000_000


@commands.command("import")
def import_(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help=_("Folders or files; each becomes a course."))
    ],
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Leave out what cannot be imported."))
    ] = False,
    no_convert: Annotated[
        bool,
        typer.Option("--no-convert", help=_("Leave recordings that do not play as they are.")),
    ] = False,
) -> None:
    """Make a draft course of each folder or package. Nothing is imported when one of them is refused.

    Recordings in packages that do not play here are converted, if ffmpeg is on this PC.
    """
    frame = frame_of(context)
    courses, actor = frame.services.courses, frame.actor()
    reports = [courses.check_folder(actor, path, frame.progress()) for path in paths]
    for report in reports:
        if not report.can_import or (report.problems and not yes):
            raise ImportBlocked(report)
    made = [courses.import_folder(actor, report, frame.progress()) for report in reports]
    trouble = () if no_convert else tuple(_converted(frame, made))
    _tell_imported(frame, reports, made, trouble)


@commands.command()
def samples(context: typer.Context) -> None:
    """List the sample courses that come with the program."""
    language = current_language()
    offered = course_samples()
    frame_of(context).tell(
        "\n".join(f"{one.key:22}{one.file.code:9}{one.title(language)}" for one in offered),
        {"samples": [_sample_data(one, language) for one in offered]},
    )


@commands.command()
def begin(
    context: typer.Context,
    sample: Annotated[str, typer.Argument(help=_("The sample, as `course samples` calls it."))],
) -> None:
    """Make a draft of a sample course, to be adapted and published."""
    frame = frame_of(context)
    courses, actor = frame.services.courses, frame.actor()
    found = next((one for one in course_samples() if one.key == sample), None)
    if found is None:
        raise NotFound(_("The sample course {name}").format(name=sample))
    report = courses.check_folder(actor, found, frame.progress())
    made = courses.import_folder(actor, report, frame.progress())
    _tell_imported(frame, [report], [made], ())


@commands.command()
def check(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=_("A folder or a file."))],
) -> int:
    """Say what would become of a folder or a package. Writes nothing."""
    frame = frame_of(context)
    try:
        report = frame.services.courses.check_folder(frame.actor(), path, frame.progress())
    except FolderRefused as refusal:
        frame.tell(str(refusal), _check_data(path.name, (), (str(refusal),), launchable=False))
        return 2
    warnings, problems = _lines(report.warnings), _lines(report.problems)
    data = _check_data(report.title, warnings, problems, launchable=report.can_import)
    data["lessons"] = [
        {
            "kind": lesson.kind,
            "title": lesson.title,
            "files": lesson.files,
            "seconds": lesson.seconds,
        }
        for lesson in report.lessons
    ]
    data.update(code=report.code, unused=report.unused, size=report.size)
    data.update(_package_data(report.package))
    frame.tell(_report_text(report), data)
    return 2 if problems else 0


@commands.command()
def convert(context: typer.Context, course: CourseCalled) -> int:
    """Convert the recordings in a course's packages that do not play here. Needs ffmpeg."""
    frame = frame_of(context)
    recordings, actor = frame.services.recordings, frame.actor()
    course_id = course_called(frame, course)
    report = recordings.convert(actor, course_id, frame.progress())
    stands = recordings.of(actor, course_id)
    done = plural(
        "{count} recording was converted.",
        "{count} recordings were converted.",
        len(report.converted),
    )
    data = {"id": str(course_id), "converted": len(report.converted)}
    frame.tell("\n".join([done, *_recording_lines(stands)]), {**data, **_recordings_data(stands)})
    return 2 if stands.silent else 0


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List the courses."""
    frame = frame_of(context)
    rows = frame.services.courses.list(frame.actor(), PageRequest(limit=_EVERYTHING)).rows
    frame.tell(
        "\n".join(map(_summary_line, rows)) or _("There are no courses yet."),
        {"courses": [_summary_data(row) for row in rows]},
    )


@commands.command()
def show(context: typer.Context, course: CourseCalled) -> None:
    """Show a course with its lessons and versions."""
    frame = frame_of(context)
    detail = frame.services.courses.detail(frame.actor(), course_called(frame, course))
    lessons = [
        f"{position}. {lesson.title} ({lesson.kind}, {duration(lesson.seconds)})"
        for position, lesson in enumerate(detail.outline.lessons, start=1)
    ]
    title = f"{detail.code}  {detail.outline.title}  ({detail.state.value})"
    versions = map(version_line, (*detail.submitted, *detail.versions))
    frame.tell("\n".join([title, *lessons, *versions]), _data(detail))


@commands.command()
def publish(
    context: typer.Context,
    course: CourseCalled,
    note: Annotated[str, typer.Option(help=_("What is new in this version."))] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Publish although something is amiss."))
    ] = False,
) -> None:
    """Make the draft the version that new learners begin, where the site asks for no approval."""
    frame = frame_of(context)
    courses, actor = frame.services.courses, frame.actor()
    course_id = course_called(frame, course)
    confirmed = courses.warnings(actor, course_id) if yes else ()
    published = courses.publish(actor, course_id, note, confirmed)
    frame.tell(
        _("{code} version {version} is published.").format(
            code=published.code, version=published.number
        ),
        {
            "id": str(published.course_id),
            "code": published.code,
            "version": published.number,
            "version_id": str(published.version_id),
            "confirmed": [warning.sentence for warning in confirmed],
        },
    )


@commands.command()
def retire(
    context: typer.Context,
    course: CourseCalled,
    reason: Annotated[str, typer.Option(help=_("Why; it is kept in the journal."))] = "",
) -> None:
    """Take a course out of use, or propose it where the site asks for an approval. Its records stay."""
    frame = frame_of(context)
    course_id, courses, actor = course_called(frame, course), frame.services.courses, frame.actor()
    if courses.approving.is_asked():
        proposal = courses.approving.propose_retirement(actor, course_id, reason)
        frame.tell(
            _("It is proposed that the course is retired; somebody else approves it."),
            {"id": str(course_id), "state": "proposed", "proposal": str(proposal)},
        )
        return
    courses.retire(actor, course_id, reason)
    frame.tell(_("The course is retired."), {"id": str(course_id), "state": "retired"})


@commands.command("bring-back")
def bring_back(
    context: typer.Context,
    course: CourseCalled,
    reason: Annotated[str, typer.Option(help=_("Why; it is kept in the journal."))] = "",
) -> None:
    """Let a retired course be begun again; signed where the site asks for an approval."""
    frame = frame_of(context)
    course_id, courses, actor = course_called(frame, course), frame.services.courses, frame.actor()
    text = courses.approving.return_text(actor, course_id, reason)
    courses.bring_back(actor, course_id, reason, undersigned(frame, text) if text else None)
    frame.tell(_("The course is in use again."), {"id": str(course_id), "state": "published"})


def _sample_data(sample: CourseSample, language: str) -> dict[str, object]:
    return {
        "key": sample.key,
        "code": sample.file.code,
        "title": sample.title(language),
        "description": sample.description(language),
        "as_of": sample.as_of.isoformat(),
        "rests_on": sample.rests_on,
        "brings": list(brought_along(sample.key)),
    }


def _tell_imported(
    frame: Frame, reports: Sequence[ImportReport], made: Sequence[UUID], trouble: Sequence[str]
) -> None:
    courses, actor = frame.services.courses, frame.actor()
    details = [courses.detail(actor, course_id) for course_id in made]
    stands = [frame.services.recordings.of(actor, course_id) for course_id in made]
    told = [line for one in stands for line in _recording_lines(one)]
    warnings = [line for report in reports for line in _lines(report.warnings)]
    brought = [f"  + {one}" for report in reports for one in brought_along(report.sample)]
    frame.tell(
        "\n".join([*map(_imported_line, details), *brought, *told, *trouble]),
        {
            "courses": [
                {**_data(detail), "recordings": _recordings_data(one)}
                for detail, one in zip(details, stands, strict=True)
            ],
            "warnings": [*warnings, *trouble],
            "problems": [line for report in reports for line in _lines(report.problems)],
        },
    )


def _converted(frame: Frame, made: Iterable[UUID]) -> Iterator[str]:
    """Convert what can be; yield what kept it from being done: the courses are imported already."""
    recordings, actor = frame.services.recordings, frame.actor()
    for course_id in made:
        try:
            if recordings.of(actor, course_id).can_convert:
                recordings.convert(actor, course_id, frame.progress())
        except UserFacingError as error:
            yield error.sentence


def _recording_lines(stands: CourseRecordings) -> Iterator[str]:
    if stands.recordings:
        yield _("{playing} of {count} recordings in packages play.").format(
            playing=number(stands.playing), count=number(len(stands.recordings))
        )
    for one in stands.silent:
        yield f"  ! {one.lesson}: {one.recording.name}: {one.recording.why}"


def _recordings_data(stands: CourseRecordings) -> dict[str, object]:
    return {
        "recordings": len(stands.recordings),
        "playing": stands.playing,
        "not_playing": [
            {"lesson": one.lesson, "file": one.recording.name, "why": one.recording.why}
            for one in stands.silent
        ],
    }


def _lines(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.told for finding in findings)


def _check_data(
    title: str, warnings: Iterable[str], problems: Iterable[str], *, launchable: bool
) -> dict[str, object]:
    return {
        "standard": "folder",
        "edition": "",
        "title": title,
        "launchable": launchable,
        "warnings": list(warnings),
        "problems": list(problems),
    }


def _package_data(package: LookedOver | None) -> dict[str, object]:
    """Return what is told of one package beyond what is told of any folder."""
    if package is None:
        return {}
    manifest = package.manifest
    if manifest is None:
        return {"standard": ""}
    return {
        "standard": manifest.standard.value,
        "edition": manifest.edition,
        "launchable": bool(manifest.launchable) and not package.is_blocked,
        "activities": [
            {"id": activity.id, "title": activity.title, "launch": activity.launch}
            for activity in manifest.root.walk()
        ],
        "identifier": manifest.identifier,
        "language": manifest.language,
        "tool": package.tool,
        "files": package.files,
        "unpacked": package.size,
    }


def _report_text(report: ImportReport) -> str:
    found = plural("{count} lesson", "{count} lessons", len(report.lessons))
    lines = [f"{report.code}  {report.title}: {found}, {size(report.size)}"]
    lines += [
        f"  {position}. {lesson.title} ({_kind_words(lesson)})"
        for position, lesson in enumerate(report.lessons, start=1)
    ]
    lines += [f"  ✗ {line}" for line in _lines(report.problems)]
    lines += [f"  ! {line}" for line in _lines(report.warnings)]
    lines += [_("  – {name} is not used").format(name=name) for name in report.unused]
    return "\n".join(lines)


def _kind_words(lesson: PlannedLesson) -> str:
    package = lesson.package
    if package is None or package.manifest is None:
        return lesson.kind
    count = len(package.manifest.launchable)
    parts = plural("{count} activity", "{count} activities", count)
    told = (standard_words(package.manifest), parts, package.tool, size(package.size))
    return ", ".join(one for one in told if one)


def _imported_line(detail: CourseDetail) -> str:
    return _("{code}  {title}: a draft with {count} lessons, {id}").format(
        code=detail.code,
        title=detail.outline.title,
        count=number(len(detail.outline.lessons)),
        id=detail.id,
    )


def _data(detail: CourseDetail) -> dict[str, object]:
    return {
        "id": str(detail.id),
        "code": detail.code,
        "title": detail.outline.title,
        "version": detail.versions[0].number if detail.versions else None,
        "state": detail.state.value,
        "lessons": [
            {"id": str(lesson.key), "kind": lesson.kind, "title": lesson.title}
            for lesson in detail.outline.lessons
        ],
        "versions": [version_data(version) for version in detail.versions],
        "submitted": [version_data(version) for version in detail.submitted],
    }


def _summary_line(row: CourseSummary) -> str:
    version = "–" if row.version is None else f"v{row.version}"
    return f"{row.id}  {row.code}  {row.title}  {version}  {row.state.value}"


def _summary_data(row: CourseSummary) -> dict[str, object]:
    return {
        "id": str(row.id),
        "code": row.code,
        "title": row.title,
        "version": row.version,
        "state": row.state.value,
        "lessons": row.lessons,
    }
