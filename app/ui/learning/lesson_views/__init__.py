"""What shows lessons: one view for each way of being in one, all in this tuple."""

from app.ui.learning.lesson_views.acknowledgement_view import AcknowledgementView
from app.ui.learning.lesson_views.document_view import DocumentView
from app.ui.learning.lesson_views.image_view import ImageView
from app.ui.learning.lesson_views.lesson_view import (
    AnyLessonView,
    LessonView,
    NothingToShow,
    Place,
)
from app.ui.learning.lesson_views.package_view import PackageView
from app.ui.learning.lesson_views.page_view import PageView
from app.ui.learning.lesson_views.quiz_view import QuizView
from app.ui.learning.lesson_views.recording_view import RecordingView

LESSON_VIEWS: tuple[type[AnyLessonView], ...] = (
    RecordingView,
    DocumentView,
    PageView,
    ImageView,
    PackageView,
    AcknowledgementView,
    QuizView,
)


def view_of(kind: str) -> type[AnyLessonView]:
    """Return the view of a lesson kind. Raises KeyError for a kind without one."""
    for view in LESSON_VIEWS:
        if kind in view.kinds:
            return view
    raise KeyError(kind)


__all__ = ["LESSON_VIEWS", "AnyLessonView", "LessonView", "NothingToShow", "Place", "view_of"]
