"""`people`: list them, add one, show one; their accounts and HR files join here."""

from datetime import date, timedelta
from typing import Annotated

import typer

from app.cli import (
    accounts,
    delegations,
    erasing,
    further_roles,
    hr_files,
    merging,
    moving,
    organisation,
    people_owners,
    person_papers,
    photos,
    shifts,
)
from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.moving import Manager, place_of
from app.cli.organisation import coded_org_unit
from app.core.base.errors import NotFound
from app.core.base.figures import day, last_day
from app.core.base.paging import PageRequest
from app.core.base.words import _, plural
from app.core.people import (
    DetailRefused,
    GatePass,
    HomeSite,
    NewPerson,
    PassState,
    PersonChange,
    PersonDetail,
    PersonId,
    PersonKind,
    PersonSummary,
    Placement,
    Reads,
    SignInState,
    leaving_in_words,
)
from app.core.people.shifts import hours_now, word_of

commands = typer.Typer(name="people", help=_("The people of the site."))
commands.add_typer(accounts.commands)
commands.add_typer(delegations.commands)
hr_files.add_commands(commands)
photos.add_commands(commands)
commands.add_typer(erasing.commands)
commands.add_typer(people_owners.commands)
commands.add_typer(person_papers.commands)
commands.add_typer(shifts.commands)
merging.add_commands(commands)
moving.add_commands(commands)
further_roles.add_commands(commands)
for group in organisation.GROUPS:
    commands.add_typer(group)

_Number = Annotated[str, typer.Argument(help=_("Employee number."))]
_Reason = Annotated[str, typer.Option(help=_("Why; kept in the records."))]
_Shift = Annotated[str, typer.Option(help=_("Their shift."))]
_Agency = Annotated[str, typer.Option(help=_("Whose a contractor is."))]
_READS_HELP = _("Whether they read alone, or need somebody to read along.")
_JoinedOn = Annotated[str | None, typer.Option(help=_("First day here, YYYY-MM-DD."))]
_GatePass = Annotated[str, typer.Option(help=_("Number of the gate pass."))]
_GatePassUntil = Annotated[
    str | None, typer.Option(help=_("Last day on which the gate pass is valid, YYYY-MM-DD."))
]


@commands.command("list")
def list_people(
    context: typer.Context,
    search: Annotated[str, typer.Option(help=_("Words in number or name."))] = "",
    unit: Annotated[
        str | None, typer.Option(help=_("Code of an org unit; units below count in."))
    ] = None,
    left: Annotated[bool, typer.Option("--left", help=_("Those who have left."))] = False,
    sign_in: Annotated[
        SignInState | None, typer.Option(help=_("Only those whose account stands so."))
    ] = None,
    gate_pass: Annotated[
        PassState | None,
        typer.Option(help=_("Only those whose gate pass is over, or ends within 30 days.")),
    ] = None,
    reads: Annotated[
        Reads | None,
        typer.Option(help=_("Only those who read alone, or need somebody to read along.")),
    ] = None,
    shift: Annotated[str | None, typer.Option(help=_("Only those in this shift."))] = None,
    site: Annotated[
        str | None,
        typer.Option(help=_("Code of a site whose people they are, where several lie together.")),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help=_("How many at most."))] = 100,
    offset: Annotated[int, typer.Option(min=0, help=_("How many to pass over."))] = 0,
) -> None:
    """List people by number."""
    frame = frame_of(context)
    filters = [("active", "no" if left else "yes")]
    if unit is not None:
        filters.append(("org_unit", str(coded_org_unit(frame, unit).id)))
    chosen = {"sign_in": sign_in, "gate_pass": gate_pass, "reads": reads}
    filters += [(key, one.value) for key, one in chosen.items() if one is not None]
    if shift is not None:
        filters.append(("shift", word_of(shift)))
    if site is not None:
        filters.append(("site", str(_coded_site(frame, site).id)))
    request = PageRequest(text=search, offset=offset, limit=limit, filters=tuple(filters))
    page = frame.services.people.list_people(frame.actor(), request)
    count = plural("{count} person", "{count} people", page.total)
    frame.tell(
        "\n".join([*map(_line, page.rows), count]),
        {"total": page.total, "people": [_summary(row) for row in page.rows]},
    )


@commands.command()
def add(
    context: typer.Context,
    number: _Number,
    name: Annotated[str, typer.Argument(help=_("Name in Latin letters."))],
    name_local: Annotated[str, typer.Option(help=_("Name in the person's own script."))] = "",
    kind: Annotated[
        PersonKind, typer.Option(help=_("How they belong here."))
    ] = PersonKind.EMPLOYEE,
    language: Annotated[str, typer.Option(help=_("Language they learn in."))] = "en",
    unit: Annotated[str | None, typer.Option(help=_("Code of their org unit."))] = None,
    role: Annotated[str | None, typer.Option(help=_("Code of their job role."))] = None,
    reads: Annotated[Reads, typer.Option(help=_READS_HELP)] = Reads.ALONE,
    shift: _Shift = "",
    agency: _Agency = "",
    gate_pass: _GatePass = "",
    gate_pass_until: _GatePassUntil = None,
    manager: Manager = None,
    joined_on: _JoinedOn = None,
    email: Annotated[str, typer.Option(help=_("Mail address."))] = "",
    location: Annotated[str, typer.Option(help=_("Where they work."))] = "",
) -> None:
    """Add one person, who joins today or on a day that is said."""
    frame = frame_of(context)
    place = place_of(frame, unit, role, manager)
    person_id = frame.services.people.add(
        frame.actor(),
        NewPerson(
            number=number,
            name=name,
            name_local=name_local,
            kind=kind,
            language=language,
            place=place,
            reads=reads,
            shift=shift,
            agency=agency,
            gate_pass=GatePass(number=gate_pass, until=day_of(gate_pass_until)),
            joined_on=day_of(joined_on),
            email=email,
            location=location,
        ),
    )
    _tell_person(frame, person_id)


@commands.command()
def edit(
    context: typer.Context,
    number: _Number,
    reason: _Reason = "",
    new_number: Annotated[
        str | None,
        typer.Option("--number", help=_("Another employee number; the old one still finds them.")),
    ] = None,
    kind: Annotated[PersonKind | None, typer.Option(help=_("How they belong here."))] = None,
    reads: Annotated[Reads | None, typer.Option(help=_READS_HELP)] = None,
    shift: Annotated[str | None, typer.Option(help=_("Their shift."))] = None,
    agency: Annotated[str | None, typer.Option(help=_("Whose a contractor is."))] = None,
    gate_pass: Annotated[str | None, typer.Option(help=_("Number of the gate pass."))] = None,
    gate_pass_until: _GatePassUntil = None,
    no_gate_pass: Annotated[
        bool, typer.Option("--no-gate-pass", help=_("Take number and day of the gate pass away."))
    ] = False,
    name: Annotated[str | None, typer.Option(help=_("Name in Latin letters."))] = None,
    name_local: Annotated[str | None, typer.Option(help=_("Name in their own script."))] = None,
    language: Annotated[str | None, typer.Option(help=_("Language they learn in."))] = None,
    joined_on: _JoinedOn = None,
    email: Annotated[str | None, typer.Option(help=_("Mail address."))] = None,
    location: Annotated[str | None, typer.Option(help=_("Where they work."))] = None,
) -> None:
    """Correct what is kept about somebody; what is not given stays."""
    frame = frame_of(context)
    people, actor = frame.services.people, frame.actor()
    person, until = people.find(actor, number), day_of(gate_pass_until)
    noted = None
    if no_gate_pass:
        noted = GatePass()
    elif gate_pass is not None or until is not None:
        before = person.gate_pass
        noted = GatePass(
            number=before.number if gate_pass is None else gate_pass, until=until or before.until
        )
    change = PersonChange(
        number=new_number, name=name, name_local=name_local, kind=kind, language=language,
        email=email, joined_on=day_of(joined_on), location=location, shift=shift, agency=agency,
        gate_pass=noted, reads=reads,
    )  # fmt: skip
    people.edit(actor, person.id, change, reason)
    _tell_person(frame, person.id)


@commands.command()
def show(context: typer.Context, number: _Number) -> None:
    """Show one person."""
    frame = frame_of(context)
    _tell_person(frame, frame.services.people.find(frame.actor(), number).id)


@commands.command()
def leave(
    context: typer.Context,
    number: _Number,
    reason: _Reason,
    on: Annotated[
        str | None, typer.Option(help=_("First day without them, YYYY-MM-DD; else today."))
    ] = None,
    last_day: Annotated[
        str | None, typer.Option(help=_("Or their last day of work: gone from the day after it."))
    ] = None,
) -> None:
    """Note that somebody has left, or will. They can no longer sign in then; their records stay."""
    frame = frame_of(context)
    people, actor = frame.services.people, frame.actor()
    person_id = people.find(actor, number).id
    people.leave(actor, person_id, _first_day_without(on, last_day), reason)
    _tell_person(frame, person_id)


@commands.command()
def rejoin(
    context: typer.Context,
    number: _Number,
    reason: _Reason,
    unit: Annotated[
        str | None, typer.Option(help=_("Code of their org unit; else the old one."))
    ] = None,
    role: Annotated[str | None, typer.Option(help=_("Code of their job role."))] = None,
    on: Annotated[str | None, typer.Option(help=_("First day, YYYY-MM-DD; else today."))] = None,
) -> None:
    """Take back somebody who has left, into the old place or another; or who stays after all."""
    frame = frame_of(context)
    people, actor = frame.services.people, frame.actor()
    person = people.find(actor, number)
    if person.active and person.left_on is not None:
        if unit is not None or role is not None or on is not None:
            raise DetailRefused(
                _("They have not left yet: nothing but the day to come is taken away.")
            )
        people.stay(actor, person.id, reason)
    else:
        people.rejoin(actor, person.id, place_of(frame, unit, role), day_of(on), reason)
    _tell_person(frame, person.id)


def _first_day_without(on: str | None, last_day: str | None) -> date | None:
    """Return the first day without somebody. Raises UnreadableDay, DetailRefused for both days."""
    if on is not None and last_day is not None:
        raise DetailRefused(_("Give either the first day without them or their last day of work."))
    last = day_of(last_day)
    return day_of(on) if last is None else last + timedelta(days=1)


def _line(row: PersonSummary) -> str:
    site = (row.site,) if row.site else ()
    return "\t".join((row.number, row.name, row.org_unit or "–", row.job_role or "–", *site))


def _coded_site(frame: Frame, untrusted_code: str) -> HomeSite:
    """Return the site that has people here and this code. Raises NotFound."""
    code = untrusted_code.strip().upper()
    sites = frame.services.people.organisation.sites(frame.actor())
    found = [one for one in sites if one.code.upper() == code]
    if len(found) != 1:
        raise NotFound(code)
    return found[0]


def _summary(row: PersonSummary) -> dict[str, object]:
    return {
        "id": str(row.id),
        "number": row.number,
        "name": row.name,
        "name_local": row.name_local,
        "org_unit": row.org_unit,
        "job_role": row.job_role,
        "kind": row.kind.value,
        "language": row.language,
        "reads": row.reads.value,
        "active": row.active,
        "has_account": row.has_account,
        "sign_in": row.sign_in.value,
        "gate_pass": row.gate_pass.number,
        "gate_pass_until": row.gate_pass.until,
        "site": row.site,
    }


def _tell_person(frame: Frame, person_id: PersonId) -> None:
    people, actor = frame.services.people, frame.actor()
    person, hours = people.person(actor, person_id), people.shifts.of(actor, person_id)
    lines = _person_lines(person)
    if hours.shift:
        lines.insert(1, _("Shift: {shift}").format(shift=f"{hours.shift} · {hours_now(hours)}"))
    data = {**_person_data(person), "shift_known": hours.is_known, "at_work": hours.now is not None}
    frame.tell("\n".join(lines), data)


def _person_lines(person: PersonDetail) -> list[str]:
    name = f"{person.name} ({person.name_local})" if person.name_local else person.name
    lines = [f"{person.number}  {name}"]
    if person.left_on is not None:
        coming = leaving_in_words(person.left_on)
        lines.append(
            coming if person.active else _("Left on {day}").format(day=day(person.left_on))
        )
    if person.gate_pass.until is not None:
        until = day(person.gate_pass.until)
        lines.append(_("Gate pass valid until {day}").format(day=until))
    if person.former_numbers:
        numbers = ", ".join(person.former_numbers)
        lines.append(_("Numbers of before: {numbers}").format(numbers=numbers))
    return [
        *lines,
        *map(_placement_line, person.placements),
        *map(further_roles.further_role_line, person.further_roles),
    ]


def _placement_line(place: Placement) -> str:
    to_on = place.to_on
    until = _("now") if to_on is None else day(last_day(place.from_on, to_on))
    return f"{day(place.from_on)} – {until}  {place.org_unit}  {place.job_role}".rstrip()


def _person_data(person: PersonDetail) -> dict[str, object]:
    return {
        "id": str(person.id),
        "number": person.number,
        "former_numbers": list(person.former_numbers),
        "name": person.name,
        "name_local": person.name_local,
        "kind": person.kind.value,
        "language": person.language,
        "reads": person.reads.value,
        "email": person.email,
        "location": person.location,
        "shift": person.shift,
        "agency": person.agency,
        "gate_pass": person.gate_pass.number,
        "gate_pass_until": person.gate_pass.until,
        "joined_on": person.joined_on,
        "left_on": person.left_on,
        "active": person.active,
        "has_account": person.account_id is not None,
        "placements": [
            {
                "org_unit": place.org_unit,
                "job_role": place.job_role,
                "manager": place.manager,
                "from_on": place.from_on,
                "to_on": place.to_on,
            }
            for place in person.placements
        ],
        "further_roles": further_roles.further_roles_data(person.further_roles),
    }
