"""`people shifts`: the hours of shifts, holidays, and who is at work when."""

from typing import Annotated, Any

import typer

from app.cli.days import day_of, time_of
from app.cli.frame import Frame, frame_of
from app.core.base.clock import wall_time
from app.core.base.figures import day, number
from app.core.base.words import _
from app.core.people.shifts import (
    Holiday,
    ListedShift,
    NewShift,
    PersonAt,
    ShiftAt,
    ShiftRefused,
    WorkingHours,
    at_time_in_words,
    hours_to_come,
    pattern_in_words,
    planned_in_words,
    read_pattern,
    write_pattern,
)

commands = typer.Typer(
    name="shifts", help=_("Hours of shifts, holidays, and who is at work: show, set, close.")
)

_Name = Annotated[str, typer.Argument(help=_("What stands on people: A, General, Night."))]
_Reason = Annotated[str, typer.Option(help=_("Why; kept in the records."))]


@commands.callback(invoke_without_command=True)
def whole(context: typer.Context) -> None:
    """List the shifts, where nothing else is asked for."""
    if context.invoked_subcommand is None:
        list_shifts(context)


@commands.command("list")
def list_shifts(context: typer.Context) -> None:
    """List the shifts, and the words on people of which no hours are known: name, hours, people, next."""
    frame = frame_of(context)
    _tell(frame, frame.services.people.shifts.all(frame.actor()))


@commands.command("set")
def set_shift(
    context: typer.Context,
    name: _Name,
    begins: Annotated[
        str, typer.Option("--from", help=_("A day on which the pattern begins, YYYY-MM-DD."))
    ],
    pattern: Annotated[
        str, typer.Option(help=_("Days and hours of one round, as 6x06:00-14:00, 2xoff."))
    ],
    works_on_holidays: Annotated[
        bool, typer.Option("--works-on-holidays", help=_("They work on holidays, too."))
    ] = False,
    effective: Annotated[
        str | None,
        typer.Option(
            help=_("First day of these hours, YYYY-MM-DD; in place of those now without.")
        ),
    ] = None,
    reason: _Reason = "",
) -> None:
    """Say the hours of a shift, from a day on or in place of those it has."""
    frame = frame_of(context)
    anchor = day_of(begins) or frame.today()
    new = NewShift(
        name=name, pattern=read_pattern(pattern, anchor), works_on_holidays=works_on_holidays
    )
    frame.services.people.shifts.say(frame.actor(), new, reason, day_of(effective))
    _tell(frame, frame.services.people.shifts.all(frame.actor()))


@commands.command("take-back")
def take_back(
    context: typer.Context,
    name: _Name,
    effective: Annotated[str, typer.Argument(help=_("First day of the hours, YYYY-MM-DD."))],
    reason: _Reason = "",
) -> None:
    """Let hours that were entered ahead not come."""
    frame = frame_of(context)
    shifts = frame.services.people.shifts
    shifts.take_back(frame.actor(), name, day_of(effective) or frame.today(), reason)
    _tell(frame, shifts.all(frame.actor()))


@commands.command()
def close(context: typer.Context, name: _Name, reason: _Reason = "") -> None:
    """Let the hours of a shift be known no more; the word stays on its people."""
    frame = frame_of(context)
    frame.services.people.shifts.close(frame.actor(), name, reason)
    _tell(frame, frame.services.people.shifts.all(frame.actor()))


@commands.command()
def holidays(
    context: typer.Context,
    add: Annotated[
        tuple[str, str] | None, typer.Option(help=_("A day, YYYY-MM-DD, and what it is called."))
    ] = None,
    remove: Annotated[
        str | None, typer.Option(help=_("A day that is none after all, YYYY-MM-DD."))
    ] = None,
    reason: _Reason = "",
) -> None:
    """List the holidays of the site, add one, or take one away."""
    frame = frame_of(context)
    shifts, actor = frame.services.people.shifts, frame.actor()
    if add is not None and remove is not None:
        raise ShiftRefused(
            _("A holiday is to be added and another taken away at once."),
            _("Give either --add or --remove."),
        )
    gone, new = day_of(remove), day_of(add[0] if add else None)
    if new is not None and add is not None:
        shifts.add_holiday(actor, new, add[1], reason)
    if gone is not None:
        shifts.remove_holiday(actor, gone, reason)
    found = shifts.holidays(actor)
    frame.tell(
        "\n".join(map(_holiday_line, found)) or _("No holidays."),
        {"holidays": [{"on": one.on, "name": one.name} for one in found]},
    )


@commands.command()
def at(
    context: typer.Context,
    time: Annotated[
        str | None, typer.Argument(help=_("A local time, as 2026-12-31T14:00; else now."))
    ] = None,
    people: Annotated[
        bool, typer.Option("--people", help=_("Name them, and those whose hours are not known."))
    ] = False,
) -> None:
    """Say who is at work at a time: how many of each shift, or who."""
    frame = frame_of(context)
    shifts, actor = frame.services.people.shifts, frame.actor()
    instant = None if time is None else time_of(time)
    counted = shifts.at(actor, instant)
    named = shifts.people_at(actor, instant) if people else ()
    data: dict[str, Any] = {
        "at": (shifts.now() if instant is None else wall_time(instant)).isoformat(
            timespec="minutes"
        ),
        "shifts": [_shift_at(one) for one in counted],
    }
    if people:
        data["people"] = [_person_at(one) for one in named]
    lines = map(_person_line, named) if people else map(_shift_line, counted)
    frame.tell("\n".join(lines) or _("Nobody is here yet."), data)


def _tell(frame: Frame, found: tuple[ListedShift, ...]) -> None:
    now = frame.services.people.shifts.now()
    lines = (
        "\t".join(
            (
                one.name or _("(no shift)"),
                pattern_in_words(one.shift.pattern) if one.shift else _("hours not known"),
                number(one.people),
                hours_to_come(one.following, now),
            )
        )
        for one in found
    )
    ahead = (
        f"\t{one.name}\t{planned_in_words(each)}"
        for one in found
        if one.shift is not None
        for each in one.shift.planned
    )
    frame.tell(
        "\n".join((*lines, *ahead)) or _("No shift stands on anybody yet."),
        {"shifts": [_data(one) for one in found]},
    )


def _data(one: ListedShift) -> dict[str, Any]:
    shift = one.shift
    return {
        "name": one.name,
        "people": one.people,
        "is_known": shift is not None,
        "from": shift and shift.pattern.anchor,
        "pattern": shift and write_pattern(shift.pattern),
        "works_on_holidays": shift and shift.works_on_holidays,
        "planned": [
            {
                "effective": each.from_on,
                "from": each.pattern.anchor,
                "pattern": write_pattern(each.pattern),
                "works_on_holidays": each.works_on_holidays,
            }
            for each in (shift.planned if shift else ())
        ],
        "now": _hours(one.now),
        "next": _hours(one.following),
    }


def _hours(found: WorkingHours | None) -> dict[str, str] | None:
    if found is None:
        return None
    begins, ends = (one.isoformat(timespec="minutes") for one in (found.begins, found.ends))
    return {"begins": begins, "ends": ends}


def _holiday_line(one: Holiday) -> str:
    return f"{day(one.on)}\t{one.name}"


def _shift_line(one: ShiftAt) -> str:
    name = one.at.shift or _("(no shift)")
    return "\t".join((name, at_time_in_words(one.at), number(one.people)))


def _shift_at(one: ShiftAt) -> dict[str, Any]:
    return {
        "shift": one.at.shift,
        "state": one.at.state.value,
        "hours": _hours(one.at.hours),
        "people": one.people,
    }


def _person_line(one: PersonAt) -> str:
    about = at_time_in_words(one.at)
    return "\t".join((one.number, one.name, one.org_unit or "–", one.at.shift or "–", about))


def _person_at(one: PersonAt) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "unit": one.org_unit,
        "shift": one.at.shift,
        "state": one.at.state.value,
    }
