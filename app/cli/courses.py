"""`course`: list, show, publish and retire courses, beside how they come in, are approved and go out."""

from typing import Annotated

import typer

from app.cli import course_approvals, course_import, course_samples
from app.cli.course_called import CourseCalled, course_called
from app.cli.course_export import export
from app.cli.course_versions import course_data, version_line
from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.cli.where_used import course_where_used
from app.core.base.figures import duration
from app.core.base.paging import PageRequest
from app.core.base.words import _
from app.core.courses import CourseSummary

commands = typer.Typer(name="course", help=_("Courses: import, publish, retire."))

course_import.add_commands(commands)
course_samples.add_commands(commands)
course_approvals.add_commands(commands)
commands.command("where-used")(course_where_used)
commands.command()(export)
_EVERYTHING = 1_000_000


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
    frame.tell("\n".join([title, *lessons, *versions]), course_data(detail))


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
