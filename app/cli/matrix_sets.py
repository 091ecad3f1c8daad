"""`training matrix curricula` and `audiences`: what columns and rows of the matrix stand for."""

from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.matrix import carry_out
from app.cli.matrix_words import text
from app.cli.rules import condition_of
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.training.enrolment import in_words, to_json
from app.core.training.matrix import Curriculum, Proposal, SavedAudience

curricula = typer.Typer(name="curricula", help=_("Named sets of requirements: list, add, change."))
audiences = typer.Typer(name="audiences", help=_("Saved conditions on people: list, add, change."))

_Code = Annotated[str, typer.Argument(help=_("Its code."))]
_Title = Annotated[str, typer.Argument(help=_("Its title."))]
_Holds = Annotated[
    list[str] | None,
    typer.Option(help=_("Code of a requirement or curriculum; all of them, in order.")),
]
_Where = Annotated[
    list[str] | None, typer.Option(help=_("attribute=value,value; several must all hold."))
]
_Tree = Annotated[str | None, typer.Option(help=_("The whole tree as JSON, instead of --where."))]
_From = Annotated[str | None, typer.Option("--from", help=_("The day it takes effect; today."))]
_Reason = Annotated[str, typer.Option(help=_("Why."))]
_DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only say what it would do."))]
_Confirm = Annotated[
    int | None, typer.Option(help=_("The number of people, where it reaches many."))
]


@curricula.command("list")
def list_curricula(context: typer.Context) -> None:
    """List the curricula by code with what they hold today."""
    frame = frame_of(context)
    found = frame.services.training.matrix.curricula.all(frame.actor())
    lines = [_curriculum_line(one) for one in found]
    frame.tell(
        "\n".join(lines) or _("There are no curricula yet."),
        {"curricula": [_curriculum(one) for one in found]},
    )


@curricula.command("add")
def add_curriculum(
    context: typer.Context, code: _Code, title: _Title, holds: _Holds = None
) -> None:
    """Add a curriculum. It reaches nobody until it is put into the matrix."""
    frame = frame_of(context)
    sets, actor = frame.services.training.matrix.curricula, frame.actor()
    sets.add(actor, code, title, _things(frame, holds or []))
    added = sets.coded(actor, code)
    frame.tell(_curriculum_line(added), _curriculum(added))


@curricula.command("change")
def change_curriculum(
    context: typer.Context,
    code: _Code,
    holds: _Holds = None,
    begins: _From = None,
    reason: _Reason = "",
    dry_run: _DryRun = False,
    confirm: _Confirm = None,
) -> None:
    """Let a curriculum hold something else from a day on."""
    frame = frame_of(context)
    found = frame.services.training.matrix.curricula.coded(frame.actor(), code)
    proposal = Proposal(parts={found.id: _things(frame, holds or [])})
    carry_out(frame, proposal, begins, reason, dry_run, confirm)


@curricula.command("retire")
def retire_curriculum(
    context: typer.Context,
    code: _Code,
    on: Annotated[str | None, typer.Option(help=_("First day; today."))] = None,
    reason: _Reason = "",
) -> None:
    """Give it to nobody any more; who has something of it keeps that."""
    frame = frame_of(context)
    sets, actor = frame.services.training.matrix.curricula, frame.actor()
    day = day_of(on) or frame.today()
    sets.retire(actor, sets.coded(actor, code).id, day, reason)
    found = sets.coded(actor, code)
    frame.tell(_curriculum_line(found), _curriculum(found))


@audiences.command("list")
def list_audiences(context: typer.Context) -> None:
    """List this site's audiences by code: how many people, title, condition."""
    frame = frame_of(context)
    found = frame.services.training.matrix.audiences.all(frame.actor())
    lines = [_audience_line(one) for one in found]
    frame.tell(
        "\n".join(lines) or _("There are no audiences yet."),
        {"audiences": [_audience(one) for one in found]},
    )


@audiences.command("add")
def add_audience(
    context: typer.Context,
    code: _Code,
    title: _Title,
    where: _Where = None,
    condition: _Tree = None,
) -> None:
    """Add an audience. Nothing is asked of it until the matrix says so."""
    frame = frame_of(context)
    saved, actor = frame.services.training.matrix.audiences, frame.actor()
    saved.add(actor, code, title, condition_of(where or [], condition))
    added = saved.coded(actor, code)
    frame.tell(_audience_line(added), _audience(added))


@audiences.command("change")
def change_audience(
    context: typer.Context,
    code: _Code,
    where: _Where = None,
    condition: _Tree = None,
    reason: _Reason = "",
    dry_run: _DryRun = False,
    confirm: _Confirm = None,
) -> None:
    """Let an audience mean other people from today on."""
    frame = frame_of(context)
    found = frame.services.training.matrix.audiences.coded(frame.actor(), code)
    proposal = Proposal(conditions={found.id: condition_of(where or [], condition)})
    carry_out(frame, proposal, None, reason, dry_run, confirm)


@audiences.command("retire")
def retire_audience(context: typer.Context, code: _Code, reason: _Reason = "") -> None:
    """Take an audience, of which nothing is asked, out of the matrix."""
    frame = frame_of(context)
    matrix, actor = frame.services.training.matrix, frame.actor()
    matrix.retire_audience(actor, matrix.audiences.coded(actor, code).id, reason)
    found = matrix.audiences.coded(actor, code)
    frame.tell(_audience_line(found), _audience(found))


def _things(frame: Frame, codes: list[str]) -> tuple[UUID, ...]:
    columns = frame.services.training.matrix.grid(frame.actor()).columns
    ids = {one.code: one.id for one in columns}
    for code in codes:
        if code.upper() not in ids:
            raise NotFound(_("The requirement or curriculum {code}").format(code=code))
    return tuple(ids[code.upper()] for code in codes)


def _curriculum_line(one: Curriculum) -> str:
    return f"{one.code}\t{one.title}\t{', '.join(part.code for part in one.parts)}"


def _curriculum(one: Curriculum) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "code": one.code,
        "title": one.title,
        "retired": text(one.retired_on),
        "holds": [part.code for part in one.parts],
    }


def _audience_line(one: SavedAudience) -> str:
    return f"{one.code}\t{one.people}\t{one.title}\t{in_words(one.condition)}"


def _audience(one: SavedAudience) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "code": one.code,
        "title": one.title,
        "people": one.people,
        "retired": text(one.retired_on),
        "condition": to_json(one.condition),
        "in_words": in_words(one.condition),
    }
