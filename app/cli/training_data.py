"""Sessions as the command line prints them: lines for people, data for scripts."""

from collections import Counter
from typing import Any

from app.core.training.sessions import OnRoll, SessionDetail, SessionSummary


def session_data(found: SessionDetail) -> dict[str, Any]:
    """Return a session as scripts read it."""
    return {
        **summary_data(found.summary),
        "threshold": found.threshold,
        "requirements": [one.code for one in found.requirements],
        "without_trainer": [one.code for one in found.requirements if one.lacks_trainer],
        "trainers": [one.name for one in found.trainers],
        "course": found.course,
        "quiz": found.quiz.value,
        "began": found.began_at.isoformat(),
        "ended": found.ended_at.isoformat() if found.ended_at else None,
        "hours": dict(Counter(one.state.value for one in found.hours)),
        "man_hours": float(found.man_hours),
        "roll": [_on_roll(one) for one in found.roll],
        "signed": [
            {"person": str(one.person_id), "seconds": one.seconds, "outcome": one.outcome.value}
            for one in found.signed
        ],
        "revised": found.revised
        and {
            "held_by": list(found.revised.held_by),
            "now": found.revised.now,
            "since": found.revised.since.isoformat(),
        },
        "tallies": [
            {"question": one.question, "knew": one.knew, "missed": one.missed}
            for one in found.tallies
        ],
        "sheets": [{"page": one.page, "sha256": one.sha256} for one in found.papers],
    }


def session_line(one: SessionSummary) -> str:
    """Return a session as one line."""
    start = one.starts_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{one.id}\t{start}\t{one.state.value}\t{one.title}\t{one.venue}"


def summary_data(one: SessionSummary) -> dict[str, Any]:
    """Return a session of a list as scripts read it."""
    return {
        "id": str(one.id),
        "kind": one.kind.value,
        "title": one.title,
        "venue": one.venue,
        "starts": one.starts_at.isoformat(),
        "ends": one.ends_at.isoformat(),
        "state": one.state.value,
        "seats": one.seats,
        "seated": one.seated,
        "waiting": one.waiting,
        "came": one.came,
        "beyond_seats": one.beyond_seats,
    }


def _on_roll(one: OnRoll) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "place": one.place.value,
        "shift": one.hours and one.hours.shift,
        "hours": one.hours and one.hours.state.value,
        "there": one.is_there,
        "seconds": one.seconds,
        "enough": one.is_enough,
        "elsewhere": [
            {"session": str(room.session_id), "title": room.title, "counts": room.counts}
            for room in one.elsewhere
        ],
        "undecided": one.is_undecided,
        "counts_twice": one.counts_twice,
        "decision": one.decision
        and {
            "counts": one.decision.counts,
            "reason": one.decision.reason,
            "by": one.decision.by_name,
        },
        "methods": [each.value for each in one.methods],
        "lines": [
            {
                "id": str(line.id),
                "at": line.at.isoformat(),
                "stands": line.stands,
                "by": line.by_name,
            }
            for line in one.lines
        ],
    }
