"""`course where-used` and `bank where-used`: what would be touched by a change."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.course_called import CourseCalled, course_called
from app.cli.frame import Frame, frame_of
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.courses import Outline, assets_of
from app.core.reports import USE_KINDS, Use, Uses

QuestionOfBank = Annotated[
    UUID | None, typer.Option(help=_("Only this question, by its id as `bank show` says it."))
]
_Lesson = Annotated[
    int | None, typer.Option(help=_("Only the files of this lesson, by its place from 1."))
]


def course_where_used(context: typer.Context, course: CourseCalled, lesson: _Lesson = None) -> None:
    """Say which requirements, rules and other courses use a course, or a lesson's files."""
    frame = frame_of(context)
    course_id = course_called(frame, course)
    used, actor = frame.services.reports.where_used, frame.actor()
    if lesson is None:
        _tell(frame, used.course(actor, course_id))
        return
    outline = frame.services.courses.preview(actor, course_id)
    if not 1 <= lesson <= len(outline.lessons):
        raise NotFound(_("The lesson"))
    files = assets_of(Outline(title="", lessons=(outline.lessons[lesson - 1],)))
    found = [used.file(actor, sha256) for sha256 in sorted(files)]
    uses = tuple(dict.fromkeys(one for each in found for one in each.uses))
    _tell(frame, Uses(code="", title=outline.lessons[lesson - 1].title, uses=uses))


def bank_where_used(frame: Frame, bank_id: UUID, question: UUID | None) -> None:
    """Say which quizzes draw from a bank, or ask one question of it."""
    used, actor = frame.services.reports.where_used, frame.actor()
    found = used.bank(actor, bank_id) if question is None else used.question(actor, question)
    _tell(frame, found)


def _tell(frame: Frame, found: Uses) -> None:
    frame.tell(
        "\n".join(map(_line, found.uses)) or _("It is used nowhere."),
        {
            "code": found.code,
            "title": found.title,
            "uses": [
                {
                    "kind": one.kind.value,
                    "id": str(one.id),
                    "code": one.code,
                    "title": one.title,
                    "where": one.where,
                }
                for one in found.uses
            ],
        },
    )


def _line(one: Use) -> str:
    return f"{_(USE_KINDS[one.kind])}: {one.code} {one.title}  {one.where}"
