"""`training session`: plan, list, show, invite, open, roll, correct, end, sign, confirm, close."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer

from app.cli import training_changes, training_people, training_sheets
from app.cli.days import day_of, time_of
from app.cli.frame import Frame, frame_of
from app.cli.signing import undersigned
from app.cli.training_data import session_data, session_line, summary_data
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.words import _
from app.core.people.shifts import shift_at_time, tally_in_words
from app.core.training.sessions import (
    GroupQuiz,
    SessionPlan,
    SignedSession,
    Tally,
    Tapped,
    WaitingAttendance,
    beyond_seats_in_words,
    lacks_trainer_in_words,
    revised_in_words,
    undecided_in_words,
)

commands = typer.Typer(name="session", help=_("Classes and toolbox talks."))
commands.add_typer(training_changes.commands)
commands.add_typer(training_sheets.commands)
commands.add_typer(training_people.commands)

_Session = Annotated[UUID, typer.Argument(help=_("Id of the session, as `list` gives it."))]
_Person = Annotated[str, typer.Argument(help=_("Number of the person."))]
_People = Annotated[list[str], typer.Argument(help=_("Numbers of the people, in their order."))]
_Reason = Annotated[str, typer.Option(help=_("Why; kept in the records."))]
_Start = Annotated[str, typer.Option("--at", help=_("When it starts, as 2026-12-31T14:00."))]
_Minutes = Annotated[int, typer.Option(help=_("How long it lasts."))]
_Venue = Annotated[str, typer.Option(help=_("Where."))]
_Codes = Annotated[
    list[str] | None, typer.Option("--requirement", help=_("Code of what it proves; several."))
]
_Trainers = Annotated[
    list[str] | None,
    typer.Option("--trainer", help=_("Number, login, or a name from outside; several.")),
]


@commands.command()
def plan(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help=_("Its title."))],
    starts: _Start,
    minutes: _Minutes = 60,
    venue: _Venue = "",
    requirement: _Codes = None,
    trainer: _Trainers = None,
    course: Annotated[str | None, typer.Option(help=_("Code of the course to show."))] = None,
    seats: Annotated[int | None, typer.Option(help=_("How many seats; without: all."))] = None,
    threshold: Annotated[
        int, typer.Option(help=_("Per cent of the time that somebody must be there."))
    ] = 80,
    quiz: Annotated[
        GroupQuiz, typer.Option(help=_("none, tally, individual or required."))
    ] = GroupQuiz.NONE,
) -> None:
    """Plan a session; without a trainer you lead it."""
    frame = frame_of(context)
    start = time_of(starts)
    planned = SessionPlan(
        title=title,
        starts_at=start,
        ends_at=start + timedelta(minutes=minutes),
        venue=venue,
        requirements=tuple(requirement or ()),
        trainers=tuple(trainer or ()),
        course=course,
        seats=seats,
        threshold=threshold,
        quiz=quiz,
    )
    _tell(frame, frame.services.sessions.planning.plan(frame.actor(), planned))


@commands.command()
def talk(
    context: typer.Context,
    topic: Annotated[str, typer.Argument(help=_("What is talked about."))],
    minutes: Annotated[int, typer.Option(help=_("How long it lasts."))] = 10,
    requirement: _Codes = None,
) -> None:
    """Begin a toolbox talk: its roll is open at once."""
    frame = frame_of(context)
    sessions = frame.services.sessions
    _tell(frame, sessions.talk(frame.actor(), topic, minutes, tuple(requirement or ())))


@commands.command("list")
def list_some(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(help=_("First day; 30 days ago."))] = None,
    until: Annotated[str | None, typer.Option(help=_("Last day; in 60 days."))] = None,
) -> None:
    """List sessions by their start."""
    frame = frame_of(context)
    today = frame.today()
    first = day_of(since) or today - timedelta(days=30)
    last = day_of(until) or today + timedelta(days=60)
    found = frame.services.sessions.between(frame.actor(), first, last)
    frame.tell(
        "\n".join(map(session_line, found)) or _("There are no sessions in these days."),
        {"sessions": [summary_data(one) for one in found]},
    )


@commands.command()
def show(context: typer.Context, session: _Session) -> None:
    """Show one with its roll."""
    _tell(frame_of(context), session)


@commands.command()
def cancel(context: typer.Context, session: _Session, reason: _Reason) -> None:
    """Say that a session or a drill is not held, or does not count; until it is signed."""
    frame = frame_of(context)
    frame.services.sessions.planning.cancel(frame.actor(), session, reason)
    _tell(frame, session)


@commands.command()
def invite(context: typer.Context, session: _Session, people: _People) -> None:
    """Put people on the list; whoever finds no seat waits."""
    frame = frame_of(context)
    ids = [_id(frame, one) for one in people]
    frame.services.sessions.planning.invite(frame.actor(), session, ids)
    _tell(frame, session)


@commands.command()
def withdraw(context: typer.Context, session: _Session, person: _Person) -> None:
    """Take somebody off the list; whoever waits first gets the seat."""
    frame = frame_of(context)
    frame.services.sessions.planning.withdraw(frame.actor(), session, _id(frame, person))
    _tell(frame, session)


@commands.command()
def rebook(
    context: typer.Context,
    session: _Session,
    into: Annotated[UUID, typer.Option(help=_("Id of the other session."))],
) -> None:
    """Invite everybody who had a seat and did not come to another session."""
    frame = frame_of(context)
    sessions, actor = frame.services.sessions, frame.actor()
    absent = [one.person_id for one in sessions.detail(actor, session).absent]
    sessions.planning.rebook(actor, session, into, absent)
    _tell(frame, into)


@commands.command("open")
def open_roll(context: typer.Context, session: _Session) -> None:
    """Open the roll."""
    frame = frame_of(context)
    frame.services.sessions.rolling.open(frame.actor(), session)
    _tell(frame, session)


@commands.command()
def roll(
    context: typer.Context,
    session: _Session,
    typed: Annotated[list[str], typer.Argument(help=_("Badges or numbers, one after the other."))],
    out: Annotated[bool, typer.Option("--out", help=_("They go."))] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help=_("Beyond the seats, too."))] = False,
) -> int:
    """Let people come (or go) by badge or number; exit 2 where one was refused."""
    frame = frame_of(context)
    rolling, actor = frame.services.sessions.rolling, frame.actor()
    done: list[Tapped] = []
    refused: list[dict[str, str]] = []
    for one in typed:
        try:
            done.append(
                rolling.went(actor, session, one)
                if out
                else rolling.tap(actor, session, one, anyway=anyway)
            )
        except UserFacingError as error:
            refused.append({"typed": one, "why": error.sentence})
    frame.tell(
        "\n".join([*(one.words for one in done), *(one["why"] for one in refused)]),
        {"roll": [_tapped(one) for one in done], "refused": refused},
    )
    return 2 if refused else 0


@commands.command()
def correct(
    context: typer.Context,
    session: _Session,
    line: Annotated[UUID, typer.Argument(help=_("Id of the line, as `show` gives it."))],
    reason: _Reason,
    at: Annotated[str | None, typer.Option(help=_("The right time; without: strike it."))] = None,
) -> None:
    """Put a line of the roll right; it stays readable."""
    frame = frame_of(context)
    when = None if at is None else time_of(at)
    frame.services.sessions.rolling.correct(frame.actor(), session, line, reason=reason, at=when)
    _tell(frame, session)


@commands.command()
def end(
    context: typer.Context,
    session: _Session,
    began: Annotated[str | None, typer.Option(help=_("When it really began."))] = None,
    ended: Annotated[str | None, typer.Option(help=_("When it really ended; now."))] = None,
) -> None:
    """End a session."""
    frame = frame_of(context)
    frame.services.sessions.rolling.end(
        frame.actor(),
        session,
        began_at=None if began is None else time_of(began),
        ended_at=None if ended is None else time_of(ended),
    )
    _tell(frame, session)


@commands.command()
def tally(
    context: typer.Context,
    session: _Session,
    question: Annotated[str, typer.Argument(help=_("What was asked."))],
    knew: Annotated[int, typer.Option(help=_("How many knew it."))],
    missed: Annotated[int, typer.Option(help=_("How many did not."))],
) -> None:
    """Keep a show of hands."""
    frame = frame_of(context)
    counted = Tally(question=question, knew=knew, missed=missed)
    frame.services.sessions.showing.tally(frame.actor(), session, counted)
    _tell(frame, session)


@commands.command()
def sign(context: typer.Context, session: _Session) -> None:
    """Sign the attendance with --as and DAKSHA_PASSWORD; credit who was there long enough."""
    frame = frame_of(context)
    tell_signed(frame, sign_session(frame, session))


@commands.command()
def waiting(context: typer.Context) -> None:
    """List attendance that was entered by hand and waits for a second person."""
    frame = frame_of(context)
    found = frame.services.sessions.confirming.waiting(frame.actor())
    frame.tell(
        "\n".join(
            f"{one.session_id}\t{one.number}\t{one.name}\t{one.title}\t{one.requirement}"
            for one in found
        )
        or _("Nothing waits to be confirmed."),
        {"waiting": [_waits(one) for one in found]},
    )


@commands.command()
def confirm(context: typer.Context, session: _Session, person: _Person) -> None:
    """Let somebody's attendance count that another person entered and signed."""
    frame = frame_of(context)
    for one in _waiting_of(frame, session, person):
        frame.services.sessions.confirming.confirm(frame.actor(), one)
    frame.tell(_("It counts."), {"confirmed": True})


@commands.command()
def refuse(context: typer.Context, session: _Session, person: _Person, reason: _Reason) -> None:
    """Say that somebody's attendance does not count."""
    frame = frame_of(context)
    for one in _waiting_of(frame, session, person):
        frame.services.sessions.confirming.refuse(frame.actor(), one, reason)
    frame.tell(_("It does not count."), {"confirmed": False})


@commands.command()
def close(context: typer.Context, session: _Session) -> None:
    """Close a signed session."""
    frame = frame_of(context)
    frame.services.sessions.signing.close(frame.actor(), session)
    _tell(frame, session)


def sign_session(frame: Frame, session_id: UUID) -> SignedSession:
    """Sign a session or a drill as who acts, with the password that was given."""
    signing, actor = frame.services.sessions.signing, frame.actor()
    shown = signing.text(actor, session_id)
    return signing.sign(actor, session_id, undersigned(frame, shown))


def tell_signed(frame: Frame, signed: SignedSession) -> None:
    """Tell what signing did."""
    told = _(
        "{credited} credited, {waiting} to be confirmed, {short} too short, {absent} absent."
    ).format(
        credited=len(signed.credited),
        waiting=len(signed.waiting),
        short=len(signed.too_short),
        absent=len(signed.absent),
    )
    rooms = len(signed.undecided)
    frame.tell(
        f"{told} {undecided_in_words(rooms)}" if rooms else told,
        {
            "signing": str(signed.signing_id),
            "credited": len(signed.credited),
            "waiting": len(signed.waiting),
            "to_pass": len(signed.to_pass),
            "too_short": len(signed.too_short),
            "undecided": rooms,
            "absent": len(signed.absent),
            "completed": len(signed.completed),
            "not_counted": list(signed.not_counted),
        },
    )


def _tell(frame: Frame, session_id: UUID) -> None:
    found = frame.services.sessions.detail(frame.actor(), session_id)
    told = bool(found.hours)
    lines = [
        f"{one.number}\t{one.name}\t{one.place.value}\t{one.seconds // 60} min"
        + (f"\t{shift_at_time(one.hours)}" if told and one.hours else "")
        for one in found.roll
    ]
    if told:
        lines.append(tally_in_words(found.hours))
    lines += [
        lacks_trainer_in_words(one.title, one.code)
        for one in found.requirements
        if one.lacks_trainer
    ]
    if found.revised:
        lines.append(revised_in_words(found.revised))
    lines += filter(None, (beyond_seats_in_words(found.summary),))
    frame.tell("\n".join([session_line(found.summary), *lines]), session_data(found))


def _id(frame: Frame, number: str) -> UUID:
    found: UUID = frame.services.people.find(frame.actor(), number).id
    return found


def _waiting_of(frame: Frame, session_id: UUID, number: str) -> list[WaitingAttendance]:
    person_id = _id(frame, number)
    found = [
        one
        for one in frame.services.sessions.confirming.waiting(frame.actor())
        if (one.session_id, one.person_id) == (session_id, person_id)
    ]
    if not found:
        raise NotFound(_("Attendance that waits"))
    return found


def _tapped(one: Tapped) -> dict[str, str]:
    return {"number": one.number, "name": one.name, "result": one.result.value}


def _waits(one: WaitingAttendance) -> dict[str, str]:
    return {
        "session": str(one.session_id),
        "title": one.title,
        "number": one.number,
        "name": one.name,
        "requirement": one.requirement,
        "signed_by": one.by_name,
    }
