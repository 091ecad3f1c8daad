"""`course import`, `check`, `convert`: how courses come in."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.course_called import CourseCalled, course_called
from app.cli.course_report import check_data, lines_of, package_data, report_text
from app.cli.course_versions import course_data
from app.cli.frame import Frame, frame_of
from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.words import _, plural
from app.core.courses import (
    CourseDetail,
    CourseRecordings,
    FolderRefused,
    ImportBlocked,
    ImportReport,
    brought_along,
)


def add_commands(commands: typer.Typer) -> None:
    """Let a group have the commands by which courses come in."""
    commands.command("import")(import_)
    for act in (check, convert):
        commands.command()(act)


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
    tell_imported(frame, reports, made, trouble)


def check(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=_("A folder or a file."))],
) -> int:
    """Say what would become of a folder or a package. Writes nothing."""
    frame = frame_of(context)
    try:
        report = frame.services.courses.check_folder(frame.actor(), path, frame.progress())
    except FolderRefused as refusal:
        frame.tell(str(refusal), check_data(path.name, (), (str(refusal),), launchable=False))
        return 2
    warnings, problems = lines_of(report.warnings), lines_of(report.problems)
    data = check_data(report.title, warnings, problems, launchable=report.can_import)
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
    data.update(package_data(report.package))
    frame.tell(report_text(report), data)
    return 2 if problems else 0


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


def tell_imported(
    frame: Frame,
    reports: Sequence[ImportReport],
    made: Sequence[UUID],
    trouble: Sequence[str],
    **also: object,
) -> None:
    """Tell which drafts were made, what came along, and what is wrong; `also` goes into the JSON."""
    courses, actor = frame.services.courses, frame.actor()
    details = [courses.detail(actor, course_id) for course_id in made]
    stands = [frame.services.recordings.of(actor, course_id) for course_id in made]
    told = [
        *map(_imported_line, details),
        *(f"  + {one}" for report in reports for one in brought_along(report.sample)),
        *chain.from_iterable(map(_recording_lines, stands)),
        *trouble,
    ]
    imported = [
        {**course_data(detail), "recordings": _recordings_data(one)}
        for detail, one in zip(details, stands, strict=True)
    ]
    warnings = lines_of(one for report in reports for one in report.warnings)
    problems = lines_of(one for report in reports for one in report.problems)
    said = {"courses": imported, "warnings": [*warnings, *trouble], "problems": [*problems], **also}
    frame.tell("\n".join(told), said)


def _converted(frame: Frame, made: Iterable[UUID]) -> Iterator[str]:
    """Convert what can be; yield what kept it from being done: the courses are imported already."""
    recordings, actor = frame.services.recordings, frame.actor()
    for course_id in made:
        try:
            if recordings.of(actor, course_id).can_convert:
                recordings.convert(actor, course_id, frame.progress())
        except UserFacingError as error:
            yield error.sentence


def _imported_line(detail: CourseDetail) -> str:
    return _("{code}  {title}: a draft with {count} lessons, {id}").format(
        code=detail.code,
        title=detail.outline.title,
        count=number(len(detail.outline.lessons)),
        id=detail.id,
    )


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
