"""Words and colours of sessions and drills."""

from datetime import datetime

from app.core.base.clock import Clock, local_day
from app.core.base.figures import day, duration
from app.core.base.words import _, plural
from app.core.training.sessions import (
    SESSION_STATES,
    OnRoll,
    Place,
    SessionState,
    SessionSummary,
    SignedSession,
    undecided_in_words,
)
from app.ui.kit.theme import Tone

_TONES = {
    SessionState.PLANNED: Tone.NEUTRAL,
    SessionState.OPEN: Tone.PRIMARY,
    SessionState.HELD: Tone.WARNING,
    SessionState.SIGNED: Tone.SUCCESS,
    SessionState.CLOSED: Tone.NEUTRAL,
    SessionState.CANCELLED: Tone.DANGER,
}


def state_status(one: SessionSummary) -> tuple[str, Tone]:
    """Return where a session stands, and how it looks."""
    return _(SESSION_STATES[one.state]), _TONES[one.state]


def when(starts_at: datetime, clock: Clock) -> str:
    """Return when something starts: the time alone today."""
    local = starts_at.astimezone()
    time = f"{local:%H:%M}"
    if local.date() == local_day(clock):
        return _("Today, {time}").format(time=time)
    return f"{day(local.date())}, {time}"


def seats_in_words(one: SessionSummary) -> str:
    """Return how full a session is."""
    if one.seats is None:
        return _("{count} invited").format(count=one.seated)
    words = _("{taken} of {seats} seats").format(taken=one.seated, seats=one.seats)
    if one.waiting:
        words = _("{seats}, {count} wait").format(seats=words, count=one.waiting)
    return words


def roll_status(one: OnRoll, state: SessionState) -> tuple[str, Tone]:
    """Return how somebody stands on the roll, and how it looks."""
    if not one.came:
        return _absent(one, state)
    doubted = _doubted(one)
    if doubted is not None:
        return doubted
    return _so_far(one) if state is SessionState.OPEN else _in_the_end(one, state)


def _doubted(one: OnRoll) -> tuple[str, Tone] | None:
    """Return what keeps attendance from counting, or makes it count twice; None for nothing."""
    if one.is_withdrawn or one.is_refused:
        corrected, refused = _("Corrected: does not count"), _("Refused: does not count")
        return corrected if one.is_withdrawn else refused, Tone.DANGER
    if one.is_undecided:
        return _("In two rooms: decide"), Tone.WARNING
    if one.counts_twice:
        return _("Counts in two rooms: look at both"), Tone.WARNING
    return None


def _in_the_end(one: OnRoll, state: SessionState) -> tuple[str, Tone]:
    time = duration(one.seconds)
    if state is SessionState.CANCELLED:
        return _("Came, {time}: does not count").format(time=time), Tone.NEUTRAL
    if one.is_enough:
        return _("Long enough, {time}").format(time=time), Tone.SUCCESS
    return _("Too short, {time}").format(time=time), Tone.WARNING


def rooms_in_words(one: OnRoll) -> str:
    """Return in which other rooms somebody was at the same time, and what was said of it; "" for none."""
    if not one.elsewhere:
        return ""
    others = ", ".join(room.called for room in one.elsewhere)
    told = _("At the same time in {other}").format(other=others)
    said = one.decision
    return told if said is None else f"{told} · {said.by_name}: {said.reason}"


def _so_far(one: OnRoll) -> tuple[str, Tone]:
    if not one.is_there:
        return _("Has gone, {time}").format(time=duration(one.seconds)), Tone.WARNING
    return (_("Here, walked in") if one.place is Place.WALK_IN else _("Here")), Tone.SUCCESS


def _absent(one: OnRoll, state: SessionState) -> tuple[str, Tone]:
    if one.place is Place.LEFT:
        return _("Has left by then"), Tone.NEUTRAL
    if one.place is Place.WAITING:
        return _("Waits for a seat"), Tone.NEUTRAL
    if state in {SessionState.PLANNED, SessionState.OPEN}:
        return _("Not here yet"), Tone.NEUTRAL
    if state is SessionState.CANCELLED:
        return _("Was invited"), Tone.NEUTRAL
    return _("Did not come"), Tone.DANGER


def signed_in_words(signed: SignedSession) -> str:
    """Return what signing did, of how many."""
    told = [plural("{count} credited.", "{count} credited.", len(signed.credited))]
    if signed.waiting:
        told.append(
            plural("{count} waits for a second person.",
                   "{count} wait for a second person.", len(signed.waiting))
        )  # fmt: skip
    if signed.to_pass:
        told.append(
            plural("{count} has the quiz to pass.",
                   "{count} have the quiz to pass.", len(signed.to_pass))
        )  # fmt: skip
    if signed.not_counted:
        codes = ", ".join(signed.not_counted)
        told.append(_("Nothing counts for {codes}.").format(codes=codes))
    if signed.undecided:
        told.append(undecided_in_words(len(signed.undecided)))
    if signed.completed:
        told.append(
            plural("{count} completed the course.", "{count} completed the course.",
                   len(signed.completed))
        )  # fmt: skip
    return " ".join(told)
