"""An answer in plain words: the verdict, and a line for each reason."""

from collections.abc import Iterator

from app.core.base.figures import day as day_in_words
from app.core.base.words import _, mark
from app.core.people import leaving_in_words
from app.core.training.permits.kinds import FREE, Holds, Proved, Stop, Verdict, Watch
from app.core.training.permits.types import DayPass, Ground, Permit

VERDICTS = {
    Verdict.ALLOWED: mark("Allowed"),
    Verdict.EXPIRES: mark("Allowed, expires soon"),
    Verdict.NEEDS_SUPERVISOR: mark("Needs supervisor"),
    Verdict.NOT_ALLOWED: mark("Not allowed"),
}
PROVED = {
    Proved.BADGE: mark("By badge"),
    Proved.SECRET: mark("By PIN or password"),
}
"""How a supervisor proved to be there."""
_STOPS = {
    Stop.BADGE_UNKNOWN: mark("This badge or number is not known here."),
    Stop.BADGE_LOST: mark("This badge was taken away or reported lost."),
    Stop.NUMBER_DOUBLE: mark("Two people have this number; use the badge."),
    Stop.NOT_JOINED: mark("They have not joined yet."),
    Stop.LEFT: mark("They have left."),
    Stop.OTHER_SITE: mark("They belong to another site, and have no day pass for today."),
    Stop.TASK_RETIRED: mark("Nobody does this any more."),
    Stop.NO_DAY_PASS: mark("A visitor needs a day pass with an escort."),
    Stop.ESCORT_GONE: mark("Whom the day pass names with them has left: another one is needed."),
    Stop.GATE_PASS_OVER: mark("The gate pass ended on {day}."),
    Stop.NOTHING_ASKED: mark(
        "Nothing is set up for this: nobody has said yet what it needs, so nobody is let do it."
    ),
    Stop.NOT_MET: mark("Something that is needed is not held."),
    Stop.NOT_IN_TRAINING: mark("What is missing is not assigned, so this is no training."),
}
_WATCHES = {
    Watch.IN_TRAINING: mark("In training: only beside somebody who may do it alone."),
    Watch.UNDER_AGE: mark("Under 18 at a dangerous machine: only with a supervisor."),
    Watch.VISITOR: mark("A visitor: only with the escort."),
}


def verdict_in_words(permit: Permit) -> str:
    """Return the verdict as the screen shows it largest."""
    said = permit.answer
    if permit.supervisor:
        return _("Allowed with {name}").format(name=permit.supervisor)
    guest = _guest_pass(permit)
    if guest is not None and said.verdict in FREE:
        return _("Allowed today by {name}").format(name=guest.by_name)
    if said.verdict is not Verdict.EXPIRES or said.days_left is None:
        return _(VERDICTS[said.verdict])
    if said.days_left == 0:
        return _("Allowed, today is the last day")
    if said.days_left == 1:
        return _("Allowed, expires tomorrow")
    return _("Allowed, expires in {count} days").format(count=said.days_left)


def reasons_of(permit: Permit) -> tuple[str, ...]:
    """Return the reasons, the weightiest first; nothing where they are not to be told."""
    if not permit.is_whole:
        return ()
    said = permit.answer
    lines = [_stop_in_words(one, permit) for one in said.stops]
    lines += [_(_WATCHES[one]) for one in said.watches]
    lines += _pass_in_words(permit)
    until = _gate_pass_until(permit)
    if until and Stop.GATE_PASS_OVER not in said.stops:
        lines.append(_("Gate pass valid until {day}").format(day=until))
    lines += _leaving_in_words(permit)
    if permit.standing is not None and permit.standing.is_away:
        lines.append(_("They are noted as on leave."))
    if permit.standing is not None and permit.standing.is_disputed:
        lines.append(_("A correction of their record waits for a second person."))
    if permit.supervisor_refused:
        lines.append(permit.supervisor_refused)
    worst_first = sorted(said.grounds, key=lambda one: (one.is_met, one.asked.title))
    return (*lines, *map(ground_in_words, worst_first))


def _guest_pass(permit: Permit) -> DayPass | None:
    """Return the day pass of somebody of another site; None for all others."""
    someone = permit.standing
    return None if someone is None or someone.is_of_site else someone.day_pass


def _pass_in_words(permit: Permit) -> Iterator[str]:
    given = None if permit.standing is None else permit.standing.day_pass
    if given is None:
        return
    if _guest_pass(permit) is None:
        yield _("Escort: {name}").format(name=given.escort)
        return
    yield _("Of {site}; allowed today by {name}: {reason}").format(
        site=given.from_site or "–", name=given.by_name, reason=given.purpose
    )
    yield _("Comes to {name}").format(name=given.escort)


def _stop_in_words(stop: Stop, permit: Permit) -> str:
    words = _(_STOPS[stop])
    return words.format(day=_gate_pass_until(permit)) if stop is Stop.GATE_PASS_OVER else words


def _leaving_in_words(permit: Permit) -> Iterator[str]:
    left_on = None if permit.standing is None else permit.standing.left_on
    if left_on is not None and left_on > permit.day:
        yield leaving_in_words(left_on)


def _gate_pass_until(permit: Permit) -> str:
    """Return the last day of the gate pass; "" where there is none that counts."""
    until = None if permit.standing is None else permit.standing.gate_pass.until
    return "" if until is None else day_in_words(until)


def ground_in_words(ground: Ground) -> str:
    """Return how a person stands with one requirement."""
    title, until = ground.asked.title, ground.until
    if ground.holds is Holds.NEVER:
        words = _("{title}: never obtained")
    elif ground.holds is Holds.LAPSED:
        words = _("{title}: lapsed, it was valid until {day}")
    elif ground.holds is Holds.WAIVED:
        words = _waived(ground)
    else:
        words = _("{title}: held until {day}") if until else _("{title}: held for good")
    said = words.format(title=title, day=day_in_words(until) if until else "")
    if ground.asked.is_retired and not ground.is_met:
        said = _("{line}; it is retired, so the task has to ask for something else").format(
            line=said
        )
    if not ground.asked.one_of:
        return said
    return _("{line} (one of: {set} is enough)").format(line=said, set=ground.asked.one_of)


def _waived(ground: Ground) -> str:
    if not ground.waiver_counts:
        return _("{title}: waived, but at a dangerous machine it has to be held")
    return _("{title}: waived until {day}") if ground.until else _("{title}: waived")


_AT_GATE = {
    Verdict.ALLOWED: mark("Go ahead."),
    Verdict.EXPIRES: mark("Go ahead, and renew in time."),
    Verdict.NEEDS_SUPERVISOR: mark("Ask your supervisor to show their badge."),
    Verdict.NOT_ALLOWED: mark("Ask your supervisor or trainer why."),
}
"""What is said at the gate instead of the reasons."""


def gate_in_words(permit: Permit, verdict: Verdict) -> str:
    """Return what is said at the gate instead of the reasons: that nobody is known, or what to do."""
    if permit.standing is None:
        return _(_STOPS[Stop.BADGE_UNKNOWN])
    if not permit.task.asks:
        return _(_STOPS[Stop.NOTHING_ASKED])  # says something of the machine, nothing of the person
    return _(_AT_GATE[verdict])
