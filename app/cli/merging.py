"""`people duplicates | merge | keep-apart | merged | unmerge`: two who are there twice become one."""

from typing import Annotated

import typer

from app.cli.frame import Frame, frame_of
from app.cli.person_called import PersonCalled, person_called
from app.core.base.errors import NotFound, NotOne
from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.people import PersonId
from app.core.people.merging import Likeness, MergedPerson, Proposal, Side

_Reason = Annotated[str, typer.Option(help=_("Why; kept in the records."))]


def add_commands(people: typer.Typer) -> None:
    """Let `people` have these commands."""
    people.command("duplicates")(duplicates)
    people.command("merge")(merge)
    people.command("keep-apart")(keep_apart)
    people.command("merged")(merged)
    people.command("unmerge")(unmerge)


def duplicates(context: typer.Context) -> None:
    """List who probably is there twice, the likeliest first."""
    frame = frame_of(context)
    found = frame.services.people.merging.proposals(frame.actor())
    count = plural("{count} pair", "{count} pairs", len(found))
    frame.tell(
        "\n".join([*(_proposal_text(one) for one in found), count]),
        {"proposals": [_proposal_data(one) for one in found]},
    )


def merge(
    context: typer.Context, stays: PersonCalled, other: PersonCalled, reason: _Reason
) -> None:
    """Let the records of two people stand under the first of them."""
    frame = frame_of(context)
    merging, actor = frame.services.people.merging, frame.actor()
    stays_id, other_id = person_called(frame, stays), person_called(frame, other)
    merging.merge(actor, stays_id, other_id, reason)
    _tell_merged(frame, merging.merged_into(actor, stays_id))


def keep_apart(
    context: typer.Context, one: PersonCalled, other: PersonCalled, reason: _Reason
) -> None:
    """Say that two people are two: they are not proposed again."""
    frame = frame_of(context)
    first, second = person_called(frame, one), person_called(frame, other)
    frame.services.people.merging.keep_apart(frame.actor(), first, second, reason)
    frame.tell(_("Kept apart."), {"apart": [str(first), str(second)]})


def merged(context: typer.Context) -> None:
    """List who was merged into whom, by whom and why."""
    frame = frame_of(context)
    _tell_merged(frame, frame.services.people.merging.merged(frame.actor()))


def unmerge(context: typer.Context, who: PersonCalled, reason: _Reason) -> None:
    """Undo a merge: somebody is a person again, with everything that was theirs."""
    frame = frame_of(context)
    merging, actor = frame.services.people.merging, frame.actor()
    merged_id = _merged(who, merging.merged(actor))
    merging.undo(actor, merged_id, reason)
    person = frame.services.people.person(actor, merged_id)
    frame.tell(
        _("{number} {name} is a person again.").format(number=person.number, name=person.name),
        {"id": str(person.id), "number": person.number, "name": person.name},
    )


def _merged(who: str, people: tuple[MergedPerson, ...]) -> PersonId:
    """Return whose merge an id or a number means. Raises NotFound, NotOne."""
    found = [one.id for one in people if str(one.id) == who.lower() or one.number == who.upper()]
    what = _("The merged person {number}").format(number=who)
    if not found:
        raise NotFound(what)
    if len(found) > 1:
        raise NotOne(what)
    return found[0]


def _proposal_text(one: Proposal) -> str:
    alike = ", ".join(sorted(likeness.value for likeness in one.likenesses))
    return f"{_side_text(one.stays)}\n{_side_text(one.other)}\n    {alike}"


def _side_text(side: Side) -> str:
    since = day(side.joined_on) if side.joined_on else "–"
    place = side.org_unit or "–"
    return f"{side.id}\t{side.number}\t{side.name}\t{place}\t{since}"


def _proposal_data(one: Proposal) -> dict[str, object]:
    return {
        "stays": _side_data(one.stays),
        "other": _side_data(one.other),
        "alike_in": [likeness.value for likeness in Likeness if likeness in one.likenesses],
        "is_strong": one.is_strong,
    }


def _side_data(side: Side) -> dict[str, object]:
    return {
        "id": str(side.id),
        "number": side.number,
        "name": side.name,
        "name_local": side.name_local,
        "email": side.email,
        "joined_on": side.joined_on,
        "left_on": side.left_on,
        "org_unit": side.org_unit,
        "job_role": side.job_role,
        "login": side.login,
        "records": side.records,
    }


def _tell_merged(frame: Frame, people: tuple[MergedPerson, ...]) -> None:
    known, actor = frame.services.people, frame.actor()
    stays = {one.stays_id: known.person(actor, one.stays_id) for one in people}
    lines = [
        _("{number} {name} was merged into {stays} by {who}: {reason}").format(
            number=one.number,
            name=one.name,
            stays=f"{stays[one.stays_id].number} {stays[one.stays_id].name}",
            who=one.by_name or "–",
            reason=one.reason,
        )
        for one in people
    ]
    frame.tell(
        "\n".join(lines) or _("Nobody was merged."),
        {
            "merged": [
                {
                    "id": str(one.id),
                    "number": one.number,
                    "name": one.name,
                    "into": str(one.stays_id),
                    "reason": one.reason,
                    "at": one.at,
                    "by": one.by_name,
                }
                for one in people
            ]
        },
    )
