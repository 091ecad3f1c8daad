"""A score that is put right still has to be a pass: what was not passed is no completion."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core.assessments import QUIZ_KIND, quiz_of
from app.core.base.words import _
from app.core.courses import Releases
from app.core.training.corrections.kinds import FieldKind
from app.core.training.corrections.values import FIELD_VALUES, percent_of, share_of
from app.core.training.errors import TrainingRefused
from app.core.training.neighbours import neighbours


def require_pass(session: Session, completion_id: UUID, percent: str) -> None:
    """Raise TrainingRefused for a score with which a quiz that the course asks for was not passed.

    The score of a completion is the best of its lessons, so no quiz was done better.
    """
    done = session.get_one(neighbours().completion, completion_id)
    start = session.get_one(neighbours().start, done.start_id)
    quizzes = (
        (quiz_of(lesson).settings.pass_mark, lesson.title)
        for lesson in Releases().version(session, start.version_id).outline.lessons
        if lesson.kind == QUIZ_KIND and lesson.is_required
    )
    mark, title = max(quizzes, default=(share_of("0"), ""))
    if share_of(percent) < mark:
        tell = FIELD_VALUES[FieldKind.SHARE].told
        raise TrainingRefused(
            _("{score} would not have passed “{quiz}”, which takes {least}.").format(
                score=tell(percent), quiz=title, least=tell(percent_of(mark))
            ),
            _("If it was not passed, say of the completion that it does not count."),
        )
