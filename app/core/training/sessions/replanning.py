"""The plan of a session that is there, to begin a change with."""

from app.core.training.sessions.types import SessionDetail, SessionPlan


def plan_of(found: SessionDetail) -> SessionPlan:
    """Return the plan of a session that is there."""
    one = found.summary
    return SessionPlan(
        title=one.title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        kind=one.kind,
        venue=one.venue,
        requirements=tuple(each.code for each in found.requirements),
        trainers=tuple(each.typed for each in found.trainers),
        course=found.course or None,
        seats=one.seats,
        threshold=found.threshold,
        quiz=found.quiz,
    )
