"""The answer to "May I?", from what is known alone: no clock, no database."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from app.core.people import PersonKind
from app.core.training.permits.kinds import Presented, Stop, Verdict, Watch
from app.core.training.permits.types import Answer, Ground, Question, Standing

_NOBODY = {
    Presented.UNKNOWN: Stop.BADGE_UNKNOWN,
    Presented.LOST: Stop.BADGE_LOST,
    Presented.DOUBLE: Stop.NUMBER_DOUBLE,
}


def answer(question: Question) -> Answer:
    """Return whether somebody may do a task on a day, and why.

    Everything that the task needs must be held, and one of each set. What is missing may be made up
    for by a supervisor where the task allows it and the person is in training for all of it. A task
    for which nobody has said what it needs lets nobody. Who is
    under 18 needs one at a dangerous machine, a visitor an escort, whatever they hold; whose gate
    pass is over is let in by nobody. Who belongs to another site works here on a day for which they
    have a pass, which stands in for nothing that the task asks for.
    """
    standing = question.standing
    if standing is None:
        stop = _NOBODY.get(question.presented, Stop.BADGE_UNKNOWN)
        return Answer(verdict=Verdict.NOT_ALLOWED, stops=(stop,))
    missing = missing_of(question.grounds)
    stops = (
        *_stops_of_being(standing, question.day),
        *_stops_of_person(question, standing),
        *_stops_of_missing(question, missing),
    )
    watches = _watches(question, standing, missing)
    if stops:
        return Answer(
            verdict=Verdict.NOT_ALLOWED, stops=stops, watches=watches, grounds=question.grounds
        )
    if watches:
        return Answer(verdict=Verdict.NEEDS_SUPERVISOR, watches=watches, grounds=question.grounds)
    until = _last_day(question, standing)
    left = None if until is None else (until - question.day).days
    is_soon = left is not None and left <= question.soon_days
    return Answer(
        verdict=Verdict.EXPIRES if is_soon else Verdict.ALLOWED,
        grounds=question.grounds,
        until=until,
        days_left=left if is_soon else None,
    )


def may_escort(standing: Standing, day: date) -> bool:
    """Tell whether somebody may go with a visitor on a day: they work here then, and are grown up."""
    stops = _stops_of_being(standing, day)
    is_visitor = standing.kind is PersonKind.VISITOR
    barred = (not standing.is_of_site, is_visitor, standing.is_away, standing.is_young(day))
    return not stops and not any(barred)


def missing_of(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Return what is not held of what is needed, and all of a set of which nothing is held."""
    sets = _sets(grounds)
    needed = [one for one in sets.pop("", []) if not one.is_met]
    whole = [one for some in sets.values() if not any(map(_is_met, some)) for one in some]
    return (*needed, *whole)


def _is_met(ground: Ground) -> bool:
    return ground.is_met


def _sets(grounds: Iterable[Ground]) -> dict[str, list[Ground]]:
    found: dict[str, list[Ground]] = defaultdict(list)
    for one in grounds:
        found[one.asked.one_of].append(one)
    return found


def _stops_of_being(standing: Standing, day: date) -> tuple[Stop, ...]:
    """Return why somebody is not let in on a day, whatever they come to do."""
    said = (
        (standing.joined_on is not None and standing.joined_on > day, Stop.NOT_JOINED),
        (standing.left_on is not None and standing.left_on <= day, Stop.LEFT),
        (standing.gate_pass.is_over(day), Stop.GATE_PASS_OVER),
    )
    return tuple(stop for is_so, stop in said if is_so)


def _stops_of_person(question: Question, standing: Standing) -> tuple[Stop, ...]:
    day, retired = question.day, question.task.retired_on
    is_visitor = standing.kind is PersonKind.VISITOR
    has_pass = standing.day_pass is not None and standing.day_pass.day == day
    is_alone = standing.day_pass is not None and standing.day_pass.escort_has_left
    said = (
        (not standing.is_of_site and not has_pass, Stop.OTHER_SITE),
        (retired is not None and retired <= day, Stop.TASK_RETIRED),
        (is_visitor and not has_pass, Stop.NO_DAY_PASS),
        (has_pass and is_alone, Stop.ESCORT_GONE),
    )
    return tuple(stop for is_so, stop in said if is_so)


def _stops_of_missing(question: Question, missing: tuple[Ground, ...]) -> tuple[Stop, ...]:
    if not question.grounds:
        return (Stop.NOTHING_ASKED,)
    if not missing:
        return ()
    if not question.task.allows_supervision:
        return (Stop.NOT_MET,)
    return () if _is_in_training(missing) else (Stop.NOT_IN_TRAINING,)


def _is_in_training(missing: tuple[Ground, ...]) -> bool:
    """Tell whether all that is needed is assigned, and one of each set of which nothing is held."""
    sets = _sets(missing)
    needed = sets.pop("", [])
    return all(one.is_assigned for one in needed) and all(
        any(one.is_assigned for one in some) for some in sets.values()
    )


def _watches(
    question: Question, standing: Standing, missing: tuple[Ground, ...]
) -> tuple[Watch, ...]:
    is_young = question.task.is_dangerous and standing.is_young(question.day)
    is_learning = bool(missing) and not _stops_of_missing(question, missing)
    said = (
        (is_learning, Watch.IN_TRAINING),
        (is_young, Watch.UNDER_AGE),
        (standing.kind is PersonKind.VISITOR, Watch.VISITOR),
    )
    return tuple(watch for is_so, watch in said if is_so)


def _last_day(question: Question, standing: Standing) -> date | None:
    """Return the last day on which nothing is missing: a set lasts as long as its best."""
    sets = _sets(question.grounds)
    ends = [one.until or date.max for one in sets.pop("", [])]
    ends += [max(one.until or date.max for one in some if one.is_met) for some in sets.values()]
    if question.task.retired_on is not None:
        ends.append(date.fromordinal(question.task.retired_on.toordinal() - 1))
    if standing.left_on is not None:
        ends.append(date.fromordinal(standing.left_on.toordinal() - 1))
    if not standing.is_of_site:
        ends.append(question.day)  # a day pass holds on its day alone
    if standing.gate_pass.until is not None:
        ends.append(standing.gate_pass.until)
    end = min(ends, default=date.max)
    return None if end == date.max else end
