"""What the player is opened with: a course of one's own, an outline to look at, or a session's course for all."""

from collections.abc import Mapping
from uuid import UUID

from app.core.courses import Outline
from app.ui.kit.screen import Desk
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.progress_keeper import PreviewedCourse, ProgressKeeper, RecordedProgress
from app.ui.learning.shown_to_all import ShownToAll


def keeper_for(desk: Desk[LearnerServices], args: Mapping[str, object]) -> ProgressKeeper | None:
    """Return what keeps the progress of what the player is opened with; None where that is nothing."""
    session_id, preview, course_id = (
        args.get(one) for one in ("session_id", "preview", "course_id")
    )
    if isinstance(session_id, UUID):
        return ShownToAll(desk.services, desk.actor, session_id, desk.clock)
    if isinstance(preview, Outline):
        return PreviewedCourse(desk.services, desk.actor, preview)
    if isinstance(course_id, UUID):
        return RecordedProgress(desk.services, desk.actor, course_id)
    return None


def leave(desk: Desk[LearnerServices], keeper: ProgressKeeper | None) -> None:
    """Go to one's courses; whoever shows to a class, or previews, goes back to where they were."""
    if isinstance(keeper, ShownToAll):
        desk.open("session", session_id=keeper.session_id)
    elif isinstance(keeper, PreviewedCourse):
        desk.back()
    else:
        desk.open("home")
