"""`course submit`, `approve`, `reject`, `withdraw`, `review`, `compare`: versions that somebody approves."""

from typing import Annotated

import typer

from app.cli.approvals import (
    From,
    Reason,
    Remark,
    approve_subject,
    comparison_data,
    reject_subject,
    tell_review,
    withdraw_subject,
)
from app.cli.course_called import CourseCalled, course_called
from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.core.approvals import Subject, comparison_lines
from app.core.base.errors import NotFound
from app.core.base.words import _

_Version = Annotated[int | None, typer.Option(help=_("Number of a version."))]


def add_commands(commands: typer.Typer) -> None:
    """Let a group have the commands of approving courses."""
    for act in (submit, withdraw, review, approve, reject, compare):
        commands.command()(act)


def submit(
    context: typer.Context,
    course: CourseCalled,
    note: Annotated[str, typer.Option(help=_("What is new in this version."))] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Submit although something is amiss."))
    ] = False,
) -> None:
    """Freeze the draft as a version and submit it for approval."""
    frame = frame_of(context)
    courses, actor = frame.services.courses, frame.actor()
    course_id = course_called(frame, course)
    confirmed = courses.warnings(actor, course_id) if yes else ()
    sent = courses.approving.submit(actor, course_id, note, confirmed)
    frame.tell(
        _("{code} version {version} is submitted for approval.").format(
            code=sent.code, version=sent.number
        ),
        {
            "id": str(sent.course_id),
            "code": sent.code,
            "version": sent.number,
            "version_id": str(sent.version_id),
            "sha256": sent.sha256,
            "confirmed": [warning.sentence for warning in confirmed],
        },
    )


def review(context: typer.Context, course: CourseCalled) -> None:
    """Show what of a course waits for an approval, and what differs from the version in force."""
    frame = frame_of(context)
    tell_review(frame, _waiting(frame, course))


def approve(
    context: typer.Context, course: CourseCalled, from_: From = None, remark: Remark = ""
) -> None:
    """Approve and sign what of a course waits, effective from a day on. Asks for the password."""
    frame = frame_of(context)
    approve_subject(frame, _waiting(frame, course), day_of(from_), remark)


def reject(context: typer.Context, course: CourseCalled, reason: Reason) -> None:
    """Send what of a course waits back to its authors."""
    frame = frame_of(context)
    reject_subject(frame, _waiting(frame, course), reason)


def withdraw(context: typer.Context, course: CourseCalled, reason: Reason) -> None:
    """Take back what of a course was submitted."""
    frame = frame_of(context)
    withdraw_subject(frame, _waiting(frame, course), reason)


def compare(
    context: typer.Context,
    course: CourseCalled,
    before: _Version = None,
    after: _Version = None,
) -> None:
    """Say what differs between two versions: the one in force and the draft, unless said."""
    frame = frame_of(context)
    course_id = course_called(frame, course)
    found = frame.services.courses.reviews.compare(frame.actor(), course_id, before, after)
    frame.tell("\n".join(comparison_lines(found)), {"id": str(course_id), **comparison_data(found)})


def _waiting(frame: Frame, course: str) -> Subject:
    """Return what of a course waits, the oldest of it; also by its own id. Raises NotFound."""
    course_id = course_called(frame, course)
    waiting = frame.services.courses.approving.waiting_of(frame.actor(), course_id)
    if not waiting:
        raise NotFound(_("What is to be approved"))
    return waiting[0]
